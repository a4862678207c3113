"""Who may invite whom, and give which role where."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from portal.models import User
from projects.access import can_administer
from projects.doors import Words
from projects.models import (
    EDITOR_ROLES,
    Membership,
    Organisation,
    Partnership,
    Programme,
    Project,
    Role,
    all_held_by,
)
from training.models import Group, GroupTrainer, Participant

# A trainer has no membership: what he may do hangs on the groups he teaches.
TRAINER = "trainer"


@dataclass(frozen=True)
class GivenRole:
    """A role as the one who gives it reads it: what it is called and what it opens."""

    code: str
    name: Words
    may: Words


GIVEN_ROLES = {
    role.code: role
    for role in (
        GivenRole(
            Role.COORDINATOR,
            Role.COORDINATOR.label,
            _("Runs projects: plans, enrols, marks, issues certificates, reports."),
        ),
        GivenRole(
            Role.PARTNER,
            Role.PARTNER.label,
            _("Sees the people of the own municipality in the projects it takes part in."),
        ),
        GivenRole(TRAINER, _("trainer"), _("Marks attendance in the own groups and sees no more.")),
        GivenRole(
            Role.OFFICER, Role.OFFICER.label, _("Reads a project with its people and its papers.")
        ),
        GivenRole(
            Role.FUNDER,
            Role.FUNDER.label,
            _("Reads the figures of the programme's projects: counts, never a person's name."),
        ),
        GivenRole(
            Role.AUDITOR,
            Role.AUDITOR.label,
            _("Reads one project with names and evidence until a given day."),
        ),
        GivenRole(Role.ADMIN, Role.ADMIN.label, _("Keeps everything, and all accounts.")),
    )
}


class ScopeKind(StrEnum):
    EVERYTHING = "everything"
    ORGANISATION = "organisation"
    PROGRAMME = "programme"
    PROJECT = "project"
    GROUP = "group"


# Where a role makes sense; anything else would give less or more than its name says.
SCOPES_OF_ROLE: dict[str, tuple[ScopeKind, ...]] = {
    Role.ADMIN: (ScopeKind.EVERYTHING,),
    Role.COORDINATOR: (ScopeKind.ORGANISATION, ScopeKind.PROJECT),
    Role.PARTNER: (ScopeKind.ORGANISATION,),
    Role.OFFICER: (ScopeKind.ORGANISATION, ScopeKind.PROJECT),
    Role.FUNDER: (ScopeKind.PROGRAMME, ScopeKind.PROJECT),
    Role.AUDITOR: (ScopeKind.PROJECT,),
    TRAINER: (ScopeKind.GROUP,),
}


@dataclass(frozen=True)
class Grant:
    """A role over one thing: what an invitation gives. ``target`` is None for everything."""

    role: str
    kind: ScopeKind
    target: Organisation | Programme | Project | Group | None = None


def sees_much(user: Any) -> bool:
    """More than own groups and own data: any role of a project, the funder's too, who accepts reports."""
    return bool(all_held_by(user))


def must_have_second_step(user: Any) -> bool:
    """Whether the account may not be without a second step."""
    return settings.MFA_REQUIRED and sees_much(user)


def is_last_device(device: Authenticator) -> bool:
    """Whether the account, which may not be without, would have no device left."""
    others = Authenticator.objects.filter(user=device.user_id).exclude(pk=device.pk)
    has_other = others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists()
    return not has_other and must_have_second_step(device.user)


def can_reset_second_step(user: Any, account: User) -> bool:
    """An administrator, whose telephone it is not: the own one is changed, not reset."""
    return account.pk != user.pk and can_administer(user)


def coordinated_projects(user: Any) -> QuerySet[Project]:
    """The projects the user runs; an administrator of everything runs them all."""
    return Project.objects.for_roles(user, *EDITOR_ROLES)


def own_partners(user: Any) -> QuerySet[Organisation]:
    """Organisations that take part in the user's projects and in nobody else's.

    A municipal coordinator reads his people in every project of the municipality: where it takes
    part elsewhere too, or leads there, only an administrator may name him.
    """
    here = coordinated_projects(user)
    taking_part = Partnership.objects.filter(organisation=OuterRef("pk"))
    leading = Project.objects.filter(lead=OuterRef("pk"))
    return Organisation.objects.filter(
        Exists(taking_part.filter(project__in=here)),
        ~Exists(taking_part.exclude(project__in=here)),
        ~Exists(leading.exclude(pk__in=here)),
    )


