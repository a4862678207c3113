"""The certificate as it comes out of the press: archive file, words, nothing over anything."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import hypothesis
import pytest
from hypothesis import strategies as st

from certificates.models import Certificate
from certificates.rules import words_for
from portal.lib.documents import print_one
from portal.lib.lettering import unprintable
from tests.certificates import pdfs
from tests.sizes import either

LONG_LV = (
    "Profesionālās kompetences pilnveides programma sociālo pakalpojumu sniedzējiem, sociālā darba "
    "speciālistiem un vadītājiem par darbu ar personām ar garīga rakstura traucējumiem, to ģimenes "
    "locekļiem un starpinstitucionālās sadarbības veidošanu, ieskaitot supervīziju un krīzes "
    "intervenci"
)
LONG_EN = (
    "Professional competence improvement programme for social service providers, social work "
    "specialists and managers on work with persons with mental disorders and their families, "
    "including supervision and crisis intervention"
)
STATEMENT = (
    "Projekts tiek īstenots Eiropas Savienības kohēzijas politikas programmas 2021.–2027. gadam "
    "4.3.5. specifiskā atbalsta mērķa ietvaros. Līdzfinansē Eiropas Savienība. Viedokļi un uzskati "
    "atspoguļo tikai autora viedokli un ne vienmēr Eiropas Savienības viedokli."
)


def module(lv: str, en: str, topics: list[str], days: str, planned: int, attended: int) -> Any:
    return {
        "name": {"lv": lv, "en": en},
        "topics": topics,
        "days": days,
        "planned": planned * 45,
        "attended": attended * 45,
    }


MODULES = [
    module("Likumdošana sociālajā jomā", "Legislation", ["Klienta tiesības"], "6", 48, 48),
    module("Sociālā darba specifika", "Specifics of social work", [], "21", 168, 160),
    module("Saskarsmes prasmes", "Communication skills", ["Sarunas", "Konflikti"], "6", 48, 48),
]


def data(**changes: Any) -> dict[str, Any]:
    """The facts of one certificate."""
    usual = {
        "number": "LPR-2010/0341",
        "token": "7KQF2M9DXT4R8HPC5JLV3N7WQ2",
        "address": "https://macibas.example/v/7KQF2M9DXT4R8HPC5JLV3N7WQ2/",
        "name": "Anna Bērziņa",
        "kind": {"lv": "par kompetences pilnveidi", "en": "Certificate of competence"},
        "period": {"start": "2009-09-15", "end": "2010-06-11"},
        "programme": {"lv": "Mūžizglītības programma", "en": "Life-long learning programme"},
        "unit": "ac45",
        "minutes": 256 * 45,
        "module_count": 3,
        "modules": MODULES,
        "group": {"lv": "14. mācību grupa", "en": "training group 14"},
        "place": {"lv": "Rēzekne", "en": "Rēzekne"},
        "issued_at": {"lv": "Rēzeknē", "en": "Rēzekne"},
        "issued_on": "2010-06-18",
        "threshold": 80,
        "demo": False,
        "signatories": [
            {"name": "Ināra Parauga", "office": {"lv": "Vadītāja", "en": "Head"}},
            {"name": "Gunta Parauga", "office": {"lv": "Projekta vadītāja", "en": "Manager"}},
        ],
        "funding": {"lv": "Projektu finansē paraugu fonds.", "en": "Funded by a fund."},
        "logos": [
            {"label": label, "picture": None, "with_label": True}
            for label in ("Paraugu fonds", "Otrs fonds", "Plānošanas reģions")
        ],
        "issuer": {"lv": "Latgales plānošanas reģions", "en": "Region", "register_number": "9"},
        "project": {"lv": "Mūžizglītība Latgalē", "en": "Learning in Latgale"},
        "project_number": "LV0015",
    }
    return usual | changes


def paper(language: str = "lv+en", **changes: Any) -> bytes:
    words = words_for(data(**changes), language)
    row = Certificate(
        pk=1, facts={"words": words}, language=language, series="LPR", year=2010, number=341
    )
    return print_one(row)


CASES: dict[str, tuple[str, dict[str, Any]]] = {
    "both languages": ("lv+en", {}),
    "Latvian": ("lv", {}),
    "English": ("en", {}),
    "long name": ("lv+en", {"name": "Wilhelmīna Konstantīnovska-Lielvārdenberga"}),
    "longest name and title": (
        "lv+en",
        {"name": f"{'W' * 99} {'Ž' * 100}", "programme": {"lv": LONG_LV, "en": LONG_EN}},
    ),
    "long title": ("lv+en", {"programme": {"lv": LONG_LV, "en": LONG_EN}}),
    "title of one word": ("lv", {"programme": {"lv": "Ļ" * 300, "en": ""}}),
    "long statement": ("lv+en", {"funding": {"lv": STATEMENT, "en": STATEMENT}}),
    "long place": (
        "lv+en",
        {"place": {"lv": "Augšdaugavas novada Sociālā dienesta mācību telpas", "en": "x"}},
    ),
    "bare": ("lv", {"signatories": [], "place": {"lv": "", "en": ""}, "module_count": 0}),
    "ten modules": ("lv+en", {"modules": MODULES[1:2] * 10}),
    "demo": ("lv", {"demo": True}),
}


@pytest.mark.parametrize("name", CASES)
def test_paper_is_an_archive_file_on_two_pages_with_nothing_over_anything(
    name: str, tmp_path: Path
) -> None:
    language, changes = CASES[name]
    made = paper(language, **changes)
    words = pdfs.words_of(made, tmp_path)

    assert pdfs.violations(made) == []
    assert pdfs.fonts_of(made, tmp_path) <= {
        f"Paper-Sans{cut}" for cut in ("", "-Light", "-Medium", "-Semi-Bold", "-Italic")
    }
    assert max(word.page for word in words) == 2
    assert pdfs.collisions(words) == []
    assert pdfs.outside(words) == []
    assert "No syntax or stream encoding errors" in pdfs.run(made, tmp_path, "qpdf", "--check", "@")


def test_paper_says_it_in_the_right_cases(tmp_path: Path) -> None:
    text = pdfs.text_of(paper("lv", demo=True), tmp_path)

    assert "Apliecinām, ka Anna Bērziņa" in text
    assert "no 2009. gada 15. septembra līdz 2010. gada 11. jūnijam apguva mācību programmu" in text
    assert "Rēzeknē, 2010. gada 18. jūnijā" in text
    assert "256 st." in text
    assert "akadēmiskās stundas, 45 min" in text
    assert "3 moduļi" in text
    assert "Nr. LPR-2010/0341" in text
    assert "7KQF-2M9D-XT4R8 HPC5-JLV3-N7WQ2" in text
    assert "2. lapa no 2" in text
    assert "demo dati" in text
    assert "This is to certify" not in text


def test_paper_in_english_speaks_english_alone(tmp_path: Path) -> None:
    text = pdfs.text_of(paper("en"), tmp_path)

    assert "CERTIFICATE of competence This is to certify that Anna Bērziņa" in text
    assert "completed the training programme from 15 September 2009 to 11 June 2010" in text
    assert "Rēzekne, 18 June 2010" in text
    assert "Page 2 of 2" in text
    assert "Apliecin" not in text


@pytest.mark.parametrize(
    ("language", "changes", "parts"),
    [
        ("lv+en", {}, {"en": 24}),
        ("lv", {}, {}),
        ("en", {}, {"lv": 2}),  # the topics of two modules
        ("en", {"programme": {"lv": "Programma", "en": ""}}, {"lv": 3}),
        ("lv", {"issuer": {"lv": "", "en": "Region", "register_number": ""}}, {"en": 1}),
    ],
)
def test_screen_reader_is_told_what_is_in_another_language(
    language: str, changes: dict[str, Any], parts: dict[str, int]
) -> None:
    made = paper(language, **changes)

    assert pdfs.languages_of(made) == parts
    assert pdfs.violations(made) == []


def test_long_table_runs_on_and_every_page_says_whose_it_is(tmp_path: Path) -> None:
    made = paper(modules=[MODULES[0]] * 30)
    pages = pdfs.run(made, tmp_path, "pdftotext", "@", "-").split("\f")[:-1]

    assert pdfs.violations(made) == []
    assert len(pages) == 4
    assert ["Anna Bērziņa · LPR-2010/0341 · 3. lapa no 4" in page for page in pages] == [
        False,
        False,
        True,
        False,
    ]
    assert sum(page.count("Likumdošana") for page in pages) == 30


@pytest.mark.parametrize("count", [8, 9, 10, 11])
def test_last_page_is_never_the_end_of_a_note(count: int, tmp_path: Path) -> None:
    """The sum stands with a module above it and with both notes below, on whatever page."""
    row = module("Likumdošana", "Legislation", ["Klienta tiesības"], "6", 48, 48)
    pages = pdfs.run(paper(modules=[row] * count), tmp_path, "pdftotext", "@", "-").split("\f")
    [whole] = [page for page in pages if "Kopā" in page]

    for words in ("Likumdošana", "akadēmiskā stunda", "an academic hour", "Reģ. Nr."):
        assert words in whole


@pytest.mark.parametrize(
    "name",
    [
        "<b>Anna</b> & “Co” {{ x }} {% y %}",
        "</style><script>alert(1)</script>",
        '"><img src=file:///etc/passwd>',
        "url(http://example.invalid/x)",
    ],
)
def test_markup_in_a_name_is_printed_as_typed(name: str, tmp_path: Path) -> None:
    made = paper("lv", name=name)

    assert name.replace(" ", "") in pdfs.text_of(made, tmp_path).replace(" ", "")
    assert pdfs.violations(made) == []


@hypothesis.settings(max_examples=either(5, 100))
@hypothesis.given(
    st.text(
        st.characters(codec="utf-8", categories=("L", "Nd", "P", "Zs")), min_size=1, max_size=200
    ).filter(lambda text: text.strip() and not unprintable(text))
)
def test_any_printable_name_stays_inside_the_frame(name: str) -> None:
    made = paper("lv", name=" ".join(name.split()))

    assert pdfs.violations(made) == []
