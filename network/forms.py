"""People's input to clean rows of the network; saving is the actions' work."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from network.models import Contact, Delivery, Event, ProgrammePart, Publication, Registration
from portal.lib.calendar import Period
from projects.filters import matching
from projects.forms import PartForm
from projects.forms.fields import LooseDateField
from projects.forms.programmes import CODE_HINT
from projects.models import Organisation
from training.models import Enrolment, Group, Participant

QUOTE_HINT = _("The very words of the source, if there is one.")


def offer(form: forms.BaseForm, name: str, rows: QuerySet[Any], nothing: Any = "") -> None:
    """What a choice of the form offers, and what it says when nothing is chosen."""
    field: Any = form.fields[name]
    field.queryset = rows
    if nothing:
        field.empty_label = str(nothing)


class NetworkForm(PartForm):
    """A form over a row of a project: activities, sources and organisations within reach."""

    def narrow(self) -> None:
        super().narrow()
        if "activity" in self.fields:
            offer(self, "activity", self.project.activities.all(), _("none"))
        for name in ("organisation", "host", "organiser"):
            if name in self.fields:
                now = Q(pk=getattr(self.instance, f"{name}_id")) | Q(archived_at__isnull=True)
                offer(self, name, Organisation.objects.filter(now), _("not stated"))


def _lines(*names: str) -> dict[str, forms.Widget]:
    return {name: forms.Textarea(attrs={"rows": 3}) for name in names}


class EventForm(NetworkForm):
    code_from = ("name_lv", "name_en")
    start = LooseDateField(label=_("From"))
    end = LooseDateField(label=_("To"), ends=True)

    class Meta:
        model = Event
        fields = [
            *("name_lv", "name_en", "kind", "state", "start", "end", "days"),
            *("place_lv", "place_en", "country", "host", "organiser"),
            *("audience_lv", "audience_en", "target_people", "activity"),
            *("source", "as_stated", "code"),
        ]
        widgets = _lines("audience_lv", "audience_en")
        help_texts = {
            "code": CODE_HINT,
            "as_stated": QUOTE_HINT,
            "days": _("If the source says how many."),
            "country": _("Two letters: LV, LT, BE …"),
            "activity": _("Indicators of this activity count the event."),
            "host": _("Who receives the guests."),
        }

    def clean_country(self) -> str:
        country = self.cleaned_data["country"].strip().upper()
        if country and not (len(country) == 2 and country.isascii() and country.isalpha()):
            raise forms.ValidationError(_("Write two letters, such as LV."))
        return country

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


class ItemForm(NetworkForm):
    """One item of an event's programme; without an order it comes last in its part."""

    owner_field = "event"
    position = forms.IntegerField(
        label=_("order"),
        min_value=1,
        max_value=999,
        required=False,
        help_text=_("Leave empty to put it last."),
    )

    class Meta:
        model = ProgrammePart
        fields = [
            *("section", "position", "title_lv", "title_en"),
            *("speaker", "speaker_role_lv", "speaker_role_en", "organisation"),
        ]

    @property
    def project(self) -> Any:
        return self.owner.project

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not any(cleaned.get(name) for name in ("title_lv", "title_en", "speaker")):
            self.add_error("title_lv", _("Give a title or a speaker."))
        if not cleaned.get("position") and "position" not in self.errors:
            cleaned["position"] = self._last(cleaned.get("section") or 1) + 1
        return cleaned

    def _last(self, section: int) -> int:
        others = self.siblings().filter(section=section).exclude(pk=self.instance.pk)
        return max(others.values_list("position", flat=True), default=0)


ATTENDED = [("", _("not known yet")), ("true", _("came")), ("false", _("did not come"))]


class PlaceForm(NetworkForm):
    """What the kinds of places at an event share: whether they were taken up."""

    owner_field = "event"
    attended = forms.TypedChoiceField(
        label=_("Came"),
        choices=ATTENDED,
        required=False,
        coerce=lambda typed: typed == "true",
        empty_value=None,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].label = _("Organisation")
        if self.instance.attended is not None:
            self.initial["attended"] = "true" if self.instance.attended else "false"

    @property
    def project(self) -> Any:
        return self.owner.project


class HeadCountForm(PlaceForm):
    """How many came from where, without a name."""

    class Meta:
        model = Registration
        fields = ["organisation", "people", "attended"]

    def clean_people(self) -> int:
        people: int = self.cleaned_data["people"]
        if people < 1:
            raise forms.ValidationError(_("At least one person."))
        return people


