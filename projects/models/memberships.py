"""Who may do what, where: a user, a role and one scope."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

if TYPE_CHECKING:
    from .projects import Project


class Role(models.TextChoices):
    ADMIN = "admin", _("administrator")
    COORDINATOR = "coordinator", _("coordinator")
    PARTNER = "partner", _("municipal coordinator")
    OFFICER = "officer", _("officer")
    FUNDER = "funder", _("funder")
    AUDITOR = "auditor", _("auditor")


# Those who run a project: they plan and change it with all that hangs on it.
EDITOR_ROLES = (Role.ADMIN, Role.COORDINATOR)


class MembershipQuerySet(models.QuerySet):
    def in_force(self) -> Self:
        """Memberships that hold today; an auditor's ends by itself."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=timezone.localdate()))


_HELD = "_memberships_held"


def all_held_by(user: Any) -> Sequence[Membership]:
    """Every membership ``user`` holds today.

    Asked once for an account object, which lives as long as a request, as Django's own permissions
    are: every list of every page begins with this question.
    """
    if not user.is_authenticated:
        return ()
    today = timezone.localdate()
    day, held = getattr(user, _HELD, (None, ()))
    if day != today:
        held = tuple(Membership.objects.in_force().filter(user=user))
        setattr(user, _HELD, (today, held))
    return held


def held_by(user: Any, *roles: Role) -> list[Membership]:
    """Those of one of ``roles``; where no role is named, none."""
    return [each for each in all_held_by(user) if each.role in roles]


def forget_held(user: Any) -> None:
    """Let this account object ask anew; any other one of the same account asks for itself."""
    if hasattr(user, _HELD):
        delattr(user, _HELD)


_ONE_SCOPE = (
    Q(everything=True, organisation__isnull=True, programme__isnull=True, project__isnull=True)
    | Q(everything=False, organisation__isnull=False, programme__isnull=True, project__isnull=True)
    | Q(everything=False, organisation__isnull=True, programme__isnull=False, project__isnull=True)
    | Q(everything=False, organisation__isnull=True, programme__isnull=True, project__isnull=False)
)


class Membership(models.Model):
    """One role of one user over one scope: everything, organisation, programme or project."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships", verbose_name=_("user")
    )
    role = models.CharField(_("role"), max_length=12, choices=Role)
    everything = models.BooleanField(_("everything"), default=False)
    organisation = models.ForeignKey(
        "projects.Organisation",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name=_("organisation"),
    )
    programme = models.ForeignKey(
        "projects.Programme",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name=_("programme"),
    )
    project = models.ForeignKey(
        "projects.Project",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name=_("project"),
    )
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    history = HistoricalRecords()

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["user", "role", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=_ONE_SCOPE,
                name="projects_membership_has_one_scope",
                violation_error_message=_("Choose exactly one scope."),
            ),
            models.UniqueConstraint(
                fields=["user", "role"],
                condition=Q(everything=True),
                name="projects_membership_everything_once",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "organisation"],
                name="projects_membership_organisation_once",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "programme"], name="projects_membership_programme_once"
            ),
            models.UniqueConstraint(
                fields=["user", "role", "project"], name="projects_membership_project_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} · {self.scope}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        self._forget()

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        self._forget()
        return super().delete(*args, **kwargs)

    def _forget(self) -> None:
        """The account object this row came with, if it has one."""
        forget_held(self._state.fields_cache.get("user"))

    def covers(self, project: Project) -> bool:
        """Whether the role reaches a project as such; a partner's way is its taking part.

        The rule of ``Project.objects.for_roles`` for one project at hand.
        """
        if self.role == Role.PARTNER and self.organisation_id:
            return False
        return (
            self.everything
            or (self.project_id is not None and self.project_id == project.pk)
            or (self.programme_id is not None and self.programme_id == project.programme_id)
            or (self.organisation_id is not None and self.organisation_id == project.lead_id)
        )

    @property
    def scope(self) -> str:
        """What the role reaches, in words."""
        return str(self.organisation or self.programme or self.project or _("everything"))
