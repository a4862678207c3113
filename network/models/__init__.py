"""Who is around: contacts, events, publications."""

from .contacts import Contact
from .events import Event, EventKind, EventState, ProgrammePart, Registration
from .publications import Delivery, Publication, PublicationKind
from .reach import READERS

__all__ = [
    "READERS",
    "Contact",
    "Delivery",
    "Event",
    "EventKind",
    "EventState",
    "ProgrammePart",
    "Publication",
    "PublicationKind",
    "Registration",
]
