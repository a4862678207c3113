"""Exports reopened: no formula, no lost letter, dates and amounts as Excel keeps them."""

import csv
import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from django.utils.functional import lazystr
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.cell import Cell

from portal.lib.workbook import (
    MOST_LETTERS,
    Sheet,
    csv_bytes,
    csv_response,
    workbook_bytes,
    workbook_response,
)

PAYLOADS = [
    "=1+1",
    '=HYPERLINK("http://example.test","klikšķis")',
    "=cmd|' /C calc'!A0",
    "+371 654 28111",
    "-2+3",
    "@SUM(1,2)",
    "\t=1+1",
    "\r=1+1",
    "  =1+1",
    "＝1+1",
    "#DIV/0!",
    "|calc",
]


def cells(*rows: Sequence[object], headings: Sequence[str] = ("Vārds",)) -> list[list[Cell]]:
    book = load_workbook(io.BytesIO(workbook_bytes([Sheet("Saraksts", headings, rows)])))
    return [list(row) for row in book["Saraksts"].iter_rows(min_row=2)]


def csv_rows(*rows: Sequence[object]) -> list[list[str]]:
    text = csv_bytes(Sheet("Saraksts", ["Vārds"], rows)).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))[1:]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_payload_stays_text_in_a_workbook(payload: str) -> None:
    book = workbook_bytes([Sheet(payload, [payload], [[payload]])])
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        assert b"<f" not in archive.read("xl/worksheets/sheet1.xml").replace(b"<fo", b"")
    (row,) = load_workbook(io.BytesIO(book)).worksheets[0].iter_rows(min_row=2)
    assert (row[0].data_type, row[0].value) == ("s", payload.replace("\r", "\n"))


@pytest.mark.parametrize("payload", [p for p in PAYLOADS if p != "#DIV/0!"])
def test_a_payload_gets_an_apostrophe_in_csv(payload: str) -> None:
    assert csv_rows([payload]) == [["'" + payload.replace("\r", "\n")]]


@given(st.text())
def test_any_text_can_be_written_and_never_computes(text: str) -> None:
    for row in cells([text, "end"], headings=["a", "b"]):
        assert row[0].data_type in {"s", "n"}
        assert (row[0].data_type == "n") == (row[0].value is None)
    assert csv_rows([text, "end"])[-1][-1] == "end"
    assert csv_rows([text, "end"])[0][0][:1] not in {"=", "+", "-", "@"}


def test_values_keep_their_kind() -> None:
    moment = datetime(2026, 11, 21, 12, 30, tzinfo=UTC)
    (row,) = cells(
        [
            *("Ābele", 701, Decimal("791256.19"), Decimal("18.5"), date(2024, 1, 15), moment),
            *(time(9, 30), None, True, lazystr("Slēgta"), 10**15, Decimal("NaN")),
        ],
        headings=list("abcdefghijkl"),
    )
    assert [cell.value for cell in row] == [
        *("Ābele", 701, 791256.19, 18.5, datetime(2024, 1, 15)),  # noqa: DTZ001
        *(datetime(2026, 11, 21, 14, 30), time(9, 30), None, True),  # noqa: DTZ001
        *("Slēgta", "1000000000000000", "NaN"),
    ]
    assert row[2].number_format == "#,##0.00"
    assert row[4].number_format == 'dd"."mm"."yyyy"."'


def test_csv_is_what_latvian_excel_opens() -> None:
    rows = [["Ābele; Ņina", 701, Decimal("-791256.19"), 18.5, date(2024, 1, 15), None, time(9, 5)]]
    expected = '\ufeffVārds\r\n"Ābele; Ņina";701;-791256,19;18,5;2024-01-15;;09:05\r\n'
    assert csv_bytes(Sheet("x", ["Vārds"], rows)).decode() == expected


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("a\x00b\x1bc", "abc"),
        ("a\ud800b\uffff", "ab"),
        ("rinda\notrā", "rinda\notrā"),
        ("😀 <b>&amp;", "😀 <b>&amp;"),
        (" atstarpe ", " atstarpe "),
        ("x" * (MOST_LETTERS + 1), "x" * (MOST_LETTERS - 1) + "…"),
    ],
)
def test_text_is_written_as_far_as_excel_can_hold_it(typed: str, written: str) -> None:
    ((cell,),) = cells([typed])
    assert cell.value == written


