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
from .evidence import add_scans, compare_with_paper, remove_scan
from .marks import mark_all_present, mark_rest, record_marks
from .reminders import remind_trainers
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
from .sign_sheets import sign_sheets

__all__ = [
    "MarkAnswer",
    "MarkCommand",
    "NewPerson",
    "Outcome",
    "PeopleUnmarkedError",
    "SessionPlan",
    "add_participant",
    "add_scans",
    "archive",
    "assign_trainer",
    "cancel_session",
    "change_enrolment",
    "change_module",
    "change_programme",
    "change_session",
    "close_session",
    "close_sessions",
    "compare_with_paper",
    "dismiss_trainer",
    "enrol",
    "enrol_people",
    "mark_all_present",
    "mark_rest",
    "open_session",
    "plan_sessions",
    "record_marks",
    "remind_trainers",
    "remove_employment",
    "remove_scan",
    "reopen_session",
    "restore_session",
    "save_employment",
    "sign_sheets",
    "take_back",
    "withdraw",
]
