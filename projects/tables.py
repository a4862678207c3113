"""Lists as tables: what stands in which column and how it is sorted."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from portal.lib.calendar import short_date, short_period
from projects.models import Organisation, Programme, Project, Report

NUMBER = {"th": {"class": "num"}, "td": {"class": "num"}}
STATE = (
    "{% load i18n portal_ui %}"
    # The record's own state: as value stands the word of a choice, in the reader's language.
    "{% if record.state %}{% state_badge record.state %}{% else %}{{ None|stated }}{% endif %}"
)


class ProgrammeTable(tables.Table):
    name = tables.Column(_("Programme"), linkify=True, order_by=("sort_key", "pk"))
    period = tables.Column(_("Planning period"))
    funders = tables.ManyToManyColumn(verbose_name=_("Funders"), orderable=False)
    project_count = tables.Column(_("Projects"), attrs=NUMBER)

    class Meta:
        model = Programme
        fields = ["name", "period", "funders", "project_count"]
        order_by = "name"


class OrganisationTable(tables.Table):
    name = tables.Column(_("Organisation"), linkify=True, order_by=("sort_key", "pk"))
    kind = tables.Column(_("Kind"))
    country = tables.Column(_("Country"))
    register_number = tables.Column(_("Registration number"), default="")
    valid_to = tables.Column(_("Existed until"), default="")

    class Meta:
        model = Organisation
        fields = ["name", "kind", "country", "register_number", "valid_to"]
        order_by = "name"

    def render_valid_to(self, value: Any) -> str:
        return short_date(value)


class ProjectTable(tables.Table):
    title = tables.Column(_("Project"), linkify=True, order_by=("sort_key", "pk"))
    programme = tables.Column(_("Programme"), order_by="programme__sort_key")
    lead = tables.Column(_("Lead partner"), order_by="lead__sort_key", default="")
    start = tables.Column(_("Period"), empty_values=())
    state = tables.TemplateColumn(STATE, verbose_name=_("State"), orderable=False)

    class Meta:
        model = Project
        fields = ["title", "programme", "lead", "start", "state"]
        order_by = "title"

    def render_title(self, record: Project) -> str:
        second = " · ".join(filter(None, (record.acronym, record.code)))
        return format_html("{}<br><small>{}</small>", record.title, second)

    def render_start(self, record: Project) -> Any:
        return short_period(record.period, narrow=True) or _("not stated")


class ReportTable(tables.Table):
    project = tables.Column(_("Project"), linkify=True, order_by="project__sort_key")
    number = tables.TemplateColumn(
        template_name="projects/_report_number.html", verbose_name=_("Report"), accessor="number"
    )
    period_start = tables.Column(_("Period"))
    due = tables.Column(_("Due"))
    state = tables.TemplateColumn(
        STATE
        # The day is that of sending it in, whatever was said of it since.
        + '{% if record.submitted_on %} {% if record.state != "submitted" %}<span class="second">'
        '{% translate "submitted" %} {{ record.submitted_on|day }}</span>'
        "{% else %}{{ record.submitted_on|day }}{% endif %}{% endif %}",
        verbose_name=_("State"),
        accessor="state",
    )
    change = tables.TemplateColumn(
        template_name="projects/_report_links.html",
        verbose_name=_("Actions"),
        orderable=False,
        attrs={"td": {"class": "act"}},
    )

    class Meta:
        model = Report
        fields = ["project", "number", "period_start", "due", "state", "change"]
        order_by = ("due", "project", "number")

    def render_project(self, record: Report) -> str:
        return record.project.short

    def render_period_start(self, record: Report) -> str:
        return f"{short_date(record.period_start)} – {short_date(record.period_end)}"

    def render_due(self, value: Any) -> str:
        return short_date(value)
