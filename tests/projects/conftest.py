"""The cast and the small world in which it plays: two projects of two programmes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from projects.models import Organisation, OrganisationKind, Programme, Project, Role
from tests.factories import (
    IndicatorFactory,
    MembershipFactory,
    OrganisationFactory,
    PartnershipFactory,
    ProgrammeFactory,
    ProjectFactory,
    UserFactory,
)

CAST = ("admin", "coordinator", "officer", "partner", "auditor", "funder", "stranger")


@dataclass
class Stage:
    """One project with its region, programme and a municipality; another that is not ours."""

    region: Organisation
    municipality: Organisation
    programme: Programme
    project: Project
    other: Project
    people: dict[str, Any]

    def client(self, who: str) -> Client:
        """A browser in which ``who`` is signed in; "visitor" is nobody."""
        client = Client(headers={"accept-language": "en"})
        client.cookies["language"] = "en"
        if who != "visitor":
            client.force_login(self.people[who])
        return client


@pytest.fixture
def stage(db: None) -> Stage:
    """Everyone of the cast with a place in the first project; nobody in the second."""
    region = OrganisationFactory(name_lv="Latgales plānošanas reģions", kind="planning_region")
    town = OrganisationFactory(name_lv="Ludzas novads", kind=OrganisationKind.MUNICIPALITY)
    programme = ProgrammeFactory(name_lv="EEZ instruments")
    project = ProjectFactory(
        code="latgale",
        title_lv="Mūžizglītība Latgalē",
        programme=programme,
        lead=region,
        start=date(2025, 1, 1),
        end=date(2028, 12, 31),
    )
    PartnershipFactory(project=project, organisation=town)
    other = ProjectFactory(code="other", title_lv="Svešs projekts")
    people = {who: UserFactory(email=f"{who}@portal.invalid") for who in CAST}
    MembershipFactory(user=people["admin"], role=Role.ADMIN)
    MembershipFactory(user=people["coordinator"], role=Role.COORDINATOR, organisation=region)
    MembershipFactory(user=people["officer"], role=Role.OFFICER, organisation=region)
    MembershipFactory(user=people["partner"], role=Role.PARTNER, organisation=town)
    MembershipFactory(user=people["auditor"], role=Role.AUDITOR, project=project)
    MembershipFactory(user=people["funder"], role=Role.FUNDER, programme=programme)
    return Stage(region, town, programme, project, other, people)


@pytest.fixture
def indicator(stage: Stage) -> Any:
    """An entered indicator of our project: 40 of 100."""
    row = IndicatorFactory(
        project=stage.project,
        code="R1",
        name_lv="Semināri",
        name_en="Seminars",
        unit_lv="semināri",
        unit_en="seminars",
        target=Decimal(100),
        is_headline=True,
    )
    row.values.create(on=date(2026, 1, 10), value=Decimal(15))
    row.values.create(on=date(2026, 3, 20), value=Decimal(25), note="otrais ceturksnis")
    return row
