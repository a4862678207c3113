"""Sessions: when a group meets, for how long, and what state its attendance is in."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from portal.lib.fields import AT_MOST_10_000, NameField
from projects.models import MailKind, SentMail
from training.rules import NOT_MET, contact_minutes

from .groups import Group, GroupTrainer, count_of
from .programmes import Module, Site


class SessionState(models.TextChoices):
    PLANNED = "planned", _("planned")
    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")
    CANCELLED = "cancelled", _("cancelled")


class Lacking(models.TextChoices):
    """What a session may lack, as the address of the list of sessions says it."""

    MARKS = "late", pgettext_lazy("sessions", "To be marked")
    SCAN = "no-scan", pgettext_lazy("sessions", "Closed without a scan")


class ContactMinutesField(models.PositiveSmallIntegerField):
    """Minutes from start to end less breaks, worked out on every save and bulk door."""

    def pre_save(self, instance: models.Model, add: bool) -> int:
        minutes = contact_minutes(instance.starts, instance.ends, instance.break_minutes)  # type: ignore[attr-defined]
        setattr(instance, self.attname, minutes)
        return minutes


class SessionQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(group__in=Group.objects.visible_to(user))

    def held(self) -> Self:
        """Sessions whose attendance is closed: the only ones a figure or a certificate counts."""
        return self.filter(state=SessionState.CLOSED)

    def counted(self) -> Self:
        """All that are or will be held; a cancelled session drops out of every sum."""
        return self.exclude(state=SessionState.CANCELLED)

    def unfinished(self) -> Self:
        """Sessions still to be held or closed."""
        return self.filter(state__in=[SessionState.PLANNED, SessionState.OPEN])

    def with_marks(self) -> Self:
        """Annotates how many people a session concerns, how many are marked and were there."""
        from .attendance import Attendance
        from .enrolments import Enrolment

        audience = Module.audience.through.objects.filter(module=OuterRef(OuterRef("module")))
        people = Enrolment.objects.filter(
            Q(until__isnull=True) | Q(until__gte=OuterRef("date")),
            ~Exists(audience) | Exists(audience.filter(jobcategory=OuterRef("job_category"))),
            group=OuterRef("group"),
            since__lte=OuterRef("date"),
        )
        marks = Attendance.objects.filter(session=OuterRef("pk"))
        return self.annotate(
            concerned_count=count_of(people, "group"),
            marked_count=count_of(marks, "session"),
            present_count=count_of(marks.exclude(status__in=sorted(NOT_MET)), "session"),
        )

    def late(self) -> Self:
        """Sessions whose day is past and that nobody has closed."""
        return self.unfinished().filter(date__lt=timezone.localdate())

    def overdue(self, now: datetime | None = None) -> Self:
        """Those whose end lies a day back or more and that nobody has closed: time to remind."""
        day_ago = timezone.localtime(now) - timedelta(days=1)
        ended = Q(date__lt=day_ago.date()) | Q(date=day_ago.date(), ends__lte=day_ago.time())
        return self.unfinished().filter(ended, group__archived_at__isnull=True)

    def with_scans(self) -> Self:
        """Annotates how many scans of the signed sheet there are."""
        from .evidence import SessionScan

        scans = SessionScan.objects.standing().filter(session=OuterRef("pk"))
        return self.annotate(scan_count=count_of(scans, "session"))

    def without_scan(self) -> Self:
        """Closed sessions whose signed sheet has not been added yet."""
        from .evidence import SessionScan

        scans = SessionScan.objects.standing().filter(session=OuterRef("pk"))
        return self.held().filter(~Exists(scans))

    def lacking(self, what: str) -> Self:
        """Those that lack it."""
        return self.late() if what == Lacking.MARKS else self.without_scan()

    def with_reminders(self) -> Self:
        """Annotates whether anybody teaches the group, and when a letter last went to one of them."""
        trainers = GroupTrainer.objects.filter(group=OuterRef("group"))
        letters = SentMail.objects.filter(
            kind=MailKind.REMINDER,
            sent_at__isnull=False,
            user__in=GroupTrainer.objects.filter(group=OuterRef(OuterRef("group"))).values("user"),
        )
        return self.annotate(
            has_trainer=Exists(trainers),
            reminded_at=models.Subquery(letters.order_by("-sent_at").values("sent_at")[:1]),
        )

    def concerning(self, job_category: Any) -> Self:
        """Those whose module is meant for everyone or for this job category (an id or OuterRef)."""
        audience = Module.audience.through.objects.filter(module=OuterRef("module"))
        return self.filter(~Exists(audience) | Exists(audience.filter(jobcategory=job_category)))


class Session(models.Model):
    """One meeting of a group on one local date. Minutes are canonical; hours are only printed."""

    group = models.ForeignKey(
        Group, models.PROTECT, related_name="sessions", verbose_name=_("group")
    )
    module = models.ForeignKey(
        Module,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sessions",
        verbose_name=_("module"),
    )
    date = models.DateField(_("date"))
    starts = models.TimeField(_("starts"))
    ends = models.TimeField(_("ends"))
    break_minutes = models.PositiveSmallIntegerField(
        _("breaks, minutes"), default=0, validators=[AT_MOST_10_000]
    )
    minutes = ContactMinutesField(_("contact minutes"), editable=False)
    state = models.CharField(
        _("state"), max_length=10, choices=SessionState, default=SessionState.PLANNED
    )
    topic = NameField(_("topic"), blank=True)
    site = models.ForeignKey(
        Site,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sessions",
        verbose_name=_("site"),
        help_text=_("Only if it differs from the group's."),
    )
    revision = models.PositiveIntegerField(default=0, editable=False)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["group", "date", "starts", "pk"]
        indexes = [models.Index(fields=["state", "date"], name="training_session_state_date")]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "date", "starts"],
                condition=~Q(state="cancelled"),
                name="training_session_once_at_a_time",
                violation_error_message=_("The group has a session at this time already."),
            ),
            models.CheckConstraint(
                condition=Q(ends__gt=F("starts")),
                name="training_session_ends_after_it_starts",
                violation_error_message=_("The end is before the start."),
            ),
            models.CheckConstraint(
                condition=Q(minutes__gt=0),
                name="training_session_has_contact_minutes",
                violation_error_message=_("The breaks leave no time for the session."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.date:%d.%m.%Y.}"

    def get_absolute_url(self) -> str:
        return reverse("training:session_detail", args=[self.pk])

    def clean(self) -> None:
        if self.starts and self.ends:
            if self.ends <= self.starts:
                raise ValidationError({"ends": _("The end is before the start.")})
            if contact_minutes(self.starts, self.ends, self.break_minutes or 0) <= 0:
                raise ValidationError(
                    {"break_minutes": _("The breaks leave no time for the session.")}
                )
        if self.module and self.group_id and self.module.programme_id != self.group.programme_id:
            raise ValidationError({"module": _("This module belongs to another programme.")})

    @property
    def minutes_planned(self) -> int:
        """Contact minutes by the times as they stand now, saved or not."""
        return contact_minutes(self.starts, self.ends, self.break_minutes)

    @property
    def is_finished(self) -> bool:
        """Whether it was held and closed, or will not be held: neither is edited any more."""
        return self.state in {SessionState.CLOSED, SessionState.CANCELLED}

    @property
    def lacks_marks(self) -> bool:
        """Whether somebody it concerns is not marked, where rows come with marks."""
        return bool(self.marked_count < self.concerned_count)  # type: ignore[attr-defined]

    @property
    def is_all_marked(self) -> bool:
        """Whether nothing is left but to close it."""
        return bool(self.marked_count) and not self.lacks_marks  # type: ignore[attr-defined]

    @property
    def look(self) -> str:
        """Its badge where rows come with marks: "incomplete" once its day is past and marks lack."""
        is_late = self.is_open_to_marks and self.date < timezone.localdate() and self.lacks_marks
        return "incomplete" if is_late else self.state

    @property
    def is_open_to_marks(self) -> bool:
        """Whether marks may be made now: open, or planned and its day has come."""
        return self.state == SessionState.OPEN or (
            self.state == SessionState.PLANNED and self.date <= timezone.localdate()
        )


class SessionChange(models.Model):
    """One step in a session's history: opened, closed, reopened for a reason, cancelled."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="changes")
    old_state = models.CharField(max_length=10, choices=SessionState)
    new_state = models.CharField(max_length=10, choices=SessionState)
    reason = NameField(_("reason"), blank=True, is_printed=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("change of session")
        verbose_name_plural = _("changes of session")
        ordering = ["session", "at", "pk"]

    def __str__(self) -> str:
        return f"{self.old_state} → {self.new_state}"

    @property
    def words(self) -> str:
        """What was done, in the portal's words."""
        if self.new_state == SessionState.OPEN:
            is_again = self.old_state == SessionState.CLOSED
            return pgettext("history", "Reopened") if is_again else pgettext("history", "Opened")
        return {
            SessionState.CLOSED: pgettext("history", "Closed"),
            SessionState.CANCELLED: pgettext("history", "Cancelled"),
        }.get(SessionState(self.new_state), pgettext("history", "Planned again"))
