"""What each month added to a figure, in one query for all indicators of a measure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Aggregate, Count, Min, QuerySet
from django.db.models.functions import TruncMonth

from projects.measures import ByMonth, Months
from projects.models import Indicator

type Rows = Callable[[date | None], QuerySet[Any]]


def months_of_persons(rows: Rows, day: str, to_programme: str) -> ByMonth:
    """Different people by the month of the first ``day`` on which each of them was counted."""

    def by_month(indicators: Sequence[Indicator], until: date | None) -> dict[int, Months]:
        where = _where(to_programme)
        found = _of_projects(rows(until), indicators, to_programme)
        firsts = list(found.values_list(*where, "participant").annotate(first=Min(day)))
        return {each.pk: _first_months(_serving(each, firsts)) for each in indicators}

    return by_month


def months_of_rows(
    rows: Rows, day: str, to_programme: str, amount: Aggregate | None = None, per: int = 1
) -> ByMonth:
    """Rows, or an ``amount`` of them divided by ``per``, by the month of their ``day``."""

    def by_month(indicators: Sequence[Indicator], until: date | None) -> dict[int, Months]:
        where = _where(to_programme)
        found = _of_projects(rows(until), indicators, to_programme).annotate(month=TruncMonth(day))
        sums = list(found.values_list(*where, "month").annotate(total=amount or Count("pk")))
        return {each.pk: _summed(_serving(each, sums), per) for each in indicators}

    return by_month


def _where(to_programme: str) -> list[str]:
    """The project of a row, and the activity its programme serves with the two above it."""
    above = ("", "__parent", "__parent__parent")
    return [f"{to_programme}project", *(f"{to_programme}activity{level}" for level in above)]


def _of_projects(
    rows: QuerySet[Any], indicators: Sequence[Indicator], to_programme: str
) -> QuerySet[Any]:
    projects = {each.project_id for each in indicators}
    return rows.filter(**{f"{to_programme}project__in": projects}).order_by()


def _serving(indicator: Indicator, rows: Sequence[tuple[Any, ...]]) -> Iterator[tuple[Any, Any]]:
    """The last two columns of the rows of the indicator's project and activity."""
    for project, *activities, what, value in rows:
        if project == indicator.project_id and indicator.activity_id in {None, *activities}:
            yield what, value


def _first_months(firsts: Iterator[tuple[Any, date]]) -> Months:
    by_person: dict[Any, date] = {}
    for person, first in firsts:
        by_person[person] = min(first, by_person.get(person, first))
    counted = Counter(first.replace(day=1) for first in by_person.values())
    return {month: Decimal(count) for month, count in counted.items()}


def _summed(sums: Iterator[tuple[date, int]], per: int) -> Months:
    found: dict[date, Decimal] = defaultdict(Decimal)
    for month, total in sums:
        found[month] += Decimal(total or 0) / per
    return dict(found)
