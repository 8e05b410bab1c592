"""Workbooks in which a mistake is made, one for each of its cases, and what follows from them.

A mistake that rewrites formulas is made by its own variants. What is made otherwise has a file in
the folder ``made``, named like the mistake, with an `Example` for each case.
"""

from __future__ import annotations

import importlib.util
import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from worksheets import Content, Table, contents

from sheetprop.checking.check import check_workbook
from sheetprop.checking.report import Report
from sheetprop.exercises.planted.bugs import is_circular, steps_of
from sheetprop.maths.network import Network
from sheetprop.maths.quantity import LEARNING_RATE
from sheetprop.maths.trees.expr import Expr, Name
from sheetprop.mistakes import MISTAKES
from sheetprop.mistakes.base import Mistake, Subject, Variant
from sheetprop.mistakes.finding import Finding
from sheetprop.mistakes.search import explain
from sheetprop.mistakes.words import Case
from sheetprop.notation.address import address, fixed
from sheetprop.notation.excel_write import to_excel
from sheetprop.notation.relative import RelativeFormula, references
from sheetprop.spec import Architecture
from sheetprop.tables.points import Unreachable, points_of
from sheetprop.workbooks.sheet import Address, Cell, Chart, ExcelError, Series, Sheet, Workbook

FILE = "student.xlsx"
ITERATIONS = 9
HEADER, RATE = 3, (1, 2)
MOST_ROUNDS = 12

ARCHITECTURES = (
    Architecture(),
    Architecture(biases="each"),
    Architecture(biases="shared"),
    Architecture((2, 3, 3, 2)),
    Architecture(hidden_activation="tanh"),
    Architecture(output_activation="tanh"),
    Architecture(loss="cross-entropy"),
)


@dataclass(frozen=True)
class Example:
    """A workbook in which a mistake is made in one of its cases, by the case's name.

    `mended` is the workbook after somebody has done what the explanation says, under the name
    `mended_file`; without it the formula that is said to be right is pasted.
    """

    case: str
    workbook: Workbook
    file: str = FILE
    mended: Workbook | None = None
    mended_file: str = FILE


def book(
    *tables: Table,
    further: Mapping[str, Mapping[str, Content]] | None = None,
    charts: tuple[Chart, ...] = (),
    stored: Mapping[Address, float] | None = None,
) -> Workbook:
    """Return a workbook with tables, charts on its first sheet, and values stored there."""
    sheets = [
        Sheet(title, {at: _cell(content) for at, content in cells.items()})
        for title, cells in contents(tables, further).items()
    ]
    cells = dict(sheets[0].cells)
    for at, value in (stored or {}).items():
        cells[at] = Cell(value, cells[at].formula)
    sheets[0] = replace(sheets[0], cells=cells, charts=charts)
    return Workbook(tuple(sheets))


def _cell(content: Content) -> Cell:
    if isinstance(content, str) and content.startswith("="):
        return Cell(formula=content)
    if isinstance(content, str) and content.startswith("#"):
        return Cell(ExcelError(content))
    return Cell(content)


def curve(*references: str, title: str | None = "Loss", name: str | None = None) -> Chart:
    """Return a line chart of some cells."""
    series = tuple(Series(reference, name=name) for reference in references)
    return Chart("line", series, title=title)


