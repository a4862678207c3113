"""The first page: each person finds what waits for him, and nothing of others."""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from certificates.actions import issue_certificates
from certificates.models import CertificateTemplate
from portal import today as work
from projects.actions import submit_report
from projects.models import Role
from tests.factories import (
    GroupFactory,
    GroupTrainerFactory,
    IndicatorFactory,
    MembershipFactory,
    OrganisationFactory,
    ProjectFactory,
    SessionFactory,
    UserFactory,
)
from tests.training import world as training
from training.actions import close_sessions
from training.measures import hours_of_year
from training.models import AttendanceStatus, Enrolment, SessionState

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    """A project with a group of three and three past sessions, none of them marked."""
    return training.fill(training.empty_world(lead=OrganisationFactory()))


def page_of(client, user):
    client.force_login(user)
    return client.get(reverse("today"))


def test_signing_in_leads_here(client):
    user = UserFactory()
    user.set_password("a good long password")
    user.save()

    answer = client.post(
        reverse("account_login"), {"login": user.email, "password": "a good long password"}
    )

    assert answer.url == reverse("today")


def test_coordinator_finds_cards_sessions_and_figures(world, client):
    coordinator = MembershipFactory(role=Role.COORDINATOR, organisation=world.project.lead).user
    IndicatorFactory(project=world.project, name_lv="Apmācītie", target=10)
    SessionFactory(group=world.group, date=timezone.localdate(), starts=time(9), ends=time(12))

    context = page_of(client, coordinator).context

    assert [each.group for each in context["sessions"]] == [world.group]
    [pulse] = context["pulses"]
    assert [each.indicator.name for each in pulse.readings] == ["Apmācītie"]
    assert [(card.code, card.count) for card in context["cards"]] == [("sessions_left", 3)]


def test_nothing_to_do_is_said_in_one_line(client):
    user = MembershipFactory(role=Role.OFFICER, project=ProjectFactory()).user

    page = page_of(client, user)

    assert page.context["cards"] == []
    assert "Viss izdarīts" in page.content.decode()


def test_funder_sees_targets_and_no_sessions(world, client):
    IndicatorFactory(project=world.project, name_lv="Apmācītie", target=10)
    funder = MembershipFactory(role=Role.FUNDER, programme=world.project.programme).user

    page = page_of(client, funder)

    assert page.context["cards"] == [] and "sessions" not in page.context
    assert "Viss izdarīts" not in page.content.decode()
    assert [pulse.project for pulse in page.context["pulses"]] == [world.project]
    assert "Apmācītie" in page.content.decode()
    for enrolment in world.enrolments:
        assert enrolment.participant.family_name not in page.content.decode()


def test_funder_is_shown_the_reports_to_decide_on(world, client):
    held = MembershipFactory(role=Role.FUNDER, project=world.project)
    coordinator = MembershipFactory(role=Role.COORDINATOR, project=world.project).user
    report = world.project.reports.create(
        number=1, period_start=date(2026, 1, 1), period_end=date(2026, 3, 31)
    )
    submit_report(report=report, by=coordinator)

    page = page_of(client, held.user)

    assert [(card.code, card.count) for card in page.context["cards"]] == [("reports_to_read", 1)]
    words = page.content.decode()
    assert "Pārskati, par kuriem jālemj" in words
    assert f'href="{report.get_absolute_url()}"' in words


def test_trainer_finds_late_todays_and_next_sessions_in_order(world):
    trainer = GroupTrainerFactory(group=world.group).user
    today = timezone.localdate()
    rows = [
        SessionFactory(group=world.group, date=today + timedelta(days), starts=time(9))
        for days in (0, 7, 14)
    ]
    SessionFactory(group=GroupFactory(), date=today)

    found = work.teaching(trainer)

    assert found == [*world.sessions, *rows[:2]]


