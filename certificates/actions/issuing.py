"""Issuing, revoking, issuing anew: what is written when a number is given or taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from certificates.models import Certificate, CertificateTemplate, Register, Standing, standings
from certificates.rules import new_token
from portal.lib.calendar import short_date
from portal.lib.documents import Priority, ring
from portal.lib.text import tidy_line
from portal.lib.trouble import again_after_giving_way
from training.actions.locks import locked
from training.models import Enrolment

from .facts import CannotIssueError, Freezer


@dataclass(frozen=True)
class Issue:
    """What one press of the button gave: certificates, and who got none with the reasons."""

    certificates: list[Certificate]
    refused: list[Standing]


def take_numbers(series: str, year: int, count: int) -> int:
    """Take ``count`` numbers in a row and answer the first; call it inside a transaction.

    The lock on the register's row makes others wait until the numbers are used or, if the
    transaction fails, given back: so there is neither a double nor a gap.
    """
    register = lock_register(series, year)
    first = register.next_number
    register.next_number = first + count
    register.save(update_fields=["next_number"])
    return first


def lock_register(series: str, year: int) -> Register:
    """The register's row, ours until the end of the transaction."""
    Register.objects.get_or_create(series=series, year=year)
    return Register.objects.select_for_update().get(series=series, year=year)


@again_after_giving_way
@transaction.atomic
def issue_certificates(
    *,
    enrolments: QuerySet[Enrolment],
    template: CertificateTemplate,
    issued_by: Any,
    issued_on: date | None = None,
    priority: int = Priority.ISSUED,
) -> Issue:
    """Give every eligible person of the enrolments a number and a paper to be made.

    Raises CannotIssueError if the paper itself lacks something. Before the rule is asked the
    register is locked, and the enrolments as whoever marks locks them: so two coordinators at
    once give nobody two certificates, and no mark changes behind a paper while it is written.
    """
    issued_on = issued_on or timezone.localdate()
    _check(template, issued_on)
    lock_register(template.series, issued_on.year)
    mine = enrolments.filter(group__programme__project=template.project)
    locked(Enrolment.objects.filter(pk__in=mine.order_by().values("pk")))
    rows = standings(mine, template)
    eligible = [each for each in rows if each.is_eligible]
    refused = [each for each in rows if not each.is_eligible]
    certificates = _write(eligible, template, issued_by, issued_on, priority)
    if certificates:
        ring()
    return Issue(certificates, refused)


def _check(template: CertificateTemplate, issued_on: date) -> None:
    if issued_on > timezone.localdate():
        raise CannotIssueError(_("A certificate cannot be dated in the future."))
    if template.is_archived:
        raise CannotIssueError(_("This template has been put away: choose another."))


def _check_period(eligible: Sequence[Standing], issued_on: date) -> None:
    """A certificate proves what has been: it is dated on the last day of its training or later."""
    last = max(each.last_day for each in eligible)
    if issued_on < last:
        raise CannotIssueError(
            _("A certificate cannot be dated before the last day of the training: %(day)s")
            % {"day": short_date(last)}
        )


def _write(
    eligible: Sequence[Standing],
    template: CertificateTemplate,
    issued_by: Any,
    issued_on: date,
    priority: int,
    replaces: Certificate | None = None,
) -> list[Certificate]:
    if not eligible:
        return []
    _check_period(eligible, issued_on)
    freezer = Freezer(template, issued_on, {each.enrolment.group for each in eligible})
    first = take_numbers(template.series, issued_on.year, len(eligible))
    rows = []
    for number, standing in enumerate(eligible, start=first):
        enrolment, token = standing.enrolment, new_token()
        facts = freezer.facts(standing, number, token)
        rows.append(
            Certificate(
                enrolment=enrolment,
                participant=enrolment.participant,
                group=enrolment.group,
                project=template.project,
                template=template,
                series=template.series,
                year=issued_on.year,
                number=number,
                token=token,
                holder=facts["data"]["name"],
                issued_on=issued_on,
                issued_by=issued_by,
                is_demo=facts["data"]["demo"],
                replaces=replaces,
                facts=facts,
                language=template.language,
                priority=priority,
            )
        )
    return Certificate.objects.bulk_create(rows)


@transaction.atomic
def revoke_certificate(
    *, certificate: Certificate, reason: str, revoked_by: Any, revoked_on: date | None = None
) -> Certificate:
    """Take a certificate back; number, paper and facts stay, the verification page says so."""
    row = Certificate.objects.select_for_update(of=("self",)).get(pk=certificate.pk)
    if not row.is_valid:
        raise CannotIssueError(_("This certificate has been revoked already."))
    reason = tidy_line(reason)
    if not reason:
        raise CannotIssueError(_("Say why the certificate is revoked."))
    row.revoked_on = revoked_on or timezone.localdate()
    row.revoked_by, row.revoked_reason = revoked_by, reason
    row.save(update_fields=["revoked_on", "revoked_by", "revoked_reason"])
    return row


@transaction.atomic
def reissue_certificate(
    *,
    certificate: Certificate,
    reason: str,
    issued_by: Any,
    template: CertificateTemplate | None = None,
    issued_on: date | None = None,
) -> Certificate:
    """Revoke and issue anew with today's facts, under a new number that names the old one."""
    template = template or certificate.template
    issued_on = issued_on or timezone.localdate()
    _check(template, issued_on)
    lock_register(template.series, issued_on.year)
    locked(Enrolment.objects.filter(pk=certificate.enrolment_id))
    if certificate.is_valid:
        certificate = revoke_certificate(
            certificate=certificate, reason=reason, revoked_by=issued_by
        )
    if Certificate.objects.filter(replaces=certificate).exists():
        raise CannotIssueError(_("A new certificate has been issued in its place already."))
    [standing] = standings(Enrolment.objects.filter(pk=certificate.enrolment_id), template)
    if not standing.is_eligible:
        raise CannotIssueError(" ".join(str(each) for each in standing.reasons))
    [row] = _write(
        [standing], template, issued_by, issued_on, Priority.SOMEONE_WAITS, replaces=certificate
    )
    ring()
    return row
