"""Who may do what in the network. Lists start from ``visible_to``; these speak of one thing.

Everyone with a role in a project but its funder reads its events, publications and contacts;
administrators and coordinators change them. Who came by name, only those read who may read
people's names: the others see how many came from where.
"""

from __future__ import annotations

from typing import Any

from network.models import READERS
from projects.access import can_edit_project, can_read_people
from projects.models import EDITOR_ROLES, Project

__all__ = ["can_add_to_network", "can_edit_project", "can_read_network", "can_read_people"]


def can_read_network(user: Any) -> bool:
    """Whether the lists of the network are any of the user's business."""
    return Project.objects.for_roles(user, *READERS).exists()


def can_add_to_network(user: Any) -> bool:
    """Whether there is a project whose events the user may plan."""
    return Project.objects.for_roles(user, *EDITOR_ROLES).exists()
