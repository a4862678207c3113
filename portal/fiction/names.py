"""Invented people. Family names are joined from two words and belong to nobody.

They sound Latvian and use every Latvian letter, so that sorting, searching and printing meet
what they will meet in earnest; that no such family exists is the point.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


WOMEN = _words(
    "Agnese Aija Alise Anda Anna Antra Ārija Asnate Astra Baiba Biruta Dace Daiga Daina Dārta "
    "Dzidra Dzintra Edīte Elīna Elza Ērika Evija Gaļina Ginta Guntra Ilga Ilze Indra Inese Ingūna "
    "Iveta Jana Jekaterina Jolanta Justīne Karīna Kristīne Laima Laura Lāsma Lība Lidija Liene "
    "Līga Linda Lūcija Madara Maija Māra Marija Marta Mārīte Nellija Ņina Olga Paula Ramona Regīna "
    "Rita Rūta Sandra Sanita Santa Sarmīte Signe Silvija Sintija Skaidrīte Solvita Svetlana "
    "Tatjana Una Valentīna Valija Vēsma Vija Vineta Vita Zaiga Zane Zenta Zigrīda Žanete"
)
MEN = _words(
    "Ādams Aigars Ainārs Aldis Andris Ansis Arvīds Česlavs Dainis Edgars Egīls Ēriks Gatis Ģirts "
    "Guntars Imants Ivars Jānis Jāzeps Juris Kaspars Kārlis Ķirils Māris Mārtiņš Modris Normunds "
    "Oļegs Oskars Pēteris Raimonds Rihards Sergejs Uldis Valdis Viktors Voldemārs Zigmārs Žanis"
)
FIRST_PARTS = _words(
    "Āboliņ Āpš Brūkleņ Cielav Čiekur Dzeguž Dzērv Dzintar Ērgļ Gliemež Īriss Kamol Ķauķ Ķirš "
    "Lakstīgal Lāč Ļeper Migl Mežrož Naktsvijol Ņirb Ozollap Pīlādž Priež Purv Rasas Rīt Rudzu "
    "Saulgriež Sniedz Sūn Šalk Šķūņ Ūdens Ūdr Vakar Vaivar Viršu Vizbul Zemeņ Zīlīt Zvaigžņ Žagat"
)
# masculine, feminine
SECOND_PARTS = (
    ("avots", "avota"),
    ("birzs", "birze"),
    ("dārzs", "dārza"),
    ("ezers", "ezere"),
    ("gravs", "grava"),
    ("kalns", "kalne"),
    ("klints", "klinte"),
    ("krasts", "krasta"),
    ("krūms", "krūma"),
    ("lauks", "lauka"),
    ("lejnieks", "lejniece"),
    ("mākonis", "mākone"),
    ("pagalms", "pagalma"),
    ("sils", "sile"),
    ("strauts", "strauta"),
    ("tilts", "tilta"),
    ("vārpa", "vārpa"),
    ("vārtnieks", "vārtniece"),
    ("zars", "zara"),
    ("ziedonis", "ziedone"),
)
SHARE_OF_WOMEN = 0.86


@dataclass(frozen=True)
class Name:
    """An invented person's name."""

    given: str
    family: str
    is_woman: bool = True


def people(seed: str) -> Iterator[Name]:
    """Names without end, the same for the same seed; a family name returns when all are used."""
    chance = random.Random(seed)  # noqa: S311
    pairs = [(first, second) for first in FIRST_PARTS for second in SECOND_PARTS]
    while True:
        chance.shuffle(pairs)
        for first, (masculine, feminine) in pairs:
            if chance.random() < SHARE_OF_WOMEN:
                yield Name(chance.choice(WOMEN), first + feminine)
            else:
                yield Name(chance.choice(MEN), first + masculine, is_woman=False)
