"""The usual way to save a sheet of marks: a formset, and ``update_or_create()`` for each cell."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Case, F, IntegerField, Sum, Value, When
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404

from bench.models import PlainMark, TrackedMark
from training.access import can_mark
from training.models import AttendanceStatus, Enrolment, Group, Session
from training.rules import NOT_MET, belongs_on

MOST = 1200


class CellForm(forms.Form):
    """One cell: a person and a session of the group, and the rules of what may stand there."""

    enrolment = forms.ModelChoiceField(None)
    session = forms.ModelChoiceField(None)
    status = forms.ChoiceField(choices=AttendanceStatus.choices)
    minutes = forms.IntegerField(min_value=0, required=False)
    comment = forms.CharField(max_length=300, required=False)

    def __init__(self, *args: Any, group: Group, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["enrolment"].queryset = group.enrolments.all()  # type: ignore[attr-defined]
        self.fields["session"].queryset = group.sessions.all()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            judge(cleaned["enrolment"], cleaned["session"], cleaned["minutes"])
        return cleaned


class LeanForm(forms.Form):
    """The same without a question to the database: whoever reads it fetches the rows at once."""

    enrolment = forms.IntegerField(min_value=1)
    session = forms.IntegerField(min_value=1)
    status = CellForm.base_fields["status"]
    minutes = CellForm.base_fields["minutes"]
    comment = CellForm.base_fields["comment"]


def judge(enrolment: Enrolment, session: Session, minutes: int | None) -> None:
    if not session.is_open_to_marks:
        raise ValidationError("The session is closed.")
    if not belongs_on(session.date, enrolment.since, enrolment.until):
        raise ValidationError("The person was not in the group on that day.")
    if (minutes or 0) > session.minutes:
        raise ValidationError("More minutes than the session has.")


def tracked(request: HttpRequest) -> HttpResponse:
    """Validated as forms do it, with a trail."""
    return save(TrackedMark, cells_of(request))


def plain(request: HttpRequest) -> HttpResponse:
    """Validated as forms do it, without a trail."""
    return save(PlainMark, cells_of(request))


def lean(request: HttpRequest) -> HttpResponse:
    """With a trail; people and sessions are fetched at once."""
    return save(TrackedMark, lean_cells_of(request))


def cells_of(request: HttpRequest) -> list[dict[str, Any]]:
    group = get_object_or_404(Group.objects.visible_to(request.user), pk=request.GET["group"])
    if not can_mark(request.user, group):
        raise PermissionDenied
    cells: Any = forms.formset_factory(CellForm, max_num=MOST, absolute_max=MOST)(
        request.POST, form_kwargs={"group": group}
    )
    return cleaned(cells)


def lean_cells_of(request: HttpRequest) -> list[dict[str, Any]]:
    forms_of_all: Any = forms.formset_factory(LeanForm, max_num=MOST, absolute_max=MOST)
    rows = cleaned(forms_of_all(request.POST))
    people = Enrolment.objects.markable_by(request.user).in_bulk(
        {each["enrolment"] for each in rows}
    )
    sessions = Session.objects.visible_to(request.user).in_bulk({each["session"] for each in rows})
    for row in rows:
        row |= {"enrolment": people[row["enrolment"]], "session": sessions[row["session"]]}
        judge(row["enrolment"], row["session"], row["minutes"])
    return rows


def cleaned(cells: Any) -> list[dict[str, Any]]:
    if not cells.is_valid():
        raise ValidationError(cells.errors)
    return [form.cleaned_data for form in cells]


@transaction.atomic
def save(model: Any, rows: list[dict[str, Any]]) -> HttpResponse:
    """Cell by cell, all of them or none."""
    for row in rows:
        model.objects.update_or_create(
            enrolment=row["enrolment"],
            session=row["session"],
            defaults={name: row[name] for name in ("status", "minutes", "comment")},
        )
    count_minutes(model, {row["enrolment"].pk for row in rows})
    return JsonResponse({"stored": len(rows)})


def count_minutes(model: Any, people: set[int]) -> None:
    """The sum beside each person, from all that stands."""
    worth = Case(
        When(status__in=sorted(NOT_MET), then=Value(0)),
        default=Coalesce(F("minutes"), F("session__minutes")),
        output_field=IntegerField(),
    )
    marks = model.objects.filter(enrolment__in=people).values("enrolment")
    sums = dict(marks.annotate(total=Sum(worth)).values_list("enrolment", "total"))
    rows = Enrolment.objects.filter(pk__in=people)
    for row in rows:
        row.minutes_attended = sums.get(row.pk, 0)
    Enrolment.objects.bulk_update(rows, ["minutes_attended"])
