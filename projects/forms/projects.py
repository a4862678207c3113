"""Forms for a project and for the facts that hang on it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.lib.calendar import Period
from projects.access import can_administer, organisations_led_by
from projects.models import (
    Organisation,
    Programme,
    Project,
    ProjectAim,
    ProjectIdentifier,
    ProjectTitle,
    RelatedProject,
    StatusEntry,
    TargetGroup,
)

from .fields import LooseDateField
from .organisations import LANGUAGES
from .programmes import CODE_HINT
from .rows import PartForm, RowForm


class ProjectForm(RowForm):
    """Title, programme, lead and period. A coordinator's own organisation leads his project."""

    code_from = ("acronym", "short_lv", "short_en", "title_lv", "title_en")
    named = ("title_lv", "title_en")
    nameless = _("Give the title in at least one language.")
    start = LooseDateField(label=_("start"))
    end = LooseDateField(label=_("end"), ends=True)

    beside = (
        ("acronym", "code"),
        ("short_lv", "short_en"),
        ("programme", "lead"),
        ("start", "end", "duration_months"),
    )

    class Meta:
        model = Project
        fields = [
            *("title_lv", "title_en", "acronym", "short_lv", "short_en", "code"),
            *("programme", "lead", "start", "end", "duration_months"),
            *("aim_lv", "aim_en", "is_public"),
        ]
        help_texts = {
            "code": CODE_HINT,
            "title_en": _("As the source gives it; it is not translated from the other."),
            "duration_months": _("Only if a source states it in months."),
        }
        widgets = {
            "aim_lv": forms.Textarea(attrs={"rows": 4}),
            "aim_en": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["programme"].queryset = Programme.objects.offered(self.instance.programme_id)
        lead = self.fields["lead"]
        if can_administer(user):
            lead.queryset = Organisation.objects.offered(self.instance.lead_id)
        else:
            own = organisations_led_by(user)
            lead.queryset = own | Organisation.objects.filter(pk=self.instance.lead_id)
            # Without it the coordinator would no longer see the project he has just made.
            lead.required = not self.instance.pk
            lead.help_text = _("Your organisation.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        period = Period(
            cleaned.get("start"),
            self.instance.start_precision,
            cleaned.get("end"),
            self.instance.end_precision,
        )
        if not period.is_in_order:
            self.add_error("end", _("The end is before the start."))
        return cleaned


class IdentifierForm(PartForm):
    beside = (("number", "register"),)

    class Meta:
        model = ProjectIdentifier
        fields = ["number", "register", "is_printed", "source"]
        help_texts = {"register": _("Who gave this number: a programme, a ministry, a ledger.")}


class TitleForm(PartForm):
    class Meta:
        model = ProjectTitle
        fields = ["title", "language", "source"]
        widgets = {"language": forms.Select(choices=LANGUAGES)}


class StatusForm(PartForm):
    since = LooseDateField(label=_("since"), required=True)

    beside = (("status", "since"),)

    class Meta:
        model = StatusEntry
        fields = ["status", "since", "note_lv", "note_en", "source", "as_stated"]


class PlacedForm(PartForm):
    """A part in a row of its like; without a number of its own a new one goes to the end."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            last = self.siblings().order_by("-position").values_list("position", flat=True)[:1]
            self.instance.position = next(iter(last), 0) + 1
        if "position" in self.fields:
            self.fields["position"].required = False
            self.initial["position"] = self.instance.position

    def clean_position(self) -> int:
        typed = self.cleaned_data["position"]
        return self.instance.position if typed is None else int(typed)


class AimForm(PlacedForm):
    named = ("text_lv", "text_en")
    nameless = _("Write the aim in at least one language.")

    class Meta:
        model = ProjectAim
        fields = ["text_lv", "text_en", "source"]
        widgets = {name: forms.Textarea(attrs={"rows": 3}) for name in ("text_lv", "text_en")}


class TargetGroupForm(PlacedForm):
    class Meta:
        model = TargetGroup
        fields = ["name_lv", "name_en", "is_direct", "source"]


class OtherProjectField(forms.ModelChoiceField):
    """A project by its title; one the editor may not open stays chosen, but is not named."""

    unseen: int | None = None

    def label_from_instance(self, obj: Project) -> str:
        return _("a project you cannot open") if obj.pk == self.unseen else obj.title


class RelatedForm(PartForm):
    class Meta:
        model = RelatedProject
        fields = ["relation", "title", "other", "source"]
        field_classes = {"other": OtherProjectField}

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seen, chosen = Project.objects.visible_to(user), self.instance.other_id
        other = self.fields["other"]
        other.queryset = seen.offered(chosen).exclude(pk=self.project.pk) | Project.objects.filter(
            pk=chosen
        )
        if not seen.filter(pk=chosen).exists():
            other.unseen = chosen
