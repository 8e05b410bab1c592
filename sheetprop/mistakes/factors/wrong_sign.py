"""SP201: a plus where a minus belongs, or the other way round."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sheetprop.maths.trees.expr import Expr, Name, Negative, Number, Product, Sum
from sheetprop.maths.trees.walk import Path, names, replace_at, walk
from sheetprop.mistakes.base import Mistake, Subject, Variant
from sheetprop.mistakes.words import Case

SAYS = "has {wrong} where {right} belongs"
UPDATE = Case(
    "an update",
    SAYS,
    "The gradient points to where E grows. An update goes the other way: it takes η times the "
    "gradient away from {own}.",
)
REVERSED = Case(
    "an error the wrong way round",
    SAYS,
    "E falls when the output comes nearer to its target, so the slope of ½(t - a)² by a is a - t: "
    "the inner derivative of t - a is -1. With {wrong} the gradient points the wrong way.",
)
EVERY = Case(
    "every error the wrong way round",
    "has every error the wrong way round",
    "The slope of ½(t - a)² by a is a - t, because the inner derivative of t - a is -1. With t - a "
    "in every path {own} points the wrong way.",
)
ONE_MINUS = Case(
    "a slope's 1 - a",
    SAYS,
    "The slope of the sigmoid is a·(1 - a): the second factor is what the activation lacks to 1, "
    "{right}.",
)
DIFFERENCE = Case(
    "a difference",
    SAYS,
    "How far an output is from its target is a difference, {right}; {wrong} is not 0 where both "
    "are the same.",
)
IN_SUM = Case(
    "a term of a sum",
    SAYS,
    "{own} adds up what comes from all sides; with a minus one of them counts the other way.",
)
ELSEWHERE = Case("elsewhere", SAYS, "{own} needs {right}; with {wrong} it is another function.")
MULTIPLIED = Case(
    "multiplied instead of subtracted",
    SAYS,
    "{right} is a difference: how far one is from the other. A product of the two says nothing "
    "about that.",
)
EVERY_MULTIPLIED = Case(
    "every error multiplied",
    "multiplies a and t in every error a - t",
    "The error of an output is the difference a - t. A product of the two is not 0 where the "
    "output is right.",
)
WHOLE = Case(
    "the whole",
    "has the opposite sign",
    "Every term of {own} is right but for its sign, and everything computed from it goes the "
    "other way.",
)
AMONG_OPPOSITE = Case(
    "among gradients with the opposite sign",
    "has another sign than the others here",
    "In this table every gradient is -∂E/∂w, and an update adds η times it: that goes down, too. "
    "{own} has the sign of the other way; where both are mixed, the weight goes up.",
)
OF_THE_WAY = (UPDATE, REVERSED, EVERY, WHOLE)
"""The signs that are right or wrong by what the other gradients and updates have."""


def _flipped(term: Expr) -> Expr:
    return term.operand if isinstance(term, Negative) else Negative(term)


def _variants(subject: Subject) -> Iterator[Variant]:
    tree = subject.tree
    sums = [(path, node) for path, node in walk(tree) if isinstance(node, Sum)]
    for path, node in sums:
        yield from _in_sum(subject, path, node)
    differences = [(path, node) for path, node in sums if _is_difference(node)]
    if len(differences) > 1:
        yield from _all_reversed(subject, differences)
    yield Variant(-tree, WHOLE, _own(subject), "whole")


def _in_sum(subject: Subject, path: Path, node: Sum) -> Iterator[Variant]:
    tree = subject.tree
    for index, flipped in enumerate(_with_one_flipped(node)):
        signature = f"term {index} of {len(node.terms)}"
        yield _told(replace_at(tree, path, flipped), flipped, node, signature, subject)
    if _is_difference(node):
        for wrong, signature in (
            (_multiplied(node), "multiplied"),
            (_reversed(node), "reversed"),
        ):
            yield _told(replace_at(tree, path, wrong), wrong, node, signature, subject)


def _undone(tree: Expr, subject: Subject) -> Iterator[Variant]:
    for path, node in walk(tree):
        if isinstance(node, Sum):
            for index, right in enumerate(_with_one_flipped(node)):
                changed = replace_at(tree, path, right)
                yield _told(changed, node, right, f"term {index}", subject)
            right = Sum(tuple(_flipped(term) for term in node.terms))
            yield _told(replace_at(tree, path, right), node, right, "reversed", subject)
    yield Variant(Negative(tree), WHOLE, _own(subject), "whole")


def _told(tree: Expr, wrong: Expr, right: Sum, signature: str, subject: Subject) -> Variant:
    blanks = {**_own(subject), "wrong": wrong, "right": right}
    return Variant(tree, _case(wrong, right, signature, subject), blanks, signature)


def _case(wrong: Expr, right: Sum, signature: str, subject: Subject) -> Case:
    if not isinstance(wrong, Sum):
        return MULTIPLIED
    if subject.quantity.is_given_first:
        return UPDATE
    is_backward = subject.quantity.kind in ("gradient", "hidden error")
    if any(_is_one_minus(node) for node in (right, wrong)):
        return ONE_MINUS if is_backward else ELSEWHERE
    mentioned = {name.name for name in names(right)}
    if mentioned & subject.targets and not _holds_products(right):
        is_turned = is_backward and signature == "reversed"
        return REVERSED if is_turned else DIFFERENCE
    return IN_SUM


def _own(subject: Subject) -> dict[str, Expr | str]:
    return {"own": Name(subject.quantity.name)}


def _with_one_flipped(node: Sum) -> Iterator[Sum]:
    for index, term in enumerate(node.terms):
        yield Sum((*node.terms[:index], _flipped(term), *node.terms[index + 1 :]))


def _is_difference(node: Sum) -> bool:
    return len(node.terms) == 2 and isinstance(node.terms[1], Negative)


def _all_reversed(subject: Subject, differences: list[tuple[Path, Sum]]) -> Iterator[Variant]:
    """Write the errors (a - t) of all paths wrong in the same way: a belief, no slip.

    A difference inside another one is a part of that.
    """
    errors = [(path, node) for path, node in differences if not _is_one_minus(node)]
    paths = [path for path, _ in errors]
    errors = [(path, node) for path, node in errors if not _is_inside(path, paths)]
    turned = multiplied = subject.tree
    for path, node in errors:
        turned = replace_at(turned, path, _reversed(node))
        multiplied = replace_at(multiplied, path, _multiplied(node))
    if len(errors) > 1:
        yield Variant(turned, EVERY, _own(subject), "reversed")
        yield Variant(multiplied, EVERY_MULTIPLIED, _own(subject), "multiplied")


def _is_inside(path: Path, others: Sequence[Path]) -> bool:
    return any(len(other) < len(path) and path[: len(other)] == other for other in others)


def _reversed(difference: Sum) -> Sum:
    """Return t - a for a - t."""
    return Sum(tuple(_flipped(term) for term in reversed(difference.terms)))


def _multiplied(difference: Sum) -> Expr:
    """Return a·t for a - t: the wrong operator."""
    first, second = difference.terms
    return first * _flipped(second)


def _holds_products(node: Sum) -> bool:
    return any(isinstance(_plain(term), Product) for term in node.terms)


def _plain(term: Expr) -> Expr:
    return term.operand if isinstance(term, Negative) else term


def _is_one_minus(node: Sum) -> bool:
    return node.terms[0] == Number(1.0)


WRONG_SIGN = Mistake(
    code="SP201",
    name="wrong-sign",
    summary="a term, an error (t - a for a - t) or an update has the wrong sign",
    explanation=(
        "Gradient descent goes down only if every sign is right. ∂E/∂a of ½(t - a)² is a - t, "
        "because the inner derivative of t - a is -1; and the update subtracts η·∂E/∂w."
    ),
    wrong="dE/dw5 = (t1-a_o1)*a_o1*(1-a_o1)*a_h1",
    right="dE/dw5 = (a_o1-t1)*a_o1*(1-a_o1)*a_h1",
    cases=(
        UPDATE,
        REVERSED,
        EVERY,
        ONE_MINUS,
        DIFFERENCE,
        IN_SUM,
        ELSEWHERE,
        MULTIPLIED,
        EVERY_MULTIPLIED,
        WHOLE,
        AMONG_OPPOSITE,
    ),
    rank=10,
    variants=_variants,
    undone=_undone,
)
