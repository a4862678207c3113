"""One rule said twice: lists by ``for_roles``, one project at hand by ``has_role``."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.access import GIVEN_ROLES, Grant, ScopeKind
from portal.actions import give_role, take_role
from projects.access import has_role
from projects.models import Membership, Project, Role, all_held_by
from tests.factories import (
    MembershipFactory,
    OrganisationFactory,
    PartnershipFactory,
    ProgrammeFactory,
    ProjectFactory,
    UserFactory,
)

YESTERDAY = timezone.localdate() - timedelta(days=1)


@pytest.fixture
def place(db):
    """An organisation that leads one project and takes part in another; a programme; a stranger."""
    own, programme = OrganisationFactory(), ProgrammeFactory()
    projects = {
        "led": ProjectFactory(lead=own),
        "shared": PartnershipFactory(organisation=own).project,
        "programme": ProjectFactory(programme=programme),
        "archived": ProjectFactory(lead=own, archived_at=timezone.now()),
        "other": ProjectFactory(lead=None),
    }
    scopes = {
        "everything": {},
        "organisation": {"organisation": own},
        "programme": {"programme": programme},
        "project": {"project": projects["other"]},
    }
    return projects, scopes


REACHED = {
    "everything": {"led", "shared", "programme", "archived", "other"},
    "organisation": {"led", "archived"},
    "programme": {"programme"},
    "project": {"other"},
}


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("scope", list(REACHED))
def test_list_and_single_project_say_the_same(place, role, scope):
    projects, scopes = place
    user = MembershipFactory(role=role, **scopes[scope]).user
    is_partner = role == Role.PARTNER and scope == "organisation"

    listed = set(Project.objects.for_roles(user, role))

    assert listed == {projects[code] for code in ({"shared"} if is_partner else REACHED[scope])}
    assert {each for each in projects.values() if has_role(user, each, role)} == listed
    others = [other for other in Role if other != role]
    assert not Project.objects.for_roles(user, *others).exists()
    assert not any(has_role(user, each, *others) for each in projects.values())


@pytest.mark.parametrize("scope", list(REACHED))
def test_what_has_ended_reaches_nothing(place, scope):
    projects, scopes = place
    user = MembershipFactory(role=Role.AUDITOR, valid_to=YESTERDAY, **scopes[scope]).user

    assert not Project.objects.for_roles(user, *Role).exists()
    assert not any(has_role(user, each, *Role) for each in projects.values())


def test_no_role_named_and_no_project_saved_open_nothing(place):
    projects, scopes = place
    user = MembershipFactory(role=Role.COORDINATOR, **scopes["organisation"]).user

    assert not Project.objects.for_roles(user).exists()
    assert not has_role(user, projects["led"])
    assert not has_role(user, Project(), *Role)


def test_account_at_hand_knows_what_it_was_given_and_what_was_taken(place):
    projects, _scopes = place
    user = UserFactory()
    grant = Grant(GIVEN_ROLES[Role.AUDITOR].code, ScopeKind.PROJECT, projects["other"])
    assert not all_held_by(user)

    give_role(user=user, grant=grant, valid_to=YESTERDAY)
    assert not all_held_by(user)
    given = give_role(user=user, grant=grant, valid_to=timezone.localdate())
    assert has_role(user, projects["other"], Role.AUDITOR)
    assert isinstance(given, Membership)
    given.user = user
    take_role(membership=given)
    assert not has_role(user, projects["other"], Role.AUDITOR)


def test_last_day_of_a_role_is_asked_anew_on_the_next(place, monkeypatch):
    projects, _scopes = place
    today = timezone.localdate()
    user = MembershipFactory(role=Role.AUDITOR, project=projects["other"], valid_to=today).user
    assert has_role(user, projects["other"], Role.AUDITOR)

    monkeypatch.setattr(timezone, "localdate", lambda: today + timedelta(days=1))

    assert not has_role(user, projects["other"], Role.AUDITOR)
