"""What the lines of a run compute, and which belong together: the ground for telling roles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial

from sheetprop.checking.one_layer.blocks import blocks_in
from sheetprop.checking.without_headers.guess import FIRST_CELL, line_of
from sheetprop.checking.without_headers.structure import (
    components,
    early,
    listed,
    mostly_filled,
    trees_of,
    unmoved,
)
from sheetprop.checking.without_headers.training_runs import training_runs
from sheetprop.maths.trees.expr import Expr, Name, Negative, terms_of
from sheetprop.maths.trees.walk import flatten, names, substitute
from sheetprop.notation.excel_parse import CellReference
from sheetprop.tables.judgement import ValueOf
from sheetprop.tables.table import Table
from sheetprop.tables.translate import Translator
from sheetprop.workbooks.sheet import Sheet, Workbook

Trees = tuple[Mapping[int, Expr], Mapping[int, CellReference]]
"""What lines compute, and the cells outside of them by their numbers."""


@dataclass(frozen=True)
class Lines:
    """Lines of a run that have to do with one another: what each computes.

    `plain` calls each line c and its number; `cells` are what stands outside, numbered from
    `FIRST_CELL` on. A line without a tree is given.
    """

    plain: Table
    trees: Mapping[int, Expr]
    cells: Mapping[int, CellReference]

    def names(self, line: int) -> frozenset[int]:
        """Return the lines that one takes from the same iteration."""
        return frozenset(line_of(n) for n in names(self.trees[line]) if n.shift == 0)

    def before(self, line: int) -> frozenset[int]:
        """Return the lines that one takes from the iteration before."""
        return frozenset(line_of(n) for n in names(self.trees[line]) if n.shift < 0)

    def is_given(self, line: int) -> bool:
        """Whether nothing computes a line, or it stands outside."""
        return line not in self.trees

    def is_constant(self, line: int) -> bool:
        """Whether a line is a cell outside that updates take, as the learning rate is."""
        return line >= FIRST_CELL and any(line in self.moving(one) for one in self.params)

    @cached_property
    def params(self) -> tuple[int, ...]:
        """The lines that take several others from the iteration before, and none from this."""
        return tuple(line for line in sorted(self.trees) if self._is_updated(line))

    def _is_updated(self, line: int) -> bool:
        now, before = (
            [one for one in own if one in self.trees]
            for own in (self.names(line), self.before(line))
        )
        return not now and len(before) > 1

    def change(self, param: int) -> int | None:
        """Return the line that an update adds as it is, which holds the learning rate as well."""
        tree = self.trees[param]
        terms = [one.operand if isinstance(one, Negative) else one for one in terms_of(tree)]
        own = [line_of(one) for one in terms if isinstance(one, Name)]
        left = [one for one in own if one not in self.params]
        is_plain = len(own) == len(terms) == 2 and len(left) == 1
        return left[0] if is_plain and left[0] in self.trees else None

    def moving(self, param: int) -> frozenset[int]:
        """Return the lines that a weight moves by: what its update takes, or its change."""
        change = self.change(param)
        taken = self.before(param) | self.names(param) if change is None else self.names(change)
        return taken - {param}

    @cached_property
    def takers(self) -> Mapping[int, frozenset[int]]:
        """Return which lines take each line, in whatever iteration."""
        found: dict[int, set[int]] = {}
        for line, tree in self.trees.items():
            for taken in map(line_of, names(tree)):
                found.setdefault(taken, set()).add(line)
        return {line: frozenset(own) for line, own in found.items()}

    def behind(self, line: int, stop: frozenset[int] = frozenset()) -> frozenset[int]:
        """Return what a line takes, and what that takes, in this iteration, not beyond `stop`."""
        found: set[int] = set()
        ahead = [line]
        while ahead:
            own = self.names(ahead.pop()) - found
            found |= own
            ahead += [one for one in own if one in self.trees and one not in stop]
        return frozenset(found)


def lines_in(workbook: Workbook, sheet: Sheet, value_of: ValueOf) -> Iterator[Lines]:
    """Yield the lines of each run of a sheet: of rows, or of blocks of rows."""

    def trees_in(plain: Table) -> Trees:
        cells: dict[CellReference, int] = {}
        trees = trees_of(Translator(workbook, plain, value_of), sheet, plain, cells)
        return trees, {number: cell for cell, number in cells.items()}

    blocks = blocks_in(sheet)
    if blocks is not None:
        yield from _lines(blocks, *trees_in(blocks))
    for run in training_runs(sheet):
        filled = mostly_filled(sheet, run, early(run.places))
        plain = run.table(sheet.name, {f"c{line}": line for line in sorted(filled)})
        trees, numbered = trees_in(plain)
        yield from _lines(plain, trees, numbered)
        beside = listed(trees, run.updates)
        if beside:
            plain = run.table(sheet.name, {f"c{n}": n for n in sorted(filled - beside)})
            yield from _lines(plain, *trees_in(plain))


def _lines(
    plain: Table, trees: Mapping[int, Expr], numbered: Mapping[int, CellReference]
) -> Iterator[Lines]:
    trees = {line: substitute(tree, partial(unmoved, trees)) for line, tree in trees.items()}
    trees = _without_given(_without_copies(trees))
    for together in components(trees):
        own = {line: tree for line, tree in trees.items() if line in together}
        yield Lines(plain, own, numbered)


def _without_copies(trees: Mapping[int, Expr]) -> dict[int, Expr]:
    """Return trees that take weights and what is given from where it stands, not from copies.

    Weights that all rows of a block show are those of its first row.
    """
    sources = {line: tree for line, tree in trees.items() if isinstance(tree, Name)}
    updated = {line for line, tree in trees.items() if _looks_back(tree, trees)}
    copies: dict[int, Name] = {}
    for line, tree in sources.items():
        end = tree
        for _ in range(len(sources)):
            if end.shift or line_of(end) not in sources:
                break
            end = sources[line_of(end)]
        if not end.shift and (line_of(end) in updated or line_of(end) not in trees):
            copies[line] = end

    def source(leaf: Expr) -> Expr | None:
        if not isinstance(leaf, Name) or line_of(leaf) not in copies:
            return None
        return Name(copies[line_of(leaf)].name, leaf.shift)

    return {
        line: flatten(substitute(tree, source))
        for line, tree in trees.items()
        if line not in copies
    }


def _without_given(trees: Mapping[int, Expr]) -> dict[int, Expr]:
    """Return trees without those of numbers that come from given ones alone, as x² does of x."""
    found = dict(trees)
    while True:
        given = [
            line
            for line, tree in found.items()
            if all(name.shift == 0 and line_of(name) not in found for name in names(tree))
        ]
        if not given:
            return found
        found = {line: tree for line, tree in found.items() if line not in given}


def _looks_back(tree: Expr, trees: Mapping[int, Expr]) -> bool:
    """Whether all that a tree takes of what is computed is of the iteration before."""
    computed = [name for name in names(tree) if line_of(name) in trees]
    return bool(computed) and all(name.shift < 0 for name in computed)
