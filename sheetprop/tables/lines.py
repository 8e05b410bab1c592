"""The cells of one quantity, gathered by what was filled: few formulas instead of many cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

from sheetprop.calculating.loops.fills import Fill, compact
from sheetprop.calculating.loops.region import LONG
from sheetprop.maths.trees.expr import Expr
from sheetprop.maths.trees.walk import names
from sheetprop.notation.relative import RelativeFormula
from sheetprop.tables.table import NOWHERE, Table
from sheetprop.workbooks.sheet import ExcelError, Sheet, Value

MOST_FILLS = 40
"""So many different formulas of one line are told apart by text; with more, each cell stands alone
and is grouped by its tree."""

MOST_PLAIN = 3
"""An update takes a weight, its gradient and the rate; one that takes more has written it out."""


@dataclass(frozen=True)
class Line:
    """One quantity's cells: formulas by fill, typed numbers, texts and blanks by step."""

    quantity: str
    fills: tuple[Fill, ...] = ()
    numbers: dict[int, float] = field(default_factory=dict)
    others: Sequence[int] = ()
    blanks: Sequence[int] = ()


class Reading(NamedTuple):
    """A tree in quantity names, and the steps of a fill that read so.

    `tree` is None where the formula has none; `problem` then says why.
    """

    steps: Sequence[int]
    tree: Expr | None
    problem: str | None = None


Readings = Mapping[str, list[Reading]]
"""What the formulas of each quantity read as."""

Known = Mapping[int, Sequence[Fill]]
NOTHING_KNOWN: Known = MappingProxyType({})


class Observed(NamedTuple):
    """What a quantity did in the workbook recalculated with other numbers.

    `agreeing` and `differing` count the looks at a cell whose right value was known and changed
    from draw to draw; `slopes` those of them at a gradient beside the slope of E_total. `unknown`
    counts the looks that tell nothing.
    """

    agreeing: int = 0
    differing: int = 0
    unknown: int = 0
    slopes: int = 0

    @property
    def is_right(self) -> bool:
        """Whether it was right whenever that could be told, and that was more than once."""
        return self.agreeing > 1 and not self.differing


def is_written_out(update: Expr | None) -> bool:
    """Whether an update takes what a gradient is made of, not the gradient alone."""
    return update is not None and len(names(update)) > MOST_PLAIN


def read_line(sheet: Sheet, table: Table, quantity: str, known: Known = NOTHING_KNOWN) -> Line:
    """Return the cells of one quantity in all iterations.

    `known` are the fills of the sheet's columns, where somebody has looked for them already.
    """
    fills = list(_known_fills(table, known.get(table.lines.get(quantity, 0), ())))
    done = {step for fill in fills for step in fill.steps}
    sorter, cells = _Sorter(goes_down=table.goes_down), sheet.cells
    for step, address in enumerate(table.all_cells(quantity)):
        if step in done or address == NOWHERE:
            continue
        cell = cells.get(address)
        if cell is None or cell.formula is None:
            sorter.sort_in(step, None if cell is None else cell.value)
        elif str(address[0] + sorter.further).join(sorter.texts) == cell.formula:
            sorter.latest.append(step)  # most of all cells, so without a call
        else:
            sorter.add_formula(step, cell.formula, *address)
    fills += [Fill(formula, compact(steps)) for formula, steps in sorter.fills]
    fills.sort(key=lambda fill: fill.first)
    return Line(quantity, tuple(fills), sorter.numbers, sorter.others, sorter.blanks)


def _known_fills(table: Table, fills: Sequence[Fill]) -> Iterator[Fill]:
    """Yield the long fills of a column in a table whose iterations are rows."""
    rows = table.rows
    for fill in fills if rows else ():
        steps = [rows[row] for row in fill.steps if row in rows]
        if len(fill.steps) > LONG and steps:
            yield Fill(fill.formula, compact(steps))


class _Sorter:
    """Takes the cells of a line one after the other and puts alike ones together.

    Where it goes down, a row's number, and how much `further` is looked, joins `texts` to what
    belongs to the fill of the formula taken last, whose steps are `latest`; no formula is empty.
    """

    def __init__(self, *, goes_down: bool) -> None:
        self.goes_down = goes_down
        self.texts: Sequence[str] = ()
        self.further = 0
        self.latest: list[int] = []
        self.fills: list[tuple[RelativeFormula, list[int]]] = []
        self.numbers: dict[int, float] = {}
        self.others: list[int] = []
        self.blanks: list[int] = []

    def sort_in(self, step: int, value: Value) -> None:
        """Take a cell without a formula."""
        if value is None:
            self.blanks.append(step)
        elif isinstance(value, int | float) and not isinstance(value, bool):
            self.numbers[step] = float(value)
        elif isinstance(value, str) and not isinstance(value, ExcelError):
            (self.others if value.strip() else self.blanks).append(step)
        else:
            self.others.append(step)

    def add_formula(self, step: int, text: str, row: int, column: int) -> None:
        """Take a formula: one more of a fill, the last one mostly, or a fill of its own."""
        if self.fills and self.fills[-1][0].at(row, column) == text:
            self.fills[-1][1].append(step)
            return
        for formula, steps in reversed(self.fills[-MOST_FILLS:-1]):
            if formula.at(row, column) == text:
                steps.append(step)
                return
        self._begin(RelativeFormula(text, row, column), step)

    def _begin(self, formula: RelativeFormula, step: int) -> None:
        self.latest = [step]
        self.fills.append((formula, self.latest))
        below = formula.below(formula.column) if self.goes_down else None
        self.texts, self.further = below or ((), 0)
