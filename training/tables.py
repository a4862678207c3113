"""Lists of training."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.lib.calendar import Period, hours_in_words, short_date, short_period
from training.models import (
    Group,
    JobCategory,
    Participant,
    Session,
    SessionState,
    Site,
    TrainingProgramme,
)

NUMBER = {"th": {"class": "num"}, "td": {"class": "num"}}


def missing() -> Any:
    """What nobody stated says so; it is never an empty place."""
    return format_html('<span class="missing">{}</span>', _("not stated"))


class GroupTable(tables.Table):
    """Groups with how far they are and what waits in them."""

    name = tables.Column(
        gettext_lazy("Group"),
        order_by=("position", "sort_key", "pk"),
        linkify=True,
        empty_values=(),
    )
    site = tables.Column(gettext_lazy("Site"), order_by=("site__sort_key", "pk"))
    people_count = tables.Column(gettext_lazy("Participants"), attrs=NUMBER)
    held_count = tables.Column(gettext_lazy("Sessions held"), attrs=NUMBER)
    first_day = tables.Column(gettext_lazy("Period"), empty_values=())
    late_count = tables.Column(gettext_lazy("To be marked"), attrs=NUMBER)
    stage = tables.TemplateColumn(
        '{% load portal_ui %}{% state_badge record.stage gender="feminine" %}',
        verbose_name=gettext_lazy("State"),
    )

    class Meta:
        model = Group
        fields = ("name", "site", "people_count", "held_count", "first_day", "late_count", "stage")
        order_by = ("-late_count", "name")

    def render_name(self, record: Group) -> Any:
        return format_html(
            '{}<span class="second d-block">{}</span>', record.name, record.programme.name
        )

    def render_held_count(self, record: Any) -> str:
        counts = {"held": record.held_count, "all": record.session_count}
        return _("%(held)s of %(all)s") % counts

    def render_first_day(self, record: Any) -> str:
        return short_period(Period(start=record.first_day, end=record.last_day)) or "–"

    def render_late_count(self, value: int) -> Any:
        if not value:
            return "–"
        return format_html('<b class="tone-warn">{}</b>', value)


class SessionTable(tables.Table):
    """Sessions of all groups, with what each lacks and when its trainers were last reminded."""

    date = tables.Column(gettext_lazy("Date"), order_by=("date", "starts", "pk"))
    group = tables.Column(gettext_lazy("Group"), order_by=("group__sort_key", "date", "pk"))
    module = tables.Column(gettext_lazy("Module"), orderable=False)
    marked_count = tables.Column(gettext_lazy("Marked"), attrs=NUMBER, orderable=False)
    scan_count = tables.Column(gettext_lazy("Scan"), orderable=False)
    state = tables.TemplateColumn(
        "{% load portal_ui %}{% state_badge record.look %}",
        verbose_name=gettext_lazy("State"),
        orderable=False,
    )
    remind = tables.TemplateColumn(
        template_name="training/_remind.html",
        verbose_name=gettext_lazy("Trainer"),
        orderable=False,
        empty_values=(),
    )

    class Meta:
        model = Session
        fields = ("date", "group", "module", "marked_count", "scan_count", "state", "remind")
        order_by = "-date"

    def render_date(self, record: Session) -> Any:
        day = format_html('<a href="{}">{}</a>', record.get_absolute_url(), short_date(record.date))
        times = f"{record.starts:%H:%M}–{record.ends:%H:%M}"
        return format_html('{}<span class="second d-block">{}</span>', day, times)

    def render_group(self, record: Session) -> Any:
        return format_html(
            '{}<span class="second d-block">{}</span>',
            record.group.name,
            record.group.project.short,
        )

    def render_marked_count(self, record: Any) -> str:
        counts = {"marked": record.marked_count, "all": record.concerned_count}
        return _("%(marked)s of %(all)s") % counts

    def render_scan_count(self, record: Any, value: int) -> Any:
        if value:
            return _("yes")
        if record.state != SessionState.CLOSED:
            return "–"
        return format_html('<b class="tone-warn">{}</b>', _("none"))


class ProgrammeTable(tables.Table):
    name = tables.Column(
        gettext_lazy("Training programme"), order_by=("sort_key", "pk"), linkify=True
    )
    declared_hours = tables.Column(gettext_lazy("Declared hours"), attrs=NUMBER, empty_values=())
    threshold_percent = tables.Column(gettext_lazy("Threshold"), attrs=NUMBER)
    module_count = tables.Column(gettext_lazy("Modules"), attrs=NUMBER)
    group_count = tables.Column(gettext_lazy("Groups"), attrs=NUMBER)

    class Meta:
        model = TrainingProgramme
        fields = ("name", "declared_hours", "threshold_percent", "module_count", "group_count")
        order_by = "name"

    def render_name(self, record: TrainingProgramme) -> Any:
        return format_html(
            '{}<span class="second d-block">{}</span>', record.name, record.project.title
        )

    def render_declared_hours(self, record: TrainingProgramme) -> Any:
        if record.declared_hours is None:
            return missing()
        return hours_in_words(record.declared_hours, record.hour_unit)

    def render_threshold_percent(self, value: int) -> str:
        return f"{value} %"


def site_form(record: Any) -> str | None:
    """A site has no page but its form, and that is for those who run its project."""
    return reverse("training:site_edit", args=[record.pk]) if record.may_edit else None


class SiteTable(tables.Table):
    name = tables.Column(
        gettext_lazy("Site"),
        order_by=("sort_key", "pk"),
        linkify=site_form,
    )
    organisation = tables.Column(
        gettext_lazy("Municipality"), order_by=("organisation__sort_key", "pk"), default="–"
    )
    address = tables.Column(gettext_lazy("Address"), default="–")
    group_count = tables.Column(gettext_lazy("Groups"), attrs=NUMBER)

    class Meta:
        model = Site
        fields = ("name", "organisation", "address", "group_count")
        order_by = "name"

    def render_name(self, record: Site) -> Any:
        return format_html(
            '{}<span class="second d-block">{}</span>', record.name, record.project.title
        )


class JobCategoryTable(tables.Table):
    name = tables.Column(
        gettext_lazy("Job category"),
        order_by=("position", "sort_key", "pk"),
        linkify=("training:job_category_edit", {"pk": tables.A("pk")}),
    )
    module_count = tables.Column(gettext_lazy("Modules for them"), attrs=NUMBER)

    class Meta:
        model = JobCategory
        fields = ("name", "module_count")
        order_by = "name"


class ParticipantTable(tables.Table):
    """People with where they work and how many groups they are in."""

    name = tables.Column(
        gettext_lazy("Name, surname"),
        accessor="list_name",
        order_by=("sort_key", "pk"),
        linkify=True,
    )
    work = tables.Column(gettext_lazy("Works as"), empty_values=(), orderable=False)
    group_count = tables.Column(gettext_lazy("Groups"), attrs=NUMBER)
    email = tables.Column(gettext_lazy("E-mail"), default="–")

    class Meta:
        model = Participant
        fields = ("name", "work", "group_count", "email")
        order_by = "name"

    def render_work(self, record: Participant) -> Any:
        works = list(record.employments.all())
        if not works:
            return missing()
        more = len(works) - 1
        rest = ngettext("and %(count)s more", "and %(count)s more", more) % {"count": more}
        return format_html(
            '{}<span class="second d-block">{}{}</span>',
            works[0].job_category,
            works[0].organisation,
            f", {rest}" if more else "",
        )
