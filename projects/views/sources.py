"""What sources say of a project, side by side, and where they differ."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.lib.web import fragment_or_page
from portal.lib.workbook import Sheet, workbook_response
from projects.access import can_edit_project
from projects.models import Project, Source
from projects.rules import Agreement, Comparison, Fact, compare, in_unit, is_currency

from .pages import visible_project


@dataclass(frozen=True)
class ShownFact:
    """What one source says, as the page writes it."""

    fact: Fact

    @property
    def row(self) -> Any:
        return self.fact.row

    @property
    def value(self) -> str:
        """The value as people read it; empty where the source names the thing and no value."""
        value, unit = self.fact.value, self.fact.unit
        if not isinstance(value, Decimal):
            return str(value or "")
        return in_unit(value, unit)

    @property
    def is_number(self) -> bool:
        return isinstance(self.fact.value, Decimal)

    @property
    def quotation(self) -> tuple[str, str, str]:
        """The words of the source, parted around the figure so that it can be marked."""
        words = self.row.as_stated
        found = figure_in(words, self.fact.value) if self.is_number else None
        if not found:
            return words, "", ""
        return words[: found.start()], found.group(), words[found.end() :]


def figure_in(words: str, value: Any) -> re.Match[str] | None:
    """Where the figure stands in the words, however its thousands and cents are parted."""
    whole, _point, cents = f"{value.normalize():f}".partition(".")
    digits = r"[\s.,']?".join(whole.lstrip("-"))
    rest = rf"(?:[.,]\s?{cents.ljust(2, '0')}|[.,]{cents})" if cents else r"(?:[.,]\s?00)?"
    return re.search(rf"(?<!\d){digits}{rest}(?!\d)", words)


@dataclass(frozen=True)
class ShownComparison:
    """One line of the table: a subject and, source by source, what is said of it."""

    comparison: Comparison
    columns: Sequence[tuple[Any, Sequence[ShownFact]]]

    @property
    def first(self) -> Any:
        return self.comparison.facts[0].row

    @property
    def label(self) -> str:
        """What it is about; of one partner if only he is spoken of."""
        whose = {fact.row.organisation for fact in self.comparison.facts}
        partner = whose.pop() if len(whose) == 1 else None
        return f"{self.first.label} · {partner}" if partner else str(self.first.label)

    @property
    def state(self) -> str:
        return {Agreement.DISAGREE: "unresolved", Agreement.UNLIKE: "unlike"}.get(
            self.comparison.agreement, ""
        )

    @property
    def difference(self) -> str:
        """How far the values lie apart; words where they are no figures."""
        if not self.comparison.is_open:
            return ""
        gap, kinds = self.comparison.difference, {fact.kind for fact in self.comparison.facts}
        if gap is None:
            return _("words")
        sign = "+" if kinds == {"planned", "achieved"} and gap > 0 else ""
        unit = self.comparison.facts[0].unit
        return sign + in_unit(gap, unit if is_currency(unit) else "")

    @property
    def said_of(self) -> str:
        """Planned or achieved, and by whom: what must be alike to compare."""
        rows, everybody = [fact.row for fact in self.comparison.facts], _("all partners")
        said = [f"{row.kind_label}, {row.organisation or everybody}" for row in rows]
        return _(" against ").join(dict.fromkeys(said))


def heading_of(source: Source | None, others: Sequence[Source | None]) -> str:
    """A source in few words: its kind, or its publisher or title where the kind is not alone."""
    if source is None:
        return _("no source")
    alike = [each for each in others if each and each.kind == source.kind]
    words = source.get_kind_display() if len(alike) == 1 else source.publisher or source.title
    return str(words)[:1].upper() + str(words)[1:]


def comparisons_of(project: Project) -> list[Comparison]:
    """Everything published about the project by subject: what differs first."""
    order = {Agreement.DISAGREE: 0, Agreement.UNLIKE: 1, Agreement.AGREE: 2}
    return sorted(compare(project.facts()), key=lambda each: order.get(each.agreement, 3))


def _shown(found: Sequence[Comparison], sources: Sequence[Any]) -> Iterator[ShownComparison]:
    for comparison in found:
        columns = [
            (source, [ShownFact(fact) for fact in comparison.said_by(source.pk)])
            for source in sources
        ]
        yield ShownComparison(comparison, columns)


@require_safe
def source_list(request: HttpRequest, code: str) -> HttpResponse:
    project = visible_project(request, code)
    sources = list(project.sources.all())
    found = comparisons_of(project)
    differing = [each for each in found if each.is_open]
    only_differing = request.GET.get("show") == "differing"
    shown = list(_shown(differing if only_differing else found, sources))
    if request.GET.get("format") == "xlsx":
        return workbook_response(f"{project.code}-sources", [_sheet(shown, sources)])
    subject = request.GET.get("subject", "")
    chosen = next((each for each in shown if each.comparison.subject == subject), None)
    context = {
        "project": project,
        "sources": [(each, heading_of(each, sources)) for each in sources],
        "comparisons": shown,
        "chosen": chosen or next(iter(shown), None),
        "counts": {"all": len(found), "differing": len(differing)},
        "only_differing": only_differing,
        "fact_count": sum(len(each.facts) for each in found),
        "can_edit": can_edit_project(request.user, project),
    }
    return fragment_or_page(request, "projects/source_list.html", context, "comparison")


def _sheet(shown: Sequence[ShownComparison], sources: Sequence[Any]) -> Sheet:
    headings = [_("What is stated"), _("Planned or achieved, and by whom")]
    headings += [heading_of(each, sources) for each in sources] + [_("Difference"), _("State")]
    words = {"unresolved": _("sources disagree"), "unlike": _("not the same thing")}
    rows = [
        [
            each.label,
            each.said_of,
            *(_in_cell(said) for source, said in each.columns),
            each.difference,
            words.get(each.state, ""),
        ]
        for each in shown
    ]
    return Sheet(_("Sources"), headings, rows)


def _in_cell(said: Sequence[ShownFact]) -> Any:
    """A figure alone stays a figure."""
    if len(said) == 1 and isinstance(said[0].fact.value, Decimal):
        return said[0].fact.value
    return "; ".join(each.value for each in said) or _("not stated")


@require_safe
def discrepancy_list(request: HttpRequest) -> HttpResponse:
    """Every project the user may see with the number of its open differences."""
    code = request.GET.get("project")
    seen = Project.objects.visible_to(request.user).current()
    if code and seen.filter(code=code).exists():
        return redirect(f"{reverse('projects:source_list', args=[code])}?show=differing")
    projects = []
    for project in seen.prefetch_related("sources").with_facts():
        found = comparisons_of(project)
        projects.append((project, [ShownComparison(c, ()) for c in found if c.is_open], len(found)))
    return render(request, "projects/discrepancy_list.html", {"projects": projects})
