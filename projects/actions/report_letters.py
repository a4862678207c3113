"""Letters to those whose turn a report is: a link and no more, each in the reader's language."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from projects.access import holders_of, judges_of, officers_besides
from projects.models import Membership, Report, ReportState, ReportStep, Role

log = logging.getLogger(__name__)

# What each state says to those who have to act or to know: the subject, and what the link is for.
WORDS: dict[str, tuple[Promise, Promise]] = {
    ReportState.SIGNING: (
        _("A report waits for your sign-off"),
        _("A report has been submitted and waits for your sign-off:"),
    ),
    ReportState.SUBMITTED: (
        _("A report waits for your decision"),
        _("A report has been submitted and waits for you to accept or return it:"),
    ),
    ReportState.RETURNED: (
        _("A report has been returned"),
        _("A report has been returned to be corrected. What is to be corrected stands there:"),
    ),
    ReportState.ACCEPTED: (
        _("A report has been accepted"),
        _("A report has been accepted:"),
    ),
}


def tell_of(step: ReportStep) -> None:
    """Once the step is stored, write to those whose turn it is now, except who took the step.

    Nobody is told of what was taken back, went another way, or is told later than on its day.
    """
    is_news = timezone.localdate(step.at) == timezone.localdate()
    if step.version is None or step.fate not in WORDS or not is_news:
        return
    for user in _readers(step):
        # A letter that cannot be written must not undo what the reader sees as done.
        transaction.on_commit(partial(_send, step.report, step.new_state, user), robust=True)


def _readers(step: ReportStep) -> Iterable[Any]:
    project = step.report.project
    if step.new_state == ReportState.SIGNING:
        return _accounts(officers_besides(step.user, project))
    if step.new_state == ReportState.SUBMITTED:
        return _accounts(judges_of(project).exclude(user=step.user))
    coordinators = holders_of(project, Role.COORDINATOR)
    submitters = step.report.versions.values("frozen_by")
    wrote = coordinators.filter(user__in=submitters)
    return _accounts((wrote if wrote.exists() else coordinators).exclude(user=step.user))


def _accounts(held: Any) -> Iterable[Any]:
    held = Membership.objects.filter(pk__in=held)
    return get_user_model().objects.filter(pk__in=held.values("user")).exclude(email="")


def _send(report: Report, state: str, user: Any) -> None:
    subject, words = WORDS[state]
    url = f"{settings.SITE_URL}{report.get_absolute_url()}"
    with translation.override(user.language):
        given = {"user": user, "words": words, "url": url}
        body = render_to_string("projects/mail_report.txt", given)
        title = str(subject)
    try:
        send_mail(title, body, None, [user.email])
    except OSError as error:  # the step stands; it waits on the reader's first page, too
        log.warning(
            "letter on report %s not sent, account %s: %s",
            report.pk,
            user.pk,
            type(error).__name__,
        )
