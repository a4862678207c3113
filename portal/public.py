"""What the public sees of projects: planned figures, partners, stated money. No people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Prefetch

from portal.lib.charts import Span
from portal.lib.money import FIXED_RATES, in_euro
from portal.lib.names import in_language
from projects.models import Funding, Indicator, Partnership, Project, ProjectIdentifier, Source

# Measures that count each person once; what they promise may be added up over projects.
PERSONS = (
    "training.persons_enrolled",
    "training.persons_trained",
    "certificates.persons_certified",
)

PUBLIC_PARTS = (
    Prefetch("indicators", Indicator.objects.current().filter(is_headline=True)),
    Prefetch("funding", Funding.objects.select_related("source")),
    Prefetch("partnerships", Partnership.objects.select_related("organisation")),
    Prefetch("identifiers", ProjectIdentifier.objects.filter(is_printed=True)),
    Prefetch("sources", Source.objects.all()),
)


@dataclass(frozen=True)
class PublicProject:
    """One project as the public sees it: what was planned, by whom, with how much."""

    project: Project

    @cached_property
    def planned(self) -> Indicator | None:
        """The promised figure that says most: a headline with a target, a part before its whole."""
        promised = [each for each in self.project.indicators.all() if each.target is not None]
        wholes = {each.parent_id for each in promised}
        parts = [each for each in promised if each.pk not in wholes]
        return next(iter(parts), None)

    @cached_property
    def whole(self) -> Indicator | None:
        """What the promised figure is a part of."""
        if self.planned is None or self.planned.parent_id is None:
            return None
        known = {each.pk: each for each in self.project.indicators.all()}
        return known.get(self.planned.parent_id)

    @cached_property
    def total(self) -> Funding | None:
        return self.project.declared_total()

    @property
    def persons(self) -> int:
        """People it promised to train, each counted once; 0 where it promised something else."""
        planned = self.planned
        return int(planned.target or 0) if planned and planned.measure in PERSONS else 0

    @property
    def euros(self) -> Decimal | None:
        """The stated total in euro, where it can be told without guessing a rate."""
        if self.total is None or self.total.amount is None:
            return None
        if self.total.currency != "EUR" and self.total.currency not in FIXED_RATES:
            return None
        return in_euro(self.total.amount, self.total.currency)

    @property
    def number(self) -> str:
        """The number printed on papers, else the acronym."""
        printed = [each.number for each in self.project.identifiers.all()]
        return " ".join([*printed[:1], self.project.acronym][:2]).strip()

    @property
    def detail(self) -> str:
        """What tells the project apart within its programme: its number, else the measure."""
        programme = self.project.programme
        return self.number or in_language(programme.priority_lv, programme.priority_en)

    @property
    def others(self) -> list[str]:
        """Partners other than the lead, by name."""
        parts = self.project.partnerships.all()
        lead = self.project.lead_id
        return [each.organisation.name for each in parts if each.organisation_id != lead]

    @property
    def span(self) -> Span:
        return Span(
            self.project.period,
            months=self.project.duration_months if self.project.end is None else None,
            is_running=self.project.state == "running",
        )


def front_figures(shown: Sequence[PublicProject]) -> dict[str, Any]:
    """The four large numbers; each adds up only what is stated."""
    stated = [each.euros for each in shown if each.euros is not None]
    taking_part = [
        *(part.organisation for each in shown for part in each.project.partnerships.all()),
        *(each.project.lead for each in shown if each.project.lead),
    ]
    return {
        "projects": len(shown),
        "persons": sum(each.persons for each in shown),
        "euros": sum(stated, Decimal(0)),
        "with_money": len(stated),
        "countries": len({each.country for each in taking_part}),
    }
