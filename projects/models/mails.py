"""The letters that the portal writes by itself: to whom, about what, and whether they went."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.lib.fields import NameField


class MailKind(models.TextChoices):
    REMINDER = "reminder", _("reminder to a trainer")


class SentMail(models.Model):
    """One letter, without its text. The row is there before the letter goes.

    ``key`` names what goes out once only, as "reminder:12:2026-11-25": whoever makes the row sends,
    everybody else finds it made. ``about`` names rows ("training.group 3"), never a person.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="mails", verbose_name=_("recipient")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=MailKind)
    key = models.CharField(max_length=120, unique=True)
    subject = NameField(_("subject"), is_printed=False)
    about = models.CharField(_("about"), max_length=200, blank=True)
    begun_at = models.DateTimeField(_("begun"), default=timezone.now)
    sent_at = models.DateTimeField(_("sent"), null=True)
    error = models.CharField(_("error"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("letter sent")
        verbose_name_plural = _("letters sent")
        ordering = ["-begun_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(error=""),
                name="projects_sentmail_went_or_failed",
            )
        ]

    def __str__(self) -> str:
        return self.subject
