"""Letters on the way of a report: to those whose turn it is, with a link and no more."""

from __future__ import annotations

import logging
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from projects import actions
from projects.models import Report, ReportState

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(stage: Any) -> Report:
    return stage.project.reports.create(
        number=1, period_start=date(2026, 1, 1), period_end=date(2026, 6, 30)
    )


@pytest.fixture
def told_by(django_capture_on_commit_callbacks: Any) -> Any:
    """Takes a step and says to whom a letter went, and with what subject."""

    def told_by(step: Any, **given: Any) -> list[tuple[list[str], str]]:
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            step(**given)
        return sorted((each.to, each.subject) for each in mail.outbox)

    return told_by


def test_each_step_is_told_to_those_whose_turn_it_is(stage, report, told_by):
    people = stage.people
    coordinator, officer, funder = (people[who] for who in ("coordinator", "officer", "funder"))
    for user, language in ((officer, "lv"), (funder, "en"), (coordinator, "lv")):
        user.language = language
        user.save()
    assert told_by(actions.submit_report, report=report, by=coordinator) == [
        ([officer.email], "Pārskats gaida jūsu apstiprinājumu")
    ]
    assert report.get_absolute_url() in mail.outbox[0].body
    assert told_by(actions.sign_report, report=report, by=officer, seen=1) == [
        ([funder.email], "A report waits for your decision")
    ]
    given = {"report": report, "by": funder, "seen": 1}
    assert told_by(actions.return_report, note="Nepatīk 17 stundas.", **given) == [
        ([coordinator.email], "Pārskats ir atgriezts")
    ]
    assert not any(word in mail.outbox[0].body for word in ("17", "Nepatīk", funder.last_name))
    told_by(actions.submit_report, report=report, by=coordinator)
    told_by(actions.sign_report, report=report, by=officer, seen=2)
    assert told_by(actions.accept_report, report=report, by=funder, seen=2) == [
        ([coordinator.email], "Pārskats ir pieņemts")
    ]


def test_what_was_taken_back_or_is_no_news_is_told_to_nobody(stage, report, told_by):
    coordinator = stage.people["coordinator"]
    past = timezone.now() - timedelta(days=1)
    assert told_by(actions.submit_report, report=report, by=coordinator, now=past) == []
    assert told_by(actions.take_back_submission, report=report, by=coordinator) == []
    on = timezone.localdate()
    assert (
        told_by(
            actions.note_submission,
            report=report.__class__.objects.create(
                project=stage.project, number=2, period_start=on, period_end=on
            ),
            on=on,
            by=coordinator,
        )
        == []
    )


def test_mail_server_that_fails_breaks_no_step(stage, report, told_by, caplog, monkeypatch):
    def fails(*_args: Any, **_kwargs: Any) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("projects.actions.report_letters.send_mail", fails)
    with caplog.at_level(logging.WARNING):
        told_by(actions.submit_report, report=report, by=stage.people["coordinator"])
    report.refresh_from_db()
    assert report.state == ReportState.SIGNING
    officer = stage.people["officer"]
    assert f"account {officer.pk}: ConnectionRefusedError" in caplog.text
    assert officer.email not in caplog.text
