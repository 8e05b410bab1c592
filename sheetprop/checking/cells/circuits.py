"""Sheets of circuits: a value and a gradient for each wire, beside each other or with labels."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sheetprop.checking.cells.definitions import Definitions
from sheetprop.checking.cells.grid import Grid
from sheetprop.checking.cells.labels import named_by, own_headers, slope_in, wire_in
from sheetprop.checking.cells.one_row import Placed, placed
from sheetprop.lazily.patterns import pattern
from sheetprop.lessons.kinds.gates.circuit import OUTPUT, Circuit, gradient_of
from sheetprop.lessons.kinds.gates.content import circuit
from sheetprop.maths.trees.expr import Expr
from sheetprop.validate import Problem
from sheetprop.workbooks.sheet import Address

NAME = "gates"
FEWEST_GRADIENTS = 2
_WORD = pattern(r"[^\W\d_]\w{0,11}")
GAP = 2
VALUE, GRADIENT = "value", "gradient"
_HEADERS: dict[str, tuple[str, ...]] = {
    VALUE: (r"values?", "val", r"forward(pass|value)?", "wert"),
    GRADIENT: (r"grad(ient)?s?", r"backward(pass)?", "back", r"d\w{1,12}/d(wire|w|\(\)|…)?"),
}


@dataclass
class Wires:
    """Where the values and gradients of wires stand; `told` is what labels say behind a ``=``.

    `slopes` are cells with a label such as ``∂q/∂x``: of the output, or of another wire.
    """

    values: dict[str, Address] = field(default_factory=dict)
    gradients: dict[str, Address] = field(default_factory=dict)
    labels: dict[str, Address] = field(default_factory=dict)
    told: dict[str, str] = field(default_factory=dict)
    slopes: dict[tuple[str, str], Address] = field(default_factory=dict)


def own_circuits(grid: Grid) -> Iterator[Placed]:
    """Yield the circuit of a sheet of ours: the text says its expression, a table has its wires."""
    begins = f"{OUTPUT} = "
    texts = (text.removeprefix(begins) for text in grid.texts.values() if text.startswith(begins))
    for text in texts:
        for wires in _tables(grid, is_own=True):
            mentioned = set(_WORD.findall(text))
            inputs = [wire for wire in wires.values if wire in mentioned]
            try:
                found = circuit(text, dict.fromkeys(inputs, 0.0))
            except Problem:
                continue
            if set(found.wires) <= set(wires.values):
                yield from _placed(grid, wires, trees_of_circuit(found))
                return


def trees_of_circuit(found: Circuit) -> dict[str, Expr | None]:
    """Return the tree of every value and gradient."""
    trees: dict[str, Expr | None] = dict.fromkeys(found.inputs)
    trees |= {gate.name: gate.value for gate in found.gates}
    trees |= {gradient_of(wire): found.gradient(wire) for wire in reversed(found.wires)}
    return trees


def circuits(grid: Grid, definitions: Definitions) -> Iterator[Placed]:
    """Yield what may be somebody's own circuit, in a table of wires or by labels."""
    for wires in (*_tables(grid, is_own=False), labelled(grid)):
        if len(wires.gradients) + len(wires.slopes) >= FEWEST_GRADIENTS:
            trees = definitions.circuit(wires.values, wires.told)
            if trees:
                yield from _placed(grid, wires, trees, definitions.output, definitions.taken)


def _placed(
    grid: Grid,
    wires: Wires,
    trees: Mapping[str, Expr | None],
    output: str = OUTPUT,
    taken: frozenset[str] = frozenset(),
) -> Iterator[Placed]:
    slopes = {f"d{output}/d{wire}": at for wire, at in wires.gradients.items()}
    slopes |= {f"d{of}/d{by}": at for (of, by), at in wires.slopes.items()}
    cells = {name: grid.place(at) for name, at in (wires.values | slopes).items()}
    labels = {name: grid.place(at) for name, at in wires.labels.items()}
    found = placed(NAME, grid.sheet.name, trees, cells, labels, taken=taken)
    if found is not None:
        yield found


def _tables(grid: Grid, *, is_own: bool) -> Iterator[Wires]:
    """Yield the wires below each pair of headers for values and gradients."""
    headers = _HEADERS
    if is_own:
        keys = {VALUE: "gates_value", GRADIENT: "gates_gradient"}
        headers = {name: tuple(own_headers(key)) for name, key in keys.items()}
    for row, texts in grid.rows.items():
        named = {column: named_by(text, headers) for column, text in texts.items()}
        values = [column for column, name in named.items() if name == VALUE]
        for gradient in (column for column, name in named.items() if name == GRADIENT):
            if values:  # the nearest one: what is given may have a table of its own
                value = min(values, key=lambda one: (abs(gradient - one), one))
                yield _below(grid, row, value, gradient)


def _below(grid: Grid, head: int, value: int, gradient: int) -> Wires:
    wires, missed, row = Wires(), 0, head
    while missed <= GAP:
        row += 1
        texts = grid.rows.get(row, {})
        first = min((c for c in texts if c < min(value, gradient)), default=0)
        told = wire_in(texts[first]) if first else None
        if told is None:
            missed += 1
            continue
        missed = 0
        wire, text = told
        further = [texts[c] for c in sorted(texts) if first < c < min(value, gradient)]
        text = text or "".join(further[:1]).removeprefix(f"{wire} =").removeprefix("=")
        wires.values.setdefault(wire, (row, value))
        wires.gradients.setdefault(wire, (row, gradient))
        wires.labels[wire] = row, first
        wires.told[wire] = text
    return wires


def labelled(grid: Grid) -> Wires:
    """Return the wires and gradients whose cells stand beside, or below, their labels."""
    wires = Wires()
    # A label that defines a name comes before one that has it alone, as the rows of a matrix do.
    for at, text in sorted(grid.texts.items(), key=lambda one: "=" not in one[1]):
        slope, wire = slope_in(text), wire_in(text)
        cell = grid.beside(at)
        if slope is not None and cell is not None and not grid.is_in_series(at, cell):
            wires.slopes.setdefault(slope, cell)
        elif slope is None and wire is not None:
            if cell is not None:
                wires.values.setdefault(wire[0], cell)
                wires.labels.setdefault(wire[0], at)
            if wire[1]:
                wires.told.setdefault(*wire)
    return wires
