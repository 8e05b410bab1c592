"""Files looked at time and again, to notice when somebody saves one.

A spreadsheet program seldom writes into the file itself: it writes another one and gives it the
name, and in between there is none of that name. So what is compared is which file has the name, how
large it is and when it was written; one that is away is waited for.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

POLL = 0.3
"""Seconds between two looks; a file that did not change in between is taken for complete."""

PATIENCE = 10
"""So many looks in a row without a file before it is said to be away."""

Stamp = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Saved:
    """The file at an index of those watched was saved; or it `is_away`, and waited for."""

    index: int
    is_away: bool = False


@dataclass(slots=True)
class _Watched:
    path: Path
    last: Stamp | None = None
    told: Stamp | None = None
    away: int = 0
    looks: int = 0

    def look(self, index: int) -> Saved | None:
        """Look at the file, and return what is to be told of it."""
        now, before = stamp_of(self.path), self.last
        self.looks += 1
        self.last = now
        if now is None:
            self.away += 1
            return Saved(index, is_away=True) if self.away == PATIENCE else None
        self.away = 0
        if now == self.told or (now != before and self.looks > 1):
            return None
        self.told = now
        return Saved(index)


def saves(paths: Sequence[Path], wait: Callable[[float], None] = time.sleep) -> Iterator[Saved]:
    """Yield each file once as it is found, and again after every save, without an end."""
    watched = [_Watched(path) for path in paths]
    while True:
        for index, one in enumerate(watched):
            if (saved := one.look(index)) is not None:
                yield saved
        wait(POLL)


def stamp_of(path: Path) -> Stamp | None:
    """Return what tells a file from the one it was before; None where there is none."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    return (status.st_mtime_ns, status.st_ino, status.st_size)
