"""Training programmes with their modules, sites and job categories: lists, forms, archive."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.lib.calendar import hours
from projects.models import EDITOR_ROLES, Project
from training import access, actions
from training.filters import ProgrammeFilter
from training.forms.catalogue import ModuleForm, ProgrammeForm
from training.models import Module, Session, TrainingProgramme
from training.tables import ProgrammeTable
from training.views.lists import list_page
from training.views.parts import (
    GROUPS,
    Crumbs,
    allow,
    archive_button,
    archived,
    done,
    form_page,
    likely_project,
    of_project,
)

PROGRAMMES: Crumbs = [
    *GROUPS,
    (reverse_lazy("training:programme_list"), gettext_lazy("Programmes")),
]
SITES: Crumbs = [*GROUPS, (reverse_lazy("training:site_list"), gettext_lazy("Sites"))]
JOBS: Crumbs = [
    *GROUPS,
    (reverse_lazy("training:job_category_list"), gettext_lazy("Job categories")),
]


def own_projects(request: HttpRequest) -> QuerySet[Project]:
    return Project.objects.for_roles(request.user, *EDITOR_ROLES).current()


@require_safe
def programme_list(request: HttpRequest) -> HttpResponse:
    """Training programmes of the projects whose training the user reads."""
    allow(access.can_read_programmes(request.user))
    rows = TrainingProgramme.objects.readable_by(request.user).select_related("project")
    rows = rows.annotate(
        module_count=Count("modules", distinct=True), group_count=Count("groups", distinct=True)
    )
    return list_page(
        request,
        ProgrammeTable,
        ProgrammeFilter(request.GET, rows, request=request),
        here="programmes",
        title=_("Training programmes"),
        add="training:programme_add" if access.can_add_training(request.user) else "",
        first=_("A programme says what is taught and how much. Begin with the first one."),
        add_words=_("New programme"),
    )


@require_safe
def programme_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A programme: what its contract declares beside the sums of modules and sessions."""
    programme = _programme(request, pk)
    modules = programme.modules.prefetch_related("audience").annotate(
        session_count=Count("sessions", distinct=True)
    )
    unit = programme.hour_unit
    fullest = (
        Session.objects.counted()
        .filter(group__programme=programme)
        .order_by()
        .values("group")
        .annotate(count=Count("pk"))
        .order_by("-count")
        .values_list("group", flat=True)
        .first()
    )
    minutes = Session.objects.counted().filter(group=fullest).values_list("minutes", flat=True)
    shown = [each for each in modules if not each.is_archived]
    context = {
        "programme": programme,
        "modules": modules,
        "module_days": sum(each.days or 0 for each in shown),
        "module_hours": sum(each.hours or 0 for each in shown),
        "session_hours": hours(sum(minutes), unit) if fullest else None,
        "groups": programme.groups.current().with_counts().with_stage().select_related("site"),
        "may_edit": access.can_edit_training(request.user, programme.project),
    }
    return render(request, "training/programme_detail.html", context)


def _programme(request: HttpRequest, pk: int) -> TrainingProgramme:
    rows = TrainingProgramme.objects.readable_by(request.user).select_related("project")
    return of_project(request, get_object_or_404(rows, pk=pk))


@require_http_methods(["GET", "HEAD", "POST"])
def programme_add(request: HttpRequest) -> HttpResponse:
    """A new training programme of a project the user runs."""
    allow(access.can_add_training(request.user))
    projects = own_projects(request)
    form = ProgrammeForm(
        request.POST or None,
        projects=projects,
        initial={"project": likely_project(request, projects)},
    )
    if request.method == "POST" and form.is_valid() and (programme := done(form, form.save)):
        messages.success(request, _("The programme is there. Now its modules."))
        return redirect(programme)
    return form_page(
        request,
        form,
        title=_("New programme"),
        crumbs=PROGRAMMES,
        back=reverse("training:programme_list"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def programme_edit(request: HttpRequest, pk: int) -> HttpResponse:
    programme = _programme(request, pk)
    allow(access.can_edit_training(request.user, programme.project))
    projects, name = Project.objects.filter(pk=programme.project_id), programme.name
    form = ProgrammeForm(request.POST or None, instance=programme, projects=projects)
    if (
        request.method == "POST"
        and form.is_valid()
        and done(form, lambda: actions.change_programme(programme=form.instance))
    ):
        messages.success(request, _("Saved."))
        return redirect(programme)
    return form_page(
        request,
        form,
        title=_("Change the programme"),
        crumbs=[*PROGRAMMES, (programme.get_absolute_url(), name)],
        back=programme.get_absolute_url(),
        danger=[archive_button("training:programme_archive", programme)],
    )


@require_POST
def programme_archive(request: HttpRequest, pk: int) -> HttpResponse:
    programme = _programme(request, pk)
    allow(access.can_edit_training(request.user, programme.project))
    return archived(request, programme, programme.get_absolute_url())


@require_http_methods(["GET", "HEAD", "POST"])
def module_add(request: HttpRequest, pk: int) -> HttpResponse:
    """A new module of a programme."""
    programme = _programme(request, pk)
    allow(access.can_edit_training(request.user, programme.project))
    last = programme.modules.order_by("-position").values_list("position", flat=True).first()
    form = ModuleForm(
        request.POST or None,
        instance=Module(programme=programme),
        initial={"position": (last or 0) + 1},
    )
    if request.method == "POST" and form.is_valid() and done(form, form.save):
        messages.success(request, _("The module is added."))
        return redirect(programme)
    return form_page(
        request,
        form,
        title=_("New module"),
        crumbs=[*PROGRAMMES, (programme.get_absolute_url(), programme.name)],
        back=programme.get_absolute_url(),
    )


def _module(request: HttpRequest, pk: int) -> Module:
    programmes = TrainingProgramme.objects.readable_by(request.user)
    rows = Module.objects.filter(programme__in=programmes)
    return of_project(request, get_object_or_404(rows.select_related("programme__project"), pk=pk))


@require_http_methods(["GET", "HEAD", "POST"])
def module_edit(request: HttpRequest, pk: int) -> HttpResponse:
    module = _module(request, pk)
    programme = module.programme
    allow(access.can_edit_training(request.user, programme.project))
    form = ModuleForm(request.POST or None, instance=module)
    if request.method == "POST" and form.is_valid():
        audience = form.cleaned_data["audience"]
        if done(form, lambda: actions.change_module(module=form.instance, audience=audience)):
            messages.success(request, _("Saved."))
            return redirect(programme)
    return form_page(
        request,
        form,
        title=_("Change the module"),
        crumbs=[*PROGRAMMES, (programme.get_absolute_url(), programme.name)],
        back=programme.get_absolute_url(),
        danger=[archive_button("training:module_archive", module)],
    )


@require_POST
def module_archive(request: HttpRequest, pk: int) -> HttpResponse:
    module = _module(request, pk)
    allow(access.can_edit_training(request.user, module.programme.project))
    return archived(request, module, module.programme.get_absolute_url())
