"""What a worker may take: memory, processor time, open files, the size of what it writes.

Time is that of the processor, so that a busy or slow machine gives the same answers. Where the
system has no such limit (`missing` names them), only the clock of the parent ends a worker.
"""

from __future__ import annotations

import os
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

from sheetprop.workbooks.reading.package import Content

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

MIB = 1 << 20
MOST_SECONDS, MOST_MEMORY = 60, 2048 * MIB
SECONDS_A_MIB, MEMORY_A_MIB = 4, 32 * MIB
"""What a worksheet adds by its size as it is stored: padding packs to nothing and adds nothing."""

OPEN_FILES, WRITTEN = 64, 512 * MIB
WORN_OUT_MEMORY, WORN_OUT_FILES = 384 * MIB, 250
CLOSE = 0.9
"""Of the limit of memory: a library asks for much at once and fails before all is taken."""

CLOCK = 20
"""How much longer than its processor time a file may take by the clock, and seconds besides."""

CLOCK_BESIDES = 60


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may take: seconds of processor time, and bytes of memory."""

    seconds: int = 7
    memory: int = 1024 * MIB


USUAL = Limits()


def longest_by_the_clock(limits: Limits) -> float:
    """Return after how many seconds by the clock a worker is given up, whatever it is doing."""
    return CLOCK * limits.seconds + CLOCK_BESIDES


def limits_for(content: bytes, usual: Limits) -> Limits:
    """Return the limits for a file with these bytes: large worksheets may take more."""
    mebibytes = _stored_in_worksheets(content) // MIB
    return Limits(
        max(usual.seconds, min(usual.seconds + SECONDS_A_MIB * mebibytes, MOST_SECONDS)),
        max(usual.memory, min(usual.memory + MEMORY_A_MIB * mebibytes, MOST_MEMORY)),
    )


def _stored_in_worksheets(content: bytes) -> int:
    if len(content) < MIB:
        return 0
    try:
        with zipfile.ZipFile(Content(content)) as archive:
            parts = archive.infolist()
    except (OSError, ValueError, NotImplementedError, zipfile.BadZipFile):
        return 0
    wanted = (p for p in parts if "worksheets/" in p.filename or p.filename == "content.xml")
    return min(len(content), sum(part.compress_size for part in wanted))


def hold_limits() -> None:
    """Set the limits that stay for the life of this process. Leave no core behind."""
    if resource is None:
        return
    _set(resource.RLIMIT_CORE, 0)
    _set(resource.RLIMIT_NOFILE, OPEN_FILES)
    _set(resource.RLIMIT_FSIZE, WRITTEN)


def allow(limits: Limits) -> None:
    """Set the limits of memory, and of processor time from now on."""
    if resource is None:
        return
    _set(resource.RLIMIT_AS, limits.memory)
    usage = resource.getrusage(resource.RUSAGE_SELF)
    _set(resource.RLIMIT_CPU, int(usage.ru_utime + usage.ru_stime) + 1 + limits.seconds)


def _set(kind: int, limit: int) -> None:
    hard = resource.getrlimit(kind)[1]
    allowed = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
    try:
        resource.setrlimit(kind, (allowed, hard))
    except (ValueError, OSError):  # macOS knows the limit of memory but does not set it
        return


def is_out_of_memory() -> bool:
    """Whether this process has come close to its limit: then whatever fails may fail for that."""
    if resource is None:
        return False
    most = resource.getrlimit(resource.RLIMIT_AS)[0]
    try:
        with Path("/proc/self/status").open(encoding="ascii", errors="replace") as file:
            taken = next(int(line.split()[1]) << 10 for line in file if line[:7] == "VmPeak:")
    except (OSError, StopIteration):
        return False
    return most != resource.RLIM_INFINITY and taken > CLOSE * most


def missing() -> tuple[str, ...]:
    """Return the limits that this system does not hold."""
    if resource is None:
        return ("memory", "processor time", "open files", "size of files")
    return ("memory",) if sys.platform == "darwin" else ()


def is_worn_out(files: int) -> bool:
    """Whether this process should make way for a fresh one after so many files."""
    if files >= WORN_OUT_FILES:
        return True
    if resource is None:
        return False
    largest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return largest * (1 if sys.platform == "darwin" else 1024) > WORN_OUT_MEMORY


def cores() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1