class HeldPlaceForm(PlaceForm):
    """A place that is somebody's by name; whoever it is for stays."""

    class Meta:
        model = Registration
        fields = ["organisation", "attended"]


# The rest is found by typing one word more.
MOST_FOUND = 12
# Each person found is a button, which sends the key.
_BUTTON: dict[str, Any] = {
    "required": False,
    "widget": forms.HiddenInput,
    "error_messages": {
        "invalid_choice": _("This person has a place already or does not belong to the project.")
    },
}


class PersonForm(forms.Form):
    """One person without a place yet: of the project's groups, or a contact of the network."""

    participant = forms.ModelChoiceField(Participant.objects.none(), **_BUTTON)
    contact = forms.ModelChoiceField(Contact.objects.none(), **_BUTTON)

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        enrolled = Enrolment.objects.counted().filter(group__programme__project=event.project_id)
        people = Participant.objects.current().filter(pk__in=enrolled.values("participant"))
        contacts = Contact.objects.current().filter(project=event.project_id)
        self.places = enrolled.select_related("group", "organisation").order_by("-since", "-pk")
        offer(self, "participant", people.exclude(registrations__event=event))
        offer(self, "contact", contacts.exclude(registrations__event=event))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and len([row for row in cleaned.values() if row]) != 1:
            raise forms.ValidationError(_("Choose one person: from a group or from the contacts."))
        return cleaned

    def people(self, words: str) -> Any:
        """Those whose name fits the words, each with the places by which namesakes differ."""
        rows = matching(self.fields["participant"].queryset, "search_key", words)
        return rows.prefetch_related(Prefetch("enrolments", self.places, "places"))[:MOST_FOUND]

    def contacts(self, words: str) -> Any:
        rows = matching(self.fields["contact"].queryset, "search_key", words)
        return rows.select_related("organisation")[:MOST_FOUND]


class GroupPlacesForm(forms.Form):
    """Everyone of one group at once."""

    group = forms.ModelChoiceField(Group.objects.none(), label=_("Group"))

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = Group.objects.filter(programme__project=event.project, archived_at__isnull=True)
        offer(self, "group", groups)


class PublicationForm(NetworkForm):
    code_from = ("name_lv", "name_en")

    class Meta:
        model = Publication
        fields = [
            *("name_lv", "name_en", "kind", "planned_copies", "printed_copies"),
            *("recipients_lv", "recipients_en", "activity", "source", "as_stated", "code"),
        ]
        widgets = _lines("recipients_lv", "recipients_en")
        help_texts = {
            "code": CODE_HINT,
            "as_stated": QUOTE_HINT,
            "planned_copies": _("Leave empty if nobody stated it."),
            "printed_copies": _("What came from the printer; deliveries are taken from it."),
            "activity": _("Indicators of this activity count the copies delivered."),
        }


class DeliveryForm(NetworkForm):
    owner_field = "publication"

    class Meta:
        model = Delivery
        fields = ["date", "organisation", "recipient", "copies"]

    @property
    def project(self) -> Any:
        return self.owner.project

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not cleaned.get("organisation") and not cleaned.get("recipient"):
            self.add_error("organisation", _("Say who got the copies."))
        return cleaned


class ContactForm(NetworkForm):
    agreed = forms.BooleanField(
        label=_("The person agreed to be contacted"),
        required=False,
        help_text=_("Without it, e-mail and phone are not kept. Taking it back deletes them."),
    )

    class Meta:
        model = Contact
        fields = [
            *("name", "role_lv", "role_en", "organisation"),
            *("agreed", "email", "phone", "source", "as_stated"),
        ]
        help_texts = {"as_stated": QUOTE_HINT}

    field_order = [
        *("name", "role_lv", "role_en", "organisation"),
        *("agreed", "email", "phone", "source", "as_stated"),
    ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["agreed"] = self.instance.has_agreed

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        given = [name for name in ("email", "phone") if cleaned.get(name)]
        if given and not cleaned.get("agreed"):
            if self.instance.has_agreed:  # taken back just now: the addresses go with it
                cleaned["email"] = cleaned["phone"] = ""
            else:
                self.add_error("agreed", _("E-mail and phone are kept only for those who agreed."))
        return cleaned

    def _get_validation_exclusions(self) -> set[str]:
        # The action sets the day of the agreement, and then checks the rule about it.
        return super()._get_validation_exclusions() | {"email", "phone"}
