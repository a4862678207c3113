"""Forms of groups and of who teaches them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from training.models import Group, GroupTrainer, Site, TrainingProgramme

from .base import OwnedForm


class GroupForm(OwnedForm):
    """A group of one of ``programmes``; the sites offered are those of their projects."""

    owner = "programme"

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


class TrainerForm(forms.Form):
    """The account of a trainer, by its e-mail address."""

    email = forms.EmailField(label=_("E-mail of the trainer"), max_length=254)

    def __init__(self, *args: Any, group: Group, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.group = group

    def clean(self) -> dict[str, Any] | None:
        data = super().clean()
        email = self.cleaned_data.get("email", "").strip().lower()
        user = get_user_model().objects.filter(email=email, is_active=True).first()
        if email and user is None:
            self.add_error(
                "email", _("Nobody has an account with this address. Invite the trainer first.")
            )
        elif user and GroupTrainer.objects.filter(group=self.group, user=user).exists():
            self.add_error("email", _("This trainer teaches the group already."))
        self.cleaned_data["user"] = user
        return data
