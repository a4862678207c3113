"""Figures counted from rows: one query each, the same total as the rows behind them."""

from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from projects import doors
from projects.measures import Figure, figures, open_figure
from projects.models import Activity, Indicator
from tests.training.world import FIRST_DAY, empty_world, fill, mark, supervision
from training.actions import (
    MarkCommand,
    NewPerson,
    SessionPlan,
    close_session,
    close_sessions,
    enrol,
    enrol_people,
    mark_all_present,
    plan_sessions,
    record_marks,
    withdraw,
)
from training.measures import INVARIANTS, courses_of
from training.models import AttendanceStatus, Enrolment, Group, Mark, Site
from training.rules import Standing

CODES = [
    "training.persons_enrolled",
    "training.persons_trained",
    "training.groups_finished",
    "training.sites_used",
    "training.programme_hours",
    "training.person_hours",
    "training.sessions_held",
    "training.supervision_sessions",
]


def indicator(world, code, **fields):
    return Indicator.objects.create(
        project=world.project,
        code=f"{code}-{Indicator.objects.count()}",
        name_lv=code,
        method="measured",
        measure=code,
        **fields,
    )


def value(world, code, until=None, **fields):
    row = indicator(world, code, **fields)
    return figures([row], until=until)[row.pk].value


def finish(world, present=(0, 1, 2)):
    """Close all sessions: those named were always there, the others never."""
    for session in world.sessions:
        for person, _place in enumerate(world.enrolments):
            status = "present" if person in present else "absent"
            mark(world, person, world.sessions.index(session), status)
        close_session(user=None, session=session)


@pytest.fixture
def two_groups(filled):
    """A finished group of three, one of whom failed, and a second that has held one of two days."""
    finish(filled, present=(0, 1))
    second = Group.objects.create(
        programme=filled.programme,
        code="g2",
        name_lv="2. grupa",
        position=2,
        site=Site.objects.create(project=filled.project, code="ludza", name_lv="Ludza"),
    )
    enrol_people(
        user=None,
        group=second,
        people=[NewPerson("Rita", "Dimante")],
        since=FIRST_DAY + timedelta(days=30),
    )
    enrol(
        user=None,
        group=second,
        participant=filled.enrolments[0].participant,
        since=FIRST_DAY + timedelta(days=30),
    )
    plans = [
        SessionPlan(FIRST_DAY + timedelta(days=30 + i), time(9), time(12), module=filled.everyone)
        for i in range(2)
    ]
    first, _second = plan_sessions(user=None, group=second, plans=plans)
    mark_all_present(user=None, session=first)
    close_session(user=None, session=first)
    return filled


def test_every_measure_stands_at_the_door():
    assert [each.code for each in doors.measures if each.code.startswith("training.")] == CODES


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("training.persons_enrolled", 4),
        ("training.persons_trained", 2),
        ("training.groups_finished", 1),
        ("training.sites_used", 2),
        ("training.programme_hours", 24),
        ("training.person_hours", Decimal("42.00")),  # 2 × 3 × 6 h and 2 × 3 h
        ("training.sessions_held", 4),
        ("training.supervision_sessions", 0),
    ],
)
def test_figures_count_what_was_done(two_groups, code, expected):
    assert value(two_groups, code) == expected


@pytest.mark.parametrize(
    ("code", "before", "first_day", "between"),
    [
        ("training.persons_enrolled", 0, 3, 3),
        ("training.persons_trained", 0, 0, 2),
        ("training.groups_finished", 0, 0, 1),
        ("training.sites_used", 0, 1, 1),
        ("training.programme_hours", 0, 8, 24),
        ("training.person_hours", 0, 12, 36),
        ("training.sessions_held", 0, 1, 3),
    ],
)
def test_figures_know_their_day(two_groups, code, before, first_day, between):
    days = [FIRST_DAY - timedelta(days=1), FIRST_DAY, FIRST_DAY + timedelta(days=10)]
    seen = [value(two_groups, code, until=day) for day in days]
    assert seen == [before, first_day, between]


@pytest.mark.parametrize("code", CODES)
def test_a_figure_takes_one_query_for_any_number_of_projects(
    two_groups, code, django_assert_num_queries
):
    activity = Activity.objects.create(project=two_groups.project, code="2", name_lv="Mācības")
    other = fill(empty_world("kurzeme"))
    finish(other)
    rows = [
        indicator(two_groups, code),
        indicator(two_groups, code, activity=activity),
        indicator(other, code),
    ]
    with django_assert_num_queries(1):
        found = figures(rows)
    assert found[rows[1].pk].value == 0
    assert found[rows[2].pk].value == value(other, code)


