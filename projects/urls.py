"""Addresses of the app."""

from collections.abc import Iterator

from django.urls import URLPattern, path

from projects import views
from projects.views.parts import PARTS, Part

app_name = "projects"


def part_urls(part: Part) -> Iterator[URLPattern]:
    """Adding, changing and removing one kind of part, under what it hangs on."""
    prefix, known = f"{part.owner.prefix}{part.plural}/", {"part": part}
    yield path(f"{prefix}add/", views.part_add, known, name=f"{part.noun}_add")
    yield path(f"{prefix}<int:pk>/edit/", views.part_edit, known, name=f"{part.noun}_edit")
    yield path(f"{prefix}<int:pk>/remove/", views.part_remove, known, name=f"{part.noun}_remove")


PROJECT = "projects/<slug:code>/"
REPORT = f"{PROJECT}reports/<int:pk>/"
INDICATOR = f"{PROJECT}indicators/<str:indicator>/"

urlpatterns = [
    path("programmes/", views.programme_list, name="programme_list"),
    path("programmes/add/", views.programme_add, name="programme_add"),
    path("programmes/<int:pk>/", views.programme_detail, name="programme_detail"),
    path("programmes/<int:pk>/edit/", views.programme_edit, name="programme_edit"),
    path("programmes/<int:pk>/archive/", views.programme_archive, name="programme_archive"),
    path("logos/<int:pk>/", views.logo_picture, name="logo_picture"),
    path("funders/", views.funder_list, name="funder_list"),
    path("funders/add/", views.funder_add, name="funder_add"),
    path("funders/<int:pk>/edit/", views.funder_edit, name="funder_edit"),
    path("funders/<int:pk>/archive/", views.funder_archive, name="funder_archive"),
    path("organisations/", views.organisation_list, name="organisation_list"),
    path("organisations/add/", views.organisation_add, name="organisation_add"),
    path("organisations/<int:pk>/", views.organisation_detail, name="organisation_detail"),
    path("organisations/<int:pk>/edit/", views.organisation_edit, name="organisation_edit"),
    path(
        "organisations/<int:pk>/archive/", views.organisation_archive, name="organisation_archive"
    ),
    path("indicators/", views.indicator_list, name="indicator_list"),
    path("discrepancies/", views.discrepancy_list, name="discrepancy_list"),
    path("reports/", views.report_list, name="report_list"),
    path("reports/add/", views.report_choose, name="report_choose"),
    path("projects/", views.project_list, name="project_list"),
    path("projects/add/", views.project_add, name="project_add"),
    path(PROJECT, views.project_detail, name="project_detail"),
    path(f"{PROJECT}edit/", views.project_edit, name="project_edit"),
    path(f"{PROJECT}archive/", views.project_archive, name="project_archive"),
    path(f"{PROJECT}sources/", views.source_list, name="source_list"),
    path(f"{PROJECT}indicators/", views.indicator_list, name="indicator_list"),
    path(f"{PROJECT}indicators/add/", views.indicator_add, name="indicator_add"),
    path(INDICATOR, views.indicator_detail, name="indicator_detail"),
    path(f"{INDICATOR}edit/", views.indicator_edit, name="indicator_edit"),
    path(f"{INDICATOR}archive/", views.indicator_archive, name="indicator_archive"),
    path(f"{INDICATOR}values/<int:pk>/approve/", views.value_approve, name="value_approve"),
    path(f"{INDICATOR}values/<int:pk>/evidence/", views.value_evidence, name="value_evidence"),
    path(REPORT, views.report_detail, name="report_detail"),
    path(f"{REPORT}write/", views.report_write, name="report_write"),
    path(f"{REPORT}submit/", views.report_submit, name="report_submit"),
    path(f"{REPORT}sign/", views.report_sign, name="report_sign"),
    path(f"{REPORT}return/", views.report_return, name="report_return"),
    path(f"{REPORT}accept/", views.report_accept, name="report_accept"),
    path(f"{REPORT}note/", views.report_note, name="report_note"),
    path(f"{REPORT}take-back/", views.report_take_back, name="report_take_back"),
    path(f"{REPORT}versions/<int:number>/", views.report_version, name="report_version"),
    path("reports/papers/<int:pk>/", views.report_paper, name="report_paper"),
    path("reports/papers/<int:pk>/retry/", views.report_paper_retry, name="report_paper_retry"),
    *(url for part in PARTS for url in part_urls(part)),
]
