"""Pages of funding programmes and funders."""

from __future__ import annotations

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.lib.names import in_language
from portal.lib.web import cut_table
from projects.access import can_add_project, can_administer, programmes_for
from projects.forms import FunderForm, ProgrammeForm
from projects.models import Funder, Programme, Project
from projects.tables import ProgrammeTable

from .pages import Crumb, answer_archive, answer_form, refuse_unless


def programme_crumbs(*more: Crumb) -> list[Crumb]:
    return [Crumb(_("Programmes"), reverse("projects:programme_list")), *more]


@require_safe
def programme_list(request: HttpRequest) -> HttpResponse:
    programmes = programmes_for(request.user).prefetch_related("funders")
    shows_archived = "archived" in request.GET
    programmes = programmes.filter(archived_at__isnull=not shows_archived)
    table = ProgrammeTable(programmes.annotate(project_count=Count("projects", distinct=True)))
    cut_table(request, table)
    can_edit = can_administer(request.user)
    context = {
        "table": table,
        "shows_archived": shows_archived,
        "can_edit": can_edit,
        "can_see_funders": can_edit or can_add_project(request.user),
    }
    return render(request, "projects/programme_list.html", context)


@require_safe
def programme_detail(request: HttpRequest, pk: int) -> HttpResponse:
    programme = get_object_or_404(programmes_for(request.user), pk=pk)
    context = {
        "programme": programme,
        "priority": in_language(programme.priority_lv, programme.priority_en),
        "projects": Project.objects.visible_to(request.user).filter(programme=programme),
        "visual_sets": programme.visual_sets.select_related("partner").prefetch_related("logos"),
        "can_edit": can_administer(request.user),
    }
    return render(request, "projects/programme_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def programme_add(request: HttpRequest) -> HttpResponse:
    refuse_unless(can_administer(request.user))
    form = ProgrammeForm(request.POST or None)
    back = reverse("projects:programme_list")
    return answer_form(
        request,
        form,
        heading=_("New programme"),
        back=back,
        crumbs=programme_crumbs(),
        then=Programme.get_absolute_url,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def programme_edit(request: HttpRequest, pk: int) -> HttpResponse:
    programme = get_object_or_404(programmes_for(request.user), pk=pk)
    refuse_unless(can_administer(request.user))
    form = ProgrammeForm(request.POST or None, instance=programme)
    back = programme.get_absolute_url()
    crumbs = programme_crumbs(Crumb(programme.name, back))
    return answer_form(request, form, heading=_("Change the programme"), back=back, crumbs=crumbs)


@require_http_methods(["GET", "HEAD", "POST"])
def programme_archive(request: HttpRequest, pk: int) -> HttpResponse:
    programme = get_object_or_404(programmes_for(request.user), pk=pk)
    refuse_unless(can_administer(request.user))
    return answer_archive(request, programme, back=programme.get_absolute_url())


@require_safe
def funder_list(request: HttpRequest) -> HttpResponse:
    refuse_unless(can_add_project(request.user))
    shows_archived = "archived" in request.GET
    funders = Funder.objects.filter(archived_at__isnull=not shows_archived)
    context = {
        "funders": funders.annotate(programme_count=Count("programmes", distinct=True)),
        "shows_archived": shows_archived,
        "can_edit": can_administer(request.user),
    }
    return render(request, "projects/funder_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def funder_add(request: HttpRequest) -> HttpResponse:
    refuse_unless(can_administer(request.user))
    form = FunderForm(request.POST or None)
    back = reverse("projects:funder_list")
    crumbs = [Crumb(_("Funders"), back)]
    return answer_form(request, form, heading=_("New funder"), back=back, crumbs=crumbs)


@require_http_methods(["GET", "HEAD", "POST"])
def funder_edit(request: HttpRequest, pk: int) -> HttpResponse:
    refuse_unless(can_administer(request.user))
    funder = get_object_or_404(Funder, pk=pk)
    form = FunderForm(request.POST or None, instance=funder)
    back = reverse("projects:funder_list")
    crumbs = [Crumb(_("Funders"), back)]
    return answer_form(request, form, heading=_("Change the funder"), back=back, crumbs=crumbs)


@require_http_methods(["GET", "HEAD", "POST"])
def funder_archive(request: HttpRequest, pk: int) -> HttpResponse:
    refuse_unless(can_administer(request.user))
    funder = get_object_or_404(Funder, pk=pk)
    return answer_archive(request, funder, back=reverse("projects:funder_list"))
