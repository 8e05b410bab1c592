"""The other side of `sheetprop.checking.guard`: one file checked in a process with limits."""

from __future__ import annotations

import os
import pickle
import sys

from sheetprop.checking import guard
from sheetprop.checking.check import check_file


def main() -> None:
    """Answer the request on stdin: the other side of `check_within_limits`."""
    guard.is_limited = True
    path, options, limits = pickle.load(sys.stdin.buffer)  # noqa: S301 - from this program itself
    answer = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints is no answer
    guard.limit_memory(limits.memory)
    try:
        report = check_file(path, **options)
        answer.write(pickle.dumps(report))
        answer.flush()
    except MemoryError:
        os._exit(guard.OUT_OF_MEMORY)
    os._exit(0)  # giving back millions of objects one by one takes seconds
