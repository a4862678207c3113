"""May this person have a certificate, and if not, why: one answer for page, action and test."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from portal.lib.money import format_percent

type Words = str | Promise


@dataclass(frozen=True)
class ModuleHours:
    """What one module asked of a person and what he met, in minutes."""

    module: int | None
    planned: int
    attended: int

    def reaches(self, threshold_percent: int) -> bool:
        return self.attended * 100 >= self.planned * threshold_percent


@dataclass(frozen=True)
class EligibilityFacts:
    """All that decides about one person in one group. Only modules that concern the person count."""

    is_enrolled: bool
    modules: Sequence[ModuleHours]
    unclosed_sessions: int = 0
    valid_number: str = ""
    unprintable: str = ""

    @property
    def planned(self) -> int:
        return sum(each.planned for each in self.modules)

    @property
    def attended(self) -> int:
        return sum(each.attended for each in self.modules)


@dataclass(frozen=True)
class Policy:
    """What a programme asks: a share of the hours, and modules that must reach it by themselves."""

    threshold_percent: int
    required_modules: frozenset[int] = frozenset()
    module_names: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class Reason:
    """One reason against, with a code for tests and words for people."""

    code: str
    words: Words

    def __str__(self) -> str:
        return str(self.words)


def percent_text(part: int, whole: int, language: str | None = None) -> str:
    """A share for people, cut and not rounded: 79,96 % must not read as 80."""
    share = (Decimal(part) * 100 / whole).quantize(Decimal("0.1"), ROUND_DOWN)
    return format_percent(share, 0 if share == share.to_integral_value() else 1, language)


def reasons_against(facts: EligibilityFacts, policy: Policy) -> list[Reason]:
    """Why not, most decisive first; an empty list means eligible."""
    if facts.valid_number:
        words = _("Already holds certificate %(number)s.") % {"number": facts.valid_number}
        return [Reason("certified", words)]
    if not facts.is_enrolled:
        return [Reason("not_enrolled", _("No longer in the group."))]
    reasons = []
    if facts.unclosed_sessions:
        words = ngettext_lazy(
            "%(count)d session is not closed yet.",
            "%(count)d sessions are not closed yet.",
            "count",
        ) % {"count": facts.unclosed_sessions}
        reasons.append(Reason("unclosed", words))
    if not facts.planned:
        return [*reasons, Reason("no_sessions", _("No session concerns this person."))]
    reasons += _hours_missing(facts, policy)
    reasons += _modules_missing(facts, policy)
    if facts.unprintable:
        words = _("The paper cannot show these characters of the name: %(characters)s") % {
            "characters": " ".join(facts.unprintable)
        }
        reasons.append(Reason("unprintable", words))
    return reasons


def _hours_missing(facts: EligibilityFacts, policy: Policy) -> list[Reason]:
    if facts.attended * 100 >= facts.planned * policy.threshold_percent:
        return []
    words = _("Attended %(share)s of the hours, %(threshold)s are needed.")
    return [
        Reason(
            "hours",
            words
            % {
                "share": percent_text(facts.attended, facts.planned),
                "threshold": percent_text(policy.threshold_percent, 100),
            },
        )
    ]


def _modules_missing(facts: EligibilityFacts, policy: Policy) -> list[Reason]:
    names = dict(policy.module_names)
    reasons = []
    for each in facts.modules:
        if each.module not in policy.required_modules:
            continue
        if each.planned and each.reaches(policy.threshold_percent):
            continue
        words = _("Module “%(module)s”: %(share)s, %(threshold)s are needed.") % {
            "module": names.get(each.module or 0, ""),
            "share": percent_text(each.attended, each.planned or 1),
            "threshold": percent_text(policy.threshold_percent, 100),
        }
        reasons.append(Reason("module", words))
    return reasons
