"""Verbs that write: enrolling, planning, marking, closing. Each is one transaction."""

from .catalogue import (
    archive,
    assign_trainer,
    change_module,
    change_programme,
    dismiss_trainer,
    remove_employment,
    save_employment,
)
from .commands import MarkAnswer, MarkCommand, Outcome
from .enrolments import (
    NewPerson,
    add_participant,
    change_enrolment,
    enrol,
    enrol_people,
    take_back,
    withdraw,
)
from .marks import mark_all_present, mark_rest, record_marks
from .sessions import (
    PeopleUnmarkedError,
    SessionPlan,
    cancel_session,
    change_session,
    close_session,
    close_sessions,
    open_session,
    plan_sessions,
    reopen_session,
    restore_session,
)

__all__ = [
    "MarkAnswer",
    "MarkCommand",
    "NewPerson",
    "Outcome",
    "PeopleUnmarkedError",
    "SessionPlan",
    "add_participant",
    "archive",
    "assign_trainer",
    "cancel_session",
    "change_enrolment",
    "change_module",
    "change_programme",
    "change_session",
    "close_session",
    "close_sessions",
    "dismiss_trainer",
    "enrol",
    "enrol_people",
    "mark_all_present",
    "mark_rest",
    "open_session",
    "plan_sessions",
    "record_marks",
    "remove_employment",
    "reopen_session",
    "restore_session",
    "save_employment",
    "take_back",
    "withdraw",
]
