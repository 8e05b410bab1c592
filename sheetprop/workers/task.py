"""What a worker is given, and what it gives back."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from sheetprop.checking.ledger.entries import Ledger
from sheetprop.checking.report import Report
from sheetprop.checking.score import Rubric
from sheetprop.reports import Format
from sheetprop.reports.look import Look, Piece
from sheetprop.workers.limits import USUAL, Limits

OUT_OF_MEMORY = 77
"""The exit code of a worker that has no memory left even to say so."""

BROKEN_OFF = "checking it broke off; this is a bug in sheetprop, please report it"


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be done with one file, the one with a number counted from 1.

    `name` is what it is reported under; it stands at `path`, or its bytes are given. The marked
    copy is written to the place `copy`, if there is one. With a `cell`, what is wanted is how that
    cell came to its verdict, and nothing else.
    """

    name: str
    number: int
    form: Format
    look: Look
    path: Path | None = None
    content: bytes | None = None
    rubric: Rubric | None = None
    copy: Path | None = None
    limits: Limits = USUAL
    cell: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of it: the report, what is written about it, and why there is no marked copy.

    `has_copy` tells whether a copy was written; a file without a table has none, and no reason.
    `bug` is what went wrong in sheetprop itself, for whoever mends it. `told` is how the cell asked
    about came to its verdict, `refused` why there is no such cell. `processor` counts the seconds
    of processor time that were spent on the file.
    """

    report: Report
    text: str
    entry: tuple[str, ...] = ()
    has_copy: bool = False
    no_copy: str | None = None
    bug: str | None = None
    told: str | None = None
    refused: str | None = None
    processor: float = field(default=0.0, compare=False)

    @property
    def piece(self) -> Piece:
        """What is written about the report."""
        return Piece(self.text, self.entry)


@dataclass(frozen=True, slots=True)
class Reply:
    """What a worker says of a file: an answer, or None where memory ran out.

    A worker that `leaves` takes no other task.
    """

    answer: Answer | None
    leaves: bool = False


def answered(task: Task, report: Report, bug: str | None = None) -> Answer:
    """Return the answer that a report is."""
    # Pictures and ledger take more room than all the rest, and are in what is written by now.
    text, entry = task.form.piece(report, task.number, task.look)
    return Answer(replace(report, pictures=(), ledger=Ledger()), text, entry, bug=bug)
