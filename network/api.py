"""Events as JSON: when and where, for whom, and how many came; who came stands on the page alone."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import F
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema

from network.models import Event, EventKind, EventState
from portal.lib.api import Day, ListAsked, Page, RowId, choice, given, reading

router = Router(tags=["events"])


class EventsAsked(ListAsked):
    kind: EventKind | None = choice()
    state: EventState | None = choice()
    since: Day | None = choice(description="Begins on this day or later.")
    until: Day | None = choice(description="Begins on this day or earlier.")


class EventOut(Schema):
    """An event; a date known to the month only says so in its precision."""

    id: int
    code: str
    name_lv: str
    name_en: str
    project: str
    activity: str | None
    kind: str
    state: str
    start: date | None
    start_precision: str
    end: date | None
    end_precision: str
    days: int | None
    place_lv: str
    place_en: str
    country: str
    host: str | None
    organiser: str | None
    audience_lv: str
    audience_en: str
    people_planned: int | None
    people_registered: int
    people_came: int
    source: str | None
    demo: bool


@reading(router, "", Page[EventOut], summary="Events")
def event_list(request: HttpRequest, asked: Query[EventsAsked]) -> dict[str, Any]:
    wanted = given(
        project__code=asked.project,
        kind=asked.kind,
        state=asked.state,
        start__gte=asked.since,
        start__lte=asked.until,
        is_demo=asked.demo,
    )
    found = (
        _events(request).current().filter(**wanted).order_by(F("start").asc(nulls_last=True), "pk")
    )
    return asked.of(found, _event)


@reading(router, "/{id}", EventOut, summary="One event")
def event_detail(request: HttpRequest, id: RowId) -> dict[str, Any]:
    event = get_object_or_404(_events(request), pk=id)
    request.chosen_project = event.project  # type: ignore[attr-defined]
    return _event(event)


def _events(request: HttpRequest) -> Any:
    seen = Event.objects.visible_to(request.user).with_people()
    return seen.select_related("project", "activity", "host", "organiser", "source")


def _event(event: Any) -> dict[str, Any]:
    named = ("project", "activity", "host", "organiser", "source")
    counted = {
        "people_planned": event.target_people,
        "people_registered": event.registered,
        "people_came": event.came,
        "demo": event.is_demo,
    }
    copied = EventOut.model_fields.keys() - {*named, *counted}
    return {
        **{name: getattr(event, name) for name in copied},
        **{name: getattr(getattr(event, name), "code", None) for name in named},
        **counted,
    }
