"""Pages of the network."""

from .contacts import contact_add, contact_archive, contact_edit, contact_list
from .events import (
    event_add,
    event_archive,
    event_detail,
    event_edit,
    event_hold,
    event_list,
)
from .publications import (
    delivery_add,
    delivery_edit,
    delivery_remove,
    publication_add,
    publication_archive,
    publication_detail,
    publication_edit,
    publication_list,
)
from .registrations import (
    event_came,
    group_places_add,
    head_count_add,
    item_add,
    item_edit,
    item_remove,
    person_add,
    registration_edit,
    registration_mark,
    registration_remove,
)

__all__ = [
    "contact_add",
    "contact_archive",
    "contact_edit",
    "contact_list",
    "delivery_add",
    "delivery_edit",
    "delivery_remove",
    "event_add",
    "event_archive",
    "event_came",
    "event_detail",
    "event_edit",
    "event_hold",
    "event_list",
    "group_places_add",
    "head_count_add",
    "item_add",
    "item_edit",
    "item_remove",
    "person_add",
    "publication_add",
    "publication_archive",
    "publication_detail",
    "publication_edit",
    "publication_list",
    "registration_edit",
    "registration_mark",
    "registration_remove",
]
