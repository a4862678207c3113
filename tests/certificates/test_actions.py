"""Issuing, revoking, issuing anew: what is written and what is frozen."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from PIL import Image

from certificates.actions import (
    CannotIssueError,
    archive_template,
    issue_certificates,
    reissue_certificate,
    revoke_certificate,
    save_template,
    specimen,
)
from certificates.models import Certificate, CertificateTemplate, Register, standings
from portal.lib.documents import DocumentState
from projects.models import Logo
from tests.certificates import pdfs
from tests.certificates.world import ISSUED, World, add_group, miss
from training.models import Enrolment, EnrolmentState, Session, SessionState

pytestmark = pytest.mark.django_db


def numbers() -> list[str]:
    rows = Certificate.objects.order_by("year", "series", "number")
    return [row.display_number for row in rows]


def png() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (60, 20), "navy").save(file, "PNG")
    return file.getvalue()


def test_issue_gives_everyone_the_next_number_and_a_waiting_paper(done: World) -> None:
    rows = done.issue()

    assert [row.display_number for row in rows] == [
        "LPR-2010/0001",
        "LPR-2010/0002",
        "LPR-2010/0003",
    ]
    assert {row.state for row in rows} == {DocumentState.WAITING}
    assert [row.holder for row in rows] == ["Anna Bērziņa", "Mārīte Ķirša", "Jānis Ozols"]
    assert Register.objects.get().next_number == 4


def test_numbers_begin_anew_each_year_and_series(done: World) -> None:
    people = list(done.people())
    other = CertificateTemplate.objects.create(project=done.project, series="ZZ", language="lv")
    for person, template, day in [
        (people[0], done.template, date(2010, 12, 31)),
        (people[1], done.template, date(2011, 1, 1)),
        (people[2], other, date(2011, 1, 1)),
    ]:
        issue_certificates(
            enrolments=Enrolment.objects.filter(pk=person.pk),
            template=template,
            issued_by=None,
            issued_on=day,
        )

    assert numbers() == ["LPR-2010/0001", "LPR-2011/0001", "ZZ-2011/0001"]


def test_second_issue_gives_nobody_a_second_certificate(done: World) -> None:
    done.issue()
    again = issue_certificates(
        enrolments=done.people(), template=done.template, issued_by=None, issued_on=ISSUED
    )

    assert again.certificates == []
    assert [each.reasons[0].code for each in again.refused] == ["certified"] * 3
    assert Register.objects.get().next_number == 4


def test_who_is_not_eligible_gets_none_and_takes_no_number(done: World) -> None:
    absent = done.people()[1]
    miss(absent, done.law, 1)
    rows = done.issue()

    assert [row.display_number for row in rows] == ["LPR-2010/0001", "LPR-2010/0002"]
    assert absent.pk not in {row.enrolment_id for row in rows}


def test_facts_hold_what_concerns_the_person(done: World) -> None:
    by_name = {row.holder: row.facts for row in done.issue()}
    worker, carer = by_name["Anna Bērziņa"], by_name["Mārīte Ķirša"]

    assert [each["name"][0] for each in worker["words"]["modules"]] == ["Likumi"]
    assert [each["name"][0] for each in carer["words"]["modules"]] == ["Likumi", "Aprūpe mājās"]
    assert (worker["data"]["minutes"], carer["data"]["minutes"]) == (720, 1440)
    assert worker["data"]["period"] == {"start": "2009-09-15", "end": "2009-09-16"}
    assert worker["words"]["given"] == ["Rēzeknē, 2010. gada 18. jūnijā", "Rēzekne, 18 June 2010"]
    assert worker["words"]["funding"] == [
        "Projektu finansē paraugu fonds.",
        "Funded by the sample fund.",
    ]
    assert worker["words"]["modules"][0]["topics"] == "Tēma 1; Tēma 2"


def test_later_changes_do_not_reach_what_was_issued(done: World) -> None:
    row = done.issue()[0]
    before = row.facts
    done.template.kind_lv = "par ko citu"
    done.template.save()
    row.participant.family_name = "Cita"
    row.participant.save()
    done.programme.name_lv = "Cita programma"
    done.programme.save()
    row.refresh_from_db()

    assert row.facts == before
    assert row.holder == "Anna Bērziņa"


def test_declared_hours_are_printed_where_the_template_says_so(done: World) -> None:
    done.programme.declared_hours = 408
    done.programme.save()
    done.template.hours_shown = "declared"
    done.template.save()

    assert done.issue()[0].facts["data"]["minutes"] == 408 * 45


def test_required_module_must_be_reached_by_itself(done: World) -> None:
    carer = done.people().get(job_category=done.carer)
    done.programme.threshold_percent = 70
    done.programme.save()
    miss(carer, done.care, 1)
    people = Enrolment.objects.filter(pk=carer.pk)
    assert standings(people, done.template)[0].is_eligible
    done.template.required_modules.add(done.care)

    assert [each.code for each in standings(people, done.template)[0].reasons] == ["module"]


def test_open_session_of_a_module_for_others_does_not_count(done: World) -> None:
    session = Session.objects.filter(module=done.care).first()
    session.state = SessionState.OPEN
    session.save()
    codes = {
        each.enrolment.job_category_id: [reason.code for reason in each.reasons]
        for each in standings(done.people())
    }

    assert codes[done.worker.pk] == []
    assert codes[done.carer.pk][0] == "unclosed"


def test_cancelled_session_is_asked_of_nobody(done: World) -> None:
    person = done.people().filter(job_category=done.worker).first()
    miss(person, done.law, 1)
    [before] = standings(Enrolment.objects.filter(pk=person.pk))
    Session.objects.filter(module=done.law).order_by("date").update(state=SessionState.CLOSED)
    missed = Session.objects.filter(module=done.law).order_by("date").first()
    missed.state = SessionState.CANCELLED
    missed.save()
    [after] = standings(Enrolment.objects.filter(pk=person.pk))

    assert [each.code for each in before.reasons] == ["hours"]
    assert after.reasons == []


def test_hours_met_before_a_move_go_along(done: World) -> None:
    person = done.people().filter(job_category=done.worker).first()
    other = add_group(done, 0, 2)
    Enrolment.objects.filter(pk=person.pk).update(state=EnrolmentState.MOVED)
    moved = Enrolment.objects.create(
        participant=person.participant, group=other, job_category=done.worker, since=ISSUED
    )
    [old], [new] = (standings(Enrolment.objects.filter(pk=pk)) for pk in (person.pk, moved.pk))

    assert [each.code for each in old.reasons] == ["not_enrolled"]
    assert (new.facts.attended, new.reasons) == (720, [])


def test_number_is_given_back_when_the_issue_fails(done: World) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        done.issue()
        raise ZeroDivisionError

    assert done.issue()[0].display_number == "LPR-2010/0001"


def test_certificate_in_the_future_is_refused(done: World) -> None:
    with pytest.raises(CannotIssueError):
        done.issue(issued_on=timezone.localdate() + timedelta(days=1))

    assert numbers() == []


@pytest.mark.parametrize("day", [date(26, 6, 18), date(2009, 9, 17)])
def test_certificate_before_the_last_session_is_refused(done: World, day: date) -> None:
    """The carer's last day was 18 September; a slip of the year must not open a register."""
    with pytest.raises(CannotIssueError, match=r"18\.09\.2009"):
        done.issue(issued_on=day)

    assert (numbers(), Register.objects.exists()) == ([], False)


