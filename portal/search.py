"""One search over what the person may see: projects, groups, people, certificates, organisations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from certificates.models import Certificate
from portal.lib.text import search_key
from projects.access import can_read_organisations
from projects.doors import Words
from projects.models import Organisation, Project
from training.models import Enrolment, Group, Participant

SHOWN = 8
LONGEST = 200


@dataclass(frozen=True)
class Hit:
    """One thing found: its name, what tells it from its namesakes, where it is."""

    title: str
    detail: str
    url: str


@dataclass(frozen=True)
class Section:
    """The hits of one kind; ``more`` says that not all are shown."""

    heading: Words
    icon: str
    hits: Sequence[Hit]
    more: bool


def find(user: Any, typed: str) -> list[Section]:
    """All kinds in which something was found, one or two queries each."""
    words = search_key(typed[:LONGEST]).split()
    if not words:
        return []
    sections = (
        _section(_("Projects"), "folders", _projects(user, typed[:LONGEST]), _project),
        _section(_("Groups"), "school", _groups(user, words), _group),
        _section(_("People"), "users", _people(user, words), _person),
        _section(
            _("Certificates"), "certificate-2", _certificates(user, typed[:LONGEST]), _certificate
        ),
        _section(
            _("Organisations"), "building-community", _organisations(user, words), _organisation
        ),
    )
    return [section for section in sections if section.hits]


def _section(heading: Words, icon: str, rows: QuerySet[Any], hit: Callable[[Any], Hit]) -> Section:
    found = list(rows[: SHOWN + 1])
    return Section(heading, icon, [hit(row) for row in found[:SHOWN]], len(found) > SHOWN)


def _holding(rows: QuerySet[Any], words: Iterable[str], *paths: str) -> QuerySet[Any]:
    """Rows in which every word stands in one of the search keys at ``paths``."""
    for word in words:
        anywhere = Q()
        for path in paths:
            anywhere |= Q(**{f"{path}__contains": word})
        rows = rows.filter(anywhere)
    return rows


def _projects(user: Any, typed: str) -> QuerySet[Project]:
    return Project.objects.visible_to(user).called(typed).select_related("programme")


def _project(row: Project) -> Hit:
    return Hit(row.title, row.programme.name, row.get_absolute_url())


def _groups(user: Any, words: list[str]) -> QuerySet[Group]:
    seen = Group.objects.visible_to(user).select_related("site", "programme__project")
    return _holding(
        seen,
        words,
        "search_key",
        "site__search_key",
        "programme__search_key",
        "programme__project__search_key",
    )


def _group(row: Group) -> Hit:
    where = (row.site, row.programme, row.project.short)
    return Hit(str(row), " · ".join(str(each) for each in where if each), row.get_absolute_url())


def _people(user: Any, words: list[str]) -> QuerySet[Participant]:
    seen = Enrolment.objects.visible_to(user).select_related("group__programme__project")
    readable = Participant.objects.readable_by(user).filter(pk=OuterRef("pk"))
    # Himself a participant finds under his courses.
    people = Participant.objects.visible_to(user).exclude(user=user).current()
    people = people.annotate(is_readable=Exists(readable))
    return _holding(people, words, "search_key").prefetch_related(
        Prefetch("enrolments", seen.order_by("-since", "pk"), to_attr="seen_enrolments")
    )


def _person(row: Any) -> Hit:
    """Leads to the person's page, or a trainer, who reads names only, to the group."""
    groups = [f"{each.group}, {each.group.project.short}" for each in row.seen_enrolments[:2]]
    page = row if row.is_readable else row.seen_enrolments[0].group
    return Hit(row.list_name, " · ".join(groups), page.get_absolute_url())


def _certificates(user: Any, typed: str) -> QuerySet[Certificate]:
    return Certificate.objects.visible_to(user).search(typed).select_related("project")


def _certificate(row: Certificate) -> Hit:
    return Hit(row.display_number, f"{row.holder} · {row.project.short}", row.get_absolute_url())


def _organisations(user: Any, words: list[str]) -> QuerySet[Organisation]:
    rows = (
        Organisation.objects.all() if can_read_organisations(user) else Organisation.objects.none()
    )
    return _holding(rows, words, "search_key")


def _organisation(row: Organisation) -> Hit:
    return Hit(row.name, row.get_kind_display(), row.get_absolute_url())
