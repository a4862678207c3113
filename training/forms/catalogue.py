"""Forms of programmes, modules, sites and job categories."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from projects.models import Activity, Organisation, Project
from training.models import JobCategory, Module, Site, TrainingProgramme

from .base import OwnedForm


class ProgrammeForm(OwnedForm):
    """A curriculum of one of ``projects`` with what its contract declares."""

    owner = "project"

    class Meta:
        model = TrainingProgramme
        fields = [
            "project",
            "name_lv",
            "name_en",
            "declared_hours",
            "hour_unit",
            "declared_days",
            "declared_groups",
            "declared_sites",
            "threshold_percent",
            "activity",
            "code",
        ]

    def __init__(self, *args: Any, projects: QuerySet[Project], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("project", projects)
        self.offer("activity", Activity.objects.filter(project__in=projects), _("not stated"))
        for name in ("declared_hours", "declared_days"):
            self.fields[name].min_value = 0

    def clean(self) -> dict[str, Any] | None:
        data = super().clean()
        project, activity = (self.cleaned_data.get(name) for name in ("project", "activity"))
        if project and activity and activity.project_id != project.pk:
            self.add_error("activity", _("This activity belongs to another project."))
        for name in ("declared_hours", "declared_days"):
            if (self.cleaned_data.get(name) or 0) < 0:
                self.add_error(name, _("This cannot be less than 0."))
        return data


class ModuleForm(OwnedForm):
    """A module and whom it concerns."""

    owner = "programme"

    class Meta:
        model = Module
        fields = ["name_lv", "name_en", "days", "hours", "audience", "position", "code"]
        widgets = {"audience": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("audience", JobCategory.objects.current())

    def clean(self) -> dict[str, Any] | None:
        data = super().clean()
        for name in ("days", "hours"):
            if (self.cleaned_data.get(name) or 0) < 0:
                self.add_error(name, _("This cannot be less than 0."))
        return data


class SiteForm(OwnedForm):
    """A place of training."""

    owner = "project"

    class Meta:
        model = Site
        fields = ["project", "name_lv", "name_en", "locative_lv", "organisation", "address", "code"]

    def __init__(self, *args: Any, projects: QuerySet[Project], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("project", projects)
        self.offer("organisation", Organisation.objects.current(), _("not stated"))


class JobCategoryForm(OwnedForm):
    """What a person does at work; shared by all projects."""

    class Meta:
        model = JobCategory
        fields = ["name_lv", "name_en", "position", "code"]
