"""The process that workers are copies of: everything is imported, and no file was ever seen.

Forking it takes a few milliseconds, starting Python and importing the rest a hundred. It has one
thread and reads nothing but one byte for each worker that is wanted, which comes with the worker's
sockets. When the parent is gone, however it ended, its socket ends, and so do all workers.
"""

from __future__ import annotations

import gc
import json
import os
import select
import signal
import socket
import sys
from collections.abc import Iterable
from contextlib import suppress
from importlib import import_module
from typing import NoReturn

from sheetprop.workers.channel import SocketChannel

LOOK_AROUND = 1.0
"""Seconds after which the zygote looks whether its parent still lives."""

SETTINGS = {
    **dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1"),
    # A library in Rust that runs out of memory while it prints a backtrace waits for itself.
    **dict.fromkeys(("RUST_BACKTRACE", "RUST_LIB_BACKTRACE"), "0"),
}


def run(
    control: socket.socket,
    preload: Iterable[str],
    parent: int = 0,
    *,
    is_for_one: bool = False,
) -> NoReturn:
    """Make workers as long as the parent wants some, and end this process.

    If it `is_for_one` worker only, it becomes that worker itself, which saves a copy.

    It ends with `parent`, the number of the parent where its main thread started this process:
    the system sees the end of that thread, also while modules are imported here.
    """
    try:
        if parent:
            _end_with(parent)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # a key typed is for the parent
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        _leave_the_outside(control)
        for module in ("ctypes", "sheetprop.workers.worker", *preload):
            with suppress(ImportError):  # the worker that needs it says so
                import_module(module)
        gc.freeze()  # what all workers share is not looked at by each, which would copy it
        zygote = Zygote(control)
        if is_for_one:
            zygote.become_the_only_worker()
        else:
            zygote.run()
    finally:
        os._exit(0)


def _leave_the_outside(control: socket.socket) -> None:
    """Keep nothing open that belongs to the parent, and stay out of the folder it stands in."""
    here = os.getcwd()  # noqa: PTH109 - compared with texts
    sys.path[:] = [path for path in sys.path if path and os.path.abspath(path) != here]  # noqa: PTH100
    os.chdir("/")
    os.environ.update(SETTINGS)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in range(3):
        os.dup2(nowhere, number)
    for number in map(int, os.listdir("/dev/fd")):  # noqa: PTH208 - numbers, no paths
        if number > 2 and number != control.fileno():
            with suppress(OSError):  # the one that listed them
                os.close(number)


class Zygote:
    """The process that makes workers; `workers` has the status socket of each by its number."""

    def __init__(self, control: socket.socket) -> None:
        self.control = control
        self.parent = os.getppid()
        self.workers: dict[int, socket.socket] = {}

    def run(self) -> None:
        """Make workers, and tell of those that end, until the parent is gone."""
        reading, writing = os.pipe()
        os.set_blocking(writing, False)
        os.set_blocking(reading, False)
        signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
        while os.getppid() == self.parent:
            wanted = {self.control.fileno(): 0, reading: 0}
            wanted |= {status.fileno(): number for number, status in self.workers.items()}
            ready, _, _ = select.select(list(wanted), [], [], LOOK_AROUND)
            if reading in ready:
                with suppress(BlockingIOError):
                    os.read(reading, 4096)
            self.tell_of_the_ended()
            for status in ready:
                if wanted[status] in self.workers:
                    self.end(wanted[status])
            if self.control.fileno() in ready and not self.make():
                break
        for number in list(self.workers):
            self.end(number)

    def become_the_only_worker(self) -> None:
        """Be the worker that the parent wants; its status is held open for as long as it lives."""
        sockets = self.wanted()
        if sockets:
            channel, _, errors = sockets
            self.become_worker(channel, errors)

    def wanted(self) -> list[int]:
        """Wait until a worker is wanted; return its sockets, none when the parent is gone."""
        message, sockets, _, _ = socket.recv_fds(self.control, 1, 3)
        return sockets if message and len(sockets) == 3 else []

    def make(self) -> bool:
        """Make the worker that is wanted; return False when the parent is gone."""
        sockets = self.wanted()
        if not sockets:
            return False
        channel, status, errors = sockets
        zygote = os.getpid()
        number = os.fork()
        if number == 0:
            try:
                _end_with(zygote)
                os.close(status)
                self.become_worker(channel, errors)
            finally:
                os._exit(1)
        os.close(channel)
        os.close(errors)
        self.workers[number] = socket.socket(fileno=status)
        return True

    def become_worker(self, channel: int, errors: int) -> None:
        """Be a worker, in this very process."""
        from sheetprop.workers.worker import serve

        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.dup2(errors, 2)
        os.close(errors)
        self.control.close()
        for other in self.workers.values():
            other.close()
        serve(SocketChannel(socket.socket(fileno=channel)))

    def tell_of_the_ended(self) -> None:
        """Tell the parent how workers ended, and what they took."""
        while self.workers:
            number, how, usage = os.wait4(-1, os.WNOHANG)
            if number == 0:
                return
            status = self.workers.pop(number, None)
            if status is not None:
                seconds = round(usage.ru_utime + usage.ru_stime, 3)
                told = {"code": os.waitstatus_to_exitcode(how), "seconds": seconds}
                with suppress(OSError):
                    status.sendall(json.dumps(told).encode("ascii"))
                status.close()

    def end(self, number: int) -> None:
        """End a worker that the parent has given up."""
        with suppress(ProcessLookupError):
            os.kill(number, signal.SIGKILL)


def _end_with(parent: int) -> None:
    """Let the system end this process when the one that started it ends, where it can."""
    if sys.platform == "linux":
        with suppress(OSError, AttributeError, ImportError):
            import ctypes

            ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
    if os.getppid() != parent:
        os._exit(0)


def main(argument: list[object]) -> NoReturn:
    """Be the zygote of a parent that started this process, from its socket's number, and modules.

    Between them stands the parent's number, 0 where another than its main thread started this.
    """
    number, parent, *preload = argument
    run(socket.socket(fileno=int(str(number))), map(str, preload), int(str(parent)))
