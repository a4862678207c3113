"""The invented timetable, the invented people, and the numbers they must add up to."""

import random
from datetime import date
from decimal import Decimal
from itertools import islice

import pytest
from django.core.management import call_command

from certificates.actions import issue_certificates, revoke_certificate
from certificates.models import Certificate, CertificateTemplate, standings
from portal.fiction import attendance, latgale, names, story, timetable
from portal.invariants import run
from portal.models import User
from projects.measures import figures
from projects.models import Indicator, Project
from training.actions import close_sessions, mark_all_present
from training.models import Attendance, Enrolment, Mark, Participant, Session, SessionState

MODULES = [
    timetable.CourseModule("legislation", 6),
    timetable.CourseModule("specifics", 21),
    timetable.CourseModule("standards", 12),
    timetable.CourseModule("communication", 6),
    timetable.CourseModule("home-care", 7, for_some=True),
]


class TestTimetable:
    def test_course_has_44_days_of_8_and_8_of_7_hours(self):
        days = timetable.course(MODULES)

        assert [sum(day.hours == hours for day in days) for hours in (8, 7)] == [44, 8]
        assert sum(day.hours for day in days) == 408
        assert sum(day.minutes for day in days) == 408 * 45

    def test_all_meet_on_the_last_day(self):
        days = timetable.course(MODULES)

        assert (days[-1].module, days[-1].for_some) == ("communication", False)
        assert [day.module for day in days[39:46]] == ["home-care"] * 7

    @pytest.mark.parametrize(
        "day",
        [
            date(2009, 11, 18),
            date(2010, 4, 2),  # Good Friday
            date(2010, 4, 5),
            date(2010, 6, 23),
            date(2010, 12, 24),
            date(2010, 1, 4),
            date(2010, 7, 20),
            date(2010, 3, 13),  # a Saturday
        ],
    )
    def test_nobody_learns_on_a_free_day(self, day):
        assert timetable.is_free(day)
        assert day not in list(islice(timetable.teaching_days(day, range(7)), 3))

    def test_groups_begin_and_end_within_the_project(self):
        days = timetable.course(MODULES)
        for number in range(1, latgale.GROUPS + 1):
            held = latgale.days_of(number, len(days))

            assert len(set(held)) == 52
            assert date(2009, 8, 1) <= held[0] and held[-1] <= date(2011, 1, 31)


class TestPeople:
    def test_same_seed_gives_the_same_names(self):
        first, second = (list(islice(names.people("x"), 50)) for _ in range(2))

        assert first == second
        assert list(islice(names.people("y"), 50)) != first

    def test_family_names_do_not_repeat_among_701(self):
        found = [name.family for name in islice(names.people("latgale"), 701)]

        assert len(set(found)) == 701

    def test_names_use_every_letter_that_papers_must_print(self):
        letters = set("".join(n.given + n.family for n in islice(names.people("x"), 840)).lower())

        assert set("āčēģīķļņšūž") <= letters


