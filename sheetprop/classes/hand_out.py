"""A workbook for each student of a roster, with numbers of their own; all of them or none."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from sheetprop.classes.draw import drawn_for, fingerprint, sealed_rates
from sheetprop.classes.rosters.roster import Student
from sheetprop.errors import SheetpropError, SpecError, WorkbookError
from sheetprop.exercises.make import Made, make
from sheetprop.exercises.save import save
from sheetprop.exercises.wanted import Wanted, short_enough
from sheetprop.spec import Spec
from sheetprop.whole import written_folder
from sheetprop.words import words_of
from sheetprop.workbooks.sheet import Workbook
from sheetprop.workers.limits import cores

STUDENT, NAME, FINGERPRINT = "sheetprop student", "sheetprop name", "sheetprop fingerprint"
"""The properties of a document by which it is known whose it is."""

RATES = "sheetprop rates"
"""The property with the rates that all students were handed in place of their own."""

LOOK = 0.2
"""Seconds after which a copy of the process looks whether that still lives."""

FEWEST_TO_SHARE = 4
"""With fewer students another process takes longer to start than it saves."""


@dataclass(frozen=True, slots=True)
class Task:
    """What the worksheets of a class have in common.

    `rates` and `iterations` take the place of those drawn or of the lesson, where they are given.
    """

    lesson: Spec
    wanted: Wanted
    seed: int
    rates: tuple[float, ...] | None = None
    iterations: int | None = None
    has_solution: bool = False


def shortened(task: Task, drawn: Spec) -> Spec:
    """Return a student's lesson with the rates and the length that the worksheet is to have."""
    spec = drawn
    if task.rates is not None:
        spec = replace(spec, learning_rates=task.rates)
    if task.iterations is not None:
        spec = replace(spec, iterations=task.iterations)
    return short_enough(
        spec,
        task.wanted,
        keeps_rates=task.rates is not None,
        keeps_rows=task.iterations is not None,
    )


def hand_out(
    task: Task,
    students: Sequence[Student],
    folder: Path,
    solutions: Path | None,
    *,
    force: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> list[Path]:
    """Write the workbooks of all students, and their solutions; return the paths in order.

    Raises:
        SpecError: no good exercise can be drawn for a student.
        WorkbookError: a file exists and `force` is not given, or cannot be written.

    """
    names = [f"{file_stem(task)}-{student.id}" for student in students]
    with written_folder(folder, force=force) as here:
        beside = here / ".solutions"
        jobs = [
            Job(
                task,
                student,
                here / f"{name}.xlsx",
                None if solutions is None else beside / f"{name}-solution.xlsx",
            )
            for student, name in zip(students, names, strict=True)
        ]
        for done, _ in enumerate(_all_done(jobs), 1):
            if progress:
                progress(done, len(jobs))
        if solutions is not None:
            with written_folder(solutions, force=force) as there:
                for path in sorted(beside.iterdir()):
                    path.replace(there / path.name)
            beside.rmdir()
    return [folder / f"{name}.xlsx" for name in names]


def file_stem(task: Task) -> str:
    """Return how the names of the files begin: ``classic-blank``."""
    variant = task.wanted.variant
    return task.lesson.name if variant == "worked" else f"{task.lesson.name}-{variant}"


@dataclass(frozen=True, slots=True)
class Job:
    """One student's share: what is written where."""

    task: Task
    student: Student
    path: Path
    solution: Path | None


def write_one(job: Job) -> None:
    """Draw the numbers of one student and write the workbook, and its solution."""
    task, student = job.task, job.student
    drawn = drawn_for(task.lesson, task.seed, student.id)
    spec = shortened(task, drawn)
    mark = fingerprint(drawn, task.seed, student.id)
    wanted = replace(task.wanted, seed=int(mark[:8], 16))  # other mistakes to find for each
    made = make(_addressed(spec, student), wanted, has_solution=task.has_solution)
    own = {STUDENT: student.id, NAME: student.name, FINGERPRINT: mark}
    if task.rates is not None:
        own[RATES] = sealed_rates(task.rates, task.seed, student.id)
    told = [None if book is None else _signed(book, own) for book in (made.workbook, made.solution)]
    save(Made(told[0] or made.workbook, told[1]), job.path, job.solution)


def _signed(book: Workbook, properties: dict[str, str]) -> Workbook:
    return replace(book, properties={key: text for key, text in properties.items() if text})


def _addressed(spec: Spec, student: Student) -> Spec:
    """Return the lesson with whose worksheet it is below the title of Start."""
    told = f"{student.name} ({student.id})" if student.name else student.id
    first = words_of(spec)("start_student", student=told)
    rest = spec.texts.get("introduction", "").strip()
    texts = {**spec.texts, "introduction": "\n".join(filter(None, [first, rest]))}
    return replace(spec, texts=MappingProxyType(texts))


def _all_done(jobs: Sequence[Job]) -> Iterator[None]:
    """Yield once for each job when it is done, in order; two at a time where that is possible."""
    # A copy of a process with several threads may wait forever for a lock of one of them.
    can_share = "fork" in multiprocessing.get_all_start_methods() and threading.active_count() == 1
    if len(jobs) < FEWEST_TO_SHARE or not can_share:
        yield from map(write_one, jobs)
        return
    write_one(jobs[0])  # with all modules and wrong formulas that copies of this process share
    yield None
    _shared[:] = jobs
    context = multiprocessing.get_context("fork")
    pool = ProcessPoolExecutor(min(cores(), len(jobs)), context, _be_a_copy, (os.getpid(),))
    try:
        for failure in pool.map(_outcome, range(1, len(jobs))):
            if failure is not None:
                error, facts = failure
                raise error(*facts)
            yield None
    finally:
        pool.shutdown(cancel_futures=True)
        _shared.clear()


Failure = tuple[type[SpecError] | type[WorkbookError], tuple[Any, ...]]
_shared: list[Job] = []
"""The jobs that copies of this process find in their memory; not all in them can be sent."""


def _outcome(index: int) -> Failure | None:
    """Do one job in a copy of the process; return what makes its error, which cannot be sent."""
    try:
        write_one(_shared[index])
    except SpecError as error:
        return SpecError, (error.source, error.key, error.problem)
    except WorkbookError as error:
        return WorkbookError, (error.file, error.reason)
    except SheetpropError as error:
        return SpecError, (_shared[index].path.name, None, str(error))
    return None


def _be_a_copy(parent: int) -> None:
    """Leave interrupts to the process that this one is a copy of, and end when it is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_after, args=(parent,), daemon=True).start()


def _end_after(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK)
    os._exit(0)
