"""What lists can be narrowed by."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from portal.lib.text import search_key
from projects.models import Organisation, OrganisationKind, Programme, Project, ProjectStatus


def matching(queryset: QuerySet[Any], name: str, typed: str) -> QuerySet[Any]:
    """Rows in which each word typed stands somewhere, whatever its case and accents."""
    for word in search_key(typed).split():
        queryset = queryset.filter(**{f"{name}__contains": word})
    return queryset


class ArchivedFilter(filters.FilterSet):
    """Lists show what is in use; ``?archived=1`` shows what was put away instead."""

    archived = filters.BooleanFilter(method="only_archived", label=_("archived"))

    def only_archived(self, queryset: QuerySet[Any], name: str, value: bool) -> QuerySet[Any]:
        return queryset

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        wants_archived = bool(self.form.cleaned_data.get("archived"))
        return super().filter_queryset(queryset.filter(archived_at__isnull=not wants_archived))


class OrganisationFilter(ArchivedFilter):
    q = filters.CharFilter(
        field_name="search_key", method=matching, label=_("Name"), max_length=200
    )
    kind = filters.ChoiceFilter(choices=OrganisationKind, label=_("Kind"), empty_label=_("any"))
    country = filters.CharFilter(lookup_expr="iexact", label=_("Country"), max_length=2)

    class Meta:
        model = Organisation
        fields = ["q", "kind", "country"]


class ProjectFilter(ArchivedFilter):
    q = filters.CharFilter(method="called", label=_("Name or number"), max_length=200)
    programme = filters.ModelChoiceFilter(
        queryset=lambda request: Programme.objects.filter(
            projects__in=Project.objects.visible_to(request.user)
        ).distinct(),
        to_field_name="code",
        label=_("Programme"),
        empty_label=_("any"),
    )
    status = filters.ChoiceFilter(
        choices=ProjectStatus, label=_("Last stated status"), empty_label=_("any")
    )

    class Meta:
        model = Project
        fields = ["q", "programme", "status"]

    def called(self, queryset: QuerySet[Any], name: str, typed: str) -> QuerySet[Any]:
        """By any of its names and numbers."""
        return queryset.called(typed)
