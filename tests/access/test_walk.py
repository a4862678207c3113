"""Everybody asks for everything, and is answered as the table says; nobody learns or changes more."""

import re

import pytest
from django.contrib import admin
from django.urls import reverse

from portal.models import User
from tests.access.engine import OK, Asker, names
from tests.access.table import BACK_OFFICE, TABLE
from tests.access.world import IDENTITIES

pytestmark = pytest.mark.django_db

KINDS = {"o": "ok", "F": "forbidden", "-": "missing", "l": "login"}


def cases():
    """An address with each thing it is about, own and foreign."""
    for name, page in TABLE.items():
        for on in (page.on, *page.others):
            yield pytest.param(name, page, on, id=f"{name}-{on or 'page'}")


def test_every_address_is_declared():
    known = {name for name in names() if not name.startswith(BACK_OFFICE)}

    assert known - set(TABLE) == set()


def test_every_declaration_has_an_address():
    assert set(TABLE) - set(names()) == set()


def test_every_word_has_a_letter_for_everybody():
    words = {
        word
        for page in TABLE.values()
        for answers in (page.answers, *page.others.values())
        for word in (answers.own, answers.foreign)
        if word
    }

    assert {len(word) for word in words} == {len(IDENTITIES)}
    assert set("".join(words)) == set(KINDS)


@pytest.mark.parametrize(("name", "page", "on"), list(cases()))
def test_address(scene, name, page, on):
    told, leaks, changes = [], [], []
    for identity, method, world, expected in questions(scene, page, on):
        address = reverse(name, kwargs=world.keys[on] if on else None)
        asker = scene.askers[identity]
        got = scene.ask(asker, method, address)
        where = f"{method} {address} as {identity}"
        if got not in expected:
            told.append(f"{where}: {got}, declared {expected[0]}")
        if got != OK and asker.written:
            changes.append(f"{where} wrote {sorted(asker.written)}")
        leaks += [f"{where} shows {each}" for each in scene.leaks(asker)]

    assert (told, changes, leaks) == ([], [], [])


def questions(scene, page, on):
    """Who asks how for whose thing, and what he may be answered."""
    read = page.others.get(on, page.answers)
    answers = {"GET": read, "POST": page.posted or read}
    for method, own in answers.items():
        for world, word in ((scene.own, own.own), (scene.foreign, own.foreign if on else "")):
            for identity, letter in zip(IDENTITIES, word, strict=False):
                if method in page.methods.split():
                    yield identity, method, world, [KINDS[letter]]
                elif identity in {"admin", "stranger"}:
                    yield identity, method, world, ["method", "missing", "login"]


def hidden():
    """Pages about a thing that a coordinator does not find in another project."""
    for name, page in TABLE.items():
        for on, answers in {page.on: page.answers, **page.others}.items():
            if "GET" in page.methods and answers.foreign[2:3] == "-":
                yield pytest.param(name, on, id=f"{name}-{on}")


@pytest.mark.parametrize(("name", "on"), list(hidden()))
def test_foreign_thing_looks_like_one_that_does_not_exist(scene, name, on):
    asker = scene.askers["coordinator"]
    keys = scene.foreign.keys[on]
    foreign, absent = reverse(name, kwargs=keys), reverse(name, kwargs=scene.absent(keys))

    answers = []
    for address in (foreign, absent):
        kind = scene.ask(asker, "GET", address)
        answers.append((kind, scene.shown(asker, address)))

    assert answers[0] == answers[1]
    assert answers[0][0] == "missing"


def test_back_office_is_for_administrators_and_shows_only(scene):
    """A flag of the account opens nothing: it would outlive the role."""
    flagged = Asker("flagged", User.objects.create_superuser("flagged@portal.invalid"))
    lists = {name for name in names() if re.fullmatch(r"admin:(index|\w+_changelist)", name)}
    forms = {name for name in names() if re.fullmatch(r"admin:\w+_add", name)}
    assert {"admin:index", "admin:training_participant_changelist"} <= lists
    assert not [name for name in lists | forms if "auth_" in name or "emailaddress" in name]

    for asker in (*scene.askers.values(), flagged):
        may = asker.name == "admin"
        for name in sorted(lists | forms):
            got = scene.ask(asker, "GET", reverse(name))
            expected = ({"ok"} if name in lists else {"forbidden"}) if may else {"login"}
            assert got in expected, (asker.name, name)
        if asker.name not in {"anonymous", "admin", "closed"}:
            assert scene.ask(asker, "GET", reverse("admin:login")) == "forbidden"


def test_back_office_shows_a_row_of_every_kind_and_takes_no_change(scene):
    rows = [model.objects.first() for model in admin.site._registry]
    for row in filter(None, rows):
        address = reverse(
            f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk]
        )
        asked = [scene.ask(scene.askers["admin"], method, address) for method in ("GET", "POST")]
        assert asked == ["ok", "forbidden"], address
    assert len(list(filter(None, rows))) > 15
