"""Large numbers stand here twice: small for `make test`, the promised ones for `make test-full`."""

import os

FULL = os.environ.get("FULL") == "1"


def either[T](small: T, full: T) -> T:
    """The number, or the list of cases, for this run."""
    return full if FULL else small


EXAMPLES = either(30, 1000)  # generated values per property
