"""What a report lacks before it is complete: warnings with the place to mend each, no refusals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.lib.names import in_language
from projects import doors
from projects.doors import Gap
from projects.models import Report, ReportPart

from .parts import project_page


def gaps_of(report: Report, facts: Mapping[str, Any]) -> Iterator[Gap]:
    """What is unwritten, unexplained or told in one language, and what higher apps know.

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
            words = _("“%(name)s”: the deviation is not explained") % {"name": _name(each)}
            yield Gap(words, f"{write}#indicator-{indicators.get(each['code'])}")
    for what, words, anchor in _texts(facts, activities, indicators):
        yield from _in_one_language(what, [words], f"{write}#{anchor}")
    yield from _names(report, facts)
    for ask in doors.gaps:
        yield from ask(report)


def _name(each: Mapping[str, Any]) -> str:
    """What a row is called in the reader's language."""
    return in_language(each["name"]["lv"], each["name"]["en"])


def _is_told(words: Mapping[str, str]) -> bool:
    return any(words.values())


def _texts(
    facts: Mapping[str, Any], activities: Mapping[str, int], indicators: Mapping[str, int]
) -> Iterator[tuple[str, Any, str]]:
    """Each text of a report: what it is, its words, and its place on the page of writing."""
    for part in (ReportPart.SUMMARY, ReportPart.NEXT_STEPS, ReportPart.STATEMENT):
        yield str(part.label), facts[part], str(part)
    for each in facts["activities"]:
        what = _("activity %(code)s") % {"code": each["code"]}
        yield what, each["text"], f"activity-{activities.get(each['code'])}"
    for each in facts["indicators"]:
        what = _("comment on the deviation of “%(name)s”") % {"name": _name(each)}
        yield what, each["comment"], f"indicator-{indicators.get(each['code'])}"


def _names(report: Report, facts: Mapping[str, Any]) -> Iterator[Gap]:
    """Names that the papers of the other language show as they are; one line for each kind."""
    project = report.project
    edit = reverse("projects:project_edit", args=[project.code])
    yield from _in_one_language(_("title of the project"), [facts["project"]["title"]], edit)
    for what, key, url in (
        (
            _("names of indicators"),
            "indicators",
            reverse("projects:indicator_list", args=[project.code]),
        ),
        (_("names of activities"), "activities", project_page(project, "activities")),
    ):
        yield from _in_one_language(what, [each["name"] for each in facts[key]], url)
    for table in facts["tables"]:
        title = in_language(table["title"]["lv"], table["title"]["en"])
        what = _("names in the table “%(table)s”") % {"table": title}
        names = [row["cells"][0] for row in table["rows"]]
        yield from _in_one_language(what, names, f"{report.get_absolute_url()}#{table['code']}")


def _in_one_language(what: str, words: Iterable[Any], url: str) -> Iterator[Gap]:
    """Said once for each language in which some of the words stand alone."""
    alone = {
        "".join(language for language in ("lv", "en") if each.get(language))
        for each in words
        if isinstance(each, dict)
    }
    if "lv" in alone:
        yield Gap(_("Only in Latvian: %(what)s") % {"what": what}, url)
    if "en" in alone:
        yield Gap(_("Only in English: %(what)s") % {"what": what}, url)
