"""Tasks given to workers, as many as there are processors, and answers back in their order.

Whatever happens in a worker is the answer to its task, and to no other: a worker that fails after
it has served other files is not believed, and a fresh one tries again.
"""

from __future__ import annotations

import pickle
import signal
import threading
import time
from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace

from sheetprop.checking.report import Report
from sheetprop.workers.channel import Ended, Late
from sheetprop.workers.handles import End, Worker
from sheetprop.workers.limits import MIB, cores, longest_by_the_clock
from sheetprop.workers.start import new_worker, prepare
from sheetprop.workers.task import BROKEN_OFF, Answer, Reply, Task, answered
from sheetprop.workers.wire import Garbled, unpacked

AHEAD = 64
"""Answers that may wait for the one before them, for each worker."""

SIGXCPU = getattr(signal, "SIGXCPU", 0)
SIMPLER = "check a copy with fewer rows or sheets"


def answers(
    tasks: Sequence[Task], preload: Sequence[str] = (), *, is_all: bool = False
) -> Generator[Answer]:
    """Yield the answer to each task, in their order, as soon as those before it are there.

    With `is_all`, these are all the tasks that this process is ever going to have.
    """
    pool = Pool(tasks, preload, is_all=is_all)
    try:
        for index in range(len(tasks)):
            yield pool.answer(index)
    finally:
        pool.close()


class Pool:
    """Threads that each speak with one worker; what they share is changed under `changed`."""

    def __init__(self, tasks: Sequence[Task], preload: Sequence[str], *, is_all: bool) -> None:
        self.tasks, self.preload = tasks, preload
        self.changed = threading.Condition()
        self.ready: dict[int, Answer | BaseException] = {}
        self.next = self.wanted = 0
        self.is_closed = False
        prepare(preload, is_for_one=is_all and len(tasks) == 1)
        self.servers = [Server(self) for _ in range(min(cores(), len(tasks)))]
        for server in self.servers:
            server.start()

    def answer(self, index: int) -> Answer:
        """Wait for the answer to the task at `index`."""
        with self.changed:
            self.wanted = index
            self.changed.notify_all()
            while index not in self.ready:
                self.changed.wait(1)  # so that a key typed is noticed everywhere
            found = self.ready.pop(index)
        if isinstance(found, BaseException):
            raise found
        return found

    def take(self) -> int | None:
        """Return the index of a task that nobody has, or None when there is none."""
        with self.changed:
            while not self.is_closed and self.next < len(self.tasks):
                if self.next - self.wanted < AHEAD * len(self.servers):
                    self.next += 1
                    return self.next - 1
                self.changed.wait(1)
        return None

    def put(self, index: int, found: Answer | BaseException) -> None:
        """Keep an answer until it is asked for."""
        with self.changed:
            self.ready[index] = found
            self.changed.notify_all()

    def close(self) -> None:
        """End all workers."""
        with self.changed:
            self.is_closed = True
            self.changed.notify_all()
        for server in self.servers:
            if (worker := server.worker) is not None:
                worker.abandon()
        for server in self.servers:
            server.join()


class Server(threading.Thread):
    """Gives tasks to one worker after the other."""

    def __init__(self, pool: Pool) -> None:
        super().__init__(daemon=True, name="sheetprop")
        self.pool = pool
        self.worker: Worker | None = None
        self.served = 0
        self.spent = 0.0

    def run(self) -> None:
        """Serve until there are no more tasks."""
        while (index := self.pool.take()) is not None:
            try:
                found: Answer | BaseException = self.answer(self.pool.tasks[index])
            except BaseException as error:  # whoever asks for the answer gets it
                found = error
            self.pool.put(index, found)
        self.stop()

    def answer(self, task: Task) -> Answer:
        """Return what a worker answers, or why it does not."""
        was_used = self.served > 0
        start = time.perf_counter()
        found = self.tried(task)
        if isinstance(found, Failure) and found.may_be_another and was_used:
            found = self.tried(task)
        seconds = time.perf_counter() - start
        return _unreadable(task, found, seconds) if isinstance(found, Failure) else found

    def tried(self, task: Task) -> Answer | Failure:
        """Return the answer of the present worker, or why there is none."""
        try:
            worker = self.present()
            worker.channel.send(pickle.dumps(task))
            message = worker.channel.receive(longest_by_the_clock(task.limits))
            reply: Reply = unpacked(message, Reply)
        except Late:
            self.stop()
            return Failure("it took too long here by the clock; try again when less is going on")
        except (Ended, Garbled):
            return self.why(task)
        self.served += 1
        self.spent += 0.0 if reply.answer is None else reply.answer.processor
        if reply.leaves:
            self.stop()
        if reply.answer is None:
            return _out_of_memory(task)
        if reply.answer.bug:
            return Failure(reply.answer.report.reason or "", True, reply.answer.bug)
        return reply.answer

    def present(self) -> Worker:
        """Return the present worker, a new one where there is none. Raises `Ended`."""
        if self.worker is None:
            self.worker = new_worker(self.pool.preload)
            self.served, self.spent = 0, 0.0
        if self.pool.is_closed:
            raise Ended
        return self.worker

    def why(self, task: Task) -> Failure:
        """Return why the present worker has ended that was to answer, and what it spent on that."""
        spent = self.spent
        end = self.stop()
        return replace(_why(end, task), processor=max(0.0, end.seconds - spent))

    def stop(self) -> End:
        """End the present worker, and say how it ended."""
        worker, self.worker = self.worker, None
        self.served = 0
        return End(0) if worker is None else worker.end()


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a worker gives no answer.

    With `may_be_another`, what it did before may have caused it; `bug` is what to mend.
    `processor` counts the seconds of processor time that went into it.
    """

    reason: str
    may_be_another: bool = False
    bug: str | None = None
    processor: float = 0.0


def _why(end: End, task: Task) -> Failure:
    """Return why a worker has ended that was to answer."""
    if end.code == -SIGXCPU:
        return Failure(f"it took too long here; {SIMPLER}")
    if end.is_out_of_memory:
        return _out_of_memory(task)
    if end.code == -signal.SIGTERM:
        return Failure("checking it was ended from outside", True)
    told = f"a worker ended with {_name(end.code)}: {end.said[-2000:]}"
    return Failure(f"{BROKEN_OFF} ({_name(end.code)})", True, told)


def _out_of_memory(task: Task) -> Failure:
    most = task.limits.memory // MIB
    return Failure(f"it took too much memory here, more than {most} MiB; {SIMPLER}", True)


def _name(code: int) -> str:
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"exit code {code}"


def _unreadable(task: Task, failure: Failure, seconds: float) -> Answer:
    report = Report(task.name, "unreadable", failure.reason, seconds=seconds)
    return replace(answered(task, report, bug=failure.bug), processor=failure.processor)
