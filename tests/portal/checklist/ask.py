"""Questions to the portal in the words of the checklist."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from network.models import Event
from portal.lib.calendar import Period
from projects.measures import figures
from projects.models import (
    Funding,
    Indicator,
    Partnership,
    Project,
    Statement,
)
from projects.rules import FundCheck, fund_check
from projects.rules.facts import Agreement, compare

type Row = tuple[str, Callable[[], Any], Any]


def project(code: str) -> Project:
    return Project.objects.get(code=code)


def months(code: str) -> int | None:
    row = project(code)
    return Period(row.start, row.start_precision, row.end, row.end_precision).months


def precision(code: str) -> tuple[str, str]:
    row = project(code)
    return row.start_precision, row.end_precision


def stated(code: str, subject: str) -> list[tuple[str, str, Any]]:
    """Kind, source and figure (or Latvian text) of all that is said on a subject."""
    rows = Statement.objects.filter(project__code=code, subject=subject).select_related("source")
    return sorted(
        (row.kind, row.source.code, int(row.number) if row.number is not None else row.text_lv)
        for row in rows
    )


def agreement(code: str, subject: str) -> Agreement:
    """What the page of sources says of this subject, promised targets among it."""
    (found,) = [each for each in compare(project(code).facts()) if each.subject == subject]
    return found.agreement


def said(code: str, subject: str) -> list[tuple[str, Any]]:
    """Kind and value of all that the page of sources shows of this subject, in its order."""
    return [(each.kind, each.value) for each in project(code).facts() if each.subject == subject]


def note(code: str, statement: str, language: str = "en") -> str:
    row = Statement.objects.get(project__code=code, code=statement)
    assert row.note_lv and row.note_en
    return getattr(row, f"note_{language}")


def money(code: str, part: str, organisation: str | None = None) -> set[tuple[str, Any, str]]:
    rows = (
        Funding.objects.filter(project__code=code, part=part, organisation__code=organisation)
        if organisation
        else Funding.objects.filter(project__code=code, part=part, organisation=None)
    )
    return {(row.source.code, row.amount, row.as_stated) for row in rows.select_related("source")}


def share(code: str, source: str) -> FundCheck:
    """What the page of funding works out from the two amounts of one source."""
    [total], [fund] = (
        [amount for name, amount, _words in money(code, part) if name == source]
        for part in ("total", "fund")
    )
    found = fund_check(total, fund)
    assert found
    return found


def partners(code: str) -> list[tuple[str, str]]:
    rows = Partnership.objects.filter(project__code=code).select_related("organisation")
    return [(row.role, row.as_stated) for row in rows]


def target(code: str, indicator: str) -> tuple[str, Any]:
    row = Indicator.objects.get(project__code=code, code=indicator)
    return row.measure or "entered", row.target and int(row.target)


def names(code: str, model: Any, **where: Any) -> list[str]:
    return list(model.objects.filter(project__code=code, **where).values_list("code", flat=True))


def event(code: str, name: str, *fields: str) -> tuple[Any, ...]:
    return Event.objects.filter(project__code=code, code=name).values_list(*fields).get()


def figure(code: str, indicator: str) -> Decimal | None:
    row = Indicator.objects.get(project__code=code, code=indicator)
    return figures([row])[row.pk].value
