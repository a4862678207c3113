"""Groups and their sessions as JSON: to the eyes their pages are open to, and counts only.

And marks: the same commands as the register's own, for those who may write them.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from django.db import IntegrityError
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import override
from ninja import Field, Query, Router, Schema
from ninja.errors import HttpError

from portal.lib.api import (
    LARGEST_ID,
    AnyId,
    Day,
    ListAsked,
    Page,
    RowId,
    choice,
    given,
    reading,
    writing,
)
from training import access
from training.actions import MarkAnswer, Outcome, record_marks
from training.forms.marks import DAY, LARGEST_REVISION, MOST_MARKS, UnreadableError, commands_in
from training.models import (
    AttendanceStatus,
    Enrolment,
    Group,
    GroupKind,
    Session,
    SessionState,
)

groups = Router(tags=["groups"])
sessions = Router(tags=["sessions"])
marks = Router(tags=["marks"])


class GroupsAsked(ListAsked):
    kind: GroupKind | None = choice()
    stage: Literal["planned", "open", "finished"] | None = choice(description="How far it is.")


class SessionsAsked(ListAsked):
    group: AnyId | None = choice(description="Id of a group.")
    state: SessionState | None = choice()
    since: Day | None = choice(description="Held on this day or later.")
    until: Day | None = choice(description="Held on this day or earlier.")


class SiteOut(Schema):
    id: int
    name_lv: str
    name_en: str


class GroupOut(Schema):
    """A group with its counts; who is in it stands on its page alone."""

    id: int
    code: str
    name_lv: str
    name_en: str
    project: str
    training_programme: str
    kind: str
    stage: str
    site: SiteOut | None
    people: int
    sessions: int
    sessions_held: int
    sessions_to_be_marked: int
    first_day: date | None
    last_day: date | None
    demo: bool


class SessionOut(Schema):
    """One meeting of a group; ``minutes`` are without breaks. Times such as 09:00, of Latvia."""

    id: int
    group: int
    project: str
    module: str | None
    topic: str
    date: date
    starts: str
    ends: str
    minutes: int
    state: str
    site: SiteOut | None
    concerned: int
    marked: int
    present: int
    demo: bool


class MarkIn(Schema):
    """What should stand in one cell. The moment of a mark is the portal's; none is taken from you."""

    id: UUID = Field(description="Made by you, one for each command; sent again it does nothing.")
    enrolment: int = Field(ge=0, le=LARGEST_ID, description="A person's place in a group.")
    session: int = Field(ge=0, le=LARGEST_ID)
    status: AttendanceStatus | Literal[""] = Field(description="Empty clears the cell.")
    minutes: int | None = Field(None, ge=0, le=DAY, description="Of a partial mark.")
    base: int = Field(
        ge=0, le=LARGEST_REVISION, description="Revision of the cell you saw; 0: never marked."
    )
    comment: str | None = Field(None, description="null keeps the one that stands there.")


class MarksIn(Schema):
    marks: list[MarkIn] = Field(min_length=1, max_length=MOST_MARKS)


class MarkOut(Schema):
    """What became of a command and what stands in its cell now.

    A conflict names who set the other value and when; a refusal says why, and the way out.
    """

    id: UUID
    enrolment: int
    session: int
    outcome: Outcome
    status: str
    minutes: int | None
    revision: int
    comment: str
    why: str
    way_out: str
    by: str
    at: datetime | None


class MarksOut(Schema):
    """One answer for each command, in their order."""

    answers: list[MarkOut]


@reading(groups, "", Page[GroupOut], summary="Groups")
def group_list(request: HttpRequest, asked: Query[GroupsAsked]) -> dict[str, Any]:
    wanted = given(
        programme__project__code=asked.project,
        kind=asked.kind,
        stage=asked.stage,
        is_demo=asked.demo,
    )
    return asked.of(_groups(request).current().filter(**wanted), _group)


