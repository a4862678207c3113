"""Where uploads are kept."""

from __future__ import annotations

import os
from pathlib import Path, PurePath
from secrets import token_hex
from typing import Any

from django.core.files.storage import FileSystemStorage


class WholeFileStorage(FileSystemStorage):
    """A file is there whole or not at all: a disk that fills up leaves no half one behind."""

    def _save(self, name: str, content: Any) -> str:
        part = str(PurePath(name).with_name(f"{token_hex(8)}.part"))
        try:
            super()._save(part, content)  # type: ignore[misc]  # the stubs lack it
            while True:
                try:
                    os.link(self.path(part), self.path(name))
                    return name
                except FileExistsError:  # taken since the name was chosen
                    name = self.get_available_name(name)
        finally:
            Path(self.path(part)).unlink(missing_ok=True)
