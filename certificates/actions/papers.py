"""The paper of a certificate: asked for again, or made at once for somebody who waits."""

from __future__ import annotations

import time

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from certificates.models import Certificate
from portal.lib.documents import DocumentState, ask_again, claim_this, produce

from .facts import CannotIssueError

PATIENCE_SECONDS = 8.0


@transaction.atomic
def retry_document(*, certificate: Certificate) -> Certificate:
    """Put a failed paper back in line, or one whose stored file is lost or damaged."""
    row = Certificate.objects.select_for_update(of=("self",)).get(pk=certificate.pk)
    if row.state == DocumentState.WAITING:
        return row
    if row.state == DocumentState.READY and not row.is_damaged():
        raise CannotIssueError(_("The paper is in order: issued bytes never change."))
    ask_again(row)
    return row


def produce_now(*, certificate: Certificate) -> Certificate:
    """Make a waiting paper at once, or wait a moment for whoever is making it right now.

    No transaction spans this: the lease is taken, the page drawn, and the result stored in
    steps of their own. The row that comes back may still be waiting.
    """
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        certificate.refresh_from_db(fields=["state"])
        if certificate.state != DocumentState.WAITING or time.monotonic() > deadline:
            break
        if claimed := claim_this(certificate, owner="web"):
            produce([claimed])
            break
        time.sleep(0.2)
    certificate.refresh_from_db()
    return certificate
