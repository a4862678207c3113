"""What people type about certificates."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.forms import BaseInlineFormSet, inlineformset_factory
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from certificates.models import Certificate, CertificateTemplate, Signatory
from certificates.rules import PaperLanguage, parse_number, token_of
from portal.lib.fields import LineField, validate_year
from projects.models import Project
from training.models import Enrolment, Module


class VerificationForm(forms.Form):
    """The code printed beside the QR, however it was typed."""

    error_heading = _("The certificate was not looked for")

    code = forms.CharField(
        label=_("Code on the certificate"),
        max_length=100,
        help_text=_("Two lines beside the QR code, for example 7KQF-2M9D-XT4R8 HPC5-JLV3-N7WQ2."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )

    def clean_code(self) -> str:
        token = token_of(self.cleaned_data["code"])
        if not token and parse_number(self.cleaned_data["code"]):
            raise forms.ValidationError(
                _(
                    "This is the number of the certificate. Type the code beside the QR code: two lines."
                )
            )
        if not token:
            raise forms.ValidationError(
                _("The code has 26 letters and digits. Please compare it with the paper.")
            )
        return token


class TemplateChoice(forms.ModelChoiceField):
    """A template told apart by what the reader will see: language, kind and series."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.get_language_display()} · {obj.kind} · {obj.series}"


def templates_of(project: Project) -> Any:
    return CertificateTemplate.objects.current().filter(project=project)


class IssueForm(forms.Form):
    """Who gets a certificate, in which wording, dated when."""

    template = TemplateChoice(label=_("Template"), queryset=CertificateTemplate.objects.none())
    issued_on = forms.DateField(
        label=_("Date of issue"),
        validators=[validate_year],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        initial=timezone.localdate,
    )
    enrolments = forms.ModelMultipleChoiceField(
        label=_("People"),
        queryset=Enrolment.objects.none(),
        error_messages={"required": _("Choose at least one person.")},
        widget=forms.MultipleHiddenInput,
    )

    def __init__(self, *args: Any, project: Project, enrolments: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["template"].queryset = templates_of(project)  # type: ignore[attr-defined]
        self.fields["template"].initial = templates_of(project).first()
        self.fields["template"].empty_label = None  # type: ignore[attr-defined]
        self.fields["enrolments"].queryset = enrolments  # type: ignore[attr-defined]

    def begin_with(self, day: date) -> None:
        """The first day that a certificate of these people can have."""
        self.fields["issued_on"].widget.attrs["min"] = day.isoformat()

    def clean_issued_on(self) -> date:
        day: date = self.cleaned_data["issued_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("A certificate cannot be dated in the future."))
        return day


class RevokeForm(forms.Form):
    """Why a certificate is taken back; the public reads it."""

    reason = LineField(
        label=_("Reason"),
        max_length=300,
        is_printed=False,
        help_text=_(
            "Whoever checks the certificate reads this. For example: a mistake in the surname."
        ),
    )


class ReissueForm(RevokeForm):
    """The reason, and the wording of the new one."""

    template = TemplateChoice(label=_("Template"), queryset=CertificateTemplate.objects.none())

    def __init__(self, *args: Any, certificate: Certificate, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["template"].queryset = templates_of(certificate.project)  # type: ignore[attr-defined]
        self.fields["template"].initial = certificate.template_id
        self.fields["template"].empty_label = None  # type: ignore[attr-defined]
        if not certificate.is_valid:
            del self.fields["reason"]


class TemplateForm(forms.ModelForm):
    """The wording of a kind of certificate."""

    class Meta:
        model = CertificateTemplate
        fields = (
            "language",
            "kind_lv",
            "kind_en",
            "series",
            "place_lv",
            "place_en",
            "hours_shown",
            "required_modules",
            "is_default",
        )
        widgets = {"required_modules": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        modules = Module.objects.filter(programme__project=self.instance.project)
        self.fields["required_modules"].queryset = modules  # type: ignore[attr-defined]
        for name in ("kind_lv", "kind_en"):
            self.fields[name].required = False
        if not modules.exists():
            del self.fields["required_modules"]

    def clean_series(self) -> str:
        return self.cleaned_data["series"].upper()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for language in str(data.get("language", "")).split("+"):
            if language and not data.get(f"kind_{language}"):
                self.add_error(f"kind_{language}", _("The paper needs this text."))
        return data


class BaseSignatories(BaseInlineFormSet):
    """At most two; the office is asked in the languages of the paper."""

    def clean(self) -> None:
        super().clean()
        language = self.instance.language or PaperLanguage.BOTH
        for form in self.forms:
            data = getattr(form, "cleaned_data", {})
            if not data.get("name") or data.get("DELETE"):
                continue
            for each in language.split("+"):
                if not data.get(f"office_{each}"):
                    form.add_error(f"office_{each}", _("The paper needs this text."))


Signatories = inlineformset_factory(
    CertificateTemplate,
    Signatory,
    formset=BaseSignatories,
    fields=("name", "office_lv", "office_en"),
    extra=2,
    max_num=2,
    validate_max=True,
)
