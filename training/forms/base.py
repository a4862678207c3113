"""What the forms of training share: dates, codes made from names, choices within reach."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.db import models
from django.db.models import Q
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from portal.lib.calendar import YEARS
from portal.lib.fields import LineField, validate_year
from portal.lib.text import search_key, sort_key
from portal.lib.widgets import DateInput

# Somebody's employment may be older than any project.
check_year = partial(validate_year, years=range(1950, YEARS.stop))


class DateField(forms.DateField):
    """A day within reason, chosen in the browser's own calendar."""

    widget = DateInput
    default_validators = [check_year]


class TimeInput(forms.TimeInput):
    """The browser's own clock."""

    input_type = "time"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs, format="%H:%M")


class OwnedForm(forms.ModelForm):
    """A form of a row that belongs to another one, which the form itself does not offer.

    ``owner`` names that field: what is unique within the owner is checked as if it were shown.
    """

    owner = ""
    # Whether two current rows of one owner may never bear one name, in whichever language.
    name_is_unique = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, forms.DateField):
                field.widget = DateInput(attrs=field.widget.attrs)
                field.validators.append(check_year)
            if isinstance(field, forms.TimeField):
                field.widget = TimeInput(attrs=field.widget.attrs)
            if name == "position":
                field.required = False
            if name == "code":
                field.required = False
                field.help_text = _("Short and without spaces; left empty it follows the name.")

    def offer(self, name: str, rows: models.QuerySet[Any], nothing: Any = None) -> None:
        """Let a field choose among ``rows`` and what the instance has already.

        What was archived since, or is no choice of this user, must not be lost by saving.
        """
        field: Any = self.fields[name]
        if isinstance(field, forms.ModelMultipleChoiceField):
            held = getattr(self.instance, name).values("pk") if self.instance.pk else []
        else:
            held = [getattr(self.instance, self._meta.model._meta.get_field(name).attname)]
        known = rows.model._default_manager.all()
        field.queryset = known.filter(Q(pk__in=rows.order_by().values("pk")) | Q(pk__in=held))
        if nothing is not None:
            field.empty_label = nothing

    def clean_position(self) -> Any:
        """Without an order a row comes first; somebody's position at work may stay empty."""
        given = self.cleaned_data.get("position")
        return 0 if given is None else given

    def clean_code(self) -> str:
        """The code as given or made from the name; taken codes are refused here, by the field."""
        given = self.cleaned_data.get("code", "")
        taken = self._others().values_list("code", flat=True)
        if given:
            if given in set(taken):
                raise forms.ValidationError(_("This code is taken."), code="taken")
            return given
        names = self._names()
        key = sort_key(" ".join(names))[:200]
        if not self.name_is_unique and key and self._others().filter(sort_key=key).exists():
            # A second click, or a mistake; whoever means it gives the second one its own code.
            self.add_error(
                "name_lv", _("One of this name is there already; give a code to add it.")
            )
        name = next(iter(names), "")
        return free_code(name, set(taken), self.fields["code"].max_length or 40)

    def _others(self) -> models.QuerySet[Any]:
        rows = self._meta.model._default_manager.exclude(pk=self.instance.pk)
        if not self.owner:
            return rows
        owner = self.cleaned_data.get(self.owner) or getattr(self.instance, f"{self.owner}_id")
        return rows.filter(**{self.owner: owner})

    def _names(self) -> list[str]:
        names = (self.data.get(self.add_prefix(field), "") for field in ("name_lv", "name_en"))
        return [name for name in names if name.strip()]

    def clean(self) -> dict[str, Any] | None:
        data = super().clean()
        names = {"name_lv", "name_en"}
        has_names = names <= set(self.fields) and not names & set(self.errors)
        if has_names and not any(self.cleaned_data.get(name) for name in names):
            self.add_error("name_lv", _("Give the name in at least one language."))
        elif has_names and self.name_is_unique and "code" not in self.errors:
            self._refuse_namesakes()
        return data

    def _refuse_namesakes(self) -> None:
        if self.instance.is_archived:
            return
        taken = list(self._others().current().values_list("name_lv", "name_en"))
        for column, name in enumerate(("name_lv", "name_en")):
            key = sort_key(self.cleaned_data[name])
            if key and any(sort_key(names[column]) == key for names in taken):
                self.add_error(name, _("There is one of this name already."))

    def _get_validation_exclusions(self) -> set[str]:
        # Unless its own field has refused it already: one mistake is told once.
        judged = {self.owner} - set(self.errors)
        return super()._get_validation_exclusions() - judged  # type: ignore[misc]


def free_code(name: str, taken: set[str], longest: int) -> str:
    """A code made from a name that nobody has yet: "1-grupa", "1-grupa-2"."""
    stem = slugify(search_key(name))[: longest - 4].strip("-") or "x"
    number, code = 2, stem
    while code in taken:
        code, number = f"{stem}-{number}", number + 1
    return code


class ReasonForm(forms.Form):
    """Why something is done; kept beside the row."""

    reason = LineField(label=_("Reason"), max_length=300, is_printed=False)
