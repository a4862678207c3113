"""Groups and their sessions as JSON: to the eyes their pages are open to, and counts only."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema

from portal.lib.api import AnyId, Day, ListAsked, Page, RowId, choice, given, reading
from training.models import Group, GroupKind, Session, SessionState

groups = Router(tags=["groups"])
sessions = Router(tags=["sessions"])


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
