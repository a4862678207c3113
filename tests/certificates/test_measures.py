"""What certificates count for indicators, what they hang on the doors, what must always hold."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from certificates.actions import reissue_certificate, revoke_certificate
from certificates.doors import groups_ready, papers_failed
from certificates.measures import INVARIANTS
from certificates.models import Certificate, Register
from portal.lib import documents
from projects import doors
from projects.doors import Cell
from projects.measures import by_month, figures, measure, open_figure
from projects.models import Indicator, IndicatorMethod
from tests.certificates.world import ISSUED, World, add_group, miss
from tests.factories import IndicatorFactory, MembershipFactory, ProjectFactory
from training.models import Enrolment, Session, SessionState

pytestmark = pytest.mark.django_db

PERSONS, PAPERS = "certificates.persons_certified", "certificates.certificates_issued"


def indicator(world: World, code: str) -> Indicator:
    return IndicatorFactory(project=world.project, method=IndicatorMethod.MEASURED, measure=code)


def value(row: Indicator, until: date | None = None) -> int:
    found = figures([row], until=until)[row.pk].value
    assert found is not None
    return int(found)


def test_both_measures_stand_at_the_door() -> None:
    assert [measure(code) is not None for code in (PERSONS, PAPERS)] == [True, True]


def test_figures_count_what_is_valid_now(done: World) -> None:
    persons, papers = indicator(done, PERSONS), indicator(done, PAPERS)
    rows = done.issue()
    assert (value(persons), value(papers)) == (3, 3)
    revoke_certificate(certificate=rows[0], reason="kļūda", revoked_by=None)
    assert (value(persons), value(papers)) == (2, 2)
    reissue_certificate(certificate=rows[1], reason="kļūda", issued_by=None)

    assert (value(persons), value(papers)) == (2, 2)


def test_person_with_two_certificates_counts_once(done: World) -> None:
    rows = done.issue()
    other = add_group(done, 1, 2)
    Enrolment.objects.filter(group=other).update(participant=rows[0].participant)
    done.issue(other)

    assert (value(indicator(done, PERSONS)), value(indicator(done, PAPERS))) == (3, 4)


def test_months_sum_to_the_figure(done: World) -> None:
    rows = [indicator(done, PERSONS), indicator(done, PAPERS)]
    first = done.issue()
    other = add_group(done, 1, 2)
    Enrolment.objects.filter(group=other).update(participant=first[0].participant)
    done.issue(other)
    revoke_certificate(certificate=first[1], reason="kļūda", revoked_by=None)

    found = by_month(rows)
    assert [sum(found[row.pk].values()) for row in rows] == [value(row) for row in rows] == [2, 3]
    assert {month for months in found.values() for month in months} == {ISSUED.replace(day=1)}


def test_figure_of_a_day_knows_what_was_issued_and_revoked_by_then(done: World) -> None:
    papers = indicator(done, PAPERS)
    rows = done.issue()
    today = timezone.localdate()
    revoke_certificate(certificate=rows[0], reason="kļūda", revoked_by=None)

    assert value(papers, ISSUED - timedelta(days=1)) == 0
    assert value(papers, ISSUED) == 3
    assert value(papers, today - timedelta(days=1)) == 3
    assert value(papers, today) == 2


def test_figures_of_many_indicators_are_one_question(
    done: World, django_assert_num_queries: Any
) -> None:
    done.issue()
    one = [indicator(done, PERSONS)]
    many = [*one, *(indicator(done, PERSONS) for _ in range(3))]
    many.append(
        IndicatorFactory(project=ProjectFactory(), method=IndicatorMethod.MEASURED, measure=PERSONS)
    )
    for rows in (one, many):
        with django_assert_num_queries(1):
            found = figures(rows)
    assert [found[row.pk].value for row in many] == [Decimal(3)] * 4 + [Decimal(0)]


def test_demo_rows_mark_the_figure(done: World) -> None:
    row = indicator(done, PERSONS)
    done.issue()
    assert figures([row])[row.pk].demo is False
    Certificate.objects.filter(number=1).update(is_demo=True)

    assert figures([row])[row.pk].demo is True


def test_figure_opens_into_groups_and_names_nobody(done: World) -> None:
    row = indicator(done, PERSONS)
    add_group(done, 2, 2)
    done.issue()
    done.issue(done.groups[1])
    table = open_figure(row)
    rows = {str(each.label): each.value for each in table.rows}

    assert (rows, table.total) == ({"1. grupa": 3, "2. grupa": 2}, 5)
    assert "Bērziņa" not in repr(table)


# --- Doors -----------------------------------------------------------------------------------


def test_mark_behind_a_valid_certificate_is_refused_with_the_way_out(done: World) -> None:
    rows = done.issue()
    session = Session.objects.order_by("date").first()
    other = add_group(done, 1, 2)
    free = done.people(other)[0]
    cells = [Cell(rows[0].enrolment_id, session.pk), Cell(free.pk, session.pk)]
    refusals = [each for guard in doors.mark_guards for each in guard(cells)]

    assert [each.cell for each in refusals] == [cells[0]]
    assert rows[0].display_number in str(refusals[0].why)
    assert str(refusals[0].way_out)
    revoke_certificate(certificate=rows[0], reason="kļūda", revoked_by=None)
    assert [each for guard in doors.mark_guards for each in guard(cells)] == []


def today(user: Any) -> dict[str, Any]:
    assert {groups_ready, papers_failed} <= set(doors.today)
    return {card.code: card for door in (groups_ready, papers_failed) for card in door(user)}


def test_today_names_groups_in_which_somebody_can_get_a_certificate(done: World) -> None:
    open_group = add_group(done, 2, 2)
    Session.objects.filter(group=open_group).update(state=SessionState.OPEN)
    empty = add_group(done, 1, 3)
    for person in done.people(empty):
        miss(person, done.law, 2)
    card = today(done.coordinator)["certificates_to_issue"]

    assert (card.count, [str(item.title) for item in card.items]) == (1, ["1. grupa"])
    done.issue()
    assert today(done.coordinator) == {}


def test_today_shows_failed_papers_with_their_reason(done: World) -> None:
    row = done.issue()[0]
    Certificate.objects.filter(pk=row.pk).update(state="failed", failure="disk")
    card = today(done.coordinator)["papers_failed"]

    assert [(str(item.title), item.url) for item in card.items] == [
        (row.display_number, row.get_absolute_url())
    ]


def test_today_of_others_has_neither_card(done: World) -> None:
    assert today(MembershipFactory(role="funder", project=done.project).user) == {}


def test_today_asks_the_same_questions_for_one_group_and_for_many(
    done: World, django_assert_num_queries: Any
) -> None:
    today(done.coordinator)
    for number in (2, 3):
        with django_assert_num_queries(7):
            today(done.coordinator)
        add_group(done, 3, number)


# --- What must always hold -------------------------------------------------------------------


def differences() -> list[str]:
    return [line for invariant in INVARIANTS for line in invariant()]


def test_invariants_hold_after_a_usual_day(done: World) -> None:
    rows = done.issue()
    revoke_certificate(certificate=rows[0], reason="kļūda", revoked_by=None)
    documents.produce(documents.claim(Certificate, 50, owner="test"))

    assert differences() == []


@pytest.mark.parametrize("harm", ["gap", "register", "file", "orphan"])
def test_invariants_notice(harm: str, done: World, own_store: Path) -> None:
    rows = done.issue()
    documents.produce(documents.claim(Certificate, 50, owner="test"))
    if harm == "gap":
        Certificate.objects.filter(pk=rows[1].pk).update(number=9)
    elif harm == "register":
        Register.objects.update(next_number=7)
    elif harm == "file":
        Path(Certificate.objects.get(pk=rows[1].pk).file.path).write_bytes(b"x")
    else:
        (own_store / "certificate" / "0000" / "9-lost.pdf").write_bytes(b"x")
    found = differences()

    assert len(found) == 1
    assert "Bērziņa" not in found[0]
