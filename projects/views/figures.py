"""Figures as cells of a page and as cells of a workbook: the same ones in both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from portal.lib.calendar import short_date
from portal.lib.money import format_number
from portal.lib.workbook import Sheet
from projects.forms.dates import Clock
from projects.measures import FigureTable, Reading
from projects.models import Indicator


@dataclass(frozen=True)
class ShownCell:
    """One cell as text; figures stand at the right."""

    text: str
    heading: str
    is_number: bool = False


@dataclass(frozen=True)
class ShownRow:
    """One row behind a figure; with a key it opens a level deeper."""

    label: str
    cells: Sequence[ShownCell]
    value: Decimal | None
    key: str
    demo: bool


def shown_rows(table: FigureTable) -> list[ShownRow]:
    return [
        ShownRow(
            label=str(row.label),
            cells=[
                _cell(value, str(heading))
                for value, heading in zip(row.cells, table.cell_headings, strict=True)
            ],
            value=row.value,
            key=row.key,
            demo=row.demo,
        )
        for row in table.rows
    ]


def shown_columns(table: FigureTable) -> list[tuple[Any, bool]]:
    """The headings of the further cells, each with whether figures stand under it."""
    columns = list(zip(*(row.cells for row in table.rows), strict=True))
    figures = [any(isinstance(each, int | Decimal) for each in column) for column in columns]
    return list(
        zip(table.cell_headings, figures or [False] * len(table.cell_headings), strict=True)
    )


def _cell(value: Any, heading: str) -> ShownCell:
    if isinstance(value, date):
        return ShownCell(short_date(value), heading)
    if isinstance(value, int | Decimal):
        return ShownCell(format_number(value), heading, is_number=True)
    return ShownCell("" if value is None else str(value), heading)


def indicator_sheet(found: Sequence[Reading], clock: Clock) -> Sheet:
    """The dashboard's table: one row per indicator, exactly as it is shown."""
    headings = (
        *(_("Code"), _("Indicator"), _("Of which part"), _("Unit"), _("Baseline"), _("Target")),
        *(_("Plan"), _("Plan is stated"), _("Achieved"), _("Percent"), _("demo"), _("Day")),
    )
    return Sheet(_("Indicators"), headings, [_reading_row(each, clock) for each in found])


def _reading_row(reading: Reading, clock: Clock) -> tuple[object, ...]:
    indicator, progress = reading.indicator, reading.progress
    percent = None if progress.percent is None else progress.percent.quantize(Decimal("0.1"))
    return (
        *(indicator.code, indicator.name),
        *(indicator.parent.name if indicator.parent else None, indicator.unit),
        *(indicator.baseline, indicator.target),
        progress.plan.value if progress.plan else None,
        progress.plan.is_stated if progress.plan else None,
        *(reading.figure.value, percent, reading.figure.demo, clock.day),
    )


def rows_sheet(indicator: Indicator, table: FigureTable) -> Sheet:
    """The rows behind one figure with their total."""
    headings = (table.heading, *table.cell_headings, table.value_heading, _("demo"))
    rows = [(row.label, *row.cells, row.value, row.demo) for row in table.rows]
    total = (
        table.total_heading or _("Total"),
        *[None] * len(table.cell_headings),
        table.total,
        None,
    )
    return Sheet(indicator.code, headings, [*rows, total])
