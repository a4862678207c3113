"""Certificates as JSON by role, and the public check of one by its code."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Path, Query, Router, Schema
from ninja.errors import HttpError

from certificates.models import Certificate
from certificates.rules import token_of
from portal.lib.api import AnyId, Day, ListAsked, Page, RowId, choice, given, reading
from portal.lib.documents import DocumentState

router = Router(tags=["certificates"])
verification = Router(tags=["verification"])


class CertificatesAsked(ListAsked):
    group: AnyId | None = choice(description="Id of a group.")
    state: Literal["valid", "revoked"] | None = choice()
    paper: DocumentState | None = choice(description="How far the printed paper is.")
    since: Day | None = choice(description="Issued on this day or later.")
    until: Day | None = choice(description="Issued on this day or earlier.")


class CertificateOut(Schema):
    """A certificate as those see it who may read its page; ``code`` is what the paper shows."""

    id: int
    number: str
    holder: str
    project: str
    group: int
    state: Literal["valid", "revoked"]
    issued_on: date
    revoked_on: date | None
    revoked_reason: str
    replaced_by: str | None
    paper: str
    code: str
    demo: bool


class VerificationOut(Schema):
    """What the paper says, word for word; nothing else is told."""

    valid: bool
    number: str
    holder: str
    issued_on: date
    programme: str
    hours: str
    modules: str
    period: str
    place: str
    issuer: str
    project: str
    revoked_on: date | None
    revoked_reason: str
    replaced_by: str | None
    checked_at: datetime
    demo: bool


@reading(router, "", Page[CertificateOut], summary="Certificates you may see")
def certificate_list(request: HttpRequest, asked: Query[CertificatesAsked]) -> dict[str, Any]:
    wanted = given(
        project__code=asked.project,
        group=asked.group,
        revoked_on__isnull=None if asked.state is None else asked.state == "valid",
        state=asked.paper,
        issued_on__gte=asked.since,
        issued_on__lte=asked.until,
        is_demo=asked.demo,
    )
    return asked.of(_certificates(request).filter(**wanted), _certificate)


@reading(router, "/{id}", CertificateOut, summary="One certificate")
def certificate_detail(request: HttpRequest, id: RowId) -> dict[str, Any]:
    certificate = get_object_or_404(_certificates(request), pk=id)
    request.chosen_project = certificate.project  # type: ignore[attr-defined]
    return _certificate(certificate)


@reading(
    verification,
    "/{code}",
    VerificationOut,
    summary="Whether a certificate is valid, by the code on the paper",
    public=True,
)
def verify(request: HttpRequest, code: Path[str]) -> dict[str, Any]:
    """Case, spaces, dashes and look-alike letters do not matter."""
    rows = Certificate.objects.by_token(code).select_related("successor")
    found = rows.first() if token_of(code) else None
    if found is None:
        raise HttpError(404, "No certificate with this code was issued here.")
    return {
        **{name: found.said[name] for name in SAID},
        "valid": found.is_valid,
        "number": found.display_number,
        "holder": found.holder,
        "issued_on": found.issued_on,
        "checked_at": timezone.now(),
        **_end(found),
    }


SAID = ("programme", "hours", "modules", "period", "place", "issuer", "project")


def _certificates(request: HttpRequest) -> Any:
    seen = Certificate.objects.visible_to(request.user).defer("facts", "successor__facts")
    return seen.select_related("project", "successor")


def _certificate(row: Certificate) -> dict[str, Any]:
    return {
        "id": row.pk,
        "number": row.display_number,
        "holder": row.holder,
        "project": row.project.code,
        "group": row.group_id,
        "state": "valid" if row.is_valid else "revoked",
        "issued_on": row.issued_on,
        "paper": row.state,
        "code": row.code,
        **_end(row),
    }


def _end(row: Certificate) -> dict[str, Any]:
    return {
        "revoked_on": row.revoked_on,
        "revoked_reason": row.revoked_reason,
        "replaced_by": row.successor_number or None,
        "demo": row.is_demo,
    }
