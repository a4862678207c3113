"""The register of a group and the door through which its script saves marks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db import IntegrityError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from training import access
from training.actions import MarkAnswer, Outcome, record_marks
from training.forms.marks import UnreadableError, commands_in
from training.measures import Register, register_at_once, register_of
from training.models import AttendanceStatus, Enrolment, Group, Mark, Module, Session
from training.views.parts import group_of

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
        "others": _names(_others_writing(request.user, group)),
        "words": {status.value: str(status.label) for status in AttendanceStatus},
    }
    return render(request, "training/group_register.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def marks_save(request: HttpRequest) -> HttpResponse:
    """Store marks that a page sends as JSON and answer each; a GET gives a fresh form token.

    The token changes when somebody signs in again: an open page asks for it and goes on. A page
    says whose marks it holds: those of one person are never stored as another's.
    """
    if request.headers.get("X-Marks-Of", str(request.user.pk)) != str(request.user.pk):
        detail = _("Somebody else is signed in; these marks are not stored under another name.")
        return JsonResponse({"name": "other_user", "detail": detail}, status=409)
    if request.method != "POST":
        return JsonResponse({"token": get_token(request)})
    try:
        commands = commands_in(request)
    except UnreadableError as error:
        return JsonResponse({"detail": str(error)}, status=400)
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


def _others_writing(user: Any, group: Group) -> QuerySet[Any]:
    """Who else put marks into this register within the last minutes."""
    since = timezone.now() - WRITING_NOW
    marks = Mark.objects.filter(session__group=group, at__gte=since).exclude(user=user)
    users = get_user_model().objects.filter(pk__in=marks.values("user"))
    return users.values_list("first_name", "last_name", "email")


def _names(users: Iterable[Sequence[str]]) -> list[str]:
    fields = ("first_name", "last_name", "email")
    return [str(get_user_model()(**dict(zip(fields, each, strict=True)))) for each in users]


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
    group = Group.objects.select_related("programme").get(sessions=stored[0].session)
    people = Enrolment.objects.visible_to(request.user).filter(group=group)
    others = _others_writing(request.user, group)
    register, told = register_at_once(group, people, timezone.localdate(), others=others)
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
        "others": _names(told["others"]),
    }


def _drawn(register: Register, wanted: Iterable[int]) -> dict[str, str]:
    template = "training/_register_grid.html#totals"
    return {
        str(row.enrolment.pk): render_to_string(template, {"row": row, "register": register})
        for row in register.rows
        if row.enrolment.pk in wanted
    }
