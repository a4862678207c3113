"""Small changes of groups, programmes, places and people: archiving, and who teaches."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from portal.lib.names import Archivable
from training.models import Group, GroupTrainer


@transaction.atomic
def archive[Row: Archivable](*, row: Row, archived: bool) -> Row:
    """Take a row out of the lists, or bring it back; what hangs on it stays and still counts."""
    row.set_archived(archived)
    return row


@transaction.atomic
def assign_trainer(*, group: Group, user: Any) -> GroupTrainer:
    """Give a group to a trainer; his whole access hangs on this row."""
    trainer, _created = GroupTrainer.objects.get_or_create(group=group, user=user)
    return trainer


@transaction.atomic
def dismiss_trainer(*, trainer: GroupTrainer) -> None:
    """End a trainer's work with a group; his marks stay in the log."""
    trainer.delete()
