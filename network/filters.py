"""What the lists of the network can be narrowed to; the address carries it all."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from network.models import READERS, Contact, Event, EventKind, EventState, Publication
from projects.filters import ArchivedFilter, matching
from projects.models import Project


def own_projects(request: Any) -> QuerySet[Project]:
    return Project.objects.for_roles(request.user, *READERS)


class NetworkFilter(ArchivedFilter):
    """A search box and the project chosen in the nav, named by its code."""

    q = filters.CharFilter(
        field_name="search_key", method=matching, label=_("Name"), max_length=200
    )
    project = filters.ModelChoiceFilter(
        queryset=own_projects,
        to_field_name="code",
        label=_("Project"),
        empty_label=_("All projects"),
    )


class EventFilter(NetworkFilter):
    kind = filters.ChoiceFilter(choices=EventKind, label=_("Kind"), empty_label=_("any"))
    state = filters.ChoiceFilter(choices=EventState, label=_("State"), empty_label=_("any"))

    class Meta:
        model = Event
        fields = ["q", "project", "kind", "state"]


class PublicationFilter(NetworkFilter):
    class Meta:
        model = Publication
        fields = ["q", "project"]


class ContactFilter(NetworkFilter):
    class Meta:
        model = Contact
        fields = ["q", "project"]
