"""Signing in: one spelling of an address, a dear password, no door to sign up by oneself."""

import re
from typing import Any, ClassVar

import pytest
from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import Argon2PasswordHasher, PBKDF2PasswordHasher
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.management import call_command
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


HERE, ELSEWHERE = {"REMOTE_ADDR": "192.0.2.7"}, {"REMOTE_ADDR": "198.51.100.9"}


def guess(email: str, times: int, **place: Any) -> None:
    for number in range(times):
        client = Client(headers={"X-Forwarded-For": f"203.0.113.{number}"}, **place)
        client.post("/accounts/login/", {"login": email, "password": f"wrong {number}"})


def gets_in(email: str, **place: Any) -> bool:
    client = Client(**place)
    client.post("/accounts/login/", {"login": email, "password": PASSWORD})
    return "_auth_user_id" in client.session


@pytest.fixture(params=["memory", "database"])
def limits(request: pytest.FixtureRequest, settings: Any, transactional_db: None) -> None:
    """Where limits are kept: in the demo, and in production, where Redis holds none of them."""
    if request.param == "database":
        settings.CACHES = {
            "default": {
                "BACKEND": "django.core.cache.backends.db.DatabaseCache",
                "LOCATION": "portal_cache",
            }
        }
        settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"  # nobody answers there
        call_command("createcachetable")
        cache.clear()


def test_guessing_at_one_account_is_stopped_and_its_owner_gets_in_elsewhere(limits: None) -> None:
    ieva = User.objects.create_user("ieva@demo.invalid", PASSWORD)
    guess(ieva.email, 5, **HERE)  # a forged address before the real one helps nothing

    assert not gets_in(ieva.email, **HERE)
    assert gets_in(ieva.email, **ELSEWHERE)


def test_fifty_guesses_slow_one_account_whose_owner_gets_in_by_mail(ieva: User) -> None:
    neighbour = User.objects.create_user("neighbour@demo.invalid", PASSWORD)
    for number in range(10):  # from ten addresses, five each
        guess(ieva.email, 5, REMOTE_ADDR=f"192.0.2.{number}")
    owner = Client(**ELSEWHERE)
    sign_in_by_code(owner, ieva.email)

    assert not gets_in(ieva.email, **ELSEWHERE)
    assert owner.session["_auth_user_id"] == str(ieva.pk)
    assert gets_in(neighbour.email, **HERE)


def test_address_behind_own_proxies_is_the_one_they_saw(settings: Any, rf: Any) -> None:
    request = rf.get("/", headers={"X-Forwarded-For": "203.0.113.1, 192.0.2.7"})
    seen = []
    for proxies in (0, 1):
        settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
        seen.append(get_adapter().get_client_ip(request))

    assert seen == ["127.0.0.1", "192.0.2.7"]


def test_forty_passkeys_from_one_address_are_no_attack(client: Client, db: None) -> None:
    answers = {client.post("/accounts/second-step/key/sign-in/").status_code for _n in range(40)}

    assert answers == {302}


def test_too_many_tries_are_told_in_plain_words(client: Client, ieva: User) -> None:
    for _attempt in range(6):
        answer = client.post("/accounts/password/reset/", {"email": ieva.email})

    assert answer.status_code == 429
    assert "Pārāk daudz mēģinājumu" in answer.content.decode()


class Counting(Argon2idHasher):
    """Remembers how long the passwords were that it had to chew."""

    chewed: ClassVar[list[int]] = []

    def encode(self, password: str, salt: str) -> str:
        self.chewed.append(len(password))
        return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        self.chewed.append(len(password))
        return super().verify(password, encoded)


def test_password_longer_than_any_is_never_hashed(ieva: User, settings: Any) -> None:
    settings.PASSWORD_HASHERS = [f"{__name__}.Counting"]
    ieva.set_password(PASSWORD)
    ieva.save()
    Counting.chewed.clear()
    long = "ā" * 129
    for email in (ieva.email, "nobody@demo.invalid"):
        answer = Client().post("/accounts/login/", {"login": email, "password": long})
        assert answer.context["form"].errors
    client = Client()
    client.force_login(ieva)
    page = "/accounts/password/change/"
    for old, new in ((long, "pavisam cita gara parole"), (PASSWORD, long)):
        changed = client.post(page, {"oldpassword": old, "password1": new, "password2": new})
        assert changed.context["form"].errors

    assert max(Counting.chewed) < 129


@pytest.mark.parametrize("old", [PBKDF2PasswordHasher(), Argon2PasswordHasher()])
def test_old_hash_is_made_anew_at_sign_in(ieva: User, settings: Any, old: Any) -> None:
    settings.PASSWORD_HASHERS = settings.PASSWORD_HASHERS[1:]  # as in production
    ieva.password = old.encode(PASSWORD, "saltsaltsaltsalt")
    ieva.save()
    assert "m=19456,t=2,p=1" not in ieva.password

    assert gets_in(ieva.email)

    ieva.refresh_from_db()
    assert ieva.password.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert gets_in(ieva.email)


def test_limit_is_not_washed_out_by_asking_for_others(client: Client, ieva: User) -> None:
    for _attempt in range(5):
        client.post("/accounts/login/", {"login": ieva.email, "password": "wrong"})
    for number in range(1000):
        cache.set(f"somebody-else-{number}", [1.0])
    client.post("/accounts/login/", {"login": ieva.email, "password": PASSWORD})

    assert "_auth_user_id" not in client.session
