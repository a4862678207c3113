"""Forms for organisations and their other names."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal.lib.calendar import OLD_YEARS
from projects.models import Organisation, OrganisationName

from .programmes import CODE_HINT
from .rows import PartForm, RowForm

LANGUAGES = [("lv", "latviešu"), ("en", "English"), ("lt", "lietuvių"), ("no", "norsk")]


class OrganisationForm(RowForm):
    code_from = ("name_lv", "name_en")
    ordered = (("valid_from", "valid_to"),)
    years = OLD_YEARS

    beside = (
        ("name_lv", "name_en"),
        ("kind", "country", "register_number"),
        ("website", "parent"),
        ("valid_from", "valid_to"),
    )

    class Meta:
        model = Organisation
        fields = [
            *("name_lv", "name_en", "kind", "country", "register_number", "website"),
            *("parent", "valid_from", "valid_to", "successors", "code"),
        ]
        help_texts = {
            "code": CODE_HINT,
            "valid_to": _("The last day before a reform or merger. Empty: it exists today."),
            "successors": _("Those that took over its rights and duties. Hold Ctrl for several."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Organisation.objects.exclude(pk=self.instance.pk)
        self.fields["parent"].queryset = others.offered(self.instance.parent_id)
        self.fields["successors"].queryset = others.offered(*self.linked("successors"))

    def clean_country(self) -> str:
        country = self.cleaned_data["country"].strip().upper()
        if not re.fullmatch(r"[A-Z]{2}", country):
            raise ValidationError(_("Write two letters, such as LV, LT or BE."))
        return country

    def clean_register_number(self) -> str:
        return re.sub(r"\s+", "", self.cleaned_data["register_number"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        number = cleaned.get("register_number")
        alike = Organisation.objects.filter(
            register_number=number, country=cleaned.get("country", "")
        )
        if number and alike.exclude(pk=self.instance.pk).exists():
            message = _("An organisation with this registration number exists already.")
            self.add_error("register_number", message)
        return cleaned

    def clean_parent(self) -> Organisation | None:
        parent = self.cleaned_data["parent"]
        above, seen = parent, set()
        while above and above.pk not in seen:
            if self.instance.pk and above.pk == self.instance.pk:
                raise ValidationError(_("An organisation cannot be a part of its own part."))
            seen.add(above.pk)
            above = above.parent
        return parent


class OtherNameForm(PartForm):
    owner_field = "organisation"

    beside = (("name", "language"),)

    class Meta:
        model = OrganisationName
        fields = ["name", "language"]
        widgets = {"language": forms.Select(choices=LANGUAGES)}
        help_texts = {"name": _("An older form, another language, or as some source writes it.")}
