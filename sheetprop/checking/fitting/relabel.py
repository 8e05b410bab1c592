"""Where header texts are missing, or contradict what their columns compute: the formulas decide.

Two exchanged headers make a dozen formulas look wrong. Reading the two columns the other way round
makes them right again, and then the headers are the mistake.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations, islice, product
from typing import NamedTuple

from sheetprop.checking.fitting.nameless import (
    count_right,
    doubled_lines,
    nameless_lines,
    read_row,
    with_name,
)
from sheetprop.checking.fitting.reorder import reordered
from sheetprop.maths.trees.expr import Expr, Name
from sheetprop.maths.trees.walk import names, substitute
from sheetprop.tables.form import Form
from sheetprop.tables.judgement import Judgement
from sheetprop.tables.table import Table
from sheetprop.workbooks.sheet import Workbook

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
    trees = read_row(judgement, workbook, judgement.table, suspects)
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
    trees = read_row(judgement, workbook, judgement.table, _wrong(judgement))
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

    The formulas need not be read again: what was one name is the other, in them and above them. In
    a form the cells of the next iteration have labels of their own, and may be called as before.
    """
    swap = dict((pair, pair[::-1]))
    if _are_mended(judgement, wrong, trees, mentioned, swap, swap):
        return True
    is_form = isinstance(judgement.table, Form)
    return is_form and _are_mended(judgement, wrong, trees, mentioned, swap, {})


def _are_mended(
    judgement: Judgement,
    wrong: Iterable[str],
    trees: Mapping[str, Expr],
    mentioned: Mapping[str, frozenset[Name]],
    swap: Mapping[str, str],
    above: Mapping[str, str],
) -> bool:
    """Whether enough formulas are right by other names in them, and `above` them."""
    touched = {Name(name, shift) for name in swap for shift in (0, -1)}
    told: list[tuple[Expr, Expr]] = []
    for name in wrong:
        tree = trees.get(read := above.get(name, name))
        right = judgement.network.quantities[name].tree
        if tree is None or right is None or not (name in swap or touched & mentioned[read]):
            continue
        told.append((tree, right))
    may_fail = len(told) - LEAST_GAIN
    for tree, right in told:
        if may_fail < 0:
            break
        may_fail -= not judgement.points.same(_renamed(tree, swap), right)
    return may_fail >= 0


def _renamed(tree: Expr, swap: Mapping[str, str]) -> Expr:
    def new(leaf: Expr) -> Expr | None:
        if isinstance(leaf, Name) and leaf.name in swap:
            return Name(swap[leaf.name], leaf.shift)
        return None

    return substitute(tree, new)


def _doubled(judgement: Judgement, workbook: Workbook) -> Iterator[Candidates]:
    """Give a quantity without a header one of two columns that have the same header.

    What is given computes nothing: only the formulas that take it tell which of the two it is.
    """
    sheet, table = workbook[judgement.table.sheet], judgement.table
    missing = [name for name in judgement.network.quantities if name not in table.lines]
    missing.sort(key=table.holds)  # what is given outside the table needs no column
    twins = list(doubled_lines(sheet, table)) if missing and not isinstance(table, Form) else []
    for name, (other, twin) in product(missing, twins):
        freed = with_name(sheet, table, name, table.lines[other])
        both = (with_name(sheet, freed, other, twin), with_name(sheet, table, name, twin))
        found = [t for t in both if count_right(judgement, workbook, t, _wrong(judgement))]
        if found:
            yield Candidates(tuple(found))


def left_out(judgement: Judgement, workbook: Workbook) -> Iterator[Table]:
    """Yield the table with a line under a doubled header as what it computes, if none needs that.

    Nothing is wrong without it, such as E_total where there is one error, or a target that all
    formulas take from its first cell; but it is no second line of what its header says.
    """
    sheet, table = workbook[judgement.table.sheet], judgement.table
    quantities = judgement.network.quantities
    missing = [n for n in quantities if n not in table.lines and judgement.may_be_left_out(n)]
    given = {cell: name for cell, name in judgement.aliases.items() if name not in table.lines}
    doubled = list(doubled_lines(sheet, table)) if missing or given else ()
    for _, line in doubled:
        first = table.sheet, table.at(line, table.places[0])
        if first in given:
            yield with_name(sheet, table, given[first], line)
    for (other, line), name in product(doubled, missing):
        called = with_name(sheet, table, name, line)
        again = with_name(sheet, table, other, line)
        if count_right(judgement, workbook, called, (name,)) and not count_right(
            judgement, workbook, again, (other,)
        ):
            yield called


def _filled(judgement: Judgement, workbook: Workbook) -> Iterator[Candidates]:
    """Give a quantity without a header a column without one, if formulas become right by it.

    Or the column of a wrong quantity: its header may be that of another column, written twice.
    """
    sheet, table = workbook[judgement.table.sheet], judgement.table
    missing = [name for name in judgement.network.quantities if not table.holds(name)]
    nameless = list(nameless_lines(sheet, table)) if missing else []
    misnamed = [table.lines[name] for name in _wrong(judgement) if name in table.lines]
    for name in missing:
        for line in [*nameless, *misnamed]:
            named = with_name(sheet, table, name, line)
            if line in misnamed:
                named = _refilled(judgement, workbook, named, line)
            is_itself = count_right(judgement, workbook, named, (name,)) > 0
            if is_itself or count_right(judgement, workbook, named, _wrong(judgement)):
                is_plain = is_itself and line in nameless
                yield Candidates((named,), 1 if is_plain else LEAST_GAIN)


def _refilled(judgement: Judgement, workbook: Workbook, table: Table, line: int) -> Table:
    """Return a table in which what lost its line to another name has one without a header."""
    sheet = workbook[table.sheet]
    lost = (name for name, own in judgement.table.lines.items() if own == line)
    for name, other in product(lost, list(nameless_lines(sheet, table))):
        named = with_name(sheet, table, name, other)
        if count_right(judgement, workbook, named, (name,)):
            return named
    return table


def _taken(judgement: Judgement, workbook: Workbook) -> Iterator[Candidates]:
    """Give a wrong quantity a column without a header, if that is what the others use as such."""
    sheet, table = workbook[judgement.table.sheet], judgement.table
    for name in _wrong(judgement):
        for line in nameless_lines(sheet, table):
            named = with_name(sheet, table, name, line)
            if count_right(judgement, workbook, named, (name,)):
                yield Candidates((named,))
