"""Fields for names, long text, derived keys and minutes.

Names enter the portal by many doors (forms, imports, the API, project files); what must
hold behind every one of them stands here, on the field.
"""

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, MaxValueValidator
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.lookups import In
from django.utils.translation import gettext_lazy as _

from portal.lib import text
from portal.lib.calendar import YEARS
from portal.lib.lettering import unprintable

if TYPE_CHECKING:
    from django.db.models.expressions import Combinable

    AnyField = models.Field[str, str]
    StringField = models.CharField[str | Combinable, str]
    LongStringField = models.TextField[str | Combinable, str]
    WholeNumberField = models.PositiveIntegerField[int | Combinable, int]
else:
    # At run time the fields are not generic, and the mixin needs no base of its own.
    AnyField = object
    StringField, LongStringField = models.CharField, models.TextField
    WholeNumberField = models.PositiveIntegerField


# No honest count is larger. SQLite alone would keep 2**63 - 1, and could not add two of them.
AT_MOST_A_MILLION = MaxValueValidator(1_000_000)  # people, copies
AT_MOST_10_000 = MaxValueValidator(10_000)  # days, groups, places in an order


def validate_characters(value: str) -> None:
    """Refuse control characters, lone surrogates and marks that reverse the reading direction."""
    if bad := text.forbidden_characters(value):
        raise ValidationError(
            _("Please type this anew: it holds characters that cannot be shown (%(characters)s)."),
            code="forbidden_characters",
            params={"characters": ", ".join(bad[:5])},
        )


def validate_printable(value: str) -> None:
    """Refuse letters that papers cannot draw; found at issue, they would stop a whole group."""
    if not text.forbidden_characters(value) and (lost := unprintable(value)):
        raise ValidationError(
            _("Papers cannot show these characters: %(characters)s."),
            code="unprintable",
            params={"characters": " ".join(lost[:5])},
        )


def check_printable(row: models.Model, name: str) -> None:
    """The same of a plain column that papers print; for the row's ``clean``."""
    try:
        validate_printable(getattr(row, name))
    except ValidationError as error:
        raise ValidationError({name: error}) from error


def validate_year(day: date, years: range = YEARS) -> None:
    """Refuse a day whose year was mistyped: 24, 20024."""
    if day.year not in years:
        raise ValidationError(
            _("The year must lie between %(first)s and %(last)s."),
            code="year",
            params={"first": years[0], "last": years[-1]},
        )


# In addresses this word leads to the form of a new row.
NEW = "add"
_ADDRESS = re.compile(r"\w[\w.-]*", re.ASCII)


def validate_address(code: str) -> None:
    """Refuse a code that cannot stand in an address of its own: "8.3/1", "..", "add"."""
    if not _ADDRESS.fullmatch(code):
        raise ValidationError(
            _(
                "Use letters without marks, digits, points, hyphens and underscores; begin with a"
                " letter or a digit."
            ),
            code="address",
        )
    validate_not_new(code)


def validate_not_new(code: str) -> None:
    """Refuse, as part of an address, the word that leads to the form of a new row."""
    if code == NEW:
        raise ValidationError(_("This word is taken by the portal itself."), code="taken")


def text_validators(is_printed: bool) -> list[Callable[[str], None]]:
    """What judges the letters of a text, which may come on paper or never does."""
    return [validate_characters, validate_printable] if is_printed else [validate_characters]


