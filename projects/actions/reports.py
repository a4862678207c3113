"""The life of a report: written, submitted and frozen, signed off, returned, accepted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.lib.documents import Priority, ring
from portal.lib.moments import in_one_moment
from portal.lib.text import tidy_text
from projects.access import can_return_report, judges_of, officers_besides
from projects.models import (
    PaperKind,
    Report,
    ReportPaper,
    ReportState,
    ReportStep,
    ReportText,
    ReportVersion,
)
from projects.rules import freeze

from .figures import remember
from .report_facts import key_of, report_facts
from .report_letters import tell_of
from .visuals import check_letters, funding_statement, logo_row, visual_sets

LANGUAGES = ("lv", "en")


@transaction.atomic
def write_report(*, report: Report, texts: Mapping[Any, tuple[str, str]], seen: int) -> Report:
    """Keep what was written: by part, or by part and row, a Latvian and an English text.

    ``seen`` is the revision as it stood on the page: what somebody else wrote meanwhile is not
    overwritten unseen.
    """
    report = _locked(report)
    if not report.is_open:
        raise ValidationError(_("This report is submitted: nothing is written in it any more."))
    if report.revision != seen:
        raise ValidationError(
            _("Somebody else has changed this report meanwhile. Compare, then save again."),
            code="changed",
        )
    stored = {key_of(each): each for each in report.texts.all()}
    for key, words in texts.items():
        _write(report, stored.get(key), key, *map(tidy_text, words))
    report.revision += 1
    report.save(update_fields=["revision"])
    return report


def _write(report: Report, row: ReportText | None, key: Any, text_lv: str, text_en: str) -> None:
    """One text; an empty one is not kept, so that what it was about can be removed."""
    part, about = key if isinstance(key, tuple) else (key, None)
    if not text_lv and not text_en:
        if row:
            row.delete()
        return
    if row is None:
        row = ReportText(report=report, part=part)
        if about is not None:
            setattr(row, f"{part}_id", about)
    if (row.text_lv, row.text_en) != (text_lv, text_en) or row.pk is None:
        row.text_lv, row.text_en = text_lv, text_en
        row.save()


def check_submission(*, report: Report, now: datetime | None = None) -> None:
    """Raises ValidationError where it cannot be submitted; asked by the page, and under the lock."""
    if not report.is_open:
        raise ValidationError(_("This report is submitted already."))
    if report.period_end >= timezone.localdate(now):
        raise ValidationError(_("The months of this report are not over yet."))


def submit_report(
    *, report: Report, by: Any, now: datetime | None = None, priority: int = Priority.SOMEONE_WAITS
) -> ReportVersion:
    """Freeze every figure and text of one moment as the next version, and have its papers made.

    It goes to the lead organisation's officer for sign-off; where there is no other person, it is
    sent at once and the step says so.
    """
    return in_one_moment(lambda: _submit(report, by, now or timezone.now(), priority))


def _submit(report: Report, by: Any, now: datetime, priority: int) -> ReportVersion:
    report = _locked(report)
    check_submission(report=report, now=now)
    before = report.versions.last()
    version = ReportVersion(
        report=report,
        number=before.number + 1 if before else 1,
        frozen_at=now,
        frozen_by=by,
        replaces=before,
    )
    version.facts = _frozen(report, version)
    check_letters(version.facts)
    version.save()
    remember(report.project, on=timezone.localdate(now), version=version)
    ReportPaper.objects.bulk_create(
        ReportPaper(version=version, language=language, kind=kind, priority=priority)
        for language in LANGUAGES
        for kind in PaperKind
    )
    if officers_besides(by, report.project).exists():
        _step(report, ReportState.SIGNING, by, now, version=version)
    else:
        _send(report, by, now, version, is_alone=True)
    ring()
    return version


def _frozen(report: Report, version: ReportVersion) -> dict[str, Any]:
    """The facts of the draft, and what only a paper carries."""
    project = report.project
    day = timezone.localdate(version.frozen_at)
    sets = visual_sets(project, day)
    # Whoever reads the paper knows only what was sent; what was taken back replaced nothing.
    sent = report.versions.sent().values_list("number", flat=True)
    carried = {
        "frozen_on": day,
        "replaces": sent.last(),
        # Whoever signs it off does so later; that stands in the history.
        "submitted_by": version.frozen_by.name if version.frozen_by else "",
        "funding_statement": funding_statement(project, sets),
        "logos": {language: logo_row(project, sets, language) for language in LANGUAGES},
    }
    return {**report_facts(report, version=version.number), **freeze(carried)}


def _send(
    report: Report, by: Any, now: datetime, version: ReportVersion, *, is_alone: bool = False
) -> None:
    """From now on the funder reads this version."""
    version.sent_at = now
    version.save(update_fields=["sent_at"])
    report.submitted_on = timezone.localdate(now)
    _step(report, ReportState.SUBMITTED, by, now, version=version, is_alone=is_alone)


@transaction.atomic
def sign_report(*, report: Report, by: Any, seen: int, now: datetime | None = None) -> Report:
    """The officer's sign-off: never by whoever submitted it, only of the version he has ``seen``."""
    report = _locked(report)
    version = check_sign_off(report=report, by=by, seen=seen)
    _send(report, by, now or timezone.now(), version)
    return report


