"""SP207: a term of a sum is lost: one output's contribution, one input's."""

from __future__ import annotations

from collections.abc import Iterator

from sheetprop.maths.names import sample_of
from sheetprop.maths.trees.expr import Expr, Name, Number, Product, Sum, total
from sheetprop.maths.trees.walk import flatten, names, replace_at, walk
from sheetprop.mistakes.base import Mistake, Subject, Variant
from sheetprop.mistakes.roles import own_neuron, parameter_of
from sheetprop.mistakes.words import Blanks, Case, bracketed

SAYS = "has lost the term {term}"
GRADIENT = Case(
    "a path of the error",
    SAYS,
    "{neuron} reaches E through every output, and {own} adds up all these paths. Without {term} it "
    "is the slope of a part of E only.",
)
SAMPLE = Case(
    "a sample",
    SAYS,
    "{own} adds up what every sample of an iteration gives. Without {term} nothing is learned from "
    "one of them.",
)
SUM = Case(
    "a connection",
    SAYS,
    "{own} adds up what comes in on all connections of this neuron. Without {term} one of them is "
    "not heard.",
)
TOTAL = Case(
    "an error", SAYS, "{own} adds up the errors of all outputs, and {term} is one of them."
)
DIFFERENCE = Case(
    "a side of a difference",
    SAYS,
    "How far an output is from its target is a difference, {whole}. Without {term} the error is "
    "not 0 where the output is right.",
)
ELSEWHERE = Case("elsewhere", SAYS, "{own} is {right}: {term} belongs to it.")
CASES = {"gradient": GRADIENT, "hidden error": GRADIENT, "sum": SUM, "total error": TOTAL}


def _variants(subject: Subject) -> Iterator[Variant]:
    if subject.quantity.is_given_first:
        return  # an update that lost one of its terms is no update
    for path, node, index in _terms(subject.tree):
        kept = [other for k, other in enumerate(node.terms) if k != index]
        changed = replace_at(subject.tree, path, total(kept))
        yield _told(changed, node.terms[index], f"term {index}", node, subject)


def _undone(tree: Expr, subject: Subject) -> Iterator[Variant]:
    """Yield a formula with a term of the right one added: to the whole, and to each of its sums."""
    if subject.quantity.is_given_first:
        return
    for _, node, index in _terms(flatten(subject.tree)):
        term = node.terms[index]
        yield _told(tree + term, term, f"-{bracketed(term)}", node, subject)
        for path, own in walk(tree):
            if isinstance(own, Sum) and path:
                changed = replace_at(tree, path, own + term)
                yield _told(changed, term, f"-{bracketed(term)}", node, subject)


def _terms(tree: Expr) -> Iterator[tuple[tuple[int, ...], Sum, int]]:
    for path, node in walk(tree):
        if isinstance(node, Sum) and not any(isinstance(term, Number) for term in node.terms):
            yield from ((path, node, index) for index in range(len(node.terms)))


def _told(tree: Expr, term: Expr, signature: str, whole: Sum, subject: Subject) -> Variant:
    blanks: Blanks = {
        "own": Name(subject.quantity.name),
        "right": subject.tree,
        "weight": Name(parameter_of(subject)),
        "neuron": own_neuron(subject),
        "term": term,
        "whole": whole,
    }
    return Variant(tree, _case(whole, subject), blanks, signature)


def _case(whole: Sum, subject: Subject) -> Case:
    if len({sample_of(name.name) for name in names(whole)} - {0}) > 1:
        return SAMPLE
    if any(isinstance(one, Product) for one in whole.terms):
        return CASES.get(subject.quantity.kind, ELSEWHERE)
    is_error = {name.name for name in names(whole)} & set(subject.network.targets)
    return DIFFERENCE if is_error else CASES.get(subject.quantity.kind, ELSEWHERE)


MISSING_PATH = Mistake(
    code="SP207",
    name="missing-path",
    summary="only one output's contribution is summed",
    explanation=(
        "A hidden neuron reaches E through every output. ∂E/∂a_h1 is the sum over all these "
        "paths; with one of them alone it is the derivative of that output's error only."
    ),
    wrong="dE/dw1 = (a_o1-t1)*a_o1*(1-a_o1)*w5*a_h1*(1-a_h1)*i1",
    right="dE/dw1 = ((a_o1-t1)*a_o1*(1-a_o1)*w5+(a_o2-t2)*a_o2*(1-a_o2)*w7)*a_h1*(1-a_h1)*i1",
    cases=(GRADIENT, SAMPLE, SUM, TOTAL, DIFFERENCE, ELSEWHERE),
    rank=70,
    variants=_variants,
    undone=_undone,
)
