"""Where header texts are missing, or contradict what their columns compute: the formulas decide.

Two exchanged headers make a dozen formulas look wrong. Reading the two columns the other way round
makes them right again, and then the headers are the mistake.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import combinations, islice, product
from typing import NamedTuple

from sheetprop.checking.fitting.learning_rate import with_rate
from sheetprop.checking.fitting.reorder import reordered
from sheetprop.errors import FormulaError
from sheetprop.maths.names import is_parameter
from sheetprop.maths.trees.expr import Expr, Name
from sheetprop.maths.trees.walk import names, substitute
from sheetprop.tables.form import Form
from sheetprop.tables.headers import quantity_named
from sheetprop.tables.judgement import Judgement
from sheetprop.tables.table import Table
from sheetprop.tables.translate import translator_of
from sheetprop.workbooks.sheet import Sheet, Workbook

MOST_JUDGED = 6
"""Exchanges judged in full in one round, after one row spoke for them."""

LEAST_GAIN = 2
"""So many more formulas must be right for another reading of the headers to be believed."""


class Candidates(NamedTuple):
    """Other readings of a table's headers; one that makes `gain` more right is believed."""

    tables: tuple[Table, ...]
    gain: int = LEAST_GAIN


def other_readings(judgement: Judgement, workbook: Workbook) -> Iterator[Candidates]:
    """Yield the ways in which a table's headers can be meant otherwise, the likeliest first."""
    for find in (_turned, _doubled, _filled, _taken, _exchanged):
        yield from find(judgement, workbook)


def _exchanged(judgement: Judgement, workbook: Workbook) -> Iterator[Candidates]:
    """Exchange two headers, if that mends more formulas than it breaks."""
    suspects = _suspects(judgement)
    if len(suspects) < 2:
        return
    trees = _trees(judgement, workbook, judgement.table, suspects)
    mentioned = {name: names(tree) for name, tree in trees.items()}
    wrong = _wrong(judgement)
    pairs = (
        pair
        for pair in combinations(suspects, 2)
        if _mends(judgement, wrong, trees, mentioned, pair)
    )
    for first, second in islice(pairs, MOST_JUDGED):
        yield Candidates(tuple(judgement.table.readings({first: second, second: first})))


def _turned(judgement: Judgement, workbook: Workbook) -> Iterator[Candidates]:
    """Turn several headers at once, if each column computes what another is called."""
    trees = _trees(judgement, workbook, judgement.table, _wrong(judgement))
    yield Candidates(tuple(reordered(judgement, trees)))


def _wrong(judgement: Judgement) -> list[str]:
    """Return the quantities that are mostly wrong; a single wrong row is no matter of headers."""
    mostly = (w.quantity for w in judgement.wrong if len(w.steps) >= w.right_elsewhere)
    return list(dict.fromkeys(mostly))


def _suspects(judgement: Judgement) -> list[str]:
    """Return the columns whose header may be another's.

    Those with wrong formulas, and, as soon as there are any, those of numbers: they compute
    nothing, and only what uses them shows that they are something else.
    """
    wrong = _wrong(judgement)
    quantities = judgement.network.quantities
    numbers = [n for n, line in judgement.lines.items() if n in quantities and not line.fills]
    given = [n for n in judgement.lines if n in quantities and quantities[n].tree is None]
    return list(dict.fromkeys([*wrong, *numbers, *given])) if wrong else []


def _mends(
    judgement: Judgement,
    wrong: Iterable[str],
    trees: Mapping[str, Expr],
    mentioned: Mapping[str, frozenset[Name]],
    pair: tuple[str, str],
) -> bool:
    """Whether two exchanged headers make `LEAST_GAIN` wrong formulas right, told by one row.

    The formulas need not be read again: what was one name is the other, in them and above them.
    """
    swap = dict((pair, pair[::-1]))
    touched = {Name(name, shift) for name in swap for shift in (0, -1)}
    told: list[tuple[Expr, Expr]] = []
    for name in wrong:
        tree = trees.get(read := swap.get(name, name))
        right = judgement.network.quantities[name].tree
        if tree is None or right is None or not (name in swap or touched & mentioned[read]):
            continue
        told.append((tree, right))
    may_fail = len(told) - LEAST_GAIN
    for tree, right in told if may_fail >= 0 else ():
        may_fail -= not judgement.points.same(_renamed(tree, swap), right)
        if may_fail < 0:
            return False
    return may_fail >= 0


def _renamed(tree: Expr, swap: Mapping[str, str]) -> Expr:
    def new(leaf: Expr) -> Expr | None:
        if isinstance(leaf, Name) and leaf.name in swap:
            return Name(swap[leaf.name], leaf.shift)
        return None

    return substitute(tree, new)


def _number_right(
    judgement: Judgement, workbook: Workbook, table: Table, chosen: Iterable[str]
) -> int:
    """Return how many of some columns compute, read so, what they are said to be.

    One row is looked at, which is much quicker than judging the whole table.
    """
    count = 0
    for name, tree in _trees(judgement, workbook, table, chosen).items():
        right = judgement.network.quantities[name].tree
        count += right is not None and judgement.points.same(tree, right)
    return count


