"""The certificate: who was given which number for what, and whether it still holds."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from certificates.rules import (
    facts_in_words,
    format_number,
    layout,
    new_token,
    parse_number,
    printed_code,
    token_of,
    verification_image,
)
from portal.lib import pictures
from portal.lib.documents import Document, DocumentQuerySet
from portal.lib.fields import KeyedModel, NameField, SearchKeyField, SortKeyField
from portal.lib.paper import Resources
from portal.lib.text import search_key
from projects.models import EDITOR_ROLES, Project
from training.models import STAFF_ROLES, Enrolment, Group, Participant

from .templates import CertificateTemplate


class CertificateQuerySet(DocumentQuerySet):
    def valid(self, on: date | None = None) -> Self:
        """Not revoked; with ``on``, issued by that day and not revoked by it."""
        if on is None:
            return self.filter(revoked_on__isnull=True)
        still = Q(revoked_on__isnull=True) | Q(revoked_on__gt=on)
        return self.filter(still, issued_on__lte=on)

    def visible_to(self, user: Any) -> Self:
        """Staff of the project, the partner who employs the person, and the person. No funder."""
        if not user.is_authenticated:
            return self.none()
        own_people = Enrolment.objects.filter(pk=OuterRef("enrolment")).employed_by_partner(user)
        return self.filter(
            Q(project__in=Project.objects.for_roles(user, *STAFF_ROLES))
            | Exists(own_people)
            | Q(participant__user=user)
        )

    def run_by(self, user: Any) -> Self:
        """Those of the projects the person runs."""
        return self.filter(project__in=Project.objects.for_roles(user, *EDITOR_ROLES))

    def search(self, words: str) -> Self:
        """By number, as printed or in parts, or by the name on the paper."""
        if number := parse_number(words):
            return self.filter(series__iexact=number.series, year=number.year, number=number.number)
        found = self
        for word in search_key(words).split():
            found = found.filter(search_key__contains=word)
        return found

    def by_token(self, typed: str) -> Self:
        """By the secret of its QR code, or the code typed from the paper."""
        return self.filter(token=token_of(typed))


class Certificate(KeyedModel, Document):
    """One issued certificate. A number is given once; a mistake is revoked and issued anew.

    ``facts`` are what the paper says; the other columns are for finding and counting it.
    """

    template_name: ClassVar[str] = "pdf/certificate.html"

    enrolment = models.ForeignKey(
        Enrolment, models.PROTECT, related_name="certificates", verbose_name=_("enrolment")
    )
    participant = models.ForeignKey(
        Participant, models.PROTECT, related_name="certificates", verbose_name=_("participant")
    )
    group = models.ForeignKey(
        Group, models.PROTECT, related_name="certificates", verbose_name=_("group")
    )
    project = models.ForeignKey(
        Project, models.PROTECT, related_name="certificates", verbose_name=_("project")
    )
    template = models.ForeignKey(
        CertificateTemplate, models.PROTECT, related_name="certificates", verbose_name=_("template")
    )
    series = models.CharField(_("series"), max_length=12, editable=False)
    year = models.PositiveSmallIntegerField(_("year"), editable=False)
    number = models.PositiveIntegerField(_("number"), editable=False)
    token = models.CharField(max_length=32, unique=True, default=new_token, editable=False)
    holder = NameField(_("name on the paper"), max_length=201, editable=False)
    sort_key = SortKeyField("sort_name")
    search_key = SearchKeyField("holder", "display_number")
    issued_on = models.DateField(_("issued"), editable=False)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        editable=False,
        verbose_name=_("issued by"),
    )
    revoked_on = models.DateField(_("revoked"), null=True, editable=False)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )
    revoked_reason = NameField(_("reason"), blank=True, editable=False, is_printed=False)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="successor", editable=False
    )
    is_demo = models.BooleanField(_("demo data"), default=False, editable=False)

    objects = CertificateQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Document.Meta):
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["-year", "series", "-number"]
        indexes = [
            *Document.Meta.indexes,
            models.Index(fields=["project", "issued_on"], name="certificates_project_issued"),
        ]
        constraints = [
            *Document.Meta.constraints,
            models.UniqueConstraint(
                fields=["series", "year", "number"], name="certificates_certificate_number_once"
            ),
            models.UniqueConstraint(
                fields=["enrolment"],
                condition=Q(revoked_on__isnull=True),
                name="certificates_certificate_one_valid",
            ),
            models.CheckConstraint(
                condition=Q(revoked_on__isnull=True, revoked_reason="")
                | Q(revoked_on__isnull=False) & ~Q(revoked_reason=""),
                name="certificates_certificate_revoked_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.display_number

    def get_absolute_url(self) -> str:
        return reverse("certificates:certificate_detail", args=[self.pk])

    @property
    def display_number(self) -> str:
        return format_number(self.series, self.year, self.number)

    @property
    def sort_name(self) -> str:
        """The name as lists sort it: family name first."""
        return self.facts["data"]["list_name"]

    @property
    def code(self) -> str:
        """The verification code as people read it from the paper."""
        return " ".join(printed_code(self.token))

    @property
    def is_valid(self) -> bool:
        return self.revoked_on is None

    @property
    def file_name(self) -> str:
        return f"{self.series}-{self.year}-{self.number:04d}.pdf"

    @property
    def successor_number(self) -> str:
        """The number of the certificate issued in place of this one, if there is one."""
        successor = getattr(self, "successor", None)
        return successor.display_number if successor else ""

    @property
    def said(self) -> dict[str, str]:
        """What the paper says, in the reader's language, from the facts kept at issue."""
        return facts_in_words(self.facts["data"])

    # What the paper needs (portal.lib.documents)

    @property
    def paper_title(self) -> str:
        return f"{self.facts['words']['title'].capitalize()} {self.display_number}"

    def paper(self, resources: Resources) -> dict[str, Any]:
        words = self.facts["words"]
        logos = [
            {**logo, "url": pictures.show(logo["picture"], resources, label=logo["label"])}
            if logo["picture"]
            else logo
            for logo in words["logos"]
        ]
        qr = resources.add(verification_image(words["address"]), "image/svg+xml")
        return {"facts": words, "sizes": layout(words), "logos": logos, "qr": qr}
