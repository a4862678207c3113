"""The reports of the Latgale project, one in every state, each told by those who would tell it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from portal.fiction import cast
from portal.models import User
from projects.actions import (
    accept_report,
    activities_in_order,
    return_report,
    sign_report,
    submit_report,
    write_report,
)
from projects.models import Project, Report, ReportPart

# number, first day, last day of the reported months
PERIODS = (
    (1, date(2009, 8, 1), date(2009, 12, 31)),
    (2, date(2010, 1, 1), date(2010, 4, 30)),
    (3, date(2010, 5, 1), date(2010, 7, 31)),
    (4, date(2010, 8, 1), date(2010, 10, 31)),
    (5, date(2010, 11, 1), date(2011, 1, 31)),
)
SUMMARIES = {
    1: (
        "Septembrī mācības sāka pirmās deviņas grupas visās septiņās mācību vietās. Apliecības vēl"
        " nav izsniegtas, jo neviena grupa programmu vēl nav pabeigusi. Divi informatīvie semināri"
        " notika, kā plānots; pirmo grupu noslēgums gaidāms martā.",
        "The first nine groups began in September, in all seven training sites. No certificate is"
        " issued yet, since no group has finished the programme. Two seminars were held as planned;"
        " the first groups are expected to finish in March.",
    ),
    2: (
        "Pirmās grupas programmu pabeidza martā, un to dalībnieki saņēma apliecības. Mācības sāka"
        " nākamās deviņas grupas. Atpalicība no vienmērīgā plāna ir paredzēta: grupas mācās pusgadu"
        " un tad beidz reizē. Trešā kārta sākas maijā.",
        "The first groups finished the programme in March and their people received certificates."
        " The next nine groups began. The lag behind an even plan was foreseen: groups learn for"
        " half a year and then finish together. The third round begins in May.",
    ),
    3: (
        "Otrā grupu kārta turpina mācības, trešā sākās maijā. Brošūru izplatīts mazāk, nekā plānots,"
        " jo jūlijā iestādes bija atvaļinājumā; iztrūkumu paredzēts novērst septembrī.",
        "The second round of groups goes on, the third began in May. Fewer brochures were handed"
        " over than planned, since institutions were on leave in July; this is to be made good in"
        " September.",
    ),
    4: (
        "Otrās kārtas grupas programmu pabeidza un to dalībnieki saņēma apliecības. Seminārs Līvānos"
        " notika septembrī. Trešā kārta beidz mācības janvārī, kopā ar projektu.",
        "The second round finished the programme and its people received certificates. The seminar"
        " in Līvāni was held in September. The third round finishes in January, with the project.",
    ),
}
DONE = {
    "1": (
        "Projekta vadības grupa tikās reizi mēnesī. Dokumenti glabājas vadošā partnera lietvedībā.",
        "The project management group met every month. Its papers are kept by the lead partner.",
    ),
    "2": (
        "Nodarbības notika divas dienas nedēļā. Apmeklējumu atzīmēja portālā, lapas slēdza"
        " pasniedzēji, un katru atzīmi var pārbaudīt pēc nodarbības.\n\nMājas aprūpes moduli"
        " apguva aprūpētāji; pārējie tajās dienās mācījās atsevišķi.",
        "Classes were held on two days a week. Attendance was marked in the portal, trainers closed"
        " the sheets, and every mark can be checked by its session.\n\nThe home care module was"
        " taken by carers; the others learned separately on those days.",
    ),
    "3": (
        "Sociālo darbinieku kontakti ir apkopoti, un sadarbības tīkls sarunājas par praksi.",
        "The contacts of social workers are gathered, and the network talks about practice.",
    ),
    "3.1": (
        "Semināros piedalījās pašvaldību sociālo dienestu vadītāji un darbinieki.",
        "Heads and workers of municipal social services came to the seminars.",
    ),
    "3.2": (
        "Brošūras izplatītas sociālajos dienestos un pašvaldību iestādēs.",
        "Brochures were handed over in social services and municipal institutions.",
    ),
    "3.3": (
        "Konferences darba kārtība tiek saskaņota ar partneriem.",
        "The agenda of the conference is being agreed with the partners.",
    ),
}
NEXT = (
    "Turpināt iesākto grupu mācības, sagatavot nākamās kārtas telpas un pasniedzējus, izplatīt"
    " atlikušās brošūras.",
    "Go on with the groups that have begun, prepare rooms and trainers of the next round, hand over"
    " the remaining brochures.",
)
BEHIND = (
    "Grupas mācās pusgadu un beidz reizē, tāpēc rādītājs aug pa kārtām, nevis vienmērīgi.",
    "Groups learn for half a year and finish together, so the figure grows by rounds, not evenly.",
)


@dataclass
class Desk:
    """The project and those who work at its reports."""

    project: Project
    players: dict[str, User]

    def report(self, number: int) -> Report:
        return self.project.reports.select_related("project").get(number=number)

    def submit(self, number: int, day: date) -> None:
        submit_report(report=self.report(number), by=self.players["coordinator"], now=_at(day))

    def sign(self, number: int, day: date) -> None:
        sign_report(by=self.players["officer"], now=_at(day), **self.last(number))

    def last(self, number: int) -> dict[str, Any]:
        """A report and the number of its last version, which whoever judges it has read."""
        report = self.report(number)
        return {"report": report, "seen": report.versions.latest("number").number}


def fill(players: dict[str, User]) -> int:
    """Five periods: accepted, returned, with the funder, with the officer, and still a draft."""
    project = Project.objects.select_related("programme", "lead").get(code=cast.LATGALE)
    desk = Desk(project, players)
    for number, first, last in PERIODS:
        Report.objects.get_or_create(
            project=project,
            number=number,
            defaults={"period_start": first, "period_end": last, "due": last + timedelta(45)},
        )
    for number in SUMMARIES:
        _write(desk, number)
    _accepted(desk)
    _returned(desk)
    desk.submit(3, date(2010, 8, 24))
    desk.sign(3, date(2010, 8, 26))
    desk.submit(4, date(2010, 11, 29))
    return len(PERIODS)


def _accepted(desk: Desk) -> None:
    """Returned once, corrected, accepted."""
    funder = desk.players["funder"]
    desk.submit(1, date(2010, 1, 25))
    desk.sign(1, date(2010, 1, 27))
    note = "Lūdzu, paskaidrojiet, kāpēc vēl nav izsniegta neviena apliecība."
    return_report(**desk.last(1), by=funder, note=note, now=_at(date(2010, 2, 8)))
    desk.submit(1, date(2010, 2, 12))
    desk.sign(1, date(2010, 2, 12))
    accept_report(**desk.last(1), by=funder, now=_at(date(2010, 2, 19)))


def _returned(desk: Desk) -> None:
    desk.submit(2, date(2010, 5, 24))
    desk.sign(2, date(2010, 5, 25))
    note = "Aprakstiet, kuras pašvaldības semināros nepiedalījās un kā tās tiks sasniegtas."
    funder = desk.players["funder"]
    return_report(**desk.last(2), by=funder, note=note, now=_at(date(2010, 6, 3)))


def _write(desk: Desk, number: int) -> None:
    report = desk.report(number)
    texts: dict[Any, tuple[str, str]] = {
        ReportPart.SUMMARY: SUMMARIES[number],
        ReportPart.NEXT_STEPS: NEXT,
    }
    for activity, _depth in activities_in_order(desk.project):
        if activity.code in DONE:
            texts[ReportPart.ACTIVITY, activity.pk] = DONE[activity.code]
    certified = desk.project.indicators.filter(code="persons-certified").first()
    if certified:
        texts[ReportPart.INDICATOR, certified.pk] = BEHIND
    write_report(report=report, texts=texts, seen=report.revision)


def _at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(10, 30)))
