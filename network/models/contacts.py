"""Contacts of a project: people named by a source, and members of the network who opted in."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.lib.fields import KeyedModel, NameField, SearchKeyField, SortKeyField
from portal.lib.names import Archivable, in_language
from projects.models import Organisation, Project, Sourced

from .reach import OfProjectQuerySet


class Contact(KeyedModel, Archivable, Sourced):
    """A person to turn to. E-mail and phone are kept only for those who opted in."""

    project = models.ForeignKey(
        Project, models.CASCADE, related_name="contacts", verbose_name=_("project")
    )
    name = NameField(_("name"), max_length=200)
    role_lv = NameField(_("role in Latvian"), max_length=200, blank=True)
    role_en = NameField(_("role in English"), max_length=200, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="contacts",
        verbose_name=_("organisation"),
    )
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    opted_in_at = models.DateTimeField(
        _("agreed to be contacted"), null=True, blank=True, editable=False
    )
    sort_key = SortKeyField("name")
    search_key = SearchKeyField("name")

    objects = OfProjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["project", "sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "name"], name="network_contact_once_per_project"
            ),
            models.CheckConstraint(
                condition=models.Q(opted_in_at__isnull=False) | models.Q(email="", phone=""),
                name="network_contact_address_needs_consent",
                violation_error_message=_("E-mail and phone are kept only for those who agreed."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def role(self) -> str:
        return in_language(self.role_lv, self.role_en)

    @property
    def has_agreed(self) -> bool:
        return self.opted_in_at is not None
