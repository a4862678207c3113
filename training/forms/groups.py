"""Forms of groups and of who teaches them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from projects.models import EDITOR_ROLES, Project
from training.models import Group, GroupTrainer, Site, TrainingProgramme

from .base import OwnedForm


class GroupForm(OwnedForm):
    """A group of one of ``programmes``; the sites offered are those of their projects."""

    owner = "programme"
    name_is_unique = True

    class Meta:
        model = Group
        fields = ["programme", "name_lv", "name_en", "kind", "site", "code", "position"]

    def __init__(self, *args: Any, programmes: QuerySet[TrainingProgramme], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        several = {each.project_id for each in programmes.all()}
        self.offer("programme", programmes)
        self.offer("site", Site.objects.current().filter(project__in=several), _("not stated"))
        for name in ("programme", "site") if len(several) > 1 else ():
            field = self.fields[name]
            field.label_from_instance = _with_project
            field.queryset = field.queryset.select_related("project")

    def clean(self) -> dict[str, Any] | None:
        data = super().clean()
        programme = self.cleaned_data.get("programme")
        site = self.cleaned_data.get("site")
        if programme and site and programme.project_id != site.project_id:
            self.add_error("site", _("This site belongs to another project."))
        return data


def _with_project(row: Any) -> str:
    return f"{row.name} · {row.project.title}"


def trainers_of(user: Any, *, beside: Group) -> QuerySet[Any]:
    """Who teaches in the projects the user runs, but not that group yet.

    He looks after these accounts; whether others exist is none of his business.
    """
    projects = Project.objects.for_roles(user, *EDITOR_ROLES)
    rows = GroupTrainer.objects.filter(group__programme__project__in=projects)
    known = get_user_model().objects.filter(pk__in=rows.values("user"), is_active=True)
    return known.exclude(teaching__group=beside)


class TrainerForm(forms.Form):
    """One of the trainers the user knows; anybody else is invited, account or not."""

    trainer = forms.ModelChoiceField(
        label=_("Trainer"),
        queryset=None,
        help_text=_("Those who teach in your projects. Invite anybody else."),
    )

    def __init__(self, *args: Any, trainers: QuerySet[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["trainer"].queryset = trainers
