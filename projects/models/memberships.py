"""Who may do what, where: a user, a role and one scope."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


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

    @property
    def scope(self) -> str:
        """What the role reaches, in words."""
        return str(self.organisation or self.programme or self.project or _("everything"))
