"""What a report lacks before it is complete: warnings with the place to mend each, no refusals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from projects import doors
from projects.doors import Gap
from projects.models import Report


def gaps_of(report: Report, facts: Mapping[str, Any]) -> Iterator[Gap]:
    """What is unwritten or unexplained in its own texts, and what higher apps know.

    ``facts`` are those of the draft as they are frozen: both languages stand in them.
    """
    write = reverse("projects:report_write", args=[report.project.code, report.pk])
    if not _is_told(facts["summary"]):
        yield Gap(_("The summary is not written"), f"{write}#summary")
    activities = dict(report.project.activities.values_list("code", "pk"))
    for each in facts["activities"]:
        if not _is_told(each["text"]):
            words = _("Nothing is told of activity %(code)s") % {"code": each["code"]}
            yield Gap(words, f"{write}#activity-{activities.get(each['code'])}")
    indicators = dict(report.project.indicators.values_list("code", "pk"))
    for each in facts["indicators"]:
        if each["is_behind"] and not _is_told(each["comment"]):
            words = _("The deviation of indicator %(code)s is not explained")
            yield Gap(
                words % {"code": each["code"]}, f"{write}#indicator-{indicators.get(each['code'])}"
            )
    for ask in doors.gaps:
        yield from ask(report)


def _is_told(words: Mapping[str, str]) -> bool:
    return any(words.values())