def test_tab_titles_are_what_excel_accepts() -> None:
    titles = ["Dati: 2010/06 [1]", "dati  2010 06 1", "x" * 40, "X" * 40, "", "'", "'a'"]
    book = workbook_bytes([Sheet(title, ["a"], []) for title in titles])
    assert load_workbook(io.BytesIO(book)).sheetnames == [
        *("Dati 2010 06 1", "dati 2010 06 1 (2)", "x" * 31, "X" * 27 + " (2)"),
        *("1", "1 (2)", "a"),
    ]


def test_a_truth_value_is_a_word_of_the_language_in_csv() -> None:
    assert csv_bytes(Sheet("Saraksts", ["demo"], [[True], [False]])) == (
        "\ufeffdemo\r\njā\r\nnē\r\n".encode()
    )


def test_a_sheet_is_ready_to_work_with() -> None:
    sheet = Sheet("Saraksts", ["Nr.", "Vārds"], [[1, "Bērziņa-Kalniņa Anna Marija"]])
    table = load_workbook(io.BytesIO(workbook_bytes([sheet]))).worksheets[0]
    assert (table.freeze_panes, table.auto_filter.ref, table["A1"].font.bold) == (
        "A2",
        "A1:B1",
        True,
    )
    assert table.column_dimensions["B"].width == 29


def test_impossible_workbooks_are_refused() -> None:
    with pytest.raises(ValueError, match="at least one sheet"):
        workbook_bytes([])


@pytest.mark.parametrize(
    ("filename", "disposition"),
    [
        ("grupa-14", 'attachment; filename="grupa-14.xlsx"'),
        ("Ķeguma\r\nX: 1", "attachment; filename*=utf-8''%C4%B6eguma%20X-%201.xlsx"),
        ("../../etc/passwd", 'attachment; filename="..-..-etc-passwd.xlsx"'),
    ],
)
def test_the_file_name_is_safe(filename: str, disposition: str) -> None:
    response = workbook_response(filename, [Sheet("a", ["a"], [])])
    assert response["Content-Disposition"] == disposition
    assert response["X-Content-Type-Options"] == "nosniff"


def test_csv_response_names_its_file() -> None:
    response = csv_response("saraksts", Sheet("a", ["Vārds"], [["Anna"]]))
    assert response["Content-Disposition"] == 'attachment; filename="saraksts.csv"'
    assert response.content.decode("utf-8-sig") == "Vārds\r\nAnna\r\n"


@pytest.mark.parametrize(
    ("language", "day", "moment"),
    [
        ("lv", 'dd"."mm"."yyyy"."', 'dd"."mm"."yyyy"." hh:mm'),
        ("en", "[$-809]d mmm yyyy", "[$-809]d mmm yyyy hh:mm"),
    ],
)
def test_days_are_shown_as_the_language_shows_them(language: str, day: str, moment: str) -> None:
    row = [date(2026, 3, 1), datetime(2026, 3, 1, 12, 0, tzinfo=UTC)]
    with override(language):
        [found] = cells(row, headings=list("abcdef")[: len(row)])
    assert [cell.number_format for cell in found] == [day, moment]


def test_figures_show_the_digits_they_have_and_long_words_go_on_below() -> None:
    figures = [Decimal("701"), Decimal("12.5"), Decimal("92.67"), "īss", "x" * 61, "a\nb"]
    [found] = cells(figures, headings=list("abcdef")[: len(figures)])
    assert [cell.number_format for cell in found[:3]] == ["#,##0", "#,##0.0", "#,##0.00"]
    assert [bool(cell.alignment.wrap_text) for cell in found] == [False] * 4 + [True] * 2
    assert {cell.alignment.vertical for cell in found} == {"top"}
