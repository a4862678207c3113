"""Lists of the frame."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from portal.models import User
from portal.templatetags.portal_ui import moment
from projects.models import Membership


class AccountTable(tables.Table):
    """Accounts with what each may do."""

    name = tables.Column(
        gettext_lazy("Name and e-mail"),
        order_by=("sort_key", "pk"),
        linkify=("user_edit", {"pk": tables.A("pk")}),
    )
    roles = tables.Column(gettext_lazy("Roles"), empty_values=(), orderable=False)
    last_login = tables.Column(pgettext_lazy("account", "Last seen"), default="")

    class Meta:
        model = User
        fields = ("name", "roles", "last_login")
        order_by = "name"
        empty_text = gettext_lazy("No account fits.")

    def render_name(self, record: User) -> Any:
        closed = (
            "" if record.is_active else format_html(" <b>({})</b>", pgettext("account", "closed"))
        )
        if record.name == record.email:
            return format_html("{}{}", record.email, closed)
        line = '{}{}<br><span class="second">{}</span>'
        return format_html(line, record.name, closed, record.email)

    def render_roles(self, record: User) -> Any:
        """One line a role within reach; a participant's own access counts as one."""
        lines = [_role_line(each) for each in record.shown_roles]
        taught: dict[str, list[str]] = {}
        for each in record.shown_groups:
            taught.setdefault(each.group.project.short, []).append(each.group.name)
        for project, groups in taught.items():
            words = {"project": project, "groups": ", ".join(groups)}
            lines.append(_("trainer · %(project)s: %(groups)s") % words)
        if record.is_participant:
            lines.append(_("participant"))
        if record.has_more:
            lines.append(_("other roles elsewhere"))
        return format_html_join(SafeString("<br>"), "{}", ((line,) for line in lines))

    def render_last_login(self, value: Any) -> str:
        return moment(value)


def _role_line(membership: Membership) -> str:
    """A role with its scope; a project goes by its short name here."""
    scope = membership.project.short if membership.project else membership.scope
    return f"{membership.get_role_display()} · {scope}"
