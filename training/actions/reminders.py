"""Reminding trainers of sessions that wait for marks: at most one letter a day to each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from projects.actions import Delivery, send_once
from projects.models import MailKind
from training.models import Group, GroupTrainer, Lacking, Session

SHOWN = 20


def remind_trainers(
    *, group: Group | None = None, now: datetime | None = None
) -> Counter[Delivery]:
    """Write to every trainer of groups (of one ``group``) whose sessions have waited for a day.

    A letter tells of all his groups, whatever was asked for: it is the only one of the day. It
    names sessions and nobody who attends them.
    """
    now = now or timezone.now()
    overdue = Session.objects.overdue(now)
    waiting = Exists(overdue.filter(group=OuterRef("group")))
    rows = GroupTrainer.objects.filter(waiting, user__is_active=True)
    if group is not None:
        asked = GroupTrainer.objects.filter(group=group).values("user")
        rows = rows.filter(user__in=asked)
    groups: dict[Any, set[int]] = defaultdict(set)
    for row in rows.select_related("user").order_by("user", "pk"):
        groups[row.user].add(row.group_id)
    sessions: dict[int, list[Session]] = defaultdict(list)
    found = overdue.filter(group__in=set().union(*groups.values()))
    for session in found.select_related("group").order_by("date", "starts", "pk"):
        sessions[session.group_id].append(session)
    return Counter(
        _write(user, [each for pk in sorted(own) for each in sessions[pk]], now)
        for user, own in groups.items()
    )


def _write(user: Any, sessions: Sequence[Session], now: datetime) -> Delivery:
    day = timezone.localtime(now).date()
    with translation.override(user.language):
        count = len(sessions)
        subject = ngettext(
            "%(count)s session waits for attendance marks",
            "%(count)s sessions wait for attendance marks",
            count,
        )
        words = {
            "sessions": [(each, settings.SITE_URL + each.get_absolute_url()) for each in sessions][
                :SHOWN
            ],
            "more": max(count - SHOWN, 0),
            "list": settings.SITE_URL + reverse("training:session_list") + f"?show={Lacking.MARKS}",
            "site": settings.SITE_NAME or _("Training portal"),
        }
        body = render_to_string("training/mail_reminder.txt", words)
    return send_once(
        user=user,
        kind=MailKind.REMINDER,
        key=f"{MailKind.REMINDER}:{user.pk}:{day:%Y-%m-%d}",
        subject=subject % {"count": count},
        body=body,
        about=", ".join(f"training.group {pk}" for pk in sorted({s.group_id for s in sessions}))[
            :200
        ],
    )
