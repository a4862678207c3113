"""PostgreSQL falls in mid-save and rises again: what was confirmed is stored, once; never a 500."""

from __future__ import annotations

import json
import logging
import os
import random
import shutil
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from django.db import OperationalError, close_old_connections, connection

from tests import prepared
from tests.certificates.workers import ROOT
from tests.faults.services import Cluster, ballast, mounted
from tests.faults.web import Answer, Browser, Web
from tests.plugin import READY
from tests.sizes import FULL, either

pytestmark = pytest.mark.services
log = logging.getLogger(__name__)

WRITERS, DAYS = 4, 4
FALLS = either(2, 20)
BUILD = """
import json
import django; django.setup()
from django.test import Client
from tests.faults.world import group_of, whole
world = whole(people=1)
group = group_of(world, people={people}, days={days}, number=2)
client = Client()
client.force_login(world.coordinator, backend="django.contrib.auth.backends.ModelBackend")
print(json.dumps({{
    "session": client.cookies["session"].value,
    "people": list(group.enrolments.order_by("pk").values_list("pk", flat=True)),
    "days": list(group.sessions.order_by("pk").values_list("pk", flat=True)),
    "register": f"/training/groups/{{group.pk}}/register/",
}}))
"""


class House:
    """A portal on a database that may fall."""

    def __init__(self, folder: Path) -> None:
        self.cluster = Cluster(folder / "servers")
        self.folder = folder
        self.disk = ExitStack()
        # A run that is killed leaves its disk mounted: only the rare full one takes the risk.
        folder.mkdir()
        self.is_small = FULL and self.disk.enter_context(mounted(folder / "servers", "400m"))
        self.environment = {
            "TESTING": "1",
            "VAR_DIR": str(folder),
            "DATABASE_URL": self.cluster.address("portal"),
            "CELERY_BROKER_URL": "memory://",
            "DJANGO_SETTINGS_MODULE": "tests.failpoints",
        }
        self.web = Web(folder, self.environment)

    def python(self, *words: str) -> str:
        """One command of the portal's Python on this database."""
        done = subprocess.run(
            [sys.executable, "-W", "ignore", *words],
            cwd=ROOT,
            env={**os.environ, **self.environment},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def rows(self, question: str) -> list[tuple[Any, ...]]:
        """What the database says."""
        with (
            closing(psycopg2.connect(self.cluster.address("portal"))) as database,
            database.cursor() as cursor,
        ):
            cursor.execute(question)
            return cursor.fetchall()

    def rise(self) -> None:
        """PostgreSQL stops itself when it cannot write what it must; its keeper starts it again."""
        postmaster, _number = self.cluster.running[0]
        try:
            postmaster.wait(2)
        except subprocess.TimeoutExpired:
            return
        self.cluster.running.clear()
        self.cluster.serve()

    def end(self) -> None:
        self.web.end()
        self.cluster.stop()
        self.disk.close()
        shutil.rmtree(self.folder)


@pytest.fixture(scope="module")
def house() -> Iterator[tuple[House, dict[str, Any]]]:
    """With a register to be filled in by a coordinator who is signed in.

    In the folder of the run, into which PostgreSQL's own user may look.
    """
    made = House(Path(os.environ[READY]) / f"house-{os.getpid()}")
    try:
        made.cluster.begin()
        made.cluster.restore("portal", prepared.KEPT / f"{prepared.key()}.sql")
        told = json.loads(made.python("-c", BUILD.format(people=WRITERS * 6, days=DAYS)))
        made.web.start()
        yield made, told
    finally:
        made.end()


class Writer(threading.Thread):
    """A register's script: its own people, batch after batch, the same one until it is confirmed."""

    def __init__(self, browser: Browser, people: list[int], days: list[int], seed: int) -> None:
        super().__init__(daemon=True)
        self.browser, self.chance, self.stop = browser, random.Random(seed), threading.Event()
        self.base = {(person, day): 0 for person in people for day in days}
        self.confirmed: dict[str, tuple[int, int, str]] = {}
        self.answers: list[Answer] = []
        self.trouble = ""

    def run(self) -> None:
        while not self.stop.is_set() and not self.trouble:
            self.save([self.mark(cell) for cell in self.chance.sample(sorted(self.base), 6)])

    def mark(self, cell: tuple[int, int]) -> dict[str, Any]:
        person, day = cell
        status = self.chance.choice(["present", "absent", "excused"])
        mark = {"id": str(uuid.uuid4()), "minutes": None}
        return mark | {
            "enrolment": person,
            "session": day,
            "status": status,
            "base": self.base[cell],
        }

    def save(self, marks: list[dict[str, Any]]) -> None:
        """Again with the same ids until the portal says that they are stored."""
        while True:
            answer = self.browser.send(*marks)
            self.answers.append(answer)
            if answer.status == 200:
                return self.note(marks, answer.json()["answers"])
            if answer.status not in {409, 503} or not answer.json()["detail"]:
                self.trouble = f"{answer.status}: {answer.text[:300]}"
                return None
            time.sleep(0.05)

    def note(self, marks: list[dict[str, Any]], answers: list[dict[str, Any]]) -> None:
        for mark, answer in zip(marks, answers, strict=True):
            if answer["outcome"] != "stored":
                self.trouble = str(answer)
            cell = (mark["enrolment"], mark["session"])
            if answer["revision"] > self.base[cell]:  # else the same mark stood there already
                self.confirmed[mark["id"]] = (*cell, mark["status"])
            self.base[cell] = answer["revision"]


def writers(house: House, told: dict[str, Any]) -> list[Writer]:
    """Four pages at work, each with people of its own."""
    people, count = told["people"], len(told["people"]) // WRITERS
    base = {
        (person, day): revision
        for person, day, revision in house.rows(
            "select enrolment_id, session_id, max(base_revision) + 1 from training_mark group by 1, 2"
        )
    }
    made = [
        Writer(Browser(house.web, told["session"]), people[n * count :][:count], told["days"], n)
        for n in range(WRITERS)
    ]
    for writer in made:
        writer.base |= {cell: base[cell] for cell in writer.base if cell in base}
    return made


def test_idle_restart_is_noticed_by_nobody(house: tuple[House, dict[str, Any]]) -> None:
    """A connection that was cut while nobody asked is found out before the next question."""
    at, told = house
    browser = Browser(at.web, told["session"])
    assert {browser.get(told["register"]).status for _time in range(16)} == {200}  # all are open
    at.cluster.crash()
    at.cluster.serve()
    answers = [browser.get(told["register"]).status for _time in range(either(20, 200))]
    assert set(answers) == {200}


def test_portal_without_its_database_says_so(house: tuple[House, dict[str, Any]]) -> None:
    at, told = house
    browser = Browser(at.web, told["session"])
    at.cluster.crash()
    page, saved = browser.get(told["register"]), browser.send({"id": "x"})
    form = browser.post("/my/account/", {"first_name": "Ieva"})
    open_to_all = Browser(at.web).get("/privacy/")
    at.cluster.serve()
    assert [each.status for each in (page, saved, form, open_to_all)] == [503, 503, 503, 200]
    assert "Portāls pašlaik netiek pie saviem datiem" in page.text
    assert saved.json()["detail"].startswith("Portāls pašlaik netiek")
    assert 'name="first_name" value="Ieva"' in form.text
    assert {each.headers["Retry-After"] for each in (page, saved, form)} == {"5"}
    assert browser.get(told["register"]).status == 200


def test_marks_confirmed_before_the_fall_are_stored_and_others_are_sent_again(
    house: tuple[House, dict[str, Any]],
) -> None:
    at, told = house
    at_work, chance = writers(at, told), random.Random(14)
    for writer in at_work:
        writer.start()
    for _fall in range(FALLS):
        time.sleep(chance.uniform(0.5, 1.5))
        at.cluster.crash()
        time.sleep(chance.uniform(0, 0.5))
        at.cluster.serve()
    time.sleep(1)
    for writer in at_work:
        writer.stop.set()
    for writer in at_work:
        writer.join(60)
    assert [writer.trouble for writer in at_work] == [""] * WRITERS, at.web.log
    statuses = [answer.status for writer in at_work for answer in writer.answers]
    assert set(statuses) == {200, 503}
    confirmed = {key: cell for writer in at_work for key, cell in writer.confirmed.items()}
    stored = {
        str(key): tuple(cell)
        for key, *cell in at.rows(
            "select id, enrolment_id, session_id, new_status from training_mark"
        )
    }
    assert confirmed
    assert confirmed.items() <= stored.items()
    told_to_wait = statuses.count(503)
    log.info("%d falls, %d marks confirmed, %d told to wait", FALLS, len(confirmed), told_to_wait)
    assert "Everything holds." in at.python("manage.py", "check_invariants")


def test_marks_confirmed_are_lost_where_a_commit_waits_for_nothing(
    house: tuple[House, dict[str, Any]],
) -> None:
    """The same fall with the database's own lock taken off: the oracle above sees the difference."""
    at, told = house
    at.cluster.crash()
    at.cluster.serve("synchronous_commit=off", "wal_writer_delay=10s")
    [writer, *_others] = writers(at, told)
    while len(writer.confirmed) < 20:
        writer.save([writer.mark(cell) for cell in writer.chance.sample(sorted(writer.base), 6)])
    at.cluster.crash()
    at.cluster.serve()
    stored = {str(key) for (key,) in at.rows("select id from training_mark")}
    assert writer.confirmed.keys() - stored


def test_marks_wait_for_room_on_the_disk_of_the_database(
    house: tuple[House, dict[str, Any]],
) -> None:
    """Told "not saved" until there is room again; then the same ids are stored."""
    at, told = house
    if not at.is_small:
        pytest.skip("in the full run, by root: a disk of its own is mounted")
    [writer, *_others] = writers(at, told)
    with ballast(at.folder / "servers"):
        for _save in range(3000):
            marks = [writer.mark(cell) for cell in writer.chance.sample(sorted(writer.base), 6)]
            answer = writer.browser.send(*marks)
            if answer.status != 200:
                break
            writer.note(marks, answer.json()["answers"])
    assert (answer.status, writer.trouble) == (503, "")
    assert answer.json()["detail"]
    at.rise()
    writer.save(marks)
    stored = {str(key) for (key,) in at.rows("select id from training_mark")}
    assert (writer.trouble, writer.confirmed.keys() - stored) == ("", set())
    assert "Everything holds." in at.python("manage.py", "check_invariants")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("checked", [True, False])
def test_connection_cut_while_idle_is_replaced_only_where_it_is_looked_at(checked: bool) -> None:
    """As at the beginning of a request; without the look the first question fails."""
    seen: list[str] = []

    def ask() -> None:
        connection.settings_dict = {
            **connection.settings_dict,
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": checked,
        }
        with connection.cursor() as cursor:
            cursor.execute("select pg_backend_pid()")
            pids.append(cursor.fetchone()[0])
        cut.wait(60)
        close_old_connections()
        try:
            connection.cursor().execute("select 1")
            seen.append("answered")
        except OperationalError:
            seen.append("failed")
        connection.close()

    pids: list[int] = []
    cut, thread = threading.Event(), threading.Thread(target=ask)
    thread.start()
    while not pids:
        time.sleep(0.01)
    with connection.cursor() as cursor:
        cursor.execute("select pg_terminate_backend(%s, 5000)", pids)
    cut.set()
    thread.join(60)
    assert seen == ["answered" if checked else "failed"]
