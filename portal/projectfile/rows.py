"""Single attributes of rows, as loading compares and sets them."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils import timezone

from .problems import quoted


def value_of(row: models.Model, name: str) -> Any:
    """The value of an attribute; of a relation its key, which never asks the database."""
    if name == "is_archived":
        return row.archived_at is not None  # type: ignore[attr-defined]
    return getattr(row, row._meta.get_field(name).attname)  # type: ignore[union-attr]


def key_of(value: Any) -> Any:
    return value.pk if isinstance(value, models.Model) else value


def plain(value: Any) -> Any:
    """A choice as the plain text that the database holds."""
    return str(value) if isinstance(value, str) else value


def set_value(row: models.Model, name: str, value: Any) -> None:
    if name == "is_archived":
        row.archived_at = timezone.now() if value else None  # type: ignore[attr-defined]
    else:
        setattr(row, name, value)


def told(value: Any) -> str:
    if isinstance(value, models.Model):
        value = getattr(value, "code", str(value))
    return quoted(value) if value not in ("", None) else "nothing"
