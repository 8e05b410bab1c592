"""Two sides of a ratio in turns, so that a machine that slows down slows both.

Measured is the time of the processor, that of child processes included: what else runs on the
machine counts little.
"""

from __future__ import annotations

import contextlib
import io
import resource
import statistics
import subprocess
import time
from collections.abc import Callable, Iterator


def against(
    ours: str,
    our_run: Callable[[], object],
    others: dict[str, Callable[[], object]],
    times: int = 7,
    *,
    is_warm: bool = False,
) -> None:
    """Print our median time, and the median of its ratios to each other thing's, run by run."""
    for one in () if is_warm else (our_run, *others.values()):
        once(one)  # warm up: imports, caches, disk
    rows = [(once(our_run), [once(other) for other in others.values()]) for _ in range(times)]
    print(f"  {statistics.median(mine for mine, _ in rows):8.3f} s  {ours}")
    for index, name in enumerate(others):
        theirs = statistics.median(row[index] for _, row in rows)
        ratio = statistics.median(mine / row[index] for mine, row in rows)
        print(f"  {theirs:8.3f} s  {name}: ratio {ratio:.3f}, {1 / ratio:.1f} times as long")


def once(action: Callable[[], object]) -> float:
    """Return the seconds of the processor that an action takes."""
    with silenced():
        begin = processor()
        action()
        return processor() - begin


def processor() -> float:
    """Return the seconds of the processor so far, those of ended child processes included."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


@contextlib.contextmanager
def silenced() -> Iterator[None]:
    """Throw away what is printed meanwhile."""
    with contextlib.redirect_stdout(io.StringIO()):
        yield


def run(command: list[str]) -> Callable[[], object]:
    """Return what runs a command to its end and throws its output away."""
    return lambda: subprocess.run(command, capture_output=True, check=False)
