"""How one key of a table is read into a value of a model and written back.

A column is found by its key in the file; most follow from the model's field of the same name.
``read`` raises UnreadableError with what was expected; ``write`` gives None for what goes without
saying.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from portal.lib.calendar import YEARS, Precision, days_meant
from portal.lib.fields import validate_characters, validate_year
from projects.measures import measure_choices

from .problems import quoted

_MONTH = re.compile(r"^(\d{4})(?:-(\d{2}))?\Z", re.ASCII)


class UnreadableError(Exception):
    """A value that cannot be read, with what was expected instead."""


@dataclass(frozen=True)
class Pointer:
    """A row named by its code in another section of the file or of the portal."""

    to: str
    code: str


def nearest(word: str, words: Iterable[str]) -> str:
    """A hint at the word that was probably meant, or nothing."""
    found = difflib.get_close_matches(word[:100], [str(each) for each in words], n=1, cutoff=0.6)
    return f' Did you mean "{found[0]}"?' if found else ""


@dataclass(frozen=True)
class Column:
    """One key whose value is the model's field of the same name.

    A value that ``yields`` is for new rows: it never replaces what the portal has come to.
    """

    key: str
    required: bool = False
    pattern: str = ""
    yields: tuple[str, ...] = ()
    years: range = YEARS

    def fields(self) -> tuple[str, ...]:
        """The attributes of a row this column fills."""
        return (self.key,)

    def default(self, model: type[models.Model]) -> dict[str, Any]:
        """What a row holds when the file does not say it."""
        value = _field(model, self.key).get_default()
        return {self.key: str(value) if isinstance(value, str) else value}

    def read(self, raw: Any, model: type[models.Model]) -> dict[str, Any]:
        field = _field(model, self.key)
        value = _typed(raw, field)
        if isinstance(value, str):
            self._check_text(value, field)
        if isinstance(value, date):
            _check(validate_year, value, self.years)
        try:
            return {self.key: field.clean(value, None)}
        except ValidationError as error:
            raise UnreadableError(f"{' '.join(error.messages)} Found {quoted(raw)}.") from None

    def _check_text(self, value: str, field: Any) -> None:
        if field.choices and value not in (known := [key for key, _ in field.flatchoices]):
            raise UnreadableError(
                f"Expected one of {', '.join(filter(None, known))}; found {quoted(value)}."
                f"{nearest(value, known)}"
            )
        if self.pattern and value and not re.fullmatch(self.pattern, value):
            raise UnreadableError(
                f"Expected letters like {_example(self.pattern)}; found {quoted(value)}."
            )
        if self.required and not value.strip():
            raise UnreadableError("This may not be empty.")
        _check(validate_characters, value)

    def write(self, row: models.Model) -> Any:
        """The value for the file, or None where it says no more than the default."""
        value = getattr(row, self.key)
        if not self.required and value in ("", None, self.default(type(row))[self.key]):
            return None
        return value


@dataclass(frozen=True)
class Moment(Column):
    """A date as exactly as its source gives it: 2018-03-01, "2018-03" or "2018".

    The first day stands for a month where something begins, the last where something ends.
    """

    precision: str = ""
    is_end: bool = False

    def fields(self) -> tuple[str, ...]:
        return (self.key, self.precision)

    def default(self, model: type[models.Model]) -> dict[str, Any]:
        return {self.key: None, self.precision: Precision.DAY}

    def read(self, raw: Any, model: type[models.Model]) -> dict[str, Any]:
        if isinstance(raw, date) and not isinstance(raw, datetime):
            _check(validate_year, raw, self.years)
            return {self.key: raw, self.precision: Precision.DAY}
        found = _MONTH.match(raw) if isinstance(raw, str) else None
        if not found:
            raise UnreadableError(
                f'Expected a date: 2018-03-01, "2018-03" or "2018"; found {quoted(raw)}.'
            )
        year, month = int(found.group(1)), int(found.group(2) or 0)
        if not year or (found.group(2) and not 1 <= month <= 12):
            raise UnreadableError(f"There is no such month or year: {quoted(raw)}.")
        precision = Precision.MONTH if month else Precision.YEAR
        first, last = days_meant(date(year, month or 1, 1), precision)
        _check(validate_year, first, self.years)
        return {self.key: last if self.is_end else first, self.precision: precision}

    def write(self, row: models.Model) -> Any:
        value = getattr(row, self.key)
        if value is None:
            return None
        precision = getattr(row, self.precision)
        forms = {Precision.YEAR: "%Y", Precision.MONTH: "%Y-%m"}
        return value.strftime(forms[precision]) if precision in forms else value


@dataclass(frozen=True)
class Ref(Column):
    """One row named by its code; one that ``may_wait`` may come into the portal later."""

    to: str = ""
    may_wait: bool = False

    def read(self, raw: Any, model: type[models.Model]) -> dict[str, Any]:
        if not isinstance(raw, str):
            raise UnreadableError(
                f"Expected the code of one of the {self.to} in quotes; found {quoted(raw)}."
            )
        if not raw.strip():
            raise UnreadableError(
                f"Expected the code of one of the {self.to}; leave the key out instead."
            )
        _check(validate_characters, raw)
        return {self.key: Pointer(self.to, raw.strip())}

    def write(self, row: models.Model) -> Any:
        other = getattr(row, self.key)
        return other.code if other else None


@dataclass(frozen=True)
class Refs(Column):
    """Several rows named by their codes, in no particular order."""

    to: str = ""

    def default(self, model: type[models.Model]) -> dict[str, Any]:
        return {self.key: ()}

    def read(self, raw: Any, model: type[models.Model]) -> dict[str, Any]:
        if not isinstance(raw, list) or not all(isinstance(each, str) for each in raw):
            raise UnreadableError(f"Expected a list of codes of {self.to}; found {quoted(raw)}.")
        for code in raw:
            _check(validate_characters, code)
        return {self.key: tuple(Pointer(self.to, code) for code in dict.fromkeys(raw))}

    def write(self, row: models.Model) -> Any:
        return sorted(each.code for each in getattr(row, self.key).all()) or None


@dataclass(frozen=True)
class MeasureName(Column):
    """What counts an indicator: one of the measures that the apps have hung on their door."""

    key: str = "measure"

    def read(self, raw: Any, model: type[models.Model]) -> dict[str, Any]:
        found = super().read(raw, model)
        known = [code for code, _ in measure_choices()]
        if raw and raw not in known:
            hint = nearest(raw, known) or f" There are: {', '.join(known)}."
            raise UnreadableError(f"There is no such measure.{hint}")
        return found


@dataclass(frozen=True)
class Archived(Column):
    """Whether a row was put away; the file says it, not when."""

    key: str = "archived"

    def fields(self) -> tuple[str, ...]:
        return ("is_archived",)

    def default(self, model: type[models.Model]) -> dict[str, Any]:
        return {"is_archived": False}

    def read(self, raw: Any, model: type[models.Model]) -> dict[str, Any]:
        if not isinstance(raw, bool):
            raise UnreadableError(f"Expected true or false; found {quoted(raw)}.")
        return {"is_archived": raw}

    def write(self, row: models.Model) -> Any:
        return getattr(row, "is_archived") or None  # noqa: B009  not on every model


def _check(rule: Callable[..., None], *what: Any) -> None:
    """What a rule of the portal refuses, said as a value that cannot be read."""
    try:
        rule(*what)
    except ValidationError as error:
        raise UnreadableError(" ".join(error.messages)) from None


def _field(model: type[models.Model], name: str) -> Any:
    return model._meta.get_field(name)


def _example(pattern: str) -> str:
    return {"[A-Z]{2}": "LV", "[A-Z]{3}": "EUR", "[a-z]{2}": "lv"}.get(pattern, pattern)


def _typed(raw: Any, field: Any) -> Any:
    """``raw`` if it is of the kind the field holds; TOML knows its types, so nothing is guessed."""
    kinds: list[tuple[type, Any, str]] = [
        (models.BooleanField, bool, "true or false"),
        (models.IntegerField, int, "a whole number"),
        (models.DecimalField, (int, Decimal), "a number such as 791256.19"),
        (models.DateField, date, "a date such as 2018-03-01, without quotes"),
        (models.Field, str, "text in quotes"),
    ]
    for kind, accepted, words in kinds:
        if isinstance(field, kind):
            is_flag = isinstance(raw, bool) and accepted is not bool
            is_time = isinstance(raw, datetime)
            if is_flag or is_time or not isinstance(raw, accepted):
                raise UnreadableError(f"Expected {words}; found {quoted(raw)}.")
            if isinstance(raw, Decimal) and not raw.is_finite():
                raise UnreadableError(f"Expected {words}; found {quoted(raw)}.")
            return raw
    raise AssertionError(field)
