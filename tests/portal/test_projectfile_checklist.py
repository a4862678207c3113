"""The checklist of the published texts: every fact, and the row where the portal holds it."""

from __future__ import annotations

from pathlib import Path

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
