"""Where a person may go: the left nav, the bottom bar and the project switcher of every page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.utils.functional import Promise, SimpleLazyObject, cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from portal.models import User
from portal.places import (
    DATA,
    FRONT,
    HELP,
    MAILS,
    MY_ACCOUNT,
    PARTICIPANT,
    PASSWORD,
    RUN,
    SECOND_STEP,
    TRAINER,
    VERIFY,
    WORK,
    Place,
    address,
)
from projects.models import Project, all_held_by
from training.models import GroupTrainer, Participant


@dataclass(frozen=True)
class Item:
    """A place as this person sees it now."""

    href: str
    label: str | Promise
    icon: str
    current: bool = False
    short: str | Promise = ""


@dataclass(frozen=True)
class Section:
    title: str | Promise
    items: Sequence[Item]


@dataclass(frozen=True)
class Choice:
    """A project in the switcher."""

    code: str
    label: str
    current: bool


def roles_of(user: Any) -> frozenset[str]:
    """Every role held today; trainer and participant come from their own rows."""
    if not user.is_authenticated:
        return frozenset()
    rows = User.objects.filter(pk=user.pk).values_list(
        Exists(GroupTrainer.objects.filter(user=OuterRef("pk"))),
        Exists(Participant.objects.filter(user=OuterRef("pk"))),
    )
    roles = {each.role for each in all_held_by(user)}
    for teaches, learns in rows:
        roles |= {TRAINER} if teaches else set()
        roles |= {PARTICIPANT} if learns else set()
    return frozenset(roles)


def roles_here(request: Any) -> frozenset[str]:
    """The roles of whoever asks, found once a request: the nav and the access log want them."""
    if not hasattr(request, "roles"):
        request.roles = roles_of(request.user)
    found: frozenset[str] = request.roles
    return found


class Navigation:
    """Answers base.html; nothing is asked of the database before it is shown."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        match = request.resolver_match
        self.here = match.view_name if match else ""

    @cached_property
    def user(self) -> Any:
        return getattr(self.request, "user", None)

    @cached_property
    def roles(self) -> frozenset[str]:
        return roles_here(self.request) if self.user is not None else frozenset()

    @cached_property
    def _projects(self) -> list[Project]:
        if self.roles - {PARTICIPANT, TRAINER}:
            return list(Project.objects.visible_to(self.user).current())
        return []

    @cached_property
    def _project(self) -> Project | None:
        """The project of this page, else the one chosen last; a page's own choice is kept."""
        by_code = {project.code: project for project in self._projects}
        if len(by_code) == 1:
            return self._projects[0]
        session = self.request.session
        here = getattr(self.request, "chosen_project", None)
        code = here.code if here else self.request.GET.get("project")
        if code in by_code and session.get("project") != code:
            session["project"] = code
        return by_code.get(session.get("project", ""))

    @property
    def project(self) -> Choice | None:
        return next((choice for choice in self.projects if choice.current), None)

    @cached_property
    def projects(self) -> list[Choice]:
        return [Choice(p.code, p.short, p == self._project) for p in self._projects]

    @property
    def several_projects(self) -> bool:
        return len(self._projects) > 1

    @cached_property
    def _marked(self) -> str:
        """The place whose prefix fits the current view best."""
        best, found = 0, self.here
        for place in (*WORK, *RUN, *DATA):
            for prefix in place.prefixes:
                if self.here.startswith(prefix) and len(prefix) > best:
                    best, found = len(prefix), place.view
        exact = {place.view for place in (*WORK, *RUN, *DATA, HELP, FRONT, VERIFY)}
        return self.here if self.here in exact else found

    def _items(self, places: Sequence[Place]) -> list[Item]:
        items = []
        for place in places:
            href = address(place.view)
            if not href or (place.roles is not None and not place.roles & self.roles):
                continue
            if place.by_project and self._project:
                href = f"{href}?{urlencode({'project': self._project.code})}"
            here = place.view == self._marked
            items.append(Item(href, place.label, place.icon, here, place.short or place.label))
        return items

    @cached_property
    def sections(self) -> list[Section]:
        sections = (
            Section("", self._items((*WORK, *RUN))),
            Section(_("Data"), self._items(DATA)),
        )
        return [section for section in sections if section.items]

    @cached_property
    def foot(self) -> list[Item]:
        return self._items((HELP,))

    @cached_property
    def _all(self) -> list[Item]:
        return [item for section in self.sections for item in section.items]

    @property
    def bottom(self) -> list[Item]:
        """Four items at most; what does not fit stands under "More"."""
        return self._all if len(self._all) <= 4 else self._all[:3]

    @property
    def more(self) -> list[Item]:
        return [*self._all[3:], *self.foot] if len(self._all) > 4 else []

    @property
    def is_in_more(self) -> bool:
        """The current place is one that hides under "More"."""
        return any(item.current for item in self.more)

    @property
    def personal(self) -> list[Item]:
        mails = (MAILS,) if settings.DEMO else ()
        return self._items((MY_ACCOUNT, PASSWORD, SECOND_STEP, *mails, HELP))

    @cached_property
    def public(self) -> list[Item]:
        return self._items((FRONT, VERIFY))

    @property
    def home(self) -> str:
        return address("today") or "/"

    @property
    def search(self) -> str:
        return address("search") if self.roles else ""


def navigation(request: HttpRequest) -> dict[str, Any]:
    """The context processor."""
    return {"navigation": SimpleLazyObject(lambda: Navigation(request))}
