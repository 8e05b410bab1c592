"""Workers started: as copies of a zygote where processes can be copied, else one by one."""

from __future__ import annotations

import atexit
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from sheetprop.caller import is_in_a_shell
from sheetprop.errors import SheetpropError
from sheetprop.workers.channel import Channel, PipeChannel, SocketChannel
from sheetprop.workers.task import OUT_OF_MEMORY

BOOT = """
import importlib.util, json, sys
package, path, module, argument = json.loads(sys.argv[1])
sys.path += [one for one in path if one not in sys.path]
spec = importlib.util.spec_from_file_location(
    "sheetprop", package + "/__init__.py", submodule_search_locations=[package]
)
sys.modules["sheetprop"] = importlib.util.module_from_spec(spec)
spec.loader.exec_module(sys.modules["sheetprop"])
importlib.import_module("sheetprop.workers." + module).main(argument)
"""
"""What a new process runs: this very package, whatever else is called so where it stands."""

HEAVY = frozenset({"numpy", "pandas", "formualizer", "IPython"})
"""What must not be in a process that is copied: it may have threads, and takes memory."""

CAN_COPY = sys.platform == "linux"
LONGEST_SAID = 64 << 10


@dataclass(frozen=True, slots=True)
class End:
    """How a worker ended: its exit code (a signal is below zero), and what it said last.

    `seconds` of processor time were spent on all its files, as far as that is known.
    """

    code: int
    said: str = ""
    seconds: float = 0.0

    @property
    def is_out_of_memory(self) -> bool:
        """Whether there was no memory left."""
        return self.code in (OUT_OF_MEMORY, -signal.SIGKILL) or "memory allocation" in self.said


class Worker(Protocol):
    """A worker as its parent sees it."""

    channel: Channel

    def abandon(self) -> None:
        """Have it ended, whatever it is doing; whoever waits for it is told that it has."""

    def end(self) -> End:
        """End it, unless it has ended by itself, and say how it ended."""


class Copy:
    """A worker that a zygote made."""

    def __init__(self, control: socket.socket) -> None:
        own, others = socket.socketpair()
        self.status, its_status = socket.socketpair()
        self.errors, its_errors = os.pipe()
        os.set_blocking(its_errors, False)
        os.set_blocking(self.errors, False)
        self.channel: Channel = SocketChannel(own)
        try:
            sockets = [others.fileno(), its_status.fileno(), its_errors]
            socket.send_fds(control, [b"w"], sockets)
        finally:
            others.close()
            its_status.close()
            os.close(its_errors)

    def abandon(self) -> None:
        """Have it ended: the zygote ends workers whose status nobody waits for."""
        with suppress(OSError):
            self.status.shutdown(socket.SHUT_WR)

    def end(self) -> End:
        """End it; one that has not ended by itself is killed a moment later."""
        self.channel.close()
        try:
            with self.status:
                code, seconds = self.told()
            said = b""
            with suppress(BlockingIOError):
                said = os.read(self.errors, LONGEST_SAID)
        finally:
            os.close(self.errors)
        return End(code, said.decode("utf-8", "replace"), seconds)

    def told(self) -> tuple[int, float]:
        """Return the exit code and the seconds of processor time, as the zygote tells them."""
        for patience in (0.5, 10):
            self.status.settimeout(patience)
            with suppress(OSError, ValueError, KeyError):
                told = json.loads(self.status.recv(4096))
                return int(told["code"]), float(told["seconds"])
            self.abandon()
        return -signal.SIGTERM, 0.0


class Child:
    """A worker that was started by itself, where processes cannot be copied."""

    def __init__(self, command: Sequence[str]) -> None:
        self.process = subprocess.Popen(  # noqa: S603 - this program itself
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
        )
        if self.process.stdin is None or self.process.stdout is None:
            raise SheetpropError("no process can be started that checks a workbook")
        incoming, outgoing = self.process.stdout, self.process.stdin
        self.channel: Channel = PipeChannel(incoming, outgoing, self.abandon)

    def abandon(self) -> None:
        """Have it ended."""
        self.process.kill()

    def end(self) -> End:
        """End it."""
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(0.1)
        self.process.kill()
        self.channel.close()
        return End(self.process.wait())


class Zygote:
    """The parent's end of a zygote."""

    def __init__(self, preload: Sequence[str]) -> None:
        self.control, its_control = socket.socketpair()
        self.owner = os.getpid()
        self.process: subprocess.Popen[bytes] | None = None
        self.number = 0
        with its_control:
            if _is_fit_to_copy():
                self.number = self._copied(its_control, preload)
            else:
                self.process = self._started(its_control, preload)
        atexit.register(self.close)

    def _copied(self, its_control: socket.socket, preload: Sequence[str]) -> int:
        """Make this very process the zygote; it has nothing imported yet that is too much."""
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        number = os.fork()
        if number == 0:
            try:
                from sheetprop.workers.zygote import run

                self.control.close()
                run(its_control, preload)
            finally:
                os._exit(1)
        return number

    def _started(
        self, its_control: socket.socket, preload: Sequence[str]
    ) -> subprocess.Popen[bytes]:
        number = its_control.fileno()
        return subprocess.Popen(  # noqa: S603 - this program itself
            command("zygote", [number, *preload]),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            pass_fds=[number],
        )

    def worker(self) -> Worker:
        """Return a new worker. Raises `OSError` when the zygote is gone."""
        return Copy(self.control)

    def close(self) -> None:
        """End the zygote, and with it its workers."""
        if self.owner != os.getpid():
            return  # of a process that was copied from this one, which still needs it
        self.control.close()
        with suppress(OSError, subprocess.TimeoutExpired):
            if self.process is not None:
                self.process.wait(2)
            else:
                os.waitpid(self.number, 0)


def _is_fit_to_copy() -> bool:
    return is_in_a_shell() and threading.active_count() == 1 and not HEAVY & sys.modules.keys()


def command(module: str, argument: object) -> list[str]:
    """Return the command that starts a process of this package, isolated from where it stands."""
    if not sys.executable:
        raise SheetpropError("Python's own program is not known, so no file can be checked safely")
    here = Path.cwd()
    path = [one for one in sys.path if one and Path(one).is_absolute() and Path(one) != here]
    package = str(Path(__file__).parent.parent)
    told = json.dumps([package, path, module, argument])
    flags = ["-I", *(["-B"] if sys.dont_write_bytecode else [])]
    return [sys.executable, *flags, "-c", BOOT, told]


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}


_lock = threading.Lock()
_zygote: Zygote | None = None


def prepare(preload: Sequence[str] = ()) -> None:
    """Start what makes workers; `preload` names modules that they are going to need.

    Called before there are threads, it may copy this process, which is quicker than to start one.
    """
    if CAN_COPY:
        with _lock:
            _present(preload)


def new_worker(preload: Sequence[str] = ()) -> Worker:
    """Return a new worker."""
    if not CAN_COPY:
        return Child(command("worker", None))
    with _lock:
        with suppress(OSError):
            return _present(preload).worker()
        _present(preload).close()  # somebody has ended it
        return _present(preload, is_new=True).worker()


def _present(preload: Sequence[str], *, is_new: bool = False) -> Zygote:
    global _zygote  # noqa: PLW0603 - one for this process, started when first needed
    if _zygote is None or _zygote.owner != os.getpid() or is_new:
        _zygote = Zygote(preload)
    return _zygote
