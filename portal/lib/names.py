"""Things that carry a name in Latvian and in English, and things that can be put away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from portal.lib.fields import KeyedModel, NameField, SearchKeyField, SortKeyField


def in_language(latvian: str, english: str, language: str | None = None) -> str:
    """The text in ``language`` (the active one by default), else in the other.

    The two texts of a project may differ in meaning; neither is ever made from the other.
    """
    language = language or get_language() or "lv"
    first, second = (english, latvian) if language.startswith("en") else (latvian, english)
    return first or second


def both(thing: Any, field: str = "name") -> dict[str, str]:
    """The Latvian and the English text of a thing, as papers freeze them."""
    return {"lv": getattr(thing, f"{field}_lv"), "en": getattr(thing, f"{field}_en")}


def in_both(say: Callable[[], Any]) -> dict[str, str]:
    """What is said in each language, where the words come from the portal's own catalogue."""
    said = {}
    for language in ("lv", "en"):
        with override(language):
            said[language] = str(say())
    return said


class Named(KeyedModel):
    """A name per language with the stored keys by which lists sort and searches match."""

    name_lv = NameField(_("name in Latvian"), blank=True)
    name_en = NameField(_("name in English"), blank=True)
    sort_key = SortKeyField("name_lv", "name_en")
    search_key = SearchKeyField("name_lv", "name_en")

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=~Q(name_lv="") | ~Q(name_en=""),
                name="%(app_label)s_%(class)s_has_a_name",
                violation_error_message=_("Give the name in at least one language."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return in_language(self.name_lv, self.name_en)


class ArchivableQuerySet(models.QuerySet):
    """Rows that can be put away without being lost."""

    def current(self) -> Self:
        return self.filter(archived_at__isnull=True)

    def offered(self, *kept: int | None) -> Self:
        """What a form offers: the rows in use, and those that its own row names already."""
        return self.filter(Q(archived_at__isnull=True) | Q(pk__in=[pk for pk in kept if pk]))


class Archivable(models.Model):
    """A row that leaves the lists but keeps everything that hangs on it."""

    archived_at = models.DateTimeField(_("archived"), null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def is_archived(self) -> bool:
        return self.archived_at is not None

    def set_archived(self, archived: bool) -> None:
        """Put away or bring back; saves this one column, and nothing where it stands so already."""
        if archived == self.is_archived:
            return
        self.archived_at = timezone.now() if archived else None
        self.save(update_fields=["archived_at"])
