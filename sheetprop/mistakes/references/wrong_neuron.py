"""SP203: the same kind of quantity, but of another neuron, weight, input or target."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

from sheetprop.maths.network import Network
from sheetprop.maths.neurons import Neuron
from sheetprop.maths.trees.expr import Expr, Name
from sheetprop.maths.trees.walk import substitute
from sheetprop.mistakes.base import Mistake, Subject, Variant
from sheetprop.mistakes.references.wrong_neuron_cases import (
    ALL_CASES,
    CASES,
    COMPUTES,
    OTHER,
    SEVERAL,
)
from sheetprop.mistakes.roles import is_what, own_neuron, parameter_of, role_of
from sheetprop.mistakes.trees import kind_of, occurrences, renamed, replacing
from sheetprop.mistakes.words import Blanks
from sheetprop.notation.text import name_text


def _variants(subject: Subject) -> Iterator[Variant]:
    tree, network = subject.tree, subject.network
    for old in occurrences(tree):
        if kind_of(old, network) == "gradient":
            continue
        for other in network.neighbours(old.name):
            new = Name(other, old.shift)
            yield from _told(replacing(tree, old, new), old, new, subject)
    yield from _other_neuron(subject)
    for other in network.neighbours(subject.quantity.name):
        blanks = {"own": Name(subject.quantity.name), "other": Name(other)}
        yield Variant(Name(other), COMPUTES, blanks, f"is {other}", 2)


def _undone(tree: Expr, subject: Subject) -> Iterator[Variant]:
    network = subject.network
    for taken, belongs in renamed(tree, network):
        if taken.name != belongs.name and kind_of(taken, network) == kind_of(belongs, network):
            yield from _told(replacing(tree, taken, belongs), belongs, taken, subject)


def _told(trees: Iterator[Expr], belongs: Name, taken: Name, subject: Subject) -> Iterator[Variant]:
    case = CASES.get((subject.quantity.kind, role_of(belongs.name, subject)), OTHER)
    blanks = _blanks(belongs, taken, subject)
    for tree in trees:
        yield Variant(tree, case, blanks, f"{belongs.name}→{taken.name}")


def _blanks(belongs: Name, taken: Name, subject: Subject) -> Blanks:
    network = subject.network
    return {
        "own": Name(subject.quantity.name),
        "weight": Name(parameter_of(subject)),
        "neuron": own_neuron(subject),
        "belongs": belongs,
        "taken": taken,
        "belongs_is": is_what(belongs.name, network),
        "taken_is": is_what(taken.name, network),
    }


def _other_neuron(subject: Subject) -> Iterator[Variant]:
    """Take several things of one neuron from another of its layer, as a copied formula does."""
    present = {name.name for name in occurrences(subject.tree)}
    for layer in subject.network.layers:
        for neuron in layer:
            for other in layer:
                if neuron != other:
                    parts = _parts(subject.network, neuron, other)
                    yield from _swapped(subject, present, parts, other)


def _parts(network: Network, neuron: Neuron, other: Neuron) -> list[dict[str, str]]:
    """Return what belongs to a neuron, group by group, with the other neuron's counterpart."""
    outgoing: dict[str, str] = {}
    if neuron.layer < len(network.layers):
        for after in network.layers[neuron.layer]:
            mine, theirs = (after.sources.index(n.output) for n in (neuron, other))
            outgoing[after.weights[mine]] = after.weights[theirs]
    own = {neuron.label: other.label, neuron.output: other.output}
    target: dict[str, str] = {}
    if neuron.layer == len(network.layers):
        index, other_index = (network.layers[-1].index(n) for n in (neuron, other))
        target = {network.targets[index]: network.targets[other_index]}
    incoming = dict(zip(neuron.weights, other.weights, strict=True))
    return [outgoing, own, target, incoming]


def _swapped(
    subject: Subject, present: set[str], parts: list[dict[str, str]], other: Neuron
) -> Iterator[Variant]:
    groups = [{a: b for a, b in part.items() if a in present} for part in parts]
    groups = [group for group in groups if group]
    for size in range(1, len(groups) + 1):
        for chosen in combinations(groups, size):
            swaps = {a: b for group in chosen for a, b in group.items()}
            if len(swaps) > 1:
                tree = _renamed(subject.tree, swaps)
                yield Variant(tree, SEVERAL, _pairs(swaps, subject, other), _signature(swaps), 2)


def _renamed(tree: Expr, swaps: Mapping[str, str]) -> Expr:
    def new(leaf: Expr) -> Expr | None:
        if isinstance(leaf, Name) and leaf.name in swaps:
            return Name(swaps[leaf.name], leaf.shift)
        return None

    return substitute(tree, new)


def _signature(swaps: Mapping[str, str]) -> str:
    return " ".join(f"{old}→{new}" for old, new in sorted(swaps.items()))


def _pairs(swaps: Mapping[str, str], subject: Subject, other: Neuron) -> Blanks:
    pairs = [f"{name_text(new)} where {name_text(old)} belongs" for old, new in swaps.items()]
    return {
        "own": Name(subject.quantity.name),
        "pairs": " and ".join(pairs),
        "other": other.label,
    }


WRONG_NEURON = Mistake(
    code="SP203",
    name="wrong-neuron",
    summary="the same kind of quantity of another neuron, weight, input or target",
    explanation=(
        "Every factor of a gradient belongs to the path from the error to that weight. w3 and w4 "
        "lead into h2, so their gradients pass through a_h2; with a_h1 instead the loss still "
        "falls and hardly differs, but the gradient is not the slope of E."
    ),
    wrong="dE/dw3 = ((a_o1-t1)*a_o1*(1-a_o1)*w6+(a_o2-t2)*a_o2*(1-a_o2)*w8)*a_h1*(1-a_h1)*i1",
    right="dE/dw3 = ((a_o1-t1)*a_o1*(1-a_o1)*w6+(a_o2-t2)*a_o2*(1-a_o2)*w8)*a_h2*(1-a_h2)*i1",
    cases=ALL_CASES,
    rank=30,
    variants=_variants,
    undone=_undone,
)
