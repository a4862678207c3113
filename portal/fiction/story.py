"""The whole story of the demo in its order, told once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.db import connection

from portal.fiction import cast, latgale, network, papers, reports, running
from projects.models import Project
from training.models import Group


def is_told() -> bool:
    """Whether the invented people are there already."""
    return Group.objects.filter(programme__project__code=cast.LATGALE, is_demo=True).exists()


def tell(*, today: date, say: Callable[[str], None] = lambda words: None) -> bool:
    """Fill the portal with invented people; False when they are there already.

    The projects come from their files; one that is not loaded is left out, but for Latgale.
    """
    if is_told():
        return False
    players = cast.make_accounts()
    cast.give_roles(players, today)
    groups = latgale.fill(players)
    say(f"{len(groups)} groups of the Latgale project with their sessions and marks")
    count = papers.issue(players, groups[:-1])
    say(f"{count} certificates, their papers are made behind")
    if Project.objects.filter(code=cast.ESF).exists():
        say(f"{len(running.fill(players, today))} groups of the ESF+ project around today")
    network.fill(players)
    say("events, deliveries and typed figures")
    _count_anew()
    say(f"{reports.fill(players)} reports, one in each state")
    return True


def _count_anew() -> None:
    """Thousands of rows at once: the planner must not go by the empty tables of before."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
