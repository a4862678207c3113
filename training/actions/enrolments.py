"""People coming into groups and leaving them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.lib.calendar import short_date
from projects.models import Organisation
from training.models import (
    Attendance,
    Employment,
    Enrolment,
    EnrolmentChange,
    EnrolmentState,
    Group,
    JobCategory,
    Participant,
)

from .guards import refuse_behind
from .locks import create_all, locked


@dataclass(frozen=True)
class NewPerson:
    """Someone not in the portal yet, with the work he does on the day he joins."""

    given_name: str
    family_name: str
    email: str = ""
    job_category: JobCategory | None = None
    organisation: Organisation | None = None
    position: str = ""


@transaction.atomic
def add_participant(
    *, user: Any, person: NewPerson, since: date | None = None, is_demo: bool = False
) -> Participant:
    """A person and, where both are known, what he works as and for whom."""
    return _add_people(user, [person], since, is_demo)[0]


@transaction.atomic
def enrol(
    *,
    user: Any,
    group: Group,
    participant: Participant,
    since: date,
    job_category: JobCategory | None = None,
    organisation: Organisation | None = None,
) -> Enrolment:
    """Give a person a place in a group from ``since`` on."""
    enrolment = Enrolment(
        group=group,
        participant=participant,
        since=since,
        job_category=job_category,
        organisation=organisation,
    )
    enrolment.full_clean()
    enrolment.save()
    _log([enrolment], "", since, user)
    return enrolment


@transaction.atomic
def enrol_people(
    *,
    user: Any,
    group: Group,
    people: Sequence[NewPerson],
    since: date,
    is_demo: bool = False,
) -> list[Enrolment]:
    """Add new people and enrol them all: the door for whole lists."""
    participants = _add_people(user, people, since, is_demo)
    enrolments = create_all(
        [
            Enrolment(
                group=group,
                participant=participant,
                since=since,
                job_category=person.job_category,
                organisation=person.organisation,
            )
            for participant, person in zip(participants, people, strict=True)
        ]
    )
    _log(enrolments, "", since, user)
    return enrolments


@transaction.atomic
def withdraw(*, user: Any, enrolment: Enrolment, on: date, reason: str = "") -> Enrolment:
    """Let a person leave the group; ``on`` is the last day he belongs to it. Marks stay.

    A day ahead is refused: from the moment of leaving nobody counts the person any more.
    """
    row = _held(enrolment)
    if row.state == EnrolmentState.WITHDRAWN:
        return _gone(row, on)
    if on > timezone.localdate():
        raise ValidationError({"on": _("The last day cannot lie ahead; enter it when it comes.")})
    marks = Attendance.objects.filter(enrolment=row)
    refuse_behind(marks)
    if on < row.since:
        raise ValidationError({"on": _("The person joined later than this day.")})
    if marks.filter(session__date__gt=on).exists():
        raise ValidationError({"on": _("The person is marked on a later day.")})
    return _move(row, EnrolmentState.WITHDRAWN, on, user, on, reason)


@transaction.atomic
def take_back(*, user: Any, enrolment: Enrolment, reason: str = "") -> Enrolment:
    """Bring back someone who left; who is here stays as he is."""
    row = _held(enrolment)
    if row.state != EnrolmentState.WITHDRAWN:
        return row
    return _move(row, EnrolmentState.ACTIVE, None, user, timezone.localdate(), reason)


@transaction.atomic
def change_enrolment(*, user: Any, enrolment: Enrolment) -> Enrolment:
    """Save an edited enrolment; every mark made so far must still concern the person."""
    stored = _held(enrolment)
    marks = Attendance.objects.filter(enrolment=enrolment)
    if stored.job_category_id != enrolment.job_category_id:
        refuse_behind(marks)
    if marks.filter(session__date__lt=enrolment.since).exists():
        raise ValidationError({"since": _("The person is marked on an earlier day.")})
    others = marks.filter(session__module__audience__isnull=False).exclude(
        session__module__audience=enrolment.job_category_id
    )
    if others.exists():
        raise ValidationError(
            {"job_category": _("The person is marked in a module that would not concern him.")}
        )
    enrolment.full_clean()
    enrolment.save(update_fields=["job_category", "organisation", "since"])
    return enrolment


def _gone(row: Enrolment, on: date) -> Enrolment:
    """Who left already stays gone; that he left on another day is news to whoever asks."""
    if row.until and row.until != on:
        why = _("The person left the group already, on %(day)s.")
        raise ValidationError(why, params={"day": short_date(row.until)})
    return row


def _held(enrolment: Enrolment) -> Enrolment:
    return locked(Enrolment.objects.filter(pk=enrolment.pk))[enrolment.pk]


def _move(
    row: Enrolment, state: EnrolmentState, until: date | None, user: Any, on: date, reason: str
) -> Enrolment:
    old, row.state, row.until = row.state, state, until
    row.save(update_fields=["state", "until"])
    _log([row], old, on, user, reason)
    return row


def _log(enrolments: Sequence[Enrolment], old: str, on: date, user: Any, reason: str = "") -> None:
    steps = [
        EnrolmentChange(
            enrolment=each, old_state=old, new_state=each.state, on=on, reason=reason, user=user
        )
        for each in enrolments
    ]
    create_all(steps)


def _add_people(
    user: Any, people: Sequence[NewPerson], since: date | None, is_demo: bool
) -> list[Participant]:
    participants = create_all(
        [
            Participant(
                given_name=each.given_name,
                family_name=each.family_name,
                email=each.email,
                is_demo=is_demo,
                created_by=user,
            )
            for each in people
        ]
    )
    create_all(
        [
            Employment(
                participant=participant,
                organisation=person.organisation,
                job_category=person.job_category,
                position=person.position,
                valid_from=since,
            )
            for participant, person in zip(participants, people, strict=True)
            if person.organisation and person.job_category
        ]
    )
    return participants
