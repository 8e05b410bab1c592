"""A worker as its parent sees it: how to talk to it, to end it, and how it ended."""

from __future__ import annotations

import json
import os
import signal
import socket
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from sheetprop.errors import SheetpropError
from sheetprop.workers.channel import Channel, PipeChannel, SocketChannel
from sheetprop.workers.command import environment
from sheetprop.workers.task import OUT_OF_MEMORY

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
        of_a_library = "memory allocation" in self.said.casefold()  # Rust's words, and OpenBLAS's
        return self.code in (OUT_OF_MEMORY, -signal.SIGKILL) or of_a_library


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


class Lone(Copy):
    """The only worker of its parent: the very process that was to be the zygote."""

    def __init__(self, control: socket.socket, number: int) -> None:
        self.number = number
        self.is_over = False
        super().__init__(control)

    def abandon(self) -> None:
        """Have it ended."""
        if not self.is_over:
            os.kill(self.number, signal.SIGKILL)

    def told(self) -> tuple[int, float]:
        """Return the exit code and the seconds of processor time; its end closes its sockets."""
        for patience in (0.5, 10):
            self.status.settimeout(patience)
            try:
                self.status.recv(1)
            except TimeoutError:
                self.abandon()
            except OSError:
                break
            else:
                break
        self.is_over = True
        with suppress(OSError):
            _, how, usage = os.wait4(self.number, 0)
            return os.waitstatus_to_exitcode(how), round(usage.ru_utime + usage.ru_stime, 3)
        return -signal.SIGTERM, 0.0


class Child:
    """A worker that was started by itself, where processes cannot be copied."""

    def __init__(self, command: Sequence[str]) -> None:
        import subprocess  # where processes can be copied, this is never needed

        self.process = subprocess.Popen(  # noqa: S603 - this program itself
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment(),
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
        from subprocess import TimeoutExpired

        with suppress(TimeoutExpired):
            self.process.wait(0.1)
        self.process.kill()
        self.channel.close()
        return End(self.process.wait())
