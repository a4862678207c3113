"""Groups: the list, one group with its people and sessions, and who teaches it."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.lib.calendar import format_hours, hours
from portal.lib.web import cut_table
from portal.lib.workbook import Sheet, workbook_response
from training import access, actions
from training.filters import STAGES, GroupFilter
from training.forms.groups import GroupForm, TrainerForm, trainers_of
from training.measures import courses_of
from training.models import (
    EnrolmentState,
    Group,
    GroupTrainer,
    Participant,
    SessionState,
    TrainingProgramme,
)
from training.rules import Standing
from training.tables import GroupTable
from training.templatetags.training_ui import address
from training.views.catalogue import own_projects
from training.views.evidence import sheets_form
from training.views.lists import in_project, pills
from training.views.parts import (
    GROUPS,
    allow,
    archive_button,
    archived,
    done,
    form_page,
    group_of,
    likely_project,
)


@require_safe
def group_list(request: HttpRequest) -> HttpResponse:
    """Groups to work with: those that lack marks stand first. ``?export=xlsx`` takes what is shown."""
    reads_programmes = access.can_read_programmes(request.user)
    allow(reads_programmes or access.teaches_any(request.user))
    groups = Group.objects.visible_to(request.user).with_counts().with_stage()
    groups = groups.select_related("programme__project", "site")
    found = GroupFilter(request.GET, groups, request=request)
    if request.GET.get("export") == "xlsx":
        return _export(found.qs.order_by("programme", "position", "sort_key", "pk"))
    table = GroupTable(found.qs)
    cut_table(request, table)
    context = {
        "table": table,
        "filter": found,
        "pills": pills(request, "stage", STAGES, _stages(request), pgettext("groups", "All")),
        "reads_programmes": reads_programmes,
        "add": in_project(request, "training:group_add")
        if access.can_add_training(request.user)
        else "",
        "may_keep": access.can_keep_job_categories(request.user),
    }
    return render(request, "training/group_list.html", context)


def _stages(request: HttpRequest) -> dict[str, int]:
    """How many groups each pill would show, whatever pill is chosen."""
    data = request.GET.copy()
    data.pop("stage", None)
    groups = Group.objects.visible_to(request.user).with_stage()
    return dict(
        Counter(GroupFilter(data, groups, request=request).qs.values_list("stage", flat=True))
    )


def _export(groups: QuerySet[Any]) -> HttpResponse:
    headings = [
        _("Group"),
        _("Training programme"),
        _("Project"),
        _("Site"),
        _("People"),
        _("Sessions"),
        _("Sessions held"),
        _("To be marked"),
        _("First day"),
        _("Last day"),
    ]
    rows = (
        [
            group.name,
            group.programme.name,
            group.project.title,
            group.site.name if group.site else None,
            group.people_count,
            group.session_count,
            group.held_count,
            group.late_count,
            group.first_day,
            group.last_day,
        ]
        for group in groups
    )
    return workbook_response(_("groups"), [Sheet(_("Groups"), headings, rows)])


@require_safe
def group_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One group: its people with their progress, or with ``?show=sessions`` its timetable."""
    group = group_of(request, pk)
    shows_sessions = request.GET.get("show") == "sessions"
    context = {
        "group": group,
        "shows_sessions": shows_sessions,
        "trainers": group.trainers.select_related("user").order_by("user__sort_key", "pk"),
        "may_edit": access.can_edit_training(request.user, group.project),
        "may_enrol": access.can_enrol(request.user, group),
        "may_read_programme": access.can_read_programme(request.user, group.programme),
        "may_certify": access.can_export_people(request.user, group),
        **_counts(group),
        **(_timetable(request, group) if shows_sessions else _people(request, group)),
    }
    return render(request, "training/group_detail.html", context)


def _counts(group: Group) -> dict[str, Any]:
    counted = Group.objects.filter(pk=group.pk).with_counts().get()
    planned: Counter[str] = Counter()
    for state, minutes in group.sessions.counted().order_by().values_list("state", "minutes"):
        planned[state] += minutes
    unit = group.programme.hour_unit
    return {
        "counts": counted,
        "hours_held": hours(planned[SessionState.CLOSED], unit),
        "hours_planned": hours(planned.total(), unit),
    }


