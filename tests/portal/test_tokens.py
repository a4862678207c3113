"""Tokens: shown when made, known by their sha256, refused the day after their last."""

import re
import time
from datetime import timedelta
from types import SimpleNamespace
from urllib.parse import urlencode

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal import demo
from portal.actions import MOST_TOKENS, make_token, reset_second_step, revoke_token, set_active
from portal.models import AccessLog, ApiToken
from portal.tokens import PREFIX, digest_of
from portal.views import tokens
from projects.models import Role
from tests.factories import MembershipFactory, ProjectFactory, UserFactory
from tests.guards import WritingGetError, refuse_writes
from tests.portal.test_second_step import AGAIN, code_of, with_app
from tests.signing import just_signed_in

pytestmark = pytest.mark.django_db
LISTED = "/api/v1/projects"


def today():
    return timezone.localdate()


def token(user, days=30):
    return make_token(user=user, name="Statistika", expires_on=today() + timedelta(days))


def asked(secret, address=LISTED, scheme="Bearer"):
    return Client(headers={"authorization": f"{scheme} {secret}"}).get(address)


@pytest.fixture
def holder():
    return MembershipFactory(role=Role.COORDINATOR, organisation=ProjectFactory().lead).user


def test_secret_is_long_random_and_kept_nowhere(holder):
    row, secret = token(holder)

    assert re.fullmatch(PREFIX + r"[\w-]{43}", secret)
    assert secret not in str(ApiToken.objects.values().get())
    assert row.digest == digest_of(secret)
    assert token(holder)[1] != secret


def test_token_opens_what_its_owner_sees(holder):
    _row, secret = token(holder)
    answer = asked(secret)

    assert [row["code"] for row in answer.json()["results"]] == [
        holder.memberships.get().organisation.led_projects.get().code
    ]
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "Authorization" in answer.headers["Vary"]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda row: ApiToken.objects.update(expires_on=today() - timedelta(1)),
        lambda row: revoke_token(token=row),
        lambda row: row.user.__class__.objects.filter(pk=row.user_id).update(is_active=False),
        lambda row: row.user.delete(),
    ],
    ids=["expired", "revoked", "closed", "gone"],
)
def test_token_that_no_longer_holds_is_refused_everywhere(holder, spoil):
    row, secret = token(holder)
    holder.memberships.all().delete()
    spoil(row)

    for address in (LISTED, "/api/v1/groups", "/api/v1/openapi.json", "/api/v1/nothing"):
        answer = asked(secret, address)
        assert (answer.status_code, list(answer.json())) == (401, ["detail"])
        assert answer.headers["WWW-Authenticate"] == 'Bearer realm="portal", error="invalid_token"'


@pytest.mark.parametrize("scheme", ["Basic", "Token", "", "Bearer  x"])
@pytest.mark.parametrize("secret", ["", "trp_", "x" * 5000, "trp_é", "a b c"])
def test_anything_else_in_the_header_is_refused(scheme, secret):
    client = Client(headers={"authorization": f"{scheme} {secret}"})
    assert client.get(LISTED).status_code == 401


def test_wrong_token_is_refused_beside_a_session(holder):
    client = Client(headers={"authorization": "Bearer trp_wrong"})
    client.force_login(holder)
    assert client.get(LISTED).status_code == 401


def test_token_wins_over_the_session_and_opens_no_page(holder):
    _row, secret = token(holder)
    client = Client(headers={"authorization": f"Bearer {secret}"})
    page = client.get("/today/")
    client.force_login(UserFactory())

    assert page.status_code == 302
    assert client.get(LISTED).json()["count"] == 1


def test_last_day_is_the_last(holder):
    _row, secret = token(holder, days=0)
    assert asked(secret).status_code == 200


@pytest.mark.parametrize("days", [-1, 366, 4000])
def test_day_must_lie_within_a_year(holder, days):
    with pytest.raises(ValidationError) as refused:
        token(holder, days)
    assert "expires_on" in refused.value.message_dict


