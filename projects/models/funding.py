"""Money as declared: never recomputed, and null where nobody stated it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from projects.rules import Fact

from .organisations import Organisation
from .programmes import Funder
from .projects import Project
from .sources import Sourced


class FundingStage(models.TextChoices):
    INITIAL = "initial", _("initial")
    STATED = "stated", _("as published")
    AMENDED = "amended", _("after amendment")
    FINAL = "final", _("final")


class FundingPart(models.TextChoices):
    TOTAL = "total", _("total")
    FUND = "fund", _("from the fund")
    NATIONAL = "national", _("national co-financing")
    OWN = "own", _("own contribution")
    OTHER = "other", _("other")


class Funding(Sourced):
    """One declared amount of a project: of the whole (no partner) or of one partner.

    ``amount`` is in ``currency`` units, to the cent; null means the source does not state it.
    Two sources that differ by a cent are two rows: the page shows both.
    """

    project = models.ForeignKey(
        Project, models.CASCADE, related_name="funding", verbose_name=_("project")
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="funding",
        verbose_name=_("partner"),
        help_text=_("Empty: the whole project."),
    )
    part = models.CharField(
        _("part"), max_length=10, choices=FundingPart, default=FundingPart.TOTAL
    )
    funder = models.ForeignKey(
        Funder,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="funding",
        verbose_name=_("funder"),
    )
    stage = models.CharField(
        _("stage"), max_length=10, choices=FundingStage, default=FundingStage.STATED
    )
    amount = models.DecimalField(
        _("amount"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    currency = models.CharField(_("currency"), max_length=3, default="EUR")
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("funding")
        verbose_name_plural = _("funding")
        ordering = ["project", "organisation__sort_key", "part", "stage", "source__code", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0),
                name="projects_funding_amount_not_negative",
                violation_error_message=_("An amount cannot be negative."),
            ),
            models.CheckConstraint(
                condition=~Q(part="fund") | Q(funder__isnull=False),
                name="projects_funding_from_a_fund_names_it",
                violation_error_message=_("Name the fund this part comes from."),
            ),
        ]

    # What a published fact shows of its row, whichever table the row stands in.
    note = ""

    def fact(self) -> Fact:
        """This amount as its source states it, to be compared with other sources."""
        whose = f"{self.organisation_id or 'project'}"
        subject = f"funding-{whose}-{self.part}-{self.funder_id or ''}-{self.stage}"
        return Fact(
            subject=subject,
            kind="stated",
            whose=self.organisation_id,
            source=self.source_id,
            value=self.amount,
            unit=self.currency,
            row=self,
        )

    @property
    def kind_label(self) -> str:
        return self.get_stage_display()

    @property
    def is_whole(self) -> bool:
        """Whether this is the total of the whole project."""
        return self.part == FundingPart.TOTAL and self.organisation_id is None

    @property
    def weight(self) -> tuple[bool, int]:
        """The whole project before its partners, the total before its parts."""
        return self.organisation_id is not None, list(FundingPart).index(FundingPart(self.part))

    @property
    def label(self) -> str:
        """What the amount is: the total, or the part of a named fund."""
        if self.part == FundingPart.TOTAL:
            return gettext("Total funding")
        if self.funder_id:
            return gettext("Funding from: %(funder)s") % {"funder": self.funder}
        return str(self.get_part_display()).capitalize()

    def __str__(self) -> str:
        amount = "–" if self.amount is None else self.amount
        return f"{self.get_part_display()} {amount} {self.currency}"
