"""Which mistake made a wrong formula: the smallest rewrite of the right tree that gives it."""

from __future__ import annotations

from dataclasses import dataclass

from sheetprop.checking.explanations import explain
from sheetprop.checking.judgement import Judgement, Wrong
from sheetprop.maths.expr import Name, Number, replace_at, walk
from sheetprop.maths.network import LEARNING_RATE
from sheetprop.mistakes import BY_NAME
from sheetprop.mistakes.base import Mistake
from sheetprop.notation.excel_parse import CellReference, parse
from sheetprop.notation.text import name_text


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """A mistake by name; `phrase` says what the formula does, `signature` is alike for one slip."""

    mistake: Mistake
    phrase: str
    signature: str
    is_right_by_value: bool = False


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
        return [Diagnosis(BY_NAME["broken-pattern"], phrase, phrase)]
    if found:
        return found
    return [Diagnosis(BY_NAME["unexplained"], "computes something else", wrong.quantity)]


def _typed_constant(judgement: Judgement, wrong: Wrong) -> Diagnosis | None:
    """Return the diagnosis where only numbers stand for references that have their values."""
    right = judgement.network.quantities[wrong.quantity].tree
    if right is None:
        return None
    tree = wrong.tree
    used: list[tuple[float, str]] = []
    for path, node in walk(wrong.tree):
        if isinstance(node, Number):
            name = _holder(judgement, node.value, wrong.steps[0])
            if name:
                tree, used = replace_at(tree, path, Name(name)), [*used, (node.value, name)]
    if not used or not judgement.points.same(tree, right):
        return None
    said = " and ".join(f"{value:g} for {name_text(name)}" for value, name in used)
    return Diagnosis(BY_NAME["typed-constant"], f"has the number {said}", said, True)


def _holder(judgement: Judgement, value: float, step: int) -> str | None:
    """Return the given quantity (or η) that has a value, if it is not one that formulas use."""
    if value in (0.0, 0.5, 1.0, 2.0) and value != judgement.rate.value:
        return None
    if value == judgement.rate.value:
        return LEARNING_RATE
    for name, quantity in judgement.network.quantities.items():
        if quantity.kind in ("input", "target") and judgement.table.holds(name):
            cell = judgement.table.cell(name, step)
            if judgement.value_of(judgement.table.sheet, cell) == value:
                return name
    return None


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
