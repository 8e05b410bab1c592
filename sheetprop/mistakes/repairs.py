"""What a student would have to change in a wrong formula: small rewrites of their own tree.

`sheetprop.mistakes` makes mistakes on the right tree; this undoes them on the wrong one. That finds
slips in formulas written in another form than ours, and, taken together with the mistakes, two
slips in one formula without trying every pair.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sheetprop.maths.expr import (
    Call,
    Expr,
    Name,
    Negative,
    Number,
    Path,
    Product,
    Sum,
    product,
    replace_at,
    walk,
)
from sheetprop.maths.network import LEARNING_RATE, Network
from sheetprop.mistakes.trees import occurrences, replacing
from sheetprop.notation.text import name_text, to_text

TWOS = (Number(2.0), Number(0.5))
LARGEST_FACTOR = 6
"""Nodes of a factor that somebody adds by a slip: a name, 1 - a, an error a - t."""


@dataclass(frozen=True, slots=True)
class Repair:
    """The student's tree with one thing put right.

    `mistake` names what was wrong, `phrase` completes "the formula …" about the wrong one.
    """

    tree: Expr
    mistake: str
    phrase: str
    signature: str


def repairs(tree: Expr, network: Network) -> Iterator[Repair]:
    """Yield every small change of a tree; the tree should be flattened."""
    yield from _other_names(tree, network)
    yield from _signs(tree)
    yield from _exponents(tree)
    yield from _fewer_factors(tree)
    yield from _more_factors(tree, network)


def _other_names(tree: Expr, network: Network) -> Iterator[Repair]:
    names = [name for name, quantity in network.quantities.items() if quantity.kind != "gradient"]
    for wrong in occurrences(tree):
        if wrong.name == LEARNING_RATE:
            continue
        for name in names:
            right = Name(name, wrong.shift if wrong.shift in (0, -1) else 0)
            if right == wrong:
                continue
            phrase = f"takes {name_text(wrong.name)} where {name_text(name)} belongs"
            mistake = _confusion(wrong, right, network)
            if mistake in ("wrong-iteration", "updated-weight"):
                phrase = f"takes {name_text(wrong.name)} from another iteration"
            for changed, _ in replacing(tree, wrong, right):
                yield Repair(changed, mistake, phrase, f"{name}→{wrong.name}")


def _confusion(wrong: Name, right: Name, network: Network) -> str:
    """Return what it is called to write one name for another."""
    if wrong.name == right.name:
        is_next = wrong.shift == 1 and network.quantities[wrong.name].kind == "weight"
        return "updated-weight" if is_next else "wrong-iteration"
    kinds = {name: network.quantities[name].kind for name in (right.name,)}
    wrong_kind = network.quantities[wrong.name].kind if wrong.name in network.quantities else ""
    if wrong_kind == "gradient":
        return "wrong-gradient"
    same_family = wrong.name.rstrip("0123456789") == right.name.rstrip("0123456789")
    return "wrong-neuron" if wrong_kind == kinds[right.name] and same_family else "wrong-kind"


def _signs(tree: Expr) -> Iterator[Repair]:
    for path, node in walk(tree):
        if isinstance(node, Sum):
            for index, term in enumerate(node.terms):
                terms = (*node.terms[:index], _flipped(term), *node.terms[index + 1 :])
                right = Sum(terms)
                phrase = f"has {to_text(node)} where {to_text(right)} belongs"
                yield Repair(replace_at(tree, path, right), "wrong-sign", phrase, f"term {index}")
            right = Sum(tuple(_flipped(term) for term in node.terms))
            phrase = f"has {to_text(node)} with the wrong sign"
            yield Repair(replace_at(tree, path, right), "wrong-sign", phrase, "reversed")
    yield Repair(Negative(tree), "wrong-sign", "has the opposite sign", "whole")


def _flipped(term: Expr) -> Expr:
    return term.operand if isinstance(term, Negative) else Negative(term)


def _exponents(tree: Expr) -> Iterator[Repair]:
    for path, node in walk(tree):
        match node:
            case Call("EXP", (argument,)):
                right = replace_at(tree, path, Call("EXP", (_flipped(argument),)))
                phrase = f"has exp({to_text(argument)}) where the sign should be the other"
                yield Repair(right, "sigmoid-sign", phrase, "exponent")
            case _:
                continue


def _fewer_factors(tree: Expr) -> Iterator[Repair]:
    for path, node in walk(tree):
        if isinstance(node, Product):
            for index, factor in enumerate(node.factors):
                if sum(1 for _ in walk(factor)) > LARGEST_FACTOR:
                    continue
                rest = [*node.factors[:index], *node.factors[index + 1 :]]
                phrase = f"is multiplied by {to_text(factor)} once too often"
                changed = replace_at(tree, path, product(rest))
                mistake = "factor-of-two" if factor in TWOS else "extra-factor"
                yield Repair(changed, mistake, phrase, f"+{to_text(factor)}")


def _more_factors(tree: Expr, network: Network) -> Iterator[Repair]:
    factors = _missing(network)
    for path in _terms(tree):
        node = tree
        for index in path:
            node = node.children[index]
        for factor in factors:
            text = to_text(factor)
            phrase = f"has lost the factor {f'({text})' if ' ' in text else text}"
            inner = (
                Negative(product([node.operand, factor]))
                if isinstance(node, Negative)
                else product([node, factor])
            )
            yield Repair(replace_at(tree, path, inner), "missing-factor", phrase, f"-{text}")


def _terms(tree: Expr) -> list[Path]:
    """Return where one more factor changes something different: the whole, each term of a sum."""
    places: list[Path] = [()]
    for path, node in walk(tree):
        if isinstance(node, Sum):
            places += [(*path, index) for index in range(len(node.terms))]
    return places


def _missing(network: Network) -> list[Expr]:
    """Return the factors a formula can lack."""
    kinds = ("input", "weight", "activation")
    names: list[Expr] = [Name(q.name) for q in network.quantities.values() if q.kind in kinds]
    activations = [Name(q.name) for q in network.quantities.values() if q.kind == "activation"]
    one_minus: list[Expr] = [1 - a for a in activations]
    slopes: list[Expr] = [a * (1 - a) for a in activations]
    outputs = [Name(neuron.output) for neuron in network.layers[-1]]
    targets = [Name(target) for target in network.targets]
    errors: list[Expr] = [a - t for a, t in zip(outputs, targets, strict=True)]
    return [*names, *one_minus, *slopes, *errors]
