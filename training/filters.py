"""What the lists of training can be narrowed to; the address carries it all."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.lib.text import search_key
from projects.models import Organisation, Project
from training.models import (
    Employment,
    Enrolment,
    Group,
    GroupKind,
    JobCategory,
    Lacking,
    Participant,
    Session,
    Site,
    TrainingProgramme,
)

STAGES = [
    ("planned", pgettext_lazy("groups", "Planned")),
    ("open", pgettext_lazy("groups", "In progress")),
    ("finished", pgettext_lazy("groups", "Finished")),
]


def matching(rows: QuerySet[Any], name: str, typed: str) -> QuerySet[Any]:
    """Rows in which each word typed stands somewhere, whatever its case and accents."""
    for word in search_key(typed).split():
        rows = rows.filter(**{f"{name}__contains": word})
    return rows


def own_projects(request: Any) -> QuerySet[Project]:
    return Project.objects.visible_to(request.user)


def project_filter(field_name: str) -> filters.ModelChoiceFilter:
    """The project chosen in the nav; the address names it by its code."""
    return filters.ModelChoiceFilter(
        field_name=field_name,
        queryset=own_projects,
        to_field_name="code",
        label=_("Project"),
        empty_label=_("All projects"),
    )


class ListFilter(filters.FilterSet):
    """A search box, and ``?archived=1``: what was put away instead of what is in use."""

    q = filters.CharFilter(
        field_name="search_key",
        method=matching,
        label=_("Search"),
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    archived = filters.BooleanFilter(method="keep", label=_("Archived"), widget=forms.HiddenInput)
    put_away = "archived_at"  # where the day stands on which a row was put away

    def keep(self, rows: QuerySet[Any], name: str, value: bool) -> QuerySet[Any]:
        return rows

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        kept = {f"{self.put_away}__isnull": not self.is_archive}
        return super().filter_queryset(queryset.filter(**kept))

    @property
    def is_archive(self) -> bool:
        return self.form.is_valid() and bool(self.form.cleaned_data.get("archived"))

    @property
    def is_narrowed(self) -> bool:
        """Whether more than the project was chosen: an empty list then says that nothing fits."""
        if not self.form.is_valid():
            return True
        return any(value for name, value in self.form.cleaned_data.items() if name != "project")


class GroupFilter(ListFilter):
    """Groups by project, place, kind and how far they are."""

    project = project_filter("programme__project")
    site = filters.ModelChoiceFilter(
        queryset=lambda request: Site.objects.filter(
            groups__in=Group.objects.visible_to(request.user)
        ).distinct(),
        label=_("Site"),
        empty_label=_("All sites"),
    )
    kind = filters.ChoiceFilter(
        choices=GroupKind.choices, label=_("Kind"), empty_label=_("All kinds")
    )
    stage = filters.ChoiceFilter(choices=STAGES, label=_("Stage"), widget=forms.HiddenInput)

    class Meta:
        model = Group
        fields = ["q", "project", "site", "kind"]


class SessionFilter(ListFilter):
    """Sessions of all groups by project and by what they lack."""

    put_away = "group__archived_at"  # with its group
    q = filters.CharFilter(
        field_name="group__search_key",
        method=matching,
        label=_("Group"),
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    project = project_filter("group__programme__project")
    show = filters.ChoiceFilter(
        method="lacking", choices=Lacking.choices, label=_("Lacking"), widget=forms.HiddenInput
    )

    class Meta:
        model = Session
        fields = ["q", "project"]

    def lacking(self, rows: Any, name: str, value: str) -> QuerySet[Any]:
        lacks: QuerySet[Any] = rows.lacking(value)
        return lacks


class ParticipantFilter(ListFilter):
    """People by project, employer and job, as far as the reader sees their courses and jobs.

    A filter must not tell who else stands in a project or works where.
    """

    project = filters.ModelChoiceFilter(
        method="in_project",
        queryset=own_projects,
        to_field_name="code",
        label=_("Project"),
        empty_label=_("All projects"),
    )
    organisation = filters.ModelChoiceFilter(
        method="employed_by",
        queryset=lambda request: Organisation.objects.filter(
            employments__in=Employment.objects.visible_to(request.user)
        ).distinct(),
        label=_("Employer"),
        empty_label=_("All employers"),
    )
    job_category = filters.ModelChoiceFilter(
        method="enrolled_as",
        queryset=lambda request: JobCategory.objects.all(),
        label=_("Job category"),
        empty_label=_("All job categories"),
    )

    class Meta:
        model = Participant
        fields = ["q", "project", "organisation", "job_category"]

    def in_project(
        self, rows: QuerySet[Participant], name: str, value: Project
    ) -> QuerySet[Participant]:
        return self._placed(rows, group__programme__project=value)

    def enrolled_as(
        self, rows: QuerySet[Participant], name: str, value: JobCategory
    ) -> QuerySet[Participant]:
        return self._placed(rows, job_category=value)

    def employed_by(
        self, rows: QuerySet[Participant], name: str, value: Organisation
    ) -> QuerySet[Participant]:
        jobs = Employment.objects.visible_to(self.request.user).filter(organisation=value)
        return rows.filter(pk__in=jobs.values("participant"))

    def _placed(self, rows: QuerySet[Participant], **fields: Any) -> QuerySet[Participant]:
        places = Enrolment.objects.visible_to(self.request.user).filter(**fields)
        return rows.filter(pk__in=places.values("participant"))


class ProgrammeFilter(ListFilter):
    project = project_filter("project")

    class Meta:
        model = TrainingProgramme
        fields = ["q", "project"]


class SiteFilter(ListFilter):
    project = project_filter("project")

    class Meta:
        model = Site
        fields = ["q", "project"]


class JobCategoryFilter(ListFilter):
    class Meta:
        model = JobCategory
        fields = ["q"]
