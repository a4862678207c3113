"""What people do in the network beside keeping plain rows: register, mark, hold, deliver, agree."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from network.models import Contact, Delivery, Event, EventState, Publication, Registration
from network.rules import stock
from projects.actions import keep
from projects.models import Organisation
from training.models import Group, Participant


def register_group(*, event: Event, group: Group) -> int:
    """Give a place to everyone who is in the group now; returns how many were new."""
    with transaction.atomic():
        Event.objects.select_for_update().get(pk=event.pk)
        there = event.registrations.filter(participant__isnull=False)
        enrolled = group.enrolments.counted().exclude(
            participant__in=there.values_list("participant")
        )
        places = [
            Registration(
                event=event,
                participant_id=participant,
                organisation_id=organisation,
                is_demo=event.is_demo or group.is_demo,
            )
            for participant, organisation in enrolled.values_list("participant", "organisation")
        ]
        Registration.objects.bulk_create(places, batch_size=500)
    return len(places)


def register_person(
    *, event: Event, participant: Participant | None = None, contact: Contact | None = None
) -> Registration:
    """Give a place to one person: a participant, or a contact of the network."""
    sender = _sender(event, participant) if participant else getattr(contact, "organisation", None)
    is_demo = event.is_demo or bool(participant and participant.is_demo)
    with transaction.atomic():
        Event.objects.select_for_update().get(pk=event.pk)
        place, _is_new = event.registrations.get_or_create(
            participant=participant,
            contact=contact,
            defaults={"organisation": sender, "is_demo": is_demo},
        )
    return place


def _sender(event: Event, participant: Participant) -> Organisation | None:
    """Who sent the person to a group of the project, last if to several."""
    enrolled = participant.enrolments.counted().filter(group__programme__project=event.project_id)
    place = enrolled.select_related("organisation").order_by("-since", "-pk").first()
    return place.organisation if place else None


def mark_came(*, registrations: QuerySet[Registration], attended: bool | None) -> int:
    """Say of these places that people came, that they did not, or take it back."""
    with transaction.atomic():
        return registrations.update(attended=attended)


def hold_event(*, event: Event) -> Event:
    """Say that an event was held; from now on indicators count it."""
    if event.state == EventState.CANCELLED:
        raise ValidationError(_("A cancelled event was not held. Change its state first."))
    with transaction.atomic():
        event.state = EventState.HELD
        event.save(update_fields=["state"])
    return event


def deliver(*, delivery: Delivery) -> Delivery:
    """Hand over copies, or change how many; never more than were printed, if that is known."""
    delivery.full_clean()
    with transaction.atomic():
        publication = Publication.objects.select_for_update().get(pk=delivery.publication_id)
        others = publication.deliveries.exclude(pk=delivery.pk)
        left = stock(publication.printed_copies, others.total())
        if left is not None and delivery.copies > left:
            said = ngettext("Only %(count)d copy is left.", "Only %(count)d copies are left.", left)
            raise ValidationError({"copies": said % {"count": left}})
        delivery.save()
    return delivery


def keep_publication(*, publication: Publication) -> Publication:
    """Change a publication once no delivery is on its way, so that its copies are counted."""
    with transaction.atomic():
        Publication.objects.select_for_update().get(pk=publication.pk)
        return keep(row=publication)


def keep_contact(*, contact: Contact, agreed: bool) -> Contact:
    """Save a contact. E-mail and phone stay only while the person agrees to be contacted."""
    if not agreed:
        contact.opted_in_at = None
        contact.email = contact.phone = ""
    elif contact.opted_in_at is None:
        contact.opted_in_at = timezone.now()
    return keep(row=contact)
