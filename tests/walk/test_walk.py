"""The main job from the first page to a revoked certificate, as its users do it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests import sizes
from tests.walk import beginning
from tests.walk.running import Portal
from tests.walk.steps import Walk

# Each whole demo takes minutes: one belongs to every run, the others to the full one.
WALKS = sizes.either([("sqlite", "lv")], [("sqlite", "lv"), ("postgres", "lv"), ("sqlite", "en")])
# Seconds until the page is up, with and without filling in; a run in a hurry does not judge them.
FIRST_UP, NEXT_UP = sizes.either((400, 400), (60, 15))


@pytest.mark.parametrize(("portal", "language"), WALKS, indirect=["portal"])
def test_walk_from_marks_to_figures(
    portal: Portal, language: str, browser: Browser, request: pytest.FixtureRequest
) -> None:
    portal.start()
    assert portal.up_after < FIRST_UP
    walk = Walk(browser, portal, language, request.node.callspec.id)
    try:
        walk.coordinator_finds_what_waits()
        walk.coordinator_marks_and_closes()
        walk.coordinator_issues_26()
        walk.participant_gets_the_paper()
        walk.paper_leads_to_its_page(valid=True)
        walk.funder_reads_counts_only()
        walk.coordinator_revokes()
        walk.paper_leads_to_its_page(valid=False)
        walk.sources_differ_by_a_cent()
    finally:
        walk.close()

    portal.end()
    portal.start()  # what was entered is there, and filling in is not done again
    assert portal.up_after < NEXT_UP
    portal.manage("check_invariants")


@pytest.mark.parametrize("portal", ["sqlite"], indirect=True)
def test_empty_portal_reaches_a_certificate(portal: Portal, browser: Browser) -> None:
    """No file is loaded: region and administrator by `setup`, the rest by forms."""
    portal.manage("migrate", "--verbosity", "0")
    named = ("--region", beginning.REGION, "--email", beginning.EMAIL)
    portal.manage("setup", *named, SETUP_PASSWORD=beginning.PASSWORD)
    portal.start()
    first = beginning.Beginning(browser, portal)
    try:
        first.signs_in_to_nothing()
        first.adds_a_programme()
        first.adds_a_project()
        first.plans_a_group()
        first.enrols_people()
        first.marks_and_closes()
        first.words_the_certificate()
        first.issues()
        first.invites()
    finally:
        first.close()
    portal.manage("check_invariants")
