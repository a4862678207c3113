"""The gallery of the look: every piece in every state, for those who build pages."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import django_tables2 as tables
from crispy_forms.helper import FormHelper
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.lib import charts
from portal.lib.calendar import Period
from portal.lib.states import STATES
from projects.doors import TodayCard, TodayItem

# The words of the examples are not translated: they stand for data.
LORIS = [
    ("14. grupa, Rēzekne", "Spēju stiprināšana · 09.03.2010."),
    ("9. grupa, Krāslava", "Aprūpe mājās · 10.03.2010."),
    ("3. grupa, Daugavpils", "Saskarsmes prasmes · 11.03.2010."),
]
PEOPLE = [
    ("Āboliņa Inese", "sociālā darbiniece", 80, "100.0", "reached"),
    ("Baltiņa Skaidrīte", "aprūpētāja", 64, "80.0", "at_risk"),
    ("Ķirse Mārīte", "sociālā aprūpētāja", 72, "100.0", "can_reach"),
    ("Lazdāne Veronika", "iestādes vadītāja", 48, "66.7", "out_of_reach"),
]


class StyleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="Nosaukums", help_text="Kā tas stāvēs apliecībā.", max_length=40)
    kind = forms.ChoiceField(label="Veids", choices=[("", "—"), ("a", "Mācību grupa")])
    starts = forms.DateField(
        label="Sākums", widget=forms.DateInput(attrs={"type": "date"}), required=False
    )
    text = forms.CharField(label="Piezīme", widget=forms.Textarea({"rows": 3}), required=False)
    unit = forms.ChoiceField(
        label="Stundas mērvienība",
        choices=[("ac45", "akadēmiskā stunda, 45 min"), ("clock60", "stunda, 60 min")],
        widget=forms.RadioSelect,
    )
    agree = forms.BooleanField(label="Rādīt publiskajā lapā", help_text="Redzēs ikviens.")
    scan = forms.FileField(label="Parakstu lapa", required=False)
    number = forms.IntegerField(label="Vietas", disabled=True, initial=26, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False

    def clean(self) -> dict[str, Any]:
        if self.data:
            raise forms.ValidationError("Beigas ir pirms sākuma.")
        return self.cleaned_data


class StyleTable(tables.Table):
    """A list as django-tables2 draws it."""

    name = tables.Column("Dalībnieks", linkify=lambda record: "#")
    job = tables.Column("Amats")
    hours = tables.Column("Stundas", attrs={"th": {"class": "num"}, "td": {"class": "num"}})
    state = tables.TemplateColumn(
        "{% load portal_ui %}{% state_badge value %}", verbose_name="Stāvoklis", orderable=False
    )

    class Meta:
        order_by = "name"


def _cards() -> list[TodayCard]:
    today = timezone.localdate()
    marks = [TodayItem(name, "#", detail, "Atzīmēt") for name, detail in LORIS]
    due = [
        TodayItem(name, "#", detail, due=today + timedelta(days=7 * place))
        for place, (name, detail) in enumerate(LORIS, 1)
    ]
    return [
        TodayCard("unmarked", "Neatzīmētas nodarbības", 5, marks, "clipboard-x", "bad", "#"),
        TodayCard("exit", "Jāievada beigu dati", 6, due, "user-check", "info", "#"),
        TodayCard("ready", "Gatavas apliecībām", 0, [], "certificate-2", "ok"),
    ]


def _charts() -> dict[str, Any]:
    """One of each chart, with figures like those of a real project."""
    months = [date(2026, month, 1) for month in range(1, 11)]
    hours = [58, 118, 134, 118, 126, 88, 24, 39, 128, 139]
    steps = [charts.Step("Uzņemti", 1987, "#"), charts.Step("Apmeklējuši", 1932, "#")]
    plan = [(date(2022, 10, 1), 0), (date(2026, 10, 31), 2060), (date(2028, 8, 31), 3099)]
    actual = [(date(2022, 10, 1), 0), (date(2024, 10, 1), 700), (date(2026, 10, 31), 1987)]
    spans = [
        charts.Span(Period(date(2022, 10, 1), "month", date(2028, 8, 1), "month"), None, True),
        charts.Span(Period(date(2018, 3, 1), "day", date(2020, 2, 29), "day")),
        charts.Span(Period(None, "day", None, "day")),
    ]
    return {
        "burn_up": charts.burn_up(
            "Dalībnieki",
            date(2022, 10, 1),
            date(2028, 8, 31),
            actual=actual,
            plan=plan,
            target=3099,
        ),
        "month_bars": charts.month_bars(
            "Stundas",
            [charts.MonthFigure(m, h, 110) for m, h in zip(months, hours, strict=True)],
        ),
        "funnel": charts.funnel([*steps, charts.Step("Ar apliecību", 1641, "#")]),
        "timeline": charts.timeline(spans),
    }


@require_safe
@login_not_required
def style_gallery(request: HttpRequest) -> HttpResponse:
    """Every piece in every state; only where the data is invented."""
    if not (settings.DEMO or settings.DEBUG or settings.TESTING):
        raise Http404
    for level in ("success", "info", "warning", "error"):
        getattr(messages, level)(request, f"Ziņa: {level}. Saglabātas 26 atzīmes.")
    rows = [dict(zip(("name", "job", "hours", "percent", "state"), p, strict=True)) for p in PEOPLE]
    table = StyleTable(rows)
    tables.RequestConfig(request, paginate={"per_page": 3}).configure(table)
    context = {
        "cards": _cards(),
        "states": list(STATES),
        "form": StyleForm(),
        "bad_form": StyleForm({"number": "x"}, prefix="bad"),
        "table": table,
        "people": rows,
        **_charts(),
    }
    base = "style/public.html" if "public" in request.GET else "style/gallery.html"
    return render(request, base, context)
