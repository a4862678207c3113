"""People who learn: the list, one person with work and courses, and forms for them."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.lib.web import cut_table
from projects.models import EDITOR_ROLES, Project
from training import access, actions
from training.filters import ParticipantFilter
from training.forms.people import EmploymentForm, NewPersonForm, ParticipantForm, employers
from training.measures import Course, courses_of
from training.models import Employment, Enrolment, Participant
from training.tables import ParticipantTable
from training.views.parts import (
    Crumbs,
    allow,
    archive_button,
    archived,
    done,
    form_page,
    question_page,
)

PEOPLE: Crumbs = [(reverse_lazy("training:participant_list"), gettext_lazy("People"))]


@require_safe
def participant_list(request: HttpRequest) -> HttpResponse:
    """People whose work and courses the user may read."""
    allow(access.can_read_people(request.user))
    people = Participant.objects.readable_by(request.user)
    seen = Enrolment.objects.visible_to(request.user)
    rows = people.annotate(
        group_count=Count("enrolments", filter=Q(enrolments__in=seen), distinct=True)
    ).with_jobs(request.user)
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
        "employments": _jobs(request, person),
        "courses": _courses(request, person),
        "may_edit": access.can_edit_participant(request.user, person),
        "may_link": access.can_link_participant(request.user, person),
    }
    return render(request, "training/participant_detail.html", context)


def _courses(request: HttpRequest, person: Participant) -> list[tuple[Course, bool]]:
    """The courses the user sees, each with whether he may change the person's place in it."""
    places = person.enrolments.visible_to(request.user).as_courses()
    mine = set(person.enrolments.changeable_by(request.user).values_list("pk", flat=True))
    return [(each, each.enrolment.pk in mine) for each in courses_of(places)]


def _jobs(request: HttpRequest, person: Participant) -> list[tuple[Employment, bool]]:
    """The jobs the user may read, each with whether he may change it."""
    jobs = person.employments.visible_to(request.user).now_first()
    mine = set(person.employments.editable_by(request.user).values_list("pk", flat=True))
    return [(job, job.pk in mine) for job in jobs.select_related("organisation", "job_category")]


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
        known = Participant.objects.readable_by(request.user).current()
        form.refuse_namesakes(known.with_jobs(request.user))
        if not form.errors and (
            person := done(
                form,
                # A partner's job begins today: without a beginning it would open what was before.
                lambda: actions.add_participant(
                    user=request.user,
                    person=form.person(),
                    since=timezone.localdate() if partner_only else None,
                ),
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
    return form_page(
        request,
        form,
        title=_("Change the person"),
        crumbs=[*PEOPLE, (person.get_absolute_url(), name)],
        back=person.get_absolute_url(),
        danger=[archive_button("training:participant_archive", person, _("Archive the person"))],
    )


@require_POST
def participant_archive(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Put a person away or bring him back; his hours still count."""
    person = person_of(request, pk)
    allow(access.can_edit_participant(request.user, person))
    return archived(request, person, person.get_absolute_url())


def _save_employment(request: HttpRequest, form: EmploymentForm) -> HttpResponse | None:
    """Saved, and back to the person; to the list when he is out of the user's sight by it."""
    person = form.instance.participant
    if not done(form, lambda: actions.save_employment(user=request.user, employment=form.instance)):
        return None
    messages.success(request, _("Saved."))
    is_seen = access.can_read_participant(request.user, person)
    return redirect(person if is_seen else "training:participant_list")


def _employment_form(request: HttpRequest, employment: Employment) -> EmploymentForm:
    partner_only = not access.can_run_participant(request.user, employment.participant)
    return EmploymentForm(
        request.POST or None,
        instance=employment,
        employers=employers(request.user, partner_only=partner_only),
        must_begin=partner_only,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def employment_add(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Where a person works."""
    person = person_of(request, pk)
    allow(access.can_edit_participant(request.user, person))
    form = _employment_form(request, Employment(participant=person))
    if request.method == "POST" and form.is_valid() and (answer := _save_employment(request, form)):
        return answer
    return form_page(
        request,
        form,
        title=_("New employment"),
        crumbs=[*PEOPLE, (person.get_absolute_url(), person.list_name)],
        back=person.get_absolute_url(),
    )


def _employment(request: HttpRequest, pk: int) -> Employment:
    rows = Employment.objects.visible_to(request.user)
    return get_object_or_404(
        rows.select_related("participant", "organisation", "job_category"), pk=pk
    )


@require_http_methods(["GET", "HEAD", "POST"])
def employment_edit(request: HttpRequest, pk: int) -> HttpResponse:
    employment = _employment(request, pk)
    person = employment.participant
    allow(access.can_change_employment(request.user, employment))
    form = _employment_form(request, employment)
    if request.method == "POST" and form.is_valid() and (answer := _save_employment(request, form)):
        return answer
    remove = (reverse("training:employment_remove", args=[pk]), _("Remove the employment"))
    return form_page(
        request,
        form,
        title=_("Change the employment"),
        crumbs=[*PEOPLE, (person.get_absolute_url(), person.list_name)],
        back=person.get_absolute_url(),
        links=[remove] if access.can_run_participant(request.user, person) else [],
    )


@require_http_methods(["GET", "HEAD", "POST"])
def employment_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take away a job entered by mistake; one that ended gets its last day instead."""
    employment = _employment(request, pk)
    person = employment.participant
    allow(access.can_run_participant(request.user, person))
    if request.method == "POST":
        actions.remove_employment(employment=employment)
        messages.success(request, _("The employment is removed."))
        return redirect(person)
    return question_page(
        request,
        question=_("Remove “%(name)s”?") % {"name": employment},
        consequences=[
            _("Only for a mistake: who has left gets a last day instead."),
            _("The coordinator of this employer no longer sees courses begun in this time."),
        ],
        action=_("Remove the employment"),
        back=reverse("training:employment_edit", args=[pk]),
    )
