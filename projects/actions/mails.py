"""One road for letters that the portal writes by itself: noted first, then sent, each once."""

from __future__ import annotations

import logging
from enum import StrEnum
from typing import Any

from django.core.mail import send_mail
from django.utils import timezone

from projects.models import MailKind, SentMail

log = logging.getLogger(__name__)


class Delivery(StrEnum):
    """What became of a letter."""

    SENT = "sent"
    ALREADY = "already"
    FAILED = "failed"


def send_once(
    *, user: Any, kind: MailKind, key: str, subject: str, body: str, about: str = ""
) -> Delivery:
    """Send a letter unless one of this key went; one that could not be handed over is tried again.

    Not within a transaction: the note must stand for everybody before the letter leaves. Whoever
    is killed in between has sent at most one, and the note shows a letter that never went.
    """
    mail, is_mine = SentMail.objects.get_or_create(
        key=key, defaults={"user": user, "kind": kind, "subject": subject, "about": about}
    )
    if not is_mine:
        failed = SentMail.objects.filter(pk=mail.pk, sent_at__isnull=True).exclude(error="")
        is_mine = bool(failed.update(error="", begun_at=timezone.now(), subject=subject))
    if not is_mine:
        return Delivery.ALREADY
    row = SentMail.objects.filter(pk=mail.pk)
    try:
        send_mail(subject, body, None, [user.email])
    except OSError as error:  # the server of mails is away, or refuses
        log.warning("mail %s not sent: %s", mail.pk, type(error).__name__)
        row.update(error=type(error).__name__)
        return Delivery.FAILED
    row.update(sent_at=timezone.now())
    return Delivery.SENT
