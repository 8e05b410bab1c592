"""Circuits drawn at random, as people lay them out: by labels, across, in a table of wires."""

from __future__ import annotations

from random import Random

from handmade.cell_sheets import CellSheet, Page, rounded, told, without
from sheetprop.lessons.kinds.gates.circuit import OUTPUT, Circuit, Gate, gradient_of
from sheetprop.lessons.kinds.gates.operations import OF_ONE, OF_TWO, with_constant
from sheetprop.maths.trees.expr import Expr, Name
from sheetprop.maths.trees.simplified import simplified
from sheetprop.maths.trees.walk import substitute

INPUTS = ("x", "y", "z", "w", "w0", "x0", "w1", "x1", "c", "k")
GATES = ("q", "p", "r", "s", "u", "v", "m", "n", "h", "g")
OUTPUTS = ("f", "L", "out", "loss")
TWO, ONE = (
    ("+", "+", "*", "*", "*", "-", "max", "min", "/"),
    ("exp", "tanh", "sigmoid", "sin", "neg"),
)
VALUES = ("value", "val", "forward", "forward pass", "Wert", "Values")
GRADIENTS = ("grad", "gradient", "backward", "backward pass", "Gradients")
SLOPES = ("∂{}/∂{}", "d{}/d{}", "d{} / d{}", "∂{} / ∂{}")


def drawn_circuit(chance: Random) -> Circuit:
    """Draw gates until every wire but the last goes somewhere."""
    inputs = chance.sample(INPUTS, chance.randrange(2, 5))
    waiting, used = list(inputs), list(inputs)
    gates: list[Gate] = []
    names = iter(chance.sample(GATES, len(GATES)))
    while len(waiting) > 1 or len(gates) < 2:
        taken = chance.sample(waiting, min(2, len(waiting)))
        if len(taken) == 2 and chance.random() < 0.8:
            if chance.random() < 0.2 and gates:
                taken[1] = chance.choice([one for one in used if one != taken[0]])
            gate = Gate(next(names), OF_TWO[chance.choice(TWO)], tuple(taken))
        elif chance.random() < 0.3:
            number = chance.choice((2.0, 3.0, 0.5))
            gate = Gate(next(names), with_constant("*", number, first=True), (taken[0],))
        else:
            gate = Gate(next(names), OF_ONE[chance.choice(ONE)], (taken[0],))
        waiting = [one for one in waiting if one not in gate.sources] + [gate.name]
        used.append(gate.name)
        gates.append(gate)
        if len(gates) > 7:
            return drawn_circuit(chance)
    last = gates.pop()
    return Circuit(
        "", dict.fromkeys(inputs, 0.0), (*gates, Gate(OUTPUT, last.operation, last.sources))
    )


def gates(chance: Random) -> CellSheet:
    """Draw a circuit and the way somebody lays it out."""
    found, output = drawn_circuit(chance), chance.choice(OUTPUTS)
    shows_first = chance.random() < 0.7
    trees: dict[str, Expr | None] = dict.fromkeys(found.inputs)
    trees |= {gate.name: gate.value for gate in found.gates}
    for wire in reversed(found.wires):
        if shows_first or wire != OUTPUT:
            tree = found.gradient(wire)
            own = tree if shows_first else simplified(without(tree, gradient_of(OUTPUT)))
            trees[gradient_of(wire)] = own
    trees = {_renamed(name, output): tree and _with(tree, output) for name, tree in trees.items()}
    wires = [_renamed(wire, output) for wire in found.wires]
    page = Page.drawn(chance)
    if chance.random() < 0.4 and shows_first:
        _table(page, trees, wires, output, chance)
    else:
        _by_labels(page, trees, wires, output, chance)
    return CellSheet("gates", trees, rounded(chance, [*found.inputs]), page.cells, page.texts)


def _renamed(name: str, output: str) -> str:
    if name == OUTPUT:
        return output
    if "/" not in name:
        return name
    wire = name.removeprefix(f"d{OUTPUT}/d")
    return _slope(output, output if wire == OUTPUT else wire)


def _slope(output: str, wire: str) -> str:
    return f"d{output}/d{wire}"


def _with(tree: Expr, output: str) -> Expr:
    def renamed(leaf: Expr) -> Expr | None:
        if not isinstance(leaf, Name):
            return None
        return Name(_renamed(leaf.name, output))

    return substitute(tree, renamed)


def _label(wire: str, trees: dict[str, Expr | None]) -> str:
    tree = trees[wire]
    return wire if tree is None else f"{wire} = {told(tree)}"


def _by_labels(
    page: Page, trees: dict[str, Expr | None], wires: list[str], output: str, chance: Random
) -> None:
    spelt = chance.choice(SLOPES)
    for wire in wires:
        page.line(_label(wire, trees), wire)
    page.row += chance.choice((0, 0, 1))
    slopes = [wire for wire in reversed(wires) if _slope(output, wire) in trees]
    for wire in slopes:
        page.line(spelt.format(output, wire), _slope(output, wire))


def _table(
    page: Page, trees: dict[str, Expr | None], wires: list[str], output: str, chance: Random
) -> None:
    page.texts[page.row, page.column] = chance.choice(("node", "wire", "Knoten", "gate"))
    page.texts[page.row, page.column + 1] = chance.choice(VALUES)
    page.texts[page.row, page.column + 2] = chance.choice(GRADIENTS)
    page.row += 1
    for wire in wires:
        page.line(_label(wire, trees), wire, _slope(output, wire))