@pytest.mark.parametrize("code", CODES[:-1])
def test_an_activity_narrows_to_the_programmes_under_it(two_groups, code):
    top = Activity.objects.create(project=two_groups.project, code="2", name_lv="Mācības")
    part = Activity.objects.create(
        project=two_groups.project, code="2.1", name_lv="Programma", parent=top
    )
    two_groups.programme.activity = part
    two_groups.programme.save()
    whole = value(two_groups, code)
    assert whole > 0
    assert value(two_groups, code, activity=top) == whole
    assert value(two_groups, code, activity=part) == whole


@pytest.mark.parametrize("code", CODES)
def test_the_table_ends_in_the_figure(two_groups, code):
    row = indicator(two_groups, code)
    table = open_figure(row)
    assert table.total == figures([row])[row.pk].value
    if code not in {"training.persons_enrolled", "training.programme_hours"}:
        assert sum(each.value for each in table.rows) == table.total


def test_a_person_in_two_groups_counts_once_and_the_note_says_so(two_groups):
    row = indicator(two_groups, "training.persons_enrolled")
    table = open_figure(row)
    assert [(each.label, each.value) for each in table.rows] == [("1. grupa", 3), ("2. grupa", 2)]
    assert table.total == 4
    assert str(table.note)


@pytest.mark.parametrize(
    ("code", "values", "total"),
    [
        ("training.persons_trained", [2, 2, 2], 2),
        ("training.programme_hours", [8, 8, 8], 24),
        ("training.person_hours", [12, 12, 12], 36),
        ("training.sessions_held", [1, 1, 1], 3),
    ],
)
def test_a_group_opens_into_its_sessions_as_counts(two_groups, code, values, total):
    row = indicator(two_groups, code)
    table = open_figure(row, key=str(two_groups.group.pk))
    assert [each.value for each in table.rows] == values
    assert table.total == total
    assert table.rows[0].label == "02.03.2026."
    # Where the value counts who was there, no cell says the same again.
    counts = (1, 0) if code == "training.persons_trained" else (2, 1, 0)
    assert table.rows[0].cells == ("Likumi", 360, *counts)
    assert table.about == two_groups.group.name


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("key", ["", "1", "0", "x", "99999999"])
def test_no_table_names_a_person(two_groups, code, key):
    key = str(two_groups.group.pk) if key == "1" else key
    words = repr(open_figure(indicator(two_groups, code), key=key))
    for place in Enrolment.objects.select_related("participant"):
        assert place.participant.family_name not in words
        assert str(place.participant_id) not in words


def test_a_group_of_another_project_does_not_open(two_groups):
    other = fill(empty_world("kurzeme"))
    row = indicator(two_groups, "training.sessions_held")
    assert open_figure(row, key=str(other.group.pk)).rows == []


def test_figures_say_when_invented_rows_are_in_them(two_groups):
    rows = [indicator(two_groups, code) for code in CODES]
    assert not any(each.demo for each in figures(rows).values())
    Group.objects.update(is_demo=True)
    shown = figures(rows)
    assert {row.measure: shown[row.pk].demo for row in rows} == {
        code: code != "training.supervision_sessions" for code in CODES
    }


def test_hours_are_those_of_the_group_that_got_most_of_each_programme(two_groups):
    assert value(two_groups, "training.programme_hours") == 24
    two_groups.programme.hour_unit = "clock60"
    two_groups.programme.save()
    assert value(two_groups, "training.programme_hours") == 18


def test_supervision_is_counted_in_sessions_and_not_in_training(filled):
    series = supervision(filled)
    enrol_people(user=None, group=series, people=[NewPerson("Rita", "Dimante")], since=FIRST_DAY)
    sessions = plan_sessions(
        user=None,
        group=series,
        plans=[SessionPlan(FIRST_DAY + timedelta(days=i), time(9), time(11)) for i in range(2)],
    )
    for session in sessions:
        mark_all_present(user=None, session=session)
    close_sessions(user=None, sessions=sessions)
    assert value(filled, "training.supervision_sessions") == 2
    assert value(filled, "training.persons_trained") == 0
    assert value(filled, "training.programme_hours") == 0
    assert value(filled, "training.person_hours") == 4