def test_day_of_use_is_written_once_a_day(holder, django_assert_num_queries):
    row, secret = token(holder)
    asked(secret)
    row.refresh_from_db()
    assert row.last_used_on == today()
    with django_assert_num_queries(4):  # token, roles for the log, count, rows
        asked(secret)


def test_a_get_may_write_nothing_else_about_tokens():
    for sql in ('UPDATE "portal_apitoken" SET "expires_on" = 1', 'DELETE FROM "portal_apitoken"'):
        with pytest.raises(WritingGetError):
            refuse_writes(lambda *_: None, sql)


def test_what_an_auditor_reads_by_token_is_kept():
    membership = MembershipFactory(role=Role.AUDITOR, project=ProjectFactory())
    _row, secret = token(membership.user)
    code = membership.project.code
    asked(secret, f"{LISTED}/{code}")
    asked(secret, "/api/v1/certificates?page=1&project=x")
    asked(secret, "/api/v1/projects/none")

    kept = AccessLog.objects.order_by("pk").values_list("user", "address", "project")
    assert list(kept) == [
        (membership.user_id, f"{LISTED}/{code}", code),
        (membership.user_id, "/api/v1/certificates?page&project", "x"),
    ]


def test_words_come_in_the_language_of_the_account(holder):
    holder.language = "en"
    holder.save()
    assert asked(token(holder)[1]).headers["Content-Language"] == "en"


def test_no_more_than_some_and_a_revoked_one_makes_room(holder):
    rows = [token(holder)[0] for _each in range(MOST_TOKENS)]
    with pytest.raises(ValidationError):
        token(holder)
    revoke_token(token=rows[0])
    token(holder)


def test_closing_an_account_ends_its_tokens_for_good(holder):
    _row, secret = token(holder)
    set_active(user=holder, active=False)
    set_active(user=holder, active=True)
    assert asked(secret).status_code == 401


def test_reset_of_the_second_step_ends_the_tokens_too(holder):
    _row, secret = token(holder)
    reset_second_step(account=holder, by=None, reason="Nozaudēts tālrunis")
    assert asked(secret).status_code == 401


# --- The pages --------------------------------------------------------------------------------


def made(client, **fields):
    typed = {"name": "Statistika", "expires_on": today() + timedelta(10), **fields}
    return client.post(reverse("token_make"), typed)


def test_page_shows_the_secret_once_and_making_is_not_repeated(client, holder):
    just_signed_in(client, holder)
    answer = made(client)
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("token_list"))
    client.head(reverse("token_list"))  # looks at nothing
    shown = client.get(reverse("token_list"))
    secret = shown.context["secret"]

    assert asked(secret).status_code == 200
    assert shown.content.decode().count(secret) == 2  # by itself, and in the example
    assert shown.headers["Cache-Control"] == "private, no-store"
    again = client.get(reverse("token_list")).content.decode()
    assert secret not in again
    assert "Statistika" in again
    assert ApiToken.objects.count() == 1


def test_secret_lies_sealed_in_the_session_until_it_is_shown(client, holder, settings):
    just_signed_in(client, holder)
    made(client)
    kept = str(dict(client.session))
    assert PREFIX not in kept

    settings.SECRET_KEY = "another" * 10  # nobody can open it now, and nobody is shown an error
    assert tokens._shown_once(SimpleNamespace(session=client.session, method="GET")) == ""


@pytest.mark.parametrize(("passed", "is_shown"), [(4 * 60, True), (6 * 60, False)])
def test_seal_that_came_back_with_the_session_opens_for_a_few_minutes_only(
    client, holder, monkeypatch, passed, is_shown
):
    """A request beside the list's writes the session back as it has read it."""
    just_signed_in(client, holder)
    made(client)
    sealed = client.session[tokens.MADE]
    assert client.get(reverse("token_list")).context["secret"]
    session = client.session
    session[tokens.MADE] = sealed
    session.save()

    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + passed)
    shown = client.get(reverse("token_list")).context["secret"]

    assert shown.startswith(PREFIX) if is_shown else shown == ""
    assert tokens.MADE not in client.session


