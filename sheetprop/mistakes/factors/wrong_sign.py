"""SP201: a plus where a minus belongs, or the other way round."""

from __future__ import annotations

from collections.abc import Iterator

from sheetprop.maths.expr import Expr, Negative, Path, Sum, replace_at, walk
from sheetprop.mistakes.base import Mistake, Subject, Variant
from sheetprop.notation.text import to_text


def _flipped(term: Expr) -> Expr:
    return term.operand if isinstance(term, Negative) else Negative(term)


def _variants(subject: Subject) -> Iterator[Variant]:
    tree = subject.tree
    sums = [(path, node) for path, node in walk(tree) if isinstance(node, Sum)]
    for path, node in sums:
        yield from _in_sum(tree, path, node)
    differences = [(path, node) for path, node in sums if _is_difference(node)]
    if len(differences) > 1:
        yield from _all_reversed(tree, differences)
    yield Variant(-tree, "has the opposite sign", "whole", 1)


def _in_sum(tree: Expr, path: Path, node: Sum) -> Iterator[Variant]:
    for index, term in enumerate(node.terms):
        terms = (*node.terms[:index], _flipped(term), *node.terms[index + 1 :])
        changed = replace_at(tree, path, Sum(terms))
        yield Variant(
            changed,
            f"has {to_text(Sum(terms))} where {to_text(node)} belongs",
            f"term {index} of {len(node.terms)}",
        )
    if _is_difference(node):
        multiplied = _multiplied(node)
        yield Variant(
            replace_at(tree, path, multiplied),
            f"has {to_text(multiplied)} where {to_text(node)} belongs",
            "multiplied",
        )
        reversed_sum = Sum(tuple(_flipped(term) for term in reversed(node.terms)))
        yield Variant(
            replace_at(tree, path, reversed_sum),
            f"has {to_text(reversed_sum)} where {to_text(node)} belongs",
            "reversed",
        )


def _is_difference(node: Sum) -> bool:
    return len(node.terms) == 2 and isinstance(node.terms[1], Negative)


def _all_reversed(tree: Expr, differences: list[tuple[Path, Sum]]) -> Iterator[Variant]:
    """Write the errors (a - t) of all paths wrong in the same way: a belief, no slip."""
    errors = [(path, node) for path, node in differences if not _is_one_minus(node)]
    turned = multiplied = tree
    for path, node in errors:
        terms = tuple(_flipped(term) for term in reversed(node.terms))
        turned = replace_at(turned, path, Sum(terms))
        multiplied = replace_at(multiplied, path, _multiplied(node))
    if len(errors) > 1:
        yield Variant(turned, "has every error the wrong way round", "reversed")
        yield Variant(multiplied, "multiplies a and t in every error a - t", "multiplied")


def _multiplied(difference: Sum) -> Expr:
    """Return a·t for a - t: the wrong operator."""
    first, second = difference.terms
    return first * _flipped(second)


def _is_one_minus(node: Sum) -> bool:
    return not node.terms[0].children and to_text(node.terms[0]) == "1"


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
    variants=_variants,
)
