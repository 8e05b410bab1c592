"""Messages between the parent and a worker: a length, then so many bytes."""

from __future__ import annotations

import socket
import struct
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import IO, Protocol

LENGTH = struct.Struct(">Q")
LONGEST = 128 << 20
"""Bytes of one message: a report beyond it is none that anybody reads."""


class Ended(Exception):  # noqa: N818 - a condition
    """The other side is gone, or says what it must not."""


class Late(Exception):  # noqa: N818 - a condition
    """The other side takes too long."""


class Channel(Protocol):
    """One end of a connection."""

    def send(self, message: bytes) -> None:
        """Send a message. Raises `Ended`."""

    def receive(self, seconds: float | None = None) -> bytes:
        """Return the next message. Raises `Ended`, or `Late` after so many seconds."""

    def close(self) -> None:
        """End the connection; whoever waits for a message gets `Ended`."""


class SocketChannel:
    """A connection by a socket."""

    def __init__(self, own: socket.socket) -> None:
        self.socket = own

    def send(self, message: bytes) -> None:
        """Send a message."""
        try:
            self.socket.settimeout(None)
            self.socket.sendall(LENGTH.pack(len(message)) + message)
        except OSError as error:
            raise Ended from error

    def receive(self, seconds: float | None = None) -> bytes:
        """Return the next message."""
        end = None if seconds is None else time.monotonic() + seconds
        (length,) = LENGTH.unpack(self._exactly(LENGTH.size, end))
        if length > LONGEST:
            raise Ended
        return self._exactly(length, end)

    def _exactly(self, length: int, end: float | None) -> bytes:
        content = bytearray()
        while len(content) < length:
            try:
                self.socket.settimeout(None if end is None else max(end - time.monotonic(), 0.001))
                piece = self.socket.recv(min(length - len(content), 1 << 20))
            except TimeoutError as error:
                raise Late from error
            except OSError as error:
                raise Ended from error
            if not piece:
                raise Ended
            content += piece
        return bytes(content)

    def close(self) -> None:
        """End the connection."""
        with suppress(OSError):  # it has ended already
            self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()


class PipeChannel:
    """A connection by two pipes; whoever reads too long is freed by ending the other side."""

    def __init__(
        self, incoming: IO[bytes], outgoing: IO[bytes], give_up: Callable[[], None] | None = None
    ) -> None:
        self.incoming, self.outgoing, self.give_up = incoming, outgoing, give_up

    def send(self, message: bytes) -> None:
        """Send a message."""
        try:
            self.outgoing.write(LENGTH.pack(len(message)) + message)
            self.outgoing.flush()
        except (OSError, ValueError) as error:
            raise Ended from error

    def receive(self, seconds: float | None = None) -> bytes:
        """Return the next message; when time is up, the other side is given up."""
        if seconds is None or self.give_up is None:
            return self._message()
        timer = threading.Timer(seconds, self.give_up)
        timer.start()
        try:
            return self._message()
        except Ended as error:
            if timer.finished.is_set():
                raise Late from error
            raise
        finally:
            timer.cancel()

    def _message(self) -> bytes:
        (length,) = LENGTH.unpack(self._exactly(LENGTH.size))
        if length > LONGEST:
            raise Ended
        return self._exactly(length)

    def _exactly(self, length: int) -> bytes:
        try:
            content = self.incoming.read(length)
        except (OSError, ValueError) as error:
            raise Ended from error
        if content is None or len(content) < length:
            raise Ended
        return content

    def close(self) -> None:
        """End the connection."""
        for pipe in (self.outgoing, self.incoming):
            try:
                pipe.close()
            except OSError:  # what was not sent is not wanted
                continue
