"""Seminars, conferences, visits and camps: who spoke, who came."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from network.rules import whole
from portal.lib.calendar import Period, Precision, short_period
from portal.lib.fields import AT_MOST_10_000, AT_MOST_A_MILLION, LongTextField, NameField
from portal.lib.names import Archivable, Named, in_language
from projects.access import PEOPLE_ROLES
from projects.models import Activity, Organisation, Project, Sourced

from .reach import OfProjectQuerySet


class EventKind(models.TextChoices):
    SEMINAR = "seminar", _("seminar")
    CONFERENCE = "conference", _("conference")
    EXCHANGE = "exchange", _("exchange visit")
    STUDY_VISIT = "study_visit", _("study visit")
    CAMP = "camp", _("camp")
    TRAINING = "training", _("joint training")
    PUBLIC_EVENT = "public_event", _("public event")
    OTHER = "other", _("other")


class EventState(models.TextChoices):
    PLANNED = "planned", _("planned")
    HELD = "held", _("held")
    CANCELLED = "cancelled", _("cancelled")


class EventQuerySet(OfProjectQuerySet):
    def held(self) -> Self:
        return self.filter(state=EventState.HELD)

    def with_people(self) -> Self:
        """Annotates ``came`` (who took part) and ``registered`` (all places given)."""
        came = Sum("registrations__people", filter=Q(registrations__attended=True))
        return self.annotate(
            came=Coalesce(came, 0), registered=Coalesce(Sum("registrations__people"), 0)
        )


class Event(Named, Archivable, Sourced):
    """An event of a project; dates keep the precision of the source."""

    project = models.ForeignKey(
        Project, models.CASCADE, related_name="events", verbose_name=_("project")
    )
    code = models.SlugField(_("code"), max_length=80)
    activity = models.ForeignKey(
        Activity,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="events",
        verbose_name=_("activity"),
    )
    kind = models.CharField(_("kind"), max_length=15, choices=EventKind, default=EventKind.SEMINAR)
    state = models.CharField(
        _("state"), max_length=10, choices=EventState, default=EventState.PLANNED
    )
    start = models.DateField(_("from"), null=True, blank=True)
    start_precision = models.CharField(
        _("start known to the"), max_length=5, choices=Precision, default=Precision.DAY
    )
    end = models.DateField(_("to"), null=True, blank=True)
    end_precision = models.CharField(
        _("end known to the"), max_length=5, choices=Precision, default=Precision.DAY
    )
    days = models.PositiveSmallIntegerField(
        _("days"), null=True, blank=True, validators=[AT_MOST_10_000]
    )
    place_lv = NameField(_("place in Latvian"), blank=True)
    place_en = NameField(_("place in English"), blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    host = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="hosted_events",
        verbose_name=_("host"),
    )
    organiser = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="events",
        verbose_name=_("organiser"),
    )
    audience_lv = LongTextField(_("for whom, in Latvian"), blank=True)
    audience_en = LongTextField(_("for whom, in English"), blank=True)
    target_people = models.PositiveIntegerField(
        _("planned participants"), null=True, blank=True, validators=[AT_MOST_A_MILLION]
    )
    is_demo = models.BooleanField(_("demo data"), default=False, editable=False)

    objects = EventQuerySet.as_manager()

    class Meta(Named.Meta):
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["project", "start", "code"]
        constraints = [
            *Named.Meta.constraints,
            models.UniqueConstraint(
                fields=["project", "code"],
                name="network_event_code_once_per_project",
                violation_error_message=_("This code is taken in the project."),
            ),
            models.CheckConstraint(
                condition=Q(start__isnull=True) | Q(end__isnull=True) | Q(end__gte=F("start")),
                name="network_event_ends_after_it_starts",
                violation_error_message=_("The end is before the start."),
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("network:event_detail", args=[self.pk])

    @property
    def period(self) -> Period:
        return Period(self.start, self.start_precision, self.end, self.end_precision)

    @property
    def when(self) -> str:
        """The dates in short, as exactly as they are known; empty where nobody stated them."""
        return short_period(whole(self.period))

    @property
    def place(self) -> str:
        return in_language(self.place_lv, self.place_en)

    @property
    def audience(self) -> str:
        return in_language(self.audience_lv, self.audience_en)


class ProgrammePart(models.Model):
    """One item of an event's programme: a talk with its speaker, or a visit."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="parts")
    position = models.PositiveSmallIntegerField(_("order"), default=0, validators=[AT_MOST_10_000])
    section = models.PositiveSmallIntegerField(_("part"), default=1, validators=[AT_MOST_10_000])
    title_lv = NameField(_("title in Latvian"), max_length=500, blank=True)
    title_en = NameField(_("title in English"), max_length=500, blank=True)
    speaker = NameField(_("speaker"), max_length=200, blank=True)
    speaker_role_lv = NameField(_("speaker's role in Latvian"), max_length=200, blank=True)
    speaker_role_en = NameField(_("speaker's role in English"), max_length=200, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("organisation"),
    )

    class Meta:
        verbose_name = _("programme item")
        verbose_name_plural = _("programme items")
        ordering = ["event", "section", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "section", "position"], name="network_programmepart_position_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.speaker

    @property
    def title(self) -> str:
        return in_language(self.title_lv, self.title_en)

    @property
    def speaker_role(self) -> str:
        return in_language(self.speaker_role_lv, self.speaker_role_en)


class RegistrationQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """Places of the events the user may open."""
        return self.filter(event__in=Event.objects.visible_to(user))

    def named_for(self, user: Any) -> Self:
        """Places with the name of who holds them: only for those who read people's names."""
        projects = Project.objects.for_roles(user, *PEOPLE_ROLES)
        return self.filter(event__project__in=projects)


class Registration(models.Model):
    """One place at an event: a participant, a contact, or a head count of an organisation.

    A head count (no person named) keeps how many came from where, for public events.
    """

    event = models.ForeignKey(Event, models.CASCADE, related_name="registrations")
    participant = models.ForeignKey(
        "training.Participant", models.PROTECT, null=True, blank=True, related_name="registrations"
    )
    contact = models.ForeignKey(
        "network.Contact", models.SET_NULL, null=True, blank=True, related_name="registrations"
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="registrations"
    )
    people = models.PositiveIntegerField(_("people"), default=1, validators=[AT_MOST_A_MILLION])
    attended = models.BooleanField(_("came"), null=True, blank=True)
    is_demo = models.BooleanField(default=False, editable=False)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ["event", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "participant"], name="network_registration_participant_once"
            ),
            models.UniqueConstraint(
                fields=["event", "contact"], name="network_registration_contact_once"
            ),
            models.CheckConstraint(
                condition=Q(participant__isnull=True, contact__isnull=True) | Q(people=1),
                name="network_registration_of_a_person_counts_one",
            ),
        ]

    def __str__(self) -> str:
        return str(self.holder) if self.holder else f"{self.people}"

    @property
    def holder(self) -> Any:
        """Who or what the place is for: a person, a contact, or the organisation of a head count."""
        return self.participant or self.contact or self.organisation

    @property
    def is_head_count(self) -> bool:
        return self.participant_id is None and self.contact_id is None
