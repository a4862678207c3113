"""The first page after signing in, put together from what the person is."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal import today as work
from portal.access import can_invite
from portal.context import roles_here
from portal.places import PARTICIPANT, READERS, RUNNERS, TRAINER
from projects.access import can_add_project, chosen_project
from projects.models import Project
from training.measures import hours_of_year
from training.models import Participant

BESIDE = {"most": 2, "figures": 4}  # projects whose pulse stands beside the cards
ALONE = {"most": 12, "figures": 8}


@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """What waits for this person, whatever he is: several roles give several parts."""
    roles = roles_here(request)
    context: dict[str, Any] = {"day": timezone.localdate(), "roles": roles}
    if roles - {PARTICIPANT, TRAINER}:
        context |= _of_projects(request, roles)
    if TRAINER in roles:
        context["teaching"] = work.teaching(request.user)
        context["late_count"] = work.late_to_teach(request.user)
    if PARTICIPANT in roles:
        context |= _of_participant(request)
    return render(request, "portal/today.html", context)


def _of_projects(request: HttpRequest, roles: frozenset[str]) -> dict[str, Any]:
    """Cards and pulse for those who run or read projects; a funder gets no sessions beside them."""
    user = request.user
    chosen = chosen_project(user, request.session)
    seen = Project.objects.visible_to(user).current()
    narrowed = seen.filter(pk=chosen.pk) if chosen else seen
    works = bool(roles & READERS)
    found: dict[str, Any] = {
        "works": works,
        "chosen": chosen,
        "is_empty": not seen.exists(),
        "may_add": can_add_project(user),
        "may_invite": can_invite(user),
    }
    cards = work.cards(user)
    found["cards"] = cards
    found["pulses"] = work.pulses(narrowed, **(BESIDE if works and cards else ALONE))
    if works:
        found["sessions"] = work.sessions_today(user, chosen)
    if roles & RUNNERS:
        found["jobs"] = work.jobs(user, chosen)
    return found


def _of_participant(request: HttpRequest) -> dict[str, Any]:
    person = Participant.objects.get(user=request.user)
    year = timezone.localdate().year
    return {
        "person": person,
        "year": year,
        "courses": work.courses(person),
        "certificates": work.own_certificates(person),
        "hours": hours_of_year(person.enrolments.all(), year),
    }
