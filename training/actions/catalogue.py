"""Small changes of groups, programmes, places and people: archiving, and who teaches."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.lib.names import Archivable
from training.models import Employment, Enrolment, Group, GroupTrainer


@transaction.atomic
def archive[Row: Archivable](*, row: Row, archived: bool) -> Row:
    """Take a row out of the lists, or bring it back; what hangs on it stays and still counts."""
    row.set_archived(archived)
    return row


@transaction.atomic
def save_employment(*, user: Any, employment: Employment) -> Employment:
    """Save where a person works; nobody brings a course into his own sight by it."""
    places = Enrolment.objects.filter(participant=employment.participant_id)
    seen = set(places.visible_to(user).values_list("pk", flat=True))
    employment.save()
    if not seen.issuperset(places.visible_to(user).values_list("pk", flat=True)):
        raise ValidationError(
            _(
                "This time takes in a course you do not see. Ask whoever runs the project to enter it."
            )
        )
    return employment


@transaction.atomic
def remove_employment(*, employment: Employment) -> None:
    """Take away a job that was never held; the person's courses and marks stay."""
    employment.delete()


@transaction.atomic
def assign_trainer(*, group: Group, user: Any) -> GroupTrainer:
    """Give a group to a trainer; his whole access hangs on this row."""
    trainer, _created = GroupTrainer.objects.get_or_create(group=group, user=user)
    return trainer


@transaction.atomic
def dismiss_trainer(*, trainer: GroupTrainer) -> None:
    """End a trainer's work with a group; his marks stay in the log."""
    trainer.delete()
