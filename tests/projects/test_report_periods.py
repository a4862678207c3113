"""Reporting periods: what is refused beside its field when one is added or changed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from projects.models import Report

pytestmark = pytest.mark.django_db

HALF = {"period_start": date(2026, 1, 1), "period_end": date(2026, 6, 30)}


def errors_of(stage: Any, **given: Any) -> dict[str, str]:
    """What the form says beside its fields; nothing where the period was added."""
    data = {"number": 2, "period_start": "2026-07-01", "period_end": "2026-09-30", **given}
    client = stage.client("coordinator")
    client.cookies["language"] = "lv"
    page = client.post(f"/projects/{stage.project.code}/reports/add/", data)
    if page.status_code == 302:
        return {}
    assert page.status_code == 422
    return {name: " ".join(found) for name, found in page.context["form"].errors.items()}


def test_months_of_two_interim_reports_do_not_overlap(stage):
    stage.project.reports.create(number=1, **HALF)
    assert errors_of(stage) == {}
    [(name, words)] = errors_of(stage, number=3, period_start="2026-06-30").items()
    assert name == "period_start"
    assert words.startswith("Pārklājas ar „1. starpposma pārskats”")
    assert "30.06.2026." in words
    [(name, words)] = errors_of(
        stage, number=3, period_start="2025-12-01", period_end="2026-01-01"
    ).items()
    assert name == "period_end"


def test_final_report_may_tell_of_months_that_were_told(stage):
    stage.project.reports.create(number=1, **HALF)
    last = stage.project.end.isoformat()
    assert errors_of(stage, period_start="2026-01-01", period_end=last) == {}
    assert errors_of(stage, number=3) == {}  # and may stand there before the others
    names = [each.name for each in Report.objects.filter(project=stage.project)]
    assert len(set(names)) == 3


def test_what_stands_already_can_still_be_changed_elsewhere(stage):
    for number in (1, 2):
        row = stage.project.reports.create(number=number, due=date(2026, 1, 5), **HALF)
    row.full_clean()
    row.due += timedelta(days=1)
    with pytest.raises(Exception, match="due"):
        row.full_clean()


def test_report_is_not_due_before_its_months_are_over(stage):
    [(name, words)] = errors_of(stage, due="2026-09-29").items()
    assert name == "due" and "perioda beigām" in words
    assert errors_of(stage, due="2026-09-30") == {}


def test_number_that_is_taken_is_said_beside_it(stage):
    stage.project.reports.create(number=2, **HALF)
    assert errors_of(stage) == {"number": "Projektam jau ir pārskats ar šādu numuru."}