def check_sign_off(*, report: Report, by: Any, seen: int) -> ReportVersion:
    """The version that is signed off, or a ValidationError; as the other checks."""
    if report.state != ReportState.SIGNING:
        raise ValidationError(_("This report does not wait for a sign-off."))
    version = _read(report, seen)
    if version is None:
        raise ValidationError(_("This report does not wait for a sign-off."))
    if version.frozen_by_id == by.pk:
        raise ValidationError(_("You submitted this report; somebody else has to sign it off."))
    return version


@transaction.atomic
def return_report(
    *, report: Report, by: Any, note: str, seen: int, now: datetime | None = None
) -> Report:
    """Send a report back to be corrected: by the officer before, by the funder after it was sent."""
    report = _locked(report)
    note = tidy_text(note)
    version = check_return(report=report, by=by, seen=seen)
    if not note:
        raise ValidationError({"note": _("Say what is to be corrected.")})
    _step(report, ReportState.RETURNED, by, now, version=version, note=note)
    return report


def check_return(*, report: Report, by: Any, seen: int) -> ReportVersion | None:
    """The version that is returned, if there is one, or a ValidationError."""
    if report.is_open:
        raise ValidationError(_("This report is being written already."))
    version = _read(report, seen)
    if not can_return_report(by, report):
        raise ValidationError(_("This report has gone on meanwhile; you can no longer return it."))
    return version


@transaction.atomic
def accept_report(
    *, report: Report, by: Any, seen: int, note: str = "", now: datetime | None = None
) -> Report:
    """The funder accepts what was sent; whoever submitted it only where nobody else could."""
    report = _locked(report)
    version = check_acceptance(report=report, by=by, seen=seen)
    alone = _is_own(version, by)
    note = tidy_text(note)
    _step(report, ReportState.ACCEPTED, by, now, version=version, note=note, is_alone=alone)
    return report


def check_acceptance(*, report: Report, by: Any, seen: int) -> ReportVersion | None:
    """The version that is accepted, if there is one, or a ValidationError."""
    if report.state != ReportState.SUBMITTED:
        raise ValidationError(_("Only a submitted report can be accepted."))
    version = _read(report, seen)
    if _is_own(version, by) and judges_of(report.project).exclude(user=by).exists():
        raise ValidationError(_("You submitted this report; somebody else has to accept it."))
    return version


def _is_own(version: ReportVersion | None, by: Any) -> bool:
    """Whether the one who judges is the one who submitted it."""
    return version is not None and version.frozen_by_id == by.pk


def _read(report: Report, seen: int) -> ReportVersion | None:
    """The last version, if it is the one on the page that was ``seen``; 0 where there is none."""
    last = report.versions.last()
    if seen != (last.number if last else 0):
        raise ValidationError(_("This report has changed since you opened it. Read it again."))
    return last


@transaction.atomic
def note_submission(*, report: Report, on: date, by: Any) -> Report:
    """Note the day on which a report was sent in outside the portal; no version is made.

    Refused where versions are: the funder would read one and the state would tell of another.
    """
    report = _locked(report)
    check_note(report=report)
    report.submitted_on = on
    _step(report, ReportState.SUBMITTED, by, None)
    return report


def check_note(*, report: Report) -> None:
    """Raises ValidationError where a submission outside the portal can no longer be noted."""
    if not report.is_open:
        raise ValidationError(_("This report is submitted already."))
    if report.versions.exists():
        words = _("A version of this report was submitted here; submit the next one here, too.")
        raise ValidationError(words)


@transaction.atomic
def take_back_submission(*, report: Report, by: Any) -> Report:
    """Take back what was submitted by mistake, as long as the funder has not got it."""
    report = _locked(report)
    noted = report.state == ReportState.SUBMITTED and not report.versions.exists()
    if report.state != ReportState.SIGNING and not noted:
        raise ValidationError(_("This report cannot be taken back: ask the funder to return it."))
    sent = report.versions.sent().last()
    report.submitted_on = timezone.localdate(sent.sent_at) if sent else None
    state = ReportState.RETURNED if sent else ReportState.DRAFT
    _step(report, state, by, None, version=report.versions.last())
    return report


def _locked(report: Report) -> Report:
    rows = Report.objects.select_related("project__programme", "project__lead")
    found = rows.select_for_update(of=("self",)).filter(pk=report.pk).first()
    if found is None:
        raise ValidationError(_("Somebody has removed this report meanwhile."), code="removed")
    return found


def _step(
    report: Report,
    state: ReportState,
    by: Any,
    now: datetime | None,
    *,
    version: ReportVersion | None = None,
    note: str = "",
    is_alone: bool = False,
) -> None:
    """Move the report on, keep who moved it, and tell those whose turn it is."""
    step = ReportStep.objects.create(
        report=report,
        old_state=report.state,
        new_state=state,
        user=by,
        at=now or timezone.now(),
        version=version,
        note=note,
        is_alone=is_alone,
    )
    report.state = state
    report.save(update_fields=["state", "submitted_on"])
    tell_of(step)
