"""Child processes of the demo: started together, started again when one falls, ended together."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

MOST_FALLS = 5  # within one minute, then the whole demo gives up
DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG: the kernel ends the child even when its parent is killed


@dataclass
class Child:
    """One process with everything it starts itself, as a group of its own.

    Its own session keeps the terminal's Ctrl-C away: the parent decides in which order to end.
    """

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    nice: int = 0
    patience: float = 5  # seconds it may take to end before it is killed
    falls: list[float] = field(default_factory=list)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it."""
        self.process = subprocess.Popen(
            self.command,
            env=dict(self.environment),
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=self._prepare,
        )

    def has_fallen(self) -> bool:
        """It ended although nobody asked it to."""
        return self.process is not None and self.process.poll() is not None

    def restart(self) -> bool:
        """Start it again, unless it falls again and again."""
        now = time.monotonic()
        self.falls = [*(fall for fall in self.falls if now - fall < 60), now]
        self._signal_group(signal.SIGKILL)  # what a killed worker leaves behind
        if len(self.falls) > MOST_FALLS:
            return False
        self.start()
        return True

    def ask_to_end(self) -> None:
        """SIGTERM: finish what you hold and go."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def end(self, asked_at: float) -> None:
        """Wait as long as the child deserves, then leave nothing of its group."""
        if self.process is None:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(max(0.1, asked_at + self.patience - time.monotonic()))
        self._signal_group(signal.SIGKILL)
        self.process.wait()

    def _signal_group(self, number: signal.Signals) -> None:
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, number)

    def _prepare(self) -> None:
        if self.nice:
            os.nice(self.nice)
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(DEATH_SIGNAL, signal.SIGTERM)


def end_all(children: Sequence[Child]) -> None:
    """Ask all first, so that they end side by side."""
    asked_at = time.monotonic()
    for child in children:
        child.ask_to_end()
    for child in children:
        child.end(asked_at)
