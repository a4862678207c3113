"""Who may do what with certificates; who sees which is ``Certificate.objects.visible_to``."""

from __future__ import annotations

from typing import Any

from certificates.models import Certificate
from projects.access import can_read_people, has_role
from projects.models import EDITOR_ROLES, Project
from training.access import can_read_programmes
from training.models import Participant


def can_read_list(user: Any) -> bool:
    """Whether any certificate may be the user's business: the staff, partners, who takes part."""
    return can_read_programmes(user) or Participant.objects.filter(user=user).exists()


def can_issue(user: Any, project: Project) -> bool:
    """Administrators and coordinators of the project issue, revoke and word its certificates."""
    return has_role(user, project, *EDITOR_ROLES)


def can_read_names(user: Any, project: Project) -> bool:
    """Who stands where on the way to a certificate is for those who run or audit the project."""
    return can_read_people(user, project)


def can_revoke(user: Any, certificate: Certificate) -> bool:
    """Whoever may issue may revoke and issue anew, with a reason."""
    return can_issue(user, certificate.project)


def can_have_made(user: Any, certificate: Certificate) -> bool:
    """The holder and whoever may issue need not wait for the queue."""
    return certificate.participant.user_id == user.pk or can_issue(user, certificate.project)
