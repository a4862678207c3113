"""What every action that touches marks holds and keeps: locks, states of sessions, minutes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Sum

from training.models import Attendance, Enrolment, Session, SessionChange, SessionState

CHUNK = 1000


def locked[M: models.Model](rows: models.QuerySet[M]) -> dict[Any, M]:
    """The rows by key, held until the transaction ends; always in the order of the key.

    Whoever writes marks takes the sessions first and the enrolments second, so that two bulk
    saves wait for each other instead of locking each other out. What stands above them, a group
    or a module, comes before both.
    """
    held = rows.order_by("pk").select_for_update(of=("self",), no_key=True)
    return {row.pk: row for row in held}


def create_all[M: models.Model](rows: Sequence[M]) -> list[M]:
    """Write new rows of one kind at once; what was typed is judged first, as it is one by one."""
    for row in rows:
        row.clean_fields(exclude={each.name for each in row._meta.fields if each.is_relation})
    return type(rows[0])._default_manager.bulk_create(rows, batch_size=CHUNK) if rows else []


def recount_minutes(enrolments: Iterable[Enrolment]) -> None:
    """Set ``minutes_attended`` of locked enrolments from their marks."""
    rows = list(enrolments)
    marks = Attendance.objects.filter(enrolment__in=rows).with_minutes_attended()
    sums = marks.order_by().values("enrolment").annotate(total=Sum("minutes_attended"))
    totals = dict(sums.values_list("enrolment", "total"))
    changed = [row for row in rows if row.minutes_attended != totals.get(row.pk, 0)]
    for row in changed:
        row.minutes_attended = totals.get(row.pk, 0)
    Enrolment.objects.bulk_update(changed, ["minutes_attended"], batch_size=CHUNK)


def change_states(
    sessions: Iterable[Session], state: SessionState, *, user: Any, now: datetime, reason: str = ""
) -> None:
    """Move locked sessions to ``state`` and keep the trace."""
    changed = [session for session in sessions if session.state != state]
    steps = [
        SessionChange(
            session=each, old_state=each.state, new_state=state, reason=reason, user=user, at=now
        )
        for each in changed
    ]
    create_all(steps)
    is_closed = state == SessionState.CLOSED
    for each in changed:
        each.state = state
        each.closed_at, each.closed_by = (now, user) if is_closed else (None, None)
    Session.objects.bulk_update(changed, ["state", "closed_at", "closed_by"], batch_size=CHUNK)
