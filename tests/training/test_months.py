"""What each month added sums to the figure, whatever the measure."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from projects import doors
from projects.measures import by_month, figures
from projects.models import IndicatorMethod
from tests.factories import IndicatorFactory
from tests.training import world

GROWING = [each.code for each in doors.measures if each.by_month]


def test_measures_that_grow_are_these():
    assert sorted(GROWING) == [
        "certificates.certificates_issued",
        "certificates.persons_certified",
        "training.person_hours",
        "training.persons_enrolled",
        "training.sessions_held",
    ]


@pytest.fixture
def held(filled):
    """Three people; the first came twice, the second came late to another group too."""
    for session in range(3):
        for person in range(3):
            world.mark(filled, person, session, "present" if person else "absent")
    filled.group.sessions.update(state="closed")
    filled.group.sessions.filter(pk=filled.sessions[2].pk).update(date=date(2026, 4, 7))
    other = world.Group.objects.create(programme=filled.programme, code="g2", name_lv="2. grupa")
    other.enrolments.create(participant=filled.enrolments[1].participant, since=date(2026, 6, 1))
    return filled


@pytest.mark.parametrize("code", [each for each in GROWING if each.startswith("training.")])
@pytest.mark.parametrize("until", [None, date(2026, 3, 31), date(2025, 1, 1)])
def test_months_sum_to_the_figure(held, code, until):
    activity = held.project.activities.create(code="2", name_lv="Mācības")
    part = held.project.activities.create(code="2.1", name_lv="Kursi", parent=activity)
    held.programme.activity = part
    held.programme.save()
    empty = held.project.activities.create(code="3", name_lv="Cits")
    rows = [
        IndicatorFactory(
            project=held.project, method=IndicatorMethod.MEASURED, measure=code, activity=narrowed
        )
        for narrowed in (None, activity, part, empty)
    ]
    with CaptureQueriesContext(connection) as queries:
        found = by_month(rows, until=until)
    assert len(queries) == 1
    reached = figures(rows, until=until)
    for row in rows:
        assert sum(found[row.pk].values(), Decimal(0)) == reached[row.pk].value
        assert all(month.day == 1 for month in found[row.pk])
    assert found[rows[3].pk] == {}


def test_person_of_two_groups_counts_in_the_first_month(held):
    row = IndicatorFactory(
        project=held.project,
        method=IndicatorMethod.MEASURED,
        measure="training.persons_enrolled",
    )
    assert by_month([row]) == {row.pk: {date(2026, 3, 1): 3}}
