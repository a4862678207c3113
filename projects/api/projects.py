"""Projects as JSON: those of the reader and those presented to the public."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema

from portal.lib.api import Code, Cut, Money, Page, choice, reading
from projects.models import (
    Activity,
    Funding,
    Organisation,
    Partnership,
    Project,
    Statement,
)

router = Router(tags=["projects"])


class ProjectsAsked(Cut):
    programme: str = choice(default="", max_length=60, description="Code of a funding programme.")


class ProjectOut(Schema):
    """A project; a date known to the month only says so in its precision.

    ``is_own``: the reader has a part in it; of any other he reads what the public does.
    """

    id: int
    code: str
    title_lv: str
    title_en: str
    acronym: str
    programme: str
    lead: str | None
    state: str | None
    start: date | None
    start_precision: str
    end: date | None
    end_precision: str
    duration_months: int | None
    is_public: bool
    is_own: bool


class NameOut(Schema):
    """What something is called; either language may be empty, neither is made from the other."""

    code: str
    name_lv: str
    name_en: str


class OrganisationOut(NameOut):
    kind: str
    country: str


class IdentifierOut(Schema):
    number: str
    registered_in: str
    is_printed: bool


class PartnerOut(Schema):
    id: int
    role: str
    organisation: OrganisationOut


class FundingOut(Schema):
    """One declared amount: of the whole project, or of the partner named in ``organisation``."""

    id: int
    part: str
    stage: str
    organisation: str | None
    funder: str | None
    money: Money
    source: str | None


class ActivityOut(NameOut):
    id: int
    parent: str | None
    kind: str
    target: str | None
    unit: str
    due: date | None
    due_precision: str
    organisation: str | None


class SourceOut(Schema):
    id: int
    code: str
    title: str
    kind: str
    publisher: str
    language: str
    published_on: date | None
    url: str


class TextOut(Schema):
    text_lv: str
    text_en: str


class StatementOut(Schema):
    """A figure or fact as its source states it: ``number`` is exact and therefore a string."""

    id: int
    code: str
    subject: str
    label_lv: str
    label_en: str
    kind: str
    number: str | None
    unit: str
    text_lv: str
    text_en: str
    date: date | None
    date_precision: str
    organisation: str | None
    source: str | None
    as_stated: str


class ProjectDetail(ProjectOut):
    """Everything stated of a project. ``statements`` are null where it is not the reader's own."""

    programme_name: NameOut
    lead_organisation: OrganisationOut | None
    aim: TextOut
    aims: list[TextOut]
    identifiers: list[IdentifierOut]
    partners: list[PartnerOut]
    funding: list[FundingOut]
    activities: list[ActivityOut]
    sources: list[SourceOut]
    statements: list[StatementOut] | None


PARTS = (
    "identifiers",
    "aims",
    "sources",
    Prefetch("partnerships", Partnership.objects.select_related("organisation")),
    Prefetch("funding", Funding.objects.select_related("organisation", "funder", "source")),
    Prefetch("activities", Activity.objects.select_related("parent", "organisation")),
)


def projects_shown_to(user: Any) -> Any:
    """The own ones, and those that everybody may read; ``is_own`` tells them apart."""
    own = Project.objects.visible_to(user).filter(pk=OuterRef("pk"))
    everyone = Project.objects.with_status().select_related("programme", "lead")
    found = everyone.annotate(is_own=Exists(own))
    return found.filter(Q(is_own=True) | Q(pk__in=Project.objects.public().values("pk")))


def shown_project(request: HttpRequest, code: str, *parts: Any) -> Any:
    """The project asked for, or 404; the log of auditors follows it."""
    found = projects_shown_to(request.user).prefetch_related(*parts)
    project = get_object_or_404(found, code=code)
    request.chosen_project = project  # type: ignore[attr-defined]
    return project


@reading(router, "", Page[ProjectOut], summary="Your projects and the public ones", public=True)
def project_list(request: HttpRequest, asked: Query[ProjectsAsked]) -> dict[str, Any]:
    shown = projects_shown_to(request.user).current()
    if asked.programme:
        shown = shown.filter(programme__code=asked.programme)
    return asked.of(shown, _project)


@reading(router, "/{code}", ProjectDetail, summary="One project with its parts", public=True)
def project_detail(request: HttpRequest, code: Code) -> dict[str, Any]:
    project = shown_project(request, code, *PARTS)
    return {
        **_project(project),
        "programme_name": _named(project.programme),
        "lead_organisation": _organisation(project.lead) if project.lead else None,
        "aim": {"text_lv": project.aim_lv, "text_en": project.aim_en},
        "aims": _copies(project.aims, TextOut),
        "identifiers": [
            {"number": row.number, "registered_in": row.register, "is_printed": row.is_printed}
            for row in project.identifiers.all()
        ],
        "partners": [
            {"id": row.pk, "role": row.role, "organisation": _organisation(row.organisation)}
            for row in project.partnerships.all()
        ],
        "funding": [
            _funding(row) for row in sorted(project.funding.all(), key=lambda row: row.weight)
        ],
        "activities": [_activity(row) for row in project.activities.all()],
        "sources": _copies(project.sources, SourceOut),
        "statements": _statements(project) if project.is_own else None,
    }


def _project(project: Project) -> dict[str, Any]:
    return {
        **_copied(project, ProjectOut, "programme", "lead"),
        "programme": project.programme.code,
        "lead": code_of(project.lead),
    }


def _funding(row: Funding) -> dict[str, Any]:
    return {
        "id": row.pk,
        "part": row.part,
        "stage": row.stage,
        "organisation": code_of(row.organisation),
        "funder": code_of(row.funder),
        "money": {"amount": exact(row.amount), "currency": row.currency},
        "source": code_of(row.source),
    }


def _activity(row: Activity) -> dict[str, Any]:
    return {
        **_copied(row, ActivityOut, "parent", "organisation", "target"),
        "parent": code_of(row.parent),
        "target": exact(row.target),
        "organisation": code_of(row.organisation),
    }


def _statements(project: Project) -> list[dict[str, Any]]:
    rows = project.statements.select_related("organisation", "source")
    return [_statement(row) for row in rows]


def _statement(row: Statement) -> dict[str, Any]:
    return {
        **_copied(row, StatementOut, "number", "organisation", "source"),
        "number": exact(row.number),
        "organisation": code_of(row.organisation),
        "source": code_of(row.source),
    }


def _organisation(row: Organisation) -> dict[str, Any]:
    return _copied(row, OrganisationOut)


def _named(row: Any) -> dict[str, Any]:
    return _copied(row, NameOut)


def _copies(rows: Any, shape: type[Schema]) -> list[dict[str, Any]]:
    return [_copied(row, shape) for row in rows.all()]


def _copied(row: Any, shape: type[Schema], *but: str) -> dict[str, Any]:
    """The fields of a row that the answer calls by the same name."""
    return {name: getattr(row, name) for name in shape.model_fields if name not in but}


def code_of(row: Any) -> str | None:
    """How other programs name a row that may be missing."""
    return row.code if row else None


def exact(amount: Decimal | None) -> str | None:
    """A declared figure to the cent, as a string so that no program rounds it."""
    return None if amount is None else f"{amount:.2f}"
