"""Pages of certificates: who sees what, what a press of a button does, what stays unseen."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from certificates.models import Certificate, CertificateTemplate
from portal.lib import documents
from portal.lib.documents import DocumentState, Failure, Priority
from projects.models import Logo, Role
from tests.certificates.world import World, add_group, build, miss
from tests.factories import GroupTrainerFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
User = get_user_model()


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def coordinator(done: World) -> Client:
    return signed_in(done.coordinator)


@pytest.fixture
def made(done: World) -> list[Certificate]:
    """Three certificates with their papers."""
    done.issue()
    documents.produce(documents.claim(Certificate, 50, owner="test"))
    return list(Certificate.objects.order_by("pk"))


def at(name: str, *args: Any) -> str:
    return reverse(f"certificates:{name}", args=args)


def test_certificate_tells_who_issued_and_revoked_it_to_those_who_run_the_project(
    done: World, coordinator: Client, made: list[Certificate]
) -> None:
    User.objects.filter(pk=done.coordinator.pk).update(first_name="Ilze", last_name="Izdevēja")
    row = made[0]
    done_by = MembershipFactory(role=Role.ADMIN, everything=True).user
    User.objects.filter(pk=done_by.pk).update(first_name="Anita", last_name="Anulētāja")
    signed_in(done_by).post(at("certificate_revoke", row.pk), {"reason": "kļūda"})
    row.participant.user = UserFactory()
    row.participant.save()

    page = coordinator.get(row.get_absolute_url()).content.decode()
    assert "Ilze Izdevēja" in page and "Anita Anulētāja" in page
    holder = signed_in(row.participant.user).get(row.get_absolute_url())
    public = Client().get(at("verify", row.token))
    for answer in (holder, public):
        assert answer.status_code == 200
        assert not any(name in answer.content.decode() for name in ("Izdevēja", "Anulētāja"))


# --- All papers of a group ---------------------------------------------------------------------


def test_ready_papers_of_a_group_come_in_one_archive_named_by_numbers(
    done: World, coordinator: Client, made: list[Certificate]
) -> None:
    coordinator.post(at("certificate_revoke", made[2].pk), {"reason": "kļūda"})
    answer = coordinator.get(at("group_papers", done.group.pk))
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]

    assert archive.namelist() == ["LPR-2010-0001.pdf", "LPR-2010-0002.pdf"]
    assert archive.read("LPR-2010-0002.pdf") == made[1].read()


def test_a_damaged_paper_stops_the_archive_and_is_named(
    done: World, coordinator: Client, made: list[Certificate]
) -> None:
    Path(made[1].file.path).write_bytes(b"other")
    answer = coordinator.get(at("group_papers", done.group.pk), follow=True)

    assert answer.redirect_chain == [(at("group_certificates", done.group.pk), 302)]
    assert "LPR-2010/0002 dokuments ir zudis" in answer.content.decode()


def test_revoked_certificate_stays_on_the_group_page_and_looks_revoked(
    done: World, coordinator: Client, made: list[Certificate]
) -> None:
    page = coordinator.get(at("group_certificates", done.group.pk)).content.decode()
    assert "Visi dokumenti ir gatavi" in page
    coordinator.post(at("certificate_revoke", made[0].pk), {"reason": "kļūda uzvārdā"})
    page = coordinator.get(at("group_certificates", done.group.pk)).content.decode()
    assert "kļūda uzvārdā" in page and "1 atsaukta" in page

    page = coordinator.get(made[0].get_absolute_url()).content.decode()
    assert '<h2 class="card-title">Dokuments</h2></div>' in page
    assert 'class="btn" href="' + at("certificate_download", made[0].pk) in page


# --- The group -------------------------------------------------------------------------------


def test_group_page_tells_the_share_of_all_hours_as_every_list_does(
    done: World, coordinator: Client
) -> None:
    page = coordinator.get(at("group_certificates", done.group.pk)).content.decode()

    assert "No visām stundām" in page
    assert "100,0\u00a0%" in page


def test_group_page_names_who_can_and_why_others_cannot(done: World, coordinator: Client) -> None:
    miss(done.people()[0], done.law, 1)
    page = coordinator.get(at("group_certificates", done.group.pk)).content.decode()

    assert page.count('name="enrolments"') == 2
    assert "50\u00a0%" in page
    assert "Ķirša Mārīte" in page


def test_issue_button_issues_to_the_chosen(done: World, coordinator: Client) -> None:
    chosen = [row.pk for row in done.people()[:2]]
    answer = coordinator.post(
        at("group_issue", done.group.pk),
        {"enrolments": chosen, "template": done.template.pk, "issued_on": "2010-06-18"},
        follow=True,
    )

    assert answer.redirect_chain == [(at("group_certificates", done.group.pk), 302)]
    assert [row.enrolment_id for row in Certificate.objects.order_by("number")] == chosen
    assert {row.priority for row in Certificate.objects.all()} == {Priority.SOMEONE_WAITS}
    assert "LPR-2010/0001" in answer.content.decode()


def test_second_press_of_the_button_issues_nothing_more(done: World, coordinator: Client) -> None:
    values = {
        "enrolments": [row.pk for row in done.people()],
        "template": done.template.pk,
        "issued_on": "2010-06-18",
    }
    coordinator.post(at("group_issue", done.group.pk), values)
    answer = coordinator.post(at("group_issue", done.group.pk), values, follow=True)

    assert Certificate.objects.count() == 3
    assert answer.content.decode().count("LPR-2010/0001") >= 2  # named as the reason, and listed


@pytest.mark.parametrize(
    "change",
    [
        {"enrolments": []},
        {"issued_on": "2099-01-01"},
        {"issued_on": "x"},
        {"template": "0"},
        {"enrolments": ["0"]},
        {"enrolments": ["'"]},
        {"enrolments": ["9" * 19]},
        {"enrolments": ["-" + "9" * 40]},
        {"template": "9" * 30},
        {"issued_on": "0026-06-18"},
        {"issued_on": "2009-09-15"},
    ],
)
def test_bad_input_is_answered_beside_the_form_and_issues_nothing(
    change: dict[str, Any], done: World, coordinator: Client
) -> None:
    values = {
        "enrolments": [row.pk for row in done.people()[:1]],
        "template": done.template.pk,
        "issued_on": "2010-06-18",
    }
    answer = coordinator.post(at("group_issue", done.group.pk), values | change)

    assert answer.status_code == 422
    assert Certificate.objects.count() == 0
    assert 'name="enrolments"' in answer.content.decode()


def test_form_offers_no_day_before_the_training_ended(done: World, coordinator: Client) -> None:
    page = coordinator.get(at("group_certificates", done.group.pk)).content.decode()

    assert 'min="2009-09-16"' in page


def test_people_of_another_group_cannot_be_slipped_in(done: World, coordinator: Client) -> None:
    other = add_group(done, 1, 2)
    answer = coordinator.post(
        at("group_issue", done.group.pk),
        {
            "enrolments": [done.people(other)[0].pk],
            "template": done.template.pk,
            "issued_on": "2010-06-18",
        },
    )

    assert (answer.status_code, Certificate.objects.count()) == (422, 0)


def test_group_without_template_leads_to_making_one(done: World, coordinator: Client) -> None:
    CertificateTemplate.objects.all().delete()
    page = coordinator.get(at("group_certificates", done.group.pk)).content.decode()

    assert at("template_add", done.project.code) in page
    assert 'name="enrolments"' not in page


def test_progress_is_one_fragment_that_stops_asking_when_all_is_ready(
    done: World, coordinator: Client
) -> None:
    done.issue()
    address = at("group_certificates", done.group.pk)
    going = coordinator.get(address, headers={"HX-Request": "true"})
    documents.produce(documents.claim(Certificate, 50, owner="test"))
    still = coordinator.get(address, headers={"HX-Request": "true"}).content.decode()

    assert "<html" not in going.content.decode()
    assert "HX-Request" in going.headers["Vary"]
    assert ("every 1s" in going.content.decode(), "every 1s" in still) == (True, False)
    assert still.count("/pdf/") == 3


def test_progress_without_javascript_reloads_the_page(done: World, coordinator: Client) -> None:
    done.issue()
    page = coordinator.get(at("group_certificates", done.group.pk)).content.decode()

    assert '<meta http-equiv="refresh" content="5">' in page


def test_failed_paper_says_why_and_can_be_tried_again(done: World, coordinator: Client) -> None:
    row = done.issue()[0]
    Certificate.objects.filter(pk=row.pk).update(state="failed", failure="disk", attempts=3)
    page = coordinator.get(at("group_certificates", done.group.pk)).content.decode()
    assert at("certificate_retry", row.pk) in page
    answer = coordinator.post(at("certificate_retry", row.pk), {"back": "group"})
    row.refresh_from_db()

    assert answer.url == at("group_certificates", done.group.pk)
    assert (row.state, row.attempts) == (DocumentState.WAITING, 0)


def test_group_page_asks_the_same_questions_for_one_and_for_many(
    django_assert_num_queries: Any,
) -> None:
    world = build(people=1)
    add_group(world, 9, 2)
    client = signed_in(world.coordinator)
    client.get(at("certificate_list"))
    for group in world.groups:
        with django_assert_num_queries(17):
            client.get(at("group_certificates", group.pk))


# --- The list --------------------------------------------------------------------------------


def test_list_finds_by_number_name_and_state(made: list[Certificate], coordinator: Client) -> None:
    def found(**query: str) -> list[str]:
        answer = coordinator.get(at("certificate_list"), query)
        return [row.record.holder for row in answer.context["table"].rows]

    assert found() == ["Jānis Ozols", "Mārīte Ķirša", "Anna Bērziņa"]
    assert found(q="lpr-2010/2") == ["Mārīte Ķirša"]
    assert found(q="kirsa mar") == ["Mārīte Ķirša"]
    assert found(q="nobody") == []
    assert found(state="revoked") == []
    assert found(sort="holder") == ["Anna Bērziņa", "Mārīte Ķirša", "Jānis Ozols"]
    assert found(since="2010-06-19") == []
    assert found(project="latgale", state="valid", sort="-issued_on,number") != []


@pytest.mark.parametrize(
    "query",
    [{"state": "x"}, {"since": "x"}, {"group": "0"}, {"project": "none"}],
)
def test_senseless_filter_is_said_and_never_an_error(
    query: dict[str, str], made: list[Certificate], coordinator: Client
) -> None:
    answer = coordinator.get(at("certificate_list"), query)

    assert (answer.status_code, len(answer.context["table"].rows)) == (200, 0)


def test_workbook_holds_exactly_what_is_filtered(
    made: list[Certificate], coordinator: Client
) -> None:
    answer = coordinator.get(at("certificate_list"), {"q": "ozols", "export": "xlsx"})
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active

    assert [row[1].value for row in sheet.iter_rows(min_row=2)] == ["Jānis Ozols"]
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_list_asks_the_same_questions_for_one_and_for_three(
    made: list[Certificate], coordinator: Client, django_assert_num_queries: Any
) -> None:
    coordinator.get(at("certificate_list"))
    for query in ({"q": "ozols"}, {}):
        with django_assert_num_queries(10):
            coordinator.get(at("certificate_list"), query)


# --- One certificate -------------------------------------------------------------------------


def test_paper_is_handed_out_as_issued(made: list[Certificate], coordinator: Client) -> None:
    answer = coordinator.get(at("certificate_download", made[0].pk))

    assert answer.content == Path(made[0].file.path).read_bytes()
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="LPR-2010-0001.pdf"'
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_damaged_paper_is_not_handed_out_but_made_anew_at_a_press(
    made: list[Certificate], coordinator: Client
) -> None:
    Path(made[0].file.path).write_bytes(b"%PDF-forged")
    page = coordinator.get(at("certificate_download", made[0].pk))
    answer = coordinator.post(at("certificate_produce", made[0].pk), follow=True)
    made[0].refresh_from_db()

    assert b"forged" not in page.content
    assert at("certificate_produce", made[0].pk) in page.content.decode()
    assert (answer.headers["Content-Type"], made[0].rendition) == ("application/pdf", 2)


def test_disk_that_does_not_answer_is_said_and_nothing_is_made_anew(
    made: list[Certificate], coordinator: Client, own_store: Path
) -> None:
    """Every door says "later", and when the disk is back the paper is the issued one."""
    (own_store / "certificate").rename(own_store / "away")
    answers = [
        coordinator.get(at("certificate_download", made[0].pk)),
        coordinator.post(at("certificate_produce", made[0].pk)),
        coordinator.post(at("certificate_retry", made[0].pk)),
    ]
    (own_store / "away").rename(own_store / "certificate")

    assert [answer.status_code for answer in answers] == [503] * 3
    assert not any(b"certificate_produce" in answer.content for answer in answers)
    assert {answer.headers["Cache-Control"] for answer in answers} == {"private, no-store"}
    back = coordinator.get(at("certificate_download", made[0].pk))
    assert (back.content[:5], Certificate.objects.get(pk=made[0].pk).rendition) == (b"%PDF-", 1)


def test_first_download_of_a_waiting_paper_is_served_at_once(
    done: World, coordinator: Client
) -> None:
    rows = done.issue(priority=Priority.BEHIND)
    page = coordinator.get(at("certificate_download", rows[1].pk))
    answer = coordinator.post(at("certificate_produce", rows[1].pk), follow=True)

    assert at("certificate_produce", rows[1].pk) in page.content.decode()
    assert answer.content[:5] == b"%PDF-"
    assert sorted(Certificate.objects.values_list("state", flat=True)) == [
        "ready",
        "waiting",
        "waiting",
    ]


def test_revoking_takes_a_reason_and_shows_it_to_the_public_at_once(
    made: list[Certificate], coordinator: Client, client: Client
) -> None:
    address = at("certificate_revoke", made[0].pk)
    without = [coordinator.post(address, {"reason": each}) for each in (" ", "\u200b", "a\u202eb")]
    coordinator.post(address, {"reason": "kļūda uzvārdā"})
    public = client.get(at("verify", made[0].token)).content.decode()

    assert [answer.status_code for answer in without] == [422] * 3
    assert "kļūda uzvārdā" in public
    assert "verdict-bad" in public


def test_reissue_without_a_reason_is_answered_beside_the_form(
    made: list[Certificate], coordinator: Client, done: World
) -> None:
    address = at("certificate_reissue", made[0].pk)
    answers = [
        coordinator.post(address, {"reason": "\u200b", "template": done.template.pk}),
        coordinator.post(address, {}),
    ]
    miss(made[0].enrolment, done.law, 2)
    answers.append(coordinator.post(address, {"reason": "kļūda", "template": done.template.pk}))

    assert [answer.status_code for answer in answers] == [422] * 3
    assert Certificate.objects.valid().count() == 3


def test_reason_that_ends_a_sentence_ends_it_once(
    made: list[Certificate], coordinator: Client, client: Client
) -> None:
    coordinator.post(at("certificate_revoke", made[0].pk), {"reason": "Kļūda uzvārdā."})
    public = client.get(at("verify", made[0].token)).content.decode()

    assert ("Kļūda uzvārdā." in public, "Kļūda uzvārdā.." in public) == (True, False)


def test_reissue_leads_to_the_new_one_and_the_old_page_names_it(
    made: list[Certificate], coordinator: Client, client: Client, done: World
) -> None:
    answer = coordinator.post(
        at("certificate_reissue", made[0].pk),
        {"reason": "kļūda uzvārdā", "template": done.template.pk},
    )
    new = Certificate.objects.get(replaces=made[0])

    assert answer.url == new.get_absolute_url()
    assert at("verify", new.token) in client.get(at("verify", made[0].token)).content.decode()


# --- Public verification ---------------------------------------------------------------------


def test_verification_says_what_the_paper_says_to_anybody(
    made: list[Certificate], client: Client
) -> None:
    answer = client.get(at("verify", made[0].token))
    page = answer.content.decode()

    for words in ("Anna Bērziņa", "LPR-2010/0001", "Sociālā darba pamati", "verdict-ok"):
        assert words in page
    assert made[0].code in page


def test_verification_is_neither_kept_nor_listed_nor_passed_on(
    made: list[Certificate], client: Client
) -> None:
    for address in (at("verify", made[0].token), at("verify", "nothing"), at("verify_form")):
        answer = client.get(address)
        assert "no-store" in answer.headers["Cache-Control"]
        assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert "noindex" in answer.content.decode()


def test_unknown_code_and_printed_number_reveal_nothing(
    made: list[Certificate], client: Client
) -> None:
    pages = [
        client.get(at("verify", typed))
        for typed in ("0" * 26, "LPR-2010-0001", str(made[0].pk), "%00", "' OR 1=1 --")
    ]

    assert {page.status_code for page in pages} == {404}
    assert not any("Anna" in page.content.decode() for page in pages)


@pytest.mark.parametrize("style", ["upper", "lower", "grouped", "misread"])
def test_code_from_the_paper_leads_to_the_certificate(
    style: str, made: list[Certificate], client: Client
) -> None:
    token = made[0].token
    typed = {
        "upper": token,
        "lower": token.lower(),
        "grouped": made[0].code,
        "misread": token.replace("0", "O").replace("1", "I"),
    }[style]
    answer = client.get(at("verify_form"), {"code": typed})

    assert answer.url == at("verify", token)


@pytest.mark.parametrize(
    ("typed", "said"),
    [("7KQF-2M9D-XT4R8", "26 letters"), ("LPR-2010/0001", "This is the number")],
)
def test_wrong_code_is_said_beside_the_field(client: Client, typed: str, said: str) -> None:
    client.cookies["language"] = "en"
    answer = client.get(at("verify_form"), {"code": typed})

    assert said in answer.context["form"].errors["code"][0]
    assert "The certificate was not looked for" in answer.content.decode()
    assert f'value="{typed}"' in answer.content.decode()


# --- Who -------------------------------------------------------------------------------------


def people(world: World) -> dict[str, Any]:
    """Everybody who might come, by role."""
    lead = world.project.lead
    participant = Certificate.objects.order_by("pk").first().participant
    participant.user = UserFactory()
    participant.save()
    return {
        "coordinator": world.coordinator,
        "officer": MembershipFactory(role=Role.OFFICER, organisation=lead).user,
        "auditor": MembershipFactory(role=Role.AUDITOR, project=world.project).user,
        "funder": MembershipFactory(role=Role.FUNDER, project=world.project).user,
        "trainer": GroupTrainerFactory(group=world.group).user,
        "participant": participant.user,
        "stranger": UserFactory(),
    }


SEES = {
    "certificate_detail": {"coordinator", "officer", "auditor", "participant"},
    "certificate_download": {"coordinator", "officer", "auditor", "participant"},
    "certificate_revoke": {"coordinator"},
    "certificate_reissue": {"coordinator"},
}


@pytest.mark.parametrize("name", SEES)
def test_who_may_open_a_certificate(name: str, made: list[Certificate], done: World) -> None:
    answers = {
        role: signed_in(user).get(at(name, made[0].pk)).status_code
        for role, user in people(done).items()
    }

    assert {role for role, status in answers.items() if status == 200} == SEES[name]
    assert {answers[role] for role in ("funder", "trainer", "stranger")} == {404}


def test_participant_sees_only_his_own(made: list[Certificate], done: World) -> None:
    client = signed_in(people(done)["participant"])
    mine = client.get(at("my_certificates")).content.decode()

    assert (made[0].display_number in mine, made[1].display_number in mine) == (True, False)
    assert client.get(at("certificate_detail", made[1].pk)).status_code == 404
    assert client.get(at("group_certificates", done.group.pk)).status_code in {403, 404}


@pytest.mark.parametrize("name", ["certificate_produce", "certificate_retry"])
def test_only_the_holder_and_the_coordinator_have_papers_made(name: str, done: World) -> None:
    row = done.issue()[0]
    may = {"coordinator", "participant"} if name == "certificate_produce" else {"coordinator"}
    statuses = {}
    for role, user in people(done).items():
        statuses[role] = signed_in(user).post(at(name, row.pk)).status_code

    assert {role for role, status in statuses.items() if status == 302} == may


def test_funder_and_trainer_see_no_list_of_people(made: list[Certificate], done: World) -> None:
    for role in ("funder", "trainer", "stranger"):
        client = signed_in(people(done)[role])
        answer = client.get(at("certificate_list"), {"export": "csv"})
        assert "Anna" not in answer.content.decode()
        assert client.get(at("group_certificates", done.group.pk)).status_code in {403, 404}


# --- Templates -------------------------------------------------------------------------------

FORM = {
    "language": "lv+en",
    "kind_lv": "par dalību",
    "kind_en": "Certificate of attendance",
    "series": "abc",
    "place_lv": "Rēzeknē",
    "place_en": "Rēzekne",
    "hours_shown": "attended",
    "signatories-TOTAL_FORMS": "2",
    "signatories-INITIAL_FORMS": "0",
    "signatories-0-name": "Ināra Parauga",
    "signatories-0-office_lv": "Vadītāja",
    "signatories-0-office_en": "Head",
}


def test_template_is_made_by_a_form_with_its_signatories(done: World, coordinator: Client) -> None:
    answer = coordinator.post(at("template_add", done.project.code), FORM)
    template = CertificateTemplate.objects.get(series="ABC")

    assert answer.url == at("template_list", done.project.code)
    assert [row.name for row in template.signatories.all()] == ["Ināra Parauga"]
    assert coordinator.get(at("template_preview", template.pk)).content[:5] == b"%PDF-"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("series", "a-b"),
        ("series", ""),
        ("kind_en", ""),
        ("signatories-0-office_en", ""),
        ("language", "lt"),
        ("kind_lv", "x" * 5000),
        ("kind_lv", "a\u202eb"),
    ],
)
def test_faulty_template_is_not_kept_and_nothing_typed_is_lost(
    field: str, value: str, done: World, coordinator: Client
) -> None:
    answer = coordinator.post(at("template_add", done.project.code), FORM | {field: value})

    assert answer.status_code == 422
    assert "invalid-feedback" in answer.content.decode()
    assert "Ināra Parauga" in answer.content.decode()
    assert CertificateTemplate.objects.count() == 1


def test_preview_that_cannot_be_drawn_says_why_in_words(done: World, coordinator: Client) -> None:
    """The drawing is plain, but a side of it is no number."""
    logo = Logo.objects.filter(visual_set__language="lv").get()
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="px"/></svg>'
    logo.file.save("logo.svg", ContentFile(svg))
    answer = coordinator.get(at("template_preview", done.template.pk), follow=True)
    told = [str(each) for each in answer.context["messages"]]

    assert told == [f"Priekšskatījuma nav: {Failure.PICTURE.label}"]


def test_project_without_templates_leads_to_the_first(done: World, coordinator: Client) -> None:
    CertificateTemplate.objects.all().delete()
    address = at("template_list", done.project.code)
    officer = MembershipFactory(role=Role.OFFICER, organisation=done.project.lead).user
    pages = [each.get(address).content.decode() for each in (coordinator, signed_in(officer))]

    assert [page.count(at("template_add", done.project.code)) for page in pages] == [2, 0]


def test_archived_template_comes_back(done: World, coordinator: Client) -> None:
    page = at("template_list", done.project.code)
    for wanted in ("archived", "current"):
        assert f'name="wanted" value="{wanted}"' in coordinator.get(page).content.decode()
        for _press in range(2):
            coordinator.post(at("template_archive", done.template.pk), {"wanted": wanted})
            done.template.refresh_from_db()
            assert done.template.is_archived == (wanted == "archived")


def test_bringing_back_what_is_there_leaves_it_offered_first(
    done: World, coordinator: Client
) -> None:
    coordinator.post(at("template_archive", done.template.pk), {"wanted": "current"})
    done.template.refresh_from_db()
    assert done.template.is_default
