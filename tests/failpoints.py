"""Settings under which a worker meets a fault at a named step of its work.

FAILPOINT=written:7 — the seventh time a paper has been written and not yet told the database, the
worker kills itself and all it started. Further faults are told to a living worker by a file, as
``tell`` writes it, for one paper.
"""

import contextlib
import json
import os
import resource
import signal
import time
from collections.abc import Callable
from pathlib import Path

from celery.exceptions import SoftTimeLimitExceeded

from portal.settings import *  # noqa: F403

DOCUMENT_STEP_HOOK = "tests.failpoints.at_step"
CELERY_TASK_SOFT_TIME_LIMIT = int(os.environ.get("SOFT_LIMIT", "120"))
CELERY_TASK_TIME_LIMIT = int(os.environ.get("HARD_LIMIT", "150"))
DOCUMENT_LEASE_SECONDS = int(os.environ.get("LEASE_SECONDS", DOCUMENT_LEASE_SECONDS))  # noqa: F405

ALWAYS = 10**9
_step, _, _count = os.environ.get("FAILPOINT", "none:0").partition(":")
_seen = 0


def tell(folder: Path, kind: str, pk: int = 0, times: int = ALWAYS) -> None:
    """Let whoever draws this paper, or any, meet the fault so many times."""
    _write(folder / "failpoint", {"kind": kind, "pk": pk, "times": times})


def untell(folder: Path) -> None:
    """From now on all goes well."""
    (folder / "failpoint").unlink(missing_ok=True)


def at_step(step: str, pk: int) -> None:
    """Called by portal.lib.documents at each step."""
    die(step, pk)
    if step == "drawn" and (kind := _met(Path(os.environ["VAR_DIR"]) / "failpoint", pk)):
        FAULTS[kind]()


def die(step: str, _pk: int) -> None:
    """kill -9 for the whole process group."""
    global _seen
    _seen += step == _step
    if step == _step and _seen == int(_count):
        os.killpg(os.getpgrp(), signal.SIGKILL)


def lose_the_child() -> None:
    """What the kernel does to a process that takes too much memory."""
    os.kill(os.getpid(), signal.SIGKILL)


def run_out_of_memory() -> None:
    """200 MB of addresses are fewer than the process has already."""
    before = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (200 * 2**20, before[1]))
    try:
        bytearray(300 * 2**20)
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)


def go_on_for_ever() -> None:
    """Deaf to the soft limit, too, as code in C or a broad ``except`` is."""
    while True:
        with contextlib.suppress(SoftTimeLimitExceeded):
            while True:
                time.sleep(0.05)


def take_time() -> None:
    """Long enough to be met at work."""
    time.sleep(0.3)


FAULTS: dict[str, Callable[[], None]] = {
    "lost": lose_the_child,
    "memory": run_out_of_memory,
    "endless": go_on_for_ever,
    "slow": take_time,
}


def _met(told: Path, pk: int) -> str:
    """The fault that waits for this paper; counts it before it happens."""
    try:
        fault = json.loads(told.read_text())
    except FileNotFoundError:
        return ""
    if fault["pk"] not in {0, pk} or fault["times"] < 1:
        return ""
    _write(told, {**fault, "times": fault["times"] - 1})
    return str(fault["kind"])


def _write(path: Path, fault: dict[str, object]) -> None:
    fresh = path.with_name(f"failpoint.{os.getpid()}")
    fresh.write_text(json.dumps(fault))
    fresh.rename(path)