def test_certificate_may_be_dated_on_the_last_day_of_who_gets_it(done: World) -> None:
    workers = done.people().filter(job_category=done.worker)
    issue = issue_certificates(
        enrolments=workers, template=done.template, issued_by=None, issued_on=date(2009, 9, 16)
    )

    assert {row.issued_on for row in issue.certificates} == {date(2009, 9, 16)}
    assert len(issue.certificates) == 2


def test_reissue_before_the_last_session_changes_nothing(done: World) -> None:
    old = done.issue()[0]
    with pytest.raises(CannotIssueError):
        reissue_certificate(
            certificate=old, reason="kļūda", issued_by=None, issued_on=date(2009, 9, 15)
        )

    old.refresh_from_db()
    assert (old.is_valid, Certificate.objects.count()) == (True, 3)


def test_letter_the_face_lacks_is_named_before_a_number_is_given(done: World) -> None:
    """It would stand as an empty box on a paper that calls itself ready."""
    Session.objects.filter(topic="Tēma 2").update(topic="Klients → pakalpojums ✓")
    with pytest.raises(CannotIssueError, match=r"→ ✓.*Klients → pakalpojums ✓"):
        done.issue()

    assert (numbers(), Register.objects.exists()) == ([], False)


def test_without_lead_partner_nobody_can_issue(done: World) -> None:
    done.project.lead = None
    done.project.save()
    done.template.refresh_from_db()

    with pytest.raises(CannotIssueError):
        done.issue()
    assert not Register.objects.exists()


