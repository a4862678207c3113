"""One verb each for every plain row: a programme, an organisation, a project and its parts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model, ProtectedError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.lib.names import Archivable

# Tells of a stored row whether it can no longer be changed.
type Fixed = Callable[[Any], bool]


def keep[Row: Model](*, row: Row, fixed: Fixed | None = None, **links: Iterable[Any]) -> Row:
    """Save a new or changed row once all its rules hold; ``links`` are its many-to-many rows.

    Raises ValidationError, also when somebody else took a unique value a moment ago, or has
    made the row ``fixed``.
    """
    row.full_clean()
    try:
        with transaction.atomic():
            _refuse_fixed(row, fixed)
            row.save()
            for name, rows in links.items():
                getattr(row, name).set(rows)
    except IntegrityError as error:
        row.full_clean()  # tells which value was taken meanwhile
        raise ValidationError(_("Somebody changed the same thing just now. Try again.")) from error
    return row


def remove[Row: Model](*, row: Row, fixed: Fixed | None = None) -> Row:
    """Delete a row nothing else stands on; raises ValidationError naming what does.

    Also raises it when somebody has just made the row ``fixed``.
    """
    try:
        with transaction.atomic():
            _refuse_fixed(row, fixed)
            row.delete()
    except ProtectedError as error:
        names = sorted({str(each._meta.verbose_name) for each in error.protected_objects})
        count = len(error.protected_objects)
        raise ValidationError(
            ngettext(
                "It cannot be removed: %(count)d other entry relies on it (%(kinds)s).",
                "It cannot be removed: %(count)d other entries rely on it (%(kinds)s).",
                count,
            ),
            params={"count": count, "kinds": ", ".join(names)},
        ) from error
    return row


def _refuse_fixed(row: Model, fixed: Fixed | None) -> None:
    """Ask the stored row under its lock: the page asked before, and much may have happened since."""
    if fixed is None or row.pk is None:
        return
    stored = type(row)._default_manager.select_for_update(of=("self",)).filter(pk=row.pk).first()
    if stored is None or fixed(stored):
        raise ValidationError(
            _("Somebody approved, submitted or removed it just now. It can no longer be changed.")
        )


def archive[Row: Archivable](*, row: Row) -> Row:
    """Put a row away: it leaves the lists and keeps all that hangs on it."""
    with transaction.atomic():
        row.set_archived(True)
    return row


def restore[Row: Archivable](*, row: Row) -> Row:
    """Bring an archived row back into the lists."""
    with transaction.atomic():
        row.set_archived(False)
    return row