class NameField(StringField):
    """One line of text: a name, title, code or address. Stored NFC, single spaces, ends trimmed.

    Cleaning raises ValidationError for characters that cannot be shown (`validate_characters`) or,
    unless the line never comes on paper (a remark, a reason), printed (`validate_printable`);
    every write normalises, also those that skip cleaning (bulk_create, update, lookups).
    """

    def __init__(self, *args: Any, is_printed: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_length": 300, **kwargs})
        self.validators += text_validators(is_printed)

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return text.tidy_line(value) if isinstance(value, str) else value

    def get_prep_value(self, value: Any) -> Any:
        return self.to_python(super().get_prep_value(value))


class LineField(forms.CharField):
    """The same line in a form without a model: tidied first, then its length and characters judged.

    Whoever stores it by `bulk_create` relies on this: no model cleans it any more.
    """

    def __init__(self, *, is_printed: bool = True, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.judges = text_validators(is_printed)

    def to_python(self, value: Any) -> str:
        return text.tidy_line(super().to_python(value) or "")

    def validate(self, value: str) -> None:
        super().validate(value)
        for judge in self.judges:
            judge(value)


class LinesField(LineField):
    """Text of several lines in a form without a model: what a browser calls a line end is "\\n"."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        return text.tidy_text(forms.CharField.to_python(self, value) or "")


class LongTextField(LongStringField):
    """Text of several lines, stored NFC with "\\n" line ends; at most `max_length` characters.

    The same characters are refused as in a NameField.
    """

    def __init__(self, *args: Any, is_printed: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_length": 20_000, **kwargs})
        # A TextField tells its limit to forms only; imports and the API clean models.
        limit = MaxLengthValidator(self.max_length or 0)
        self.validators += [limit, *text_validators(is_printed)]

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return text.tidy_text(value) if isinstance(value, str) else value

    def get_prep_value(self, value: Any) -> Any:
        return self.to_python(super().get_prep_value(value))


class KeyField(AnyField):
    """Part of a field whose value is made from other attributes of its row when the row is saved.

    `save()`, `bulk_create()` and `update_or_create()` fill it. `bulk_update()` cannot, so call
    `fill_keys` before it; nor can `queryset.update()`, so do not change a source that way.
    For `save(update_fields=…)` see `KeyedModel`.
    """

    def make_key(self, value: str) -> str:
        """The key of the joined sources."""
        raise NotImplementedError

    def __init__(self, *sources: str, **kwargs: Any) -> None:
        self.sources = sources
        super().__init__(**{"blank": True, "default": "", "editable": False, **kwargs})

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, [*self.sources, *args], kwargs

    def key_of(self, instance: models.Model) -> str:
        """The key as it should read now; as stored where a source is out of reach (history)."""
        if not all(hasattr(instance, source) for source in self.sources):
            return str(getattr(instance, self.attname))
        values = (getattr(instance, source) for source in self.sources)
        return self.make_key(" ".join(str(value) for value in values if value))[: self.max_length]

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        key = self.key_of(model_instance)
        setattr(model_instance, self.attname, key)
        return key


class SortKeyField(KeyField, StringField):
    """`text.sort_key` of the sources: `order_by` it and rows stand in the Latvian alphabet."""

    def __init__(self, *sources: str, **kwargs: Any) -> None:
        super().__init__(*sources, **{"max_length": 200, "db_index": True, **kwargs})

    def make_key(self, value: str) -> str:
        return text.sort_key(value)

    def db_parameters(self, connection: BaseDatabaseWrapper) -> Any:
        # Keys compare by code point; PostgreSQL would otherwise use the language of the
        # server, and SQLite does so by itself and knows no collation of this name.
        parameters = super().db_parameters(connection)
        return {**parameters, "collation": "C"} if connection.vendor == "postgresql" else parameters


class SearchKeyField(KeyField, LongStringField):
    """`text.search_key` of the sources joined by spaces; ask `__contains=search_key(words)`.

    Not indexed: an index cannot answer "contains", and long values would not fit into one.
    """

    def make_key(self, value: str) -> str:
        return text.search_key(value)


def key_fields(model: type[models.Model]) -> list[KeyField]:
    """The key fields of a model, in the order they are declared."""
    return [field for field in model._meta.concrete_fields if isinstance(field, KeyField)]


def fill_keys[M: models.Model](objs: Iterable[M]) -> list[M]:
    """Fill the keys of rows about to be written by `bulk_update`; name the key fields there too."""
    rows = list(objs)
    for row in rows:
        for field in key_fields(type(row)):
            setattr(row, field.attname, field.key_of(row))
    return rows


class KeyedModel(models.Model):
    """A model with key fields: `save(update_fields=…)` writes the keys too, so none goes stale."""

    class Meta:
        abstract = True

    def save(self, *, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        # An empty list means "write nothing" to Django, so it stays empty.
        if update_fields := None if update_fields is None else set(update_fields):
            update_fields |= {field.name for field in key_fields(type(self))}
        super().save(update_fields=update_fields, **kwargs)


@models.IntegerField.register_lookup
class Among(In):
    """`in` without the numbers that no column can hold.

    Django leaves them out of `exact` and the like, but not of this one, and SQLite stops at
    them: an id of thirty digits in a choice of several would be an error instead of no choice.
    """

    def process_rhs(self, compiler: Any, connection: BaseDatabaseWrapper) -> Any:
        if self.rhs_is_direct_value():
            kind = self.lhs.output_field.get_internal_type()
            least, most = connection.ops.integer_field_range(kind)
            self.rhs = [
                value for value in self.rhs if not isinstance(value, int) or least <= value <= most
            ]
        return super().process_rhs(compiler, connection)


class MinutesField(WholeNumberField):
    """Whole minutes, the portal's one unit of time; hours are minutes divided by an `HourUnit`."""
