"""The only place that writes .xlsx and .csv: text stays text, whatever people typed.

A name like "=HYPERLINK(…)" must not become a formula in the Excel of whoever opens the file.
"""

import csv
import io
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from itertools import chain, islice

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from portal.lib.text import is_latvian, tidy_line
from portal.lib.web import download

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What a worksheet of Excel can hold.
MOST_ROWS = 1_048_576
MOST_LETTERS = 32_767

# Excel and its kin read a cell that begins so as a formula; some skip blanks before it.
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠|%]")
# What XML, and so .xlsx, cannot hold.
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# By the digits behind the point that a figure has; others are shown as Excel does.
_FIGURES = {0: "#,##0", -1: "#,##0.0", -2: "#,##0.00"}
# Days as the pages of a language show them.
_DAY = {True: 'dd"."mm"."yyyy"."', False: "[$-809]d mmm yyyy"}
# What is longer than a column is wide goes on in the next line.
_WIDEST = 60
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_ON_TOP = Alignment(vertical="top")


@dataclass(frozen=True)
class Sheet:
    """One table: a title for its tab, the headings and the rows, each as long as the headings.

    Numbers, dates, times and truth values keep their kind; everything else becomes its text.
    """

    title: str
    headings: Sequence[object]
    rows: Iterable[Sequence[object]]


def workbook_response(filename: str, sheets: Sequence[Sheet]) -> HttpResponse:
    """An .xlsx to download; `filename` without its ending. Raises as `workbook_bytes`."""
    return _download(workbook_bytes(sheets), XLSX, f"{filename}.xlsx")


def csv_response(filename: str, sheet: Sheet) -> HttpResponse:
    """A .csv to download, as Latvian Excel opens it: UTF-8 with a mark, ";", decimal comma."""
    return _download(csv_bytes(sheet), "text/csv; charset=utf-8", f"{filename}.csv")


def workbook_bytes(sheets: Sequence[Sheet], *, title: str = "", creator: str = "") -> bytes:
    """The sheets as an .xlsx without one formula; None is an empty cell, times are local.

    Title and creator stand in the properties of the file.
    Raises ValueError when there is no sheet, or more rows than Excel can hold.
    """
    if not sheets:
        raise ValueError("A workbook needs at least one sheet.")
    book = Workbook(write_only=True)
    book.properties.title = _clean(title) or None
    book.properties.creator = _clean(creator) or None
    titles: list[str] = []
    for sheet in sheets:
        titles.append(_tab_title(sheet.title, titles))
        _write_sheet(book, titles[-1], sheet)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def csv_bytes(sheet: Sheet) -> bytes:
    """The sheet as .csv; dates as 2024-01-15; text that looks like a formula gets an apostrophe."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=";")
    rows = chain([sheet.headings], sheet.rows)
    writer.writerows([_csv_text(value) for value in row] for row in rows)
    return file.getvalue().encode("utf-8-sig")


def _write_sheet(book: Workbook, title: str, sheet: Sheet) -> None:
    table = book.create_sheet(title)
    rows = iter(sheet.rows)
    first = list(islice(rows, 200))
    for number, heading in enumerate(sheet.headings, 1):
        longest = max([len(str(heading)) + 3, *(len(str(row[number - 1] or "")) for row in first)])
        table.column_dimensions[get_column_letter(number)].width = min(max(longest + 2, 9), _WIDEST)
    table.freeze_panes = "A2"
    table.append([_cell(table, heading, Font(bold=True)) for heading in sheet.headings])
    for count, row in enumerate(chain(first, rows), 2):
        if count > MOST_ROWS:
            raise ValueError(f"More rows than the {MOST_ROWS} that a worksheet can hold.")
        table.append(_row(table, row))
    last = get_column_letter(max(len(sheet.headings), 1))
    table.auto_filter.ref = f"A1:{last}1"


def _row(table: object, values: Sequence[object]) -> list[Cell | None]:
    """The cells of a row; beside one of several lines the others stand at its top."""
    cells = [_cell(table, value) for value in values]
    if any(cell and cell.alignment.wrap_text for cell in cells):
        for cell in cells:
            if cell and not cell.alignment.wrap_text:
                cell.alignment = _ON_TOP
    return cells


def _cell(table: object, value: object, font: Font | None = None) -> Cell | None:
    """A cell whose kind is decided here: openpyxl guesses formulas and errors from the text."""
    plain = _plain(value)
    if plain in {None, ""}:
        return None
    cell: Cell = WriteOnlyCell(table, plain)
    if isinstance(plain, str):
        cell.data_type = "s"
        # Without this mark the text becomes a formula once somebody edits the cell.
        cell.quotePrefix = _FORMULA.match(plain) is not None
        if len(plain) > _WIDEST or "\n" in plain:
            cell.alignment = _WRAPPED
    elif shape := _shape(plain):
        cell.number_format = shape
    if font:
        cell.font = font
    return cell


def _shape(value: object) -> str:
    """How a figure, a day or a time is shown; "" where Excel decides."""
    day = _DAY[is_latvian()]
    match value:
        case datetime():
            return f"{day} hh:mm"
        case date():
            return day
        case time():
            return "hh:mm"
        case Decimal():
            digits = value.as_tuple().exponent
            return _FIGURES.get(digits, "") if isinstance(digits, int) else ""
    return ""


def _plain(value: object) -> str | bool | int | float | Decimal | date | time | None:
    """The value as Excel can hold it: writable text, local time, no number it would round."""
    if isinstance(value, datetime):
        return timezone.make_naive(value) if timezone.is_aware(value) else value
    if value is None or isinstance(value, bool | date | time):
        return value
    if isinstance(value, int | float | Decimal):
        # Excel keeps 15 digits, and knows no infinity.
        fits = math.isfinite(value) and -(10**15) < value < 10**15
        return value if fits else str(value)
    return _clean(str(value))


def _clean(text: str) -> str:
    text = _UNWRITABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return text if len(text) <= MOST_LETTERS else text[: MOST_LETTERS - 1] + "…"


def _csv_text(value: object) -> str:
    plain = _plain(value)
    if isinstance(plain, bool):  # a workbook has a kind for it, and Excel words of its own
        return gettext("yes") if plain else gettext("no")
    if isinstance(plain, datetime):
        return f"{plain:%Y-%m-%d %H:%M}"
    if isinstance(plain, time):
        return f"{plain:%H:%M}"
    if isinstance(plain, float | Decimal):
        return f"{Decimal(str(plain)):f}".replace(".", ",")
    if isinstance(plain, str):
        return f"'{plain}" if _FORMULA.match(plain) else plain
    return "" if plain is None else str(plain)


def _tab_title(title: str, taken: Sequence[str]) -> str:
    """A title Excel accepts: no signs of paths or formulas, 31 letters, unlike the others."""
    base = tidy_line(re.sub(r"[\[\]:*?/\\]", " ", _clean(title))).strip(" '") or "1"
    for number in range(1, len(taken) + 2):
        mark = "" if number == 1 else f" ({number})"
        candidate = base[: 31 - len(mark)].rstrip(" '") + mark
        if candidate.casefold() not in {other.casefold() for other in taken}:
            break
    return candidate


def _download(content: bytes, content_type: str, filename: str) -> HttpResponse:
    name = re.sub(r'[\\/:*?"<>|]+', "-", tidy_line(_clean(filename)))
    return download(content, content_type, name)
