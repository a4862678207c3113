"""The second step: who must take it, that nothing goes round it, and the way out of a lost device."""

import re
import time
from urllib.parse import unquote

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from portal.access import sees_much
from portal.models import SecondStepReset, User
from projects.models import Role
from tests.factories import GroupTrainerFactory, MembershipFactory, ParticipantFactory, UserFactory
from tests.portal.test_signing_in import PASSWORD, sign_in_by_code

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
INDEX, TODAY, ASK = "/accounts/second-step/", "/today/", "/accounts/second-step/ask/"
AGAIN = "/accounts/second-step/again/"


@pytest.fixture(autouse=True)
def required(settings):
    """As in production; the demo and the other tests only offer it."""
    settings.MFA_REQUIRED = True


@pytest.fixture
def coordinator():
    return person(MembershipFactory(role=Role.ADMIN, everything=True).user)


def person(user: User) -> User:
    user.set_password(PASSWORD)
    user.save()
    return user


def code_of(secret: str = SECRET, late: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + late))


def sign_in(client: Client, user: User, **extra: str):
    fields = {"login": user.email, "password": PASSWORD, **extra}
    return client.post("/accounts/login/", fields)


def with_app(user: User) -> User:
    TOTP.activate(user, SECRET)
    RecoveryCodes.activate(user)
    return user


def set_up(client: Client) -> None:
    client.get(f"{INDEX}app/")
    client.post(f"{INDEX}app/", {"code": code_of(client.session["mfa.totp.secret"])})


@pytest.mark.parametrize("role", list(Role))
def test_every_role_of_a_project_must_take_it(role):
    assert sees_much(MembershipFactory(role=role).user)


def test_trainers_and_participants_need_not(client):
    for user in (GroupTrainerFactory().user, ParticipantFactory(user=UserFactory()).user):
        client.force_login(user)
        assert client.get(TODAY).status_code == 200


def test_signing_in_leads_to_setting_it_up_and_on_to_the_page_asked_for(client, coordinator):
    sign_in(client, coordinator, next="/projects/?q=x")
    led = client.get("/projects/?q=x")
    assert led.headers["Location"] == INDEX

    set_up(client)
    codes = client.get(f"{INDEX}codes/")

    assert client.session["after_second_step"] == "/projects/?q=x"
    assert codes.context["after"] == "/projects/?q=x"
    assert client.get("/projects/?q=x").status_code == 200


ELSEWHERE = [
    ("get", "today", 302),
    ("get", "my_account", 302),
    ("post", "my_account", 302),
    ("get", "account_change_password", 302),
    ("post", "account_change_password", 302),
    ("get", "public_front", 302),
    ("get", "mfa_view_recovery_codes", 302),
    ("post", "user_invite", 302),
    ("post", "job_retry_all", 302),
    ("get", "admin:index", 302),
    ("get", "mfa_index", 200),
    ("get", "mfa_activate_totp", 200),
    ("get", "mfa_add_webauthn", 200),
    ("get", "contact", 200),
]


@pytest.mark.parametrize(("method", "name", "status"), ELSEWHERE)
def test_nothing_else_is_open_until_then(client, coordinator, method, name, status):
    sign_in(client, coordinator)
    answer = getattr(client, method)(reverse(name))

    assert answer.status_code == status
    assert status == 200 or answer.headers["Location"] == INDEX


def test_leaving_and_language_are_open_until_then(client, coordinator):
    client.force_login(coordinator)
    spoken = client.post("/language/", {"language": "en", "next": INDEX})
    left = client.post("/accounts/logout/")

    assert (spoken.status_code, spoken.cookies["language"].value) == (302, "en")
    assert left.status_code == 302
    assert "_auth_user_id" not in client.session


def test_programs_and_parts_of_pages_are_told_in_their_way(client, coordinator):
    client.force_login(coordinator)
    program = client.get("/api/v1/projects")
    part = client.get(TODAY, headers={"HX-Request": "true"})

    assert (program.status_code, list(program.json())) == (401, ["detail"])
    assert part.headers["HX-Redirect"] == INDEX


def test_it_is_asked_for_after_a_password(client, coordinator):
    sign_in(client, with_app(coordinator))
    assert "_auth_user_id" not in client.session
    wrong = client.post(ASK, {"code": "000000"})
    right = client.post(ASK, {"code": code_of()})

    assert wrong.context["form"].errors
    assert right.status_code == 302
    assert client.get(TODAY).status_code == 200


def test_a_code_by_mail_does_not_go_round_it(client, coordinator):
    sign_in_by_code(client, with_app(coordinator).email)

    assert "_auth_user_id" not in client.session
    assert client.get(TODAY).headers["Location"].startswith("/accounts/login/")


def test_a_new_password_does_not_go_round_it(client, coordinator):
    client.post("/accounts/password/reset/", {"email": with_app(coordinator).email})
    link = re.search(r"https?://[^/]+(/accounts/password/reset/key/\S+)", mail.outbox[-1].body)
    form = client.get(link[1], follow=True).redirect_chain[-1][0]
    new = "pavisam cita gara parole"
    client.post(form, {"password1": new, "password2": new})
    assert "_auth_user_id" not in client.session

    client.post("/accounts/login/", {"login": coordinator.email, "password": new})

    assert "_auth_user_id" not in client.session
    assert client.get(ASK).status_code == 200


