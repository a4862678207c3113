"""The paper of a certificate, made at once for somebody who waits."""

from __future__ import annotations

import time

from certificates.models import Certificate
from portal.lib.documents import DocumentState, claim_this, produce

PATIENCE_SECONDS = 8.0


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