def by_hand(mistake: Mistake) -> list[Example]:
    """Return the examples that stand in the mistake's own file, none without one."""
    path = Path(__file__).parent / "made" / f"{mistake.name.replace('-', '_')}.py"
    if not path.is_file():
        return []
    spec = importlib.util.spec_from_file_location(f"made_{path.stem}", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return list(module.EXAMPLES)


@cache
def example_of(
    mistake: Mistake, case: Case, mistakes: tuple[Mistake, ...] = MISTAKES
) -> Example | None:
    """Return a workbook in which a mistake is made in a case, None where nobody makes it so."""
    made = next((one for one in by_hand(mistake) if one.case == case.name), None)
    return made or next(_rewritten(mistake, case, mistakes), None)


def _rewritten(mistake: Mistake, case: Case, mistakes: tuple[Mistake, ...]) -> Iterator[Example]:
    """Yield worksheets with a wrong tree of a mistake that is named best by this case."""
    for shape in ARCHITECTURES:
        network = Network(shape)
        for name, quantity in network.quantities.items():
            variants = mistake.variants(Subject(quantity, network)) if quantity.tree else ()
            for variant in variants:
                if variant.case == case and _is_told(mistakes, network, name, mistake, variant):
                    steps = steps_of(network, ITERATIONS, name, variant.tree)
                    yield Example(case.name, written(network, {name: (variant.tree, steps)}))


def _is_told(
    mistakes: tuple[Mistake, ...], network: Network, name: str, mistake: Mistake, variant: Variant
) -> bool:
    points, right = points_of(network.architecture), network.quantities[name].tree
    steps = steps_of(network, ITERATIONS, name, variant.tree)
    first = ITERATIONS - network.quantities[name].is_given_first
    if len(steps) < first - 1 or is_circular(network, name, variant.tree):
        return False
    try:
        points.evaluate(variant.tree)
    except Unreachable:
        return False
    if right is None or points.same(variant.tree, right):
        return False
    told = explain(mistakes, points, name, variant.tree)
    return [(one.mistake, one.case) for one in told] == [(mistake, variant.case)]


def written(
    network: Network, changes: Mapping[str, tuple[Expr, range]], iterations: int = ITERATIONS
) -> Workbook:
    """Return a worksheet of a network with other trees for some quantities in some iterations."""
    draw = random.Random(3)
    column = {name: place for place, name in enumerate(network.quantities, 1)}
    cells = {(1, 1): Cell("η ="), RATE: Cell(0.5)}
    for name, quantity in network.quantities.items():
        cells[HEADER, column[name]] = Cell(name)
        value = draw.uniform(0.2, 0.8)
        for step in range(iterations):
            tree, steps = changes.get(name, (None, range(0)))
            if step not in steps:
                tree = quantity.tree if step or not quantity.is_given_first else None
            formula = None if tree is None else _formula(tree, step, column)
            cells[HEADER + 1 + step, column[name]] = Cell(None if formula else value, formula)
    return Workbook((Sheet("Sheet1", cells),))


def _formula(tree: Expr, step: int, column: Mapping[str, int]) -> str:
    def reference(leaf: Expr) -> str:
        assert isinstance(leaf, Name)
        if leaf.name == LEARNING_RATE:
            return fixed(RATE)
        return address(HEADER + 1 + step + leaf.shift, column[leaf.name])

    return to_excel(tree, reference)


def of(mistake: Mistake, report: Report) -> list[Finding]:
    """Return the findings of a mistake."""
    return [one for one in report.findings if one.mistake == mistake.name]


def is_told_by(case: Case, finding: Finding) -> bool:
    """Whether a finding's explanation is that of a case, with something in each blank."""
    pattern = ".+?".join(map(re.escape, re.split(r"\{\w+\}", case.why)))
    return re.fullmatch(pattern, finding.why, re.DOTALL) is not None


def mended(mistake: Mistake, example: Example) -> Report:
    """Return the report after what is proposed was done, once for each finding that it leaves."""
    if example.mended is not None:
        return check_workbook(example.mended, example.mended_file)
    workbook = example.workbook
    report = check_workbook(workbook, example.file)
    for _ in range(MOST_ROUNDS):
        proposed = [one for one in of(mistake, report) if one.expected and one.places]
        if not proposed:
            break
        workbook = pasted(workbook, proposed[0])
        report = check_workbook(workbook, example.file)
    return report


def pasted(workbook: Workbook, finding: Finding) -> Workbook:
    """Return the workbook with the right formula in a finding's first place, filled over it."""
    first = finding.places[0]
    start = references(first.range)[0]
    formula = RelativeFormula(finding.expected or "", *start)
    sheet = workbook[first.sheet]
    cells = dict(sheet.cells)
    for place in (
        p for p in finding.places if (p.sheet, p.quantity) == (first.sheet, first.quantity)
    ):
        corners = references(place.range)
        (top, left), (bottom, right) = corners[0], corners[-1]
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                cells[row, column] = Cell(formula=formula.at(row, column))
    sheets = tuple(replace(s, cells=cells) if s is sheet else s for s in workbook.sheets)
    return replace(workbook, sheets=sheets)


def lacking(mistake: Mistake, case: Case, mistakes: tuple[Mistake, ...] = MISTAKES) -> list[str]:
    """Return what a mistake lacks in one of its cases: to be made, found, explained or undone."""
    example = example_of(mistake, case, mistakes)
    if example is None:
        return ["nobody makes it"]
    found = of(mistake, check_workbook(example.workbook, example.file))
    if not found:
        return ["it is not found under its name"]
    told = [one for one in found if is_told_by(case, one)]
    if not told:
        return [f"it is not explained by its case, but: {found[0].why!r}"]
    finding = told[0]
    problems = ["a blank is left"] if re.search(r"[{}]", finding.message + finding.why) else []
    if finding.severity != (case.severity or mistake.severity):
        problems.append(f"its severity is {finding.severity}")
    after = mended(mistake, example)
    if of(mistake, after) and any(is_told_by(case, one) for one in of(mistake, after)):
        problems.append("it is still there after what is proposed was done")
    if finding.severity == "error" and after.verdict != "correct":
        problems.append(f"the workbook is not correct then, but: {after.verdict}")
    return problems