def test_a_code_used_twice_is_refused(client, coordinator):
    sign_in(client, with_app(coordinator))
    code = code_of()
    client.post(ASK, {"code": code})
    thief = Client()
    sign_in(thief, coordinator)
    thief.post(ASK, {"code": code})

    assert "_auth_user_id" in client.session
    assert "_auth_user_id" not in thief.session


def test_guessing_the_digits_is_stopped(client, coordinator):
    sign_in(client, with_app(coordinator))
    for _attempt in range(20):
        client.post(ASK, {"code": "000000"})
    client.post(ASK, {"code": code_of()})

    assert "_auth_user_id" not in client.session


def test_another_browser_proves_it_where_it_was_set_up_meanwhile(client, coordinator):
    client.force_login(coordinator)
    with_app(coordinator)
    led = client.get("/projects/")
    assert led.headers["Location"] == f"{AGAIN}?next=%2Fprojects%2F"
    assert client.get("/accounts/reauthenticate/").headers["Location"].startswith(AGAIN)

    back = client.post(AGAIN, {"code": code_of(), "next": "/projects/"})

    assert back.headers["Location"] == "/projects/"
    assert client.get("/projects/").status_code == 200


def test_recovery_codes_are_shown_in_one_answer_only_and_each_works_once(client, coordinator):
    sign_in(client, coordinator)
    set_up(client)
    before = client.get(f"{INDEX}codes/").content.decode()
    shown = client.post(f"{INDEX}codes/")
    codes = shown.context["made"]
    after = client.get(f"{INDEX}codes/").content.decode()

    assert len(set(codes)) == 10
    assert [code for code in codes if code in before + after] == []
    link = re.search(r'href="data:text/plain;charset=utf-8,([^"]+)"', shown.content.decode())
    assert unquote(link[1]).splitlines()[2:] == codes
    client.post("/accounts/logout/")
    for expected in (True, False):
        other = Client()
        sign_in(other, coordinator)
        other.post(ASK, {"code": codes[3]})
        assert ("_auth_user_id" in other.session) == expected


def test_secrets_are_sealed_in_the_database(coordinator, settings, caplog):
    row = with_app(coordinator).authenticator_set.get(type=Authenticator.Type.TOTP)
    assert SECRET not in str(row.data)
    assert row.wrap().validate_code(code_of())

    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another" * 10
    assert row.wrap().validate_code(code_of(late=-9)) is False
    settings.SECRET_KEY_FALLBACKS = []
    assert row.wrap().validate_code(code_of()) is False
    assert "must be reset" in caplog.text


def test_the_last_device_stays_where_one_must_be(client, coordinator, settings):
    sign_in(client, coordinator)
    set_up(client)

    refused = client.post(f"{INDEX}app/remove/")
    assert refused.context["form"].non_field_errors()
    settings.MFA_REQUIRED = False
    client.post(f"{INDEX}app/remove/")

    assert not Authenticator.objects.filter(user=coordinator).exists()


def test_administrator_resets_it_with_a_reason_that_is_kept(
    client, coordinator, django_capture_on_commit_callbacks
):
    lost = with_app(person(MembershipFactory(role=Role.OFFICER).user))
    theirs = Client()
    theirs.force_login(lost)
    boss = with_app(coordinator)
    sign_in(client, boss)
    client.post(ASK, {"code": code_of()})
    page = reverse("user_reset_second_step", args=[lost.pk])

    empty = client.post(page, {"reason": " "})
    assert (empty.status_code, list(empty.context["form"].errors)) == (422, ["reason"])
    with django_capture_on_commit_callbacks(execute=True):
        client.post(page, {"reason": "Nozaudēts tālrunis"})

    row = SecondStepReset.objects.get()
    assert (row.account, row.by, row.reason) == (lost, boss, "Nozaudēts tālrunis")
    assert not Authenticator.objects.filter(user=lost).exists()
    assert theirs.get(TODAY).headers["Location"].startswith("/accounts/login/")
    assert [letter.to for letter in mail.outbox] == [[lost.email]]
    assert "Nozaudēts tālrunis" in client.get(reverse("user_edit", args=[lost.pk])).text


def test_nobody_resets_the_own_one(client, coordinator):
    sign_in(client, with_app(coordinator))
    client.post(ASK, {"code": code_of()})

    answer = client.post(
        reverse("user_reset_second_step", args=[coordinator.pk]), {"reason": "Nozaudēts"}
    )

    assert answer.status_code == 403
    assert Authenticator.objects.filter(user=coordinator).exists()


def test_command_line_resets_it_for_the_last_administrator(coordinator):
    with_app(coordinator)
    call_command("reset_second_step", coordinator.email.upper(), "Viens administrators")
    for email, reason in (("nobody@demo.invalid", "x"), (coordinator.email, " ")):
        with pytest.raises(CommandError):
            call_command("reset_second_step", email, reason)

    row = SecondStepReset.objects.get()
    assert (row.by, row.reason) == (None, "Viens administrators")
    assert Authenticator.objects.count() == 0


def test_demo_offers_it_and_forces_nobody(client, coordinator, settings):
    settings.MFA_REQUIRED = False
    client.force_login(coordinator)

    assert client.get(TODAY).status_code == 200
    assert client.get(INDEX).status_code == 200
