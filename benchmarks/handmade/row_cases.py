"""Right and wrong tables of lessons in rows, made from a seed, and what `check` says of them."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random

from handmade.measure import Outcome, described
from handmade.row_lessons import Drawn
from handmade.row_slips import (
    UNNAMED,
    Wrong,
    is_right_elsewhere,
    one_of,
    possible_names,
    shown_in,
    wrongs,
)
from handmade.row_tables import LESSONS
from handmade.writing import reformed
from sheetprop.checking.check import check_workbook
from sheetprop.checking.ledger.areas import mentioned
from sheetprop.checking.rows.entries import COMPUTED
from sheetprop.maths.trees.expr import Expr, Name, Number, Product, Sum
from sheetprop.maths.trees.walk import names, put, replace_at, substitute, walk
from sheetprop.notation.address import address, fixed
from sheetprop.notation.excel_write import to_excel
from sheetprop.workbooks.sheet import Cell, Sheet, Workbook

OF_DESIGNS = "SP8"
"""How the codes begin of what is said of a network: one drawn at random is odd."""


def row_outcome(name: str) -> Outcome:
    """Make the case ``rows:LESSON:SEED:NUMBER`` (or ``right:…``), check it, and measure."""
    drawn, wrong, book, placed = row_case(name)
    start = time.perf_counter()
    report = check_workbook(book, "student.xlsx")
    groups = {"lesson": drawn.lesson.name, "mistake": wrong[1] if wrong else "none"}
    outcome = Outcome(name, groups, time.perf_counter() - start)
    told = " / ".join(map(described, report.findings))
    if wrong is None:
        outcome.mark("no false error", not report.errors, told)
        outcome.mark("recognised", bool(report.tables), str(report.reason))
        unread = [one for one in report.not_judged if not _is_own_function(drawn, one.reason)]
        outcome.mark("all judged", not unread, str(unread[:2]))
        return outcome
    findings = [one for one in report.findings if not one.code.startswith(OF_DESIGNS)]
    where = {cell for one in findings for place in one.places for cell in _cells(place.range)}
    cells = _cells(placed)
    outcome.mark("found", bool(cells & where), f"{wrong}: {report.verdict} {told}")
    outcome.mark("placed", cells == where, f"{placed} {wrong}: {told}")
    if cells & where and wrong[1] != UNNAMED:
        names = possible_names(drawn, wrong)
        if names is not None and len(cells) == 1:
            names.add("broken-pattern")
        is_named = names is None or any(one.mistake in names for one in report.findings)
        outcome.mark("named", is_named, f"{wrong}: {told}")
    return outcome


def _is_own_function(drawn: Drawn, reason: str) -> bool:
    """Whether cells cannot be judged since only their owner knows what they are to be."""
    return bool(drawn.formulas) and reason == COMPUTED.how


def _cells(text: str) -> set[tuple[int, int]]:
    """Return the cells of a range on the sheet."""
    return {cell for area in mentioned(text, "") for cell in area.cells()}


def row_case(name: str) -> tuple[Drawn, Wrong | None, Workbook, str]:
    """Return a case by its name: the table, what is wrong, the workbook, and where."""
    kind, lesson, _, _ = name.split(":")
    chance = Random(name)
    while True:
        drawn = LESSONS[lesson](chance)
        found = list(wrongs(drawn)) if kind == "rows" else [None]
        wrong = one_of(found, chance) if found else None
        is_right = wrong is not None and is_right_elsewhere(drawn, wrong[0], wrong[2])
        if found and not is_right:
            return drawn, wrong, *_laid_out(drawn, wrong, chance)


@dataclass
class _Place:
    """Where a table stands on its sheet, and which way its rows go."""

    across: bool
    head: int
    columns: dict[str, int]
    once: dict[str, tuple[int, int]]

    def at(self, row: int, column: int) -> tuple[int, int]:
        return (column, row) if self.across else (row, column)

    def cell(self, name: str, row: int) -> tuple[int, int]:
        return self.at(row, self.columns[name])

    def written(self, tree: Expr, row: int) -> str:
        def reference(leaf: Expr) -> str:
            assert isinstance(leaf, Name)
            if leaf.name in self.once:
                return fixed(self.once[leaf.name])
            return address(*self.cell(leaf.name, row + leaf.shift))

        return to_excel(tree, reference)


def _laid_out(drawn: Drawn, wrong: Wrong | None, chance: Random) -> tuple[Workbook, str]:
    """Return the table on a sheet, and the range of the wrong cells."""
    columns = list(drawn.columns)
    if chance.random() < 0.3:
        chance.shuffle(columns)
    top, left = chance.randrange(1, 9), chance.randrange(1, 7)
    labelled = bool(drawn.labels) and chance.random() < 0.9
    numbers = {name: left + labelled + k for k, name in enumerate(columns)}
    head = top + len(drawn.once) + chance.randrange(1, 3)
    place = _Place(chance.random() < 0.2, head, numbers, {})
    cells = _headers(drawn, place, (top, left), chance)
    if labelled:
        own = enumerate(drawn.labels, head + 1)
        cells |= {place.at(row, left): Cell(label) for row, label in own}
    first = head + 1 + (drawn.start is not None)
    rows = range(first, first + len(drawn.given))
    chosen = list(rows if drawn.start is not None else rows[1:])
    if chance.random() < 0.4:
        chosen = [chance.choice(chosen[1:-1])]
    trees = _trees(drawn, wrong, chance)
    helped = _with_helper(place, trees, wrong, chance)
    if helped:
        cells[place.cell(HELPER, head)] = Cell(chance.choice(("tmp", "aux", "Hilfsspalte", None)))
    for row, given in zip(rows, drawn.given, strict=True):
        cells |= dict(_row(drawn, place, row, given, trees[row in chosen]))
    if drawn.start is not None:
        begun = {n: substitute(t, _zero) for n, t in trees[False].items() if n in drawn.at_once}
        if drawn.at_once and helped:
            begun[HELPER] = substitute(trees[False][HELPER], _zero)
        cells |= dict(_row(drawn, place, head + 1, {}, begun))
    cells = {at: cell for at, cell in cells.items() if cell != Cell(None)}
    book = Workbook((Sheet(chance.choice(SHEETS), cells),))
    if wrong is None:
        return book, ""
    ends = [address(*place.cell(wrong[0], row)) for row in (chosen[0], chosen[-1])]
    return book, ":".join(dict.fromkeys(ends))


def _headers(
    drawn: Drawn, place: _Place, corner: tuple[int, int], chance: Random
) -> dict[tuple[int, int], Cell]:
    """Return the cells of what stands once, of the headers, and of the row that starts."""
    top, left = corner
    cells = {}
    for row, (name, value) in enumerate(drawn.once.items(), top):
        cells[place.at(row, left)] = Cell(chance.choice(drawn.spelt[name]))
        place.once[name] = place.at(row, left + 1)
        cells[place.once[name]] = Cell(value)
    for name in place.columns:
        cells[place.cell(name, place.head)] = Cell(chance.choice(drawn.spelt[name]))
    started = drawn.start or {}
    return cells | {place.cell(n, place.head + 1): Cell(v) for n, v in started.items()}


def _row(
    drawn: Drawn, place: _Place, row: int, given: Mapping[str, float], trees: Mapping[str, Expr]
) -> Iterator[tuple[tuple[int, int], Cell]]:
    """Yield the cells of a row, by the formulas that are in it."""
    is_first = drawn.start is None and row == place.head + 1
    for name in place.columns:
        if name in given:
            yield place.cell(name, row), Cell(given[name])
        elif name in trees:
            tree = substitute(trees[name], _zero) if is_first else trees[name]
            yield place.cell(name, row), Cell(None, place.written(tree, row))


Trees = dict[str, Expr]


def _trees(drawn: Drawn, wrong: Wrong | None, chance: Random) -> dict[bool, Trees]:
    """Return how the formulas of right rows are written, and those of rows with a mistake."""
    freedom = chance.choice((0.0, 0.15, 0.4))
    stated = {n: drawn.formulas.get(n, shown_in(drawn).quantities[n].tree) for n in drawn.columns}
    right = {
        name: _typed(reformed(tree, freedom, chance), drawn)
        for name, tree in stated.items()
        if tree is not None
    }
    slipped = {wrong[0]: _typed(reformed(wrong[2], freedom, chance), drawn)} if wrong else {}
    return {False: right, True: {**right, **slipped}}


def _typed(tree: Expr, drawn: Drawn) -> Expr:
    """Return a formula with the numbers that have no cell."""
    for name, value in drawn.typed.items():
        tree = put(tree, Name(name), Number(value))
    return tree


HELPER = "helper"
SHEETS = ("Sheet1", "Tabelle1", "my run", "table 2")


def _with_helper(
    place: _Place, trees: dict[bool, Trees], wrong: Wrong | None, chance: Random
) -> bool:
    """Take a part of a right formula out into a column of its own, now and then."""
    parts = [
        (name, path, node)
        for name, tree in trees[False].items()
        for path, node in walk(tree)
        if path and isinstance(node, Sum | Product) and len(set(names(node))) > 1
        if wrong is None or name != wrong[0]
    ]
    if chance.random() > 0.3 or not parts:
        return False
    name, path, node = chance.choice(parts)
    for own in trees.values():
        own[name] = replace_at(own[name], path, Name(HELPER))
        own[HELPER] = node
    place.columns[HELPER] = max(place.columns.values()) + chance.randrange(1, 3)
    return True


def _zero(leaf: Expr) -> Expr | None:
    return Number(0.0) if isinstance(leaf, Name) and leaf.shift else None
