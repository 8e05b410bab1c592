"""Ends a calculation by the processor time it takes, not by the clock.

The engine's own limit is a time by the clock, which on a busy machine is over before a calculation
has had its share: the same file would have another answer there. It can be told to stop from
another thread, though, so one thread looks after all calculations of this process.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

MOST_SECONDS = 20.0
"""Of processor time for one calculation."""

CLOCK_MILLISECONDS = 400_000
"""By the clock, generously, for whatever takes time without the processor."""

LOOK_EVERY = 0.25


class Running:
    """A calculation: what calculates, when it began, and whether it was told to stop."""

    def __init__(self, engine: Any) -> None:
        self.engine = engine
        self.clock = _clock_of_this_thread()
        self.begun = self.spent()
        self.was_stopped = False

    def spent(self) -> float:
        """Return the seconds of processor time of the thread that calculates."""
        return time.process_time() if self.clock is None else time.clock_gettime(self.clock)

    def stop_if_too_long(self) -> None:
        """Tell it to stop where it has had its time."""
        if self.spent() - self.begun > MOST_SECONDS:
            self.was_stopped = True
            self.engine.cancel()


_running: dict[int, Running] = {}
_lock = threading.Lock()
_watcher: threading.Thread | None = None


@contextmanager
def within_processor_time(engine: Any) -> Iterator[Running]:
    """Stop what the engine does meanwhile once it has taken `MOST_SECONDS`."""
    own = Running(engine)
    with _lock:
        _running[id(own)] = own
        _start_watching()
    try:
        yield own
    finally:
        with _lock:
            del _running[id(own)]
        if own.was_stopped:
            engine.reset_cancel()


def _start_watching() -> None:
    """Have a thread that looks; one that was there is gone in a process copied from another."""
    global _watcher  # noqa: PLW0603 - one for this process
    if _watcher is None or not _watcher.is_alive():
        _watcher = threading.Thread(target=_watch, daemon=True, name="sheetprop patience")
        _watcher.start()


def _watch() -> None:
    """Look after what is running; end when for a moment nothing is."""
    global _watcher  # noqa: PLW0603
    while True:
        time.sleep(LOOK_EVERY)
        with _lock:
            if not _running:
                _watcher = None
                return
            for one in _running.values():
                one.stop_if_too_long()


def _clock_of_this_thread() -> int | None:
    """Return the processor time's clock of this thread, where the system has one for each."""
    if not hasattr(time, "pthread_getcpuclockid"):
        return None
    return time.pthread_getcpuclockid(threading.get_ident())