def test_missing_logo_stops_the_issue_and_names_itself(done: World) -> None:
    logo = Logo.objects.filter(visual_set__language="lv").get()
    logo.file.save("logo.png", ContentFile(b"not a picture"))

    with pytest.raises(CannotIssueError, match="Paraugu fonds"):
        done.issue()


def test_name_the_font_lacks_is_a_reason_and_not_a_failed_paper(done: World) -> None:
    person = done.people()[0].participant
    person.given_name = "漢"
    person.save()

    assert [each.code for each in standings(done.people())[0].reasons] == ["unprintable"]


@pytest.mark.parametrize(
    ("thing", "field", "words"),
    [
        ("law", "name_lv", "Modulis: „Likumi 😀”"),
        ("programme", "name_en", "Mācību programma: „Likumi 😀”"),
        ("project", "title_lv", "Projekts: „Likumi 😀”"),
        ("template", "kind_lv", "Apliecības veidne: „Likumi 😀”"),
    ],
)
def test_text_the_font_lacks_is_told_with_the_thing_that_holds_it(
    done: World, thing: str, field: str, words: str
) -> None:
    row = getattr(done, thing)
    type(row).objects.filter(pk=row.pk).update(**{field: "Likumi 😀"})
    done.template.refresh_from_db()

    with pytest.raises(CannotIssueError) as refusal:
        done.issue()
    assert words in str(refusal.value)
    Session.objects.filter(module=done.law).update(topic="Tēma ≥")
    type(row).objects.filter(pk=row.pk).update(**{field: "Likumi"})
    done.template.refresh_from_db()
    with pytest.raises(CannotIssueError, match="Nodarbības tēma: „Tēma ≥”"):
        done.issue()


def test_revoked_certificate_keeps_number_and_facts(done: World) -> None:
    row = revoke_certificate(
        certificate=done.issue()[0], reason="kļūda uzvārdā", revoked_by=done.coordinator
    )

    assert (row.is_valid, row.revoked_reason) == (False, "kļūda uzvārdā")
    assert row.revoked_on == timezone.localdate()
    with pytest.raises(CannotIssueError):
        revoke_certificate(certificate=row, reason="vēlreiz", revoked_by=None)


@pytest.mark.parametrize("reason", ["", " ", "\u200b", "\u00a0\u2060"])
def test_revoking_needs_a_reason_that_can_be_seen(done: World, reason: str) -> None:
    with pytest.raises(CannotIssueError):
        revoke_certificate(certificate=done.issue()[0], reason=reason, revoked_by=None)
    assert Certificate.objects.valid().count() == 3


def test_reissue_takes_todays_name_a_new_number_and_names_the_old_one(done: World) -> None:
    old = done.issue()[0]
    old.participant.family_name = "Bērziņa-Kalniņa"
    old.participant.save()
    new = reissue_certificate(certificate=old, reason="kļūda uzvārdā", issued_by=done.coordinator)
    old.refresh_from_db()

    assert new.holder == "Anna Bērziņa-Kalniņa"
    assert new.replaces == old
    assert new.display_number == f"LPR-{timezone.localdate().year}/0001"
    assert old.successor_number == new.display_number
    assert (old.is_valid, old.holder, new.is_valid) == (False, "Anna Bērziņa", True)
    assert new.token != old.token


