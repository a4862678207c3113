"""A small world for certificates: a project with two modules, a template, and groups that are done."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any

from certificates.actions import issue_certificates
from certificates.models import Certificate, CertificateTemplate, Signatory
from projects.models import Logo, Project, Role, VisualSet
from tests import factories
from training.models import (
    Attendance,
    AttendanceStatus,
    Enrolment,
    Group,
    JobCategory,
    Module,
    Participant,
    Session,
    SessionState,
    TrainingProgramme,
)

GIVEN = ["Anna", "Jānis", "Mārīte", "Kārlis", "Žanete"]
FAMILY = ["Bērziņa", "Ozols", "Ķirša", "Ģipslis", "Āboltiņa", "Šķēle"]
FIRST_DAY = date(2009, 9, 15)
ISSUED = date(2010, 6, 18)


@dataclass
class World:
    """Everyone takes ``law`` (two days), carers take ``care`` (two days) as well."""

    project: Project
    programme: TrainingProgramme
    template: CertificateTemplate
    law: Module
    care: Module
    worker: JobCategory
    carer: JobCategory
    coordinator: Any
    groups: list[Group] = field(default_factory=list)

    @property
    def group(self) -> Group:
        return self.groups[0]

    def people(self, group: Group | None = None) -> Any:
        rows = Enrolment.objects.filter(group=group or self.group)
        return rows.order_by("participant__sort_key", "pk")

    def issue(self, group: Group | None = None, **kwargs: Any) -> list[Certificate]:
        """Certificates for everyone of a group."""
        values = {"template": self.template, "issued_by": self.coordinator, "issued_on": ISSUED}
        issue = issue_certificates(enrolments=self.people(group), **(values | kwargs))
        return issue.certificates


def build(people: int = 3, groups: int = 1, **template: Any) -> World:
    """The project with ``groups`` of ``people`` each, all sessions closed, everybody present."""
    lead = factories.OrganisationFactory(
        code="lpr",
        name_lv="Latgales plānošanas reģions",
        name_en="Latgale Planning Region",
        kind="planning_region",
        register_number="90002181025",
    )
    project = factories.ProjectFactory(
        code="latgale", title_lv="Mūžizglītība Latgalē", title_en="Learning in Latgale", lead=lead
    )
    _visual_sets(project)
    programme = factories.TrainingProgrammeFactory(
        project=project, name_lv="Sociālā darba pamati", name_en="Basics of social work"
    )
    law = factories.ModuleFactory(
        programme=programme, name_lv="Likumi", name_en="Laws", position=1, days=2
    )
    care = factories.ModuleFactory(
        programme=programme, name_lv="Aprūpe mājās", name_en="Care at home", position=2, days=2
    )
    worker = factories.JobCategoryFactory(code="social-worker")
    carer = factories.JobCategoryFactory(code="carer", name_lv="aprūpētājs")
    care.audience.add(carer)
    coordinator = factories.MembershipFactory(role=Role.COORDINATOR, organisation=lead).user
    kept = _template(project, **template)
    world = World(project, programme, kept, law, care, worker, carer, coordinator)
    for number in range(1, groups + 1):
        add_group(world, people, number)
    return world


def add_group(world: World, people: int, number: int, **fields: Any) -> Group:
    group = factories.GroupFactory(
        programme=world.programme,
        name_lv=f"{number}. grupa",
        name_en=f"group {number}",
        position=number,
        site=factories.SiteFactory(project=world.project, name_en="Rēzekne"),
        **fields,
    )
    world.groups.append(group)
    sessions = Session.objects.bulk_create(
        Session(
            group=group,
            module=world.law if day < 2 else world.care,
            date=FIRST_DAY + timedelta(days=day),
            starts=time(9),
            ends=time(16),
            break_minutes=60,
            state=SessionState.CLOSED,
            topic=f"Tēma {day + 1}",
        )
        for day in range(4)
    )
    who = Participant.objects.bulk_create(
        Participant(given_name=GIVEN[n % 5], family_name=FAMILY[n % 6]) for n in range(people)
    )
    rows = Enrolment.objects.bulk_create(
        Enrolment(
            participant=person,
            group=group,
            job_category=world.carer if n % 3 == 2 else world.worker,
            since=FIRST_DAY,
        )
        for n, person in enumerate(who)
    )
    Attendance.objects.bulk_create(
        Attendance(enrolment=row, session=session, status=AttendanceStatus.PRESENT)
        for row in rows
        for session in sessions
        if session.module_id == world.law.pk or row.job_category_id == world.carer.pk
    )
    return group


def miss(enrolment: Enrolment, module: Module, days: int) -> None:
    """Let the person have been away from the first ``days`` of a module."""
    rows = Attendance.objects.filter(enrolment=enrolment, session__module=module)
    for row in rows.order_by("session__date")[:days]:
        row.status = AttendanceStatus.ABSENT
        row.save()


def _template(project: Project, **fields: Any) -> CertificateTemplate:
    values = {"series": "LPR", "is_default": True, "language": "lv+en"}
    template = CertificateTemplate.objects.create(project=project, **(values | fields))
    for position, (name, office_lv, office_en) in enumerate(
        [("Ināra Parauga", "Vadītāja", "Head"), ("Gunta Parauga", "Projekta vadītāja", "Manager")]
    ):
        Signatory.objects.create(
            template=template,
            position=position,
            name=name,
            office_lv=office_lv,
            office_en=office_en,
        )
    return template


def _visual_sets(project: Project) -> None:
    for language, statement, label in (
        ("lv", "Projektu finansē paraugu fonds.", "Paraugu fonds"),
        ("en", "Funded by the sample fund.", "Sample fund"),
    ):
        row = VisualSet.objects.create(
            programme=project.programme, language=language, statement=statement
        )
        Logo.objects.create(visual_set=row, label=label)
