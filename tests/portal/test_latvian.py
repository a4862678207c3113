"""The Latvian words themselves: quotes, and nobody is taken for a man."""

from __future__ import annotations

import re
from pathlib import Path

import polib
from django.conf import settings
from django.utils.translation import gettext, pgettext

from portal.lib.states import STATES

CATALOGUE = Path(settings.BASE_DIR) / "locale/lv/LC_MESSAGES/django.po"
# "esat uzņemts", "nav ienācis": a participle that a woman would read of a man.
OF_A_MAN = re.compile(r"\b(?:esat|neesat|pēdējoreiz|vēl nav) \w+(?:[aā]cis|jis|jies|ēmis|ņemts)\b")


def told() -> list[str]:
    entries = polib.pofile(str(CATALOGUE))
    return [words for each in entries for words in (each.msgstr, *each.msgstr_plural.values())]


def test_quotes_stand_low_and_high_as_in_latvian():
    bare = [re.sub(r"<[^>]*>", "", words) for words in told()]

    assert [words for words in bare if re.search('[“"«»]', words)] == []
    assert [words for words in bare if words.count("„") != words.count("”")] == []


def test_no_sentence_speaks_to_a_man_only():
    assert [words for words in told() if OF_A_MAN.search(words.lower())] == []


def test_the_states_of_people_fit_women_and_men():
    words = [str(STATES[code].word) for code in ("active", "completed", "moved", "withdrawn")]

    assert words == ["Mācās", "Pabeidza", "Citā grupā", "Izstājās"]


def test_what_cannot_be_reached_is_said():
    assert gettext("Can no longer pass") == "Vairs nevar sasniegt slieksni"
    assert pgettext("masculine", "Can no longer pass") == "Nevar sasniegt"
