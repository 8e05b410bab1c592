"""SP205: a factor of a product is lost."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from sheetprop.maths.expr import Expr, Number, Path, Product, product, replace_at, walk
from sheetprop.mistakes.base import Mistake, Subject, Variant
from sheetprop.notation.text import to_text

MOST_LOST = 3
"""So many factors may be lost at once: an error and both factors of a slope."""


def _variants(subject: Subject) -> Iterator[Variant]:
    tree = subject.tree
    products = [(path, node) for path, node in walk(tree) if isinstance(node, Product)]
    for path, node in products:
        for size in range(1, min(MOST_LOST, len(node.factors) - 1) + 1):
            for lost in combinations(range(len(node.factors)), size):
                if not any(isinstance(node.factors[index], Number) for index in lost):
                    yield _lost(tree, path, node, lost, size)
    yield from _in_every_path(tree, products)


def _without(node: Product, lost: tuple[int, ...]) -> Expr:
    kept = [factor for index, factor in enumerate(node.factors) if index not in lost]
    return product(kept) if kept else Number(1.0)


def _lost(tree: Expr, path: Path, node: Product, lost: tuple[int, ...], cost: int) -> Variant:
    names = " · ".join(_in_brackets(node.factors[index]) for index in lost)
    changed = replace_at(tree, path, _without(node, lost))
    return Variant(changed, f"has lost the factor {names}", f"{len(path)}:{lost}", cost)


def _in_brackets(factor: Expr) -> str:
    text = to_text(factor)
    return f"({text})" if " " in text else text


def _in_every_path(tree: Expr, products: list[tuple[Path, Product]]) -> Iterator[Variant]:
    """Lose the same factors in every path that meets at a hidden neuron."""
    parallel = [(path, node) for path, node in products if len(path) == 2]
    if len(parallel) < 2:
        return
    shortest = min(len(node.factors) for _, node in parallel)
    for size in (1, 2):
        for lost in combinations(range(shortest), size):
            changed = tree
            for path, node in parallel:
                changed = replace_at(changed, path, _without(node, lost))
            first = parallel[0][1]
            names = " · ".join(_in_brackets(first.factors[index]) for index in lost)
            yield Variant(
                changed, f"has lost the factor {names} in every path", f"all:{lost}", size
            )


MISSING_FACTOR = Mistake(
    code="SP205",
    name="missing-factor",
    summary="a factor is lost (σ′, the input, the error term)",
    explanation=(
        "The chain rule multiplies one factor for every link of the path: error · slope of the "
        "activation · what the weight is multiplied with. Leave one out and the rest is no "
        "derivative of E."
    ),
    wrong="dE/dw5 = (a_o1-t1)*a_h1",
    right="dE/dw5 = (a_o1-t1)*a_o1*(1-a_o1)*a_h1",
    variants=_variants,
)
