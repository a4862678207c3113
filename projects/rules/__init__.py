"""The rules of figures, money and published facts: values in, value out, no database."""

from .facts import Agreement, Comparison, Fact, compare, in_unit, is_currency
from .money import FundCheck, fund_check, preferred
from .progress import (
    LEAST_MONTHS,
    Growth,
    Plan,
    PlanPoint,
    Progress,
    growth,
    last_months,
    plan_on,
    standing,
)
from .report_sheets import sheets_of
from .reports import (
    charts_of,
    freeze,
    is_final,
    language_mark,
    marked,
    read_facts,
    report_code,
)
from .status import status_now

__all__ = [
    "LEAST_MONTHS",
    "Agreement",
    "Comparison",
    "Fact",
    "FundCheck",
    "Growth",
    "Plan",
    "PlanPoint",
    "Progress",
    "charts_of",
    "compare",
    "freeze",
    "fund_check",
    "growth",
    "in_unit",
    "is_currency",
    "is_final",
    "language_mark",
    "last_months",
    "marked",
    "plan_on",
    "preferred",
    "read_facts",
    "report_code",
    "sheets_of",
    "standing",
    "status_now",
]
