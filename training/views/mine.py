"""A participant's own pages: nobody else stands on them."""

from __future__ import annotations

from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.lib.calendar import HourUnit, hours
from training.models import Attendance, Enrolment, Session, SessionState
from training.views.people import courses_of


@require_safe
def my_courses(request: HttpRequest) -> HttpResponse:
    """The courses of whoever is signed in: next session, hours, how far, certificates."""
    places = Enrolment.objects.filter(participant__user=request.user)
    courses = courses_of(places.exclude(group__archived_at__isnull=False, state="withdrawn"))
    today = timezone.localdate()
    coming = Session.objects.unfinished().filter(
        group__enrolments__in=places.counted(), date__gte=today
    )
    following: dict[int, Session] = {}
    for session in coming.select_related("site", "module").order_by("-date", "-starts"):
        following[session.group_id] = session
    for course in courses:
        course["next"] = following.get(course["group"].pk)
    context = {"courses": courses, "year": today.year, "year_hours": _hours_in(places, today.year)}
    return render(request, "training/my_courses.html", context)


def _hours_in(places: object, year: int) -> Decimal:
    """Hours of closed sessions attended this year, in academic hours of 45 minutes."""
    marks = Attendance.objects.filter(
        enrolment__in=places, session__state=SessionState.CLOSED, session__date__year=year
    )
    rows = marks.with_minutes_attended().values_list("minutes_attended", flat=True)
    return hours(sum(rows), HourUnit.AC45)