def own_groups(user: Any) -> QuerySet[Group]:
    """Groups of the projects the user runs."""
    return Group.objects.current().filter(programme__project__in=coordinated_projects(user))


def grantable_roles(user: Any) -> list[str]:
    """The roles the user may give at all, by code: below the own one."""
    if can_administer(user):
        return list(GIVEN_ROLES)
    return [Role.PARTNER, TRAINER] if coordinated_projects(user).exists() else []


def can_invite(user: Any) -> bool:
    """Administrators and coordinators bring people in."""
    return bool(grantable_roles(user))


def can_grant(user: Any, grant: Grant) -> bool:
    """Below the own role and inside the own scope; only an administrator names another one."""
    if grant.kind not in SCOPES_OF_ROLE.get(grant.role, ()):
        return False
    if can_administer(user):
        return True
    if grant.target is None:
        return False
    if grant.role == Role.PARTNER:
        return own_partners(user).filter(pk=grant.target.pk).exists()
    return grant.role == TRAINER and own_groups(user).filter(pk=grant.target.pk).exists()


def can_take_back(user: Any, membership: Membership) -> bool:
    """Whoever may give a role may take it back, but never from himself."""
    if membership.user_id == user.pk:
        return False
    return can_administer(user) or can_grant(user, grant_of(membership))


def grant_of(membership: Membership) -> Grant:
    """What a membership gives."""
    for kind in (ScopeKind.ORGANISATION, ScopeKind.PROGRAMME, ScopeKind.PROJECT):
        if target := getattr(membership, kind.value):
            return Grant(membership.role, kind, target)
    return Grant(membership.role, ScopeKind.EVERYTHING)


def roles_visible_to(user: Any) -> QuerySet[Membership]:
    """The roles a person may know of: an administrator all, others the own and those of the own projects."""
    if can_administer(user):
        return Membership.objects.all()
    here = coordinated_projects(user)
    return Membership.objects.filter(
        Q(user=user)
        | Q(project__in=here)
        | Q(organisation__in=own_partners(user), role=Role.PARTNER)
        | Q(organisation__in=here.values("lead"))
    )


def teaching_visible_to(user: Any) -> QuerySet[GroupTrainer]:
    """The groups of trainers within the same reach."""
    if can_administer(user):
        return GroupTrainer.objects.all()
    here = coordinated_projects(user)
    return GroupTrainer.objects.filter(Q(user=user) | Q(group__programme__project__in=here))


def accounts_visible_to(user: Any) -> QuerySet[User]:
    """The accounts a person looks after: an administrator all, others those of their projects."""
    if can_administer(user):
        return User.objects.all()
    if not user.is_authenticated or not coordinated_projects(user).exists():
        return User.objects.none()
    roles = roles_visible_to(user).filter(user=OuterRef("pk"))
    teaching = teaching_visible_to(user).filter(user=OuterRef("pk"))
    return User.objects.filter(Exists(roles) | Exists(teaching) | Q(pk=user.pk))


def with_roles(accounts: QuerySet[User], reader: Any) -> QuerySet[User]:
    """Accounts with what the reader may know of each; ``has_more`` says that there is more elsewhere."""
    roles, teaching = roles_visible_to(reader), teaching_visible_to(reader)
    people = Participant.objects.visible_to(reader)
    return accounts.annotate(
        is_participant=Exists(people.filter(user=OuterRef("pk"))),
        has_more=_beyond(roles) | _beyond(teaching) | _beyond(people),
    ).prefetch_related(
        Prefetch(
            "memberships",
            roles.select_related("organisation", "programme", "project"),
            to_attr="shown_roles",
        ),
        Prefetch(
            "teaching",
            teaching.select_related("group__programme__project"),
            to_attr="shown_groups",
        ),
    )


def _beyond(shown: Any) -> Exists:
    """Whether an account has rows of this kind besides those shown."""
    rows = shown.model.objects.filter(user=OuterRef("pk"))
    return Exists(rows.exclude(pk__in=shown.values("pk")))


def can_change_account(user: Any, account: User) -> bool:
    """Name, language and closing: an administrator, or who gave every single right it holds."""
    if account.pk == user.pk:
        return False
    if can_administer(user):
        return True
    if Participant.objects.filter(user=account).exists():
        return False
    held = list(account.memberships.select_related("organisation", "programme", "project"))
    taught = account.teaching.exclude(group__programme__project__in=coordinated_projects(user))
    if taught.exists() or not (held or account.teaching.exists()):
        return False
    return all(can_grant(user, grant_of(each)) for each in held)
