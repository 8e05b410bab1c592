"""SP233: weight decay mixed with the gradient, where AdamW keeps the two apart."""

from __future__ import annotations

from collections.abc import Iterator

from sheetprop.maths.trees.expr import Expr, Name, Sum, total
from sheetprop.maths.trees.walk import names, put
from sheetprop.mistakes.base import Mistake, Subject, Variant
from sheetprop.mistakes.words import Case
from sheetprop.rows.optimizer_trees import DECAY, PARAMETERS, WEIGHTS, gradient

WHY = (
    "AdamW shrinks a parameter by a part of itself, whatever its gradients are. Mixed with the "
    "gradient, the decay is divided by the root too, and parameters with large gradients hardly "
    "shrink. "
)
IN_GRADIENT = Case(
    "in the gradient",
    "adds the decay to the gradient",
    WHY + "The decay {decay} belongs into the update alone.",
)
IN_QUOTIENT = Case(
    "in the quotient",
    "divides the decay by the root as well",
    WHY + "Take the decay {decay} out of the quotient.",
)


def _variants(subject: Subject) -> Iterator[Variant]:
    if DECAY not in subject.lesson.quantities:
        return
    name = subject.quantity.name
    for p in (*PARAMETERS, *WEIGHTS):
        decay: Expr = Name(DECAY) * Name(p, -1)
        g, blanks = Name(gradient(p)), {"decay": decay}
        if name in (f"m_{p}", f"v_{p}"):
            tree = put(subject.tree, g, g + decay)
            yield Variant(tree, IN_GRADIENT, blanks, IN_GRADIENT.name)
        if name == p:
            for tree in _divided(p, subject.tree, decay):
                yield Variant(tree, IN_QUOTIENT, blanks, IN_QUOTIENT.name)


def _divided(p: str, tree: Expr, decay: Expr) -> Iterator[Expr]:
    """Yield the update with the decay inside the quotient, and not before it."""
    mean = Name(f"mhat_{p}")
    terms = tree.terms if isinstance(tree, Sum) else ()
    kept = [term for term in terms if Name(DECAY) not in names(term)]
    if len(kept) < len(terms):
        yield put(total(kept), mean, mean + decay)


COUPLED_DECAY = Mistake(
    code="SP233",
    name="coupled-decay",
    summary="weight decay mixed with the gradient, where AdamW keeps them apart",
    explanation=(
        "AdamW takes η·λ·w off each parameter beside the step of Adam. Added to the gradient "
        "instead, the decay goes through the means and is divided by the root: that is Adam with "
        "an L2 penalty, another method."
    ),
    wrong="m_w = beta1*m_w'+(1-beta1)*(dL/dw+lambda*w')",
    right="m_w = beta1*m_w'+(1-beta1)*dL/dw",
    cases=(IN_GRADIENT, IN_QUOTIENT),
    rank=45,
    is_of_rows=True,
    variants=_variants,
)
