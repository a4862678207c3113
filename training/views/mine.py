"""A participant's own pages: nobody else stands on them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from training.measures import courses_of, hours_of_year
from training.models import Enrolment, EnrolmentState


@require_safe
def my_courses(request: HttpRequest) -> HttpResponse:
    """The courses of whoever is signed in: next session, hours, how far, certificates."""
    places = Enrolment.objects.filter(participant__user=request.user)
    shown = places.exclude(group__archived_at__isnull=False, state=EnrolmentState.WITHDRAWN)
    year = timezone.localdate().year
    context = {
        "courses": courses_of(shown.as_courses()),
        "year": year,
        "year_hours": hours_of_year(places, year),
    }
    return render(request, "training/my_courses.html", context)