def test_closed_and_cancelled_sessions_wait_for_no_trainer(world):
    trainer = GroupTrainerFactory(group=world.group).user
    close_sessions(user=None, sessions=world.sessions[:2], rest=AttendanceStatus.PRESENT)
    world.sessions[2].state = SessionState.CANCELLED
    world.sessions[2].save()

    assert work.teaching(trainer) == []


class TestParticipant:
    @pytest.fixture
    def learner(self, world):
        """The first of the three, with an account; all sessions held, he missed one."""
        training.mark(world, 0, 0, "absent")
        close_sessions(user=None, sessions=world.sessions, rest=AttendanceStatus.PRESENT)
        person = world.enrolments[0].participant
        person.user = UserFactory()
        person.save()
        return person

    def test_course_tells_held_sessions_and_the_share_attended(self, world, learner):
        [course] = work.courses(learner)

        assert (course.held, course.total) == (3, 3)
        assert round(course.progress.percent_of_marked) == 67
        assert course.following is None

    def test_next_session_and_its_place_are_told(self, world, learner):
        day = timezone.localdate() + timedelta(5)
        coming = SessionFactory(group=world.group, module=world.everyone, date=day)
        SessionFactory(group=world.group, module=world.care, date=day - timedelta(1))

        [course] = work.courses(learner)

        assert (course.following, course.site) == (coming, world.site)
        assert (course.held, course.total) == (3, 4)

    def test_hours_are_those_met_in_the_year(self, world, learner):
        assert hours_of_year(learner.enrolments.all(), 2026) == 16
        assert hours_of_year(learner.enrolments.all(), 2025) == 0

    def test_page_greets_and_offers_the_paper(self, world, learner, client):
        world.programme.threshold_percent = 50
        world.programme.save()
        template = CertificateTemplate.objects.create(project=world.project, series="LPR")
        issue = issue_certificates(
            enrolments=Enrolment.objects.filter(participant=learner),
            template=template,
            issued_by=None,
            issued_on=date(2026, 3, 9),
        )

        page = page_of(client, learner.user).content.decode()

        assert f"Labdien, {learner.given_name}!" in page
        assert issue.certificates[0].display_number in page
        assert reverse("certificates:certificate_produce", args=[issue.certificates[0].pk]) in page
        for other in world.enrolments[1:]:
            assert other.participant.family_name not in page


def test_person_of_several_roles_finds_all_parts(world, client):
    user = MembershipFactory(role=Role.COORDINATOR, organisation=world.project.lead).user
    GroupTrainerFactory(group=world.group, user=user)
    person = world.enrolments[0].participant
    person.user = user
    person.save()

    context = page_of(client, user).context

    assert {"cards", "teaching", "courses"} <= set(context.keys())


def test_account_without_a_role_is_told_so(client):
    page = page_of(client, UserFactory()).content.decode()

    assert "kontam vēl nav lomas" in page


def test_empty_portal_leads_the_administrator_to_the_first_project(client):
    page = page_of(client, MembershipFactory().user).content.decode()

    assert reverse("projects:project_add") in page
    assert reverse("user_invite") in page


@pytest.mark.parametrize("rows", [1, 3])
def test_coordinators_page_asks_the_same_number_of_questions(
    client, django_assert_num_queries, rows
):
    user = MembershipFactory().user
    for number in range(rows):
        filled = training.fill(training.empty_world(f"p{number}", lead=OrganisationFactory()))
        IndicatorFactory(project=filled.project, target=5)
        SessionFactory(group=filled.group, date=timezone.localdate())
    client.force_login(user)
    client.get(reverse("today"))

    with django_assert_num_queries(27):
        client.get(reverse("today"))


@pytest.mark.parametrize("rows", [1, 3])
def test_funders_page_asks_the_same_number_of_questions(client, django_assert_num_queries, rows):
    project = ProjectFactory()
    for _ in range(rows):
        IndicatorFactory(project=ProjectFactory(programme=project.programme), target=5)
    client.force_login(MembershipFactory(role=Role.FUNDER, programme=project.programme).user)

    with django_assert_num_queries(11):
        client.get(reverse("today"))
