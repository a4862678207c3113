"""Brochures, handbooks, periodicals: how many were printed and where they went."""

from __future__ import annotations

from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from network.rules import stock
from portal.lib.fields import AT_MOST_A_MILLION, LongTextField, NameField
from portal.lib.names import Archivable, Named, in_language
from projects.models import Activity, Organisation, Project, Sourced

from .reach import OfProjectQuerySet


class PublicationKind(models.TextChoices):
    BROCHURE = "brochure", _("brochure")
    HANDBOOK = "handbook", _("handbook")
    BOOK = "book", _("book")
    PERIODICAL = "periodical", _("periodical")
    OTHER = "other", _("other")


class PublicationQuerySet(OfProjectQuerySet):
    def with_copies(self) -> Self:
        """Annotates ``delivered``, the copies handed over."""
        return self.annotate(delivered=Coalesce(Sum("deliveries__copies"), 0))


class Publication(Named, Archivable, Sourced):
    """A printed work with its planned run; stock is printed less delivered."""

    project = models.ForeignKey(
        Project, models.CASCADE, related_name="publications", verbose_name=_("project")
    )
    code = models.SlugField(_("code"), max_length=80)
    activity = models.ForeignKey(
        Activity,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="publications",
        verbose_name=_("activity"),
    )
    kind = models.CharField(
        _("kind"), max_length=12, choices=PublicationKind, default=PublicationKind.OTHER
    )
    planned_copies = models.PositiveIntegerField(
        _("planned copies"), null=True, blank=True, validators=[AT_MOST_A_MILLION]
    )
    printed_copies = models.PositiveIntegerField(
        _("printed copies"), null=True, blank=True, validators=[AT_MOST_A_MILLION]
    )
    recipients_lv = LongTextField(_("recipients in Latvian"), blank=True)
    recipients_en = LongTextField(_("recipients in English"), blank=True)

    objects = PublicationQuerySet.as_manager()

    class Meta(Named.Meta):
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        ordering = ["project", "sort_key", "pk"]
        constraints = [
            *Named.Meta.constraints,
            models.UniqueConstraint(
                fields=["project", "code"],
                name="network_publication_code_once_per_project",
                violation_error_message=_("This code is taken in the project."),
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("network:publication_detail", args=[self.pk])

    def clean(self) -> None:
        """No fewer copies were printed than were handed over."""
        super().clean()
        gone = self.deliveries.total() if self.pk and self.printed_copies is not None else 0
        left = stock(self.printed_copies, gone)
        if left is not None and left < 0:
            said = ngettext(
                "%(count)d copy was handed over already.",
                "%(count)d copies were handed over already.",
                gone,
            )
            raise ValidationError({"printed_copies": said % {"count": gone}})

    @property
    def recipients(self) -> str:
        return in_language(self.recipients_lv, self.recipients_en)


class DeliveryQuerySet(models.QuerySet):
    def total(self) -> int:
        """How many copies were handed over."""
        return self.aggregate(total=Sum("copies"))["total"] or 0

    def visible_to(self, user: Any) -> Self:
        return self.filter(publication__in=Publication.objects.visible_to(user))


class Delivery(models.Model):
    """Copies handed over to one organisation on one day."""

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="deliveries")
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="deliveries",
        verbose_name=_("recipient"),
    )
    recipient = NameField(_("recipient, if not in the list"), blank=True)
    copies = models.PositiveIntegerField(_("copies"), validators=[AT_MOST_A_MILLION])
    date = models.DateField(_("date"))
    is_demo = models.BooleanField(default=False, editable=False)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["publication", "date", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(copies__gt=0),
                name="network_delivery_of_at_least_one_copy",
                violation_error_message=_("At least one copy."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.copies}"

    @property
    def to(self) -> str:
        """Who got them: an organisation of the list, or one written by hand."""
        return self.organisation.name if self.organisation else self.recipient
