"""Shares of money as funders reckon them: each partner's share is cut off at the cent."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from portal.lib.money import share_truncated

# From the application to the closed accounts.
STAGES = ("initial", "stated", "amended", "final")


@dataclass(frozen=True)
class FundCheck:
    """How a declared fund part stands to its total; the declared amounts are never changed.

    ``percent`` is the share of the whole to two decimals; ``round_percent`` the whole rate it
    lies next to, ``expected`` what that rate gives cut off at the cent, ``difference`` declared
    less expected, ``rest`` what others pay.
    """

    percent: Decimal
    round_percent: Decimal
    expected: Decimal
    difference: Decimal
    rest: Decimal


def fund_check(total: Decimal | None, fund: Decimal | None) -> FundCheck | None:
    """Compare a declared fund part with its declared total; None where one is not stated."""
    if not total or fund is None:
        return None
    percent = fund * 100 / total
    whole = percent.quantize(Decimal(1), ROUND_HALF_UP)
    expected = share_truncated(total, whole)
    return FundCheck(
        percent=percent.quantize(Decimal("0.01"), ROUND_HALF_UP),
        round_percent=whole,
        expected=expected,
        difference=fund - expected,
        rest=total - fund,
    )


def preferred[Row](rows: Iterable[Row], stage: Callable[[Row], str]) -> Row | None:
    """Of several declarations of one amount that of the latest stage; the first where they tie."""
    ranked = sorted(rows, key=lambda row: -STAGES.index(stage(row)))
    return ranked[0] if ranked else None
