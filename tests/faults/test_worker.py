"""Whatever happens to a worker, each paper is made once, or says why it was not."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models.functions import Now
from django.test import Client
from django.urls import reverse

from certificates.models import Certificate
from portal.lib import documents
from portal.lib.documents import Failure
from portal.tasks import produce_waiting
from tests import failpoints
from tests.certificates.workers import ROOT, Worker, wait_for_the_bell, wait_until
from tests.faults.conftest import SOFT
from tests.faults.services import Redis
from tests.faults.world import all_ready, papers, whole
from tests.sizes import either

pytestmark = [
    pytest.mark.services,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("invariants"),
]


def press_retry(user: Any, row: Certificate) -> None:
    """The button beside the reason."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("certificates:certificate_detail", args=[row.pk]))
    assert documents.in_words(row.failure) in page.content.decode()
    client.post(reverse("certificates:certificate_retry", args=[row.pk]))


def test_child_killed_or_out_of_memory_costs_its_own_papers_only(
    worker: Worker, place: Path
) -> None:
    """Of the chunk in hand what was not done is made again, one by one; nobody else notices."""
    world = whole(people=8)
    with transaction.atomic():
        rows = world.issue()
        failpoints.tell(place, "lost", rows[2].pk, times=1)
    wait_until(all_ready, worker)
    assert [attempts for _state, attempts, _why in papers()] == [1, 1, 2, 2, 2, 1, 1, 1]


def test_paper_without_memory_is_made_again_alone(worker: Worker, place: Path) -> None:
    world = whole(people=6)
    with transaction.atomic():
        rows = world.issue()
        failpoints.tell(place, "memory", rows[2].pk, times=2)  # in the batch, then alone
    wait_until(all_ready, worker)
    assert [attempts for _state, attempts, _why in papers()] == [1, 1, 2, 1, 1, 1]


def test_poison_fails_visibly_after_three_attempts_and_the_others_are_made(
    worker: Worker, place: Path
) -> None:
    others = either(6, 50)
    world = whole(people=others + 1)
    with transaction.atomic():
        rows = world.issue()
        failpoints.tell(place, "lost", rows[0].pk)
    wait_until(lambda: not Certificate.objects.waiting().exists(), worker)
    poison, *rest = papers()
    assert poison == ("failed", 3, Failure.STOPPED)
    assert {state for state, _attempts, _why in rest} == {"ready"}

    failpoints.untell(place)
    press_retry(world.coordinator, Certificate.objects.get(pk=rows[0].pk))
    wait_until(all_ready, worker)


def test_crash_between_commit_and_bell_is_found_by_the_sweep(
    worker: Worker, surroundings: dict[str, str]
) -> None:
    """The process dies when all is committed and nothing rung: the beat asks what waits."""
    world = whole(people=2)
    died = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", ISSUE_AND_DIE, str(world.group.pk)],
        cwd=ROOT,
        env={**os.environ, **surroundings},
        check=False,
    )
    assert died.returncode == -signal.SIGKILL
    assert Certificate.objects.count() == 2
    wait_until(all_ready, worker)


ISSUE_AND_DIE = """
import os, sys
import django; django.setup()
from django.db import transaction
from certificates.actions import issue_certificates
from certificates.models import CertificateTemplate
from training.models import Enrolment
with transaction.atomic():
    transaction.on_commit(lambda: os.kill(os.getpid(), 9))
    issue_certificates(
        enrolments=Enrolment.objects.filter(group=sys.argv[1]),
        template=CertificateTemplate.objects.get(),
        issued_by=None,
    )
"""


def test_issue_that_is_rolled_back_rings_nobody_and_takes_no_number(
    django_capture_on_commit_callbacks: Any,
) -> None:
    world = whole(people=2)
    with (
        django_capture_on_commit_callbacks() as rung,
        pytest.raises(ZeroDivisionError),
        transaction.atomic(),
    ):
        world.issue()
        raise ZeroDivisionError
    assert (rung, Certificate.objects.count()) == ([], 0)
    assert [row.number for row in world.issue()] == [1, 2]


def test_same_ring_thrice_to_two_workers_makes_each_paper_once(
    worker: Worker, second: Worker, place: Path
) -> None:
    people = either(12, 500)
    rows = whole(people=people).issue()
    rings = [pk for pk in (row.pk for row in rows) for _time in range(3)]
    random.Random(people).shuffle(rings)
    worker.kill()
    for each in (worker, second):  # leases as in production: on a slow machine two seconds run out
        each.start(**SOFT, LEASE_SECONDS="60")
    for _ring in rings:
        produce_waiting.delay()
    wait_until(all_ready, worker, seconds=either(120, 900))
    assert papers() == [("ready", 1, "")] * people
    files = [path for path in (place / "media/certificate").rglob("*") if path.is_file()]
    kept = dict(Certificate.objects.values_list("file", "sha256"))
    assert (len(files), len(set(kept.values()))) == (people, people)


