"""Changes of programmes, modules, groups and people: archiving, who teaches, what is taught."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.lib.names import Archivable
from training.models import (
    Attendance,
    Employment,
    Enrolment,
    Group,
    GroupTrainer,
    JobCategory,
    Module,
    Session,
    TrainingProgramme,
)
from training.rules import concerns

from .guards import refuse_behind
from .locks import locked


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
def change_programme(*, programme: TrainingProgramme) -> TrainingProgramme:
    """Save an edited programme; what its hours are worth stays while a paper tells them."""
    stored = locked(TrainingProgramme.objects.filter(pk=programme.pk))[programme.pk]
    was = (stored.hour_unit, stored.threshold_percent)
    if was != (programme.hour_unit, programme.threshold_percent):
        locked(Enrolment.objects.filter(group__programme=programme))
        refuse_behind(Attendance.objects.filter(enrolment__group__programme=programme))
    programme.save()
    return programme


@transaction.atomic
def change_module(*, module: Module, audience: Collection[JobCategory]) -> Module:
    """Save an edited module; no mark is left without its person, no paper without its hours.

    Its sessions and everybody of the programme are held meanwhile, as whoever marks holds them.
    """
    locked(Module.objects.filter(pk=module.pk))
    was = {each.pk for each in module.audience.all()}
    wanted = {each.pk for each in audience}
    if was != wanted:
        locked(Session.objects.filter(module=module))
        people = locked(Enrolment.objects.filter(group__programme=module.programme_id))
        _check_concerned(module, was, wanted, people.values())
    module.save()
    module.audience.set(audience)
    return module


def _check_concerned(
    module: Module, was: set[int], wanted: set[int], people: Iterable[Enrolment]
) -> None:
    touched = [
        each.pk
        for each in people
        if concerns(was, each.job_category_id) != concerns(wanted, each.job_category_id)
    ]
    marks = Attendance.objects.filter(enrolment__in=touched)
    if marks.filter(session__module=module).exists():
        why = _("People of another job category are marked in this module already.")
        raise ValidationError({"audience": why})
    refuse_behind(marks)


@transaction.atomic
def assign_trainer(*, group: Group, user: Any) -> GroupTrainer:
    """Give a group to a trainer; his whole access hangs on this row."""
    trainer, _created = GroupTrainer.objects.get_or_create(group=group, user=user)
    return trainer


@transaction.atomic
def dismiss_trainer(*, trainer: GroupTrainer) -> None:
    """End a trainer's work with a group; his marks stay in the log."""
    trainer.delete()
