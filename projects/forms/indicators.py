"""Forms for activities, indicators, their plan by dates and entered values."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from projects.measures import measure_choices
from projects.models import (
    MEASURED_FROM_NOUGHT,
    Activity,
    Indicator,
    IndicatorMethod,
    IndicatorTarget,
    IndicatorValue,
    Report,
)

from .facts import partners_of
from .fields import AmountField, LooseDateField
from .projects import PlacedForm
from .rows import PartForm, RowForm
from .uploads import clean_evidence


def outside_of(row: Any, rows: Any) -> Any:
    """Rows that may stand above ``row``: neither itself nor anything below it."""
    below, level = {row.pk}, {row.pk}
    while row.pk and level:
        level = set(rows.filter(parent__in=level).values_list("pk", flat=True)) - below
        below |= level
    return rows.exclude(pk__in=below - {None})


def not_to_come(day: date) -> date:
    """A day on which something has happened."""
    if day > timezone.localdate():
        raise forms.ValidationError(_("This day has not come yet."))
    return day


class ActivityForm(PlacedForm):
    target = AmountField(label=_("target"))
    due = LooseDateField(label=_("due"), ends=True)

    beside = (
        ("code", "kind"),
        ("name_lv", "name_en"),
        ("parent", "organisation"),
        ("target", "unit", "due"),
        ("position", "source"),
    )

    class Meta:
        model = Activity
        fields = [
            *("code", "name_lv", "name_en", "kind", "parent", "target", "unit", "due"),
            *("organisation", "position", "source", "as_stated"),
        ]
        help_texts = {
            "code": _("As in the application: 1.2 or A3. Numbers may be skipped."),
            "target": _("Leave empty if none is stated."),
        }

    def narrow(self) -> None:
        super().narrow()
        self.fields["parent"].queryset = outside_of(self.instance, self.project.activities.all())
        self.fields["organisation"].queryset = partners_of(
            self.project, self.instance.organisation_id
        )


class IndicatorForm(PlacedForm):
    baseline = AmountField(
        label=_("baseline"),
        is_signed=True,
        help_text=_("Where the figure stood before the project; what is entered is added to it."),
    )
    target = AmountField(
        label=_("target"),
        is_signed=True,
        help_text=_("Leave empty if none is stated; it is not 0."),
    )
    measure = forms.ChoiceField(
        label=_("measure"),
        required=False,
        help_text=_("What is counted, if the figure comes from the portal's rows."),
    )

    beside = (
        ("code", "kind"),
        ("name_lv", "name_en"),
        ("unit_lv", "unit_en"),
        ("baseline", "target", "position"),
    )

    class Meta:
        model = Indicator
        fields = [
            *("code", "name_lv", "name_en", "kind", "method", "measure", "activity", "parent"),
            *("unit_lv", "unit_en", "baseline", "target", "position", "is_headline"),
            *("source", "as_stated"),
        ]
        widgets = {"method": forms.RadioSelect}
        help_texts = {
            "parent": _("If this figure is counted within another: “of which”."),
            "activity": _("Only what belongs to this activity is counted."),
        }

    def narrow(self) -> None:
        super().narrow()
        self.fields["measure"].choices = [("", _("none")), *measure_choices()]
        others = outside_of(self.instance, self.project.indicators.all())
        self.fields["parent"].queryset = others.offered(self.instance.parent_id)
        self.fields["activity"].queryset = self.project.activities.all()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("method") == IndicatorMethod.ENTERED:
            cleaned["measure"] = ""
            return cleaned
        if not cleaned.get("measure") and "measure" not in self.errors:
            self.add_error("measure", _("Choose what is counted."))
        if cleaned.get("baseline"):
            self.add_error("baseline", MEASURED_FROM_NOUGHT)
        return cleaned


class PlanForm(PartForm):
    """What should be reached by a day, by the whole project or by one partner."""

    owner_field = "indicator"
    value = AmountField(label=_("planned value"), is_signed=True, required=True)

    beside = (("until", "value"),)

    class Meta:
        model = IndicatorTarget
        fields = ["until", "value", "organisation"]

    @property
    def project(self) -> Any:
        return self.owner.project

    def narrow(self) -> None:
        super().narrow()
        partner = self.fields["organisation"]
        partner.queryset = partners_of(self.project, self.instance.organisation_id)
        partner.empty_label = str(_("the whole project"))


class ValueForm(PlanForm):
    """How much was added by a day, and what proves it."""

    value = AmountField(
        label=_("value"),
        is_signed=True,
        required=True,
        help_text=_("What was added since the value before; a correction may be negative."),
    )

    beside = (("on", "value"),)

    class Meta:
        model = IndicatorValue
        fields = ["on", "value", "organisation", "note", "source", "as_stated", "evidence"]
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}

    def clean_on(self) -> Any:
        return not_to_come(self.cleaned_data["on"])

    def clean_evidence(self) -> Any:
        file = self.cleaned_data["evidence"]
        return clean_evidence(file) if isinstance(file, UploadedFile) else file


class ReportForm(PartForm):
    ordered = (("period_start", "period_end"),)

    beside = (("period_start", "period_end"),)

    class Meta:
        model = Report
        fields = ["number", "period_start", "period_end", "due"]

    def narrow(self) -> None:
        """Once a version exists only the day on which it is due can change."""
        super().narrow()
        if self.instance.pk and self.instance.versions.exists():
            for name in Report.frozen:
                self.fields[name].disabled = True
            self.fields["number"].help_text = Report.stands


class SubmissionForm(RowForm):
    """On which day a report was sent in."""

    class Meta:
        model = Report
        fields = ["submitted_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["submitted_on"].required = True
        self.initial["submitted_on"] = timezone.localdate()

    def clean_submitted_on(self) -> Any:
        return not_to_come(self.cleaned_data["submitted_on"])