def _people(request: HttpRequest, group: Group) -> dict[str, Any]:
    rows = group.enrolments.visible_to(request.user).select_related("participant", "job_category")
    people = courses_of(rows.order_by("participant__sort_key", "pk"))
    here = {EnrolmentState.ACTIVE, EnrolmentState.COMPLETED}
    lost = [
        each
        for each in people
        if each.enrolment.state in here and each.progress.standing is Standing.OUT_OF_REACH
    ]
    known = Participant.objects.readable_by(request.user).filter(enrolments__group=group)
    return {
        "people": people,
        "lost_count": len(lost),
        "readable": set(known.values_list("pk", flat=True)),
    }


def _timetable(request: HttpRequest, group: Group) -> dict[str, Any]:
    sessions = group.sessions.with_marks().with_scans().select_related("module", "site")
    unit = group.programme.hour_unit
    rows = [
        {"session": each, "hours": format_hours(hours(each.minutes, unit)), "look": each.look}
        for each in sessions.order_by("date", "starts", "pk")
    ]
    reads_paper = access.can_read_paper(request.user, group)
    return {"sessions": rows, "sheets": sheets_form(group) if reads_paper else None}


@require_http_methods(["GET", "HEAD", "POST"])
def group_add(request: HttpRequest) -> HttpResponse:
    """A new group of a programme the user runs."""
    allow(access.can_add_training(request.user))
    programmes = TrainingProgramme.objects.editable_by(request.user).current()
    if not programmes.exists():
        return render(request, "training/group_add_first.html")
    asked = request.GET.get("programme")
    form = GroupForm(
        request.POST or None,
        programmes=programmes,
        initial={"programme": asked or _likely_programme(request, programmes)},
    )
    if request.method == "POST" and form.is_valid() and (group := done(form, form.save)):
        messages.success(request, _("The group is there. Now its people and its timetable."))
        return redirect(group)
    return form_page(
        request, form, title=_("New group"), crumbs=GROUPS, back=reverse("training:group_list")
    )


def _likely_programme(
    request: HttpRequest, programmes: QuerySet[TrainingProgramme]
) -> TrainingProgramme | None:
    """The only programme of the project the group will most likely belong to."""
    if project := likely_project(request, own_projects(request)):
        programmes = programmes.filter(project=project)
    first = list(programmes[:2])
    return first[0] if len(first) == 1 else None


@require_http_methods(["GET", "HEAD", "POST"])
def group_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Name, place and kind of a group."""
    group = group_of(request, pk)
    allow(access.can_edit_training(request.user, group.project))
    programmes, name = TrainingProgramme.objects.filter(pk=group.programme_id), group.name
    form = GroupForm(request.POST or None, instance=group, programmes=programmes)
    if request.method == "POST" and form.is_valid() and done(form, form.save):
        messages.success(request, _("Saved."))
        return redirect(group)
    return form_page(
        request,
        form,
        title=_("Change the group"),
        crumbs=[*GROUPS, (group.get_absolute_url(), name)],
        back=group.get_absolute_url(),
        danger=[archive_button("training:group_archive", group, _("Archive the group"))],
    )


@require_POST
def group_archive(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a group away or bring it back; nothing is lost and figures do not change."""
    group = group_of(request, pk)
    allow(access.can_edit_training(request.user, group.project))
    return archived(request, group, group.get_absolute_url())


@require_http_methods(["GET", "HEAD", "POST"])
def trainer_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a group to a trainer of the user's projects; anybody else is invited to it."""
    group = group_of(request, pk)
    allow(access.can_edit_training(request.user, group.project))
    form = TrainerForm(request.POST or None, trainers=trainers_of(request.user, beside=group))
    if request.method == "POST" and form.is_valid():
        actions.assign_trainer(group=group, user=form.cleaned_data["trainer"])
        messages.success(request, _("The trainer has the group now."))
        return redirect(group)
    return form_page(
        request,
        form,
        title=_("Add a trainer"),
        crumbs=[*GROUPS, (group.get_absolute_url(), group.name)],
        back=group.get_absolute_url(),
        lead=_("He will see this group only, with names, and may mark, close and reopen sessions."),
        save=_("Give the group"),
        links=[(f"{invite}?role=trainer&scope=group:{group.pk}", _("Invite a trainer"))]
        if (invite := address("user_invite"))
        else [],
    )


@require_POST
def trainer_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """End a trainer's work with a group; what he marked stays."""
    groups = Group.objects.visible_to(request.user)
    row = get_object_or_404(
        GroupTrainer.objects.filter(group__in=groups).select_related("group__programme__project"),
        pk=pk,
    )
    allow(access.can_edit_training(request.user, row.group.project))
    actions.dismiss_trainer(trainer=row)
    messages.success(request, _("The trainer no longer has the group; his marks stay."))
    return redirect(row.group)
