"""The checklist of the published texts: every fact, and the row where the portal holds it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from network.models import Event, Publication
from portal.projectfile import load_file
from projects.models import (
    Activity,
    Indicator,
    Organisation,
    Statement,
)
from training.models import Module, TrainingProgramme

from .checklist.across import ACROSS
from .checklist.ask import project
from .checklist.erasmus import ERASMUS
from .checklist.esf import ESF
from .checklist.latgale import LATGALE
from .checklist.lli import LLI

pytestmark = pytest.mark.django_db

FILES = Path(__file__).resolve().parents[2] / "data/projects"

CHECKLIST = {
    "latgale-lll": LATGALE,
    "esf-4-3-5-4": ESF,
    "erasmus-emotional-wellbeing": ERASMUS,
    "lli-317": LLI,
}


@pytest.mark.parametrize("code", CHECKLIST)
def test_every_fact_of_a_text_stands_where_it_belongs(code):
    load_file(FILES / f"{code}.toml")
    rows = CHECKLIST[code]

    assert {fact: found() for fact, found, _ in rows} == {fact: there for fact, _, there in rows}


def test_what_all_texts_together_must_show():
    for path in FILES.glob("*.toml"):
        load_file(path)

    assert {fact: found() for fact, found, _ in ACROSS} == {
        fact: there for fact, _, there in ACROSS
    }


@pytest.mark.parametrize("code", CHECKLIST)
def test_every_name_stands_in_latvian_and_in_english(code):
    load_file(FILES / f"{code}.toml")
    own = project(code)
    named = [
        *Organisation.objects.all(),
        *Activity.objects.all(),
        *Indicator.objects.all(),
        *Event.objects.all(),
        *Publication.objects.all(),
        *Module.objects.all(),
        *TrainingProgramme.objects.all(),
        *own.target_groups.all(),
        own.programme,
        *own.programme.funders.all(),
    ]

    assert [row for row in named if not (row.name_lv and row.name_en)] == []
    assert [row for row in Statement.objects.all() if not (row.label_lv and row.label_en)] == []
    assert [row for row in Statement.objects.all() if bool(row.note_lv) != bool(row.note_en)] == []


def strings(node: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a file with its key."""
    match node:
        case dict():
            for name, value in node.items():
                yield from strings(value, name)
        case list():
            for value in node:
                yield from strings(value, key)
        case str():
            yield key, node


@pytest.mark.parametrize("code", CHECKLIST)
def test_persons_stand_only_as_contact_or_speaker(code):
    told = tomllib.loads((FILES / f"{code}.toml").read_text(encoding="utf-8"))
    named = {row["name"] for row in told.pop("contacts", [])}
    named |= {value for key, value in strings(told) if key == "speaker"}
    surnames = {name.rsplit(" ", 1)[1] for name in named}

    found = [
        value
        for key, value in strings(told)
        if key != "speaker" and any(surname in value for surname in surnames)
    ]
    assert (bool(surnames), found) == (code != "esf-4-3-5-4", [])


@pytest.mark.parametrize("code", CHECKLIST)
def test_a_statement_repeats_a_target_only_to_say_more(code):
    load_file(FILES / f"{code}.toml")
    targets = set(Indicator.objects.values_list("code", "target"))
    planned = Statement.objects.filter(kind="planned", number__isnull=False)

    assert [
        row.code for row in planned if (row.subject, row.number) in targets and not row.note
    ] == []
