"""What every form of a row shares: loose dates, a code made from the name, links by name."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext_lazy as _

from portal.lib.calendar import YEARS
from portal.lib.fields import NEW, validate_year
from portal.lib.text import search_key
from portal.lib.widgets import DateInput

from .fields import LooseDate, LooseDateField, loose_text


class RowForm(forms.ModelForm):
    """A form over one row. It fills ``instance``; saving is an action's work.

    A LooseDateField named ``start`` also fills ``start_precision``. If the model has a ``code``
    it may be left empty and is then made from the first of ``code_from`` that is filled.
    """

    code_from: Iterable[str] = ()
    # Pairs of dates of which the second may not stand before the first.
    ordered: Iterable[tuple[str, str]] = ()
    # The years in which its days may lie.
    years = YEARS
    # Two fields of which one must be filled, and what stands beside the first if none is.
    named: tuple[str, str] = ("name_lv", "name_en")
    nameless = _("Give the name in at least one language.")
    # Short fields that stand side by side where there is room.
    beside: Iterable[tuple[str, ...]] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = capfirst(field.label or name)
            self._say_nothing(field)
            if isinstance(field, LooseDateField):
                precision = getattr(self.instance, self._precision_of(name))
                self.initial[name] = loose_text(getattr(self.instance, name), precision)
            elif isinstance(field, forms.DateField):
                field.widget = DateInput()
                field.validators.append(partial(validate_year, years=self.years))
        if self.code_from and "code" in self.fields:
            self.fields["code"].required = False

    def _say_nothing(self, field: forms.Field) -> None:
        """Name the empty choice: one must be made, or none is one."""
        nothing = _("choose …") if field.required else _("none")
        if isinstance(field, forms.ModelChoiceField) and field.empty_label is not None:
            field.empty_label = str(nothing)
        elif isinstance(field, forms.TypedChoiceField):
            known = [(value, words) for value, words in field.choices if value]
            has_none = len(known) < len(list(field.choices))
            field.choices = [("", nothing), *known] if has_none else known

    @property
    def helper(self) -> FormHelper:
        """How the page lays the fields out."""
        helper = FormHelper(self)
        helper.form_tag, helper.disable_csrf = False, True
        side = {name: group for group in self.beside for name in group}
        groups = dict.fromkeys(side.get(name, (name,)) for name in self.fields)
        helper.layout = Layout(
            *(Div(*names, css_class="form-grid") if names[1:] else names[0] for names in groups)
        )
        return helper

    def _clean_form(self) -> None:
        # Before the model is filled: Django would put the LooseDate itself into the row.
        for name, field in self.fields.items():
            if isinstance(field, LooseDateField) and name in self.cleaned_data:
                self._keep_loose(name, field, self.cleaned_data[name])
        super()._clean_form()  # type: ignore[misc]

    def _keep_loose(self, name: str, field: LooseDateField, value: LooseDate | None) -> None:
        self.cleaned_data[name] = value and (value.last_day if field.ends else value.day)
        if value:
            setattr(self.instance, self._precision_of(name), value.precision)

    def _precision_of(self, name: str) -> str:
        own = f"{name}_precision"
        return own if hasattr(self.instance, own) else "precision"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.code_from and not cleaned.get("code") and "code" not in self.errors:
            named = next((cleaned[name] for name in self.code_from if cleaned.get(name)), "")
            cleaned["code"] = self.free_code(named)
        if set(self.named) <= set(self.fields) - set(self.errors) and not any(
            cleaned.get(name) for name in self.named
        ):
            self.add_error(self.named[0], self.nameless)
        for first, last in self.ordered:
            if cleaned.get(first) and cleaned.get(last) and cleaned[last] < cleaned[first]:
                self.add_error(last, _("The end is before the start."))
        return cleaned

    def free_code(self, name: str) -> str:
        """A short code made from the name that no other row has."""
        limit = (self._meta.model._meta.get_field("code").max_length or 60) - 4
        code = slugify(search_key(name))[:limit].strip("-") or "x"
        taken = {NEW} | set(
            self.siblings().filter(code__startswith=code).values_list("code", flat=True)
        )
        numbered = (f"{code}-{number}" for number in range(2, len(taken) + 3))
        return code if code not in taken else next(each for each in numbered if each not in taken)

    def siblings(self) -> Any:
        """The rows among which the code must be alone."""
        return self._meta.model._default_manager.all()

    def linked(self, name: str) -> list[int]:
        """The keys of the many-to-many rows that stand under ``name`` now."""
        row = self.instance
        return list(getattr(row, name).values_list("pk", flat=True)) if row.pk else []

    @property
    def links(self) -> dict[str, Iterable[Model]]:
        """The many-to-many rows chosen, by field name."""
        many = {field.name for field in self._meta.model._meta.many_to_many}
        return {name: self.cleaned_data[name] for name in many & set(self.cleaned_data)}

    def add_errors(self, error: ValidationError) -> None:
        """Take over what an action refused; a rule about a field not shown goes on top."""
        for name, errors in (
            error.error_dict if hasattr(error, "error_dict") else {None: [error]}
        ).items():
            self.add_error(name if name in self.fields else None, errors)


class PartForm(RowForm):
    """A form over a row that hangs on another, given as ``owner`` and set before checking."""

    owner_field = "project"

    def __init__(self, *args: Any, owner: Any, **kwargs: Any) -> None:
        kwargs["instance"] = kwargs.get("instance") or self._meta.model()
        setattr(kwargs["instance"], self.owner_field, owner)
        self.owner = owner
        super().__init__(*args, **kwargs)
        self.narrow()

    def narrow(self) -> None:
        """Offer only rows of the same owner."""
        sources = self.fields.get("source")
        if isinstance(sources, forms.ModelChoiceField):
            sources.queryset = self.project.sources.all()

    @property
    def project(self) -> Any:
        return self.owner

    def siblings(self) -> Any:
        return super().siblings().filter(**{self.owner_field: self.owner})

    def clean_code(self) -> str:
        code = self.cleaned_data["code"]
        if code and self.siblings().exclude(pk=self.instance.pk).filter(code=code).exists():
            raise ValidationError(_("This code is taken already."))
        return code

    def _get_validation_exclusions(self) -> set[str]:
        # Constraints such as "this code once per project" need the owner, which no field shows.
        # A code that was refused already is not also called blank.
        checked = {self.owner_field, "code"} - set(self.errors)
        return super()._get_validation_exclusions() - checked  # type: ignore[misc]
