"""What everybody may see: public projects, planned figures, money where stated, nobody's name."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.public import PERSONS, PublicProject, front_figures
from projects.models import IndicatorMethod, Project, Source
from tests.factories import (
    EnrolmentFactory,
    GroupFactory,
    IndicatorFactory,
    OrganisationFactory,
    PartnershipFactory,
    ProjectFactory,
)


def promised(project, code: str, target: int, parent=None, measure: str = PERSONS[0]):
    return IndicatorFactory(
        project=project,
        code=code,
        name_lv=f"Cilvēki {code}",
        target=target,
        parent=parent,
        method=IndicatorMethod.MEASURED,
        measure=measure,
        is_headline=True,
    )


@pytest.fixture
def shown(stage):
    stage.project.is_public = True
    stage.project.save()
    return stage


def test_front_shows_public_projects_only(shown):
    text = shown.client("visitor").get("/").text
    assert "Mūžizglītība Latgalē" in text
    assert "Svešs projekts" not in text
    assert 'href="/p/latgale/"' in text
    assert 'action="/v/"' in text
    assert shown.client("visitor").get("/p/other/").status_code == 404
    shown.project.set_archived(True)
    assert "Mūžizglītība Latgalē" not in shown.client("visitor").get("/").text
    assert shown.client("visitor").get("/p/latgale/").status_code == 404


def test_a_slip_in_a_duration_takes_no_page_down(shown):
    Project.objects.update(end=None, duration_months=32_767)
    for url in ("/", "/p/latgale/"):
        assert "Mūžizglītība Latgalē" in shown.client("visitor").get(url).text
    assert "Mūžizglītība Latgalē" in shown.client("funder").get("/projects/").text


def test_empty_front_says_so(db, client):
    client.cookies["language"] = "en"
    assert "No project is presented here yet." in client.get("/").text


def test_front_adds_up_only_what_is_stated(shown):
    whole = promised(shown.project, "R1", 3099)
    promised(shown.project, "R2", 2603, parent=whole)
    shown.project.funding.create(amount=Decimal(12470000))
    silent = ProjectFactory(is_public=True, title_lv="Bez skaitļiem")
    lats = ProjectFactory(is_public=True)
    lats.funding.create(amount=Decimal("70.28"), currency="LVL")
    promised(lats, "R1", 7, measure="network.events_held")
    PartnershipFactory(project=silent, organisation=OrganisationFactory(country="LT"))
    page = shown.client("visitor").get("/")
    assert page.context["figures"] == {
        "projects": 3,
        "persons": 2603,
        "euros": Decimal("12470100.00"),
        "with_money": 2,
        "countries": 2,
    }
    by_title = {row[0].project.title: row[0] for row in page.context["rows"]}
    ours = by_title["Mūžizglītība Latgalē"]
    assert (ours.planned.target, ours.whole.target) == (2603, 3099)
    assert by_title["Bez skaitļiem"].planned is None
    assert "not stated" in page.text


def test_front_counts_the_country_of_a_lead_who_is_no_partner_row(shown):
    ProjectFactory(is_public=True, lead=OrganisationFactory(country="NO"))
    ProjectFactory(is_public=True, lead=None)
    page = shown.client("visitor").get("/")
    assert page.context["figures"]["countries"] == 2


def test_front_prefers_the_programme_page_where_sources_differ(shown):
    for code, kind, amount in (("n", "partner_news", "1.19"), ("p", "programme_page", "1.20")):
        source = Source.objects.create(project=shown.project, code=code, title=code, kind=kind)
        shown.project.funding.create(amount=Decimal(amount), source=source)
    assert PublicProject(shown.project).total.amount == Decimal("1.20")


def test_front_without_figures_counts_nothing():
    assert front_figures([]) == {
        "projects": 0,
        "persons": 0,
        "euros": 0,
        "with_money": 0,
        "countries": 0,
    }


@pytest.mark.parametrize("people", [0, 1, 4, 5])
def test_totals_of_a_project_are_public_and_exact(shown, people):
    promised(shown.project, "R1", 10)
    group = GroupFactory(programme__project=shown.project)
    for _each in range(people):
        EnrolmentFactory(group=group, since=date(2026, 1, 5))
    page = shown.client("visitor").get("/p/latgale/")
    assert [each.figure.value for each in page.context["readings"]] == [people]
    assert f"<span>{people}</span>" in page.text
    assert "fewer than" not in shown.client("visitor").get("/").text


def test_public_project_tells_facts_and_no_names(shown, indicator):
    project = shown.project
    source = Source.objects.create(project=project, code="s", title="Programmas lapa")
    project.funding.create(amount=None, source=source)
    project.activities.create(code="1", name_lv="Semināri novados", due=date(2026, 5, 1))
    project.target_groups.create(position=1, name_lv="Sociālie darbinieki")
    indicator.values.update(entered_by=None, note="Zvirbule ziņoja")
    text = shown.client("visitor").get("/p/latgale/").text
    for words in ("Ludzas novads", "Semināri novados", "Sociālie darbinieki", "Programmas lapa"):
        assert words in text
    assert "not stated" in text
    assert "40" in text
    for person in shown.people.values():
        assert person.last_name not in text
    assert "Zvirbule" not in text


def test_public_pages_ask_the_same_for_one_project_and_for_three(shown):
    client = shown.client("visitor")

    def asked(url: str) -> int:
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        return len(queries)

    one = asked("/")
    for number in range(2):
        project = ProjectFactory(is_public=True, lead=OrganisationFactory())
        promised(project, "R1", number + 1)
        PartnershipFactory(project=project)
        project.funding.create(
            amount=5, source=Source.objects.create(project=project, code="s", title="s")
        )
    assert (one, asked("/")) == (6, 6)
