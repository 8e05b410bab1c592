"""SP202: without its brackets only the last term of a sum is multiplied."""

from __future__ import annotations

from collections.abc import Iterator

from sheetprop.maths.expr import (
    Expr,
    Negative,
    Path,
    Power,
    Product,
    Quotient,
    Sum,
    product,
    replace_at,
    walk,
)
from sheetprop.mistakes.base import Mistake, Subject, Variant
from sheetprop.notation.text import to_text


def _variants(subject: Subject) -> Iterator[Variant]:
    tree = subject.tree
    opened = list(_opened_nodes(tree))
    for path, new, bracketed in opened:
        yield Variant(
            replace_at(tree, path, new),
            f"lacks the brackets around {to_text(bracketed)}",
            f"{type(bracketed).__name__} of {len(bracketed.children)}",
        )
    yield from _both_paths(tree, opened)


def _both_paths(tree: Expr, opened: list[tuple[Path, Expr, Expr]]) -> Iterator[Variant]:
    """Lose the same brackets in every path to a hidden neuron."""
    changed, count = tree, 0
    for path, new, bracketed in opened:
        if isinstance(bracketed, Sum) and len(path) == 2:
            changed, count = replace_at(changed, path, new), count + 1
    if count > 1:
        yield Variant(changed, "lacks the brackets of several sums", "all", 2)


def _opened_nodes(tree: Expr) -> Iterator[tuple[Path, Expr, Expr]]:
    """Yield (path, node without one pair of brackets, what stood in them)."""
    for path, node in walk(tree):
        match node:
            case Product(factors):
                for index, factor in enumerate(factors):
                    if isinstance(factor, Sum):
                        yield path, _open_factor(factors, index, factor), factor
            case Quotient(numerator, Sum() as denominator):
                first = numerator / denominator.terms[0]
                yield path, Sum((first, *denominator.terms[1:])), denominator
            case Quotient(Sum() as numerator, denominator):
                yield path, _on_last(numerator, lambda t, d=denominator: t / d), numerator
            case Power(Sum() as base, exponent):
                yield path, _on_last(base, lambda t, e=exponent: t**e), base
            case Quotient(numerator, Product(factors) as denominator):
                first = numerator / factors[0]
                yield path, Product((first, *factors[1:])), denominator
            case _:
                continue


def _open_factor(factors: tuple[Expr, ...], index: int, inner: Sum) -> Expr:
    """Return a·(x + y)·b as it is read without brackets: a·x + y·b."""
    before, after = list(factors[:index]), list(factors[index + 1 :])
    terms = list(inner.terms)
    terms[0] = _times(before, terms[0], [])
    terms[-1] = _times([], terms[-1], after)
    return Sum(tuple(terms))


def _times(before: list[Expr], term: Expr, after: list[Expr]) -> Expr:
    if isinstance(term, Negative):
        return Negative(product([*before, term.operand, *after]))
    return product([*before, term, *after])


def _on_last(inner: Sum, build: object) -> Expr:
    assert callable(build)
    last = inner.terms[-1]
    new = Negative(build(last.operand)) if isinstance(last, Negative) else build(last)
    return Sum((*inner.terms[:-1], new))


MISSING_BRACKETS = Mistake(
    code="SP202",
    name="missing-brackets",
    summary="only the last term of a sum is multiplied",
    explanation=(
        "A spreadsheet multiplies and divides before it adds. Both paths that meet at a hidden "
        "neuron must stand in brackets before the sum is multiplied by its slope and its input; "
        "likewise 1/(1+EXP(-h)) is not 1/1+EXP(-h)."
    ),
    wrong="a_h1 = 1/1+EXP(-h1)",
    right="a_h1 = 1/(1+EXP(-h1))",
    variants=_variants,
)
