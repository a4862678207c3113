"""The pages anybody may open: the projects on one time line, and one project."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from portal.lib.charts import timeline
from portal.public import PUBLIC_PARTS, PublicProject, front_figures
from projects.measures import readings
from projects.models import Project


@require_safe
@login_not_required
def public_front(request: HttpRequest) -> HttpResponse:
    """Every public project on one line of years, with what was planned and where it stands."""
    found = Project.objects.public().with_status().select_related("programme", "lead")
    shown = [PublicProject(each) for each in found.prefetch_related(*PUBLIC_PARTS)]
    # The newest first, as one reads news; those without a start at the end.
    shown.sort(key=lambda each: each.project.start.toordinal() if each.project.start else 0)
    shown.reverse()
    line = timeline(each.span for each in shown)
    context = {
        "rows": list(zip(shown, line.rows, strict=True)),
        "timeline": line,
        "figures": front_figures(shown),
        "source_count": sum(len(each.project.sources.all()) for each in shown),
    }
    return render(request, "public/public_front.html", context)


@require_safe
@login_not_required
def public_project(request: HttpRequest, code: str) -> HttpResponse:
    """One public project: aims, partners, money, activities and promised figures. No people."""
    found = Project.objects.public().with_status().select_related("programme", "lead")
    project = get_object_or_404(found, code=code)
    indicators = project.indicators.current().select_related("parent", "source")
    headline = [each for each in indicators if each.is_headline]
    for each in headline:
        each.project = project
    context = {
        "project": project,
        "shown": PublicProject(project),
        "readings": readings(headline),
        "indicators": indicators,
        "aims": project.aims.all(),
        "target_groups": project.target_groups.all(),
        "partnerships": project.partnerships.select_related("organisation"),
        "funding": sorted(
            project.funding.select_related("organisation", "source", "funder"),
            key=lambda row: row.weight,
        ),
        "activities": project.activities.all(),
        "identifiers": project.identifiers.all(),
        "sources": project.sources.all(),
    }
    return render(request, "public/public_project.html", context)
