"""What was done: programmes, groups, sessions, people and their attendance."""

from training.rules import AttendanceStatus

from .attendance import Attendance, Mark
from .enrolments import Enrolment, EnrolmentChange, EnrolmentState
from .groups import Group, GroupKind, GroupTrainer
from .people import Employment, Participant, partner_organisations
from .programmes import STAFF_ROLES, JobCategory, Module, Site, TrainingProgramme
from .sessions import Session, SessionChange, SessionState

__all__ = [
    "STAFF_ROLES",
    "Attendance",
    "AttendanceStatus",
    "Employment",
    "Enrolment",
    "EnrolmentChange",
    "EnrolmentState",
    "Group",
    "GroupKind",
    "GroupTrainer",
    "JobCategory",
    "Mark",
    "Module",
    "Participant",
    "Session",
    "SessionChange",
    "SessionState",
    "Site",
    "TrainingProgramme",
    "partner_organisations",
]
