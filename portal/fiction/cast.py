"""The accounts of the demo: one of each role, at a domain that can never receive mail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from portal import demo
from portal.models import User
from projects.models import Membership, Organisation, Programme, Project, Role
from training.models import Group, GroupTrainer, Participant

LATGALE, LLI = "latgale-lll", "lli-317"
ESF, ERASMUS = "esf-4-3-5-4", "erasmus-emotional-wellbeing"


@dataclass(frozen=True)
class Player:
    """One account of the cast; the people are invented."""

    key: str
    given: str
    family: str

    @property
    def email(self) -> str:
        return f"{self.key}@{demo.DOMAIN}"


_ALL = (
    Player("admin", "Ārija", "Zvaigžņtilta"),
    Player("coordinator", "Ilze", "Vizbulkalne"),
    Player("zemgale", "Gatis", "Priežkalns"),
    Player("municipality", "Vēsma", "Ķiršlauka"),
    Player("trainer", "Māris", "Rudzulauks"),
    Player("participant", "Laura", "Kamolzara"),
    Player("graduate", "Dzintra", "Šalkdārza"),
    Player("funder", "Ērika", "Sniedzkalne"),
    Player("other-funder", "Juris", "Lāčezers"),
    Player("officer", "Žanete", "Mežroža"),
    Player("auditor", "Oskars", "Ūdrkrasts"),
)
PLAYERS = {each.key: each for each in _ALL}


def make_accounts() -> dict[str, User]:
    """The cast by its keys, all with the one password of the demo."""
    word = demo.password()
    return {key: _account(each, word) for key, each in PLAYERS.items()}


def make_trainer(key: str, given: str, family: str) -> User:
    """A trainer beside the cast: a name in the lists, no password and so no line at the start."""
    return _account(Player(f"trainer-{key}", given, family), None)


def give_roles(cast: dict[str, User], today: date) -> None:
    """Who may see what. Trainers and participants are linked where their groups are made."""
    latgale = Project.objects.select_related("programme", "lead").get(code=LATGALE)
    _member(cast["admin"], Role.ADMIN, everything=True)
    _member(cast["coordinator"], Role.COORDINATOR, organisation=latgale.lead)
    _member(cast["officer"], Role.OFFICER, organisation=latgale.lead)
    _member(cast["funder"], Role.FUNDER, programme=latgale.programme)
    _member(cast["auditor"], Role.AUDITOR, project=latgale, valid_to=today + timedelta(365))
    town = Organisation.objects.get(code="rezeknes-pilseta")
    _member(cast["municipality"], Role.PARTNER, organisation=town)
    for code, player in ((ERASMUS, "coordinator"), (ESF, "zemgale")):
        if project := Project.objects.filter(code=code).first():
            _member(cast[player], Role.COORDINATOR, project=project)
    if lli := Project.objects.filter(code=LLI).select_related("lead").first():
        _member(cast["zemgale"], Role.COORDINATOR, organisation=lli.lead)
    if esf := Programme.objects.filter(projects__code=ESF).first():
        _member(cast["other-funder"], Role.FUNDER, programme=esf)


def let_teach(trainer: User, group: Group) -> None:
    GroupTrainer.objects.get_or_create(group=group, user=trainer)


def let_learn(user: User, participant: Participant) -> None:
    participant.user, participant.email = user, user.email
    participant.save(update_fields=["user", "email"])


def _account(player: Player, password: str | None) -> User:
    known = User.objects.filter(email=player.email).first()
    if known:
        return known
    return User.objects.create_user(
        player.email, password, first_name=player.given, last_name=player.family
    )


def _member(user: User, role: Role, **scope: Any) -> None:
    valid_to = scope.pop("valid_to", None)
    Membership.objects.get_or_create(user=user, role=role, **scope, defaults={"valid_to": valid_to})
