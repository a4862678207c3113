"""How the list of certificates is narrowed; the address holds it all."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from certificates.models import Certificate
from portal.lib.documents import DocumentState
from projects.models import Project
from training.models import Group

STATES = [
    ("valid", pgettext_lazy("certificates", "Valid")),
    ("waiting", pgettext_lazy("certificates", "Being made")),
    ("failed", pgettext_lazy("certificates", "Failed")),
    ("revoked", pgettext_lazy("certificates", "Revoked")),
]


def by_state(queryset: QuerySet[Certificate], state: str) -> QuerySet[Certificate]:
    """Valid and revoked tell of the certificate, waiting and failed of its paper."""
    if state == "valid":
        return queryset.filter(revoked_on__isnull=True)
    if state == "revoked":
        return queryset.filter(revoked_on__isnull=False)
    return queryset.filter(
        state={"waiting": DocumentState.WAITING, "failed": DocumentState.FAILED}[state]
    )


class CertificateFilter(django_filters.FilterSet):
    """By words, project, group, state and day of issue."""

    q = django_filters.CharFilter(method="by_words", label=_("Number or name"), max_length=200)
    project = django_filters.ModelChoiceFilter(
        queryset=Project.objects.none(), to_field_name="code", label=_("Project")
    )
    group = django_filters.ModelChoiceFilter(queryset=Group.objects.none(), label=_("Group"))
    state = django_filters.ChoiceFilter(choices=STATES, method="by_state", label=_("State"))
    since = django_filters.DateFilter(
        "issued_on",
        "gte",
        label=_("Issued from"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    until = django_filters.DateFilter(
        "issued_on",
        "lte",
        label=_("Issued until"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    class Meta:
        model = Certificate
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        projects = Project.objects.visible_to(user)
        self.filters["project"].queryset = projects
        groups = Group.objects.visible_to(user).select_related("programme")
        if project := self.data.get("project"):
            groups = groups.filter(programme__project__code=project)
        self.filters["group"].queryset = groups

    def by_words(self, queryset: Any, _name: str, value: str) -> Any:
        return queryset.search(value)

    def by_state(self, queryset: Any, _name: str, value: str) -> Any:
        return by_state(queryset, value)
