"""What auditors are shown is kept, and nothing else: the privacy notice promises it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.models import AccessLog
from projects.models import Role
from tests.factories import MembershipFactory, ParticipantFactory
from tests.network.world import World, event

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    made = World()
    made.auditor = MembershipFactory(role=Role.AUDITOR, project=made.project).user
    return made


def kept():
    return list(AccessLog.objects.order_by("pk").values_list("user", "address", "project"))


def test_a_person_an_auditor_opens_leaves_exactly_one_row(client, world):
    page = world.people[0].get_absolute_url()
    client.force_login(world.auditor)
    before = timezone.now()

    assert world.people[0].family_name in client.get(page).content.decode()
    assert kept() == [(world.auditor.pk, page, "")]
    assert before <= AccessLog.objects.get().at <= timezone.now()


@pytest.mark.parametrize("role", ["admin", "coordinator", "officer"])
def test_nobody_else_leaves_a_row(client, world, role):
    client.force_login(getattr(world, role))
    shown = client.get(world.people[0].get_absolute_url())

    assert (shown.status_code, kept()) == (200, [])


def test_what_was_refused_or_not_found_showed_nothing(client, world):
    client.force_login(world.auditor)
    seminar = event(world.project)
    answers = [
        client.get(reverse("network:event_edit", args=[seminar.pk])),
        client.get(ParticipantFactory().get_absolute_url()),
        client.get(event(world.foreign).get_absolute_url()),
        client.head(seminar.get_absolute_url()),
        client.get("/project/"),
    ]

    assert [answer.status_code for answer in answers] == [403, 404, 404, 200, 405]
    assert kept() == []


def test_the_project_is_kept_and_a_searched_name_is_not(client, world):
    client.force_login(world.auditor)
    seminar = event(world.project)
    client.get(seminar.get_absolute_url())
    client.get(
        reverse("training:participant_list"), {"q": "Bērziņa", "project": world.project.code}
    )

    assert kept() == [
        (world.auditor.pk, seminar.get_absolute_url(), world.project.code),
        (world.auditor.pk, "/people/?q&project", world.project.code),
    ]


def test_a_workbook_is_a_page_too(client, world):
    client.force_login(world.auditor)
    answer = client.get(reverse("network:event_list"), {"export": "xlsx"})

    assert answer.headers["Content-Type"].startswith("application/vnd.openxml")
    assert kept() == [(world.auditor.pk, "/network/events/?export", "")]


def test_the_log_ends_with_the_role(client, world):
    membership = world.auditor.memberships.get()
    membership.valid_to = timezone.localdate() - timedelta(days=1)
    membership.save()
    client.force_login(world.auditor)
    client.get("/today/")
    client.logout()
    client.get("/")

    assert kept() == []


def test_whoever_looks_costs_no_query_more_and_an_auditor_one(
    client, world, django_assert_num_queries
):
    page = event(world.project).get_absolute_url()
    for role, queries in (("officer", 10), ("auditor", 11)):
        client.force_login(getattr(world, role))
        client.get(page)
        with django_assert_num_queries(queries):
            client.get(page)


def test_the_back_office_reads_the_log_and_changes_nothing(client, world):
    client.force_login(world.auditor)
    client.get("/today/")
    client.force_login(MembershipFactory(role=Role.ADMIN).user)
    row = AccessLog.objects.get()
    listed = client.get(reverse("admin:portal_accesslog_changelist")).content.decode()
    pages = ("change", "delete")
    answers = [
        client.post(reverse(f"admin:portal_accesslog_{page}", args=[row.pk])) for page in pages
    ]

    assert [part in listed for part in (world.auditor.name, "/today/")] == [True, True]
    assert [answer.status_code for answer in answers] == [403, 403]
    assert AccessLog.objects.get() == row
