"""Large numbers stand here twice: small for `make test`, the promised ones for `make test-full`."""

import os

FULL = os.environ.get("FULL") == "1"


def either(small: int, full: int) -> int:
    """The number for this run."""
    return full if FULL else small


EXAMPLES = either(30, 1000)  # generated values per property
