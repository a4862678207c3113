"""What the network hangs on the doors: cards of "Today", gaps of a report, rows of a person."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from network.doors import events_left_open, events_of_today, open_doors, places_of
from projects import doors
from projects.models import Report
from tests.network.world import event, place


def cards(user):
    return {card.code: card for card in events_of_today(user)}


def days(number):
    return timezone.localdate() + timedelta(days=number)


def test_the_doors_are_open():
    assert events_of_today in doors.today
    assert events_left_open in doors.gaps
    assert places_of in doors.person_rows
    assert open_doors.__module__ == "network.doors"


def test_today_shows_events_of_two_weeks_and_asks_about_past_ones(world):
    for code, start, state in [
        ("near", days(14), "planned"),
        ("far", days(15), "planned"),
        ("past", days(-1), "planned"),
        ("held", days(-1), "held"),
        ("undated", None, "planned"),
    ]:
        event(world.project, code, start=start, state=state)
    found = cards(world.coordinator)

    assert [item.title for item in found["events-soon"].items] == ["Near"]
    assert found["events-soon"].items[0].due == days(14)
    assert [item.title for item in found["events-past"].items] == ["Past"]
    assert set(cards(world.partner)) == {"events-soon"}
    assert cards(world.funder) == cards(world.stranger) == {}


def test_today_asks_the_same_few_questions_whatever_the_number_of_events(
    world, django_assert_num_queries
):
    event(world.project, "a", start=days(1), state="planned")
    with django_assert_num_queries(3):
        cards(world.coordinator)
    event(world.project, "b", start=days(2), state="planned")
    event(world.project, "c", start=days(-2), state="planned")
    with django_assert_num_queries(2):
        cards(world.coordinator)


def test_a_report_lacks_events_that_are_only_planned(world):
    for code, start, end in [
        ("before", date(2025, 12, 1), date(2025, 12, 31)),
        ("into", date(2025, 12, 30), date(2026, 1, 1)),
        ("in", date(2026, 3, 5), None),
        ("to-the-end", date(2026, 6, 1), date(2026, 6, 30)),
        ("out", date(2026, 6, 1), date(2026, 7, 2)),
        ("after", date(2026, 7, 1), None),
        ("undated", None, None),
    ]:
        event(world.project, code, state="planned", start=start, end=end)
    event(world.project, "done", start=date(2026, 3, 5))
    event(world.foreign, "foreign", state="planned", start=date(2026, 3, 5))
    report = Report.objects.create(
        project=world.project,
        number=1,
        period_start=date(2026, 1, 1),
        period_end=date(2026, 6, 30),
    )

    gaps = {gap.url for gap in events_left_open(report)}
    wanted = world.project.events.filter(code__in=["into", "in", "to-the-end"])
    assert gaps == {each.get_absolute_url() for each in wanted}


def test_the_places_of_a_person(world):
    mine = place(event(world.project), world.people[0])
    place(event(world.project, "b"), world.people[1])

    assert list(places_of(world.people[0])) == [mine]
