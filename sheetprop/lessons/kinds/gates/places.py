"""Where the wires and gates of a circuit stand, in a table and in the drawing of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from sheetprop.lessons.kinds.gates.circuit import OUTPUT, Circuit
from sheetprop.notation.address import address, column_letters, on
from sheetprop.workbooks.page import DATA
from sheetprop.workbooks.sheet import Address

Point = tuple[float, float]

STEP, CHOSEN = 5, 2
"""Row and column of the chosen step."""

PICTURE = 8
"""The first row of the drawing."""

WIRE, RULE, VALUE, GRADIENT_RULE, GRADIENT, DOES, DIFFERENCE, MARK = range(1, 9)
"""Columns of the table."""

NAME, VALUE_TEXT, GRADIENT_TEXT, SHOWN_VALUE, SHOWN_GRADIENT, TOLD = range(6)
X, ABOVE, BELOW, SIGN, SIGN_X, SIGN_Y, LINE = range(6, 13)
_BLOCK = 18
"""Columns on the sheet Data: of each circuit so many, in this order; a line takes four."""

ROW = 20  # pixels
_COLUMN, _SLOT, _LEFT, _RIGHT, _MARGIN = 118.0, 74.0, 34.0, 96.0, 42.0
_LABEL = 44.0
"""Pixels from a gate's middle to its wire's label."""


@dataclass(frozen=True)
class Places:
    """The places of one circuit, on the sheet `sheet`; it is that `number` of `of` circuits."""

    circuit: Circuit
    sheet: str
    number: int
    of: int = 1

    @cached_property
    def columns(self) -> dict[str, int]:
        """Return how far right each wire begins: a gate behind its inputs, an input before it."""
        found: dict[str, int] = dict.fromkeys(self.circuit.inputs, 0)
        for gate in self.circuit.gates:
            found[gate.name] = 1 + max(found[source] for source in gate.sources)
        for name in self.circuit.inputs:
            users = [found[gate.name] for gate in self.circuit.gates if name in gate.sources]
            found[name] = min(users) - 1
        return found

    @cached_property
    def points(self) -> dict[str, Point]:
        """Return where the beginning of each wire stands, in pixels from the lower left."""
        slots: dict[str, float] = {}
        for gate in self.circuit.gates:  # inputs in the order in which they are met
            for source in gate.sources:
                slots.setdefault(source, float(sum(name in self.circuit.inputs for name in slots)))
            slots[gate.name] = sum(slots[source] for source in gate.sources) / len(gate.sources)
        slots = self._apart(slots)
        lowest = max(slots.values())
        return {
            name: (_LEFT + self.columns[name] * _COLUMN, _MARGIN + (lowest - slot) * _SLOT)
            for name, slot in slots.items()
        }

    def _apart(self, slots: dict[str, float]) -> dict[str, float]:
        """Move wires down that would begin where another does."""
        found: dict[str, float] = {}
        for name in sorted(slots, key=lambda one: slots[one]):
            slot = slots[name]
            while any(
                self.columns[other] == self.columns[name] and abs(found[other] - slot) < 1
                for other in found
            ):
                slot += 0.5
            found[name] = slot
        return found

    @property
    def size(self) -> tuple[int, int]:
        """Return the pixels of the drawing."""
        right = _LEFT + max(self.columns.values()) * _COLUMN + _RIGHT
        top = max(y for _, y in self.points.values()) + _MARGIN
        return max(round(right), 420), max(round(top), 160)

    def label(self, wire: str) -> Point:
        """Return where the number on a wire stands: behind its gate, on the way to the next."""
        x, y = self.points[wire]
        uses = [gate for gate in self.circuit.gates if wire in gate.sources]
        if not uses:
            return x + _LABEL, y
        to_x, to_y = self.points[uses[0].name]
        part = _LABEL / (to_x - x)
        return x + _LABEL, y + part * (to_y - y)

    @property
    def head(self) -> int:
        """Return the row of the table's headers."""
        return PICTURE + self.size[1] // ROW + 3

    def row(self, wire: str) -> int:
        """Return the row of a wire in the table."""
        return self.head + 1 + self.circuit.wires.index(wire)

    @property
    def last(self) -> int:
        """Return the last row of the table, that of the output."""
        return self.row(OUTPUT)

    def value(self, wire: str) -> str:
        """Return the address of a wire's value on its own sheet."""
        return address(self.row(wire), VALUE)

    def gradient(self, wire: str) -> str:
        """Return the address of a wire's gradient on its own sheet."""
        return address(self.row(wire), GRADIENT)

    def here(self, cell: str) -> str:
        """Return a cell of the circuit's sheet, as other sheets call it."""
        sheet = on(self.sheet, (1, 1)).rpartition("!")[0]
        return f"{sheet}!{cell}"

    def data(self, line: int, column: int) -> Address:
        """Return a cell of the circuit's block on Data; lines are counted from 0."""
        return 4 + line, 1 + (self.number - 1) * _BLOCK + column

    def on_data(self, line: int, column: int) -> str:
        """Return the reference of a cell of its block."""
        return on(DATA, self.data(line, column))

    def steps_text(self, chosen: str) -> str:
        """Return the reference of the sentence of a step."""
        letters = column_letters(self.data(0, TOLD)[1])
        return f"INDEX({DATA}!${letters}$4:${letters}${3 + self.count},{chosen})"

    @property
    def count(self) -> int:
        """Return the number of steps."""
        return len(self.circuit.gates) + len(self.circuit.wires)