def test_the_threshold_counts_the_hours_that_concern_the_person(filled):
    """Of four days the fourth is for carers: three days are everything a worker can do."""
    (extra,) = plan_sessions(
        user=None,
        group=filled.group,
        plans=[SessionPlan(FIRST_DAY + timedelta(9), time(9), time(15, 30), 30, filled.care)],
    )
    filled.sessions.append(extra)
    for number, session in enumerate(filled.sessions):
        mark_all_present(user=None, session=session)
        if number == 0:
            carer = filled.enrolments[2]
            cell = carer.attendance.get(session=session)
            record_marks(
                user=None,
                commands=[MarkCommand(carer.pk, session.pk, "absent", None, cell.revision)],
            )
        close_session(user=None, session=session)
    trained = Enrolment.objects.trained().order_by("pk")
    assert list(trained) == filled.enrolments[:2]
    planned = Enrolment.objects.with_planned_minutes().order_by("pk")
    assert [each.planned_minutes for each in planned] == [1080, 1080, 1440]


def test_progress_is_the_same_by_rule_and_by_query(two_groups, django_assert_num_queries):
    rows = list(
        Enrolment.objects.with_planned_minutes().select_related("group__programme").order_by("pk")
    )
    with django_assert_num_queries(3):
        progress = {each.enrolment.pk: each.progress for each in courses_of(rows)}
    assert [(progress[each.pk].planned, progress[each.pk].attended) for each in rows] == [
        (each.planned_minutes, each.minutes_attended) for each in rows
    ]
    standings = [progress[each.pk].standing for each in rows]
    assert standings[:3] == [Standing.REACHED, Standing.REACHED, Standing.OUT_OF_REACH]


def test_who_comes_late_has_missed_what_was_held_before(filled):
    finish(filled)
    (late,) = enrol_people(
        user=None,
        group=filled.group,
        people=[NewPerson("Rita", "Dimante")],
        since=FIRST_DAY + timedelta(days=2),
    )
    plan_sessions(
        user=None,
        group=filled.group,
        plans=[SessionPlan(timezone.localdate() + timedelta(days=1), time(9), time(15, 30), 30)],
    )
    progress = courses_of([late])[0].progress
    assert (progress.planned, progress.gone, progress.reachable) == (1440, 1080, 360)
    assert progress.standing is Standing.OUT_OF_REACH


def test_next_session_is_one_that_concerns_the_person(filled):
    """Two sessions to come: carers tomorrow, everyone the day after; who comes later has neither."""
    tomorrow = timezone.localdate() + timedelta(days=1)
    plans = [
        SessionPlan(tomorrow, time(9), time(12), 0, filled.care),
        SessionPlan(tomorrow + timedelta(days=1), time(9), time(12), 0, filled.everyone),
    ]
    care, everyone = plan_sessions(user=None, group=filled.group, plans=plans)
    worker, late, carer = Enrolment.objects.order_by("pk")
    assert [each.following for each in courses_of([worker, carer])] == [everyone, care]
    late.since = everyone.date + timedelta(days=1)
    withdraw(user=None, enrolment=carer, on=timezone.localdate())
    carer.refresh_from_db()
    assert [each.following for each in courses_of([late, carer])] == [None, None]


def differences():
    return [line for invariant in INVARIANTS for line in invariant()]


def test_invariants_hold_after_work(two_groups):
    assert Mark.objects.count() == 11
    assert differences() == []


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda: Enrolment.objects.update(minutes_attended=1), "minutes kept"),
        (lambda: Mark.objects.filter(old_status="").delete(), "differs from the log"),
        (
            lambda: Mark.objects.update(new_status=AttendanceStatus.ONLINE),
            "differs from the log",
        ),
        (lambda: Mark.objects.update(base_revision=7), "follows nothing"),
        (lambda: Enrolment.objects.update(since=date(2027, 1, 1)), "where none may be"),
    ],
)
def test_invariants_notice_damage(two_groups, damage, said):
    damage()
    assert any(said in line for line in differences())


def test_nothing_known_is_zero(db):
    world = empty_world()
    row = indicator(world, "training.persons_trained")
    assert figures([row])[row.pk] == Figure(Decimal(0), demo=False)
