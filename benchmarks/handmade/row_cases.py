"""Right and wrong tables of lessons in rows, made from a seed, and what `check` says of them."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random

from handmade.measure import Outcome, described
from handmade.row_lessons import LESSONS, Drawn
from sheetprop.checking.check import check_workbook
from sheetprop.checking.ledger.outside import mentioned
from sheetprop.maths.trees.expr import Expr, Name, Number, Product, Sum
from sheetprop.maths.trees.walk import names, substitute
from sheetprop.mistakes import OF_ROWS
from sheetprop.mistakes.base import Subject
from sheetprop.notation.address import address, fixed
from sheetprop.notation.excel_write import to_excel
from sheetprop.rows.random_rows import random_rows
from sheetprop.rows.row_lesson import RowLesson
from sheetprop.workbooks.sheet import Cell, Sheet, Workbook

OF_DESIGNS = "SP8"
"""How the codes begin of what is said of a network: one drawn at random is odd."""

Wrong = tuple[str, str, Expr]
"""A quantity, the mistake, and what its formula becomes."""


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
        outcome.mark("all judged", not report.not_judged, str(report.not_judged[:2]))
        return outcome
    findings = [one for one in report.findings if not one.code.startswith(OF_DESIGNS)]
    where = {cell for one in findings for place in one.places for cell in _cells(place.range)}
    cells = _cells(placed)
    outcome.mark("found", bool(cells & where), f"{wrong}: {report.verdict} {told}")
    outcome.mark("placed", cells == where, f"{placed} {wrong}: {told}")
    if cells & where:
        is_named = any(one.mistake == wrong[1] for one in report.findings)
        outcome.mark("named", is_named, f"{wrong}: {told}")
    return outcome


def _cells(text: str) -> set[tuple[int, int]]:
    """Return the cells of a range on the sheet."""
    return {cell for area in mentioned(text, "") for cell in area.cells()}


def row_case(name: str) -> tuple[Drawn, Wrong | None, Workbook, str]:
    """Return a case by its name: the table, what is wrong, the workbook, and where."""
    kind, lesson, _, _ = name.split(":")
    chance = Random(name)
    while True:
        drawn = LESSONS[lesson](chance)
        wrongs = list(_wrongs(drawn)) if kind == "rows" else [None]
        if wrongs:
            wrong = chance.choice(wrongs)
            return drawn, wrong, *_laid_out(drawn, wrong, chance)


def _held(drawn: Drawn) -> frozenset[str]:
    return frozenset({*drawn.columns, *drawn.once})


def _shown(drawn: Drawn) -> RowLesson:
    held = _held(drawn)
    return drawn.lesson.in_sheet(held).in_columns(lambda one: one.name in held)


def _wrongs(drawn: Drawn) -> Iterator[Wrong]:
    """Yield what mistakes make of the columns, where the table has all it takes."""
    shown, held = _shown(drawn), _held(drawn)
    points = random_rows(drawn.lesson, held)
    for name in drawn.columns:
        quantity = shown.quantities[name]
        for mistake in OF_ROWS if quantity.tree is not None else ():
            for made in mistake.variants(Subject(quantity, shown)):
                if _can_stand(drawn, shown, name, made.tree) and quantity.tree is not None:
                    values = points.evaluate(made.tree)
                    if all(v == v for v in values) and not points.same(made.tree, quantity.tree):
                        yield name, mistake.name, made.tree


def _can_stand(drawn: Drawn, shown: RowLesson, name: str, tree: Expr) -> bool:
    """Whether the table has what a tree takes, and nothing is computed from itself."""
    held = _held(drawn)
    later = {*drawn.columns[drawn.columns.index(name) :]}
    for leaf in names(tree):
        if leaf.name not in held or leaf.shift not in (0, -1):
            return False
        if not leaf.shift and leaf.name in later and shown.quantities[leaf.name].tree is not None:
            return False
        has_start = drawn.start is not None and leaf.name in drawn.start
        if leaf.shift and not has_start and leaf not in _own(shown, name):
            return False
    return True


def _own(shown: RowLesson, name: str) -> set[Name]:
    """Return what the right tree of a quantity takes."""
    tree = shown.quantities[name].tree
    return set() if tree is None else set(names(tree))


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
    top, left = chance.randrange(1, 4), chance.randrange(1, 4)
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
    flipped = chance.random() < 0.5
    for row, given in zip(rows, drawn.given, strict=True):
        own_wrong = wrong if row in chosen else None
        cells |= dict(_row(drawn, place, row, given, own_wrong, flipped=flipped))
    book = Workbook((Sheet("Sheet1", cells),))
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
    drawn: Drawn,
    place: _Place,
    row: int,
    given: Mapping[str, float],
    wrong: Wrong | None,
    *,
    flipped: bool,
) -> Iterator[tuple[tuple[int, int], Cell]]:
    """Yield the cells of a row, one of them wrong where a mistake is made."""
    shown = _shown(drawn)
    is_first = drawn.start is None and row == place.head + 1
    for name in place.columns:
        if name in given:
            yield place.cell(name, row), Cell(given[name])
            continue
        tree = shown.quantities[name].tree
        assert tree is not None
        tree = wrong[2] if wrong is not None and wrong[0] == name else tree
        tree = substitute(tree, _zero) if is_first else tree
        tree = _turned(tree) if flipped else tree
        yield place.cell(name, row), Cell(None, place.written(tree, row))


def _zero(leaf: Expr) -> Expr | None:
    return Number(0.0) if isinstance(leaf, Name) and leaf.shift else None


def _turned(tree: Expr) -> Expr:
    """Return a tree with factors and terms in the other order."""
    children = tuple(map(_turned, tree.children))
    tree = tree.with_children(children) if children else tree
    if isinstance(tree, Product):
        return Product(tuple(reversed(tree.factors)))
    if isinstance(tree, Sum) and isinstance(tree.terms[-1], Name | Number | Product):
        return Sum(tuple(reversed(tree.terms)))
    return tree
