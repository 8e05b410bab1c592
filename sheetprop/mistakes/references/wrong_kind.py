"""SP204: another kind of quantity than the one that belongs there."""

from __future__ import annotations

from collections.abc import Iterator

from sheetprop.maths.trees.expr import Expr, Name
from sheetprop.mistakes.base import Mistake, Subject, Variant
from sheetprop.mistakes.roles import is_what
from sheetprop.mistakes.trees import kind_of, occurrences, renamed, replacing
from sheetprop.mistakes.words import Blanks, Case

TAKES = "takes {taken} where {belongs} belongs"
SUM_FOR_ACTIVATION = Case(
    "sum for activation",
    TAKES,
    "{taken} is what the neuron adds up; what it passes on is {belongs}, the activation of its "
    "sum. Weights behind it are multiplied with that, and slopes and errors are made of it too.",
)
ACTIVATION_FOR_SUM = Case(
    "activation for sum",
    TAKES,
    "The activation is taken of what the neuron adds up, {belongs}; {taken} {taken_is}.",
)
TARGET_FOR_OUTPUT = Case(
    "target for output",
    TAKES,
    "{belongs} is what the network says, {taken} what it should say. Only their difference brings "
    "both together.",
)
OUTPUT_FOR_TARGET = Case(
    "output for target",
    TAKES,
    "{belongs} is what the network should say, {taken} {taken_is}. Without the target nothing "
    "tells the network what to learn.",
)
WEIGHT_FOR_VALUE = Case(
    "weight for value",
    TAKES,
    "{taken} {taken_is}: it is what is learned. {belongs} is what runs through the network and is "
    "multiplied by weights.",
)
VALUE_FOR_WEIGHT = Case(
    "value for weight",
    TAKES,
    "A weight belongs there: {belongs} {belongs_is}. {taken} {taken_is}.",
)
OTHER = Case(
    "another kind",
    TAKES,
    "{own} needs {belongs}, which {belongs_is}; {taken} {taken_is}, which is something else.",
)
COMPUTES = Case(
    "another's formula",
    "computes {other} instead",
    "{other} {other_is} and has a column of its own; {own} is another kind of quantity, with "
    "another formula.",
)
COPIED = Case(
    "copied",
    "has the formula of {other}",
    "{other} {other_is}; {own} is another kind of quantity, with another formula. This one was "
    "filled or copied one column too far.",
)
VALUES = ("input", "activation", "sum")


def _variants(subject: Subject) -> Iterator[Variant]:
    quantities = subject.lesson.quantities
    for old in occurrences(subject.tree):
        if old.name not in quantities:
            continue
        for other, quantity in quantities.items():
            if quantity.kind not in (quantities[old.name].kind, "gradient"):
                new = Name(other, old.shift)
                yield from _told(replacing(subject.tree, old, new), old, new, subject)
    for other, quantity in quantities.items():
        if quantity.kind != subject.quantity.kind:
            yield Variant(Name(other), COMPUTES, computed(subject, other), f"is {other}", 2)


def computed(subject: Subject, other: str) -> Blanks:
    """Return the blanks of a formula that is another quantity's."""
    own = Name(subject.quantity.name)
    return {"own": own, "other": Name(other), "other_is": is_what(other, subject.lesson)}


def _undone(tree: Expr, subject: Subject) -> Iterator[Variant]:
    network = subject.lesson
    for taken, belongs in renamed(tree, network):
        kind = kind_of(taken, network)
        if kind not in (kind_of(belongs, network), "gradient"):
            yield from _told(replacing(tree, taken, belongs), belongs, taken, subject)


def _told(trees: Iterator[Expr], belongs: Name, taken: Name, subject: Subject) -> Iterator[Variant]:
    network = subject.lesson
    case = _case(kind_of(belongs, network), kind_of(taken, network))
    blanks: Blanks = {
        "own": Name(subject.quantity.name),
        "belongs": belongs,
        "taken": taken,
        "belongs_is": is_what(belongs.name, network),
        "taken_is": is_what(taken.name, network),
    }
    for tree in trees:
        yield Variant(tree, case, blanks, f"{belongs.name}→{taken.name}")


def _case(belongs: str | None, taken: str | None) -> Case:
    if (belongs, taken) == ("activation", "sum"):
        return SUM_FOR_ACTIVATION
    if (belongs, taken) == ("sum", "activation"):
        return ACTIVATION_FOR_SUM
    if (belongs, taken) == ("activation", "target"):
        return TARGET_FOR_OUTPUT
    if belongs == "target":
        return OUTPUT_FOR_TARGET
    if belongs in VALUES and taken in ("weight", "bias"):
        return WEIGHT_FOR_VALUE
    if belongs in ("weight", "bias") and taken in VALUES:
        return VALUE_FOR_WEIGHT
    return OTHER


WRONG_KIND = Mistake(
    code="SP204",
    name="wrong-kind",
    summary="h for a_h, o for a_o, a for t …: the wrong kind of quantity",
    explanation=(
        "A neuron has a sum (h1) and an activation (a_h1 = σ(h1)); what it passes on, and what a "
        "weight behind it is multiplied with, is the activation."
    ),
    wrong="dE/dw6 = (a_o1-t1)*a_o1*(1-a_o1)*h2",
    right="dE/dw6 = (a_o1-t1)*a_o1*(1-a_o1)*a_h2",
    cases=(
        SUM_FOR_ACTIVATION,
        ACTIVATION_FOR_SUM,
        TARGET_FOR_OUTPUT,
        OUTPUT_FOR_TARGET,
        WEIGHT_FOR_VALUE,
        VALUE_FOR_WEIGHT,
        OTHER,
        COMPUTES,
        COPIED,
    ),
    rank=40,
    variants=_variants,
    undone=_undone,
)
