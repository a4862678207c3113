"""The demo's broker in a folder: kombu's own, save that a message appears there whole.

kombu opens the file under its final name and writes afterwards; a worker that looks in between
takes an empty message and stops with an error (kombu 5.7).
"""

from __future__ import annotations

from pathlib import Path
from time import monotonic
from typing import Any
from uuid import uuid4

from kombu.exceptions import ChannelError
from kombu.transport import filesystem
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    """Writes beside the queue and renames."""

    def _put(self, queue: str, payload: Any, **_kwargs: Any) -> None:  # type: ignore[override]
        final = Path(self.data_folder_out, f"{round(monotonic() * 1000)}_{uuid4()}.{queue}.msg")
        unfinished = final.with_name(f"{final.name}.part")
        try:
            unfinished.write_text(dumps(payload), encoding="utf-8")
            unfinished.rename(final)
        except OSError as error:
            raise ChannelError("The folder of the broker takes no message.") from error


class Transport(filesystem.Transport):
    """Found under ``filesystem://`` by the alias in portal.celery."""

    Channel = Channel