@pytest.fixture
def second(surroundings: dict[str, str], place: Path) -> Iterator[Worker]:
    """One more worker with one more beat."""
    made = Worker(place, surroundings, name="second@test")
    yield made
    made.kill()


@pytest.mark.parametrize("deployed", either([SOFT], [SOFT, {}]), ids=lambda each: str(list(each)))
def test_deploy_in_mid_batch_leaves_nothing_stuck(
    deployed: dict[str, str], worker: Worker, place: Path
) -> None:
    """SIGTERM while papers are drawn: the worker is gone in time, its successor goes on."""
    deploys = either(1, 15)
    world = whole(people=6 + 6 * deploys)
    if deployed != SOFT:
        worker.kill()
        worker.start(**deployed)
    failpoints.tell(place, "slow")
    world.issue()
    for _deploy in range(deploys):
        made = Certificate.objects.ready().count()
        wait_until(lambda made=made: Certificate.objects.ready().count() > made, worker)  # type: ignore[misc]
        worker.ask_to_end()
        assert Certificate.objects.waiting().exists(), "the batch was over before the deploy"
        worker.start(**deployed)
    failpoints.untell(place)
    wait_until(all_ready, worker)
    assert max(attempts for _state, attempts, _why in papers()) <= 2


def test_endless_paper_says_that_it_took_too_long(worker: Worker, place: Path, bell: Redis) -> None:
    """Deaf to the soft limit, its maker is killed at the hard one; the button makes it after all."""
    world = whole(people=1)
    worker.kill()
    with transaction.atomic():
        [row] = world.issue()
        failpoints.tell(place, "endless", row.pk)
    Certificate.objects.update(attempts=either(2, 0))
    wait_for_the_bell()
    bell.ask().flushall()  # a ring carries the limits of whoever rang
    soft, hard = either((1, 2), (5, 10))
    worker.start(SOFT_LIMIT=str(soft), HARD_LIMIT=str(hard))
    wait_until(lambda: Certificate.objects.failed().exists(), worker)
    assert papers() == [("failed", 3, Failure.SLOW)]

    failpoints.untell(place)
    press_retry(world.coordinator, Certificate.objects.get())
    wait_until(all_ready, worker)
    worker.kill()


# --- Two sweeps at once ------------------------------------------------------------------------

EXPIRED = either(60, 1000)


def sweeps(claim: Callable[[str], list[Any]]) -> list[int]:
    """Two take what nobody holds any more, side by side, until nothing is left."""
    whole(people=EXPIRED).issue()
    Certificate.objects.update(
        lease_owner="dead", lease_until=Now() - timedelta(seconds=1), attempts=1
    )
    start = Barrier(2)

    def sweep(number: int) -> list[int]:
        taken: list[int] = []
        start.wait(60)
        while rows := claim(f"sweep{number}"):
            taken += [row.pk for row in rows]
        connection.close()
        return taken

    with ThreadPoolExecutor(2) as threads:
        return [pk for taken in threads.map(sweep, range(2)) for pk in taken]


def test_two_sweeps_at_once_take_each_row_once(settings: Any) -> None:
    settings.DOCUMENT_LEASE_SECONDS = 600
    taken = sweeps(lambda owner: documents.claim(Certificate, 5, owner=owner))
    assert len(taken) == EXPIRED
    assert len(set(taken)) == EXPIRED


def test_two_sweeps_take_the_same_row_without_the_condition(settings: Any) -> None:
    settings.DOCUMENT_LEASE_SECONDS = 600
    met = Barrier(2)

    def claim(owner: str) -> list[Any]:
        """As documents.claim, but what was free when it looked is taken without asking again."""
        rows = list(Certificate.objects.free().in_line()[:1])
        if Certificate.objects.filter(lease_owner="dead").count() == EXPIRED:
            met.wait(60)  # both have looked before either takes
        held = Certificate.objects.filter(pk__in=[row.pk for row in rows])
        held.update(lease_owner=owner, lease_until=Now() + timedelta(minutes=10))
        return rows

    taken = sweeps(claim)
    assert len(taken) > EXPIRED
