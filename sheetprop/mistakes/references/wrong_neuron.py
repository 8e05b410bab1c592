"""SP203: the same kind of quantity, but of another neuron, weight, input or target."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

from sheetprop.maths.expr import Expr, Name, substitute
from sheetprop.maths.network import Network
from sheetprop.maths.neurons import Neuron
from sheetprop.mistakes.base import Mistake, Subject, Variant
from sheetprop.mistakes.trees import computing, occurrences, replacing
from sheetprop.notation.text import name_text


def _variants(subject: Subject) -> Iterator[Variant]:
    tree = subject.tree
    for old in occurrences(tree):
        for other in _siblings(old.name, subject.network):
            new = Name(other, old.shift)
            for changed, cost in replacing(tree, old, new):
                yield Variant(changed, _phrase({old.name: other}), f"{old.name}→{other}", cost)
    yield from _other_neuron(subject)
    for quantity in subject.network.quantities.values():
        if quantity.kind == subject.quantity.kind and quantity != subject.quantity:
            yield computing(quantity.name)


def _siblings(name: str, network: Network) -> list[str]:
    """Return the other quantities of the same kind, where a gradient is not what is meant."""
    kind = network.quantities[name].kind if name in network.quantities else None
    if kind in (None, "gradient"):
        return []
    family = name.rstrip("0123456789")  # a_h and a_o are both activations, but no neighbours
    return [
        other
        for other, quantity in network.quantities.items()
        if quantity.kind == kind and other != name and other.rstrip("0123456789") == family
    ]


def _other_neuron(subject: Subject) -> Iterator[Variant]:
    """Take several things of one neuron from another of its layer, as a copied formula does."""
    tree = subject.tree
    present = {name.name for name in occurrences(tree)}
    for layer in subject.network.layers:
        for neuron in layer:
            for other in layer:
                if neuron != other:
                    yield from _swapped(tree, present, _parts(subject.network, neuron, other))


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


def _swapped(tree: Expr, present: set[str], parts: list[dict[str, str]]) -> Iterator[Variant]:
    groups = [{a: b for a, b in part.items() if a in present} for part in parts]
    groups = [group for group in groups if group]
    for size in range(1, len(groups) + 1):
        for chosen in combinations(groups, size):
            swaps = {a: b for group in chosen for a, b in group.items()}
            if len(swaps) > 1:
                yield Variant(_renamed(tree, swaps), _phrase(swaps), _signature(swaps), 2)


def _renamed(tree: Expr, swaps: Mapping[str, str]) -> Expr:
    def new(leaf: Expr) -> Expr | None:
        if isinstance(leaf, Name) and leaf.name in swaps:
            return Name(swaps[leaf.name], leaf.shift)
        return None

    return substitute(tree, new)


def _signature(swaps: Mapping[str, str]) -> str:
    return " ".join(f"{old}→{new}" for old, new in sorted(swaps.items()))


def _phrase(swaps: Mapping[str, str]) -> str:
    pairs = [f"{name_text(new)} where {name_text(old)} belongs" for old, new in swaps.items()]
    return "takes " + " and ".join(pairs)


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
    variants=_variants,
)
