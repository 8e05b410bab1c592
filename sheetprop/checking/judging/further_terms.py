"""Updates that all go down their gradient with a term more, or another rate: not judged.

Momentum, weight decay, a rate that falls or stands in percent are no mistakes, and which of them
was meant nobody can tell. What is the same in every update, goes down, and is no known mistake is
said not to be known.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from sheetprop.checking.judging.left_open import left_open
from sheetprop.lazily.patterns import pattern
from sheetprop.maths.names import gradient_of, kind, velocity_of
from sheetprop.maths.quantity import LEARNING_RATE
from sheetprop.maths.trees.evaluate import evaluate
from sheetprop.maths.trees.expr import Expr, Name, Number
from sheetprop.maths.trees.walk import names, nodes, put, substitute
from sheetprop.mistakes.base import NOTHING, Diagnosis
from sheetprop.mistakes.factors.extra_factor import EXTRA_FACTOR
from sheetprop.mistakes.own_cells import own_formula
from sheetprop.notation.relative import references_within
from sheetprop.tables.judgement import Judgement, Unread
from sheetprop.workbooks.sheet import Address, Sheet, Workbook

REASON = "all updates have the same further term or factor, which is none that is known here"

MOST = REASON.replace("all", "most", 1)
OTHER = "most updates have the same further term or factor, and this one says something else"

OWN = "w"
GRADIENT, VELOCITY = gradient_of(OWN), velocity_of(OWN)
KNOWN = {OWN, GRADIENT, VELOCITY}
PLAIN = {Name(OWN, -1), Name(GRADIENT, -1), Name(LEARNING_RATE)}
ORDINARY = {-2.0, -1.0, -0.5, 0.5, 1.0, 2.0}
"""Numbers that slips bring into an update: a sign, a half, a factor of two."""

TRIED = ((0.3, 0.2, 0.5), (-0.4, 0.7, 0.9), (0.8, -0.6, 0.4))
"""A weight, its gradient and a rate, at which an update must go down."""

MOST_SHRUNK = 0.5
"""What a weight is taken times in one update at least, where it decays."""


def without_further_terms(judgement: Judgement) -> Judgement:
    """Return a judgement whose updates are not accused where all or most of them say the same.

    What the others among them should say is not known either, but that they are others.
    """
    updated = [n for n, q in judgement.network.quantities.items() if _is_updated(n, q.tree)]
    updates = [one for one in judgement.named if one[0].quantity in updated]
    forms = {wrong.quantity: _forms(judgement, wrong.quantity) for wrong, _ in updates}
    common, count = Counter(forms.values()).most_common(1)[0] if forms else ((), 0)
    if 2 * count <= len(updated) or not _descend_otherwise(common):
        return judgement
    # A mistake that explains one row explains no factor that is another in each.
    alike = [found for wrong, found in updates if forms[wrong.quantity] == common]
    if len(common) == 1 and any(map(_is_known, alike)):
        return judgement
    kept = tuple(one for one in judgement.named if one not in updates)
    same = REASON if count == len(updated) else MOST
    reasons = {name: same if form == common else OTHER for name, form in forms.items()}
    unread = (Unread(one.quantity, one.steps, reasons[one.quantity]) for one, _ in updates)
    return replace(
        judgement,
        named=kept,
        wrong=tuple(one for one in judgement.wrong if one.quantity not in forms),
        unread=(*judgement.unread, *unread),
    )


def _is_updated(name: str, tree: Expr | None) -> bool:
    return kind(name) == "weight" and tree is not None


def _is_known(found: Sequence[Diagnosis]) -> bool:
    """Whether one mistake, and a known one, explains an update; a factor may be that of a decay."""
    is_one = len(found) == 1 and found[0].signature != NOTHING
    return is_one and found[0].mistake is not EXTRA_FACTOR


def _forms(judgement: Judgement, own: str) -> tuple[Expr, ...]:
    """Return what the wrong updates of a weight say, which may be something else in each row."""
    wrong = (one for one in judgement.compared.get(own, ()) if one.is_right is False)
    return tuple(form_of(own, one.tree) for one in wrong if one.tree is not None)


def form_of(own: str, tree: Expr) -> Expr:
    """Return an update's tree with its own weight, gradient and velocity called alike in all."""
    called = {own: OWN, gradient_of(own): GRADIENT, velocity_of(own): VELOCITY}

    def alike(leaf: Expr) -> Expr | None:
        if isinstance(leaf, Name) and leaf.name in called:
            return Name(called[leaf.name], leaf.shift)
        return None

    return substitute(tree, alike)


