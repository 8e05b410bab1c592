"""SP206: a factor too many."""

from __future__ import annotations

from collections.abc import Iterator

from sheetprop.maths.trees.expr import Expr, Name, Number, Product, Sum, product
from sheetprop.maths.trees.walk import names, nodes, replace_at, walk
from sheetprop.mistakes.base import Mistake, Subject, Variant
from sheetprop.mistakes.factors.places import places_of_products
from sheetprop.mistakes.trees import node_at
from sheetprop.mistakes.words import Case, bracketed

LARGEST_FACTOR = 6
"""Nodes of a factor that somebody adds by a slip: a name, 1 - a, an error a - t."""

SAYS = "is multiplied by {factor} once too often"
TWICE = Case(
    "twice",
    SAYS,
    "Each link of the path gives one factor, once. {factor} stands in {own} already; a second "
    "time it is no part of the chain rule.",
)
FOREIGN = Case(
    "foreign",
    SAYS,
    "Each link of the path gives one factor, and {factor} is no link of the path to {own}: "
    "that is {right}.",
)
NO_FACTOR = Case(
    "outside the gradients",
    SAYS,
    "{own} is {right}; {factor} is no part of it.",
)


def _variants(subject: Subject) -> Iterator[Variant]:
    tree = subject.tree
    extras = _extras(subject)
    for path in places_of_products(tree):
        node = node_at(tree, path)
        for extra in extras:
            changed = replace_at(tree, path, product([node, extra]))
            yield _told(changed, extra, bracketed(extra), subject)


def _extras(subject: Subject) -> list[Expr]:
    """Return factors people add: any quantity, 1 minus an activation, a slope, an error."""
    kinds = ("target", "input", "weight", "bias", "sum", "activation")
    quantities = subject.lesson.quantities.values()
    single: list[Expr] = [Name(q.name) for q in quantities if q.kind in kinds]
    activations = [Name(q.name) for q in quantities if q.kind == "activation"]
    within = [node for _, node in walk(subject.tree) if isinstance(node, Sum)]
    one_minus: list[Expr] = [1 - a for a in activations]
    slopes: list[Expr] = [a * (1 - a) for a in activations]
    pairs: list[Expr] = [a * b for a in activations for b in activations if a.name < b.name]
    return list(dict.fromkeys([*single, *one_minus, *within, *slopes, *pairs]))


def _undone(tree: Expr, subject: Subject) -> Iterator[Variant]:
    for path, node in walk(tree):
        if not isinstance(node, Product):
            continue
        for index, factor in enumerate(node.factors):
            if len(nodes(factor)) > LARGEST_FACTOR or factor in (Number(2.0), Number(0.5)):
                continue
            rest = [*node.factors[:index], *node.factors[index + 1 :]]
            changed = replace_at(tree, path, product(rest))
            yield _told(changed, factor, f"+{bracketed(factor)}", subject)


def _told(tree: Expr, factor: Expr, signature: str, subject: Subject) -> Variant:
    blanks = {"own": Name(subject.quantity.name), "right": subject.tree, "factor": factor}
    return Variant(tree, _case(factor, subject), blanks, signature)


def _case(factor: Expr, subject: Subject) -> Case:
    if subject.quantity.kind not in ("gradient", "hidden error"):
        return NO_FACTOR
    return TWICE if names(factor) <= names(subject.tree) else FOREIGN


EXTRA_FACTOR = Mistake(
    code="SP206",
    name="extra-factor",
    summary="a factor too many",
    explanation=(
        "Each link of the path gives one factor, once. The error (a - t) is not squared again in "
        "the gradient, and a slope appears only where the path passes its neuron."
    ),
    wrong="dE/dw5 = (a_o1-t1)*(a_o1-t1)*a_o1*(1-a_o1)*a_h1",
    right="dE/dw5 = (a_o1-t1)*a_o1*(1-a_o1)*a_h1",
    cases=(TWICE, FOREIGN, NO_FACTOR),
    rank=60,
    variants=_variants,
    undone=_undone,
)
