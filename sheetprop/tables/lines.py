"""The cells of one quantity, gathered by what was filled: few formulas instead of many cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from sheetprop.calculating.filled_down import LONG, ColumnFill
from sheetprop.errors import FormulaError
from sheetprop.maths.expr import Expr
from sheetprop.notation.relative import RelativeFormula
from sheetprop.tables.table import NOWHERE, Table
from sheetprop.tables.translate import Translator
from sheetprop.workbooks.sheet import ExcelError, Sheet, Value

MOST_FILLS = 40
"""So many different formulas of one line are told apart by text; with more, each cell stands alone
and is grouped by its tree."""


@dataclass
class Fill:
    """One relative formula and the steps it was filled into."""

    formula: RelativeFormula
    steps: list[int]


@dataclass
class Line:
    """One quantity's cells: formulas by fill, typed numbers, texts and blanks by step."""

    quantity: str
    fills: list[Fill] = field(default_factory=list)
    numbers: dict[int, float] = field(default_factory=dict)
    others: list[int] = field(default_factory=list)
    blanks: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Reading:
    """A tree in quantity names, and the steps of a fill that read so.

    `tree` is None where the formula has none; `problem` then says why.
    """

    steps: tuple[int, ...]
    tree: Expr | None
    problem: str | None = None


Known = Mapping[int, Sequence[ColumnFill]]
NOTHING_KNOWN: Known = MappingProxyType({})


def read_line(sheet: Sheet, table: Table, quantity: str, known: Known = NOTHING_KNOWN) -> Line:
    """Return the cells of one quantity in all iterations.

    `known` are the fills of the sheet's columns, where somebody has looked for them already.
    """
    line = Line(quantity)
    cells = sheet.cells
    if known and type(table) is Table and table.orientation == "rows":
        line.fills += _known_fills(table, known.get(table.lines.get(quantity, 0), ()))
    done = {step for fill in line.fills for step in fill.steps}
    for step in range(table.iterations):
        if step in done:
            continue
        address = table.cell(quantity, step)
        cell = cells.get(address)
        if address == NOWHERE:
            continue
        row, column = address
        if cell is None or cell.formula is None:
            _sort_in(line, step, None if cell is None else cell.value)
        elif line.fills and line.fills[-1].formula.at(row, column) == cell.formula:
            line.fills[-1].steps.append(step)
        else:
            _add_formula(line.fills, step, cell.formula, row, column)
    if done:
        for fill in line.fills:
            fill.steps.sort()
        line.fills.sort(key=lambda fill: fill.steps[0])
    return line


def _known_fills(table: Table, fills: Sequence[ColumnFill]) -> Iterator[Fill]:
    """Yield the long fills of a column in the table."""
    step_of = table.step_of
    for fill in fills:
        rows = range(fill.first, fill.last + 1)
        steps = [step_of[row] for row in rows if row in step_of] if len(rows) > LONG else []
        if steps:
            yield Fill(fill.formula, steps)


def _sort_in(line: Line, step: int, value: Value) -> None:
    if value is None:
        line.blanks.append(step)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        line.numbers[step] = float(value)
    elif isinstance(value, str) and not isinstance(value, ExcelError):
        (line.others if value.strip() else line.blanks).append(step)
    else:
        line.others.append(step)


def _add_formula(fills: list[Fill], step: int, formula: str, row: int, column: int) -> None:
    for fill in reversed(fills[-MOST_FILLS:]):
        if fill.formula.at(row, column) == formula:
            fill.steps.append(step)
            return
    fills.append(Fill(RelativeFormula(formula, row, column), [step]))


def readings(translator: Translator, table: Table, quantity: str, fill: Fill) -> list[Reading]:
    """Return what a fill's cells say in quantity names.

    Usually all say the same, and looking at both ends shows it; where they do not (a fixed row
    inside the table, helper cells that differ), every cell is read.
    """
    ends = [_reading(translator, table, quantity, step) for step in _ends(fill.steps)]
    if len(ends) == 1 or (ends[0][0] is not None and ends[0][0] == ends[1][0]):
        tree, problem = ends[0]
        if len(ends) == 1 or not translator.used_helpers:
            return [Reading(tuple(fill.steps), tree, problem)]
    return _grouped([(step, *_reading(translator, table, quantity, step)) for step in fill.steps])


def _ends(steps: Sequence[int]) -> list[int]:
    return [steps[0]] if len(steps) == 1 else [steps[0], steps[-1]]


def _reading(
    translator: Translator, table: Table, quantity: str, step: int
) -> tuple[Expr | None, str | None]:
    try:
        return translator.tree(table.cell(quantity, step)), None
    except FormulaError as error:
        return None, error.reason


def _grouped(read: list[tuple[int, Expr | None, str | None]]) -> list[Reading]:
    steps: dict[tuple[Expr | None, str | None], list[int]] = {}
    for step, tree, problem in read:
        steps.setdefault((tree, problem), []).append(step)
    return [Reading(tuple(s), tree, problem) for (tree, problem), s in steps.items()]
