"""What training can count for indicators, and how far each person is."""

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from projects.measures import Measure

from . import figures, tables
from .evidence import Evidence, evidence_of, history_of
from .invariants import INVARIANTS
from .months import months_of_persons, months_of_rows
from .periods import Attended, attended_by_group
from .progress import Course, Marks, Timetable, courses_of, hours_of_year
from .register import Register, Split, register_at_once, register_of, split_of

ONCE = _("A person in several groups counts once, so the rows may add up to more.")
MOST = _("Each module counts once: of every programme the group that got most.")

PERSONS_ENROLLED = Measure(
    "training.persons_enrolled",
    _("People enrolled"),
    _("people"),
    figures.persons_enrolled,
    tables.ByGroup(figures.persons_enrolled, tables.enrolled_part, _("People"), note=ONCE),
    months_of_persons(figures.enrolled, "since", "group__programme__"),
)
PERSONS_TRAINED = Measure(
    "training.persons_trained",
    _("People who reached the threshold"),
    _("people"),
    figures.persons_trained,
    tables.ByGroup(figures.persons_trained, tables.trained_part, _("People"), note=ONCE),
)
GROUPS_FINISHED = Measure(
    "training.groups_finished",
    _("Groups finished"),
    _("groups"),
    figures.groups_finished,
    tables.ByGroup(figures.groups_finished, tables.finished_part, _("Finished")),
)
SITES_USED = Measure(
    "training.sites_used",
    _("Sites used"),
    _("sites"),
    figures.sites_used,
    tables.sites_table(figures.sites_used),
)
PROGRAMME_HOURS = Measure(
    "training.programme_hours",
    _("Programme hours delivered"),
    _("hours"),
    figures.programme_hours,
    tables.ByGroup(
        figures.programme_hours,
        tables.minutes_part,
        _("Hours"),
        shown=tables.in_programme_hours,
        of_session="minutes",
        note=MOST,
    ),
)
PERSON_HOURS = Measure(
    "training.person_hours",
    _("Person-hours attended"),
    _("person-hours of 60 min"),
    figures.person_hours,
    tables.ByGroup(
        figures.person_hours,
        tables.attended_part,
        _("Person-hours"),
        shown=tables.in_clock_hours,
        of_session="attended",
    ),
    months_of_rows(
        figures.met,
        "session__date",
        "enrolment__group__programme__",
        Sum("minutes_attended"),
        figures.CLOCK_HOUR,
    ),
)
SESSIONS_HELD = Measure(
    "training.sessions_held",
    _("Sessions held"),
    _("sessions"),
    figures.sessions_held,
    tables.ByGroup(figures.sessions_held, tables.sessions_part, _("Sessions"), of_session="one"),
    months_of_rows(figures.held, "date", "group__programme__"),
)
SUPERVISION_SESSIONS = Measure(
    "training.supervision_sessions",
    _("Supervision sessions held"),
    _("sessions"),
    figures.supervision_sessions,
    tables.ByGroup(
        figures.supervision_sessions, tables.supervision_part, _("Sessions"), of_session="one"
    ),
)

MEASURES = [
    PERSONS_ENROLLED,
    PERSONS_TRAINED,
    GROUPS_FINISHED,
    SITES_USED,
    PROGRAMME_HOURS,
    PERSON_HOURS,
    SESSIONS_HELD,
    SUPERVISION_SESSIONS,
]

__all__ = [
    "INVARIANTS",
    "MEASURES",
    "Attended",
    "Course",
    "Evidence",
    "Marks",
    "Register",
    "Split",
    "Timetable",
    "attended_by_group",
    "courses_of",
    "evidence_of",
    "history_of",
    "hours_of_year",
    "register_at_once",
    "register_of",
    "split_of",
]
