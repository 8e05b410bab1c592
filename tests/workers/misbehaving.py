"""Answers replaced by misdeeds: loaded into a zygote, workers do what a file's name says."""

from __future__ import annotations

import os
import signal
import time

from sheetprop.workers import worker
from sheetprop.workers.answer import answer as usual
from sheetprop.workers.limits import allow
from sheetprop.workers.task import Answer, Task

kept = []


def misbehaving(task: Task) -> Answer:
    """Do what the name of the file says."""
    name = task.name
    if name == "raise":
        raise ZeroDivisionError("as foreseen by nobody")
    if name == "no memory":
        raise MemoryError
    if name == "allocate":
        allow(task.limits)  # as every task does before it begins
        kept.append(bytearray(4 << 30))
    if name == "spin":
        while True:
            pass
    if name == "sleep":
        time.sleep(3600)
    if name == "leave":
        os._exit(0)
    if name == "garble":
        os.write(3, b"x" * 64)
    if name in ("SIGABRT", "SIGSEGV", "SIGKILL", "SIGTERM"):
        os.kill(os.getpid(), getattr(signal, name))
    if name == "fail once used" and kept:
        raise ZeroDivisionError
    kept.append(name)
    return usual(task)


worker.answer = misbehaving
