"""Settings under which a worker kills itself, and all it started, at a named step of its work.

FAILPOINT=written:7 — the seventh time a paper has been written and not yet told the database.
"""

import os
import signal

from portal.settings import *  # noqa: F403

DOCUMENT_STEP_HOOK = "tests.failpoints.die"

_step, _, _count = os.environ.get("FAILPOINT", "none:0").partition(":")
_seen = 0


def die(step: str, _pk: int) -> None:
    """Called by portal.lib.documents at each step; kill -9 for the whole process group."""
    global _seen
    _seen += step == _step
    if step == _step and _seen == int(_count):
        os.killpg(os.getpgrp(), signal.SIGKILL)
