"""What people do with projects: keep, put away, remove, enter and approve, remember."""

from .figures import approve_value, record_value, take_snapshots
from .reports import note_submission, take_back_submission
from .rows import archive, keep, remove, restore

__all__ = [
    "approve_value",
    "archive",
    "keep",
    "note_submission",
    "record_value",
    "remove",
    "restore",
    "take_back_submission",
    "take_snapshots",
]
