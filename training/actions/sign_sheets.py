"""The paper that goes round a room to be signed: drawn when somebody asks, and kept nowhere.

It holds names, and it is no evidence before it is signed: so there is no row and no file of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.lib import pictures
from portal.lib.calendar import short_date
from portal.lib.documents import print_together
from portal.lib.lettering import lines
from portal.lib.names import both
from portal.lib.paper import Resources
from projects.actions import (
    all_visual_sets,
    check_letters,
    funding_statement,
    logo_row,
    sets_in_force,
)
from projects.rules import read_facts
from training.measures import Timetable
from training.models import Employment, Enrolment, Group, Session
from training.rules import belongs_on, halves

MOST_SHEETS = 25  # the days of a full-time month; a page can wait so long
WALK_INS = 4
ROWS_OF_AN_EMPTY_SHEET = 16
SMALLEST = 7.0  # points
NAME_ROOM, OFFICE_ROOM, ROLE_ROOM = 40.0, 41.0, 23.0  # millimetres, as in pdf.css


@dataclass(frozen=True)
class SignSheet:
    """One session as a page or two to be signed; every word is there already."""

    template_name: ClassVar[str] = "pdf/sign_sheets.html"

    session: int
    language: str
    facts: dict[str, Any]
    logos: Sequence[dict[str, Any]]

    @property
    def anchor(self) -> str:
        return f"sheet-{self.session}"

    def paper(self, resources: Resources) -> dict[str, Any]:
        """The words and the addresses of the pictures."""
        logos = [
            {**each, "url": pictures.show(each["picture"], resources, label=each["label"])}
            if each["picture"]
            else each
            for each in self.logos
        ]
        return {"facts": self.facts, "logos": logos}


def sign_sheets(*, group: Group, sessions: Sequence[Session], language: str) -> bytes:
    """One PDF with a sheet for each session, in the order given, each counting its own pages.

    ValidationError for more than can be waited for; CannotPrintError and PaperError as for
    every paper.
    """
    if len(sessions) > MOST_SHEETS:
        words = ngettext(
            "%(count)s sheet is too many at once (at most %(most)s): choose a month or a module.",
            "%(count)s sheets are too many at once (at most %(most)s): choose a month or a module.",
            len(sessions),
        )
        raise ValidationError(words % {"count": len(sessions), "most": MOST_SHEETS})
    with translation.override(language):
        resources = Resources()
        sheets = list(_sheets(group, sessions, language, resources))
        return print_together(sheets, title=str(sheets[0].facts["title"]), resources=resources)


def _sheets(
    group: Group, sessions: Sequence[Session], language: str, resources: Resources
) -> Iterable[SignSheet]:
    common, people = _common(group), _people(group, sessions)
    sets = all_visual_sets(group.project)

    def show_only(data: bytes) -> pictures.Frozen:
        """Nothing is kept of a paper that is drawn on demand."""
        frozen, data = pictures.prepare(data)
        resources.add(data, frozen["mime"])
        return frozen

    logos: dict[tuple[int, ...], list[dict[str, Any]]] = {}
    for session in sessions:
        chosen = sets_in_force(sets, session.date)
        key = tuple(sorted(each.pk for each in chosen.values()))
        if key not in logos:
            logos[key] = logo_row(group.project, chosen, language, show_only)
        statements = funding_statement(group.project, chosen)
        facts = {**common, "funding": statements, **_of_session(group, session, people[session.pk])}
        check_letters([facts, [each["label"] for each in logos[key]]])
        yield SignSheet(session.pk, language, read_facts(facts, language), logos[key])


def _common(group: Group) -> dict[str, Any]:
    """What all sheets of the group say."""
    project, programme = group.project, group.programme
    printed = project.identifiers.filter(is_printed=True).first()
    trainers = group.trainers.select_related("user").order_by("user__sort_key", "pk")
    return {
        "project": both(project, "title"),
        "number": printed.number if printed else "",
        "lead": both(project.lead) if project.lead else "",
        "activity_code": programme.activity.code if programme.activity else "",
        "activity": both(programme.activity) if programme.activity else "",
        "programme": both(programme),
        "group": both(group),
        "trainers": [each.user.name for each in trainers],
        "demo": _("Demonstration data") if group.is_demo else "",
        "privacy": settings.SITE_URL + reverse("privacy"),
    }


def _of_session(group: Group, session: Session, people: list[Enrolment]) -> dict[str, Any]:
    site = session.site or group.site
    times = f"{session.starts:%H:%M}–{session.ends:%H:%M}"
    parts = halves(session.minutes)
    return {
        "title": _("Attendance sheet, %(day)s") % {"day": short_date(session.date)},
        "day": session.date,
        "times": times,
        "breaks": session.break_minutes,
        "minutes": session.minutes,
        "unit": group.programme.hour_unit,
        "place": both(site) if site else "",
        "address": site.address if site else "",
        "module": both(session.module) if session.module else "",
        "topic": session.topic,
        "signatures": [_("Signature, part %(number)s") % {"number": n} for n in range(1, parts + 1)]
        if parts > 1
        else [_("Signature")],
        "rows": [_row(each, session.date) for each in people],
        "walk_ins": range(
            len(people) + 1,
            (len(people) + WALK_INS if people else ROWS_OF_AN_EMPTY_SHEET) + 1,
        ),
    }


def _people(group: Group, sessions: Sequence[Session]) -> dict[int, list[Enrolment]]:
    """Whom each session concerns, in the order of the register; their jobs come along."""
    jobs = Employment.objects.select_related("organisation", "job_category")
    rows = group.enrolments.select_related("participant", "organisation", "job_category")
    rows = rows.prefetch_related(Prefetch("participant__employments", jobs))
    everyone = list(rows.order_by("participant__sort_key", "pk"))
    timetable = Timetable([group.pk])
    return {
        session.pk: [
            each
            for each in everyone
            if timetable.concerns(session, each)
            and belongs_on(session.date, each.since, each.until)
        ]
        for session in sessions
    }


def _row(enrolment: Enrolment, day: date) -> dict[str, Any]:
    """A person with where he came from and as what; each word so small that it keeps its place."""
    jobs = [each for each in enrolment.participant.employments.all() if each.covers(day)]
    job = jobs[0] if jobs else None
    sender = enrolment.organisation or (job.organisation if job else None)
    role = enrolment.job_category or (job.job_category if job else None)
    return {
        "name": enrolment.participant.list_name,
        "name_size": _size(enrolment.participant.list_name, NAME_ROOM, 9.0),
        "office": both(sender) if sender else "",
        "office_size": _size(sender.name if sender else "", OFFICE_ROOM, 8.0),
        "role": both(role) if role else "",
        "role_size": _size(role.name if role else "", ROLE_ROOM, 8.0),
    }


def _size(text: str, room: float, largest: float) -> str:
    """One size for all; smaller only for what would take more than two lines, then the row grows.

    Most names need one line, and are not measured for nothing.
    """
    if len(text) < 20 or lines(text, largest, room * 0.97) <= 2:
        return f"{largest}pt"
    return f"{SMALLEST}pt"
