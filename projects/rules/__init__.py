"""The rules of figures, money and published facts: values in, value out, no database."""

from .facts import Agreement, Comparison, Fact, compare, is_currency
from .money import FundCheck, fund_check, preferred
from .progress import Plan, PlanPoint, Progress, plan_on, standing
from .status import status_now

__all__ = [
    "Agreement",
    "Comparison",
    "Fact",
    "FundCheck",
    "Plan",
    "PlanPoint",
    "Progress",
    "compare",
    "fund_check",
    "is_currency",
    "plan_on",
    "preferred",
    "standing",
    "status_now",
]
