"""The broker in a folder: nobody ever takes a message that is still being written."""

from __future__ import annotations

from pathlib import Path
from queue import Empty
from typing import Any

import pytest
from kombu import Connection
from kombu.transport import filesystem

from portal.lib import folder


class Nosy:
    """A message during whose writing another one looks into the queue."""

    def __init__(self, reader: Any) -> None:
        self.reader, self.found = reader, ""

    def __json__(self) -> str:
        try:
            self.found = self.reader._get("papers")
        except Empty:
            self.found = "nothing yet"
        return "written"


def channel_of(transport: Any, path: Path) -> Any:
    for name in ("messages", "control"):
        (path / name).mkdir()
    place = str(path / "messages")
    options = {"data_folder_in": place, "data_folder_out": place}
    options["control_folder"] = str(path / "control")
    return Connection(transport=transport, transport_options=options).channel()


def test_message_appears_when_it_is_whole(tmp_path: Path) -> None:
    channel = channel_of(folder.Transport, tmp_path)
    message = Nosy(channel)
    channel._put("papers", message)

    assert message.found == "nothing yet"
    assert channel._get("papers") == "written"
    assert list((tmp_path / "messages").iterdir()) == []


def test_kombus_own_lets_a_worker_take_it_empty(tmp_path: Path) -> None:
    """The twin: the day this fails, our own is no longer needed."""
    channel = channel_of(filesystem.Transport, tmp_path)

    with pytest.raises(ValueError, match="Expecting value"):
        channel._put("papers", Nosy(channel))


def test_portal_uses_it_under_the_usual_name() -> None:
    assert isinstance(Connection("filesystem://").transport, folder.Transport)
