"""Tables without header texts: what each line computes, from what, tells which quantity it is.

A line that takes itself one iteration before is a weight being updated; one that is σ of another
is an activation; a sum of products that an activation is made of is a neuron. From there the chain
names the rest: inputs and targets by what uses them, gradients by the weights they update.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from sheetprop.checking.without_headers.backward import find_gradients, find_targets
from sheetprop.checking.without_headers.forward import find_neurons
from sheetprop.checking.without_headers.guess import FIRST_CELL, Guess, line_of
from sheetprop.checking.without_headers.slips import looking_back
from sheetprop.checking.without_headers.training_runs import (
    LEAST_UPDATES,
    TrainingRun,
    training_runs,
)
from sheetprop.errors import FormulaError
from sheetprop.maths.names import kind
from sheetprop.maths.trees.expr import Expr, Name
from sheetprop.maths.trees.walk import flatten, names, substitute
from sheetprop.notation.excel_parse import CellReference
from sheetprop.notation.relative import RelativeFormula
from sheetprop.tables.table import Table
from sheetprop.tables.translate import Translator
from sheetprop.workbooks.sheet import Address, Sheet, Value, Workbook

EARLY, LATE = 7, 3
"""So many iterations behind the first tell what a line computes, and so many whether it ends."""

ValueOf = Callable[[str, Address], Value]


def tables_by_structure(workbook: Workbook, value_of: ValueOf) -> list[Table]:
    """Return tables found by their formulas alone, sheet by sheet."""
    return [
        table
        for sheet in workbook.sheets
        for run in training_runs(sheet)
        for table in _tables(workbook, sheet, run, value_of)
    ]


def _tables(
    workbook: Workbook, sheet: Sheet, run: TrainingRun, value_of: ValueOf
) -> Iterator[Table]:
    first, last = (
        mostly_filled(sheet, run, places) for places in (early(run.places), run.places[-LATE:])
    )
    lines = sorted(first & last)  # a list beside the table ends before
    cells: dict[CellReference, int] = {}
    plain = _plain(sheet, run, lines)
    trees = trees_of(Translator(workbook, plain, value_of), sheet, plain, cells)
    beside = listed(trees, run.updates)
    beside = {line for line in beside if not _is_repeated(sheet, plain, line, value_of)}
    if beside:
        plain = _plain(sheet, run, [line for line in lines if line not in beside])
        trees = trees_of(Translator(workbook, plain, value_of), sheet, plain, cells)
    trees = {line: substitute(tree, partial(unmoved, trees)) for line, tree in trees.items()}
    for together in components(trees):
        updates = [line for line in run.updates if line in together]
        updates += sorted(looking_back(trees, updates) - set(updates))
        if len(updates) < LEAST_UPDATES:
            continue
        guess = Guess({line: tree for line, tree in trees.items() if line in together}, updates)
        find_neurons(guess)
        find_targets(guess)
        find_gradients(guess)
        has_weights = any(kind(name) == "weight" for name in guess.quantity)
        if has_weights and len(guess.by_line) >= len(updates):
            yield _with_names(plain, guess, cells)


def early(places: Sequence[int]) -> Sequence[int]:
    """Return the places whose formulas tell what a line computes; the first is the start."""
    return places[1 : EARLY + 1]


def mostly_filled(sheet: Sheet, run: TrainingRun, places: Sequence[int]) -> set[int]:
    """Return the lines with a cell in most of some places: one that is empty may be a slip."""
    plain = _plain(sheet, run, ())
    wanted = set(places)
    where = (plain.split(cell) for cell in sheet.cells)
    count = Counter(line for line, place in where if place in wanted)
    return {line for line, found in count.items() if 2 * found > len(places)}


def _telling(sheet: Sheet, table: Table, line: int) -> Address | None:
    """Return an early cell of a line with the formula that most of them have."""
    fills: Counter[object] = Counter()
    cells: dict[object, Address] = {}
    for place in early(table.places):
        cell = table.at(line, place)
        content = sheet.cells.get(cell)
        if content is not None and content.formula is not None:
            pattern = RelativeFormula(content.formula, *cell).pattern
            fills[pattern] += 1
            cells.setdefault(pattern, cell)
    return cells[fills.most_common(1)[0][0]] if fills else None


def _plain(sheet: Sheet, run: TrainingRun, lines: Iterable[int]) -> Table:
    return run.table(sheet.name, {f"c{line}": line for line in lines})


def trees_of(
    translator: Translator, sheet: Sheet, table: Table, cells: dict[CellReference, int]
) -> dict[int, Expr]:
    """Return what lines compute in the early iterations; cells outside get a number each.

    What only copies a given number computes nothing; what copies something computed before, such as
    an update in a line of its own, computes that.
    """
    found: dict[int, Expr] = {}
    copies: dict[int, Name] = {}

    def numbered(leaf: Expr) -> Expr | None:
        if not isinstance(leaf, CellReference):
            return None
        if leaf not in cells:
            cells[leaf] = FIRST_CELL + len(cells)
        return Name(f"c{cells[leaf]}")

    for line in table.lines.values():
        cell = _telling(sheet, table, line)
        if cell is None:
            continue
        try:
            tree = flatten(translator.tree(cell))
        except FormulaError:
            continue
        if isinstance(tree, Name) and tree.shift != 0:
            copies[line] = tree
        elif {line_of(name) for name in names(tree)} == {line}:
            continue  # a number carried on, times 1 or behind a guard, or counted up
        elif any(isinstance(one, Name) for one in names(tree)):
            found[line] = flatten(substitute(tree, numbered))
    found |= {
        line: substitute(found[line_of(copied)], partial(_earlier, copied.shift))
        for line, copied in copies.items()
        if line_of(copied) in found
    }
    return found


def listed(trees: Mapping[int, Expr], updates: Collection[int]) -> set[int]:
    """Return the lines without formulas that different iterations are taken of at once.

    That is a list of inputs and targets beside the table, one below the other. Updates take what
    their gradients are made of from the iteration before.
    """
    leaves = {
        Name(name.name, name.shift + (line in updates))
        for line, tree in trees.items()
        for name in names(tree)
    }
    times = Counter(line_of(name) for name in leaves)
    return {line for line, count in times.items() if count > 1 and line not in trees}


def _is_repeated(sheet: Sheet, table: Table, line: int, value_of: ValueOf) -> bool:
    """Whether every row repeats one number: then it is no list, wherever formulas take it from."""
    values = {value_of(sheet.name, table.at(line, place)) for place in table.places}
    return len(values) == 1 and None not in values


def _earlier(shift: int, leaf: Expr) -> Expr | None:
    return Name(leaf.name, leaf.shift + shift) if isinstance(leaf, Name) else None


def unmoved(trees: Mapping[int, Expr], leaf: Expr) -> Expr | None:
    """Return what is given as of this iteration, though all formulas may take it from the first."""
    is_given = isinstance(leaf, Name) and leaf.shift != 0 and line_of(leaf) not in trees
    return Name(leaf.name) if is_given and isinstance(leaf, Name) else None


def components(trees: Mapping[int, Expr]) -> list[set[int]]:
    """Return lines that have to do with one another: tables beside each other have not."""
    found: list[set[int]] = []
    for line, tree in trees.items():
        own = {line, *(n for n in map(line_of, names(tree)) if n < FIRST_CELL)}
        touched = [group for group in found if group & own]
        found = [group for group in found if not group & own]
        found.append(own.union(*touched))
    return found


def _with_names(plain: Table, guess: Guess, cells: Mapping[CellReference, int]) -> Table:
    """Return the table with the lines that have a name, and the cells given once."""
    lines = {name: line for name, line in guess.quantity.items() if line < FIRST_CELL}
    cell_of = {number: cell for cell, number in cells.items()}
    given = {name: cell_of[line] for name, line in guess.quantity.items() if line >= FIRST_CELL}
    here = {n: (c.row, c.column) for n, c in given.items() if c.sheet in ("", plain.sheet)}
    ordered = dict(sorted(lines.items(), key=lambda one: one[1]))
    return replace(plain, lines=ordered, fixed=here)
