"""The first start of an empty portal, without a terminal and with one."""

import builtins
import getpass
import sys

import pytest
from django.core.management import CommandError, call_command

from portal.invariants import run
from portal.models import User
from projects.access import can_administer
from projects.models import Organisation, OrganisationKind

pytestmark = pytest.mark.django_db

REGION, EMAIL = "Latgales plānošanas reģions", "Ilze@Portal.Invalid"
PASSWORD = "viens divi trīs četri"


@pytest.fixture(autouse=True)
def no_settings(monkeypatch):
    for name in ("SETUP_REGION", "SETUP_EMAIL", "SETUP_PASSWORD"):
        monkeypatch.delenv(name, raising=False)


def test_flags_make_region_and_administrator(monkeypatch, capsys):
    monkeypatch.setenv("SETUP_PASSWORD", PASSWORD)

    call_command("setup", region=REGION, email=EMAIL)

    user, region = User.objects.get(), Organisation.objects.get()
    assert (region.code, region.name_lv) == ("latgales-planosanas-regions", REGION)
    assert region.kind == OrganisationKind.PLANNING_REGION
    assert user.email == "ilze@portal.invalid"
    assert user.check_password(PASSWORD) and can_administer(user)
    assert "Next:" in capsys.readouterr().out
    assert [finding for finding in run() if finding.differences] == []


def test_second_run_changes_nothing_and_says_so(monkeypatch, capsys):
    monkeypatch.setenv("SETUP_PASSWORD", PASSWORD)
    call_command("setup", region=REGION, email=EMAIL)
    monkeypatch.setenv("SETUP_PASSWORD", "another long password")

    call_command("setup", region=f"  {REGION} ", email=EMAIL.lower())

    assert "Nothing to do" in capsys.readouterr().out
    assert User.objects.get().check_password(PASSWORD)
    assert Organisation.objects.count() == 1


def test_environment_serves_where_there_is_no_terminal(monkeypatch):
    monkeypatch.setenv("SETUP_REGION", REGION)
    monkeypatch.setenv("SETUP_EMAIL", EMAIL)

    call_command("setup")

    assert not User.objects.get().has_usable_password()


def test_known_account_becomes_administrator_and_keeps_its_password(monkeypatch):
    User.objects.create_user(EMAIL, PASSWORD)
    monkeypatch.setenv("SETUP_PASSWORD", "another long password")

    call_command("setup", region=REGION, email=EMAIL)

    assert User.objects.get().check_password(PASSWORD)
    assert can_administer(User.objects.get())


@pytest.mark.parametrize(
    ("arguments", "password", "named"),
    [
        ({"email": EMAIL}, "", "--region"),
        ({"region": REGION}, "", "--email"),
        ({"region": REGION, "email": "nobody"}, "", "--email"),
        ({"region": "x" * 100_000, "email": EMAIL}, "", "--region"),
        ({"region": "a\u202eb", "email": EMAIL}, "", "--region"),
        ({"region": REGION, "email": EMAIL}, "short", "SETUP_PASSWORD"),
        ({"region": REGION, "email": EMAIL}, "ilze@portal.invalid", "SETUP_PASSWORD"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_made(monkeypatch, arguments, password, named):
    monkeypatch.setenv("SETUP_PASSWORD", password)

    with pytest.raises(CommandError, match=named):
        call_command("setup", **arguments)

    assert not User.objects.exists() and not Organisation.objects.exists()


def test_terminal_is_asked_until_the_answers_are_good(monkeypatch):
    answers = iter(["", REGION, "nobody", EMAIL])
    passwords = iter(["short", PASSWORD, "not the same", PASSWORD, PASSWORD])
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(builtins, "input", lambda question: next(answers))
    monkeypatch.setattr(getpass, "getpass", lambda question: next(passwords))

    call_command("setup")

    assert User.objects.get().check_password(PASSWORD)
