"""Which mistake made a wrong formula: the smallest rewrite of the right tree that gives it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice, product

from sheetprop.maths.expr import Expr, Name, Number, replace_at, walk
from sheetprop.maths.network import LEARNING_RATE
from sheetprop.mistakes import BY_NAME, MISTAKES
from sheetprop.mistakes.base import NOTHING, Diagnosis
from sheetprop.mistakes.search import explain
from sheetprop.notation.address import fixed
from sheetprop.notation.relative import references
from sheetprop.notation.text import name_text
from sheetprop.tables.judgement import Judgement, Wrong
from sheetprop.workbooks.sheet import Address

MOST_READINGS = 200
"""So many ways to read a formula's numbers as references are tried."""

SLIDING = Diagnosis(
    BY_NAME["sliding-rate"],
    "refers to η without $, so that the filled cells take other cells for it",
    "rate",
)


def named(judgement: Judgement) -> Judgement:
    """Return the judgement with each wrong formula and what explains it."""
    return replace(judgement, named=tuple(diagnoses(judgement)))


def diagnoses(judgement: Judgement) -> list[tuple[Wrong, list[Diagnosis]]]:
    """Return each wrong formula with what explains it.

    Cells that show nothing but errors and whose formula has no value in any case are left out: the
    error values themselves are what is wrong with them.
    """
    found = []
    for wrong in judgement.wrong:
        named = diagnose(judgement, wrong)
        is_named = any(one.signature != NOTHING for one in named) or judgement.has_value(wrong.tree)
        if is_named or not judgement.shows_only_errors(wrong.quantity, wrong.steps):
            found.append((_whole_fill(judgement, wrong, named), named))
    return found


def sums_are_unexplained(judgement: Judgement) -> bool:
    """Whether nothing explains what a neuron sums: its columns may be other ones than guessed."""
    quantities = judgement.network.quantities
    return any(
        quantities[wrong.quantity].kind == "sum" and one.signature == NOTHING
        for wrong, found in judgement.named
        for one in found
    )


def _whole_fill(judgement: Judgement, wrong: Wrong, named: list[Diagnosis]) -> Wrong:
    """Return all cells of a fill whose reference slides: the slip was made in the first."""
    if named[0].mistake.name != "sliding-rate":
        return wrong
    fills = judgement.lines[wrong.quantity].fills
    steps = next(f.steps for f in fills if set(wrong.steps) <= set(f.steps))
    return replace(wrong, steps=tuple(step for step in steps if step > 0))


def diagnose(judgement: Judgement, wrong: Wrong) -> list[Diagnosis]:
    """Return what explains a wrong formula best: one mistake, two, or `unexplained`."""
    if _rate_slides(judgement, wrong) or _rate_slid(judgement, wrong):
        return [SLIDING]
    constant = _typed_constant(judgement, wrong) or _wrong_constant(judgement, wrong)
    if constant:
        return [constant]
    found = explain(MISTAKES, judgement.points, wrong.quantity, wrong.tree)
    if _is_exception(judgement, wrong):
        cause = ": it " + " and ".join(one.phrase for one in found) if found else ""
        phrase = f"differs from the rest of its column{cause}"
        return [Diagnosis(BY_NAME["broken-pattern"], phrase, phrase if found else NOTHING)]
    if found:
        return found
    another = _formula_of_another(judgement, wrong)
    return another or [Diagnosis(BY_NAME["unexplained"], "computes something else", NOTHING)]


def _is_exception(judgement: Judgement, wrong: Wrong) -> bool:
    """Whether most cells of the quantity are right; gaps cut one slip into several fills."""
    alike = [other for other in judgement.wrong if other.quantity == wrong.quantity]
    return wrong.right_elsewhere > sum(len(other.steps) for other in alike)


def _typed_constant(judgement: Judgement, wrong: Wrong) -> Diagnosis | None:
    """Return the diagnosis where only numbers stand for references that have their values."""
    right = judgement.network.quantities[wrong.quantity].tree
    if right is None:
        return None
    options = [
        [None, *((path, node.value, name) for name in _holders(judgement, node.value, wrong))]
        for path, node in walk(wrong.tree)
        if isinstance(node, Number)
    ]
    for chosen in islice(product(*options), MOST_READINGS):
        used = [one for one in chosen if one is not None]
        tree = wrong.tree
        for path, _, name in used:
            tree = replace_at(tree, path, Name(name))
        if used and judgement.points.same(tree, right):
            said = " and ".join(f"{value:g} for {name_text(name)}" for _, value, name in used)
            return Diagnosis(BY_NAME["typed-constant"], f"has the number {said}", said, True)
    return None