class TestAttendance:
    DAYS = (360,) * 44 + (315,) * 8

    def test_ordinary_people_miss_at_most_17_percent(self):
        chance = random.Random(1)
        for _ in range(300):
            marks = attendance.ordinary(chance, self.DAYS)
            met = sum(mark.attended(day) for mark, day in zip(marks, self.DAYS, strict=True))

            assert met * 100 >= sum(self.DAYS) * 83

    def test_only_just_misses_to_the_last_lesson(self):
        marks = attendance.only_just(random.Random(1), self.DAYS, 1000)
        missed = sum(day - mark.attended(day) for mark, day in zip(marks, self.DAYS, strict=True))

        assert 1000 - 45 < missed <= 1000


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker, tmp_path_factory):
    """The whole story, told once for this file."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        call_command("fill_demo", verbosity=0)
        yield Project.objects.get(code="latgale-lll")
        transaction.set_rollback(True)


def reached(project, code, until=None):
    [indicator] = Indicator.objects.filter(project=project, code=code)
    return figures([indicator], until=until)[indicator.pk]


@pytest.mark.django_db
class TestDemo:
    def test_latgale_stands_at_675_of_701(self, demo):
        values = {
            code: reached(demo, code).value
            for code in (
                "persons-certified",
                "programme-hours",
                "training-sites",
                "training-groups",
            )
        }

        assert values == {
            "persons-certified": 675,
            "programme-hours": 408,
            "training-sites": 7,
            "training-groups": 26,
        }
        assert reached(demo, "persons-certified").demo

    def test_typed_figures_follow_the_invented_events(self, demo):
        lli = Project.objects.get(code="lli-317")
        values = {
            (project.code, code): reached(project, code).value
            for project, code in (
                (demo, "seminars"),
                (lli, "camps"),
                (lli, "exchange-visits"),
                (lli, "joint-trainings"),
            )
        }

        assert values == {
            ("latgale-lll", "seminars"): 7,
            ("lli-317", "camps"): 2,
            ("lli-317", "exchange-visits"): 8,
            ("lli-317", "joint-trainings"): 5,
        }
        assert reached(demo, "seminars").demo
        assert not reached(lli, "camps").demo  # published, not invented

    def test_people_groups_and_marks_are_counted(self, demo):
        enrolments = Enrolment.objects.filter(group__programme__project=demo)
        sizes = sorted(group.enrolments.count() for group in demo_groups(demo))

        assert enrolments.count() == Participant.objects.filter(enrolments__in=enrolments).count()
        assert sizes == [25] + [26] * 26
        assert sum(sizes) == 701
        assert Attendance.objects.count() == Mark.objects.count() > 32_000

    def test_every_group_has_carers_and_the_others_miss_their_module(self, demo):
        for group in demo_groups(demo):
            trades = group.enrolments.values_list("job_category__code", flat=True)
            share = sum(code in {"carer", "social-carer"} for code in trades) / len(trades)

            assert 0.05 < share < 0.5
        strays = Attendance.objects.filter(session__module__code="home-care").exclude(
            enrolment__job_category__code__in=["carer", "social-carer"]
        )
        assert strays.count() == 0

    def test_one_past_session_is_left_and_concerns_everyone(self, demo):
        [session] = Session.objects.filter(group__programme__project=demo).unfinished()

        assert session.state == SessionState.PLANNED
        assert Enrolment.objects.unmarked_in(session).count() == 26

    def test_marking_it_makes_all_26_eligible_two_of_them_only_just(self, demo):
        [session] = Session.objects.filter(group__programme__project=demo).unfinished()
        group = Enrolment.objects.filter(group=session.group)
        before = {each.enrolment.pk: each.facts for each in standings(group)}
        needy = [pk for pk, facts in before.items() if facts.attended * 100 < facts.planned * 80]

        mark_all_present(user=None, session=session)
        close_sessions(user=None, sessions=[session])

        after = standings(group)
        assert [each.reasons for each in after] == [[]] * 26
        assert len(needy) == 2
        for each in after:
            if each.enrolment.pk in needy:
                assert 80 <= Decimal(each.facts.attended * 100) / each.facts.planned < 82

        template = CertificateTemplate.objects.get(project=demo)
        issue = issue_certificates(enrolments=group, template=template, issued_by=None)
        assert (len(issue.certificates), issue.refused) == (26, [])
        assert reached(demo, "persons-certified").value == 701
        assert reached(demo, "training-groups").value == 27

        revoke_certificate(certificate=issue.certificates[0], reason="kļūda", revoked_by=None)
        assert reached(demo, "persons-certified").value == 700

    def test_certificates_are_dated_within_the_project_in_the_order_of_their_numbers(self, demo):
        rows = Certificate.objects.filter(project=demo).order_by("year", "number")
        days = [row.issued_on for row in rows]

        assert days == sorted(days)
        assert days[0].year == 2010 and days[-1] <= date(2011, 1, 31)

    def test_the_past_can_be_asked(self, demo):
        values = [
            reached(demo, "persons-certified", until=date(year, month, 1)).value
            for year, month in ((2010, 1), (2010, 7), (2011, 2))
        ]

        assert values == [0, 234, 675]

    def test_everything_holds(self, demo):
        assert [finding for finding in run() if finding.differences] == []

    def test_programs_read_what_the_pages_show(self, demo, client):
        client.force_login(User.objects.get(email="admin@demo.invalid"))
        listed = client.get("/api/v1/projects").json()
        assert (listed["count"], {row["code"] for row in listed["results"]}) == (
            4,
            {"latgale-lll", "lli-317", "esf-4-3-5-4", "erasmus-emotional-wellbeing"},
        )
        board = client.get(f"/projects/{demo.code}/indicators/").context["readings"]
        told = client.get(f"/api/v1/projects/{demo.code}/indicators").json()["results"]
        assert {row["code"]: (row["value"], row["target"], row["demo"]) for row in told} == {
            each.indicator.code: (each.figure.value, each.indicator.target, each.figure.demo)
            for each in board
        }
        [certified] = [row for row in told if row["code"] == "persons-certified"]
        assert (certified["value"], certified["percent"]) == (675, 96.29)

        amounts = client.get("/api/v1/projects/lli-317").json()["funding"]
        totals = {
            row["money"]["amount"]
            for row in amounts
            if row["part"] == "total" and not row["organisation"]
        }
        assert {"791256.19", "791256.20"} <= totals

    def test_persons_named_in_the_texts_are_nowhere_among_the_invented(self, demo):
        named = {"Kornijenko", "Zvirbule", "Maisaka", "Mažeika", "Okmanis", "Rimšāne", "Zeiferte"}

        assert not Participant.objects.filter(family_name__in=named).exists()
        assert not User.objects.filter(last_name__in=named).exists()

    def test_second_telling_changes_nothing(self, demo):
        counts = Participant.objects.count(), Mark.objects.count(), User.objects.count()

        call_command("fill_demo", verbosity=0)

        assert counts == (
            Participant.objects.count(),
            Mark.objects.count(),
            User.objects.count(),
        )
        assert not story.tell(today=date(2026, 11, 21))


def demo_groups(project):
    from training.models import Group

    return Group.objects.filter(programme__project=project)
