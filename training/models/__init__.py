"""What was done: programmes, groups, sessions, people and their attendance."""

from training.rules import AttendanceStatus

from .attendance import Attendance, Mark
from .enrolments import Enrolment, EnrolmentChange, EnrolmentState
from .evidence import PaperCheck, PaperDifference, SessionScan
from .groups import Group, GroupKind, GroupTrainer
from .people import Employment, Participant, partner_organisations
from .programmes import STAFF_ROLES, JobCategory, Module, Site, TrainingProgramme
from .sessions import Lacking, Session, SessionChange, SessionState

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
    "Lacking",
    "Mark",
    "Module",
    "PaperCheck",
    "PaperDifference",
    "Participant",
    "Session",
    "SessionChange",
    "SessionScan",
    "SessionState",
    "Site",
    "TrainingProgramme",
    "partner_organisations",
]
