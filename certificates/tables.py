"""Lists of certificates."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certificates.models import Certificate
from portal.lib.calendar import short_date
from portal.lib.documents import DocumentState
from portal.lib.states import word_of
from portal.lib.workbook import Sheet


class CertificateTable(tables.Table):
    """Numbers, holders, and whether certificate and paper are in order."""

    number = tables.Column(
        gettext_lazy("Number"),
        accessor="display_number",
        order_by=("year", "series", "number"),
        linkify=True,
    )
    holder = tables.Column(gettext_lazy("Name, surname"), order_by=("sort_key", "pk"))
    group = tables.Column(gettext_lazy("Group"), order_by=("group__sort_key", "pk"))
    issued_on = tables.Column(gettext_lazy("Issued"))
    validity = tables.TemplateColumn(
        '{% load portal_ui %}{% if record.is_valid %}{% state_badge "valid" %}'
        '{% else %}{% state_badge "revoked" %}{% endif %}',
        verbose_name=gettext_lazy("State"),
        order_by=("revoked_on", "pk"),
    )
    paper = tables.TemplateColumn(
        template_name="certificates/_paper_cell.html",
        verbose_name=gettext_lazy("Paper"),
        order_by=("state", "pk"),
    )

    class Meta:
        fields = ("number", "holder", "group", "issued_on", "validity", "paper")
        order_by = "-number"
        empty_text = gettext_lazy("No certificate fits.")

    def render_issued_on(self, value: Any) -> str:
        return short_date(value)

    def render_holder(self, record: Certificate) -> Any:
        if not record.is_demo:
            return record.holder
        return format_html(
            '{} <abbr class="demo-mark" title="{}">demo</abbr>', record.holder, _("Invented person")
        )


def sheet(certificates: Any) -> Sheet:
    """The filtered list for a workbook, with what a coordinator needs to pass on."""
    rows = certificates.select_related("project", "group").defer("facts").iterator(chunk_size=500)
    return Sheet(
        _("Certificates"),
        [
            _("Number"),
            _("Name, surname"),
            _("Project"),
            _("Group"),
            _("Issued"),
            _("State"),
            _("Revoked"),
            _("Reason"),
            _("Paper"),
            _("Code"),
            _("Demo data"),
        ],
        (
            [
                row.display_number,
                row.holder,
                row.project.title,
                row.group.name,
                row.issued_on,
                word_of("valid" if row.is_valid else "revoked"),
                row.revoked_on,
                row.revoked_reason,
                str(DocumentState(row.state).label),
                row.code,
                _("yes") if row.is_demo else "",
            ]
            for row in rows
        ),
    )
