"""What must always hold between marks, their log and the sums kept beside them.

Each function yields one line per difference, with numbers of rows and never a name; no line
means that it holds. ``check_invariants`` asks them all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.db.models import Exists, F, OuterRef, Q, Sum

from portal.lib.documents import DamagedFileError
from training.models import Attendance, Enrolment, Mark, Module, SessionScan, SessionState


def marks_equal_the_log() -> Iterator[str]:
    """Every cell stands as its last command left it, and no cell stands without a command."""
    log = Mark.objects.order_by("enrolment", "session", "base_revision")
    last = {
        (enrolment, session): (status, minutes, base + 1)
        for enrolment, session, status, minutes, base in log.values_list(
            "enrolment", "session", "new_status", "new_minutes", "base_revision"
        ).iterator()
    }
    cells = Attendance.objects.values_list("enrolment", "session", "status", "minutes", "revision")
    for enrolment, session, *state in cells.iterator():
        if last.pop((enrolment, session), None) != tuple(state):
            yield f"enrolment {enrolment}, session {session}: mark differs from the log"
    for (enrolment, session), (status, _minutes, _revision) in last.items():
        if status:
            yield f"enrolment {enrolment}, session {session}: mark of the log is missing"


def revisions_are_whole() -> Iterator[str]:
    """The changes of a cell follow one another without a gap, each from where the last ended."""
    log = Mark.objects.order_by("enrolment", "session", "base_revision").values_list(
        "enrolment", "session", "base_revision", "old_status", "new_status"
    )
    cell, expected = None, (0, "")
    for enrolment, session, base, old, new in log.iterator():
        if (enrolment, session) != cell:
            cell, expected = (enrolment, session), (0, "")
        if (base, old) != expected:
            yield f"enrolment {enrolment}, session {session}: change {base} follows nothing"
        expected = (base + 1, new)


def minutes_equal_the_recount() -> Iterator[str]:
    """``minutes_attended`` is the sum of the marks."""
    sums = dict(
        Attendance.objects.with_minutes_attended()
        .order_by()
        .values("enrolment")
        .annotate(total=Sum("minutes_attended"))
        .values_list("enrolment", "total")
    )
    for pk, minutes in Enrolment.objects.values_list("pk", "minutes_attended").iterator():
        if minutes != sums.get(pk, 0):
            yield f"enrolment {pk}: {minutes} minutes kept, {sums.get(pk, 0)} counted"


def marks_stand_where_they_may() -> Iterator[str]:
    """Marks belong to the group, the days in it and the modules that concern the person."""
    audience = Module.audience.through.objects.filter(module=OuterRef("session__module"))
    stray = Attendance.objects.filter(
        ~Q(enrolment__group=F("session__group"))
        | Q(session__date__lt=F("enrolment__since"))
        | Q(session__date__gt=F("enrolment__until"))
        | Q(session__state__in=[SessionState.PLANNED, SessionState.CANCELLED])
        | Q(Exists(audience))
        & ~Q(Exists(audience.filter(jobcategory=OuterRef("enrolment__job_category"))))
        | Q(minutes__gt=F("session__minutes"))
    )
    for enrolment, session in stray.values_list("enrolment", "session"):
        yield f"enrolment {enrolment}, session {session}: a mark where none may be"


def scans_are_as_added() -> Iterator[str]:
    """Every scan of a signed sheet is the very file that was added."""
    for scan in SessionScan.objects.standing().iterator():
        try:
            scan.read()
        except (DamagedFileError, OSError):
            yield f"scan {scan.pk} of session {scan.session_id}: its file is lost or another"


INVARIANTS: list[Callable[[], Iterator[str]]] = [
    marks_equal_the_log,
    revisions_are_whole,
    minutes_equal_the_recount,
    marks_stand_where_they_may,
    scans_are_as_added,
]
