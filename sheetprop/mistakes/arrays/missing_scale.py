"""SP268: what is kept of a mask, or the scores of attention, without their scaling."""

from __future__ import annotations

from sheetprop.maths.trees.expr import Call, Expr, Negative, Number, Product, Quotient, Sum
from sheetprop.maths.trees.walk import walk
from sheetprop.mistakes.array_formula import NO_BLANKS, ArrayFormula, Made
from sheetprop.mistakes.base import Mistake
from sheetprop.mistakes.words import Case

MASK = Case(
    "mask",
    "does not scale what the mask keeps",
    "Dropout leaves out a part p of the numbers in training, and divides the others by 1 - p, so "
    "that their sum is expected to be what it is without a mask.",
)
SCORE = Case(
    "score",
    "does not divide the products by √d",
    "Products of long rows are large, and the softmax of large numbers is nearly 1 for one of "
    "them. Attention divides them by √d, where d is the length of the rows.",
)


def _made(formula: ArrayFormula) -> Made:
    match formula.tree:
        case Quotient(numerator, denominator) if _has_product(numerator):
            case = MASK if isinstance(denominator, Sum) else SCORE
            if case is SCORE and not _is_root(denominator):
                return
            if case is MASK and not _is_kept(denominator):
                return
            yield formula.written(numerator), case, NO_BLANKS


def _has_product(tree: Expr) -> bool:
    return any(isinstance(node, Product) for _, node in walk(tree))


def _is_root(tree: Expr) -> bool:
    return isinstance(tree, Call) and tree.function == "SQRT"


def _is_kept(tree: Expr) -> bool:
    match tree:
        case Sum((Number(1.0), Negative(_))):
            return True
    return False


MISSING_SCALE = Mistake(
    code="SP268",
    name="missing-scale",
    summary="what a mask keeps, or the scores of attention, not scaled",
    explanation=(
        "Dropout divides what it keeps by the part that it keeps, attention its products by √d. "
        "Without that the numbers that go on are smaller or larger than the layers behind expect."
    ),
    wrong="=B3*F3, with the part that is left out in B1",
    right="=B3*F3/(1-$B$1)",
    cases=(MASK, SCORE),
    rank=220,
    in_arrays=_made,
)
