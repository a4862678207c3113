"""The register of a group and the door through which its script saves marks."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from training import access
from training.actions import MarkAnswer, MarkCommand, Outcome, record_marks
from training.forms.marks import MarkForm
from training.measures import Register, register_of
from training.models import AttendanceStatus, Enrolment, Group, Mark, Module, Session
from training.views.parts import group_of

MOST_MARKS = 500
WRITING_NOW = timedelta(minutes=10)


@require_safe
def group_register(request: HttpRequest, pk: int) -> HttpResponse:
    """The grid of people and sessions; every cell that is the user's to write can be typed in."""
    group = group_of(request, pk)
    modules = list(
        Module.objects.filter(sessions__group=group).distinct().order_by("position", "pk")
    )
    asked = request.GET.get("module", "")
    module = next((each for each in modules if str(each.pk) == asked), None)
    register = _register(request, group, module)
    may_mark = access.can_mark(request.user, group)
    context = {
        "group": group,
        "register": register,
        "modules": modules if len(modules) > 1 else [],
        "module": module,
        "may_mark": may_mark,
        "may_close": access.can_run_sessions(request.user, group),
        "may_read_paper": access.can_read_paper(request.user, group),
        "may_enrol": access.can_enrol(request.user, group),
        "may_plan": access.can_edit_training(request.user, group.project),
        "others": others_writing(request.user, group),
        "words": {status.value: str(status.label) for status in AttendanceStatus},
    }
    return render(request, "training/group_register.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def marks_save(request: HttpRequest) -> HttpResponse:
    """Store marks that a page sends as JSON and answer each; a GET gives a fresh form token.

    The token changes when somebody signs in again: an open page asks for it and goes on.
    """
    if request.method != "POST":
        return JsonResponse({"token": get_token(request)})
    commands = parse(request.body)
    if commands is None:
        return JsonResponse({"detail": _("The marks could not be read.")}, status=400)
    try:
        answers = record_marks(
            user=request.user,
            commands=commands,
            sessions=Session.objects.visible_to(request.user),
            enrolments=Enrolment.objects.markable_by(request.user),
        )
    except IntegrityError:  # two at once at a new cell: the page sends the same commands again
        return JsonResponse({"detail": _("Somebody is saving here; try again.")}, status=409)
    return JsonResponse(
        {
            "answers": [_answer(each) for each in answers],
            "time": f"{timezone.localtime():%H:%M}",
            **_after(request, answers),
        }
    )


def parse(body: bytes) -> list[MarkCommand] | None:
    """The commands of a request; None when it is not what our page sends."""
    try:
        marks = json.loads(body)["marks"]
        forms = [MarkForm(each) for each in marks]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    if not 0 < len(forms) <= MOST_MARKS:
        return None
    try:
        return [form.command() for form in forms] if all(f.is_valid() for f in forms) else None
    except (TypeError, AttributeError):
        return None


def others_writing(user: Any, group: Group) -> list[str]:
    """Who else put marks into this register within the last minutes."""
    since = timezone.now() - WRITING_NOW
    marks = Mark.objects.filter(session__group=group, at__gte=since).exclude(user=user)
    return [str(each) for each in get_user_model().objects.filter(pk__in=marks.values("user"))]


def _register(request: HttpRequest, group: Group, module: Module | None = None) -> Register:
    places = Enrolment.objects.visible_to(request.user).filter(group=group)
    people = places.select_related("participant", "job_category", "group__programme")
    rows = list(people.order_by("participant__sort_key", "pk"))
    today = timezone.localdate()
    return register_of(group, rows, today, module=module.pk if module else None)


def _answer(answer: MarkAnswer) -> dict[str, Any]:
    command = answer.command
    return {
        "id": str(command.id),
        "enrolment": command.enrolment,
        "session": command.session,
        "outcome": answer.outcome,
        "status": answer.status,
        "minutes": answer.minutes,
        "revision": answer.revision,
        "comment": answer.comment,
        "why": str(answer.why),
        "wayOut": str(answer.way_out),
        "by": answer.by,
        "at": f"{timezone.localtime(answer.at):%H:%M}" if answer.at else "",
    }


def _after(request: HttpRequest, answers: Sequence[MarkAnswer]) -> dict[str, Any]:
    """Totals of the rows and columns that were touched, drawn by the page's own template."""
    stored = [each.command for each in answers if each.outcome == Outcome.STORED]
    if not stored:
        return {"rows": {}, "columns": {}, "foot": "", "others": []}
    group = get_object_or_404(
        Group.objects.visible_to(request.user).select_related("programme"),
        sessions=stored[0].session,
    )
    register = _register(request, group)
    rows, columns = {each.enrolment for each in stored}, {each.session for each in stored}
    return {
        "rows": _drawn(register, rows),
        "columns": {
            str(column.session.pk): {
                "present": column.present,
                "concerned": column.concerned,
                "unmarked": column.unmarked,
                "look": column.look,
            }
            for column in register.columns
            if column.session.pk in columns
        },
        "foot": render_to_string("training/_register_grid.html#foot", {"register": register}),
        "others": others_writing(request.user, group),
    }


def _drawn(register: Register, wanted: Iterable[int]) -> dict[str, str]:
    template = "training/_register_grid.html#totals"
    return {
        str(row.enrolment.pk): render_to_string(template, {"row": row, "register": register})
        for row in register.rows
        if row.enrolment.pk in wanted
    }
