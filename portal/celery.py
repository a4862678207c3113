"""The Celery application; its settings, with the static beat schedule, stand in portal.settings."""

import logging
import os
from typing import Any

from celery import Celery, bootsteps
from django.conf import settings
from kombu.transport import TRANSPORT_ALIASES

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

TRANSPORT_ALIASES["filesystem"] = "portal.lib.folder:Transport"

app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

log = logging.getLogger(__name__)


class Pulse(bootsteps.StartStopStep):
    """A worker rings for itself, and anew after each reconnection; what it hears it writes down.

    See portal.heartbeat: a worker that lives but no longer listens falls silent this way.
    """

    requires = ("celery.worker.consumer.tasks:Tasks",)

    def __init__(self, consumer: Any, **kwargs: Any) -> None:
        self.timer: Any = None
        super().__init__(consumer, **kwargs)

    def start(self, consumer: Any) -> None:
        """Ring now, and then again and again."""
        ring()
        self.timer = consumer.timer.call_repeatedly(settings.HEARTBEAT_SECONDS, ring)

    def stop(self, consumer: Any) -> None:
        """The connection is gone or the worker ends."""
        if self.timer is not None:
            consumer.timer.cancel(self.timer)
            self.timer = None


def ring() -> None:
    """One ring; if the broker is away it is not repeated, for the next one comes soon."""
    try:
        app.send_task("portal.tasks.pulse", expires=3 * settings.HEARTBEAT_SECONDS, retry=False)
    except Exception as error:  # whatever keeps the broker away, the worker's work goes on
        log.warning("The pulse was not sent: %s", type(error).__name__)


app.steps["consumer"].add(Pulse)
