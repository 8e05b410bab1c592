"""SP206: a factor too many."""

from __future__ import annotations

from collections.abc import Iterator

from sheetprop.maths.expr import Expr, Name, Path, Product, Sum, product, replace_at, walk
from sheetprop.mistakes.base import Mistake, Subject, Variant
from sheetprop.notation.text import to_text


def _variants(subject: Subject) -> Iterator[Variant]:
    tree = subject.tree
    extras = _extras(subject)
    for path in _places(tree):
        node = replace_at_root(tree, path)
        for extra in extras:
            text = to_text(extra)
            phrase = f"is multiplied by {text} once too often"
            yield Variant(replace_at(tree, path, product([node, extra])), phrase, text)


def _places(tree: Expr) -> list[Path]:
    """Return where a factor changes something different: the whole and every term of a sum."""
    places: list[Path] = [()]
    for path, node in walk(tree):
        if isinstance(node, Sum) and any(isinstance(term, Product) for term in node.terms):
            places += [(*path, index) for index in range(len(node.terms))]
    return places


def replace_at_root(tree: Expr, path: Path) -> Expr:
    """Return the node that a path leads to."""
    for index in path:
        tree = tree.children[index]
    return tree


def _extras(subject: Subject) -> list[Expr]:
    """Return factors people add: any quantity, 1 minus an activation, a slope, an error."""
    kinds = ("target", "input", "weight", "bias", "sum", "activation")
    quantities = subject.network.quantities.values()
    names: list[Expr] = [Name(q.name) for q in quantities if q.kind in kinds]
    activations = [Name(q.name) for q in quantities if q.kind == "activation"]
    within = [node for _, node in walk(subject.tree) if isinstance(node, Sum)]
    one_minus: list[Expr] = [1 - a for a in activations]
    slopes: list[Expr] = [a * (1 - a) for a in activations]
    pairs: list[Expr] = [a * b for a in activations for b in activations if a.name < b.name]
    return list(dict.fromkeys([*names, *one_minus, *within, *slopes, *pairs]))


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
    variants=_variants,
)
