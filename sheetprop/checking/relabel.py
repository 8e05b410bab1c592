"""Where header texts are missing, or contradict what their columns compute: the formulas decide.

Two exchanged headers make a dozen formulas look wrong. Reading the two columns the other way round
makes them right again, and then the headers are the mistake.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations

from sheetprop.checking.judgement import Judgement
from sheetprop.checking.table import Table
from sheetprop.checking.translate import Translator
from sheetprop.errors import FormulaError
from sheetprop.sheets.sheet import Sheet, Workbook

MOST_ROUNDS = 4
LEAST_GAIN = 2
"""So many more formulas must be right for another reading of the headers to be believed."""

Judge = Callable[[Table], Judgement | None]


def relabelled(judgement: Judgement, workbook: Workbook, judge: Judge) -> Judgement:
    """Return the judgement under the reading of the columns that makes most formulas right.

    `judge` judges a table whose lines are read in another way.
    """
    for _ in range(MOST_ROUNDS):
        better = _filled(judgement, workbook, judge) or _exchanged(judgement, workbook, judge)
        if better is None:
            return judgement
        judgement = better
    return judgement


def _wrongness(judgement: Judgement) -> int:
    return len({wrong.quantity for wrong in judgement.wrong}) + len(judgement.unfilled)


def _better(old: Judgement, new: Judgement | None, gain: int) -> bool:
    return new is not None and _wrongness(old) - _wrongness(new) >= gain


def _exchanged(judgement: Judgement, workbook: Workbook, judge: Judge) -> Judgement | None:
    """Exchange two headers between which formulas are wrong, if that mends more than it breaks."""
    suspects = list(dict.fromkeys(wrong.quantity for wrong in judgement.wrong))
    for first, second in combinations(suspects, 2):
        table = _exchange(judgement.table, first, second)
        if _either_right(judgement, workbook, table, (first, second)):
            other = judge(table)
            if _better(judgement, other, LEAST_GAIN):
                return other
    return None


def _exchange(table: Table, first: str, second: str) -> Table:
    swap = {first: second, second: first}
    lines = {name: table.lines[swap.get(name, name)] for name in table.lines}
    labels = {name: table.labels[swap.get(name, name)] for name in table.labels}
    return replace(table, lines=lines, labels=labels)


def _either_right(
    judgement: Judgement, workbook: Workbook, table: Table, names: tuple[str, ...]
) -> bool:
    """Whether, read so, at least one of the columns computes what it is said to be.

    Columns of given numbers, which compute nothing, may be anything.
    """
    translator = Translator(workbook, table, judgement.value_of)
    cells = workbook[table.sheet].cells
    step = min(1, table.iterations - 1)
    for name in names:
        right = judgement.network.quantities[name].tree
        cell = table.cell(name, step)
        if right is None or cell not in cells or cells[cell].formula is None:
            continue
        try:
            tree = translator.constant(translator.tree(cell))
        except FormulaError:
            continue
        if judgement.points.same(tree, right):
            return True
    return False


def _filled(judgement: Judgement, workbook: Workbook, judge: Judge) -> Judgement | None:
    """Give a quantity without a header a column without one, if formulas become right by it."""
    table = judgement.table
    missing = [name for name in judgement.network.quantities if not table.holds(name)]
    if not missing:
        return None
    for name in missing:
        for line in _nameless(workbook[table.sheet], table):
            named = replace(table, lines={**table.lines, name: line})
            given = judgement.network.quantities[name].is_given_first
            if given or _either_right(judgement, workbook, named, (name,)):
                other = judge(named)
                if _better(judgement, other, LEAST_GAIN if given else 1):
                    return other
    return None


def _nameless(sheet: Sheet, table: Table) -> Iterator[int]:
    """Yield the lines in or beside the table that hold numbers under no known header."""
    known = set(table.lines.values())
    for line in range(max(1, min(known) - 1), max(known) + 2):
        if line in known:
            continue
        cell = sheet.cells.get(table.at(line, table.places[0]))
        if cell is not None and (cell.formula or isinstance(cell.value, int | float)):
            yield line
