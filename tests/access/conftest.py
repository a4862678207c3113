"""The two worlds are built once; every question is taken back after it was asked."""

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test.utils import override_settings
from django.utils import timezone

from portal.models import Heartbeat, Part
from tests.access import world as making
from tests.access.engine import Asker, kind_of

# What differs between two answers without telling anything.
CHANCE = re.compile(rb'csrfmiddlewaretoken" value="\w+"|X-CSRFToken": "\w+"|nonce="[^"]+"')


@dataclass
class Scene:
    """Own world, foreign world, and everybody's browser."""

    own: making.World
    foreign: making.World
    askers: dict[str, Asker]

    def ask(self, asker: Asker, method: str, address: str) -> str:
        """The kind of answer; whatever the question changed is undone."""
        with transaction.atomic():
            answer = asker.ask(method, address)
            transaction.set_rollback(True)
        return kind_of(answer)

    def leaks(self, asker: Asker) -> list[str]:
        """Names in the last answer that this person must not learn."""
        hidden = {self.foreign.canary}
        if asker.name in NEVER_NAMES:
            hidden.add(self.own.canary)
        if asker.name == "partner":  # this person works elsewhere
            hidden.add(self.own.rows["own_participant"].family_name)
        if asker.name == "admin" or asker.is_public:
            hidden = set()
        return [name for name in sorted(hidden) if name.encode() in asker.body]

    def absent(self, keys: dict[str, Any]) -> dict[str, Any]:
        """The same kind of keys, opening nothing."""
        return {name: ABSENT[type(value)] for name, value in keys.items()}

    def shown(self, asker: Asker, address: str) -> bytes:
        """The last answer without what is different every time."""
        return CHANCE.sub(b"", asker.body).replace(address.encode(), b"")


# A colleague in the course is no business of a participant, and nobody is a funder's.
NEVER_NAMES = {"anonymous", "funder", "participant", "stranger", "closed"}
ABSENT: dict[type, Any] = {int: 987654, str: "no-such-thing", uuid.UUID: uuid.uuid4()}


@pytest.fixture(scope="module")
def scene(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Scene]:
    folder = tmp_path_factory.mktemp("media")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=folder), transaction.atomic():
        for part in Part:  # a portal at work, however long the walk takes
            Heartbeat.objects.create(part=part, at=timezone.now() + timedelta(days=1))
        own, foreign = making.build("A"), making.build("B")
        people = making.people_of(own)
        askers = {name: Asker(name, people.get(name)) for name in making.IDENTITIES}
        yield Scene(own, foreign, askers)
        transaction.set_rollback(True)
