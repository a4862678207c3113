"""What people write in a report: a Latvian and an English text for each of its parts."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from portal.lib.fields import LinesField
from portal.lib.names import both
from portal.lib.text import tidy_text
from projects.actions import activities_in_order, default_statement, key_of
from projects.models import Report, ReportPart

LANGUAGES = ("lv", "en")
# The first page has room for five lines; what is longer belongs to the activities.
SUMMARY_LETTERS = 480
STATEMENT_LETTERS = 1000
SUMMARY_HINT = _(
    "What was reached, how far it is from the plan, why, and what comes next: at most five lines."
)
COMMENT_LETTERS = 1000
MOST_CHANGES = 2_000_000_000
TEXT_LETTERS = 6000


@dataclass(frozen=True)
class Pair:
    """One part of a report: its heading, what stands beside it, and its two fields."""

    heading: Any
    fields: Sequence[forms.BoundField]
    about: Any = None


def fingerprint(text: str) -> str:
    """Tells two texts apart, in a few letters."""
    return sha256(tidy_text(text).encode()).hexdigest()[:12]


def _shown(typed: str) -> dict[str, str]:
    """The fingerprints a page sends back; none where they cannot be read."""
    try:
        found = json.loads(typed)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


class ReportTextsForm(forms.Form):
    """All texts of a report, and the revision its writer has seen."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=MOST_CHANGES)
    # A fingerprint of each text as it was shown, so that one left alone never overwrites a newer one.
    shown = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200_000)

    def __init__(self, data: Any = None, *, report: Report) -> None:
        self.report = report
        super().__init__(data, initial={"revision": report.revision})
        self.stored = {key_of(each): both(each, "text") for each in report.texts.all()}
        self.keys: dict[str, Any] = {}
        for part, letters, rows, hint in (
            (ReportPart.SUMMARY, SUMMARY_LETTERS, 5, SUMMARY_HINT),
            (ReportPart.NEXT_STEPS, TEXT_LETTERS, 4, ""),
            (ReportPart.STATEMENT, STATEMENT_LETTERS, 4, ""),
        ):
            self._add(part, str(part), letters, rows, hint)
        self.activities = list(activities_in_order(report.project))
        for activity, _depth in self.activities:
            key = (ReportPart.ACTIVITY, activity.pk)
            self._add(key, f"activity-{activity.pk}", TEXT_LETTERS, 5)
        self.indicators = list(report.project.indicators.current())
        for indicator in self.indicators:
            key = (ReportPart.INDICATOR, indicator.pk)
            self._add(key, f"indicator-{indicator.pk}", COMMENT_LETTERS, 2)
        self.offered = {}
        if not any(self.stored.get(ReportPart.STATEMENT, {}).values()):
            self.offered = default_statement(report.project)
        self.initial |= {f"statement_{each}": words for each, words in self.offered.items()}
        self.initial["shown"] = json.dumps(
            {name: fingerprint(self.initial[name]) for name in self.names}
        )
        if self.is_bound:
            self.data = self._completed(data)

    @property
    def names(self) -> list[str]:
        """The fields that hold texts."""
        return [f"{name}_{language}" for name in self.keys for language in LANGUAGES]

    def _completed(self, data: Any) -> Any:
        """What was sent; a field that did not come, as of a part added meanwhile, stays as it is."""
        whole = data.copy()
        for name in self.fields:
            if name != "revision":
                whole.setdefault(name, self.initial[name])
        return whole

    def _add(self, key: Any, name: str, letters: int, rows: int, hint: Any = "") -> None:
        self.keys[name] = key
        for language, label in zip(LANGUAGES, (_("In Latvian"), _("In English")), strict=True):
            self.fields[f"{name}_{language}"] = LinesField(
                label=label,
                required=False,
                max_length=letters,
                widget=forms.Textarea(attrs={"rows": rows, "lang": language}),
                help_text=hint if language == "lv" else "",
            )
            self.initial[f"{name}_{language}"] = self.stored.get(key, {}).get(language, "")

    @property
    def texts(self) -> dict[Any, tuple[str, str]]:
        """What was written, by what it is about; a statement nobody changed is not written."""
        found = {
            key: (self.cleaned_data[f"{name}_lv"], self.cleaned_data[f"{name}_en"])
            for name, key in self.keys.items()
        }
        if found[ReportPart.STATEMENT] == tuple(map(tidy_text, self.offered.values())):
            del found[ReportPart.STATEMENT]
        return found

    def after(self, stored: Report, error: Any) -> ReportTextsForm:
        """The same texts on top of what somebody else has written meanwhile, shown beside them."""
        data = self.data.copy()
        data["revision"] = stored.revision
        form = ReportTextsForm(data, report=stored)
        shown, data = _shown(data.get("shown", "")), form.data
        for name in form.names:
            mine, other = tidy_text(data.get(name, "")), form.initial[name]
            if shown.get(name) == fingerprint(mine):
                data[name] = other  # left alone here
            elif other and other != mine:
                # Escaped here: help texts are printed as they are.
                stored_now = _("Stored now: %(text)s") % {"text": other}
                form.fields[name].help_text = format_html("{}", stored_now)
        data["shown"] = form.initial["shown"]
        form.add_error(None, error)
        return form

    def _pair(self, name: str, heading: Any, about: Any = None) -> Pair:
        return Pair(heading, [self[f"{name}_{language}"] for language in LANGUAGES], about)

    @property
    def whole(self) -> Iterator[Pair]:
        """The texts about the report as a whole."""
        for part in (ReportPart.SUMMARY, ReportPart.NEXT_STEPS, ReportPart.STATEMENT):
            yield self._pair(str(part), part.label)

    @property
    def of_activities(self) -> Iterator[Pair]:
        for activity, _depth in self.activities:
            yield self._pair(f"activity-{activity.pk}", f"{activity.code}. {activity.name}")

    def of_indicators(self, figures: Mapping[str, Any]) -> Iterator[Pair]:
        """Each comment beside the figure it explains; ``figures`` by code."""
        for indicator in self.indicators:
            about = figures.get(indicator.code)
            yield self._pair(f"indicator-{indicator.pk}", indicator.name, about)


class ReturnForm(forms.Form):
    """What is to be corrected."""

    note = LinesField(
        label=_("What is to be corrected"),
        max_length=4000,
        is_printed=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class AcceptForm(forms.Form):
    """A word to those who wrote it, if there is any."""

    note = LinesField(
        label=_("Note"),
        required=False,
        max_length=4000,
        is_printed=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
