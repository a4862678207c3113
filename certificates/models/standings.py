"""How each person of a group stands: hours by module, and what speaks against a certificate.

A fixed number of queries for any number of people, so that a page, an action and the first
page of a coordinator can ask for whole projects.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Count, Max, Min, Q, QuerySet, Sum

from certificates.rules import (
    EligibilityFacts,
    ModuleHours,
    Policy,
    Reason,
    format_number,
    reasons_against,
)
from portal.lib.calendar import hours
from portal.lib.lettering import unprintable
from portal.lib.money import format_percent
from training.models import (
    Attendance,
    Enrolment,
    EnrolmentState,
    Module,
    Session,
    SessionState,
)
from training.rules import concerns, share_in_percent

from .certificates import Certificate
from .templates import CertificateTemplate


@dataclass(frozen=True)
class Timetable:
    """What a group's sessions of one module come to (``None``: sessions without a module)."""

    planned: int
    unclosed: int
    days: int
    first: date
    last: date


@dataclass(frozen=True)
class Standing:
    """One person in one group: the facts, the policy, and the reasons that follow."""

    enrolment: Enrolment
    facts: EligibilityFacts
    policy: Policy
    modules: Mapping[int | None, Module | None]
    timetables: Mapping[int | None, Timetable]

    @cached_property
    def reasons(self) -> list[Reason]:
        return reasons_against(self.facts, self.policy)

    @property
    def hours_attended(self) -> Decimal:
        return self._hours(self.facts.attended)

    @property
    def hours_planned(self) -> Decimal:
        return self._hours(self.facts.planned)

    def _hours(self, minutes: int) -> Decimal:
        return hours(minutes, self.enrolment.group.programme.hour_unit).quantize(Decimal("0.01"))

    @property
    def share(self) -> str:
        """The share attended of all hours, as lists have it; nothing where nothing is planned."""
        share = share_in_percent(self.facts.attended, self.facts.planned)
        return "" if share is None else format_percent(Decimal(str(share)), 1)

    @property
    def last_day(self) -> date:
        """The day of the last session that concerns the person; whoever is eligible has one."""
        return max(each.last for each in self.timetables.values())

    @property
    def is_eligible(self) -> bool:
        return not self.reasons


def standings(
    enrolments: QuerySet[Enrolment], template: CertificateTemplate | None = None
) -> list[Standing]:
    """The standing of each enrolment, in the order given; ``template`` adds required modules."""
    rows = list(
        enrolments.select_related("participant", "group__site", "group__programme__project__lead")
    )
    ids = [row.pk for row in rows]
    groups = {row.group_id for row in rows}
    modules = _modules({row.group.programme_id for row in rows})
    timetables = _timetables(groups)
    attended = _attended(rows)
    valid = _valid_numbers(ids)
    required = _required(template)
    return [
        _standing(row, modules, timetables.get(row.group_id, {}), attended, valid, required)
        for row in rows
    ]


def _standing(
    row: Enrolment,
    modules: Mapping[int, Sequence[tuple[Module, frozenset[int]]]],
    timetable: Mapping[int | None, Timetable],
    attended: Mapping[tuple[Any, int], Mapping[int | None, int]],
    valid: Mapping[int, str],
    required: frozenset[int],
) -> Standing:
    programme = row.group.programme
    own: dict[int | None, Module | None] = {
        module.pk: module
        for module, audience in modules.get(programme.pk, ())
        if concerns(audience, row.job_category_id)
        and (module.pk in timetable or not module.is_archived)
    }
    if None in timetable:
        own[None] = None
    met = attended.get((row.participant_id, programme.pk), {})
    asked = []
    for key in own:
        planned = timetable[key].planned if key in timetable else 0
        asked.append(ModuleHours(key, planned, min(met.get(key, 0), planned)))
    facts = EligibilityFacts(
        is_enrolled=row.state in (EnrolmentState.ACTIVE, EnrolmentState.COMPLETED),
        modules=tuple(asked),
        unclosed_sessions=sum(timetable[key].unclosed for key in own if key in timetable),
        valid_number=valid.get(row.pk, ""),
        unprintable=unprintable(row.participant.name),
    )
    names = tuple((module.pk, module.name) for module in own.values() if module)
    policy = Policy(programme.threshold_percent, required & set(own), names)
    return Standing(
        row, facts, policy, own, {key: timetable[key] for key in own if key in timetable}
    )


def _modules(programmes: set[int]) -> dict[int, list[tuple[Module, frozenset[int]]]]:
    found: dict[int, list[tuple[Module, frozenset[int]]]] = defaultdict(list)
    modules = Module.objects.filter(programme__in=programmes).prefetch_related("audience")
    for module in modules.order_by("programme", "position", "pk"):
        audience = frozenset(category.pk for category in module.audience.all())
        found[module.programme_id].append((module, audience))
    return found


def _timetables(groups: set[int]) -> dict[int, dict[int | None, Timetable]]:
    found: dict[int, dict[int | None, Timetable]] = defaultdict(dict)
    sums: Any = (
        Session.objects.filter(group__in=groups)
        .counted()
        .order_by()
        .values("group", "module")
        .annotate(
            planned=Sum("minutes"),
            unclosed=Count("pk", filter=~Q(state=SessionState.CLOSED)),
            days=Count("date", distinct=True),
            first=Min("date"),
            last=Max("date"),
        )
    )
    for each in sums:
        group, module = each.pop("group"), each.pop("module")
        found[group][module] = Timetable(**each)
    return found


def _attended(rows: Sequence[Enrolment]) -> dict[tuple[Any, int], dict[int | None, int]]:
    """Minutes met by person, programme and module, in sessions held.

    What a person met in a group of the same programme before being moved counts too.
    """
    here = Q(enrolment__in=[row.pk for row in rows])
    before = Q(
        enrolment__state=EnrolmentState.MOVED,
        enrolment__participant__in={row.participant_id for row in rows},
        enrolment__group__programme__in={row.group.programme_id for row in rows},
    )
    sums = (
        Attendance.objects.filter(here | before, session__state=SessionState.CLOSED)
        .with_minutes_attended()
        .order_by()
        .values("enrolment__participant", "enrolment__group__programme", "session__module")
        .annotate(met=Sum("minutes_attended"))
    )
    found: dict[tuple[Any, int], dict[int | None, int]] = defaultdict(dict)
    for person, programme, module, met in sums.values_list(
        "enrolment__participant", "enrolment__group__programme", "session__module", "met"
    ):
        found[person, programme][module] = met
    return found


def _valid_numbers(ids: Sequence[int]) -> dict[int, str]:
    valid = Certificate.objects.valid().filter(enrolment__in=ids).order_by()
    return {
        enrolment: format_number(series, year, number)
        for enrolment, series, year, number in valid.values_list(
            "enrolment", "series", "year", "number"
        )
    }


def _required(template: CertificateTemplate | None) -> frozenset[int]:
    if template is None or template.pk is None:
        return frozenset()
    return frozenset(template.required_modules.values_list("pk", flat=True))
