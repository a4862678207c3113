"""Entered figures with their approval, and the daily memory of all figures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from projects.measures import figures
from projects.models import (
    FigureSnapshot,
    Indicator,
    IndicatorMethod,
    IndicatorValue,
    Project,
    ReportVersion,
)

from .rows import keep


def record_value(*, value: IndicatorValue, by: Any) -> IndicatorValue:
    """Enter a figure, or change one that waits: it waits for somebody else's approval anew."""
    if value.indicator.method != IndicatorMethod.ENTERED:
        raise ValidationError(_("This figure is counted from the portal's rows; it is not typed."))
    value.entered_by, value.entered_at = by, timezone.now()
    return keep(row=value, fixed=lambda stored: stored.is_counted)


def approve_value(*, value: IndicatorValue, by: Any, seen: str | None = None) -> IndicatorValue:
    """Let an entered figure count. Whoever entered it cannot approve it.

    ``seen`` is its revision as it stood on the page: what changed since is not approved unseen.
    """
    with transaction.atomic():
        value = IndicatorValue.objects.select_for_update(of=("self",)).get(pk=value.pk)
        if value.entered_by_id == by.pk:
            raise ValidationError(_("You entered this figure; somebody else has to approve it."))
        if seen is not None and seen != value.revision:
            raise ValidationError(_("The value was changed meanwhile. Look at it again."))
        if value.approved_at is None:
            value.approved_by, value.approved_at = by, timezone.now()
            value.save(update_fields=["approved_by", "approved_at"])
    return value


def take_snapshots(*, on: date) -> int:
    """Remember every current figure as it is known on the evening of ``on``.

    A day that is remembered already keeps its first figures. Returns how many were added.
    """
    rows = Indicator.objects.current().filter(project__archived_at__isnull=True)
    return _remember(list(rows), on)


def remember(project: Project, *, on: date, version: ReportVersion) -> int:
    """Remember the figures of one project as they are known when its report is submitted."""
    return _remember(list(project.indicators.current()), on, version)


def _remember(
    indicators: Sequence[Indicator], on: date, version: ReportVersion | None = None
) -> int:
    known = figures(indicators, until=on)
    remembered = [
        FigureSnapshot(
            indicator=each,
            known_on=on,
            value=known[each.pk].value,
            is_demo=known[each.pk].demo,
            version=version,
        )
        for each in indicators
    ]
    with transaction.atomic():
        same_day = FigureSnapshot.objects.filter(known_on=on)
        before = same_day.count()
        FigureSnapshot.objects.bulk_create(remembered, ignore_conflicts=True, batch_size=500)
        return same_day.count() - before