def _trees(
    judgement: Judgement, workbook: Workbook, table: Table, chosen: Iterable[str]
) -> dict[str, Expr]:
    """Return what the formulas of some columns say in one row, the wrong ones where they are."""
    translator = translator_of(workbook, table, judgement.network, judgement.value_of)
    translator.aliases.update(judgement.aliases)
    cells = workbook[table.sheet].cells
    found = {}
    for name in chosen:
        if name not in judgement.network.quantities or name not in table.lines:
            continue
        cell = table.cell(name, _telling_step(judgement, table, name))
        if cell not in cells or cells[cell].formula is None:
            continue
        try:
            tree = translator.tree(cell)
            tree = with_rate(tree, table, judgement.rate, is_update=is_parameter(name))
            found[name] = translator.constant(tree)
        except FormulaError:
            continue
    return found


def _telling_step(judgement: Judgement, table: Table, name: str) -> int:
    """Return a step that tells what a quantity is; a wrong one, where a reading can mend it."""
    is_update = judgement.network.quantities[name].is_given_first
    usual = 0 if isinstance(table, Form) and not is_update else min(1, table.iterations - 1)
    wrong = [step for one in judgement.wrong if one.quantity == name for step in one.steps]
    return usual if usual in wrong or not wrong else wrong[0]


def _doubled(judgement: Judgement, workbook: Workbook) -> Iterator[Candidates]:
    """Give a quantity without a header one of two columns that have the same header.

    What is given computes nothing: only the formulas that take it tell which of the two it is.
    """
    sheet, table = workbook[judgement.table.sheet], judgement.table
    missing = [name for name in judgement.network.quantities if name not in table.lines]
    twins = list(_twins(sheet, table)) if missing and not isinstance(table, Form) else []
    for name, (other, twin) in product(missing, twins):
        freed = _named(sheet, table, name, table.lines[other])
        both = (_named(sheet, freed, other, twin), _named(sheet, table, name, twin))
        found = [t for t in both if _number_right(judgement, workbook, t, _wrong(judgement))]
        if found:
            yield Candidates(tuple(found))


def _twins(sheet: Sheet, table: Table) -> Iterator[tuple[str, int]]:
    """Yield quantities with a second line under the same header."""
    for line in _nameless(sheet, table):
        text = sheet.cells.get(table.header_of(line))
        name = quantity_named(text.value) if text is not None else None
        if name is not None and name in table.lines:
            yield name, line


def _filled(judgement: Judgement, workbook: Workbook) -> Iterator[Candidates]:
    """Give a quantity without a header a column without one, if formulas become right by it.

    Or the column of a wrong quantity: its header may be that of another column, written twice.
    """
    sheet, table = workbook[judgement.table.sheet], judgement.table
    missing = [name for name in judgement.network.quantities if not table.holds(name)]
    nameless = list(_nameless(sheet, table)) if missing else []
    misnamed = [table.lines[name] for name in _wrong(judgement) if name in table.lines]
    for name in missing:
        for line in [*nameless, *misnamed]:
            named = _named(sheet, table, name, line)
            if line in misnamed:
                named = _refilled(judgement, workbook, named, line)
            is_itself = _number_right(judgement, workbook, named, (name,)) > 0
            if is_itself or _number_right(judgement, workbook, named, _wrong(judgement)):
                is_plain = is_itself and line in nameless
                yield Candidates((named,), 1 if is_plain else LEAST_GAIN)


def _refilled(judgement: Judgement, workbook: Workbook, table: Table, line: int) -> Table:
    """Return a table in which what lost its line to another name has one without a header."""
    sheet = workbook[table.sheet]
    lost = (name for name, own in judgement.table.lines.items() if own == line)
    for name, other in product(lost, list(_nameless(sheet, table))):
        named = _named(sheet, table, name, other)
        if _number_right(judgement, workbook, named, (name,)):
            return named
    return table


def _taken(judgement: Judgement, workbook: Workbook) -> Iterator[Candidates]:
    """Give a wrong quantity a column without a header, if that is what the others use as such."""
    sheet, table = workbook[judgement.table.sheet], judgement.table
    for name in _wrong(judgement):
        for line in _nameless(sheet, table):
            named = _named(sheet, table, name, line)
            if _number_right(judgement, workbook, named, (name,)):
                yield Candidates((named,))


def _named(sheet: Sheet, table: Table, name: str, line: int) -> Table:
    """Return the table with a line as that of a quantity, and what its header says, if anything."""
    text = sheet.cells.get(table.header_of(line))
    lines = {other: own for other, own in table.lines.items() if own != line}
    labels = {other: label for other, label in table.labels.items() if other in lines}
    if text is not None and quantity_named(text.value):
        labels[name] = str(text.value)
    return replace(table, lines={**lines, name: line}, labels=labels)


def _nameless(sheet: Sheet, table: Table) -> Iterator[int]:
    """Yield the lines in or beside the table that hold numbers under no known header."""
    known = set(table.lines.values())
    every = range(max(1, min(known) - 1), max(known) + 2)
    for line in range(len(table.cells)) if isinstance(table, Form) else every:
        if line in known:
            continue
        cell = sheet.cells.get(table.at(line, table.places[0]))
        if cell is not None and (cell.formula or isinstance(cell.value, int | float)):
            yield line