def _wrong_constant(judgement: Judgement, wrong: Wrong) -> Diagnosis | None:
    """Return the diagnosis where one number, and a wrong one, stands for a given quantity."""
    quantity = judgement.network.quantities[wrong.quantity]
    given = [n for n, q in judgement.network.quantities.items() if q.kind in ("input", "target")]
    names = [*given, LEARNING_RATE] if quantity.is_given_first else given
    numbers = [(path, node) for path, node in walk(wrong.tree) if isinstance(node, Number)]
    for (path, node), name in product(numbers, names):
        tree = replace_at(wrong.tree, path, Name(name))
        if quantity.tree is not None and judgement.points.same(tree, quantity.tree):
            said = f"{node.value:g} for {name_text(name)}"
            phrase = f"has the number {node.value:g} where {name_text(name)} belongs"
            return Diagnosis(BY_NAME["typed-constant"], phrase, said)
    return None


def _holders(judgement: Judgement, value: float, wrong: Wrong) -> list[str]:
    """Return the given quantities that have a value, η among them in an update."""
    names = []
    is_update = judgement.network.quantities[wrong.quantity].is_given_first
    if is_update and value == judgement.rate.value:
        names.append(LEARNING_RATE)
    for name, quantity in judgement.network.quantities.items():
        if quantity.kind in ("input", "target") and judgement.table.holds(name):
            cell = judgement.table.cell(name, wrong.steps[0])
            if judgement.value_of(judgement.table.sheet, cell) == value:
                names.append(name)
    return names


def _rate_slides(judgement: Judgement, wrong: Wrong) -> bool:
    """Whether the first update refers to η, and this one to what lies as far from η as it from it.

    That is what filling makes of a reference without $, gaps between the iterations or not.
    """
    rate, table = judgement.rate.cell, judgement.table
    step = wrong.steps[-1]
    quantity = judgement.network.quantities[wrong.quantity]
    if rate is None or quantity.tree is None or not quantity.is_given_first or step < 2:
        return False
    first, here = (_formula(judgement, wrong.quantity, s) for s in (1, step))
    moved = table.places[step] - table.places[1]
    line, place = table.split(rate[1])
    slid = table.at(line, place + moved)
    return rate[1] in _cells(first) and slid in _cells(here) and rate[1] not in _cells(here)


def _rate_slid(judgement: Judgement, wrong: Wrong) -> bool:
    """Whether a cell in the line of η, reached without $, is all that stands for it.

    Filled in pieces, a reference slides by as many cells as each piece is long.
    """
    right = judgement.network.quantities[wrong.quantity].tree
    trees = _with_rate_back(judgement, wrong)
    return right is not None and any(judgement.points.same(tree, right) for tree in trees)


def _with_rate_back(judgement: Judgement, wrong: Wrong) -> Iterator[Expr]:
    """Yield an update's tree with η for a cell in its line that is reached without $."""
    rate, table = judgement.rate.cell, judgement.table
    is_update = judgement.network.quantities[wrong.quantity].is_given_first
    if rate is None or rate[0] != table.sheet or not is_update:
        return
    step = wrong.steps[0]
    formula = _formula(judgement, wrong.quantity, step)
    for path, node in walk(wrong.tree):
        if isinstance(node, Name) and table.holds(node.name) and step + node.shift >= 0:
            cell = table.cell(node.name, step + node.shift)
            if table.split(cell)[0] == table.split(rate[1])[0] and fixed(cell) not in formula:
                yield replace_at(wrong.tree, path, Name(LEARNING_RATE))


def _formula_of_another(judgement: Judgement, wrong: Wrong) -> list[Diagnosis]:
    """Return the diagnosis where the formula is that of another column, right there or not."""
    quantities = judgement.network.quantities
    stated = {name: quantity.tree for name, quantity in quantities.items() if quantity.tree}
    own = {other.quantity: other.tree for other in judgement.wrong}
    for tree, slips in [
        (wrong.tree, []),
        *((tree, [SLIDING]) for tree in _with_rate_back(judgement, wrong)),
    ]:
        for name, other in (*stated.items(), *own.items()):
            if name != wrong.quantity and judgement.points.same(tree, other):
                is_alike = quantities[name].kind == quantities[wrong.quantity].kind
                mistake = BY_NAME["wrong-neuron" if is_alike else "wrong-kind"]
                phrase = f"has the formula of {name_text(name)}"
                return [Diagnosis(mistake, phrase, phrase), *slips]
    return []


def _formula(judgement: Judgement, quantity: str, step: int) -> str:
    """Return the formula of a cell, or nothing."""
    cell = judgement.table.cell(quantity, step)
    fills = judgement.lines[quantity].fills
    return next((fill.formula.at(*cell) for fill in fills if step in fill.steps), "")


def _cells(formula: str) -> set[Address]:
    return set(references(formula))
