"""Invented seminars, visits, deliveries and typed figures, so that every project has moved."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal

from network.models import Delivery, Event, EventKind, EventState, Publication, Registration
from portal.fiction import cast
from portal.models import User
from projects.actions import approve_value, record_value
from projects.models import Activity, Indicator, IndicatorValue, Organisation, Project

# Municipality of the project, place in the locative and plain, when.
SEMINARS = (
    ("daugavpils-pilseta", "Daugavpils", date(2009, 10, 16)),
    ("rezeknes-pilseta", "Rēzekne", date(2009, 11, 13)),
    ("kraslavas-rajons", "Krāslava", date(2010, 1, 22)),
    ("ludzas-pilseta", "Ludza", date(2010, 3, 19)),
    ("balvu-pilseta", "Balvi", date(2010, 5, 14)),
    ("livanu-novads", "Līvāni", date(2010, 9, 24)),
    ("preilu-novads", "Preiļi", date(2010, 11, 19)),
)
# code, Latvian, English, activity, kind, first day, days, place, country
LLI_EVENTS = (
    ("Kretinga", "LT", date(2018, 5, 15)),
    ("Joniškis", "LT", date(2018, 9, 11)),
    ("Dobele", "LV", date(2018, 10, 23)),
    ("Rokiškis", "LT", date(2019, 2, 19)),
    ("Auce", "LV", date(2019, 4, 9)),
    ("Jaunjelgava", "LV", date(2019, 6, 4)),
    ("Viesīte", "LV", date(2019, 9, 17)),
    ("Jelgava", "LV", date(2019, 11, 12)),
)
LLI_TRAININGS = (
    ("Jelgava", "LV", date(2018, 6, 19)),
    ("Joniškis", "LT", date(2018, 11, 20)),
    ("Jelgava", "LV", date(2019, 3, 26)),
    ("Rokiškis", "LT", date(2019, 5, 21)),
    ("Viesīte", "LV", date(2019, 10, 8)),
)
# indicator, increment, day, whether the administrator has approved it
LLI_VALUES = (
    ("qms-adapted", 1, date(2018, 12, 20), True),
    ("qms-institutions", 3, date(2019, 6, 28), True),
    ("qms-institutions", 3, date(2019, 12, 20), True),
    ("exchange-visits", len(LLI_EVENTS), date(2019, 11, 29), True),
    ("joint-trainings", len(LLI_TRAININGS), date(2019, 10, 31), True),
    ("centres-equipped", 5, date(2019, 11, 29), True),
    ("psychological-consultations", 1, date(2019, 5, 31), True),
    ("supervision-courses", 2, date(2019, 10, 31), True),
    ("special-courses", 1, date(2019, 4, 30), True),
    ("special-courses", 1, date(2019, 12, 13), False),
    ("centres-improved", 6, date(2020, 1, 31), True),
)


def fill(players: dict[str, User]) -> None:
    """Each project as far as it has come in the story of the demo."""
    chance = random.Random("network")  # noqa: S311
    _latgale(Project.objects.get(code=cast.LATGALE), players, chance)
    if erasmus := Project.objects.filter(code=cast.ERASMUS).first():
        _erasmus(erasmus, chance)
    if lli := Project.objects.filter(code=cast.LLI).first():
        _lli(lli, players, chance)


def _latgale(project: Project, players: dict[str, User], chance: random.Random) -> None:
    """Seminars held in seven municipalities; most brochures and half the handbooks handed over."""
    known = _organisations(project)
    events = _hold(
        project,
        [
            Event(
                code=f"seminar-{number}",
                kind=EventKind.SEMINAR,
                name_lv=f"Informatīvs seminārs: {place}",
                name_en=f"Informative seminar: {place}",
                start=day,
                end=day,
                days=1,
                place_lv=place,
                place_en=place,
                country="LV",
                host=known.get(code),
            )
            for number, (code, place, day) in enumerate(SEMINARS, 1)
        ],
        "3.1",
    )
    _seat(events, list(known.values()), chance, (14, 32))
    by, approver = players["coordinator"], players["admin"]
    _enter(project, "seminars", len(events), SEMINARS[-1][-1], by=by, approver=approver)
    _deliver(project, "progress-brochure", 3000, 2640, list(known.values()), date(2009, 11, 20))
    _deliver(project, "social-work-handbook", 2000, 1080, list(known.values()), date(2010, 10, 5))


def _erasmus(project: Project, chance: random.Random) -> None:
    """The three visits were held; the last event still stands in the plan."""
    visits = list(project.events.filter(kind=EventKind.EXCHANGE))
    for visit in visits:
        visit.state, visit.is_demo = EventState.HELD, True
        visit.save(update_fields=["state", "is_demo"])
    _seat(visits, list(_organisations(project).values()), chance, (2, 7))


def _lli(project: Project, players: dict[str, User], chance: random.Random) -> None:
    """Visits and trainings held, figures typed by the region and approved by the administrator."""
    partners = list(_organisations(project).values())
    words = (
        ("Pieredzes apmaiņas brauciens", "Exchange visit"),
        ("Partneru kopīgas mācības", "Joint training of the partners"),
    )
    kinds = (EventKind.EXCHANGE, EventKind.TRAINING)
    for kind, (lv, en), rows, activity in zip(
        kinds, words, (LLI_EVENTS, LLI_TRAININGS), ("2.3.1", "2.3.2"), strict=True
    ):
        events = [
            Event(
                code=f"{kind.value}-{number}",
                kind=kind,
                name_lv=f"{lv}: {place}",
                name_en=f"{en}: {place}",
                start=day,
                end=day + timedelta(1),
                days=2,
                place_lv=place,
                place_en=place,
                country=country,
            )
            for number, (place, country, day) in enumerate(rows, 1)
        ]
        _seat(_hold(project, events, activity), partners, chance, (2, 5))
    for code, count, day, is_approved in LLI_VALUES:
        approver = players["admin"] if is_approved else None
        _enter(project, code, count, day, by=players["zemgale"], approver=approver)


def _hold(project: Project, events: Sequence[Event], activity: str) -> list[Event]:
    under = Activity.objects.filter(project=project, code=activity).first()
    for event in events:
        event.project, event.activity = project, under
        event.state, event.is_demo = EventState.HELD, True
    return Event.objects.bulk_create(events)


def _seat(
    events: Iterable[Event],
    organisations: Sequence[Organisation],
    chance: random.Random,
    least_most: tuple[int, int],
) -> None:
    """Who came, as head counts of organisations."""
    Registration.objects.bulk_create(
        Registration(
            event=event,
            organisation=organisation,
            people=chance.randint(*least_most),
            attended=True,
            is_demo=True,
        )
        for event in events
        for organisation in chance.sample(organisations, min(5, len(organisations)))
    )


def _deliver(
    project: Project,
    code: str,
    printed: int,
    handed_over: int,
    recipients: Sequence[Organisation],
    first: date,
) -> None:
    """Copies handed over in equal parcels, a fortnight apart; the rest is in stock."""
    publication = Publication.objects.filter(project=project, code=code).first()
    if publication is None:
        return
    publication.printed_copies = printed
    publication.save(update_fields=["printed_copies"])
    share, rest = divmod(handed_over, len(recipients))
    Delivery.objects.bulk_create(
        Delivery(
            publication=publication,
            organisation=organisation,
            copies=share + (rest if place == 0 else 0),
            date=first + timedelta(7 * place),
            is_demo=True,
        )
        for place, organisation in enumerate(recipients)
    )


def _enter(
    project: Project, code: str, count: int, day: date, *, by: User, approver: User | None
) -> None:
    """A figure typed by one and approved by another; without an approver it waits."""
    indicator = Indicator.objects.filter(project=project, code=code).first()
    if indicator is None:
        return
    value = IndicatorValue(indicator=indicator, on=day, value=Decimal(count), is_demo=True)
    record_value(value=value, by=by)
    if approver:
        approve_value(value=value, by=approver)


def _organisations(project: Project) -> dict[str, Organisation]:
    """The partners of a project by code; without any, its lead."""
    rows = Organisation.objects.filter(partnerships__project=project).exclude(pk=project.lead_id)
    found = {each.code: each for each in rows.order_by("partnerships__position", "pk")}
    return found or ({project.lead.code: project.lead} if project.lead else {})
