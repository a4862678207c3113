"""Latvian order, search keys and what may be stored, in tables of cases and in properties."""

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.lib.text import forbidden_characters, nfc, search_key, sort_key, tidy_line, tidy_text

# The order of CLDR 48 for Latvian, as Chromium 150's Intl.Collator("lv") gives it.
IN_ORDER = [
    ["a", "ab", "az", "Azis", "āa", "Ābele", "bā", "cz", "ča", "dz", "ez", "ēa", "gz", "ģa", "ha"],
    ["i", "ia", "ib", "y", "ya", "yb", "ī", "īa", "ja", "kz", "ķa", "lz", "ļa", "nz", "ņa"],
    ["oz", "ōa", "pa"],
    ["rz", "ŗa", "sz", "ša", "tz", "uz", "ūa", "va", "vb", "wa", "wb", "xa", "z", "ža"],
    ["Abele", "Abols", "Azis", "Ābele", "Āboliņa", "Berga", "Bērziņa", "Caune", "Čakste"],
    ["Bērziņa Anna", "Bērziņa Zane", "Bērziņa-Kalniņa Aija", "Bērziņaa"],
    ["Auces novads", "Augšdaugavas novads", "Ādažu novads", "Balvi"],
    ["Krāslava", "Ķegums", "Ludza", "Ļaudona"],
    ["Rēzekne", "Rokišķi", "Rundāle", "Sala", "Šauļi", "Tērvete", "Ūziņi", "Vecumnieki"],
    ["Zilupe", "Žemaitija"],
    ["1. grupa", "2. grupa", "9. grupa", "10. grupa", "100. grupa"],
    ["LLI-92", "LLI-317", "LLI-1000"],
]


@pytest.mark.parametrize("words", IN_ORDER, ids=lambda words: words[0])
def test_sort_key_follows_the_latvian_alphabet(words: list[str]) -> None:
    shuffled = random.Random(1918).sample(words, len(words))
    assert sorted(shuffled, key=sort_key) == words


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Ābele", "A\u0304bele"),
        ("Ābele", "ĀBELE"),
        ("Müller", "Muller"),
        ("Jonišķi – Rokišķi", "Jonišķi - Rokišķi"),
        ('Biedrība "Rožmalas"', "biedrība „Rožmalas”"),
        ("Kalniņa, Aija", "Kalniņa  Aija"),
        ("Łódź", "Lodz"),
        ("٣. grupa", "03. grupa"),
    ],
)
def test_sort_key_ignores_case_quotes_and_foreign_accents(first: str, second: str) -> None:
    assert sort_key(first) == sort_key(second)


LATVIAN = "aābcčdeēfgģhiyījkķlļmnņoōprŗsštuūvwxzž"


@given(st.text(LATVIAN, max_size=12), st.text(LATVIAN, max_size=12))
def test_sort_key_orders_words_letter_by_letter(first: str, second: str) -> None:
    places = [[LATVIAN.index(letter) for letter in word] for word in (first, second)]
    assert (sort_key(first) < sort_key(second)) == (places[0] < places[1])
    assert (sort_key(first) == sort_key(second)) == (first == second)


@given(st.integers(0, 10**14), st.integers(0, 10**14))
def test_sort_key_orders_numbers_by_size(first: int, second: int) -> None:
    assert (sort_key(f"Nr. {first}") < sort_key(f"Nr. {second}")) == (first < second)


@pytest.mark.parametrize(
    ("stored", "typed"),
    [
        ("Rēzeknes novada Sociālais dienests", "rezeknes NOVADA"),
        ("Jonišķu rajona pašvaldība", "joniskū"),
        ("1DP/1.5.1.3.2/09/APIA/SIF/003/14", "1dp/1.5.1.3.2/09"),
        ("2023-1-LV01-KA210-ADU-000164014", "ka210‑adu"),
        ('SIA "Saules\u00a0dārzs"', "saules darzs"),
        ("Vaikų ir jaunimo centras", "vaiku  ir"),
        ("Bērziņa\u200b Anna", "berzina anna"),
        ("Straße", "STRASSE"),
    ],
)
def test_search_key_finds(stored: str, typed: str) -> None:
    assert search_key(typed) in search_key(stored)


@given(st.text())
def test_search_key_is_stable_and_has_no_marks(value: str) -> None:
    key = search_key(value)
    assert search_key(key) == key
    assert nfc(key.casefold()) == key
    assert [c for c in key if unicodedata.category(c) in {"Mn", "Cc", "Cs"}] == []


@given(st.text())
def test_normal_forms_change_nothing_the_second_time(value: str) -> None:
    assert nfc(nfc(value)) == nfc(value)
    assert tidy_line(tidy_line(value)) == tidy_line(value)
    assert tidy_text(tidy_text(value)) == tidy_text(value)


@pytest.mark.parametrize(
    ("typed", "line", "lines"),
    [
        ("  Anna\u00a0 Be\u0304rziņa \n", "Anna Bērziņa", "Anna\u00a0 Bērziņa"),
        ("pirmā\r\notrā\rtrešā", "pirmā otrā trešā", "pirmā\notrā\ntrešā"),
        ("Social\u00adais\ufeff", "Socialais", "Socialais"),
        ("\u2003\t", "", "\u2003"),
        ("", "", ""),
    ],
)
def test_tidy(typed: str, line: str, lines: str) -> None:
    assert (tidy_line(typed), tidy_text(typed)) == (line, lines)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Anna Bērziņa", []),
        ("<b>O'Hara & dēls</b> 😀 ش", []),
        ("rinda\n\tatkāpe", []),
        ("a\x00b\x00", ["U+0000"]),
        ("a\ud800\x1b", ["U+D800", "U+001B"]),
        ("\u202eanna\u2069", ["U+202E", "U+2069"]),
        ("\uffff\U0001fffe\ufdd0", ["U+FFFF", "U+1FFFE", "U+FDD0"]),
    ],
)
def test_forbidden_characters(value: str, expected: list[str]) -> None:
    assert forbidden_characters(value) == expected
