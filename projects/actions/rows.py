"""One verb each for every plain row: a programme, an organisation, a project and its parts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model, ProtectedError
from django.utils.translation import gettext as _

from portal.lib.names import Archivable


def keep[Row: Model](*, row: Row, **links: Iterable[Any]) -> Row:
    """Save a new or changed row once all its rules hold; ``links`` are its many-to-many rows.

    Raises ValidationError, also when somebody else took a unique value a moment ago.
    """
    row.full_clean()
    try:
        with transaction.atomic():
            row.save()
            for name, rows in links.items():
                getattr(row, name).set(rows)
    except IntegrityError as error:
        row.full_clean()  # tells which value was taken meanwhile
        raise ValidationError(_("Somebody changed the same thing just now. Try again.")) from error
    return row


def remove[Row: Model](*, row: Row) -> Row:
    """Delete a row nothing else stands on; raises ValidationError naming what does."""
    try:
        with transaction.atomic():
            row.delete()
    except ProtectedError as error:
        names = sorted({str(each._meta.verbose_name) for each in error.protected_objects})
        raise ValidationError(
            _("It cannot be removed: %(count)d other entries rely on it (%(kinds)s)."),
            params={"count": len(error.protected_objects), "kinds": ", ".join(names)},
        ) from error
    return row


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
