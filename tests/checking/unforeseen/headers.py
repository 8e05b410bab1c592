"""A right worksheet in which one header was mistyped: it says another column's name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

from worksheets import ORDER, Table

import sheetprop
from sheetprop.checking.report import Report
from unforeseen.board import Board, board_of
from unforeseen.judging import described

NAME = "mislabelled-column"


def pairs() -> Iterator[tuple[str, str]]:
    """Yield every header with every other one."""
    yield from ((name, other) for name in ORDER for other in ORDER if other != name)


def drawn_pairs(seed: int = 1) -> list[tuple[str, str]]:
    """Return every header with one other."""
    draw = Random(seed)
    return [(name, draw.choice([other for other in ORDER if other != name])) for name in ORDER]


def mistyped(name: str, other: str) -> Board:
    """Return a right sheet whose column of one quantity is headed as another one."""
    return board_of(Table(headers={name: other}))


def faults(name: str, other: str, folder: Path) -> list[str]:
    """Return what is wrong with the answer to a mistyped header: nothing, where all is well."""
    board = mistyped(name, other)
    report = sheetprop.check(board.save(folder))[0]
    found = [described(f) for f in report.errors if f.mistake != NAME]
    found += [described(f) for f in report.findings if f.mistake == "missing-quantity"]
    named = [f for f in report.findings if f.mistake == NAME]
    if len(named) != 1 or not _is_at(board, name, named[0].places[0].range):
        found.append(f"{len(named)} {NAME}: {[described(f) for f in named]}")
    if report.verdict not in ("correct", "mistakes"):
        found.append(_verdict(report))
    return found


def _is_at(board: Board, name: str, text: str) -> bool:
    _, row, column = board.place(name, 0)
    first = text.partition(":")[0]
    from openpyxl.utils import get_column_letter

    return first.rstrip("0123456789") == get_column_letter(column) and row >= 0


def _verdict(report: Report) -> str:
    return f"verdict {report.verdict} {report.reason or ''}"