def test_certificate_is_replaced_once(done: World) -> None:
    old = done.issue()[0]
    new = reissue_certificate(certificate=old, reason="kļūda", issued_by=None)
    revoke_certificate(certificate=new, reason="arī kļūda", revoked_by=None)
    old.refresh_from_db()

    with pytest.raises(CannotIssueError):
        reissue_certificate(certificate=old, reason="kļūda", issued_by=None)


def test_reissue_of_a_person_who_lost_the_right_changes_nothing(done: World) -> None:
    old = done.issue()[0]
    miss(old.enrolment, done.law, 2)

    with pytest.raises(CannotIssueError):
        reissue_certificate(certificate=old, reason="kļūda", issued_by=None)
    old.refresh_from_db()
    assert old.is_valid


@pytest.mark.parametrize(
    "clash",
    [
        {"number": 1},
        {"token": "7KQF2M9DXT4R8HPC5JLV3N7WQ2"},
        {"enrolment_id": None},
    ],
)
def test_database_refuses_what_must_not_be(done: World, clash: dict[str, Any]) -> None:
    first, second, _third = done.issue()
    Certificate.objects.filter(pk=first.pk).update(token="7KQF2M9DXT4R8HPC5JLV3N7WQ2")
    if "enrolment_id" in clash:
        clash = {"enrolment_id": first.enrolment_id}

    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.filter(pk=second.pk).update(**clash)


def test_demo_people_are_marked_on_the_paper(done: World) -> None:
    person = done.people()[0].participant
    person.is_demo = True
    person.save()
    marked = {row.holder: (row.is_demo, row.facts["words"]["demo"]) for row in done.issue()}

    assert marked["Anna Bērziņa"] == (True, "demo dati")
    assert marked["Jānis Ozols"] == (False, "")


def test_queries_do_not_grow_with_the_people(
    done: World, django_assert_num_queries: Any, settings: LazySettings
) -> None:
    add_group(done, 12, 2)
    with django_assert_num_queries(24):
        done.issue(done.groups[0])
    with django_assert_num_queries(21):  # the register is there already
        done.issue(done.groups[1])


def test_specimen_is_nobodys_and_takes_no_number(done: World, tmp_path: Any) -> None:
    made = specimen(template=done.template)

    assert pdfs.violations(made) == []
    assert "paraugs" in pdfs.text_of(made, tmp_path)
    assert not Register.objects.exists()


def test_specimen_shows_the_logo_and_keeps_nothing(done: World, own_store: Any) -> None:
    """It is asked for by a GET."""
    logo = Logo.objects.filter(visual_set__language="lv").get()
    logo.file.save("logo.png", ContentFile(png()))
    made = specimen(template=done.template)

    assert b"/Subtype /Image" in made
    assert [path.name for path in own_store.iterdir() if path.is_dir()] == [
        logo.file.name.partition("/")[0]
    ]


def test_specimen_names_the_letter_that_would_be_a_box(done: World) -> None:
    done.template.kind_lv = "par dalību ✓"
    done.template.save()

    with pytest.raises(CannotIssueError, match="par dalību ✓"):
        specimen(template=done.template)


def test_putting_a_template_away_keeps_its_certificates(done: World) -> None:
    row = done.issue()[0]
    archive_template(template=done.template, archived=True)

    assert Certificate.objects.get(pk=row.pk).template == done.template
    with pytest.raises(CannotIssueError):
        done.issue()


def test_only_one_template_is_offered_first(done: World) -> None:
    from certificates.forms import Signatories, TemplateForm

    other = CertificateTemplate(project=done.project)
    form = TemplateForm(
        {
            "language": "lv",
            "kind_lv": "par dalību",
            "series": "zz",
            "hours_shown": "attended",
            "is_default": "on",
        },
        instance=other,
    )
    empty = {f"s-{name}": "0" for name in ("TOTAL_FORMS", "INITIAL_FORMS")}
    signatories = Signatories(empty, instance=other, prefix="s")
    assert form.is_valid(), form.errors
    assert signatories.is_valid()
    saved = save_template(form=form, signatories=signatories)
    done.template.refresh_from_db()

    assert (saved.series, saved.is_default, done.template.is_default) == ("ZZ", True, False)
