"""Files of scans, and the marks laid beside the signed paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from portal.lib.fields import LineField
from projects.forms.uploads import clean_scan
from training.measures.progress import Cell
from training.models import Enrolment, Group, Module

AT_ONCE = 60 * 1024 * 1024  # what the proxy lets through: docs/operations.md
SCANS = ".pdf,.jpg,.jpeg,.png,application/pdf,image/jpeg,image/png"


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class ScansField(forms.FileField):
    """Several files at once; each mistake names its file."""

    def __init__(self, **kwargs: Any) -> None:
        words = gettext_lazy(
            "PDF, JPEG or PNG; several files at once, 20 MB each and 60 MB together."
        )
        widget = FilesInput(attrs={"accept": SCANS})
        super().__init__(**{"widget": widget, "help_text": words, "max_length": 200, **kwargs})

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = list(data or [])
        if not files:
            super().clean(None, initial)
            return []
        if sum(file.size or 0 for file in files) > AT_ONCE:
            raise ValidationError(
                _("These files are larger than 60 MB together: add them in parts.")
            )
        kept, errors = [], []
        for file in files:
            try:
                kept.append(clean_scan(super().clean(file, initial)))
            except ValidationError as error:
                errors += [f"{file.name}: {text}" for text in error.messages]
        if errors:
            raise ValidationError(errors)
        return kept


class ScanForm(forms.Form):
    """The signed sheet of a session."""

    scans = ScansField(label=gettext_lazy("Scan of the signed sheet"))


class SheetsForm(forms.Form):
    """Which sheets to print: those of one month, one module, or all that are planned."""

    month = forms.DateField(
        label=gettext_lazy("Month"), required=False, input_formats=["%Y-%m"], widget=forms.Select
    )
    module = forms.ModelChoiceField(
        label=gettext_lazy("Module"),
        required=False,
        queryset=Module.objects.none(),
        empty_label=gettext_lazy("All modules"),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the sheet"),
        required=False,
        choices=[("lv", "Latviešu"), ("en", "English")],
    )

    def __init__(self, data: Mapping[str, Any] | None, *, group: Group, months: Sequence[Any] = ()):
        super().__init__(data, auto_id="sheets_%s")
        modules: Any = self.fields["module"]
        modules.queryset = Module.objects.filter(sessions__group=group).distinct()
        choices = [("", gettext_lazy("All planned")), *months]
        self.fields["month"].widget.choices = choices  # type: ignore[attr-defined]

    def clean_language(self) -> str:
        """Latvian first."""
        return str(self.cleaned_data["language"] or "lv")


AGREES, DIFFERS = "agrees", "differs"
VERDICTS = {
    AGREES: pgettext_lazy("the paper", "Agrees"),
    DIFFERS: pgettext_lazy("the paper", "Differs"),
}


@dataclass
class PaperRow:
    """A person's mark beside what the paper says of him."""

    enrolment: Enrolment
    cell: Cell
    label: str
    verdict: str = ""
    note: str = ""
    error: str = ""


class PaperForm:
    """Everybody of a closed session with two answers; ``rest`` says that the others agree."""

    note = LineField(max_length=300, required=False, is_printed=False)

    def __init__(self, rows: Sequence[PaperRow], data: Mapping[str, str] | None) -> None:
        self.rows = rows
        if data is not None:
            for row in rows:
                self._take(row, data, rest=data.get("then") == "rest")

    def _take(self, row: PaperRow, data: Mapping[str, str], *, rest: bool) -> None:
        key = row.enrolment.pk
        row.verdict = data.get(f"paper-{key}", "")
        row.note = data.get(f"note-{key}", "")
        try:
            row.note = self.note.clean(row.note)
        except ValidationError as error:
            row.error = " ".join(error.messages)
            return
        if not row.verdict and row.note:
            row.verdict = DIFFERS  # whoever writes what the paper says has seen a difference
        if not row.verdict and rest:
            row.verdict = AGREES
        if row.verdict not in VERDICTS:
            row.verdict, row.error = "", _("Say whether the paper agrees.")
        elif row.verdict == DIFFERS and not row.note:
            row.error = _("Write what the paper says.")
        elif row.verdict == AGREES:
            row.note = ""

    @property
    def wrong(self) -> list[PaperRow]:
        """Those to be looked at again."""
        return [row for row in self.rows if row.error]

    @property
    def differences(self) -> dict[int, str]:
        """By enrolment what the paper says otherwise."""
        return {row.enrolment.pk: row.note for row in self.rows if row.verdict == DIFFERS}