def _descend_otherwise(forms: Sequence[Expr]) -> bool:
    """Whether updates go down their gradient and have something that no plain update has."""
    mentioned = {name for form in forms for name in names(form)}
    numbers = {n.value for form in forms for n in nodes(form) if isinstance(n, Number)} - ORDINARY
    further = mentioned - PLAIN
    is_own = all(name.name in KNOWN and name.shift < 0 for name in further)
    if not is_own or not all({Name(OWN, -1), Name(GRADIENT, -1)} <= names(f) for f in forms):
        return False
    return bool(numbers or further) and all(_goes_down(f, *one) for f in forms for one in TRIED)


def _goes_down(form: Expr, weight: float, gradient: float, rate: float) -> bool:
    """Whether a larger gradient makes a weight smaller, and without one it keeps most of itself."""

    def updated(weight: float, gradient: float) -> float:
        known = {OWN: weight, GRADIENT: gradient, VELOCITY: 0.0, LEARNING_RATE: rate}
        try:
            return float(evaluate(form, lambda name: known[name.name]))
        except (ArithmeticError, ValueError, TypeError, KeyError):
            return math.nan

    kept = updated(weight, 0.0)
    falls = updated(weight, gradient + 0.1) < updated(weight, gradient)
    return falls and MOST_SHRUNK * abs(weight) <= kept * math.copysign(1, weight) <= abs(weight)


OF_LAYER = "all updates of this layer take another cell that is labelled as a learning rate"
MOST_OF_LAYER = OF_LAYER.replace("all", "most", 1)
OTHER_OF_LAYER = f"{MOST_OF_LAYER}, and this one says something else"
RATE = pattern(
    r"η|ƞ|𝜂|\beta\b|\balpha\b|learning[\s_-]*rate|\bl\.?r\b|lernrate|\brate\b", re.IGNORECASE
)
"""What labels of further learning rates have in them: ``learning rate 2``, ``eta (output)``."""


def without_layer_rates(
    judgement: Judgement, workbook: Workbook, others: Sequence[Judgement]
) -> Judgement:
    """Return a judgement in which no layer is accused for a learning rate of its own.

    Its cell is labelled as one, and is that of no other table.
    """
    taken = {one.rate.cell for one in others}
    for layer in judgement.network.layers:
        weights = [name for neuron in layer for name in neuron.weights]
        own = {name: _other_rate(judgement, workbook, name) for name in weights}
        (cell, count), *_ = Counter(own.values()).most_common(1)
        if cell is None or cell in taken or not max(1, len(weights) / 2) < count:
            continue
        odd = [w for w in judgement.wrong if w.quantity in weights and own[w.quantity] != cell]
        spared = [one for one in judgement.wrong if own.get(one.quantity) == cell]
        judgement = left_open(judgement, spared, MOST_OF_LAYER if odd else OF_LAYER)
        judgement = left_open(judgement, odd, OTHER_OF_LAYER)
    return judgement


def _other_rate(judgement: Judgement, workbook: Workbook, name: str) -> tuple[str, Address] | None:
    """Return the labelled cell that all updates of a weight take for η; None without one."""
    found = [one for one in judgement.compared.get(name, ()) if one.is_right is not None]
    right, table = judgement.network.quantities[name].tree, judgement.table
    if len(found) != 1 or found[0].is_right or found[0].tree is None or right is None:
        return None
    formula = own_formula(judgement, name, found[0].steps[0])
    for cell in references_within(formula, table.sheet):
        value = judgement.value_of(table.sheet, cell)
        if judgement.holds(cell) or not isinstance(value, int | float):
            continue
        tree = put(found[0].tree, Number(float(value)), Name(LEARNING_RATE))
        if _is_labelled(workbook[table.sheet], cell) and judgement.points.same(tree, right):
            return table.sheet, cell
    return None


def _is_labelled(sheet: Sheet, cell: Address) -> bool:
    row, column = cell
    labels = (sheet.cells.get(at) for at in ((row, column - 1), (row - 1, column)))
    return any(one is not None and RATE.search(str(one.value)) is not None for one in labels)
