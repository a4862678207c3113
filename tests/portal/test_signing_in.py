"""Signing in: one spelling of an address, a dear password, no door to sign up by oneself."""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from portal.hashers import Argon2idHasher
from portal.models import User

PASSWORD = "garš-un-neuzminams-vārds"


def sign_in_by_code(client: Client, email: str) -> None:
    client.post("/accounts/login/code/", {"email": email})
    message = mail.outbox[-1]
    assert message.to == [email]
    found = re.search(r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]{3,})\s*$", message.body, re.M)
    assert found, message.body
    client.post("/accounts/login/code/confirm/", {"code": found[1]})


@pytest.fixture
def ieva(db: None) -> User:
    return User.objects.create_user(
        "Ieva@Demo.Invalid", PASSWORD, first_name="Ieva", last_name="Paraudziņa"
    )


def test_address_has_one_spelling(ieva: User) -> None:
    assert ieva.email == "ieva@demo.invalid"
    assert User.objects.get(email=" IEVA@demo.invalid ") == ieva
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.bulk_create([User(email="IEVA@DEMO.INVALID")])


def test_second_account_is_refused_beside_the_field(ieva: User) -> None:
    with pytest.raises(ValidationError) as refused:
        User(email="IEVA@demo.invalid", password="!").full_clean()

    assert list(refused.value.message_dict) == ["email"]


def test_name_is_the_full_name_or_else_the_address(ieva: User) -> None:
    assert ieva.name == "Ieva Paraudziņa"
    assert User(email="x@demo.invalid").name == "x@demo.invalid"


def test_password_costs_what_was_chosen() -> None:
    encoded = Argon2idHasher().encode(PASSWORD, "saltsaltsaltsalt")

    assert encoded.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert Argon2idHasher().verify(PASSWORD, encoded)
    assert Argon2idHasher.algorithm == Argon2PasswordHasher.algorithm


def test_sign_in_by_password(client: Client, ieva: User) -> None:
    client.post("/accounts/login/", {"login": "IEVA@demo.invalid", "password": PASSWORD})

    assert client.session["_auth_user_id"] == str(ieva.pk)


def test_wrong_password_is_told_as_such(client: Client, ieva: User) -> None:
    client.cookies["language"] = "en"
    answer = client.post("/accounts/login/", {"login": ieva.email, "password": "guess"})

    assert "You are not signed in" in answer.content.decode()
    assert "saved" not in answer.content.decode()


def test_sign_in_by_code(client: Client, ieva: User) -> None:
    sign_in_by_code(client, ieva.email)

    assert client.session["_auth_user_id"] == str(ieva.pk)


def test_nobody_lays_hands_on_the_address_of_another(client: Client, ieva: User) -> None:
    other = User.objects.create_user("other@demo.invalid", PASSWORD)
    client.force_login(other)
    for fields in ({"email": ieva.email, "action_add": ""}, {"email": "x@demo.invalid"}):
        assert client.post("/accounts/email/", fields).status_code == 404

    owner = Client()
    sign_in_by_code(owner, ieva.email)

    assert owner.session["_auth_user_id"] == str(ieva.pk)
    assert {(each.user, each.email) for each in EmailAddress.objects.all()} == {
        (ieva, "ieva@demo.invalid"),
        (other, "other@demo.invalid"),
    }


def test_address_of_an_account_is_proven_and_its_alone(ieva: User) -> None:
    other = User.objects.create_user("other@demo.invalid")

    assert EmailAddress.objects.get(user=ieva).verified
    with pytest.raises(IntegrityError), transaction.atomic():
        EmailAddress.objects.create(user=other, email=ieva.email, verified=True)


def test_stranger_asking_for_a_code_gets_the_same_page_and_no_mail(
    client: Client, ieva: User
) -> None:
    known = client.post("/accounts/login/code/", {"email": ieva.email})
    unknown = Client().post("/accounts/login/code/", {"email": "nobody@demo.invalid"})

    assert (unknown.status_code, unknown.headers["Location"]) == (302, known.headers["Location"])
    page = client.get(known.headers["Location"])
    assert [str(each) for each in page.context["messages"]] == ["Ieskatieties e-pastā"]
    assert [message.to for message in mail.outbox] == [[ieva.email]]


@pytest.mark.parametrize(
    ("language", "subjects", "greeting"),
    [
        ("lv", ["Kods, ar ko ienākt portālā", "Jauna parole"], "Labdien!\n"),
        ("en", ["Your code for signing in", "A new password"], "Good day!\n"),
    ],
)
def test_letters_are_in_the_words_of_the_portal(
    client: Client, ieva: User, language: str, subjects: list[str], greeting: str
) -> None:
    client.cookies["language"] = language
    for page in ("/accounts/login/code/", "/accounts/password/reset/"):
        client.post(page, {"email": ieva.email})

    assert [letter.subject for letter in mail.outbox] == subjects
    assert [letter.body[: len(greeting)] for letter in mail.outbox] == [greeting] * 2


@pytest.mark.parametrize("page", ["/accounts/login/code/", "/accounts/password/reset/"])
def test_mail_server_that_is_down_tells_nobody_who_has_an_account(
    page: str, ieva: User, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {"host": "127.0.0.1", "port": 9},
        }
    }
    known, unknown = (
        Client().post(page, {"email": email}, follow=True)
        for email in (ieva.email, "eeva@demo.invalid")
    )

    assert known.redirect_chain == unknown.redirect_chain != []
    assert known.status_code == unknown.status_code == 200
    assert caplog.text.count("not sent: ConnectionRefusedError") == 1
    assert ieva.email not in caplog.text


def test_nobody_signs_up(client: Client, db: None) -> None:
    fields = {"email": "new@demo.invalid", "password1": PASSWORD, "password2": PASSWORD}
    client.post("/accounts/signup/", fields)

    assert not User.objects.exists()


def test_forty_people_sign_in_from_one_address(db: None) -> None:
    people = [User.objects.create_user(f"p{n}@demo.invalid", PASSWORD) for n in range(40)]
    signed_in = []
    for person in people:
        client = Client()
        client.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
        signed_in.append(client.session.get("_auth_user_id"))

    assert signed_in == [str(person.pk) for person in people]


def test_guessing_at_one_account_is_stopped(client: Client, ieva: User) -> None:
    for _attempt in range(6):
        client.post("/accounts/login/", {"login": ieva.email, "password": "wrong"})
    client.post("/accounts/login/", {"login": ieva.email, "password": PASSWORD})

    assert "_auth_user_id" not in client.session


def test_limit_is_not_washed_out_by_asking_for_others(client: Client, ieva: User) -> None:
    for _attempt in range(5):
        client.post("/accounts/login/", {"login": ieva.email, "password": "wrong"})
    for number in range(1000):
        cache.set(f"somebody-else-{number}", [1.0])
    client.post("/accounts/login/", {"login": ieva.email, "password": PASSWORD})

    assert "_auth_user_id" not in client.session
