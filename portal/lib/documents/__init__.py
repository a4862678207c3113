"""Papers made behind the scenes: frozen facts become a file, once, whatever dies on the way.

The row is the only memory of the work: who makes it and until when (a lease by the database's
clock), how often it was tried, and the file with its fingerprint. The broker is a doorbell.
"""

from .giving import hand_out
from .line import (
    DOORBELL,
    MOST_ATTEMPTS,
    ask_all_again,
    claim,
    claim_this,
    free_leases,
    note_slow,
    retry_paper,
    ring,
)
from .making import print_one, print_together, produce
from .model import (
    DamagedFileError,
    Document,
    DocumentQuerySet,
    DocumentState,
    Failure,
    Priority,
    document_models,
    in_words,
    known_files,
    read_issued,
)

__all__ = [
    "DOORBELL",
    "MOST_ATTEMPTS",
    "DamagedFileError",
    "Document",
    "DocumentQuerySet",
    "DocumentState",
    "Failure",
    "Priority",
    "ask_all_again",
    "claim",
    "claim_this",
    "document_models",
    "free_leases",
    "hand_out",
    "in_words",
    "known_files",
    "note_slow",
    "print_one",
    "print_together",
    "produce",
    "read_issued",
    "retry_paper",
    "ring",
]
