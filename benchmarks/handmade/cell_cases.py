"""Right and wrong sheets of lessons of cells, made from a seed, and what `check` says of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from math import isfinite
from random import Random

from handmade.cell_sheets import CellSheet
from handmade.circuits import gates
from handmade.jacobi import jacobian
from handmade.measure import Outcome, described
from handmade.row_slips import UNNAMED, Wrong, slipped
from handmade.softmaxes import temperature
from handmade.writing import reformed
from sheetprop.checking.cells.one_row import placed
from sheetprop.checking.check import check_workbook
from sheetprop.checking.ledger.areas import mentioned
from sheetprop.maths.trees.expr import Call, Expr, Name, Sum
from sheetprop.maths.trees.walk import names, replace_at, walk
from sheetprop.mistakes import OF_ROWS
from sheetprop.mistakes.base import Subject
from sheetprop.notation.address import address, fixed
from sheetprop.notation.excel_write import to_excel
from sheetprop.rows.consistent import Unreachable
from sheetprop.rows.random_rows import RandomRows, random_rows
from sheetprop.rows.row_lesson import RowLesson
from sheetprop.workbooks.sheet import Address, Cell, Sheet, Workbook

CELL_LESSONS: Mapping[str, Callable[[Random], CellSheet]] = {
    "gates": gates,
    "temperature": temperature,
    "jacobian": jacobian,
}
MOST_TRIED = 60
"""So many mistakes of a sheet are looked at for one that can stand in it."""


def cell_outcome(name: str) -> Outcome:
    """Make the case ``rows:LESSON:SEED:NUMBER`` (or ``right:…``), check it, and measure."""
    drawn, wrong, book = cell_case(name)
    start = time.perf_counter()
    report = check_workbook(book, "student.xlsx")
    groups = {"lesson": drawn.lesson, "mistake": wrong[1] if wrong else "none"}
    outcome = Outcome(name, groups, time.perf_counter() - start)
    told = " / ".join(map(described, report.findings))
    if wrong is None:
        outcome.mark("no false error", not report.errors, told)
        outcome.mark("recognised", bool(report.tables), str(report.reason))
        outcome.mark("all judged", not report.not_judged, str(report.not_judged[:2]))
        return outcome
    found = {
        cell
        for one in report.findings
        for place in one.places
        for area in mentioned(place.range, "")
        for cell in area.cells()
    }
    own = _turned(drawn.cells[wrong[0]], book)
    outcome.mark("found", own in found, f"{address(*own)} {wrong}: {report.verdict} {told}")
    outcome.mark("placed", found == {own}, f"{address(*own)} {wrong}: {told}")
    if own in found and wrong[1] != UNNAMED:
        names = _possible_names(drawn, wrong)
        is_named = any(one.mistake in names for one in report.findings)
        outcome.mark("named", is_named, f"{wrong}: {told}")
    return outcome


def _possible_names(drawn: CellSheet, wrong: Wrong) -> set[str]:
    """Return the mistakes that make the same of a formula."""
    found = placed(drawn.lesson, "S", drawn.trees, drawn.cells, {}, drawn.settle)
    assert found is not None
    subject = Subject(found.lesson.quantities[wrong[0]], found.lesson)
    points = random_rows(found.lesson, frozenset(found.lesson.quantities))
    names = {
        one.name
        for one in OF_ROWS
        for made in one.variants(subject)
        if points.same(made.tree, wrong[2])
    }
    return names | {wrong[1]}


TURNED = "turned"


def _turned(at: Address, book: Workbook) -> Address:
    return (at[1], at[0]) if book.sheets[0].name == TURNED else at


def cell_case(name: str) -> tuple[CellSheet, Wrong | None, Workbook]:
    """Return a case by its name: the sheet, what is wrong, and the workbook."""
    kind, lesson, _, _ = name.split(":")
    chance = Random(name)
    while True:
        drawn = CELL_LESSONS[lesson](chance)
        found = placed(drawn.lesson, "S", drawn.trees, drawn.cells, {}, drawn.settle)
        if found is None:
            continue
        if kind == "right":
            return drawn, None, _book(drawn, found.lesson, None, chance)
        wrong = _wrong(drawn, found.lesson, chance)
        if wrong is not None:
            return drawn, wrong, _book(drawn, found.lesson, wrong, chance)


def _wrong(drawn: CellSheet, lesson: RowLesson, chance: Random) -> Wrong | None:
    """Draw a quantity, and a slip in it."""
    computed = [n for n in drawn.cells if lesson.quantities[n].tree is not None]
    points = random_rows(lesson, frozenset(lesson.quantities))
    for _ in range(MOST_TRIED):
        name = chance.choice(computed)
        mistake = chance.choice((*OF_ROWS, UNNAMED, UNNAMED, UNNAMED))
        trees = list(_made(lesson, name, mistake))
        usable = [tree for tree in trees if _is_usable(drawn, lesson, points, name, tree)]
        if usable:
            own = UNNAMED if isinstance(mistake, str) else mistake.name
            return name, own, chance.choice(usable)
    return None


def _made(lesson: RowLesson, name: str, mistake: object) -> Iterator[Expr]:
    quantity = lesson.quantities[name]
    tree = quantity.tree
    assert tree is not None
    if isinstance(mistake, str):
        for path, node in walk(tree):
            yield from (replace_at(tree, path, other) for other in slipped(node))
        return
    for made in mistake.variants(Subject(quantity, lesson)):  # type: ignore[attr-defined]
        yield made.tree


def _is_usable(
    drawn: CellSheet, lesson: RowLesson, points: RandomRows, name: str, tree: Expr
) -> bool:
    """Whether a formula is another, has values, and nothing is computed from itself."""
    right = lesson.quantities[name].tree
    assert right is not None
    leaves = names(tree)
    if any(leaf.shift or leaf.name not in drawn.cells for leaf in leaves):
        return False
    if any(name in _behind(lesson, leaf.name) for leaf in leaves):
        return False
    try:
        return all(map(isfinite, points.evaluate(tree))) and not points.same(tree, right)
    except Unreachable:
        return False


def _behind(lesson: RowLesson, name: str) -> set[str]:
    """Return a quantity and all that it is computed from."""
    found, waiting = set[str](), [name]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            tree = lesson.quantities[one].tree
            waiting += [leaf.name for leaf in names(tree)] if tree is not None else []
    return found


def _book(drawn: CellSheet, lesson: RowLesson, wrong: Wrong | None, chance: Random) -> Workbook:
    freedom = chance.choice((0.0, 0.15, 0.4))
    is_turned, has_dollars = chance.random() < 0.15, chance.random() < 0.3
    at = {n: (c, r) if is_turned else (r, c) for n, (r, c) in drawn.cells.items()}
    cells = {((c, r) if is_turned else (r, c)): Cell(text) for (r, c), text in drawn.texts.items()}
    for name, cell in at.items():
        tree = lesson.quantities[name].tree
        if tree is None:
            cells[cell] = Cell(drawn.values[name])
            continue
        tree = wrong[2] if wrong is not None and wrong[0] == name else tree
        if wrong is None and not names(tree) and chance.random() < 0.5 and hasattr(tree, "value"):
            cells[cell] = Cell(tree.value)
            continue
        tree = _with_ranges(reformed(tree, freedom, chance), at)
        cells[cell] = Cell(None, to_excel(tree, lambda leaf: _reference(leaf, at, has_dollars)))
    return Workbook((Sheet(TURNED if is_turned else "Sheet1", cells),))


def _with_ranges(tree: Expr, at: Mapping[str, Address]) -> Expr:
    """Return a tree with SUM over a range where neighbouring cells are added."""
    children = tuple(_with_ranges(child, at) for child in tree.children)
    tree = tree.with_children(children) if children else tree
    if isinstance(tree, Sum) and len(tree.terms) > 1:
        own = sorted(at.get(leaf.name, (0, 0)) for leaf in tree.terms if isinstance(leaf, Name))
        lines = len({row for row, _ in own}), len({column for _, column in own})
        is_block = len(own) == len(tree.terms) and 1 in lines and len(own) in lines
        (top, left), (bottom, right) = (own[0], own[-1]) if is_block else ((0, 0), (0, 0))
        if is_block and bottom - top + right - left == len(own) - 1:
            return Call("SUM", (Name(f"{address(*own[0])}:{address(*own[-1])}", -9),))
    return tree


def _reference(leaf: Expr, at: Mapping[str, Address], has_dollars: bool) -> str:
    assert isinstance(leaf, Name)
    if leaf.shift:
        return leaf.name
    return fixed(at[leaf.name]) if has_dollars else address(*at[leaf.name])
