"""The workbook of a report: the same frozen facts, one sheet per section."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.lib.workbook import Sheet

from .reports import marked


def sheets_of(said: Mapping[str, Any]) -> list[Sheet]:
    """Every figure and text of a report; said in the language the facts were read in."""
    with override(said["language"]):
        return [
            Sheet(_("Report"), (_("What"), _("Value")), list(_about(said))),
            Sheet(
                _("Indicators"),
                _indicator_headings(),
                [_indicator(each) for each in said["indicators"]],
            ),
            Sheet(
                _("Activities"),
                (_("Code"), _("Activity"), _("What was done")),
                [
                    (each["code"], marked(each["name"]), marked(each["text"]))
                    for each in said["activities"]
                ],
            ),
            *(_table(each) for each in said["tables"]),
            Sheet(_("Funding"), _money_headings(), [_money(each) for each in said["money"]]),
            Sheet(
                _("Discrepancies"),
                (_("About"), _("Source"), _("Says"), _("Unit")),
                list(_discrepancies(said["discrepancies"])),
            ),
            *_series(said),
        ]


def _figure(value: Any) -> Any:
    """A counted figure as people say it: 701 and not 701.00, but 92.67 hours; words as they are."""
    if not isinstance(value, Decimal):
        return value
    whole = value.to_integral_value()
    return whole if value == whole else value.normalize()


def _about(said: Mapping[str, Any]) -> Iterator[tuple[object, object]]:
    report, project = said["report"], said["project"]
    yield _("Report"), report["name"]
    yield _("Number"), report["code"]
    yield _("Version"), report["version"]
    yield _("Period from"), report["period_start"]
    yield _("Period to"), report["period_end"]
    yield _("Figures as of"), report["period_end"]
    yield _("Project"), marked(project["title"])
    yield _("Project number"), project["number"]
    yield _("Programme"), project["programme"]
    yield _("Lead partner"), project["lead"]
    yield _("Holds demo data"), said["demo"]
    yield _("Summary"), marked(said["summary"])
    yield _("Next steps"), marked(said["next_steps"])
    yield _("Statement of the responsible partner"), marked(said["statement"])
    yield _("Funding statement"), marked(said["funding_statement"])


def _indicator_headings() -> Sequence[str]:
    return (
        *(_("Code"), _("Indicator"), _("Of which part"), _("Unit"), _("Baseline"), _("Target")),
        *(_("Before the period"), _("In the period"), _("Cumulative"), _("Plan")),
        *(_("Plan is stated"), _("Deviation"), _("demo"), _("Comment"), _("Counted as")),
    )


def _indicator(each: Mapping[str, Any]) -> tuple[object, ...]:
    return (
        *(each["code"], *map(marked, (each["name"], each["parent"], each["unit"]))),
        *map(_figure, (each["baseline"], each["target"], each["before"], each["in_period"])),
        *(_figure(each["value"]), _figure(each["plan"]), each["plan_is_stated"]),
        *(_figure(each["deviation"]), each["demo"]),
        *(marked(each["comment"]), each["method"]),
    )


def _table(table: Mapping[str, Any]) -> Sheet:
    return Sheet(
        table["title"],
        [*table["headings"], _("demo")],
        [
            *([*map(_figure, map(marked, row["cells"])), row["demo"]] for row in table["rows"]),
            *([*map(_figure, row["cells"]), row["demo"]] for row in table["totals"]),
        ],
    )


def _money_headings() -> Sequence[str]:
    return (
        *(_("Amount of"), _("Partner"), _("Stage"), _("Amount"), _("Currency")),
        *(_("Source"), _("As stated")),
    )


def _money(each: Mapping[str, Any]) -> tuple[object, ...]:
    return (
        *(each["label"], each["partner"], each["stage"], each["amount"], each["currency"]),
        *(each["source"], each["as_stated"]),
    )


def _discrepancies(found: Sequence[Mapping[str, Any]]) -> Iterator[tuple[object, ...]]:
    for each in found:
        for said in each["said"]:
            yield (
                *(marked(each["label"]), said["source"]),
                *(marked(said["value"]), said["unit"]),
            )


def _series(said: Mapping[str, Any]) -> Iterator[Sheet]:
    """The points of the charts."""
    if curve := said["curve"]:
        plan = dict(map(tuple, curve["plan"]))
        actual = dict(map(tuple, curve["actual"]))
        days = sorted({*plan, *actual})
        rows = [(day, _figure(actual.get(day)), _figure(plan.get(day))) for day in days]
        yield Sheet(_("Curve"), (_("Day"), marked(curve["name"]), _("Plan")), rows)
    if months := said["months"]:
        yield Sheet(
            _("Months"),
            (_("Month"), marked(months["name"])),
            [(day, _figure(value)) for day, value in months["figures"]],
        )
