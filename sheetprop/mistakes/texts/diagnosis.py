"""What is wrong in a formula written out as text, told from its value and a few repairs.

Texts are explained more simply than formulas in cells: a wrong text costs no marks, and a table of
all mistakes for each of its quantities would take longer than the whole check.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from sheetprop.calculating.agreement import is_close
from sheetprop.maths.expr import (
    Expr,
    Name,
    Product,
    Quotient,
    Sum,
    flatten,
    names,
    walk,
)
from sheetprop.mistakes.base import Subject
from sheetprop.mistakes.factors.missing_brackets import MISSING_BRACKETS
from sheetprop.mistakes.texts.meaning import Meaning, NoValueError
from sheetprop.mistakes.texts.sides import Side, trees_of
from sheetprop.mistakes.trees import replacing
from sheetprop.notation.text import name_text
from sheetprop.notation.text_parse import Derivative, Style

Diagnosis = tuple[str, str]
"""The kind of slip, and a phrase that says what is wrong."""


def diagnosed(
    first: Side, other: Side, goal: float, quantity: str | None, meaning: Meaning
) -> Diagnosis:
    """Return what is wrong where two sides differ; `goal` is the value that both should have."""
    found = (
        _lost_signs(first, other, goal, meaning)
        or _denominator(other, goal, meaning)
        or _broken_chain(first, other, meaning)
        or _one_path(first, other)
        or _another(other, meaning)
        or _factor(other, goal, meaning)
        or _swap(other, goal, meaning)
        or (_brackets(other, quantity, meaning) if quantity else None)
    )
    if found:
        return found
    what = "derivative" if isinstance(first.tree, Derivative) else "formula"
    return f"other-{what}", f"“{first.text}” is not “{other.text}”"


def _has_value(tree: Expr, value: float, meaning: Meaning) -> bool:
    try:
        return is_close(meaning.value(tree), value, 1e-9)
    except NoValueError:
        return False


def _lost_signs(first: Side, other: Side, goal: float, meaning: Meaning) -> Diagnosis | None:
    """Tell quotients that would be right as derivatives, or are nothing but quotients of names."""
    for side, wanted in ((other, goal), (first, meaning.value(other.tree))):
        tree = next(trees_of(side.text, (Style(lost_signs=True),)), side.tree)
        if tree == side.tree:
            continue
        parts = [node for _, node in walk(side.tree)]
        is_all_quotients = all(isinstance(node, Quotient | Product | Name) for node in parts)
        if is_all_quotients or _has_value(tree, wanted, meaning):
            return "lost-signs", f"“{side.text}” is a quotient; the signs ∂ are missing"
    return None


def _denominator(side: Side, goal: float, meaning: Meaning) -> Diagnosis | None:
    """Tell 1/1+exp(-x) from 1/(1+exp(-x))."""
    tree = side.tree
    if isinstance(tree, Sum) and isinstance(tree.terms[0], Quotient):
        above, below = tree.terms[0].children
        if _has_value(Quotient(above, Sum((below, *tree.terms[1:]))), goal, meaning):
            said = f"“{side.text}” needs brackets around all that stands below the /"
            return "missing-brackets", said
    return None


def _broken_chain(first: Side, other: Side, meaning: Meaning) -> Diagnosis | None:
    for side in (other, first):
        for _, node in walk(side.tree):
            if not isinstance(node, Derivative) or not isinstance(node.of, Name):
                continue
            if meaning.slope(node.of, node.by.name) == 0.0:
                above, below = name_text(node.of.name), name_text(node.by.name)
                said = f"∂{above}/∂{below} is 0, for {above} does not depend on {below}"
                return "broken-chain", said
    return None


def _one_path(whole: Side, chain: Side) -> Diagnosis | None:
    """Tell ∂a/∂z = ∂a/∂b * ∂b/∂c * … * ∂y/∂z where that is only one of several paths."""
    flat = flatten(chain.tree)
    links = flat.factors if isinstance(flat, Product) else ()
    steps = [link for link in links if isinstance(link, Derivative)]
    if not isinstance(whole.tree, Derivative) or len(steps) < len(links) or len(steps) < 2:
        return None
    is_chain = all(a.by == b.of for a, b in pairwise(steps))
    if is_chain and steps[0].of == whole.tree.of and steps[-1].by == whole.tree.by:
        return "missing-path", f"“{chain.text}” follows only one of several paths"
    return None


def _another(side: Side, meaning: Meaning) -> Diagnosis | None:
    """Tell a formula that is right for another quantity."""
    name = quantity_with(meaning.value(side.tree), meaning)
    return ("wrong-neuron", f"“{side.text}” is {name_text(name)}") if name else None


def quantity_with(value: float, meaning: Meaning) -> str | None:
    """Return the quantity that has a value at the random point, where nothing else has it."""
    for name, quantity in meaning.network.quantities.items():
        if quantity.tree is not None and is_close(meaning.values[name], value, 1e-9):
            return name
    return None


def _factor(side: Side, goal: float, meaning: Meaning) -> Diagnosis | None:
    """Tell a sign, a factor of two or a quantity that was lost or added."""
    if goal == 0.0:
        return None
    ratio = meaning.value(side.tree) / goal
    if is_close(ratio, -1.0, 1e-9):
        return "wrong-sign", f"“{side.text}” has the wrong sign"
    if is_close(ratio, 2.0, 1e-9) or is_close(ratio, 0.5, 1e-9):
        return "factor-of-two", f"“{side.text}” is {ratio:g} times what it should be"
    for name, value in meaning.values.items():
        for text, factor in ((name_text(name), value), (f"(1 - {name_text(name)})", 1 - value)):
            if is_close(ratio * factor, 1.0, 1e-9):
                return "missing-factor", f"“{side.text}” has lost the factor {text}"
            if is_close(ratio, factor, 1e-9):
                return "extra-factor", f"“{side.text}” has the factor {text} too many"
    return None


def _swap(side: Side, goal: float, meaning: Meaning) -> Diagnosis | None:
    """Tell a quantity that stands for another of its kind: the wrong number."""
    used = sorted(names(side.tree), key=lambda name: name.name)
    for old in used:
        for new in _siblings(old.name, meaning):
            for tree, _ in replacing(side.tree, old, Name(new)):
                if _has_value(tree, goal, meaning):
                    said = f"{name_text(old.name)} stands for {name_text(new)}"
                    return "wrong-neuron", said
    return None


def _siblings(name: str, meaning: Meaning) -> Iterator[str]:
    family = name.rstrip("0123456789")
    for other in meaning.network.quantities:
        if other != name and other.rstrip("0123456789") == family:
            yield other


def _brackets(side: Side, quantity: str, meaning: Meaning) -> Diagnosis | None:
    subject = Subject(meaning.network.quantities[quantity], meaning.network)
    for variant in MISSING_BRACKETS.variants(subject):
        if _has_value(variant.tree, meaning.value(side.tree), meaning):
            return "missing-brackets", f"{name_text(quantity)} {variant.phrase}"
    return None
