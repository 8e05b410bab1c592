"""How far a long piece of work is, and how long it will still take, on a terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_QUIET = 0.5
"""Seconds: what is done sooner needs no words."""

_MANY = 20_000
"""Rows that take so long that it is said at once."""

_EVERY = 0.2
"""Seconds between two lines."""

Told = Callable[[int, int], None]


@contextmanager
def progress() -> Iterator[Told | None]:
    """Give what is to be told how many of how many rows are done, and clear the line at the end.

    It shows them in a line on stderr where that is a terminal; elsewhere nobody is told.
    """
    if not sys.stderr.isatty():
        yield None
        return
    line = _Line()
    try:
        yield line.tell
    finally:
        line.clear()


@contextmanager
def progress_of_files() -> Iterator[_Line | None]:
    """Give a line that is to be told how many of how many files are done; None without a terminal.

    It is cleared at the end, and to be cleared before anything else is written.
    """
    if not sys.stderr.isatty():
        yield None
        return
    line = _Line(_files)
    try:
        yield line
    finally:
        line.clear()


class _Line:
    """A line that is written again and again; `said` words how many of how many are done when."""

    def __init__(self, said: Callable[[int, int, float], str] | None = None) -> None:
        self._said = said or _share
        self._begun = time.monotonic()
        self._next = self._begun + _QUIET
        self._length = 0

    def tell(self, done: int, all_: int) -> None:
        now = time.monotonic()
        if not done:
            self._begun = now
        if now >= self._next or (not done and all_ >= _MANY):
            self._next = now + _EVERY
            self._show(self._said(done, all_, now - self._begun))

    def clear(self) -> None:
        if self._length:
            self._show("")
            sys.stderr.write("\r")
            sys.stderr.flush()
            self._length, self._next = 0, 0.0  # it comes back with what is told next

    def _show(self, text: str) -> None:
        sys.stderr.write("\r" + text.ljust(self._length))
        sys.stderr.flush()
        self._length = len(text)


def _share(done: int, all_: int, seconds: float) -> str:
    """Return how much is done, and by the time it took, how long the rest will take."""
    if not done:
        return "calculating …"
    left = time_text(seconds / done * (all_ - done))
    return f"{done * 100 // all_} % written, about {left} left"


def _files(done: int, all_: int, seconds: float) -> str:
    """Return how many files are done, and by the time they took, how long the rest will take."""
    if not done:
        return f"0 of {all_} files"
    left = time_text(seconds / done * (all_ - done))
    return f"{done} of {all_} files, about {left} left"


def time_text(seconds: float) -> str:
    """Return a time in words: 8 s, 2 min 5 s."""
    minutes, rest = divmod(max(round(seconds), 1), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
