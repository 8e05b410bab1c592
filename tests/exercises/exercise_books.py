"""Exercises as a student meets them: formulas typed into answers, what the checks say of each."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from openpyxl.formula.translate import Translator

from sheetprop.calculating.calculated import calculated
from sheetprop.exercises.answers import answers
from sheetprop.exercises.bugged import formula
from sheetprop.exercises.checks import Checks
from sheetprop.exercises.make import make
from sheetprop.exercises.wanted import Wanted, wanted
from sheetprop.exercises.workbook import recalculated
from sheetprop.lessons.runs.rate_table import FIRST, RateTable
from sheetprop.maths.network import Network
from sheetprop.maths.trees.expr import Expr
from sheetprop.notation.address import address
from sheetprop.spec import Architecture, Spec
from sheetprop.workbooks.exercise_names import CHECKS_NAME, areas
from sheetprop.workbooks.sheet import Cell, Sheet, Value, Workbook


def a_spec(
    layers: tuple[int, ...] = (2, 2, 2),
    *,
    hidden: str = "sigmoid",
    output: str = "sigmoid",
    loss: str = "half squared error",
    biases: str = "none",
    rates: tuple[float, ...] = (0.5,),
    iterations: int = 6,
    scale: float = 1.0,
    seed: int = 1,
) -> Spec:
    """Return a lesson with random numbers."""
    draw = random.Random(seed)
    shape = Architecture(layers, hidden, output, loss, biases)

    def some(count: int, low: float, high: float) -> tuple[float, ...]:
        return tuple(draw.uniform(low, high) for _ in range(count))

    return Spec(
        "lesson",
        shape,
        inputs=some(layers[0], -scale, scale),
        targets=some(layers[-1], 0.05, 0.95),
        weights=some(shape.weight_count, -scale, scale),
        learning_rates=rates,
        iterations=iterations,
        biases=some(shape.bias_count, -scale, scale),
    )


class Book:
    """One exercise: its workbook, its table, and which cells are answers."""

    def __init__(self, spec: Spec, asked: Wanted) -> None:
        self.spec = spec
        self.table = RateTable(Network(spec.architecture), spec.iterations)
        self.workbook = make(spec, asked).workbook
        self.answers = answers(self.table.network, spec.iterations, asked)

    @property
    def runs(self) -> list[Sheet]:
        """The sheets of learning rates."""
        return [sheet for sheet in self.workbook.sheets if sheet.name.startswith("η=")]

    @property
    def checks(self) -> Checks:
        """Where the checks of the sheets stand."""
        first = next(iter(areas(self.workbook.names, CHECKS_NAME).values()))[0][1]
        return Checks(self.table, self.answers, first)

    def cells_of(self, name: str) -> list[tuple[int, int]]:
        """Return the answer cells of a quantity."""
        rows = range(FIRST + self.answers[name], self.table.last + 1)
        return [(row, self.table.column[name]) for row in rows]

    def right(self, name: str) -> Expr:
        """Return the tree that belongs into the answers of a quantity."""
        tree = self.table.network.quantities[name].tree
        assert tree is not None
        return tree

    def typed(self, trees: Mapping[str, Expr | float | str | None]) -> Workbook:
        """Return the workbook with formulas (or numbers or texts) typed into answers."""
        sheets = []
        for sheet in self.workbook.sheets:
            cells = dict(sheet.cells)
            for name, content in trees.items() if sheet in self.runs else ():
                for row, column in self.cells_of(name):
                    cells[row, column] = self._cell(content, row)
            sheets.append(replace(sheet, cells=cells))
        return Workbook(recalculated(sheets, self.workbook.names), self.workbook.names)

    def _cell(self, content: Expr | float | str | None, row: int) -> Cell:
        if isinstance(content, Expr):
            return Cell(formula=formula(self.table, content, row - FIRST))
        if isinstance(content, str) and content.startswith("="):
            return Cell(formula=content)
        return Cell(content)

    def all_right(self, *, without: str = "") -> dict[str, Expr]:
        """Return the right trees of all answers."""
        return {name: self.right(name) for name in self.answers if name != without}

    def said(self, workbook: Workbook, name: str) -> list[Value]:
        """Return what the checks of a quantity say, on every sheet, row by row."""
        column = self.checks.column[name]
        return [
            workbook[run.name].cells[row, column].value
            for run in self.runs
            for row, _ in self.cells_of(name)
        ]

    def all_said(self, workbook: Workbook) -> Counter[Value]:
        """Return how often the checks say what."""
        return Counter(value for name in self.answers for value in self.said(workbook, name))


def blank(spec: Spec, *parts: str) -> Book:
    return Book(spec, wanted("blank", list(parts) or None))


def marked(workbook: Workbook, sheet: str) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield each cell with the style that a condition gives it, the calculation engine deciding."""
    page = workbook[sheet]
    conditions = list(_conditions(page))
    scratch = {
        (self_row, 16_000): Cell(formula=text)
        for self_row, (_, _, text) in enumerate(conditions, 10_000)
    }
    done = calculated(
        [replace(s, cells={**s.cells, **scratch}) if s is page else s for s in workbook.sheets]
    )
    cells = next(s.cells for s in done if s.name == sheet)
    decided = set()
    for row, (at, style, _) in enumerate(conditions, 10_000):
        if cells[row, 16_000].value is True and at not in decided:
            decided.add(at)
            yield at, style


def _conditions(page: Sheet) -> Iterator[tuple[tuple[int, int], str, str]]:
    for mark in page.look.marks:  # type: ignore[attr-defined]
        origin = address(*mark.first)
        for row in range(mark.first[0], mark.last[0] + 1):
            for column in range(mark.first[1], mark.last[1] + 1):
                moved = Translator(mark.formula, origin).translate_formula(address(row, column))
                yield (row, column), mark.style, moved
