"""Reporting periods whose report was sent in: noted by hand, since the portal does not send it yet."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from projects.models import Report, ReportState


def note_submission(*, report: Report, on: date) -> Report:
    """Note the day on which a report was submitted; the period is then left as it is."""
    with transaction.atomic():
        report = _locked(report)
        if not report.is_open:
            raise ValidationError(_("This report is submitted already."))
        return _put(report, ReportState.SUBMITTED, on)


def take_back_submission(*, report: Report) -> Report:
    """Undo a note made by mistake: the report is due again."""
    with transaction.atomic():
        report = _locked(report)
        if report.state != ReportState.SUBMITTED:
            raise ValidationError(_("Only a submitted report can be taken back."))
        return _put(report, ReportState.DRAFT, None)


def _locked(report: Report) -> Report:
    return Report.objects.select_for_update(of=("self",)).get(pk=report.pk)


def _put(report: Report, state: ReportState, on: date | None) -> Report:
    report.state, report.submitted_on = state, on
    report.save(update_fields=["state", "submitted_on"])
    return report
