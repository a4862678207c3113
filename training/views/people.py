"""People who learn: the list, one person with work and courses, and forms for them."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.lib.calendar import hours
from portal.lib.web import cut_table
from projects.models import Project
from training import access, actions
from training.filters import ParticipantFilter
from training.forms.people import EmploymentForm, NewPersonForm, ParticipantForm, employers
from training.measures import progress_of
from training.models import EDITOR_ROLES, Employment, Enrolment, Participant
from training.tables import ParticipantTable
from training.views.parts import Crumbs, allow, done, form_page

PEOPLE: Crumbs = [(reverse_lazy("training:participant_list"), gettext_lazy("People"))]


@require_safe
def participant_list(request: HttpRequest) -> HttpResponse:
    """People whose work and courses the user may read."""
    allow(access.can_read_people(request.user))
    people = Participant.objects.readable_by(request.user)
    seen = Enrolment.objects.visible_to(request.user)
    rows = people.annotate(
        group_count=Count("enrolments", filter=Q(enrolments__in=seen), distinct=True)
    ).prefetch_related("employments__organisation", "employments__job_category")
    found = ParticipantFilter(request.GET, rows, request=request)
    table = ParticipantTable(found.qs)
    cut_table(request, table)
    context = {
        "table": table,
        "filter": found,
        "may_add": access.can_add_participant(request.user),
    }
    return render(request, "training/participant_list.html", context)


def person_of(request: HttpRequest, pk: uuid.UUID) -> Participant:
    """Somebody the user may see at all, else 404; a trainer sees names but opens nobody (403)."""
    person = get_object_or_404(Participant.objects.visible_to(request.user), pk=pk)
    allow(access.can_read_participant(request.user, person))
    return person


@require_safe
def participant_detail(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """One person: work, groups with progress, account."""
    person = person_of(request, pk)
    context = {
        "person": person,
        "employments": person.employments.select_related("organisation", "job_category"),
        "courses": courses_of(
            Enrolment.objects.visible_to(request.user).filter(participant=person)
        ),
        "may_edit": access.can_edit_participant(request.user, person),
    }
    return render(request, "training/participant_detail.html", context)


def courses_of(places: Any) -> list[dict[str, Any]]:
    """A person's places in groups with what he attended of what concerns him."""
    rows = list(
        places.select_related("group__programme__project", "group__site", "job_category").order_by(
            "-since", "pk"
        )
    )
    progress = progress_of(rows)
    return [
        {
            "place": row,
            "group": row.group,
            "progress": progress[row.pk],
            "hours": hours(progress[row.pk].attended, row.group.programme.hour_unit),
            "planned": hours(progress[row.pk].planned, row.group.programme.hour_unit),
        }
        for row in rows
    ]


def _own_employers(request: HttpRequest) -> tuple[Any, bool]:
    """The employers to choose from, and whether the user may name only his own."""
    runs = Project.objects.for_roles(request.user, *EDITOR_ROLES).exists()
    return employers(request.user, partner_only=not runs), not runs


@require_http_methods(["GET", "HEAD", "POST"])
def participant_add(request: HttpRequest) -> HttpResponse:
    """Somebody new, not in a group yet."""
    allow(access.can_add_participant(request.user))
    choices, partner_only = _own_employers(request)
    form = NewPersonForm(request.POST or None, employers=choices, must_work=partner_only)
    if request.method == "POST" and form.is_valid():
        form.refuse_namesakes(Participant.objects.visible_to(request.user).current())
        if not form.errors and (
            person := done(
                form, lambda: actions.add_participant(user=request.user, person=form.person())
            )
        ):
            messages.success(request, _("The person is added."))
            return redirect(person)
    return form_page(
        request,
        form,
        title=_("New person"),
        crumbs=PEOPLE,
        back=reverse("training:participant_list"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def participant_edit(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    person = person_of(request, pk)
    allow(access.can_edit_participant(request.user, person))
    name = person.list_name
    form = ParticipantForm(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid() and done(form, form.save):
        messages.success(request, _("Saved."))
        return redirect(person)
    words = _("Bring back") if person.is_archived else _("Archive the person")
    return form_page(
        request,
        form,
        title=_("Change the person"),
        crumbs=[*PEOPLE, (person.get_absolute_url(), name)],
        back=person.get_absolute_url(),
        danger=[(reverse("training:participant_archive", args=[pk]), words)],
    )


@require_POST
def participant_archive(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Put a person away or bring him back; his hours still count."""
    person = person_of(request, pk)
    allow(access.can_edit_participant(request.user, person))
    actions.archive(row=person, archived=not person.is_archived)
    messages.success(
        request,
        _("Archived; nothing is lost and the figures stay.")
        if person.is_archived
        else _("The person is back in the list."),
    )
    return redirect(person)


@require_http_methods(["GET", "HEAD", "POST"])
def employment_add(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Where a person works."""
    person = person_of(request, pk)
    allow(access.can_edit_participant(request.user, person))
    choices, _partner_only = _own_employers(request)
    form = EmploymentForm(
        request.POST or None, instance=Employment(participant=person), employers=choices
    )
    if request.method == "POST" and form.is_valid() and done(form, form.save):
        messages.success(request, _("Saved."))
        return redirect(person)
    return form_page(
        request,
        form,
        title=_("New employment"),
        crumbs=[*PEOPLE, (person.get_absolute_url(), person.list_name)],
        back=person.get_absolute_url(),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def employment_edit(request: HttpRequest, pk: int) -> HttpResponse:
    people = Participant.objects.visible_to(request.user)
    rows = Employment.objects.filter(participant__in=people).select_related("participant")
    employment = get_object_or_404(rows, pk=pk)
    person = employment.participant
    allow(access.can_edit_participant(request.user, person))
    choices, partner_only = _own_employers(request)
    if partner_only:
        allow(choices.filter(pk=employment.organisation_id).exists())
    form = EmploymentForm(request.POST or None, instance=employment, employers=choices)
    if request.method == "POST" and form.is_valid() and done(form, form.save):
        messages.success(request, _("Saved."))
        return redirect(person)
    return form_page(
        request,
        form,
        title=_("Change the employment"),
        crumbs=[*PEOPLE, (person.get_absolute_url(), person.list_name)],
        back=person.get_absolute_url(),
    )
