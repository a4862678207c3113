"""Two worlds alike in everything, and one person of each kind who belongs to the first.

Every forbidden person carries a name found nowhere else, so that a leak is seen wherever it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from certificates.actions import issue_certificates
from certificates.models import CertificateTemplate, Signatory
from network.models import (
    Contact,
    Delivery,
    Event,
    EventState,
    ProgrammePart,
    Publication,
    Registration,
)
from portal.actions import make_token
from portal.models import User
from projects.actions import submit_report
from projects.models import (
    Activity,
    Funder,
    Funding,
    IndicatorTarget,
    IndicatorValue,
    Logo,
    OrganisationName,
    ProjectAim,
    ProjectIdentifier,
    ProjectTitle,
    RelatedProject,
    Report,
    Role,
    Source,
    Statement,
    StatusEntry,
    TargetGroup,
    VisualSet,
)
from tests import factories
from training.actions import (
    MarkCommand,
    NewPerson,
    add_scans,
    close_sessions,
    compare_with_paper,
    enrol_people,
    record_marks,
)
from training.models import AttendanceStatus, Enrolment, Session

IDENTITIES = (
    "anonymous",
    "admin",
    "coordinator",
    "partner",
    "officer",
    "auditor",
    "funder",
    "trainer",
    "participant",
    "stranger",
    "closed",
)


@dataclass
class World:
    """One of the two: its project with a row of every kind, and the keys that open their pages."""

    letter: str
    keys: dict[str, dict[str, Any]] = field(default_factory=dict)
    rows: dict[str, Any] = field(default_factory=dict)

    @property
    def canary(self) -> str:
        """A family name that may reach nobody who is not allowed to know it."""
        return f"Kanārijputns{self.letter}"

    def add(self, name: str, row: Any, **keys: Any) -> Any:
        self.rows[name] = row
        self.keys[name] = keys or {"pk": row.pk}
        return row


def build(letter: str) -> World:
    """A project in which everything exists once."""
    world = World(letter)
    _project(world)
    _promises(world)
    _programme(world)
    _training(world)
    _certificates(world)
    _network(world)
    _sent_report(world)
    _accounts(world)
    for noun in ("group", "session", "event", "certificate", "own_certificate"):
        world.keys[f"api_{noun}"] = {"id": world.rows[noun].pk}
    world.keys["api_verify"] = {"code": world.rows["certificate"].token}
    return world


def _project(world: World) -> None:
    letter = world.letter
    project = factories.ProjectFactory(code=f"project-{letter.lower()}", is_public=letter == "A")
    world.add("project", project, code=project.code)
    world.add("organisation", project.lead)
    name = OrganisationName.objects.create(organisation=project.lead, language="lt", name="Vardas")
    world.add("name", name, organisation=project.lead_id, pk=name.pk)
    town = factories.OrganisationFactory(name_lv=f"Pilsēta {letter}")
    world.rows["town"] = town

    def part(noun: str, row: Any) -> None:
        world.add(noun, row, code=project.code, pk=row.pk)

    source = Source.objects.create(project=project, code="page", title="Lapa")
    part("source", source)
    part("partner", factories.PartnershipFactory(project=project, organisation=town))
    part("funding", Funding.objects.create(project=project, part="total", amount=100))
    part("activity", Activity.objects.create(project=project, code="1", name_lv="Darbība"))
    part("identifier", ProjectIdentifier.objects.create(project=project, number=f"N-{letter}"))
    part("title", ProjectTitle.objects.create(project=project, language="en", title="Title"))
    day = date(2026, 1, 1)
    part("status", StatusEntry.objects.create(project=project, status="running", since=day))
    part("aim", ProjectAim.objects.create(project=project, text_lv="Mērķis"))
    part("target_group", TargetGroup.objects.create(project=project, name_lv="Aprūpētāji"))
    part("related", RelatedProject.objects.create(project=project, title="Iepriekšējais"))
    part(
        "statement",
        Statement.objects.create(
            project=project, code="s", subject="s", label_lv="Skaits", number=5, source=source
        ),
    )
    until = day + timedelta(30)
    part(
        "report",
        Report.objects.create(project=project, number=1, period_start=day, period_end=until),
    )


def _sent_report(world: World) -> None:
    """A report of the first months, sent as its first version."""
    project = world.rows["project"]
    months = {"period_start": date(2025, 10, 1), "period_end": date(2025, 12, 31)}
    report = Report.objects.create(project=project, number=2, **months)
    version = submit_report(report=report, by=None)
    world.add("sent_report", report, code=project.code, pk=report.pk)
    world.add("sent_version", version, code=project.code, pk=report.pk, number=1)
    world.add("report_paper", version.papers.first())


def _promises(world: World) -> None:
    project = world.rows["project"]
    indicator = factories.IndicatorFactory(project=project, code="R1", target=10)
    world.add("indicator", indicator, code=project.code, indicator="R1")
    measured = factories.IndicatorFactory(
        project=project, code="R2", method="measured", measure="certificates.persons_certified"
    )
    world.add("measured", measured, code=project.code, indicator="R2")
    keys = world.keys["indicator"]
    plan = IndicatorTarget.objects.create(indicator=indicator, until=date(2026, 6, 1), value=5)
    world.add("plan", plan, **keys, pk=plan.pk)
    value = IndicatorValue(
        indicator=indicator, on=date(2026, 5, 1), value=1, entered_by=factories.UserFactory()
    )
    value.evidence.save("evidence.txt", ContentFile(b"evidence"), save=False)
    value.save()
    world.add("value", value, **keys, pk=value.pk)


def _programme(world: World) -> None:
    programme = world.rows["project"].programme
    world.add("programme", programme)
    visual = VisualSet.objects.create(programme=programme, language="lv", statement="Finansē")
    world.add("visual_set", visual, programme=programme.pk, pk=visual.pk)
    logo = Logo(visual_set=visual, label="Fonds")
    logo.file.save(
        "logo.svg", ContentFile(b"<svg xmlns='http://www.w3.org/2000/svg'/>"), save=False
    )
    logo.save()
    world.add("logo", logo, programme=programme.pk, visual_set=visual.pk, pk=logo.pk)
    world.keys["logo_picture"] = {"pk": logo.pk}
    world.keys["under_programme"] = {"programme": programme.pk}
    world.keys["under_visual_set"] = {"programme": programme.pk, "visual_set": visual.pk}
    world.keys["under_organisation"] = {"organisation": world.rows["organisation"].pk}
    code = f"fund-{world.letter.lower()}"
    world.add("funder_row", Funder.objects.create(code=code, name_lv=f"Fonds {world.letter}"))


def _training(world: World) -> None:
    """A group of two: the first learns in the portal too; one session closed, one to be marked."""
    letter, project = world.letter, world.rows["project"]
    course = world.add("course", factories.TrainingProgrammeFactory(project=project))
    module = world.add("module", factories.ModuleFactory(programme=course))
    site = world.add("site", factories.SiteFactory(project=project))
    group = world.add("group", factories.GroupFactory(programme=course, site=site))
    job = world.add("job_category", factories.JobCategoryFactory())
    day = date(2026, 3, 2)
    closed = world.add(
        "closed_session", factories.SessionFactory(group=group, module=module, date=day)
    )
    world.add("session", factories.SessionFactory(group=group, date=day + timedelta(1)))
    people = [
        NewPerson("Una", f"Pati{letter}", f"una{letter}@portal.invalid".lower(), job),
        NewPerson("Ilga", world.canary, f"ilga{letter}@portal.invalid".lower(), job),
    ]
    for person, town in zip(people, (None, world.rows["town"]), strict=True):
        [enrolment] = enrol_people(
            user=None,
            group=group,
            people=[NewPerson(**{**person.__dict__, "organisation": town})],
            since=day - timedelta(7),
        )
        noun = "own_enrolment" if town is None else "enrolment"
        world.add(noun, enrolment)
    own = world.rows["own_enrolment"].participant
    world.add("own_participant", own)
    world.add("participant", world.rows["enrolment"].participant)
    world.add("employment", world.rows["participant"].employments.get())
    others = world.add("others_group", factories.GroupFactory(programme=course))
    factories.EnrolmentFactory(group=others, participant=own, since=day)
    rows = Enrolment.objects.filter(group=group)
    record_marks(
        user=None,
        commands=[MarkCommand(each.pk, closed.pk, AttendanceStatus.PRESENT) for each in rows],
    )
    close_sessions(user=None, sessions=Session.objects.filter(pk=closed.pk))
    page = SimpleUploadedFile("lapa.pdf", b"%PDF-1.7 of this world %%EOF")
    [scan] = add_scans(user=None, session=closed, files=[page])
    world.add("scan", scan)
    differing = {world.rows["enrolment"].pk: "paraksta nav"}
    compare_with_paper(user=None, session=closed, differences=differing)


def _certificates(world: World) -> None:
    """A second group, finished and certified: the same two people."""
    project, course = world.rows["project"], world.rows["course"]
    template = CertificateTemplate.objects.create(
        project=project, series=f"L{world.letter}", is_default=True
    )
    Signatory.objects.create(template=template, name="Vadītāja", office_lv="vadītāja")
    world.add("template", template)
    world.keys["template_list"] = {"code": project.code}
    group = world.add("finished_group", factories.GroupFactory(programme=course))
    session = factories.SessionFactory(group=group, date=date(2026, 4, 1))
    for noun in ("own_participant", "participant"):
        enrolment = factories.EnrolmentFactory(
            group=group, participant=world.rows[noun], since=date(2026, 3, 1)
        )
        record_marks(
            user=None,
            commands=[MarkCommand(enrolment.pk, session.pk, AttendanceStatus.PRESENT)],
        )
        world.rows[f"finished_{noun}"] = enrolment
    close_sessions(user=None, sessions=[session])
    issue = issue_certificates(
        enrolments=Enrolment.objects.filter(group=group), template=template, issued_by=None
    )
    for certificate in issue.certificates:
        is_own = certificate.participant_id == world.rows["own_participant"].pk
        world.add("own_certificate" if is_own else "certificate", certificate)
        world.keys["own_job" if is_own else "job"] = {
            "kind": "certificates-certificate",
            "pk": certificate.pk,
        }
    world.keys["verify"] = {"token": world.rows["certificate"].token}


def _network(world: World) -> None:
    project = world.rows["project"]
    event = world.add(
        "event",
        Event.objects.create(
            project=project, code="visit", name_lv="Vizīte", state=EventState.HELD
        ),
    )
    part = ProgrammePart.objects.create(event=event, title_lv="Priekšlasījums")
    world.add("programme_part", part)
    registration = Registration.objects.create(
        event=event, participant=world.rows["participant"], attended=True
    )
    world.add("registration", registration)
    publication = world.add(
        "publication",
        Publication.objects.create(project=project, code="book", name_lv="Grāmata"),
    )
    delivery = Delivery.objects.create(publication=publication, copies=5, date=date(2026, 5, 1))
    world.add("delivery", delivery)
    contact = Contact.objects.create(
        project=project, name=f"Kontakts {world.letter}", opted_in_at=timezone.now()
    )
    world.add("contact", contact)


def _accounts(world: World) -> None:
    """An account in the care of the coordinator, with one role and one group."""
    user = factories.UserFactory()
    world.add("account", user)
    role = factories.MembershipFactory(
        user=user, role=Role.PARTNER, organisation=world.rows["town"]
    )
    world.add("role", role, pk=user.pk, membership=role.pk)
    trainer = factories.GroupTrainerFactory(user=user, group=world.rows["group"])
    world.add("trainer", trainer, pk=user.pk, trainer=trainer.pk)
    world.keys["trainer_row"] = {"pk": trainer.pk}
    token, _secret = make_token(user=user, name="Statistika", expires_on=timezone.localdate())
    world.add("token", token)
    world.keys["provider"] = {"provider_id": "organisation"}
    world.keys["password_key"] = {"uidb36": "1", "key": "nothing"}


def people_of(world: World) -> dict[str, User]:
    """One person of each kind; every role reaches this world and no other."""
    project, group = world.rows["project"], world.rows["group"]
    made = {
        name: User.objects.create_user(f"{name}@portal.invalid", first_name=name)
        for name in IDENTITIES[1:]
    }
    roles: dict[str, tuple[Role, dict[str, Any]]] = {
        "admin": (Role.ADMIN, {}),
        "coordinator": (Role.COORDINATOR, {"organisation": project.lead}),
        "partner": (Role.PARTNER, {"organisation": world.rows["town"]}),
        "officer": (Role.OFFICER, {"organisation": project.lead}),
        "auditor": (Role.AUDITOR, {"project": project, "valid_to": date(2999, 1, 1)}),
        "funder": (Role.FUNDER, {"programme": project.programme}),
        "closed": (Role.ADMIN, {}),
    }
    for name, (role, scope) in roles.items():
        factories.MembershipFactory(user=made[name], role=role, **scope)
    factories.GroupTrainerFactory(user=made["trainer"], group=group)
    own = world.rows["own_participant"]
    own.user = made["participant"]
    own.save(update_fields=["user"])
    made["closed"].is_active = False
    made["closed"].save(update_fields=["is_active"])
    return made
