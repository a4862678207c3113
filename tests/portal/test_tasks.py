"""The chores of the beat: each is asked often enough, and asking twice does nothing twice."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from portal.tasks import take_snapshots
from projects.models import FigureSnapshot
from tests.factories import IndicatorFactory


def test_figures_are_asked_for_each_hour_so_that_a_lost_ring_leaves_no_hole() -> None:
    entry = settings.CELERY_BEAT_SCHEDULE["keep yesterday's figures"]

    assert (entry["task"], entry["schedule"].hour) == (take_snapshots.name, set(range(24)))


def test_what_the_beat_says_grows_stale() -> None:
    """A worker that comes back after days answers the last calls, not all of them."""
    lives = [entry["options"]["expires"] for entry in settings.CELERY_BEAT_SCHEDULE.values()]

    assert lives == [600, 3600, 6 * 3600]


@pytest.mark.django_db
def test_first_call_after_midnight_keeps_yesterday_and_later_ones_add_nothing() -> None:
    first = IndicatorFactory()
    kept = take_snapshots()
    IndicatorFactory(project=first.project)  # made today: nobody knew it yesterday

    assert (kept, take_snapshots()) == (1, 0)
    yesterday = timezone.localdate() - timedelta(days=1)
    assert list(FigureSnapshot.objects.values_list("indicator", "known_on")) == [
        (first.pk, yesterday)
    ]
