"""Runs of optimizers in random layouts and spellings, right or with a mistake in one column."""

from __future__ import annotations

import random
from collections.abc import Mapping

import pytest
from slowly import one_in

from sheetprop.checking.check import check_workbook
from sheetprop.maths.trees.expr import Expr, Name
from sheetprop.maths.trees.walk import names
from sheetprop.mistakes import OF_ROWS
from sheetprop.mistakes.base import Subject
from sheetprop.notation.address import address, fixed
from sheetprop.notation.excel_write import to_excel
from sheetprop.rows.optimizer_trees import OPTIMIZERS, gradient
from sheetprop.rows.optimizers import optimizer
from sheetprop.rows.random_rows import random_rows
from sheetprop.workbooks.sheet import Cell, Sheet, Workbook

SPELT = {
    "step": ("t", "step", "Iteration", "k"),
    "rate": ("η", "lr", "learning rate", "Lernrate", "eta"),
    "mu": ("μ", "momentum", "mu"),
    "alpha": ("α", "rho", "decay rate"),
    "beta1": ("β₁", "beta1", "Beta_1", "β1"),
    "beta2": ("β₂", "beta2", "Beta_2", "β2"),
    "epsilon": ("ε", "eps", "epsilon"),
    "lambda": ("λ", "weight decay", "wd"),
    gradient("w"): ("g", "grad", "gradient", "dL/dw", "∂L/∂w", "df/dx"),
    "m_w": ("m", "m_w", "Velocity", "M"),
    "v_w": ("v", "v_w", "V"),
    "mhat_w": ("m_hat", "m̂", "m hat", "m corrected", "m̂_w"),
    "vhat_w": ("v_hat", "v̂", "v hat", "v corrected", "v̂_w"),
    "w": ("w", "x", "θ", "theta", "weight"),
}
VALUES = {"rate": 0.1, "mu": 0.8, "alpha": 0.9, "beta1": 0.9, "beta2": 0.95}
VALUES |= {"epsilon": 1e-4, "lambda": 0.05}
ROWS = 7


def names_of(key: str) -> list[str]:
    """Return the quantities of a run of one parameter."""
    return [name for name in optimizer(key).quantities if name in SPELT]


def run(key: str, chance: random.Random, wrong: tuple[str, Expr] | None = None) -> Workbook:
    """Return a run of x² as somebody may lay it out; `wrong` replaces a quantity's tree."""
    lesson = optimizer(key)
    once = [name for name in names_of(key) if lesson.by_name[name].is_once]
    lines = [name for name in names_of(key) if name not in once]
    if chance.random() < 0.3:
        once.remove("rate")
        lines.insert(1, "rate")
    if chance.random() < 0.5:
        chance.shuffle(lines)
    top, left = chance.randrange(1, 4), chance.randrange(1, 5)
    head = top + len(once) + chance.randrange(1, 4)
    cells = {(top + k, left): Cell(chance.choice(SPELT[n])) for k, n in enumerate(once)}
    where = {name: (top + k, left + 1) for k, name in enumerate(once)}
    cells |= {at: Cell(VALUES[name]) for name, at in where.items()}
    column = {name: left + k for k, name in enumerate(lines)}
    cells |= {(head, column[name]): Cell(chance.choice(SPELT[name])) for name in lines}

    def cell_of(name: str, step: int) -> Cell:
        row, tree = head + 1 + step, lesson.quantities[name].tree
        if name == "step" or step == 0:
            return Cell(step if name == "step" else {"w": 3.0, "m_w": 0.0, "v_w": 0.0}.get(name))
        if name == "rate":
            return Cell(VALUES["rate"])
        if tree is None:
            return Cell(None, f"=2*{address(row - 1, column['w'])}")
        written = wrong[1] if wrong and wrong[0] == name else tree
        return Cell(None, to_excel(written, lambda leaf: _reference(leaf, row, where, column)))

    cells |= {
        (head + 1 + step, column[name]): cell_of(name, step)
        for step in range(ROWS + 1)
        for name in lines
    }
    return Workbook((Sheet("Run", {at: c for at, c in cells.items() if c != (None, None, None)}),))


def _reference(
    leaf: Expr, row: int, where: Mapping[str, tuple[int, int]], column: Mapping[str, int]
) -> str:
    """Return the cell of a quantity: one for all rows, or that in a row's column."""
    assert isinstance(leaf, Name)
    if leaf.name in where:
        return fixed(where[leaf.name])
    return address(row + leaf.shift, column[leaf.name])


def mutants() -> list[tuple[str, str, str, Expr]]:
    """Return every wrong tree that a mistake makes of a run of one parameter."""
    found = []
    for key in OPTIMIZERS:
        own, lesson = set(names_of(key)), optimizer(key)
        points = random_rows(lesson, frozenset(lesson.quantities))
        for name in names_of(key):
            quantity = lesson.quantities[name]
            for mistake in OF_ROWS if quantity.tree else ():
                found += [
                    (key, name, mistake.name, made.tree)
                    for made in mistake.variants(Subject(quantity, lesson))
                    if _can_be_written(name, made.tree, own)
                    and points.same(made.tree, made.tree)
                    and not points.same(made.tree, quantity.tree or made.tree)
                ]
    return found


ORDER = (gradient("w"), "m_w", "v_w", "mhat_w", "vhat_w", "w")


def _can_be_written(name: str, tree: Expr, own: set[str]) -> bool:
    """Whether a row has what a tree takes, and nothing would be computed from itself."""
    used = names(tree)
    back = {leaf.name for leaf in used if leaf.shift}
    behind = ORDER[ORDER.index(name) :]
    is_looped = any(not leaf.shift and leaf.name in behind for leaf in used)
    is_near = all(leaf.name in own and leaf.shift in (0, -1) for leaf in used)
    return is_near and back <= {"w", "m_w", "v_w"} and not is_looped


def accused(book: Workbook) -> set[str | None]:
    """Return the quantities that an error is found in."""
    report = check_workbook(book, "a.xlsx")
    errors = (one for one in report.findings if one.severity == "error")
    return {place.quantity for one in errors for place in one.places}


@pytest.mark.parametrize("key", one_in(4, OPTIMIZERS))
def test_no_right_run_is_accused(key: str) -> None:
    """In whatever layout and spelling, a right run has no finding and is recognised."""
    chance = random.Random(f"right {key}")
    for _ in range(2):
        report = check_workbook(run(key, chance), "a.xlsx")
        assert report.findings == ()
        assert report.tables
        assert report.tables[0].cells["wrong"] == 0


@pytest.mark.slow
def test_what_is_made_in_any_layout_is_found_and_placed() -> None:
    """At least 98 mutants in a hundred are found in the very column they were made in."""
    chance = random.Random(12)
    all_made = mutants()
    chosen = chance.sample(all_made, min(150, len(all_made)))
    missed = []
    for key, name, mistake, tree in chosen:
        where = accused(run(key, chance, (name, tree)))
        if where != {name}:
            missed.append((key, name, mistake, tree, where))

    assert len(chosen) == 150
    assert len(missed) <= 3, missed
