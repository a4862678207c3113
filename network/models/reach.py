"""Who reaches the rows of the network: everyone with a role in the project but its funder."""

from __future__ import annotations

from typing import Any, Self

from portal.lib.names import ArchivableQuerySet
from projects.models import Project, Role

# The funder reads counts, through the indicators; here stand names.
READERS = tuple(role for role in Role if role != Role.FUNDER)


class OfProjectQuerySet(ArchivableQuerySet):
    """Rows of projects in which the user is a reader."""

    def visible_to(self, user: Any) -> Self:
        return self.filter(project__in=Project.objects.for_roles(user, *READERS))
