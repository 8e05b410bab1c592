"""Which mistake made a wrong formula: the smallest rewrite of the right tree that gives it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice, product

from sheetprop.checking.explanations import explain
from sheetprop.checking.judgement import Judgement, Wrong
from sheetprop.maths.expr import Name, Number, replace_at, walk
from sheetprop.maths.network import LEARNING_RATE
from sheetprop.mistakes import BY_NAME
from sheetprop.mistakes.base import Mistake
from sheetprop.notation.excel_parse import CellReference, parse
from sheetprop.notation.text import name_text

MOST_READINGS = 200
"""So many ways to read a formula's numbers as references are tried."""

NOTHING = ""
"""The signature of what nothing explains: never alike, so never joined."""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """A mistake by name; `phrase` says what the formula does, `signature` is alike for one slip."""

    mistake: Mistake
    phrase: str
    signature: str
    is_right_by_value: bool = False


def diagnoses(judgement: Judgement) -> list[tuple[Wrong, list[Diagnosis]]]:
    """Return each wrong formula with what explains it.

    Cells that show nothing but errors and match no known mistake are left out: the error values
    themselves are what is wrong with them.
    """
    found = []
    for wrong in judgement.wrong:
        named = diagnose(judgement, wrong)
        is_named = any(one.signature != NOTHING for one in named)
        if is_named or not judgement.shows_only_errors(wrong.quantity, wrong.steps):
            found.append((_whole_fill(judgement, wrong, named), named))
    return found


def _whole_fill(judgement: Judgement, wrong: Wrong, named: list[Diagnosis]) -> Wrong:
    """Return all cells of a fill whose reference slides: the slip was made in the first."""
    if named[0].mistake.name != "sliding-rate":
        return wrong
    fills = judgement.lines[wrong.quantity].fills
    steps = next(f.steps for f in fills if set(wrong.steps) <= set(f.steps))
    return replace(wrong, steps=tuple(step for step in steps if step > 0))


def diagnose(judgement: Judgement, wrong: Wrong) -> list[Diagnosis]:
    """Return what explains a wrong formula best: one mistake, two, or `unexplained`."""
    if _rate_slides(judgement, wrong):
        phrase = "refers to η without $, so that the filled cells take other cells for it"
        return [Diagnosis(BY_NAME["sliding-rate"], phrase, "rate")]
    constant = _typed_constant(judgement, wrong)
    if constant:
        return [constant]
    found = [
        Diagnosis(one.mistake, one.phrase, one.signature)
        for one in explain(judgement.points, wrong.quantity, wrong.tree)
    ]
    if wrong.right_elsewhere > len(wrong.steps):
        cause = ": it " + " and ".join(one.phrase for one in found) if found else ""
        phrase = f"differs from the rest of its column{cause}"
        return [Diagnosis(BY_NAME["broken-pattern"], phrase, phrase if found else NOTHING)]
    if found:
        return found
    return [Diagnosis(BY_NAME["unexplained"], "computes something else", NOTHING)]


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
    """Whether the first cell of a fill takes η and the next ones what lies below it."""
    rate = judgement.rate.cell
    fills = judgement.lines[wrong.quantity].fills
    fill = next((f for f in fills if set(wrong.steps) <= set(f.steps)), None)
    if rate is None or fill is None or len(fill.steps) < 2:
        return False
    cells = [judgement.table.cell(wrong.quantity, step) for step in fill.steps[:2]]
    texts = [fill.formula.at(*cell) for cell in cells]
    if not (rate[1] in _cells(texts[0]) and rate[1] not in _cells(texts[1])):
        return False
    return judgement.network.quantities[wrong.quantity].is_given_first


def _cells(formula: str) -> set[tuple[int, int]]:
    nodes = (node for _, node in walk(parse(formula)))
    return {(node.row, node.column) for node in nodes if isinstance(node, CellReference)}
