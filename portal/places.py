"""The places of the portal: each destination of the nav, and for whom it is."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from projects.models import Role

TRAINER, PARTICIPANT = "trainer", "participant"
RUNNERS = frozenset({Role.ADMIN, Role.COORDINATOR})
READERS = frozenset({*RUNNERS, Role.PARTNER, Role.OFFICER, Role.AUDITOR})
MEMBERS = frozenset({*READERS, Role.FUNDER})


@dataclass(frozen=True)
class Place:
    """One destination: shown to ``roles`` once its page exists.

    ``prefixes`` are beginnings of view names that belong under it, so that a detail page keeps
    its place in the nav marked; ``by_project`` lists take ``?project=`` and keep the choice.
    """

    view: str
    label: Promise
    icon: str
    roles: frozenset[str] | None = None
    prefixes: tuple[str, ...] = ()
    by_project: bool = False
    short: Promise | None = None


TODAY = Place("today", _("Today"), "home")
TRAINING = Place(
    "training:group_list", _("Training"), "school", READERS | {TRAINER}, ("training:",), True
)
CERTIFICATES = Place(
    "certificates:certificate_list",
    _("Certificates"),
    "certificate",
    READERS,
    ("certificates:",),
    True,
)
INDICATORS = Place(
    "projects:indicator_list",
    _("Indicators"),
    "chart-bar",
    MEMBERS,
    ("projects:indicator_",),
    True,
)
REPORTS = Place(
    "projects:report_list", _("Reports"), "report", MEMBERS, ("projects:report_",), True
)
NETWORK = Place("network:event_list", _("Network"), "users-group", READERS, ("network:",), True)
PROJECTS = Place("projects:project_list", _("Projects"), "folders", MEMBERS, ("projects:",))
PEOPLE = Place(
    "training:participant_list",
    _("People"),
    "users",
    READERS,
    ("training:participant_", "training:employment_"),
    True,
)
ORGANISATIONS = Place(
    "projects:organisation_list",
    _("Organisations"),
    "building-community",
    RUNNERS,
    ("projects:organisation_",),
)
PROGRAMMES = Place(
    "projects:programme_list",
    _("Programmes"),
    "books",
    RUNNERS,
    ("projects:programme_", "projects:funder_", "projects:visual_set_"),
)
DISCREPANCIES = Place(
    "projects:discrepancy_list",
    _("Discrepancies"),
    "arrows-exchange",
    MEMBERS,
    ("projects:discrepancy_",),
    True,
)
JOBS = Place("job_list", _("Papers in the making"), "printer", RUNNERS, ("job_",))
ACCOUNTS = Place("user_list", _("Accounts"), "user-cog", RUNNERS, ("user_", "participant_"))
MY_COURSES = Place(
    "training:my_courses",
    _("My courses"),
    "school",
    frozenset({PARTICIPANT}),
    short=_("Courses"),
)
MY_CERTIFICATES = Place(
    "certificates:my_certificates",
    _("My certificates"),
    "certificate",
    frozenset({PARTICIPANT}),
    short=_("Certificates"),
)
MY_DATA = Place("my_account", _("My account"), "user", frozenset({PARTICIPANT}))
MY_ACCOUNT = Place("my_account", _("My account"), "user-cog")
HELP = Place("help", _("Help"), "help-circle")
FRONT = Place("public_front", _("Projects"), "folders")
VERIFY = Place("certificates:verify_form", _("Check a certificate"), "rosette-discount-check")
PASSWORD = Place("account_change_password", _("Change password"), "key")
SECOND_STEP = Place("mfa_index", _("Second step of signing in"), "device-mobile")
MAILS = Place("sent_mails", _("Mails sent (demo)"), "mail")

# Longest prefix wins, so the order here is only the order on screen.
WORK = (TODAY, MY_COURSES, MY_CERTIFICATES, MY_DATA)
RUN = (TRAINING, CERTIFICATES, INDICATORS, REPORTS, NETWORK)
DATA = (PROJECTS, PEOPLE, ORGANISATIONS, PROGRAMMES, DISCREPANCIES, JOBS, ACCOUNTS)


def address(view: str) -> str:
    """The address of a view by name; empty while there is no such page."""
    try:
        return reverse(view)
    except NoReverseMatch:
        return ""
