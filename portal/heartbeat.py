"""Whether worker and beat work: each leaves a row behind, and a row that grows old is a silence.

The worker rings for itself and writes when it hears the ring, so that one which is alive but no
longer listens falls silent too. The beat writes when it has published something.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import close_old_connections
from django.db.models import Value
from django.db.models.functions import Now

from portal.models import Heartbeat, Part


def note(part: Part) -> None:
    """Write that the part works now."""
    Heartbeat.objects.update_or_create(part=part, defaults={"at": Now()})


def note_beat(**_kwargs: Any) -> None:
    """The beat has published something; it lives long, so a connection that died is replaced."""
    close_old_connections()
    note(Part.BEAT)
    close_old_connections()


def silent_parts() -> list[Part]:
    """The parts from which nothing was heard for too long, or never; one query."""
    since = Now() - Value(timedelta(seconds=settings.HEARTBEAT_SILENT_SECONDS))
    heard = set(Heartbeat.objects.filter(at__gt=since).values_list("part", flat=True))
    return [part for part in Part if part not in heard]
