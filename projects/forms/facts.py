"""Forms for partners, money and what sources say of a project."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from projects.models import (
    Funder,
    Funding,
    FundingPart,
    Organisation,
    Partnership,
    Source,
    Statement,
)

from .fields import AmountField, LooseDateField
from .organisations import LANGUAGES
from .projects import PlacedForm
from .rows import PartForm

CURRENCY = re.compile(r"[A-Z]{3}")


def partners_of(project: Any, *kept: int | None) -> Any:
    """The organisations that lead or take part, and those a row names already."""
    return Organisation.objects.filter(
        Q(partnerships__project=project) | Q(pk=project.lead_id) | Q(pk__in=[k for k in kept if k])
    ).distinct()


class PartnerForm(PlacedForm):
    beside = (("role", "position"),)

    class Meta:
        model = Partnership
        fields = ["organisation", "role", "position", "source", "as_stated"]
        help_texts = {"as_stated": _("The name as the source writes it, if it differs.")}

    def narrow(self) -> None:
        super().narrow()
        offered = Organisation.objects.offered(self.instance.organisation_id)
        self.fields["organisation"].queryset = offered


class FundingForm(PartForm):
    amount = AmountField(
        label=_("amount"),
        help_text=_("To the cent, such as 76 500,00. Leave empty if it is not stated."),
    )

    beside = (("part", "funder"), ("amount", "currency"), ("stage", "source"))

    class Meta:
        model = Funding
        fields = [
            *("part", "funder", "organisation", "amount", "currency"),
            *("stage", "source", "as_stated"),
        ]
        help_texts = {
            "funder": _("Needed for the part that comes from a fund."),
            "currency": _("Three letters: EUR, LVL, LTL."),
        }

    def narrow(self) -> None:
        super().narrow()
        self.fields["funder"].queryset = Funder.objects.offered(self.instance.funder_id)
        partner = self.fields["organisation"]
        partner.queryset = partners_of(self.project, self.instance.organisation_id)
        partner.empty_label = str(_("the whole project"))
        currency = str(self.data.get("currency") or self.instance.currency).strip().upper()
        # A wrong currency is told at its own field; the amount is then read as it stands.
        self.fields["amount"].currency = currency if CURRENCY.fullmatch(currency) else "EUR"

    def clean_currency(self) -> str:
        currency = self.cleaned_data["currency"].strip().upper()
        if not CURRENCY.fullmatch(currency):
            raise ValidationError(_("Write three letters, such as EUR."))
        return currency

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("part") == FundingPart.FUND and not cleaned.get("funder"):
            self.add_error("funder", _("Name the fund this part comes from."))
        return cleaned


class SourceForm(PartForm):
    code_from = ("title",)

    beside = (("kind", "publisher"), ("language", "published_on"))

    class Meta:
        model = Source
        fields = ["title", "kind", "publisher", "language", "published_on", "url", "code"]
        widgets = {"language": forms.Select(choices=LANGUAGES)}
        help_texts = {"code": _("Leave empty: made from the title.")}


class StatementForm(PartForm):
    """What one source says of one thing; the same subject in two sources is compared."""

    code_from = ("subject",)
    number = AmountField(label=_("figure"), is_signed=True)
    date = LooseDateField(label=_("date it speaks of"))

    beside = (
        ("source", "subject"),
        ("label_lv", "label_en"),
        ("kind", "number", "unit"),
        ("text_lv", "text_en"),
        ("organisation", "date"),
        ("note_lv", "note_en"),
    )

    class Meta:
        model = Statement
        fields = [
            *("source", "subject", "label_lv", "label_en", "kind", "number", "unit"),
            *("text_lv", "text_en", "organisation", "date", "as_stated", "note_lv", "note_en"),
            "code",
        ]
        widgets = {
            name: forms.Textarea(attrs={"rows": 2})
            for name in ("text_lv", "text_en", "note_lv", "note_en", "as_stated")
        }
        help_texts = {
            "subject": _("One word for the thing, the same in every source: total-funding."),
            "organisation": _("Only if it is said of one partner."),
            "as_stated": _("Word for word, as the source says it."),
            "code": _("Leave empty: made from the subject."),
        }

    def narrow(self) -> None:
        super().narrow()
        self.fields["source"].required = True
        self.fields["source"].empty_label = str(_("choose …"))
        self.fields["organisation"].queryset = partners_of(
            self.project, self.instance.organisation_id
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not cleaned.get("label_lv") and not cleaned.get("label_en"):
            self.add_error("label_lv", _("Say what it is about in at least one language."))
        says = ("text_lv", "text_en", "as_stated")
        if cleaned.get("number") is None and not any(cleaned.get(name) for name in says):
            self.add_error("number", _("Give a figure, a text or the words of the source."))
        return cleaned
