"""Forms for funders, funding programmes and the signs they demand on paper."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from projects.models import Funder, Logo, Organisation, Programme, VisualSet

from .fields import AmountField
from .rows import PartForm, RowForm
from .uploads import clean_picture

CODE_HINT = _("Small letters, digits and hyphens. Leave empty: made from the name.")


class FunderForm(RowForm):
    code_from = ("name_lv", "name_en")

    beside = (("name_lv", "name_en"),)

    class Meta:
        model = Funder
        fields = ["name_lv", "name_en", "code"]
        help_texts = {"code": CODE_HINT}


class ProgrammeForm(RowForm):
    code_from = ("name_lv", "name_en")

    beside = (
        ("name_lv", "name_en"),
        ("code", "period"),
        ("priority_lv", "priority_en"),
    )

    class Meta:
        model = Programme
        fields = ["name_lv", "name_en", "code", "period", "priority_lv", "priority_en", "funders"]
        help_texts = {"code": CODE_HINT}
        widgets = {"funders": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["funders"].queryset = Funder.objects.offered(*self.linked("funders"))


class VisualSetForm(PartForm):
    owner_field = "programme"
    ordered = (("valid_from", "valid_to"),)

    beside = (("valid_from", "valid_to"),)

    class Meta:
        model = VisualSet
        fields = ["language", "statement", "partner", "valid_from", "valid_to"]
        widgets = {"statement": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "statement": _("Word for word, as the programme's guidelines ask for it."),
            "partner": _("Only if the statement names one responsible partner."),
        }

    def narrow(self) -> None:
        super().narrow()
        offered = Organisation.objects.offered(self.instance.partner_id)
        self.fields["partner"].queryset = offered


class LogoForm(PartForm):
    owner_field = "visual_set"
    minimum_height_mm = AmountField(label=_("least height, mm"))

    beside = (("position", "minimum_height_mm"),)

    class Meta:
        model = Logo
        fields = ["label", "file", "position", "minimum_height_mm"]
        help_texts = {
            "file": _("PNG, JPEG or SVG up to 2 MB. Without it the label stands in its place."),
            "position": _("Logos stand in one row, from the smallest number to the largest."),
        }

    def clean_minimum_height_mm(self) -> Decimal | None:
        height = self.cleaned_data["minimum_height_mm"]
        return None if height is None else height.normalize()

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        return clean_picture(file) if isinstance(file, UploadedFile) else file
