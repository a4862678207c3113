"""Forms of one session and of a whole timetable."""

from __future__ import annotations

from datetime import time
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from portal.lib.fields import LineField
from training.actions import SessionPlan
from training.models import Group, Module, Session, Site
from training.rules import contact_minutes, series, spread

from .base import DateField, OwnedForm, TimeInput, check_year

WEEKDAYS = [
    (0, _("Monday")),
    (1, _("Tuesday")),
    (2, _("Wednesday")),
    (3, _("Thursday")),
    (4, _("Friday")),
    (5, _("Saturday")),
    (6, _("Sunday")),
]
IN_ORDER = "order"
MOST_SESSIONS = 200


class SessionForm(OwnedForm):
    """One session; times and breaks make its contact minutes."""

    owner = "group"

    class Meta:
        model = Session
        fields = ["date", "starts", "ends", "break_minutes", "module", "topic", "site"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        group = self.instance.group
        modules = Module.objects.current().filter(programme=group.programme_id)
        sites = Site.objects.current().filter(project=group.programme.project_id)
        self.offer("module", modules, _("not stated"))
        self.offer("site", sites, _("the group's own"))

    def plan(self) -> SessionPlan:
        data = self.cleaned_data
        return SessionPlan(
            data["date"],
            data["starts"],
            data["ends"],
            data["break_minutes"] or 0,
            data["module"],
            data["topic"],
            data["site"],
        )


class PlanForm(forms.Form):
    """Many sessions at once: from a first day on chosen weekdays, all at the same hours."""

    first = DateField(label=_("First day"))
    weekdays = forms.TypedMultipleChoiceField(
        label=_("On"),
        choices=WEEKDAYS,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nothing chosen: once a week on the weekday of the first day."),
    )
    count = forms.IntegerField(
        label=_("How many sessions"),
        validators=[MinValueValidator(1), MaxValueValidator(MOST_SESSIONS)],
    )
    starts = forms.TimeField(label=_("Starts"), widget=TimeInput(), initial=time(9))
    ends = forms.TimeField(label=_("Ends"), widget=TimeInput(), initial=time(16))
    break_minutes = forms.IntegerField(
        label=_("Breaks, minutes"), min_value=0, max_value=600, initial=60
    )
    module = forms.ChoiceField(label=_("Module"), required=False)
    topic = LineField(label=_("Topic"), max_length=300, required=False)

    def __init__(self, *args: Any, group: Group, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.group = group
        self.modules = {str(each.pk): each for each in group.programme.modules.current()}
        choices = [("", _("not stated"))]
        if any(each.days for each in self.modules.values()):
            choices.append((IN_ORDER, _("modules in their order, each for its days")))
        choices += [(key, each.name) for key, each in self.modules.items()]
        self.fields["module"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any] | None:
        data = super().clean()
        starts, ends = self.cleaned_data.get("starts"), self.cleaned_data.get("ends")
        breaks = self.cleaned_data.get("break_minutes") or 0
        if starts and ends and ends <= starts:
            self.add_error("ends", _("The end is before the start."))
        elif starts and ends and contact_minutes(starts, ends, breaks) <= 0:
            self.add_error("break_minutes", _("The breaks leave no time for the session."))
        if not self.errors:
            self.cleaned_data["plans"] = self._plans()
        return data

    def _plans(self) -> list[SessionPlan]:
        """The sessions asked for, in the order of their days."""
        data = self.cleaned_data
        days = series(data["first"], data["weekdays"], data["count"])
        check_year(days[-1])
        return [
            SessionPlan(
                day,
                data["starts"],
                data["ends"],
                data["break_minutes"],
                module,
                data["topic"],
            )
            for day, module in zip(days, self._modules(len(days)), strict=True)
        ]

    def _modules(self, count: int) -> list[Module | None]:
        chosen = self.cleaned_data["module"]
        if chosen != IN_ORDER:
            return [self.modules.get(chosen)] * count
        order = [(each, int(each.days or 0)) for each in self.modules.values()]
        return spread(order, count, done=self.group.sessions.counted().count())
