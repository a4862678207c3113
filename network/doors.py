"""What the network hangs on the doors of the projects app: figures, gaps, "Today", people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from network.measures import DEMO_PLACE, MEASURES, held
from network.models import Event, EventState, Registration
from network.rules import SOON, is_over, is_soon
from portal.lib.calendar import Precision, short_date
from portal.lib.names import both, in_both
from projects import doors
from projects.doors import Gap, ReportRow, ReportTable, TodayCard, TodayItem
from projects.models import EDITOR_ROLES, Project, Report

# Rows on a card; the rest is one click away.
SHOWN = 4


def open_doors() -> None:
    """Called once when the app is ready."""
    doors.measures.extend(MEASURES)
    doors.gaps.append(events_left_open)
    doors.report_tables.append(events_held_in_period)
    doors.today.append(events_of_today)
    doors.person_rows.append(places_of)


def _planned(events: Any) -> list[Event]:
    """Planned events that begin soon or lie behind, each project at hand; undated ones wait."""
    today = timezone.localdate()
    near = events.current().filter(state=EventState.PLANNED, start__lte=today + SOON)
    return list(near.select_related("project").order_by("start", "code"))


def events_of_today(user: Any) -> Iterator[TodayCard]:
    """Events of the next two weeks, and for those who run them the past ones not marked as held."""
    today = timezone.localdate()
    planned = _planned(Event.objects.visible_to(user).filter(project__archived_at__isnull=True))
    if soon := [event for event in planned if is_soon(event.period, today)]:
        yield TodayCard(
            code="events-soon",
            title=_("Events of the next two weeks"),
            count=len(soon),
            items=[_item(event, today) for event in soon[:SHOWN]],
            icon="calendar-event",
            url=f"{reverse('network:event_list')}?state=planned",
            position=60,
        )
    own = set(Project.objects.for_roles(user, *EDITOR_ROLES).values_list("pk", flat=True))
    past = [e for e in planned if is_over(e.period, today) and e.project_id in own]
    if past:
        yield TodayCard(
            code="events-past",
            title=_("Past events: were they held?"),
            count=len(past),
            items=[_item(event, today) for event in past[:SHOWN]],
            icon="calendar-question",
            tone="warn",
            url=f"{reverse('network:event_list')}?state=planned",
            position=70,
        )


def _item(event: Event, today: date) -> TodayItem:
    detail = " · ".join(filter(None, [event.when, event.place, event.project.short]))
    first = event.period.first_day
    due = first if first and first >= today else None
    return TodayItem(event.name, event.get_absolute_url(), detail, due=due)


def events_left_open(report: Report) -> Iterable[Gap]:
    """Events that were over in the reported months and are still only planned."""
    rows = (
        Event.objects.current()
        .alias(over=Coalesce("end", "start"))
        .filter(
            project=report.project_id,
            state=EventState.PLANNED,
            over__range=(report.period_start, report.period_end),
        )
    )
    return [
        Gap(_("Still only planned: %(name)s") % {"name": event.name}, event.get_absolute_url())
        for event in rows
    ]


def events_held_in_period(report: Report) -> Iterable[ReportTable]:
    """The events that were over in the reported months, with how many people came."""
    here = Registration.objects.filter(DEMO_PLACE, attended=True, event=OuterRef("pk"))
    events: Any = held(report.period_end)
    events = events.filter(project=report.project_id, over__gte=report.period_start).annotate(
        came=Coalesce(Sum("registrations__people", filter=Q(registrations__attended=True)), 0),
        has_invented_people=Exists(here),
    )
    rows = list(events.order_by("start", "code"))
    return [
        ReportTable(
            code="events",
            title=gettext_lazy("Events"),
            headings=(
                gettext_lazy("Event"),
                gettext_lazy("Date"),
                gettext_lazy("To"),
                gettext_lazy("Place"),
                gettext_lazy("Kind"),
                gettext_lazy("People"),
            ),
            rows=[_event_row(each) for each in rows],
            totals=[_event_totals(rows)] if rows else [],
            position=20,
            nothing=gettext_lazy("No event was held in these months."),
        )
    ]


def _event_row(event: Any) -> ReportRow:
    return ReportRow(
        (
            both(event),
            _day(event.start, event.start_precision),
            # An event of one day has no second one.
            None if event.end == event.start else _day(event.end, event.end_precision),
            both(event, "place"),
            in_both(event.get_kind_display),
            event.came,
        ),
        demo=event.is_demo or event.has_invented_people,
    )


def _day(day: date | None, precision: str) -> date | dict[str, str] | None:
    """A date that a workbook can sort; words where only its month or year is known."""
    if day is None or precision == Precision.DAY:
        return day
    return in_both(lambda: short_date(day, precision))


def _event_totals(rows: Sequence[Any]) -> ReportRow:
    words = in_both(
        lambda: ngettext("%(count)d event", "%(count)d events", len(rows)) % {"count": len(rows)}
    )
    cells = (words, None, None, None, None, sum(each.came for each in rows))
    return ReportRow(cells, demo=any(each.is_demo or each.has_invented_people for each in rows))


def places_of(participant: Any) -> Sequence[Any]:
    """The places at events that belong to a person."""
    return participant.registrations.all()
