"""The page of jobs: what waits, what failed and why, for whom, and trying again."""

from datetime import timedelta
from hashlib import sha256

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from certificates.models import Certificate
from portal.lib.documents import (
    DocumentQuerySet,
    DocumentState,
    Failure,
    Priority,
    claim,
    document_models,
)
from projects.models import Role
from tests.access import world as access
from tests.certificates import world as certificates
from tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
PAGE = reverse("job_list")


def fail(*rows: Certificate, why: str = Failure.FONT) -> None:
    Certificate.objects.filter(pk__in=[row.pk for row in rows]).update(
        state=DocumentState.FAILED, failure=why, attempts=3
    )


@pytest.fixture
def world():
    return certificates.build(people=3)


@pytest.fixture
def own(world):
    return world.issue()


@pytest.fixture
def foreign():
    return [access.build("B").rows["certificate"]]


@pytest.fixture
def coordinator(world):
    return world.coordinator


def shown(answer):
    return [(job.paper, job.state, job.may_retry) for job in answer.context["jobs"].shown]


def test_every_kind_of_paper_says_whose_it_is():
    for model in document_models():
        rows = type(model.objects.all())
        assert rows.visible_to is not DocumentQuerySet.visible_to, model
        assert rows.run_by is not DocumentQuerySet.run_by, model
        assert model.get_absolute_url, model


def test_failed_first_then_those_in_hand_then_the_line(client, own, foreign, coordinator):
    fail(own[2])
    claim(Certificate, 1, owner="worker")
    client.force_login(coordinator)
    answer = client.get(PAGE)

    assert shown(answer) == [
        (own[2], "failed", True),
        (own[0], "being_made", False),
        (own[1], "waiting", False),
    ]
    jobs = answer.context["jobs"]
    assert (jobs.failed, jobs.running, jobs.waiting, jobs.made) == (1, 1, 1, 0)
    page = answer.content.decode()
    assert "Dokumenta burtveidols nav uzstādīts." in page
    assert own[2].display_number in page
    assert own[2].holder not in page
    assert foreign[0].display_number not in page


def test_lease_that_ran_out_is_waiting(client, own, coordinator):
    claim(Certificate, 1, owner="worker")
    Certificate.objects.exclude(lease_owner="").update(
        lease_until=timezone.now() - timedelta(seconds=1)
    )
    client.force_login(coordinator)

    assert {state for _, state, _ in shown(client.get(PAGE))} == {"waiting"}


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_however_long(client, django_assert_num_queries, count):
    fail(*certificates.build(people=count).issue())
    client.force_login(MembershipFactory().user)
    # Session and user; memberships, other roles and projects; two for each of the two kinds of paper.
    with django_assert_num_queries(2 + 3 + 2 * 2):
        client.get(PAGE)


def test_part_alone_is_asked_again_while_something_is_going(client, own, coordinator):
    client.force_login(coordinator)
    page = client.get(PAGE).content.decode()
    part = client.get(PAGE, headers={"HX-Request": "true"})
    assert 'data-hx-trigger="every 2s"' in page
    assert "<html" not in part.content.decode()

    fail(*own)

    assert 'data-hx-trigger="every 2s"' not in client.get(PAGE).content.decode()


def test_one_is_put_back_before_the_others(client, own, coordinator):
    fail(own[1])
    client.force_login(coordinator)
    address = reverse("job_retry", args=["certificates-certificate", own[1].pk])
    assert client.post(address).headers["Location"] == PAGE

    own[1].refresh_from_db()
    assert (own[1].state, own[1].attempts, own[1].failure) == (DocumentState.WAITING, 0, "")
    assert own[1].priority == Priority.SOMEONE_WAITS
    again = client.post(address, follow=True)
    assert [str(each) for each in again.context["messages"]][1:] == [
        "Nav ko mēģināt vēlreiz: šis dokuments nav neizdevies."
    ]


def test_all_own_are_put_back_and_nobody_elses(client, own, foreign, coordinator):
    fail(*own[:2], *foreign)
    client.force_login(coordinator)
    answer = client.post(reverse("job_retry_all"), follow=True)

    assert [str(each) for each in answer.context["messages"]] == ["2 dokumenti atkal ir rindā."]
    assert set(Certificate.objects.failed()) == set(foreign)


def test_one_with_a_file_that_is_whole_again_is_ready_at_once(
    own, coordinator, client, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    name = default_storage.save("certificate/earlier.pdf", ContentFile(b"%PDF"))
    earlier = [{"file": name, "sha256": sha256(b"%PDF").hexdigest(), "n": 1}]
    Certificate.objects.filter(pk=own[0].pk).update(earlier_files=earlier)
    fail(own[0])
    client.force_login(coordinator)
    client.post(reverse("job_retry_all"))

    own[0].refresh_from_db()
    assert (own[0].state, own[0].file.name) == (DocumentState.READY, name)


def test_who_only_reads_sees_it_and_may_not_try_again(client, own):
    fail(own[0])
    officer = MembershipFactory(role=Role.OFFICER, organisation=own[0].project.lead).user
    client.force_login(officer)
    address = reverse("job_retry", args=["certificates-certificate", own[0].pk])

    assert shown(client.get(PAGE))[0] == (own[0], "failed", False)
    assert client.post(address).status_code == 403
    client.post(reverse("job_retry_all"))
    assert Certificate.objects.failed().count() == 1


@pytest.mark.parametrize("kind", ["certificates-certificate", "portal-user", "nothing"])
def test_stranger_finds_nothing(client, own, kind):
    client.force_login(UserFactory())
    page = client.get(PAGE)

    assert page.context["jobs"].shown == []
    assert "Neviens dokuments negaida" in page.content.decode()
    assert client.post(reverse("job_retry", args=[kind, own[0].pk])).status_code == 404


def test_first_page_and_nav_lead_here(client, own, coordinator):
    fail(*own)
    client.force_login(coordinator)
    page = client.get(reverse("today")).content.decode()

    assert page.count(f'href="{PAGE}"') >= 2
