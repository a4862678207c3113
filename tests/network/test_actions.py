"""Registering, holding, delivering, agreeing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor, wait
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import override

from network import actions
from network.models import Delivery, Publication, Registration
from tests.factories import EnrolmentFactory, OrganisationFactory
from tests.network.world import contact, delivery, event, heads, place, publication


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


def test_a_group_is_registered_once_and_newcomers_later(world):
    seminar = event(world.project, state="planned")

    assert actions.register_group(event=seminar, group=world.group) == 2
    EnrolmentFactory(group=world.group)
    EnrolmentFactory(group=world.group, state="withdrawn")
    assert actions.register_group(event=seminar, group=world.group) == 1
    assert seminar.registrations.count() == 3
    assert set(seminar.registrations.values_list("people", "attended")) == {(1, None)}
    assert seminar.registrations.filter(organisation=world.town).count() == 2


def test_all_others_came_leaves_those_marked(world):
    seminar = event(world.project)
    anna, zane = (place(seminar, person, attended=None) for person in world.people)
    actions.mark_came(registrations=Registration.objects.filter(pk=anna.pk), attended=False)

    changed = actions.mark_came(
        registrations=seminar.registrations.filter(attended=None), attended=True
    )

    anna.refresh_from_db()
    zane.refresh_from_db()
    assert (changed, anna.attended, zane.attended) == (1, False, True)


def test_a_cancelled_event_was_not_held(world):
    with pytest.raises(ValidationError, match="cancelled event"):
        actions.hold_event(event=event(world.project, state="cancelled"))


def test_no_more_copies_than_were_printed(world):
    brochure = publication(world.project, printed_copies=100)
    first = delivery(brochure, 60)
    more = Delivery(publication=brochure, copies=41, date=date(2026, 3, 6), recipient="x")
    with pytest.raises(ValidationError) as refused:
        actions.deliver(delivery=more)

    assert refused.value.message_dict == {"copies": ["Only 40 copies are left."]}
    assert brochure.deliveries.count() == 1
    more.copies = 40
    actions.deliver(delivery=more)
    first.copies = 61  # changing counts the others, not itself
    with pytest.raises(ValidationError, match="Only 60 copies are left"):
        actions.deliver(delivery=first)


def test_no_fewer_copies_were_printed_than_handed_over(world):
    brochure = publication(world.project, printed_copies=100)
    delivery(brochure, 60)
    brochure.printed_copies = 59
    with pytest.raises(ValidationError) as refused:
        actions.keep_publication(publication=brochure)

    assert refused.value.message_dict == {"printed_copies": ["60 copies were handed over already."]}
    brochure.printed_copies = 60
    assert actions.keep_publication(publication=brochure).printed_copies == 60
    brochure.printed_copies = None  # nobody knows any more, which is no contradiction
    assert actions.keep_publication(publication=brochure).printed_copies is None


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_a_run_is_not_cut_under_a_delivery_on_its_way(world):
    brochure = publication(world.project, printed_copies=100)
    more = Delivery(publication=brochure, copies=60, date=date(2026, 3, 6), recipient="x")

    smaller = Publication.objects.get()
    smaller.printed_copies = 50

    def cut():
        try:
            actions.keep_publication(publication=smaller)
        except ValidationError as error:
            return list(error.message_dict)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as threads:
        with transaction.atomic():
            actions.deliver(delivery=more)
            answer = threads.submit(cut)
            assert wait([answer], timeout=0.5).done == set()
        assert answer.result(timeout=30) == ["printed_copies"]

    brochure.refresh_from_db()
    assert (brochure.printed_copies, brochure.deliveries.total()) == (100, 60)


def test_an_unknown_run_limits_nothing(world):
    brochure = publication(world.project, printed_copies=None)

    assert actions.deliver(
        delivery=Delivery(publication=brochure, copies=10**6, date=date(2026, 1, 1), recipient="x")
    ).pk


def test_addresses_stay_only_while_the_person_agrees(world):
    person = contact(world.project)
    person.email, person.phone = "anna@example.org", "+371 20000000"
    actions.keep_contact(contact=person, agreed=True)
    since = person.opted_in_at
    actions.keep_contact(contact=person, agreed=True)
    assert (person.email, person.opted_in_at) == ("anna@example.org", since)

    actions.keep_contact(contact=person, agreed=False)
    person.refresh_from_db()
    assert (person.email, person.phone, person.opted_in_at) == ("", "", None)


def test_an_organisation_with_head_counts_cannot_be_removed_silently(world):
    from django.db.models import ProtectedError

    town = OrganisationFactory()
    heads(event(world.project), 3, organisation=town)
    with pytest.raises(ProtectedError):
        town.delete()