def test_making_asks_who_is_there_before_anything_is_typed(client, holder):
    just_signed_in(client, holder, ago=16 * 60)
    assert "/accounts/" in client.get(reverse("token_make")).headers["Location"]
    assert "/accounts/" in made(client).headers["Location"]

    assert ApiToken.objects.count() == 0
    assert client.get(reverse("token_list")).status_code == 200


def test_proof_asked_for_at_the_button_leads_back_to_the_form(client, holder):
    """allauth would answer with the form at its own address, where the button leads nowhere."""
    holder.set_unusable_password()
    holder.save()
    just_signed_in(client, with_app(holder), ago=16 * 60)
    asked_for = made(client).headers["Location"]
    assert asked_for == f"{AGAIN}?{urlencode({'next': reverse('token_make')})}"

    proven = client.post(AGAIN, {"code": code_of(), "next": reverse("token_make")})

    assert (proven.status_code, proven.headers["Location"]) == (302, reverse("token_make"))
    assert ApiToken.objects.count() == 0
    assert made(client).headers["Location"] == reverse("token_list")


def test_a_token_reads_only_unless_its_maker_lets_it_mark(client, holder):
    just_signed_in(client, holder)
    made(client)
    made(client, may_mark="on")

    assert list(ApiToken.objects.order_by("pk").values_list("may_mark", flat=True)) == [False, True]
    assert client.get(reverse("token_list")).content.decode().count("drīkst saglabāt atzīmes") == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "x" * 101),
        ("expires_on", ""),
        ("expires_on", "2999-01-01"),
        ("expires_on", "2020-01-01"),
        ("expires_on", "soon"),
    ],
)
def test_bad_form_says_so_beside_the_field_and_keeps_what_was_typed(client, holder, field, value):
    just_signed_in(client, holder)
    typed = {"name": "Statistika", "expires_on": str(today()), field: value}
    page = made(client, **typed)

    assert (page.status_code, list(page.context["form"].errors)) == (422, [field])
    assert page.context["form"].data["name"] == typed["name"]
    assert ApiToken.objects.count() == 0


def test_revoking_asks_first_and_is_only_for_the_owner(client, holder):
    row, secret = token(holder)
    page = reverse("token_revoke", args=[row.pk])
    client.force_login(UserFactory())
    assert client.post(page).status_code == 404
    client.force_login(holder)
    assert "Statistika" in client.get(page).content.decode()
    assert asked(secret).status_code == 200
    for _press in range(2):
        assert client.post(page).url == reverse("token_list")
    assert asked(secret).status_code == 401
    assert client.get(reverse("token_list")).context["tokens"][0].state == "revoked"


def test_list_asks_the_same_questions_for_one_and_for_three(
    client, holder, django_assert_num_queries
):
    client.force_login(holder)
    client.get(reverse("token_list"))
    for more in (1, 2):
        for _each in range(more):
            token(holder)
        with django_assert_num_queries(6):
            client.get(reverse("token_list"))


def test_demo_gives_each_account_a_token_that_stays_the_same(tmp_path, settings):
    settings.DEMO, settings.VAR_DIR = True, tmp_path
    user = UserFactory(email="admin@demo.invalid")
    user.set_password("x")
    user.save()
    MembershipFactory(user=user)
    secret = demo.token_of(user)
    demo.give_tokens()

    assert (demo.token_of(user), asked(secret).status_code) == (secret, 200)
    ApiToken.objects.update(revoked_at=timezone.now())
    demo.give_tokens()
    demo.give_tokens()
    assert (ApiToken.objects.count(), asked(secret).status_code) == (1, 200)
    (tmp_path / "demo-token-key").unlink()
    assert demo.token_of(user) != secret
