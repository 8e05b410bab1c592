"""Where the first weights, inputs and targets come from, and those that are hardly meant to.

Nobody can tell what a first weight should be. But where the others are what stands in cells of
their own, one that does something to its cell, or takes the cell of another, is remarkable.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from sheetprop.calculating.agreement import is_close
from sheetprop.errors import FormulaError
from sheetprop.maths.trees.expr import Number
from sheetprop.maths.trees.walk import nodes
from sheetprop.mistakes.experiment.taken_cells import TakenCells
from sheetprop.notation.address import on
from sheetprop.notation.excel_parse import CellReference, parse
from sheetprop.tables.judgement import Judgement
from sheetprop.workbooks.sheet import EMPTY, Address, Workbook

FEWEST_PLAIN = 3
"""So many others are taken as they are where one that is not is remarkable."""

EXACT = 1e-12
BESIDE = ((0, 1), (1, 0), (0, -1), (-1, 0))

Cell = tuple[str, Address]
"""A sheet and an address on it."""


class OddFirst(NamedTuple):
    """A first number that is not as the others: the cell it is made of, and what stands there.

    `other` is the quantity whose cell it takes, `spare` the cell beside it that nothing takes; both
    are None where it takes its own, but not as it is. What is typed takes no cell: its `source` is
    the spare one, which may hold the same number.
    """

    quantity: str
    source: Cell
    found: str
    other: str | None = None
    spare: Cell | None = None
    is_same: bool = False


def odd_firsts(judgements: Iterable[Judgement], workbook: Workbook) -> list[list[OddFirst]]:
    """Return, for each table, the first numbers that are made otherwise than its others."""
    taken = TakenCells(workbook)
    return [_odd_firsts(judgement, taken) for judgement in judgements]


def _odd_firsts(judgement: Judgement, known: TakenCells) -> list[OddFirst]:
    plain: dict[str, Cell] = {}
    made: list[tuple[OddFirst, list[Cell]]] = []
    for name, formula in _formulas(judgement):
        sources = _sources(judgement, formula)
        if len(sources) == 1 and _is_as_there(judgement, name, sources[0]):
            plain[name] = sources[0]
        elif sources:
            made.append((OddFirst(name, sources[0], formula), sources))
    odd: list[OddFirst] = []
    if len(plain) >= FEWEST_PLAIN:
        taken = {*plain.values()}  # what is made of those alone, such as 1 - t1, may be meant
        odd = [
            one
            for one, sources in made
            if not taken.issuperset(sources) or _spare(known, judgement, one.source)
        ]
        odd += _typed(judgement, known, plain)
    is_odd = len(plain) >= 2 * len(odd)
    return [*(odd if is_odd else ()), *_shared(judgement, known, plain)]


def _typed(
    judgement: Judgement, known: TakenCells, plain: Mapping[str, Cell]
) -> Iterator[OddFirst]:
    """Yield the numbers typed where others of their kind are cells, and one of those is left."""
    quantities = judgement.lesson.quantities
    found = {n: v for n, v in ((n, _number(f)) for n, f in _formulas(judgement)) if v is not None}
    found |= {n: line.numbers[0] for n, line in judgement.lines.items() if 0 in line.numbers}
    found = {name: number for name, number in found.items() if quantities[name].is_given_first}
    kinds = {quantities[name].kind for name in found}
    kin = [(quantities[n].kind, at) for n, at in plain.items() if quantities[n].kind in kinds]
    spare = [(kind, one) for kind, at in kin if (one := _spare(known, judgement, at))]
    for name, number in found.items():
        own = [one for kind, one in spare if kind == quantities[name].kind]
        if own:
            cell = min(own, key=lambda at: _way(_in_place(judgement, plain, name, at)))
            there = judgement.value_of(*cell)
            is_same = isinstance(there, int | float) and is_close(number, float(there), EXACT)
            yield OddFirst(name, cell, f"{number:.12g}", None, cell, is_same)


def _number(formula: str) -> float | None:
    """Return the number that a formula is."""
    try:
        tree = parse(formula)
    except FormulaError:
        return None
    return float(tree.value) if isinstance(tree, Number) else None


def _in_place(
    judgement: Judgement, plain: Mapping[str, Cell], name: str, source: Cell
) -> list[Cell]:
    """Return the cells that quantities take, in the order of their columns, one of them another."""
    found = {**plain, name: source}
    return [found[one] for one in judgement.lines if one in found]


def _formulas(judgement: Judgement) -> Iterator[tuple[str, str]]:
    """Yield the quantities that are given first by a formula, and it."""
    table = judgement.table
    for name, line in judgement.lines.items():
        fill = next((fill for fill in line.fills if 0 in fill.steps), None)
        if fill is not None and judgement.lesson.quantities[name].is_given_first:
            yield name, fill.formula.at(*table.cell(name, 0))


def _sources(judgement: Judgement, formula: str) -> list[Cell]:
    """Return the cells outside the table that a formula is made of, none where others are, too."""
    table = judgement.table
    try:
        leaves = [node for node in nodes(parse(formula)) if isinstance(node, CellReference)]
    except FormulaError:
        return []
    found = dict.fromkeys((one.sheet or table.sheet, (one.row, one.column)) for one in leaves)
    is_own = any(sheet == table.sheet and judgement.holds(cell) for sheet, cell in found)
    return [] if is_own else list(found)


def _is_as_there(judgement: Judgement, name: str, source: Cell) -> bool:
    """Whether a first number is the one of its cell, however that is written."""
    own = judgement.value_of(judgement.table.sheet, judgement.table.cell(name, 0))
    there = judgement.value_of(*source)
    if not isinstance(own, int | float) or not isinstance(there, int | float):
        return True  # nothing to compare: an error is said by itself
    return is_close(float(own), float(there), EXACT)


def _shared(
    judgement: Judgement, known: TakenCells, plain: Mapping[str, Cell]
) -> Iterator[OddFirst]:
    """Yield the one of two that take one cell beside which another is taken by nothing.

    People give their numbers in the order of the columns that take them: of two ways to go from
    cell to cell, with the other one in the place of either, the shorter is meant.
    """
    owner: dict[Cell, str] = {}
    for name, source in plain.items():
        other = owner.setdefault(source, name)
        spare = None if other == name else _spare(known, judgement, source)
        if spare is None:
            continue
        ways = {one: _way(_in_place(judgement, plain, one, spare)) for one in (name, other)}
        astray = min(ways, key=lambda one: ways[one])
        left = other if astray == name else name
        yield OddFirst(astray, source, f"={on(*source)}", left, spare)


def _way(sources: Sequence[Cell]) -> int:
    """Return how far it is from cell to cell, of those on the sheet of the first."""
    here = [cell for sheet, cell in sources if sheet == sources[0][0]]
    return sum(abs(a[0] - b[0]) + abs(a[1] - b[1]) for a, b in pairwise(here))


def _spare(known: TakenCells, judgement: Judgement, source: Cell) -> Cell | None:
    """Return a cell with a number beside a source that no formula of the workbook takes."""
    title, (row, column) = source
    sheet = known.workbook.called(title)
    if sheet is None:
        return None
    own = sheet.name.casefold() == judgement.table.sheet.casefold()
    beside = [(row + down, column + right) for down, right in BESIDE]
    numbers = [cell for cell in beside if sheet.cells.get(cell, EMPTY).is_typed_number]
    numbers = [cell for cell in numbers if not (own and judgement.holds(cell))]
    spare = next((cell for cell in numbers if not known.holds(sheet.name, cell)), None)
    return None if spare is None else (sheet.name, spare)
