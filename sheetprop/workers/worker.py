"""The inside of a worker: tasks come, answers go, and nothing else is done.

A worker ends itself when it is worn out or has no memory left; whatever else ends it, a limit or a
library, its parent tells by the signal.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
import time
from dataclasses import replace

from sheetprop.checking.report import Report
from sheetprop.workers.answer import answer
from sheetprop.workers.channel import Channel, Ended, PipeChannel
from sheetprop.workers.limits import hold_limits, is_out_of_memory, is_worn_out
from sheetprop.workers.task import BROKEN_OFF, OUT_OF_MEMORY, Reply, Task, answered
from sheetprop.workers.wire import packed


def serve(channel: Channel) -> None:
    """Answer tasks until there are no more, and end this process."""
    _leave_the_outside()
    hold_limits()
    done = 0
    try:
        while True:
            task: Task = pickle.loads(channel.receive())  # noqa: S301 - from our own parent
            reply = _reply(task)
            done += 1
            leaves = reply.leaves or is_worn_out(done)
            channel.send(packed(Reply(reply.answer, leaves)))
            if leaves:
                break
    except Ended:
        pass
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    os._exit(0)  # giving back millions of objects one by one takes seconds


def _leave_the_outside() -> None:
    """Let nothing that a library prints, and no key typed for the parent, come in between."""
    if hasattr(signal, "SIGINT"):
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.stdin = sys.stdout = sys.stderr = open(os.devnull, "r+")  # noqa: SIM115, PTH123


def _reply(task: Task) -> Reply:
    start = time.process_time()
    try:
        found = answer(task)
        return Reply(replace(found, processor=time.process_time() - start))
    except MemoryError:
        return Reply(None, leaves=True)
    except BaseException as error:  # a panic of a Rust library is no Exception
        if is_out_of_memory():  # a library says so in its own way
            return Reply(None, leaves=True)
        import traceback

        told = traceback.format_exc(limit=-12)
        # Whatever it was may have left something behind that harms the next file.
        report = Report(task.name, "unreadable", f"{BROKEN_OFF} ({type(error).__name__})")
        return Reply(answered(task, report, bug=told), leaves=True)


def main(_: object) -> None:
    """Be a worker that was started by itself: tasks come by stdin, answers go by stdout."""
    incoming, outgoing = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in range(3):
        os.dup2(nowhere, number)
    serve(PipeChannel(incoming, outgoing))
