"""A recount that finds nothing proves something only if it finds what was broken on purpose."""

from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.utils import timezone

from certificates import measures as certificates
from certificates.actions import issue_certificates, revoke_certificate
from certificates.models import Certificate, CertificateTemplate, Register
from portal import invariants as across
from portal.models import User
from projects.actions import submit_report
from projects.models import Membership, Report, ReportPaper, Role
from tests.factories import MembershipFactory, ModuleFactory, OrganisationFactory
from tests.training import world
from training.actions import close_sessions
from training.measures import invariants as training
from training.models import (
    Attendance,
    AttendanceStatus,
    Enrolment,
    EnrolmentChange,
    Mark,
    Participant,
    Session,
    SessionChange,
    SessionScan,
)

pytestmark = pytest.mark.django_db


MONTHS = {"period_start": date(2026, 1, 1), "period_end": date(2026, 6, 30)}


@pytest.fixture
def certified(db, settings, tmp_path):
    """A closed group of three; two certificates, one of them revoked; a report sent."""
    settings.MEDIA_ROOT = tmp_path
    MembershipFactory()
    filled = world.fill(world.empty_world(lead=OrganisationFactory()))
    close_sessions(user=None, sessions=filled.sessions, rest=AttendanceStatus.PRESENT)
    template = CertificateTemplate.objects.create(project=filled.project, series="LPR")
    two = Enrolment.objects.filter(pk__in=[each.pk for each in filled.enrolments[:2]])
    issue = issue_certificates(enrolments=two, template=template, issued_by=None)
    revoke_certificate(certificate=issue.certificates[0], reason="kļūda", revoked_by=None)
    report = filled.project.reports.create(number=1, **MONTHS)
    submit_report(report=report, by=None)
    return filled


def broken():
    return {finding.promise for finding in across.run() if finding.differences}


def test_untouched_portal_holds_every_promise(certified, capsys):
    call_command("check_invariants")

    told = capsys.readouterr().out
    assert "Everything holds." in told
    assert "ok    Every number below the register's next one was given" in told
    assert broken() == set()


def test_empty_portal_holds_every_promise(db):
    assert broken() == set()


BREAKS = {
    training.marks_equal_the_log: [
        lambda: Attendance.objects.filter(pk=first(Attendance)).update(status="absent"),
        lambda: Mark.objects.filter(pk=first(Mark)).delete(),
    ],
    training.revisions_are_whole: [
        lambda: Mark.objects.filter(pk=first(Mark)).update(base_revision=3),
    ],
    training.minutes_equal_the_recount: [
        lambda: Enrolment.objects.filter(pk=first(Enrolment)).update(minutes_attended=1),
    ],
    training.marks_stand_where_they_may: [
        lambda: Session.objects.filter(pk=first(Session)).update(state="cancelled"),
    ],
    training.scans_are_as_added: [
        lambda: SessionScan.objects.create(
            session_id=first(Session), file="scans/none.pdf", sha256="0" * 64, size=1
        ),
    ],
    certificates.numbers_are_whole: [
        lambda: Certificate.objects.filter(number=2).update(number=3),
        lambda: Register.objects.update(next_number=7),
        lambda: Register.objects.all().delete(),
    ],
    certificates.ready_papers_are_the_issued_ones: [
        lambda: Certificate.objects.filter(number=1).update(
            state="ready", file="certificate/none.pdf", sha256="0" * 64, ready_at=timezone.now()
        ),
    ],
    certificates.no_file_is_nobodys: [
        lambda: default_storage.save("certificate/00/orphan.pdf", ContentFile(b"%PDF")),
    ],
    across.sessions_have_their_minutes: [
        lambda: Session.objects.filter(pk=first(Session)).update(minutes=1),
    ],
    across.closed_sessions_are_complete: [
        lambda: Attendance.objects.filter(pk=first(Attendance)).delete(),
        lambda: Session.objects.filter(pk=first(Session)).update(closed_at=None),
    ],
    across.modules_are_of_the_groups_programme: [
        lambda: Session.objects.filter(pk=first(Session)).update(module=ModuleFactory()),
    ],
    across.states_follow_their_history: [
        lambda: Enrolment.objects.filter(pk=first(Enrolment)).update(state="withdrawn"),
        lambda: EnrolmentChange.objects.all().delete(),
        lambda: SessionChange.objects.update(new_state="open"),
    ],
    across.certificates_agree_with_their_rows: [
        lambda: Certificate.objects.filter(number=1).update(holder="Cita Persona"),
        lambda: Certificate.objects.filter(number=1).update(is_demo=True),
        lambda: Certificate.objects.filter(number=1).update(issued_on=date(2001, 1, 1)),
        lambda: Certificate.objects.filter(number=1).update(
            participant=Participant.objects.exclude(certificates__number=1).first()
        ),
    ],
    across.successors_follow_a_revocation: [
        lambda: Certificate.objects.filter(number=1).update(
            replaces=Certificate.objects.get(number=2)
        ),
    ],
    across.keys_are_fresh: [
        lambda: Participant.objects.filter(pk=first(Participant)).update(family_name="Cita"),
        lambda: User.objects.update(last_name="Cits"),
    ],
    across.roles_make_sense: [
        lambda: Membership.objects.update(role=Role.FUNDER),
        lambda: Membership.objects.update(role="nobody"),
    ],
    across.somebody_administers: [
        lambda: Membership.objects.all().delete(),
        lambda: Membership.objects.update(valid_to=date(2020, 1, 1)),
        lambda: User.objects.update(is_active=False),
    ],
    across.reports_follow_their_steps: [
        lambda: Report.objects.update(state="accepted"),
        lambda: Report.objects.create(
            project=Report.objects.get().project, number=2, state="signing", **MONTHS
        ),
    ],
    across.papers_of_reports_are_as_made: [
        lambda: ReportPaper.objects.filter(pk=first(ReportPaper)).update(
            state="ready", file="reportpaper/none.pdf", sha256="0" * 64, ready_at=timezone.now()
        ),
    ],
    across.demo_stays_apart: [
        lambda: Participant.objects.filter(pk=first(Participant)).update(is_demo=True),
    ],
}


def first(model):
    return model.objects.order_by("pk").values_list("pk", flat=True)[0]


@pytest.mark.parametrize(
    ("invariant", "number"),
    [(invariant, number) for invariant, ways in BREAKS.items() for number in range(len(ways))],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_broken_promise_is_found(certified, invariant, number):
    assert list(invariant()) == []

    BREAKS[invariant][number]()

    assert len(list(invariant())) > 0


def test_difference_ends_the_command_with_an_error_and_names_no_person(certified, capsys):
    person = Participant.objects.first()
    Enrolment.objects.filter(participant=person).update(minutes_attended=1)

    with pytest.raises(CommandError):
        call_command("check_invariants")

    told = capsys.readouterr().out
    assert "WRONG" in told and "enrolment" in told
    assert person.family_name not in told


def test_every_invariant_has_a_way_to_break_it():
    assert set(across.all_invariants()) - set(BREAKS) == {across.figures_are_recounted}
