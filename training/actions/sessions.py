"""Planning sessions and moving them through their states."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from training.models import (
    Attendance,
    AttendanceStatus,
    Enrolment,
    Group,
    Module,
    Session,
    SessionState,
    Site,
)
from training.rules import overlap

from .guards import refuse_behind
from .locks import CHUNK, change_states, locked, recount_minutes
from .marks import mark_rest


@dataclass(frozen=True)
class SessionPlan:
    """One meeting to be planned."""

    date: date
    starts: time
    ends: time
    break_minutes: int = 0
    module: Module | None = None
    topic: str = ""
    site: Site | None = None


class PeopleUnmarkedError(ValidationError):
    """A session cannot close yet; ``people`` are the enrolments still without a mark."""

    def __init__(self, people: Sequence[Enrolment]) -> None:
        self.people = people
        text = ngettext(
            "%(count)s person is not marked yet.",
            "%(count)s people are not marked yet.",
            len(people),
        )
        super().__init__(text, code="unmarked", params={"count": len(people)})


@transaction.atomic
def plan_sessions(
    *, user: Any, group: Group, plans: Sequence[SessionPlan], state: str = SessionState.PLANNED
) -> list[Session]:
    """Plan one session or a whole timetable; all or none.

    ValidationError names each date that is wrong: end before start, or at the same time as
    another session of the group.
    """
    sessions = [
        Session(
            group=group,
            module=plan.module,
            date=plan.date,
            starts=plan.starts,
            ends=plan.ends,
            break_minutes=plan.break_minutes,
            topic=plan.topic,
            site=plan.site,
            state=state,
        )
        for plan in plans
    ]
    locked(Group.objects.filter(pk=group.pk))  # two plans for one group wait for each other
    _check_plans(group, sessions)
    return Session.objects.bulk_create(sessions, batch_size=CHUNK)


@transaction.atomic
def change_session(*, user: Any, session: Session) -> Session:
    """Save an edited session; marks already made must still fit, and the minutes follow.

    Whom it concerns holds still meanwhile: the audience of its module, the people marked in it.
    """
    locked(Group.objects.filter(pk=session.group_id))
    locked(Module.objects.filter(pk=session.module_id or 0))
    stored = _held(session)
    if stored.is_finished:
        raise _finished(stored)
    session.state = stored.state
    people = locked(Enrolment.objects.filter(attendance__session=session))
    _check_plans(session.group, [session])
    _check_marks(session, stored)
    session.save()
    recount_minutes(people.values())
    return session


@transaction.atomic
def open_session(*, user: Any, session: Session, now: datetime | None = None) -> Session:
    """Begin a session whose day has come."""
    row = _held(session)
    if row.state == SessionState.OPEN:
        return row
    if not row.is_open_to_marks:
        raise ValidationError(_("Only a planned session whose day has come can be opened."))
    change_states([row], SessionState.OPEN, user=user, now=now or timezone.now())
    return row


def close_session(
    *,
    user: Any,
    session: Session,
    rest: AttendanceStatus | None = None,
    now: datetime | None = None,
) -> Session:
    """Close one session; see :func:`close_sessions`."""
    return close_sessions(user=user, sessions=[session], rest=rest, now=now)[0]


@transaction.atomic
def close_sessions(
    *,
    user: Any,
    sessions: Iterable[Session],
    rest: AttendanceStatus | None = None,
    now: datetime | None = None,
) -> list[Session]:
    """Close the attendance of sessions: from then on no door changes a mark.

    Everyone concerned must be marked, or ``rest`` says what all the others get; otherwise
    PeopleUnmarkedError names them. A session that concerned nobody is cancelled, not closed.
    """
    rows = list(locked(Session.objects.filter(pk__in=[each.pk for each in sessions])).values())
    still = [row for row in rows if row.state != SessionState.CLOSED]
    for row in still:
        if not row.is_open_to_marks:
            raise ValidationError(_("A session closes on its day or later."))
    counts: Any = Session.objects.filter(pk__in=[row.pk for row in still]).with_marks()
    lacking = {each.pk for each in counts.exclude(concerned_count=F("marked_count"))}
    if any(each.concerned_count == 0 for each in counts):
        raise ValidationError(_("There is nobody to mark: enrol people or cancel the session."))
    for row in still:
        if row.pk in lacking:
            _mark_or_refuse(user, row, rest, now)
    change_states(still, SessionState.CLOSED, user=user, now=now or timezone.now())
    return rows


@transaction.atomic
def reopen_session(
    *, user: Any, session: Session, reason: str, now: datetime | None = None
) -> Session:
    """Open a closed session once more; the reason stays beside it and every mark changed since."""
    row = _held(session)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the session is opened again.")})
    if row.state != SessionState.CLOSED:
        raise ValidationError(_("The session is not closed."))
    change_states([row], SessionState.OPEN, user=user, now=now or timezone.now(), reason=reason)
    return row


@transaction.atomic
def cancel_session(
    *, user: Any, session: Session, reason: str = "", now: datetime | None = None
) -> Session:
    """Take a session out of every sum; it must have no marks."""
    row = _held(session)
    if row.state == SessionState.CLOSED:
        raise ValidationError(_("A closed session was held; reopen it first."))
    if Attendance.objects.filter(session=row).exists():
        raise ValidationError(_("People are marked in this session; clear the marks first."))
    change_states(
        [row], SessionState.CANCELLED, user=user, now=now or timezone.now(), reason=reason
    )
    return row


@transaction.atomic
def restore_session(*, user: Any, session: Session, now: datetime | None = None) -> Session:
    """Plan a cancelled session again, unless its time was given to another one meanwhile."""
    locked(Group.objects.filter(pk=session.group_id))
    row = _held(session)
    if row.state == SessionState.CANCELLED:
        _check_plans(row.group, [row])
        change_states([row], SessionState.PLANNED, user=user, now=now or timezone.now())
    return row


def _held(session: Session) -> Session:
    return locked(Session.objects.filter(pk=session.pk))[session.pk]


def _mark_or_refuse(
    user: Any, session: Session, rest: AttendanceStatus | None, now: datetime | None
) -> None:
    people = list(
        Enrolment.objects.unmarked_in(session)
        .select_related("participant")
        .order_by("participant__sort_key", "pk")
    )
    if rest is None:
        raise PeopleUnmarkedError(people)
    answers = mark_rest(user=user, session=session, status=rest, now=now)
    if refused := [each for each in answers if each.why]:
        raise ValidationError(str(refused[0].why))
    session.refresh_from_db(fields=["state"])  # a first mark opens it


def _check_plans(group: Group, sessions: Sequence[Session]) -> None:
    """Each session alone is right, and no two of the group meet at the same time."""
    errors = []
    days = {each.date for each in sessions}
    changed = {each.pk for each in sessions if each.pk}
    others = Session.objects.counted().filter(group=group, date__in=days).exclude(pk__in=changed)
    taken: dict[date, list[Session]] = {}
    for each in others:
        taken.setdefault(each.date, []).append(each)
    for session in sessions:
        try:
            session.clean_fields(exclude=["group", "module", "site"])
            session.clean()
        except ValidationError as error:
            if len(sessions) == 1:
                raise  # one session has a form of its own, with its fields
            errors += [f"{session}: {text}" for text in error.messages]
            continue
        for other in taken.get(session.date, []):
            if overlap(session.starts, session.ends, other.starts, other.ends):
                text = _("at %(time)s the group has another session.")
                errors.append(f"{session}: {text % {'time': f'{other.starts:%H:%M}'}}")
        taken.setdefault(session.date, []).append(session)
    if errors:
        raise ValidationError({"starts": errors} if len(sessions) == 1 else errors)


def _finished(session: Session) -> ValidationError:
    if session.state == SessionState.CANCELLED:
        why = _("The session has been cancelled. Plan it again, then save here.")
        return ValidationError(why, code="finished")
    why = _("%(name)s has closed the session. Reopen it with a reason, then save here.")
    name = session.closed_by or _("Somebody")
    return ValidationError(why, code="finished", params={"name": name})


def _check_marks(session: Session, stored: Session) -> None:
    """Marks made before a change of date, length or module must still be possible after it."""
    marks = Attendance.objects.filter(session=session)
    was = (stored.date, stored.minutes, stored.module_id)
    if was == (session.date, session.minutes_planned, session.module_id) or not marks.exists():
        return
    refuse_behind(marks)
    if session.date > timezone.localdate():
        raise ValidationError({"date": _("People are marked: the day cannot lie ahead.")})
    if marks.filter(minutes__gt=session.minutes_planned).exists():
        raise ValidationError({"ends": _("Someone has more minutes than the session would have.")})
    concerned = Enrolment.objects.concerned_by(session)
    if marks.exclude(enrolment__in=concerned).exists():
        raise ValidationError(_("Someone marked would not belong to this session any more."))
