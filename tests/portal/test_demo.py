"""The demo's private files, accounts and refusals; the walk through it is tests/walk."""

import fcntl
import io
import os
import socket
import stat
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings
from pytest_django import Settings

from portal import demo
from portal.management.commands.demo import Command
from portal.models import User
from portal.processes import Child, end_all
from tests.factories import GroupTrainerFactory

WORD = "a-word-of-more-than-fifteen"


@pytest.fixture
def here(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("DEMO_PASSWORD", raising=False)
    settings.DEMO, settings.VAR_DIR = True, tmp_path
    return tmp_path


def test_password_is_random_private_and_stays(here: Path) -> None:
    first = demo.password()

    assert demo.password() == first
    assert len(first) == 19
    assert stat.S_IMODE((here / "demo-password").stat().st_mode) == 0o600
    (here / "demo-password").unlink()
    assert demo.password() != first


def test_start_killed_before_the_word_is_written_leaves_no_empty_file(here: Path) -> None:
    with pytest.raises(SystemExit):
        demo.private("demo-password", sys.exit)

    assert list(here.iterdir()) == []


def test_password_may_be_given(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEMO_PASSWORD", WORD)

    assert demo.password() == WORD
    assert not (here / "demo-password").exists()


def test_key_of_the_cookies_is_private(here: Path) -> None:
    assert len(demo.secret_key()) > 50
    assert stat.S_IMODE((here / "demo-secret-key").stat().st_mode) == 0o600


def test_changed_password_opens_the_cast_and_nobody_else(db: None) -> None:
    cast = User.objects.create_user(f"admin@{demo.DOMAIN}", "the-password-of-yesterday")
    without = User.objects.create_user(f"trainer@{demo.DOMAIN}")
    stranger = User.objects.create_user("admin@portal.example", "the-password-of-yesterday")

    demo.give_password(WORD)

    for user in (cast, without, stranger):
        user.refresh_from_db()
    assert [u.check_password(WORD) for u in (cast, without, stranger)] == [True, False, False]
    assert list(demo.accounts()) == [cast]


def test_trainer_is_told_with_all_the_groups(db: None) -> None:
    user = User.objects.create_user(f"trainer@{demo.DOMAIN}")
    for number in (1, 2, 3):
        GroupTrainerFactory(user=user, group__name_lv=f"{number}. grupa")
    assert demo.work_of(user) == "trainer · 1. grupa and 2 more"


def test_same_password_writes_nothing(db: None, django_assert_num_queries: object) -> None:
    User.objects.create_user(f"admin@{demo.DOMAIN}", WORD)

    with django_assert_num_queries(1):  # type: ignore[operator]
        demo.give_password(WORD)


@override_settings(DEMO=False)
def test_command_refuses_outside_the_demo() -> None:
    with pytest.raises(CommandError, match="Only with DEMO=1"):
        call_command("demo")


def test_taken_port_is_named_with_a_way_out(here: Path, settings: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        settings.PORT = taken.getsockname()[1]

        with pytest.raises(CommandError, match=f"PORT={settings.PORT + 1} make demo"):
            call_command("demo")


@pytest.mark.parametrize("reset", [True, False])
def test_second_demo_on_one_folder_is_refused(here: Path, reset: bool) -> None:
    with (here / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)

        with pytest.raises(CommandError, match="is running"):
            call_command("demo", reset=reset)


def test_reset_takes_what_the_demo_made_and_leaves_the_rest(here: Path) -> None:
    from portal.management.commands.demo import clear

    for name in ("db.sqlite3", "demo-password", "media/a.pdf", "mails/1.log", "queue/messages/x"):
        (here / name).parent.mkdir(parents=True, exist_ok=True)
        (here / name).touch()
    (here / "thesis.odt").touch()

    clear(here)

    assert [path.name for path in here.iterdir()] == ["thesis.odt"]


def test_no_address_is_named_while_the_web_server_keeps_falling(
    here: Path, settings: Settings
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        settings.PORT = free.getsockname()[1]
    web = Child("web server", [sys.executable, "-c", "raise SystemExit(1)"], os.environ)
    command = Command(stderr=io.StringIO())
    web.start()

    with pytest.raises(CommandError, match="web server keeps stopping"):
        command.wait_for(web)


def test_address_is_named_once_the_web_server_started_again_answers(
    here: Path, settings: Settings
) -> None:
    """It falls at its first start and listens at the second."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        settings.PORT = free.getsockname()[1]
    code = (
        "import pathlib, socket, sys, time; mark = pathlib.Path(sys.argv[1])\n"
        "if not mark.exists(): mark.touch(); sys.exit(1)\n"
        "server = socket.create_server(('127.0.0.1', int(sys.argv[2]))); time.sleep(60)"
    )
    arguments = [sys.executable, "-c", code, str(here / "mark"), str(settings.PORT)]
    web, said = Child("web server", arguments, os.environ), io.StringIO()
    web.start()
    try:
        Command(stderr=said).wait_for(web)
    finally:
        end_all([web])

    assert said.getvalue() == "The web server has stopped; starting it again.\n"
