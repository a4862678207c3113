"""A small world for the tests of the network: a project with its people, and a foreign one."""

from __future__ import annotations

from datetime import date
from typing import Any

from network.models import Contact, Delivery, Event, EventState, Publication, Registration
from projects.models import Activity, Indicator, IndicatorMethod, Project, Role
from tests.factories import (
    EnrolmentFactory,
    GroupFactory,
    MembershipFactory,
    OrganisationFactory,
    PartnershipFactory,
    ProjectFactory,
    TrainingProgrammeFactory,
)


class World:
    """A project with a municipality, a group of two people, and an account of every role."""

    def __init__(self) -> None:
        self.project = ProjectFactory(title_lv="Tīkla projekts")
        self.town = PartnershipFactory(project=self.project).organisation
        self.group = GroupFactory(programme=TrainingProgrammeFactory(project=self.project))
        self.people = [
            EnrolmentFactory(group=self.group, organisation=self.town).participant for _ in range(2)
        ]
        self.foreign = ProjectFactory()
        self.admin = MembershipFactory().user
        self.coordinator = MembershipFactory(
            role=Role.COORDINATOR, organisation=self.project.lead
        ).user
        self.partner = MembershipFactory(role=Role.PARTNER, organisation=self.town).user
        self.officer = MembershipFactory(role=Role.OFFICER, project=self.project).user
        self.funder = MembershipFactory(role=Role.FUNDER, programme=self.project.programme).user
        self.stranger = MembershipFactory(
            role=Role.COORDINATOR, organisation=self.foreign.lead
        ).user


def event(project: Project, code: str = "seminar", **fields: Any) -> Event:
    fields = {
        "name_lv": code.title(),
        "state": EventState.HELD,
        "start": date(2026, 3, 5),
        **fields,
    }
    return Event.objects.create(project=project, code=code, **fields)


def heads(of: Event, people: int, attended: bool | None = True, **fields: Any) -> Registration:
    return Registration.objects.create(event=of, people=people, attended=attended, **fields)


def place(of: Event, participant: Any, attended: bool | None = True) -> Registration:
    return Registration.objects.create(event=of, participant=participant, attended=attended)


def publication(project: Project, code: str = "brochure", **fields: Any) -> Publication:
    return Publication.objects.create(
        project=project, code=code, **{"name_lv": code.title(), **fields}
    )


def delivery(of: Publication, copies: int, on: date = date(2026, 3, 5), **fields: Any) -> Delivery:
    fields = fields or {"organisation": OrganisationFactory()}
    return Delivery.objects.create(publication=of, copies=copies, date=on, **fields)


def contact(project: Project, name: str = "Anna Paraugs", **fields: Any) -> Contact:
    return Contact.objects.create(project=project, name=name, **fields)


def activity(project: Project, code: str, parent: Activity | None = None) -> Activity:
    return Activity.objects.create(project=project, code=code, name_lv=code, parent=parent)


def indicator(project: Project, measure: str, of: Activity | None = None) -> Indicator:
    return Indicator.objects.create(
        project=project,
        code=f"{measure}-{of.code if of else 'all'}",
        name_lv=measure,
        method=IndicatorMethod.MEASURED,
        measure=measure,
        activity=of,
    )
