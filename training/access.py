"""Who may do what in training. Lists start from ``visible_to``; these speak of one thing.

Administrators and coordinators run the training of their projects. A trainer marks, closes and
reopens the sessions of his groups. A municipal coordinator enrols and marks his own employees.
Officers and auditors read. A funder is nowhere here. A participant reads about himself.
"""

from __future__ import annotations

from typing import Any

from projects.access import can_administer, can_edit_project, has_role
from projects.models import EDITOR_ROLES, Project, Role, held_by
from training.models import (
    STAFF_ROLES,
    Employment,
    Enrolment,
    Group,
    GroupTrainer,
    Participant,
    TrainingProgramme,
)


def teaches(user: Any, group: Group) -> bool:
    return GroupTrainer.objects.filter(group=group, user=user).exists()


def can_edit_training(user: Any, project: Project) -> bool:
    """Programmes, modules, sites, groups and sessions: administrators and coordinators."""
    return can_edit_project(user, project)


def can_add_training(user: Any) -> bool:
    """Whether there is any project whose training the user may plan."""
    return Project.objects.for_roles(user, *EDITOR_ROLES).exists()


def can_keep_job_categories(user: Any) -> bool:
    """Job categories are shared by all projects; whoever plans training may need a new one."""
    return can_add_training(user)


def can_read_programmes(user: Any) -> bool:
    """Whether programmes and sites are any of the user's business; a trainer reads his groups."""
    return bool(held_by(user, *STAFF_ROLES, Role.PARTNER))


def can_read_programme(user: Any, programme: TrainingProgramme) -> bool:
    """Those who run, check or take part in its project."""
    return has_role(user, programme.project, *STAFF_ROLES, Role.PARTNER)


def teaches_any(user: Any) -> bool:
    """Whether the user has a group to teach, wherever it is."""
    return GroupTrainer.objects.filter(user=user).exists()


def can_mark(user: Any, group: Group) -> bool:
    """Whether anybody in the group is the user's to mark; which rows, ``markable_by`` says."""
    return (
        can_edit_training(user, group.project)
        or teaches(user, group)
        or Enrolment.objects.filter(group=group).markable_by(user).exists()
    )


def can_mark_any(user: Any) -> bool:
    """Whether marks are any of the user's business, wherever it is."""
    return bool(held_by(user, *EDITOR_ROLES, Role.PARTNER)) or teaches_any(user)


def can_run_sessions(user: Any, group: Group) -> bool:
    """Opening, closing and reopening is for the trainer and those who run the project."""
    return can_edit_training(user, group.project) or teaches(user, group)


def can_read_history(user: Any, group: Group) -> bool:
    """Who did what and when is told to those who run the sessions and those who check them."""
    return can_run_sessions(user, group) or has_role(user, group.project, *STAFF_ROLES)


def can_read_paper(user: Any, group: Group) -> bool:
    """The sheet to be signed and its scans name everybody: who runs the sessions or checks them.

    A municipal coordinator reads the own people only, and half a sheet proves nothing.
    """
    return can_read_history(user, group)


def can_remove_scan(user: Any, group: Group) -> bool:
    """Evidence is taken away by those who run the project, never by who is proven by it."""
    return can_edit_training(user, group.project)


def can_remind(user: Any, group: Group) -> bool:
    """Trainers are reminded by those who run the project; and by the clock."""
    return can_edit_training(user, group.project)


def can_enrol(user: Any, group: Group) -> bool:
    """Those who run the project, and a partner's coordinator for his own employees."""
    return has_role(user, group.project, *EDITOR_ROLES, Role.PARTNER)


def can_change_enrolment(user: Any, enrolment: Enrolment) -> bool:
    """Whoever may enrol, for people he may mark; not the trainer."""
    return Enrolment.objects.filter(pk=enrolment.pk).changeable_by(user).exists()


def can_read_people(user: Any) -> bool:
    """The list of people is open to the same roles; whom each finds there, ``readable_by`` says."""
    return can_read_programmes(user)


def can_read_participant(user: Any, participant: Participant) -> bool:
    """Work and courses of a person; a trainer sees names only, in his register."""
    return Participant.objects.filter(pk=participant.pk).readable_by(user).exists()


def can_edit_participant(user: Any, participant: Participant) -> bool:
    """Those who may enrol him; not those who only check, and not the person himself."""
    return Participant.objects.filter(pk=participant.pk).editable_by(user).exists()


def can_run_participant(user: Any, participant: Participant) -> bool:
    """Whoever runs a project of the person, or added him as such, states any of his work."""
    return Participant.objects.filter(pk=participant.pk).of_roles(user, *EDITOR_ROLES).exists()


def can_change_employment(user: Any, employment: Employment) -> bool:
    """Whoever runs the person's course; a municipal coordinator the own job while it lasts.

    What has ended tells who was whose employee on which day, and so who reads which course.
    """
    return Employment.objects.filter(pk=employment.pk).editable_by(user).exists()


def can_link_participant(user: Any, participant: Participant) -> bool:
    """Who gives a person an account and takes it back: who runs all that the person attends.

    The account sees every course, so one that others run makes it an administrator's matter.
    Until there is any, it is for whoever registered the person.
    """
    if can_administer(user):
        return True
    places = Enrolment.objects.filter(participant=participant)
    if not places.exists():
        return participant.created_by_id == user.pk
    own = Project.objects.for_roles(user, *EDITOR_ROLES)
    return not places.exclude(group__programme__project__in=own).exists()


def can_add_participant(user: Any) -> bool:
    """Administrators, coordinators and municipal coordinators."""
    return bool(held_by(user, *EDITOR_ROLES, Role.PARTNER))


def can_export_people(user: Any, group: Group) -> bool:
    """A list of names leaves the portal only with those who run or check the project."""
    return has_role(user, group.project, *STAFF_ROLES)
