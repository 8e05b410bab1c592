"""How one cell of each workbook came to its verdict, found out in workers like all else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sheetprop.batch.given import Given
from sheetprop.errors import SheetpropError, SpecError, WorkbookError
from sheetprop.reports import FORMATS
from sheetprop.reports.look import Look
from sheetprop.workers.limits import USUAL
from sheetprop.workers.pool import answers
from sheetprop.workers.task import Answer, Task

LIMITS = USUAL


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of the cell in one workbook, or why nothing is; and a bug of sheetprop."""

    text: str = ""
    error: SheetpropError | None = None
    bug: str | None = None


def told(files: Sequence[Given], cell: str) -> Iterator[Told]:
    """Yield how a cell of each workbook came to its verdict, a line for each stage of checking."""
    here = Path.cwd()
    tasks = [
        Task(
            name=file.name,
            number=number,
            form=FORMATS["text"],
            look=Look(),
            path=None if file.path is None else here / file.path,
            content=file.content,
            limits=LIMITS,
            cell=cell,
        )
        for number, file in enumerate(files, 1)
    ]
    with closing(answers(tasks, ["formualizer", "sheetprop.checking.why"])) as found:
        for file, answer in zip(files, found, strict=True):
            yield Told(answer.told or "", _error(file, answer), answer.bug)


def _error(file: Given, answer: Answer) -> SheetpropError | None:
    if answer.refused is not None:
        return SpecError(file.name, "cell", answer.refused)
    if answer.told is None:
        return WorkbookError(file.name, answer.report.reason or "it cannot be read")
    return None
