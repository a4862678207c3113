"""Pages of projects: the list, one project with its tabs, its form."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.lib.web import cut_table, fragment_or_page
from projects.access import can_add_project, can_edit_project, can_read_organisations
from projects.filters import ProjectFilter
from projects.forms import ProjectForm
from projects.models import Project
from projects.rules import Comparison, compare, fund_check
from projects.tables import ProjectTable

from .pages import Crumb, answer_archive, answer_form, refuse_unless, visible_project
from .parts import project_crumbs
from .sources import heading_of

TABS = ("overview", "partners", "funding", "activities")


@require_safe
def project_list(request: HttpRequest) -> HttpResponse:
    seen = Project.objects.visible_to(request.user).with_status()
    found = ProjectFilter(
        request.GET, queryset=seen.select_related("programme", "lead"), request=request
    )
    table = ProjectTable(found.qs)
    cut_table(request, table)
    context = {"filter": found, "table": table, "can_add": can_add_project(request.user)}
    return render(request, "projects/project_list.html", context)


@require_safe
def project_detail(request: HttpRequest, code: str) -> HttpResponse:
    project = visible_project(request, code)
    tab = request.GET.get("tab", "")
    tab = tab if tab in TABS else TABS[0]
    context = {
        "project": project,
        "tab": tab,
        "tab_template": f"projects/_project_{tab}.html",
        "counts": _counts(project),
        "can_edit": can_edit_project(request.user, project),
        "reads_organisations": can_read_organisations(request.user),
        **_TAB_CONTEXT[tab](project),
    }
    return fragment_or_page(request, "projects/project_detail.html", context, "tab")


def _counts(project: Project) -> dict[str, int]:
    """How much stands behind each tab."""
    names = ("partnerships", "funding", "activities", "sources")
    counted = {f"{name}_count": Count(name, distinct=True) for name in names}
    in_use = Q(indicators__archived_at__isnull=True)
    counted["indicators_count"] = Count("indicators", filter=in_use, distinct=True)
    return Project.objects.filter(pk=project.pk).aggregate(**counted)


def _overview(project: Project) -> dict[str, Any]:
    return {
        "aims": project.aims.select_related("source"),
        "target_groups": project.target_groups.select_related("source"),
        "identifiers": project.identifiers.select_related("source"),
        "title_variants": project.title_variants.select_related("source"),
        "related_projects": project.related_projects.select_related("other", "source"),
        "status_entries": project.status_entries.select_related("source"),
    }


def _partners(project: Project) -> dict[str, Any]:
    return {"partnerships": project.partnerships.select_related("organisation", "source")}


def _funding(project: Project) -> dict[str, Any]:
    rows = list(project.funding.select_related("organisation", "funder", "source"))
    rows.sort(key=lambda row: row.weight)
    sources = list({row.source_id: row.source for row in rows}.values())
    compared = compare(row.fact() for row in rows)
    return {
        "sources": [(each, heading_of(each, sources)) for each in sources],
        "comparisons": compared,
        "checks": _fund_checks(compared),
    }


def _fund_checks(compared: list[Comparison]) -> list[dict[str, Any]]:
    """For each total and its fund part in one source: the share, and what is left to others."""
    rows = [fact.row for comparison in compared for fact in comparison.facts]
    totals = {_place(row): row for row in rows if row.part == "total"}
    checks = []
    for row in rows:
        total = totals.get(_place(row)) if row.part == "fund" else None
        check = fund_check(total.amount, row.amount) if total else None
        if check:
            checks.append({"fund": row, "total": total, "check": check})
    return checks


def _place(row: Any) -> tuple[Any, ...]:
    return row.organisation_id, row.source_id, row.stage, row.currency


def _activities(project: Project) -> dict[str, Any]:
    rows = list(project.activities.select_related("organisation", "source"))
    below: dict[int | None, list[Any]] = {}
    for row in rows:
        below.setdefault(row.parent_id, []).append(row)

    def tree(parent: int | None, depth: int) -> Iterator[tuple[int, Any]]:
        for row in below.get(parent, []):
            yield depth, row
            yield from tree(row.pk, depth + 1)

    return {"activities": list(tree(None, 0))}


_TAB_CONTEXT = {
    "overview": _overview,
    "partners": _partners,
    "funding": _funding,
    "activities": _activities,
}


@require_http_methods(["GET", "HEAD", "POST"])
def project_add(request: HttpRequest) -> HttpResponse:
    refuse_unless(can_add_project(request.user))
    back = reverse("projects:project_list")
    return answer_form(
        request,
        ProjectForm(request.POST or None, user=request.user),
        heading=_("New project"),
        back=back,
        crumbs=[Crumb(_("Projects"), back)],
        then=Project.get_absolute_url,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def project_edit(request: HttpRequest, code: str) -> HttpResponse:
    project = visible_project(request, code)
    refuse_unless(can_edit_project(request.user, project))
    back, crumbs = project.get_absolute_url(), project_crumbs(project)
    form = ProjectForm(request.POST or None, instance=project, user=request.user)
    return answer_form(
        request,
        form,
        heading=_("Change the project"),
        back=back,
        crumbs=crumbs,
        then=Project.get_absolute_url,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def project_archive(request: HttpRequest, code: str) -> HttpResponse:
    project = visible_project(request, code)
    refuse_unless(can_edit_project(request.user, project))
    return answer_archive(
        request,
        project,
        back=project.get_absolute_url(),
        consequences=[_("It is no longer shown on the public page.")],
    )
