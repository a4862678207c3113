"""The back office shows rows and changes none: the pages of the portal keep the rules."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.contrib import admin
from django.urls import reverse
from django.utils import timezone

from network.models import Registration
from projects.models import Membership, Role
from tests.factories import MembershipFactory, OrganisationFactory
from tests.network.world import World, delivery, event, heads, publication

pytestmark = pytest.mark.django_db

OWN = {"portal", "projects", "training", "network", "certificates"}


@pytest.fixture
def staff(client):
    administrator = MembershipFactory(role=Role.ADMIN)
    client.force_login(administrator.user)
    return client


def at(row, page="change"):
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{page}", args=[row.pk])


def test_nothing_of_ours_is_written_in_the_back_office(rf):
    request = rf.get("/")
    request.user = MembershipFactory(role=Role.ADMIN).user
    registered = {m: a for m, a in admin.site._registry.items() if m._meta.app_label in OWN}
    writable = [
        model.__name__
        for model, room in registered.items()
        for asked in (room, *room.get_inline_instances(request))
        if asked.has_add_permission(request, None)
        or asked.has_change_permission(request)
        or (asked.has_delete_permission(request) and getattr(asked, "can_delete", True))
    ]

    assert writable == []
    assert {model._meta.app_label for model in registered} == OWN


@pytest.mark.parametrize("app", sorted(OWN))
def test_lists_open(staff, app):
    shown = [m for m in apps.get_app_config(app).get_models() if m in admin.site._registry]
    pages = [reverse(f"admin:{app}_{model._meta.model_name}_changelist") for model in shown]

    assert {staff.get(page).status_code for page in pages} == {200}


def test_a_former_state_is_no_form(staff):
    """The history of the package takes a whole former row back; here it is only looked at."""
    held = Membership.objects.get()
    other = MembershipFactory(role=Role.COORDINATOR, organisation=OrganisationFactory()).user
    record = held.history.create(
        **{f.attname: getattr(held, f.attname) for f in held._meta.fields},
        history_date=timezone.now(),
        history_type="~",
    )
    page = reverse("admin:projects_membership_simple_history", args=[held.pk, record.pk])
    whole = {"user": other.pk, "role": "admin", "everything": "on"}

    assert staff.post(page, whole).status_code == 403
    held.refresh_from_db()
    assert held.user != other


def test_a_place_at_an_event_cannot_be_changed_there(staff):
    world = World()
    seminar, brochure = event(world.project), publication(world.project)
    place = heads(seminar, 5)
    delivery(brochure, 3)
    shown = [staff.get(at(row)) for row in (place, seminar, brochure)]
    refused = [staff.post(at(place, page), {"people": 9}) for page in ("change", "delete")]

    assert [page.context["has_change_permission"] for page in shown] == [False] * 3
    assert [answer.status_code for answer in refused] == [403, 403]
    assert Registration.objects.get().people == 5
