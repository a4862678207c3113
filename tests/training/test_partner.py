"""The municipal coordinator: own employees, on the days they are employees, and nobody else."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from projects.models import Organisation
from tests.training.world import FIRST_DAY
from training.models import Employment, Enrolment

BEFORE, AFTER = FIRST_DAY - timedelta(days=1), FIRST_DAY + timedelta(days=1)


def at(name: str, *args: Any) -> str:
    return reverse(f"training:{name}", args=args)


def works(world: Any, person: int, at_: str = "service", **days: date | None) -> Employment:
    """A job of one of the three people; ``service`` is the partner's organisation."""
    employer, _made = Organisation.objects.get_or_create(code=at_, defaults={"name_lv": at_})
    return Employment.objects.create(
        participant=world.enrolments[person].participant,
        organisation=employer,
        job_category=world.worker,
        **days,
    )


@pytest.mark.parametrize(
    ("since", "until", "is_own"),
    [
        (None, BEFORE, False),
        (AFTER, None, False),
        (None, None, True),
        (FIRST_DAY, FIRST_DAY, True),
    ],
)
def test_own_employee_is_whose_own_job_covers_the_first_day(
    since: date | None, until: date | None, is_own: bool, filled: Any, cast: Any
) -> None:
    """The first person works for the partner without any dates; that says nothing of the second."""
    works(filled, 1, valid_from=since, valid_to=until)
    own = filled.enrolments[:2] if is_own else filled.enrolments[:1]
    assert set(Enrolment.objects.visible_to(cast["partner"])) == set(own)
    assert set(Enrolment.objects.markable_by(cast["partner"])) == set(own)
