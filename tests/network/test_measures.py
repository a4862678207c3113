"""Figures of the network, and the rows behind them, which add up to them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from network.measures import MEASURES
from projects import doors
from projects.measures import figures, open_figure
from tests.factories import OrganisationFactory, ProjectFactory
from tests.network.world import (
    activity,
    contact,
    delivery,
    event,
    heads,
    indicator,
    place,
    publication,
)

CODES = [measure.code for measure in MEASURES]


def value(of, until=None):
    return figures([of], until=until)[of.pk].value


def test_measures_stand_at_the_door():
    assert CODES == [
        "network.events_held",
        "network.event_participants",
        "network.participations",
        "network.copies_delivered",
    ]
    assert [each for each in doors.measures if each.code in CODES] == MEASURES


def test_only_events_held_count(world):
    event(world.project, "held")
    event(world.project, "planned", state="planned")
    event(world.project, "cancelled", state="cancelled")
    event(world.foreign, "foreign")

    assert value(indicator(world.project, "network.events_held")) == 1


def test_an_activity_counts_its_own_events_and_those_below_it(world):
    camps, visits = activity(world.project, "1"), activity(world.project, "2")
    summer = activity(world.project, "1.1", camps)
    deep = activity(world.project, "1.1.1", summer)
    for number, where in enumerate([camps, summer, deep, visits, None]):
        event(world.project, f"e{number}", activity=where)

    counts = [
        value(indicator(world.project, "network.events_held", of))
        for of in (None, camps, summer, deep, visits)
    ]
    assert counts == [5, 3, 2, 1, 1]


def test_until_counts_events_that_were_over_and_none_without_a_date(world):
    event(world.project, "one", start=date(2026, 3, 5))
    event(world.project, "long", start=date(2026, 3, 5), end=date(2026, 3, 7))
    event(world.project, "undated", start=None)
    counted = indicator(world.project, "network.events_held")

    assert value(counted) == 3
    assert value(counted, date(2026, 3, 4)) == 0
    assert value(counted, date(2026, 3, 5)) == 1
    assert value(counted, date(2026, 3, 7)) == 2


def test_people_count_once_participations_each_time(world):
    anna, zane = world.people
    friend = contact(world.project)
    for code in ("a", "b"):
        held = event(world.project, code)
        place(held, anna)
        held.registrations.create(contact=friend, attended=True)
        heads(held, 10)
    place(held, zane, attended=False)
    heads(held, 99, attended=None)

    assert value(indicator(world.project, "network.event_participants")) == 22
    assert value(indicator(world.project, "network.participations")) == 24


def test_nobody_counts_before_the_event_was_held(world):
    heads(event(world.project, state="planned"), 10)

    assert value(indicator(world.project, "network.participations")) == 0


def test_copies_count_by_the_day_they_were_handed_over(world):
    brochure, handbook = publication(world.project), publication(world.project, "handbook")
    printing = activity(world.project, "3")
    brochure.activity = printing
    brochure.save()
    delivery(brochure, 100, date(2026, 3, 5))
    delivery(brochure, 50, date(2026, 4, 5))
    delivery(handbook, 7)

    assert value(indicator(world.project, "network.copies_delivered")) == 157
    narrow = indicator(world.project, "network.copies_delivered", printing)
    assert value(narrow) == 150
    assert value(narrow, date(2026, 4, 4)) == 100


@pytest.mark.parametrize("code", CODES)
def test_nothing_done_is_zero_and_not_unknown(world, code):
    assert value(indicator(world.project, code)) == 0


@pytest.mark.parametrize("code", CODES)
def test_invented_rows_mark_the_figure(world, code):
    counted = indicator(world.project, code)
    held = event(world.project)
    heads(held, 3)
    delivery(publication(world.project), 3)
    assert figures([counted])[counted.pk].demo is False

    other = event(world.project, "invented", is_demo=True)
    heads(other, 3)
    delivery(publication(world.project, "b"), 3, is_demo=True, recipient="x")
    assert figures([counted])[counted.pk].demo is True


@pytest.mark.parametrize("code", ["network.event_participants", "network.participations"])
def test_an_invented_person_at_a_real_event_marks_the_figure_and_its_rows(world, code):
    counted, invented = indicator(world.project, code), world.people[0]
    invented.is_demo = True
    invented.save()
    held = event(world.project)
    place(held, world.people[1])
    place(event(world.project, "other"), invented, attended=False)
    before = figures([counted])[counted.pk]
    place(held, invented)
    after, table = figures([counted])[counted.pk], open_figure(counted)
    below = open_figure(counted, key=str(held.pk))

    assert (before.value, before.demo, after.value, after.demo) == (1, False, 2, True)
    assert {row.label: row.demo for row in table.rows} == {"Seminar": True, "Other": False}
    assert [row.demo for row in below.rows] == [True]


@pytest.mark.parametrize("code", CODES)
def test_one_query_whatever_the_number_of_indicators(world, code, django_assert_num_queries):
    of = activity(world.project, "1")
    one = [indicator(world.project, code)]
    many = [*one, indicator(world.project, code, of), indicator(ProjectFactory(), code)]
    with django_assert_num_queries(1):
        figures(one)
    with django_assert_num_queries(1):
        figures(many)


def test_rows_behind_events_add_up_and_open_into_organisations(world):
    far = OrganisationFactory(name_lv="Āraiši")
    held = event(world.project, place_lv="Rēzekne")
    heads(held, 12, organisation=world.town)
    heads(held, 5, organisation=far)
    heads(held, 3)
    counted = indicator(world.project, "network.participations")

    table = open_figure(counted)
    below = open_figure(counted, key=table.rows[0].key)

    assert [(row.label, row.value) for row in table.rows] == [("Seminar", 20)]
    assert table.rows[0].cells[0] == "05.03.2026."
    assert table.total == 20
    assert sorted(row.value for row in below.rows) == [3, 5, 12]
    assert below.total == 20 == sum(row.value for row in below.rows)
    assert {str(row.label) for row in below.rows} >= {"Āraiši", world.town.name}


def test_rows_never_name_a_person(world):
    held = event(world.project)
    for person in world.people:
        place(held, person)
    counted = indicator(world.project, "network.event_participants")
    table = open_figure(counted)
    tables = [table, open_figure(counted, key=table.rows[0].key)]

    words = " ".join(
        str(part) for each in tables for row in each.rows for part in (row.label, row.cells)
    )
    assert [p.family_name for p in world.people if p.family_name in words] == []
    assert tables[1].total == 2


@pytest.mark.parametrize("key", ["0", "-1", "x", "99999999999999999999", "1 OR 1"])
def test_a_wrong_key_opens_nothing(world, key):
    table = open_figure(indicator(world.project, "network.events_held"), key=key)

    assert (table.rows, table.total) == ([], None)


def test_a_key_of_another_project_opens_nothing(world):
    foreign = event(world.foreign)
    heads(foreign, 40)

    table = open_figure(indicator(world.project, "network.participations"), key=str(foreign.pk))
    assert (table.rows, table.total) == ([], None)


def test_rows_behind_copies_name_the_recipients(world):
    brochure = publication(world.project)
    delivery(brochure, 100, date(2026, 3, 5), organisation=world.town)
    delivery(brochure, 20, date(2026, 4, 5), organisation=world.town)
    delivery(brochure, 30, recipient="Bibliotēka")
    table = open_figure(indicator(world.project, "network.copies_delivered"))

    assert {(row.label, row.value, row.cells) for row in table.rows} == {
        (world.town.name, Decimal(120), ("Brochure", date(2026, 4, 5))),
        ("Bibliotēka", Decimal(30), ("Brochure", date(2026, 3, 5))),
    }
    assert table.total == 150
