"""SP232: the small number that keeps an optimizer from dividing by 0 stands inside the root."""

from __future__ import annotations

from collections.abc import Iterator

from sheetprop.maths.trees.expr import Call, Expr, Name, Sum
from sheetprop.maths.trees.walk import replace_at, walk
from sheetprop.mistakes.base import Mistake, Subject, Variant
from sheetprop.mistakes.words import Case

EPSILON = Name("epsilon")
INSIDE = Case(
    "inside",
    "adds {epsilon} inside the root, not behind it",
    "The root of a sum is not the sum of the root: inside, 10⁻⁸ counts as 10⁻⁴ where gradients are "
    "small, and the steps there are another size than those of Adam or RMSprop.",
)
LEFT_OUT = Case(
    "left out",
    "has no {epsilon} behind the root",
    "Where all gradients so far were 0 the root is 0 too: without {epsilon} that divides by 0.",
)


def _variants(subject: Subject) -> Iterator[Variant]:
    for path, node in walk(subject.tree):
        if isinstance(node, Sum) and EPSILON in node.terms:
            for case, instead in _instead(node):
                tree = replace_at(subject.tree, path, instead)
                yield Variant(tree, case, {"epsilon": EPSILON}, case.name)


def _instead(node: Sum) -> Iterator[tuple[Case, Expr]]:
    rest = [term for term in node.terms if term != EPSILON]
    match rest:
        case [Call("SQRT", (inner,)) as root]:
            yield INSIDE, Call("SQRT", (inner + EPSILON,))
            yield LEFT_OUT, root


EPSILON_IN_ROOT = Mistake(
    code="SP232",
    name="epsilon-in-root",
    summary="the small number of an optimizer inside the root, or left out",
    explanation=(
        "Adam and RMSprop divide by √v + ε, not by √(v + ε): ε only keeps the quotient finite, and "
        "inside the root it would count much more."
    ),
    wrong="w = w'-rate*mhat_w/SQRT(vhat_w+epsilon)",
    right="w = w'-rate*mhat_w/(SQRT(vhat_w)+epsilon)",
    cases=(INSIDE, LEFT_OUT),
    rank=47,
    is_of_rows=True,
    variants=_variants,
)
