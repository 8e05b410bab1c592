"""What is wrong in a formula written out as text: what only texts have, or a known mistake."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice, pairwise

from sheetprop.calculating.agreement import is_close
from sheetprop.maths.quantity import Quantity
from sheetprop.maths.trees.expr import Expr, Name, Product, Quotient
from sheetprop.maths.trees.walk import flatten, nodes, walk
from sheetprop.mistakes.base import Diagnosis, Mistake, Subject, Variant
from sheetprop.mistakes.factors.wrong_sign import WRONG_SIGN
from sheetprop.mistakes.references.wrong_neuron import WRONG_NEURON
from sheetprop.mistakes.search import by_rank, candidates_near
from sheetprop.mistakes.texts.meaning import Meaning, NoValueError
from sheetprop.mistakes.texts.opened import Opened, closed, opened
from sheetprop.mistakes.texts.sides import Side, trees_of
from sheetprop.mistakes.texts.text_cases import BROKEN_CHAIN, LOST_SIGNS, ONE_PATH, OTHER
from sheetprop.mistakes.words import Blanks, Case
from sheetprop.notation.text import name_text
from sheetprop.notation.text_parse import Derivative, Style

MOST_TRIED = 4000
"""So many changes of a wrong text are tried."""

SAME = 1e-9

OF_SYMBOLS = (WRONG_SIGN, WRONG_NEURON)
"""What is wrong with a symbol ∂y/∂x is told by its letters: more would fit by chance, since much
that stands above a line changes nothing."""

Told = tuple[Case, Blanks]
"""In which way a text is wrong, and what fills the blanks of what is said of it."""


def told(first: Side, other: Side, goal: float, meaning: Meaning) -> Told | None:
    """Return what is wrong where two sides differ, as far as only texts can be wrong so.

    `goal` is the value that both should have.
    """
    return (
        _lost_signs(first, other, goal, meaning)
        or _broken_chain(first, other, meaning)
        or _one_path(first, other)
    )


def otherwise(first: Side, other: Side) -> Told:
    """Return what is said where nothing else can be."""
    return OTHER, {"first": first.text, "other": other.text}


def _has_value(tree: Expr, value: float, meaning: Meaning) -> bool:
    try:
        return is_close(meaning.value(tree), value, SAME)
    except NoValueError:
        return False


def _lost_signs(first: Side, other: Side, goal: float, meaning: Meaning) -> Told | None:
    """Tell quotients that would be right as derivatives, or are nothing but quotients of names."""
    for side, wanted in ((other, goal), (first, meaning.value(other.tree))):
        tree = next(trees_of(side.text, (Style(lost_signs=True),)), side.tree)
        if tree == side.tree:
            continue
        parts = [node for _, node in walk(side.tree)]
        is_all_quotients = all(isinstance(node, Quotient | Product | Name) for node in parts)
        if is_all_quotients or _has_value(tree, wanted, meaning):
            return LOST_SIGNS, {"side": side.text}
    return None


def _broken_chain(first: Side, other: Side, meaning: Meaning) -> Told | None:
    for side in (other, first):
        for _, node in walk(side.tree):
            if not isinstance(node, Derivative) or not isinstance(node.of, Name):
                continue
            if meaning.slope(node.of, node.by.name) == 0.0:
                above, below = name_text(node.of.name), name_text(node.by.name)
                return BROKEN_CHAIN, {"above": above, "below": below}
    return None


def _one_path(whole: Side, chain: Side) -> Told | None:
    """Tell ∂a/∂z = ∂a/∂b * ∂b/∂c * … * ∂y/∂z where that is only one of several paths."""
    flat = flatten(chain.tree)
    links = flat.factors if isinstance(flat, Product) else ()
    steps = [link for link in links if isinstance(link, Derivative)]
    if not isinstance(whole.tree, Derivative) or len(steps) < len(links) or len(steps) < 2:
        return None
    is_chain = all(a.by == b.of for a, b in pairwise(steps))
    if is_chain and steps[0].of == whole.tree.of and steps[-1].by == whole.tree.by:
        return ONE_PATH, {"chain": chain.text, "whole": whole.text}
    return None


def mistake_in(
    side: Side, goal: float, right: Quantity, meaning: Meaning, mistakes: tuple[Mistake, ...]
) -> Diagnosis | None:
    """Return the mistake of formulas that a side of a text makes, the likeliest one.

    `right` is the formula that belongs there, `goal` its value. One number rules out nearly all
    that is tried; what the network's own formulas are made into is remembered for all texts.
    """
    ranked = by_rank(mistakes)
    tree = flatten(opened(side.tree))
    is_symbolic = any(isinstance(node, Opened) for node in nodes(tree))
    found = None
    if is_symbolic:
        found = _undone(OF_SYMBOLS, tree, goal, _unnamed(right, meaning), meaning)
    if found is None and right.kind:
        found = _made(ranked, right, meaning.value(side.tree), meaning)
    if found is None and not is_symbolic:
        found = _undone(ranked, tree, goal, Subject(right, meaning.network), meaning)
    return found


def _unnamed(right: Quantity, meaning: Meaning) -> Subject:
    """Return what a text is about where its parts are symbols, which have no places in a path."""
    kind = "" if right.kind in ("gradient", "hidden error") else right.kind
    return Subject(replace(right, kind=kind), meaning.network)


def _made(
    ranked: tuple[Mistake, ...], right: Quantity, value: float, meaning: Meaning
) -> Diagnosis | None:
    """Return the mistake that makes a value of the right formula."""
    best: tuple[int, Mistake, Variant] | None = None
    for mistake in ranked:
        if best and best[0] <= mistake.least_cost:
            continue
        for made in _variants_near(mistake, right, value, meaning):
            if best is None or made.cost < best[0]:
                best = made.cost, mistake, made
    return Diagnosis(best[1], best[2].case, best[2].blanks, best[2].signature) if best else None


def _variants_near(
    mistake: Mistake, right: Quantity, value: float, meaning: Meaning
) -> Iterator[Variant]:
    if right == meaning.network.quantities.get(right.name):
        near = candidates_near(mistake, meaning.points, right.name, value)
        yield from (one.variant for one in near)
        return
    variants = mistake.variants(Subject(right, meaning.network))
    yield from (one for one in variants if _has_value(one.tree, value, meaning))


def _undone(
    ranked: tuple[Mistake, ...], tree: Expr, goal: float, subject: Subject, meaning: Meaning
) -> Diagnosis | None:
    """Return the mistake that, put right in a side, gives it the value it should have."""
    pairs = ((mistake, made) for mistake in ranked for made in mistake.undone(tree, subject))
    for mistake, made in islice(pairs, MOST_TRIED):
        try:
            right = closed(made.tree)
        except NoValueError:
            continue
        if _has_value(right, goal, meaning):
            return Diagnosis(mistake, made.case, made.blanks, made.signature)
    return None