@reading(groups, "/{id}", GroupOut, summary="One group")
def group_detail(request: HttpRequest, id: RowId) -> dict[str, Any]:
    group = get_object_or_404(_groups(request), pk=id)
    request.chosen_project = group.project  # type: ignore[attr-defined]
    return _group(group)


@reading(sessions, "", Page[SessionOut], summary="Sessions of groups")
def session_list(request: HttpRequest, asked: Query[SessionsAsked]) -> dict[str, Any]:
    wanted = given(
        group__programme__project__code=asked.project,
        group=asked.group,
        state=asked.state,
        date__gte=asked.since,
        date__lte=asked.until,
        group__is_demo=asked.demo,
    )
    found = _sessions(request).filter(group__archived_at__isnull=True, **wanted)
    return asked.of(found, _session)


@reading(sessions, "/{id}", SessionOut, summary="One session")
def session_detail(request: HttpRequest, id: RowId) -> dict[str, Any]:
    session = get_object_or_404(_sessions(request), pk=id)
    request.chosen_project = session.group.project  # type: ignore[attr-defined]
    return _session(session)


@writing(marks, "", MarksOut, body=MarksIn, summary="Save marks")
def mark_save(request: HttpRequest) -> dict[str, Any]:
    if not access.can_mark_any(request.user):
        raise HttpError(403, "This account reads at most; it may not save marks.")
    if not getattr(getattr(request, "api_token", None), "may_mark", True):
        raise HttpError(403, "This token only reads. Make one that may save marks.")
    try:
        with override("en"):
            commands = commands_in(request)
    except UnreadableError as error:
        raise HttpError(400, str(error)) from error
    try:
        answers = record_marks(
            user=request.user,
            commands=commands,
            sessions=Session.objects.visible_to(request.user),
            enrolments=Enrolment.objects.markable_by(request.user),
        )
    except IntegrityError as error:  # two at once at a new cell
        raise HttpError(409, "Somebody is saving here; send the same commands again.") from error
    return {"answers": [_mark(each) for each in answers]}


def _mark(answer: MarkAnswer) -> dict[str, Any]:
    command = answer.command
    copied = ("outcome", "status", "minutes", "revision", "comment", "by", "at")
    return {
        "id": command.id,
        "enrolment": command.enrolment,
        "session": command.session,
        **{name: getattr(answer, name) for name in copied},
        "why": str(answer.why),
        "way_out": str(answer.way_out),
    }


def _groups(request: HttpRequest) -> Any:
    seen = Group.objects.visible_to(request.user).with_counts().with_stage()
    return seen.select_related("programme__project", "site")


def _sessions(request: HttpRequest) -> Any:
    seen = Session.objects.visible_to(request.user).with_marks().order_by("date", "starts", "pk")
    return seen.select_related("group__programme__project", "group__site", "site", "module")


def _group(group: Any) -> dict[str, Any]:
    copied = ("id", "code", "name_lv", "name_en", "kind", "stage", "first_day", "last_day")
    return {
        **{name: getattr(group, name) for name in copied},
        "project": group.project.code,
        "training_programme": group.programme.code,
        "site": _site(group.site),
        "people": group.people_count,
        "sessions": group.session_count,
        "sessions_held": group.held_count,
        "sessions_to_be_marked": group.late_count,
        "demo": group.is_demo,
    }


def _session(session: Any) -> dict[str, Any]:
    copied = ("id", "topic", "date", "minutes", "state")
    return {
        **{name: getattr(session, name) for name in copied},
        "starts": f"{session.starts:%H:%M}",
        "ends": f"{session.ends:%H:%M}",
        "group": session.group_id,
        "project": session.group.project.code,
        "module": session.module.code if session.module else None,
        "site": _site(session.site or session.group.site),
        "concerned": session.concerned_count,
        "marked": session.marked_count,
        "present": session.present_count,
        "demo": session.group.is_demo,
    }


def _site(site: Any) -> dict[str, Any] | None:
    return site and {"id": site.pk, "name_lv": site.name_lv, "name_en": site.name_en}
