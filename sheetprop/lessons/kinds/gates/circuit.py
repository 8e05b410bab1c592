"""A circuit: its input wires, its gates in the order of the forward pass, and every tree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from sheetprop.lessons.kinds.gates.operations import ONE, Operation
from sheetprop.maths.trees.expr import Expr, Name, Negative, Number, product, total
from sheetprop.maths.trees.walk import substitute

OUTPUT = "f"


@dataclass(frozen=True, slots=True)
class Gate:
    """A gate: the name of its output wire, what it does, and the names of its input wires."""

    name: str
    operation: Operation
    sources: tuple[str, ...]

    @property
    def value(self) -> Expr:
        """Return its output's value by the values of its inputs."""
        return self.operation.value(*map(Name, self.sources))

    @property
    def slopes(self) -> tuple[Expr, ...]:
        """Return its slope by each input, of values of wires."""
        inputs = tuple(map(Name, self.sources))
        return self.operation.slopes(inputs, Name(self.name))


@dataclass(frozen=True)
class Circuit:
    """An expression as gates; the last gate's wire is its output, `OUTPUT`."""

    text: str
    inputs: Mapping[str, float]
    gates: tuple[Gate, ...]

    @property
    def wires(self) -> tuple[str, ...]:
        """Return the names of all wires, inputs first, then in the order of the forward pass."""
        return (*self.inputs, *(gate.name for gate in self.gates))

    @property
    def steps(self) -> dict[str, tuple[int, int]]:
        """Return in which step each wire gets its value, and in which its gradient.

        Inputs have their values before the first step.
        """
        backward = [*(gate.name for gate in reversed(self.gates)), *self.inputs]
        forward = {gate.name: step for step, gate in enumerate(self.gates, 1)}
        count = len(self.gates)
        return {name: (forward.get(name, 0), count + step) for step, name in enumerate(backward, 1)}

    def gradient(self, wire: str) -> Expr:
        """Return ∂f/∂wire by the gradients of the wires that it goes into, summed over them."""
        terms = [
            _times(Name(gradient_of(gate.name)), slope)
            for gate in self.gates
            for source, slope in zip(gate.sources, gate.slopes, strict=True)
            if source == wire
        ]
        return total(terms) if terms else ONE

    @cached_property
    def whole(self) -> Expr:
        """Return the tree of the output by the inputs alone."""
        found: dict[str, Expr] = {}
        for gate in self.gates:

            def known(leaf: Expr) -> Expr | None:
                return found.get(leaf.name) if isinstance(leaf, Name) else None

            found[gate.name] = substitute(gate.value, known)
        return found[OUTPUT]


def gradient_of(wire: str) -> str:
    """Return the name of the gradient of a wire."""
    return f"d{OUTPUT}/d{wire}"


def _times(gradient: Expr, slope: Expr) -> Expr:
    """Return a product as one writes it: without a 1, with the sign in front."""
    if slope == ONE:
        return gradient
    if slope == Number(-1):
        return Negative(gradient)
    if isinstance(slope, Negative):
        return Negative(product([gradient, slope.operand]))
    return product([gradient, slope])
