"""Forms of people: who they are, where they work, which group they are in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.lib.fields import LineField
from projects.models import Organisation
from training.actions import NewPerson
from training.models import (
    Employment,
    Enrolment,
    Group,
    JobCategory,
    Participant,
    partner_organisations,
)

from .base import DateField, OwnedForm


def employers(user: Any, *, partner_only: bool) -> QuerySet[Organisation]:
    """Organisations a person may be said to work for; a partner's coordinator names his own."""
    rows = Organisation.objects.current()
    if not partner_only:
        return rows
    return rows.filter(pk__in=partner_organisations(user))


class ParticipantForm(forms.ModelForm):
    """A person's name and address."""

    class Meta:
        model = Participant
        fields = ["given_name", "family_name", "email"]


class EmploymentForm(OwnedForm):
    """Where a person works and as what."""

    owner = "participant"

    class Meta:
        model = Employment
        fields = ["organisation", "job_category", "position", "valid_from", "valid_to"]

    def __init__(
        self, *args: Any, employers: QuerySet[Organisation], must_begin: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["valid_from"].required = must_begin
        self.offer("organisation", employers)
        self.offer("job_category", JobCategory.objects.current())

    def clean(self) -> dict[str, Any] | None:
        data = super().clean()
        same = Employment.objects.filter(participant=self.instance.participant_id)
        kept = {name: self.cleaned_data.get(name) for name in self.fields}
        if not self.errors and same.filter(**kept).exclude(pk=self.instance.pk).exists():
            self.add_error(None, _("This employment is there already."))
        return data


class NewPersonForm(forms.ModelForm):
    """Somebody new, with the work he does; both parts of the work or neither."""

    job_category = forms.ModelChoiceField(
        label=_("Job category"), queryset=JobCategory.objects.none(), required=False
    )
    organisation = forms.ModelChoiceField(
        label=_("Employer"), queryset=Organisation.objects.none(), required=False
    )
    position = LineField(label=_("Position"), max_length=300, required=False)
    is_another = forms.BooleanField(
        label=_("This is another person of the same name"),
        required=False,
        widget=forms.HiddenInput,
    )

    class Meta:
        model = Participant
        fields = ["given_name", "family_name", "email"]

    def __init__(
        self, *args: Any, employers: QuerySet[Organisation], must_work: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["job_category"].queryset = JobCategory.objects.current()
        self.fields["organisation"].queryset = employers
        self.namesakes: list[Participant] = []
        for name in ("job_category", "organisation") if must_work else ():
            self.fields[name].required = True

    def clean(self) -> dict[str, Any] | None:
        data = super().clean()
        organisation, job = (
            self.cleaned_data.get(name) for name in ("organisation", "job_category")
        )
        if organisation and not job and "job_category" not in self.errors:
            self.add_error("job_category", _("Say as what the person works there."))
        return data

    def refuse_namesakes(self, known: QuerySet[Participant]) -> None:
        """Ask before a second person of the same name is made; the portal already knows one."""
        if self.errors or self.cleaned_data.get("is_another"):
            return
        # Folded in Python: SQLite knows upper and lower case of ASCII letters only.
        key = Participant._meta.get_field("search_key").key_of(self.instance)
        self.namesakes = list(known.filter(search_key=key)[:5])
        if self.namesakes:
            self.fields["is_another"].widget = forms.CheckboxInput()
            self.add_error(None, _("A person of this name is here already. Is it the same one?"))

    def person(self) -> NewPerson:
        data = self.cleaned_data
        return NewPerson(
            data["given_name"],
            data["family_name"],
            data["email"],
            data["job_category"],
            data["organisation"],
            data["position"],
        )


class PlaceForm(OwnedForm):
    """A person's place in a group: since when, as what, sent by whom.

    ``jobs``, where given, are those of which one must be in force on the first day.
    """

    owner = "group"

    class Meta:
        model = Enrolment
        fields = ["since", "job_category", "organisation"]

    def __init__(
        self,
        *args: Any,
        employers: QuerySet[Organisation],
        jobs: QuerySet[Employment] | None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.jobs = jobs
        self.offer("job_category", JobCategory.objects.current())
        self.offer("organisation", employers)

    def clean_since(self) -> Any:
        since = self.cleaned_data["since"]
        if self.jobs is not None and not self.jobs.in_force(since).exists():
            raise forms.ValidationError(
                _("On this day the person does not work for you. Enter the work first.")
            )
        return since

    def _get_validation_exclusions(self) -> set[str]:
        # Whether the person is in the group already is for the action to say.
        return super()._get_validation_exclusions() | {"group", "participant"}


class SinceForm(forms.Form):
    """The first day in the group."""

    since = DateField(label=_("In the group since"))


class LeaveForm(forms.Form):
    """The last day in a group, and why."""

    on = DateField(label=_("Last day in the group"), initial=timezone.localdate)
    reason = LineField(label=_("Reason"), max_length=300, required=False, is_printed=False)


def first_day_of(group: Group) -> Any:
    """From when a new person most likely belongs to the group: its first session, else today."""
    first = group.sessions.counted().order_by("date").values_list("date", flat=True).first()
    if first is None or group.sessions.held().exists():
        return timezone.localdate()
    return first
