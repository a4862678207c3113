"""What the network counts for indicators: events held, people and participations, copies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from network.models import Delivery, Event, EventState, Registration
from portal.lib.names import in_language
from projects.doors import Words
from projects.measures import Compute, Figure, FigureRow, FigureTable, Measure
from projects.models import Indicator
from training.measures.figures import by_project, narrowed

NOT_NAMED = _("not stated")
# A person is a row of the register or a contact; a head count names nobody.
NOBODY = Q(participant__isnull=True, contact__isnull=True)
# An invented person stays one at a real event.
DEMO_PLACE = Q(is_demo=True) | Q(event__is_demo=True) | Q(participant__is_demo=True)


def held(until: date | None) -> QuerySet[Event]:
    """Events held; up to a day, those that were over by then. An undated one has no day."""
    rows = Event.objects.filter(state=EventState.HELD)
    return rows.alias(over=Coalesce("end", "start")).filter(over__lte=until) if until else rows


def came(until: date | None) -> QuerySet[Registration]:
    """Places at events held that were taken up; whoever registered and is not marked is not in."""
    return Registration.objects.filter(attended=True, event__in=held(until))


def delivered(until: date | None) -> QuerySet[Delivery]:
    rows = Delivery.objects.all()
    return rows.filter(date__lte=until) if until else rows


def _and(condition: Q, only: Q | None) -> Q:
    return condition & only if only else condition


def _people(only: Q | None) -> Any:
    """Named people once each, and the head counts, of which nobody knows who is in two."""
    named = Count("participant", distinct=True, filter=only)
    contacts = Count("contact", distinct=True, filter=only)
    return named + contacts + Coalesce(Sum("people", filter=_and(NOBODY, only)), 0)


def events_held(indicators: Sequence[Indicator], until: date | None) -> Mapping[int, Figure]:
    """Events held, whatever their kind."""

    def events(only: Q | None) -> Count:
        return Count("pk", filter=only)

    return by_project(indicators, held(until), "", events, Q(is_demo=True))


def event_participants(indicators: Sequence[Indicator], until: date | None) -> Mapping[int, Figure]:
    """Different people who came to events held."""
    return by_project(indicators, came(until), "event__", _people, DEMO_PLACE)


def participations(indicators: Sequence[Indicator], until: date | None) -> Mapping[int, Figure]:
    """Places taken up: whoever came to three events counts three times."""

    def places(only: Q | None) -> Sum:
        return Sum("people", filter=only)

    return by_project(indicators, came(until), "event__", places, DEMO_PLACE)


def copies_delivered(indicators: Sequence[Indicator], until: date | None) -> Mapping[int, Figure]:
    """Copies of publications handed over."""

    def copies(only: Q | None) -> Sum:
        return Sum("copies", filter=only)

    return by_project(indicators, delivered(until), "publication__", copies, Q(is_demo=True))


# --- The rows behind a figure ---------------------------------------------------------------


class ByEvent:
    """Opens a figure into its events, and one event into the organisations people came from."""

    def __init__(self, compute: Compute, heading: Words, *, people: bool, note: Words = "") -> None:
        self.compute, self.heading, self.people, self.note = compute, heading, people, note

    def __call__(self, indicator: Indicator, until: date | None, key: str) -> FigureTable:
        here = Registration.objects.filter(DEMO_PLACE, attended=True, event=OuterRef("pk"))
        events = narrowed(held(until), indicator, "").annotate(
            came=Coalesce(Sum("registrations__people", filter=Q(registrations__attended=True)), 0),
            has_invented_people=Exists(here),
        )
        if key:
            event = events.filter(pk=int(key)).first() if key.isdecimal() else None
            return _organisations(event)
        return FigureTable(
            heading=_("Event"),
            value_heading=self.heading,
            cell_headings=(_("Date"), _("Place"), _("Kind"), _("People")),
            rows=[self._row(event) for event in events.order_by("start", "code")],
            total=self.compute([indicator], until)[indicator.pk].value,
            note=self.note,
        )

    def _row(self, event: Any) -> FigureRow:
        return FigureRow(
            label=event.name,
            value=Decimal(event.came if self.people else 1),
            cells=(
                event.when or None,
                event.place or None,
                event.get_kind_display(),
                event.came,
            ),
            key=str(event.pk),
            demo=event.is_demo or (self.people and event.has_invented_people),
        )


def _organisations(event: Any) -> FigureTable:
    """How many came from where; never who."""
    rows = (
        event.registrations.filter(attended=True)
        .order_by("organisation__sort_key", "organisation")
        .values("organisation__name_lv", "organisation__name_en")
        .annotate(total=Sum("people"), demo=Count("pk", filter=DEMO_PLACE))
        if event
        else []
    )
    return FigureTable(
        heading=_("Organisation"),
        value_heading=_("People"),
        cell_headings=(),
        rows=[
            FigureRow(
                label=_name(row, "organisation") or NOT_NAMED,
                value=Decimal(row["total"]),
                demo=bool(row["demo"]),
            )
            for row in rows
        ],
        total=Decimal(event.came) if event else None,
    )


def _name(row: Mapping[str, Any], relation: str) -> str:
    return in_language(row[f"{relation}__name_lv"] or "", row[f"{relation}__name_en"] or "")


def open_copies(indicator: Indicator, until: date | None, _key: str) -> FigureTable:
    """Copies by publication and recipient."""
    rows = (
        narrowed(delivered(until), indicator, "publication__")
        .order_by("publication__sort_key", "organisation__sort_key", "recipient")
        .values(
            "publication__name_lv",
            "publication__name_en",
            "organisation__name_lv",
            "organisation__name_en",
            "recipient",
        )
        .annotate(total=Sum("copies"), last=Max("date"), demo=Count("pk", filter=Q(is_demo=True)))
    )
    return FigureTable(
        heading=_("Recipient"),
        value_heading=_("Copies"),
        cell_headings=(_("Publication"), _("Last delivery")),
        rows=[
            FigureRow(
                label=_name(row, "organisation") or row["recipient"] or NOT_NAMED,
                value=Decimal(row["total"]),
                cells=(_name(row, "publication"), row["last"]),
                demo=bool(row["demo"]),
            )
            for row in rows
        ],
        total=copies_delivered([indicator], until)[indicator.pk].value,
    )


MEASURES = [
    Measure(
        "network.events_held",
        _("Events held"),
        _("events"),
        events_held,
        ByEvent(events_held, _("Events"), people=False),
    ),
    Measure(
        "network.event_participants",
        _("People at events"),
        _("people"),
        event_participants,
        ByEvent(
            event_participants,
            _("People"),
            people=True,
            note=_("A person named at several events counts once, so the rows may add up to more."),
        ),
    ),
    Measure(
        "network.participations",
        _("Participations in events"),
        _("participations"),
        participations,
        ByEvent(participations, _("Participations"), people=True),
    ),
    Measure(
        "network.copies_delivered",
        _("Copies delivered"),
        _("copies"),
        copies_delivered,
        open_copies,
    ),
]
