"""Workers started: as copies of a zygote where processes can be copied, else one by one."""

from __future__ import annotations

import atexit
import os
import socket
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from sheetprop.caller import is_in_a_shell
from sheetprop.workers.command import command, environment
from sheetprop.workers.handles import Child, Copy, Lone, Worker

if TYPE_CHECKING:
    import subprocess

HEAVY = frozenset({"numpy", "pandas", "formualizer", "IPython"})
"""What must not be in a process that is copied: it may have threads, and takes memory."""

CAN_COPY = sys.platform == "linux"


class Zygote:
    """The parent's end of a zygote.

    A copy of this process that is wanted for one worker only becomes that worker itself; then
    `is_used_up`.
    """

    def __init__(self, preload: Sequence[str], *, is_for_one: bool = False) -> None:
        self.is_for_one = self.is_used_up = False
        self.control, its_control = socket.socketpair()
        self.owner = os.getpid()
        self.process: subprocess.Popen[bytes] | None = None
        self.number = 0
        with its_control:
            if _is_fit_to_copy():
                self.is_for_one = is_for_one
                self.number = self._copied(its_control, preload)
            else:
                self.process = self._started(its_control, preload)
        atexit.register(self.close)

    def _copied(self, its_control: socket.socket, preload: Sequence[str]) -> int:
        """Make this very process the zygote; it has nothing imported yet that is too much."""
        for stream in filter(None, (sys.stdout, sys.stderr)):  # none where they were closed
            stream.flush()
        number = os.fork()
        if number == 0:
            try:
                from sheetprop.workers.zygote import run

                self.control.close()
                run(its_control, preload, self.owner, is_for_one=self.is_for_one)
            finally:
                os._exit(1)
        return number

    def _started(
        self, its_control: socket.socket, preload: Sequence[str]
    ) -> subprocess.Popen[bytes]:
        import subprocess

        number = its_control.fileno()
        is_main = threading.current_thread() is threading.main_thread()
        return subprocess.Popen(  # noqa: S603 - this program itself
            command("zygote", [number, self.owner if is_main else 0, *preload]),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=environment(),
            pass_fds=[number],
        )

    def worker(self) -> Worker:
        """Return a new worker. Raises `OSError` when the zygote is gone."""
        if not self.is_for_one:
            return Copy(self.control)
        if self.is_used_up:
            raise ProcessLookupError
        self.is_used_up = True
        return Lone(self.control, self.number)

    def close(self) -> None:
        """End the zygote, and with it its workers."""
        if self.owner != os.getpid():
            return  # of a process that was copied from this one, which still needs it
        self.control.close()
        with suppress(OSError):
            if self.process is not None:
                _wait(self.process)
            else:
                os.waitpid(self.number, 0)


def _wait(process: subprocess.Popen[bytes]) -> None:
    import subprocess

    with suppress(subprocess.TimeoutExpired):
        process.wait(2)


def _is_fit_to_copy() -> bool:
    return is_in_a_shell() and threading.active_count() == 1 and not HEAVY & sys.modules.keys()


_lock = threading.Lock()
_zygote: Zygote | None = None


def prepare(preload: Sequence[str] = (), *, is_for_one: bool = False) -> None:
    """Start what makes workers; `preload` names modules that they are going to need.

    Called before there are threads, it may copy this process, which is quicker than to start one.
    With `is_for_one`, one worker is all that this process is going to need.
    """
    if CAN_COPY:
        with _lock:
            _present(preload, is_for_one=is_for_one)


def new_worker(preload: Sequence[str] = ()) -> Worker:
    """Return a new worker."""
    if not CAN_COPY:
        return Child(command("worker", None))
    with _lock:
        with suppress(OSError):
            return _present(preload).worker()
        _present(preload).close()  # somebody has ended it
        return _present(preload, is_new=True).worker()


def _present(preload: Sequence[str], *, is_new: bool = False, is_for_one: bool = False) -> Zygote:
    global _zygote  # noqa: PLW0603 - one for this process, started when first needed
    if _zygote is None or _zygote.owner != os.getpid() or is_new:
        _zygote = Zygote(preload, is_for_one=is_for_one)
    return _zygote
