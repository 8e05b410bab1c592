"""A plan carried out: one result for each file, in the order given, and every report written."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from sheetprop.batch.gathered import Gathered
from sheetprop.batch.plan import Plan
from sheetprop.checking.report import Report
from sheetprop.errors import WorkbookError
from sheetprop.reports.look import Piece
from sheetprop.whole import begun, discard, finish, written
from sheetprop.workers.pool import answers
from sheetprop.workers.task import Answer, Task


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one file: its report, what is written about it, and a bug of sheetprop."""

    report: Report
    piece: Piece
    bug: str | None = None


def results(plan: Plan, *, is_all: bool = False) -> Generator[Result]:
    """Yield the result of each file as soon as those before it are there.

    With `is_all`, no other plan is going to be carried out by this process.

    A report for each file is written with its result, one for all of them at the end.

    Raises:
        WorkbookError: the one report for all cannot be written.

    """
    tasks = _tasks(plan)
    gathered = Gathered()
    try:
        for index, (task, answer) in enumerate(
            zip(tasks, answers(tasks, _preload(plan), is_all=is_all), strict=True)
        ):
            if plan.is_one_report:
                gathered.add(answer.piece)
            yield _result(plan, index, task, answer)
        if plan.is_one_report:
            write(plan.reports[0], document(plan, gathered), force=plan.force)
    finally:
        gathered.close()
        for task in tasks:
            if task.copy is not None:
                discard(task.copy)


def _tasks(plan: Plan) -> list[Task]:
    here = Path.cwd()
    copies: list[Path | None] = [begun(path) for path in plan.copies]
    copies = copies or [None] * len(plan.files)
    numbers = [1] * len(plan.files) if plan.look.count == 1 else range(1, len(plan.files) + 1)
    return [
        Task(
            name=file.name,
            number=number,
            form=plan.form,
            look=plan.look,
            path=None if file.path is None else here / file.path,
            content=file.content,
            rubric=plan.rubric,
            copy=None if copy is None else here / copy,
        )
        for file, number, copy in zip(plan.files, numbers, copies, strict=True)
    ]


def _preload(plan: Plan) -> list[str]:
    """Return the modules that nearly every file of the plan needs."""
    modules = ["formualizer", f"sheetprop.reports.{plan.form.module}"]
    if plan.form.pictures or plan.rubric is not None:
        modules.append("sheetprop.checking.picture")
    if plan.rubric is not None:
        modules.append("sheetprop.checking.marks.points")
    if plan.copies:
        modules += ["sheetprop.reports.annotations"]
    return modules


def _result(plan: Plan, index: int, task: Task, answer: Answer) -> Result:
    """Put what was written for the file at `index` into its place."""
    copy = None
    problems = []
    try:
        if answer.has_copy and task.copy is not None:
            target = plan.copies[index]
            finish(task.copy, target, force=plan.force, argument_name="annotate")
            copy = target
    except WorkbookError as error:
        problems.append(f"no marked copy: {error}")
    if answer.no_copy:
        problems.append(f"no marked copy: {task.name}: {answer.no_copy}")
    try:
        if plan.reports and not plan.is_one_report:
            texts = plan.form.joined([answer.piece.entry], [answer.piece.text], plan.look)
            write(plan.reports[index], texts, force=plan.force)
    except WorkbookError as error:
        problems.append(f"no report: {error}")
    report = answer.report
    if copy or problems:
        report = replace(report, copy=None if copy is None else str(copy), notes=tuple(problems))
    return Result(report, answer.piece, answer.bug)


def document(plan: Plan, gathered: Gathered) -> Iterator[str]:
    """Yield one text of all pieces, little by little."""
    yield from plan.form.joined(gathered.entries, gathered.texts(), plan.look)


def write(path: Path, texts: Iterable[str], *, force: bool) -> None:
    """Write texts into one file. Raises `WorkbookError` when that fails."""
    with written(path, force=force) as unfinished, unfinished.open("wb") as file:
        for text in texts:
            file.write(text.encode("utf-8", "backslashreplace"))
