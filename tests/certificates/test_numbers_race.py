"""Many issue at once: numbers stay whole. The same race without the lock must go wrong."""

from __future__ import annotations

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction

from certificates.actions import issue_certificates, take_numbers
from certificates.models import Certificate, Register
from tests.certificates.world import ISSUED, World, build
from tests.sizes import either
from training.models import Enrolment

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]

THREADS, TAKES = either(8, 50), either(15, 200)
ALL_HAVE_READ = Barrier(THREADS)


class Rolled(Exception):  # noqa: N818 - a made-up accident
    pass


def take_without_lock(series: str, year: int, count: int) -> int:
    """As ``take_numbers``, but the register is read without locking its row, by all at once."""
    register, _made = Register.objects.get_or_create(series=series, year=year)
    first = register.next_number
    ALL_HAVE_READ.wait(60)
    Register.objects.filter(pk=register.pk).update(next_number=first + count)
    return first


def race(take: Callable[[str, int, int], int]) -> list[int]:
    """The numbers that were kept; every fifth transaction is rolled back."""
    Register.objects.create(series="R", year=2010)

    def run(seed: int) -> list[int]:
        chance, kept = random.Random(seed), []
        for _ in range(TAKES):
            try:
                with transaction.atomic():
                    number = take("R", 2010, 1)
                    if chance.random() < 0.2:
                        raise Rolled
                kept.append(number)
            except Rolled:
                pass
        connection.close()
        return kept

    with ThreadPoolExecutor(THREADS) as threads:
        return [number for numbers in threads.map(run, range(THREADS)) for number in numbers]


def test_numbers_have_no_double_and_no_gap() -> None:
    kept = race(take_numbers)

    assert sorted(kept) == list(range(1, len(kept) + 1))
    assert Register.objects.get().next_number == len(kept) + 1


def test_race_without_the_lock_is_lost() -> None:
    kept = race(take_without_lock)

    assert sorted(kept) != list(range(1, len(kept) + 1))


def test_two_coordinators_at_once_give_nobody_two_certificates() -> None:
    world: World = build(people=6)

    def issue(_: int) -> int:
        done = issue_certificates(
            enrolments=Enrolment.objects.filter(group=world.group),
            template=world.template,
            issued_by=None,
            issued_on=ISSUED,
        )
        connection.close()
        return len(done.certificates)

    with ThreadPoolExecutor(4) as threads:
        counts = list(threads.map(issue, range(4)))

    assert sorted(counts) == [0, 0, 0, 6]
    assert sorted(Certificate.objects.values_list("number", flat=True)) == list(range(1, 7))
