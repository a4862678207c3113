"""The demo's children: started again when they fall, ended with all they started."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from portal.processes import MOST_FALLS, Child, end_all

ROOT = Path(__file__).resolve().parent.parent.parent
# A child that starts a grandchild, writes both process ids down and stays.
FAMILY = (
    "import subprocess, sys, os, time, pathlib;"
    "g = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']);"
    "p = pathlib.Path(sys.argv[1]); q = p.with_suffix('.new');"
    "q.write_text(f'{os.getpid()} {g.pid}'); q.rename(p); time.sleep(60)"
)


def until(holds: Callable[[], bool], seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def family(tmp_path: Path) -> tuple[Child, Path]:
    note = tmp_path / "pids"
    return Child("family", [sys.executable, "-c", FAMILY, str(note)], os.environ), note


def pids(note: Path) -> list[int]:
    until(note.exists)
    found = [int(word) for word in note.read_text().split()]
    note.unlink()
    return found


def test_end_leaves_nothing_of_the_family(tmp_path: Path) -> None:
    child, note = family(tmp_path)
    child.start()
    members = pids(note)

    end_all([child])

    until(lambda: not any(alive(pid) for pid in members), seconds=1)


def test_stubborn_child_is_killed_after_its_patience() -> None:
    deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True)"
    command = [sys.executable, "-c", f"{deaf}; time.sleep(60)"]
    child = Child("deaf", command, os.environ, patience=0.3)
    child.start()
    time.sleep(0.5)
    began = time.monotonic()

    end_all([child])

    assert child.process is not None
    assert child.process.returncode == -signal.SIGKILL
    assert time.monotonic() - began < 3


def test_killed_child_is_started_again_without_its_orphans(tmp_path: Path) -> None:
    child, note = family(tmp_path)
    child.start()
    first = pids(note)
    os.kill(first[0], signal.SIGKILL)
    until(child.has_fallen)

    assert child.restart()

    second = pids(note)
    until(lambda: not any(alive(pid) for pid in first))
    assert all(alive(pid) for pid in second)
    end_all([child])


def test_child_that_keeps_falling_is_given_up() -> None:
    child = Child("broken", [sys.executable, "-c", "raise SystemExit(1)"], os.environ)
    child.start()
    started_again = 0
    while True:
        until(child.has_fallen)
        if not child.restart():
            break
        started_again += 1

    assert started_again == MOST_FALLS


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children of their parent")
def test_killed_parent_takes_its_children_along(tmp_path: Path) -> None:
    note = tmp_path / "pids"
    code = (
        "import os, sys, time; from portal.processes import Child;"
        f"Child('family', [sys.executable, '-c', {FAMILY!r}, {str(note)!r}], os.environ).start();"
        "time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT)
    child = pids(note)[0]

    parent.kill()
    parent.wait()

    until(lambda: not alive(child))
