"""Pages of the register of organisations."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.lib.web import cut_table
from projects.access import can_keep_organisations, can_read_organisations
from projects.filters import OrganisationFilter
from projects.forms import OrganisationForm
from projects.models import Organisation, Project
from projects.tables import OrganisationTable

from .pages import Crumb, answer_archive, answer_form, refuse_unless


def organisation_crumbs(*more: Crumb) -> list[Crumb]:
    return [Crumb(_("Organisations"), reverse("projects:organisation_list")), *more]


@require_safe
def organisation_list(request: HttpRequest) -> HttpResponse:
    refuse_unless(can_read_organisations(request.user))
    found = OrganisationFilter(request.GET, queryset=Organisation.objects.all())
    table = OrganisationTable(found.qs)
    cut_table(request, table)
    context = {
        "filter": found,
        "table": table,
        "can_edit": can_keep_organisations(request.user),
    }
    return render(request, "projects/organisation_list.html", context)


@require_safe
def organisation_detail(request: HttpRequest, pk: int) -> HttpResponse:
    refuse_unless(can_read_organisations(request.user))
    organisation = get_object_or_404(Organisation.objects.select_related("parent"), pk=pk)
    seen = Project.objects.visible_to(request.user)
    context = {
        "organisation": organisation,
        "partnerships": organisation.partnerships.filter(project__in=seen).select_related(
            "project"
        ),
        "led_projects": seen.filter(lead=organisation),
        "can_edit": can_keep_organisations(request.user),
    }
    return render(request, "projects/organisation_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def organisation_add(request: HttpRequest) -> HttpResponse:
    refuse_unless(can_keep_organisations(request.user))
    return answer_form(
        request,
        OrganisationForm(request.POST or None),
        heading=_("New organisation"),
        back=reverse("projects:organisation_list"),
        crumbs=organisation_crumbs(),
        then=Organisation.get_absolute_url,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def organisation_edit(request: HttpRequest, pk: int) -> HttpResponse:
    refuse_unless(can_keep_organisations(request.user))
    organisation = get_object_or_404(Organisation, pk=pk)
    form = OrganisationForm(request.POST or None, instance=organisation)
    back = organisation.get_absolute_url()
    crumbs = organisation_crumbs(Crumb(organisation.name, back))
    return answer_form(
        request, form, heading=_("Change the organisation"), back=back, crumbs=crumbs
    )


@require_http_methods(["GET", "HEAD", "POST"])
def organisation_archive(request: HttpRequest, pk: int) -> HttpResponse:
    refuse_unless(can_keep_organisations(request.user))
    organisation = get_object_or_404(Organisation, pk=pk)
    return answer_archive(
        request,
        organisation,
        back=organisation.get_absolute_url(),
        consequences=[_("Projects and papers keep the name it has there.")],
    )
