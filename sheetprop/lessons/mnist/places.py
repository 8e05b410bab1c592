"""Where the maps and the weights of a network stand: which cells hold which numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sheetprop.notation.address import address, fixed, quoted
from sheetprop.training.plan import Plan, Step
from sheetprop.workbooks.sheet import Address

WEIGHTS = "Weights"

_NAMES = {"conv": "Conv", "maxpool": "Pool", "gap": "Average", "linear": "Linear"}
_WIDE = 60
"""So many columns may lie side by side."""


@dataclass(frozen=True)
class Maps:
    """The maps of one sheet, several side by side, each with zeros around it where they are wanted.

    A map has `side` × `side` cells, and `edge` more on each side; `top` is the row of the first
    heading, `left` its column.
    """

    sheet: str
    channels: int
    side: int
    edge: int = 0
    top: int = 6
    left: int = 2

    @property
    def size(self) -> int:
        """Return the cells of a map's side with those around it."""
        return self.side + 2 * self.edge

    @property
    def pitch(self) -> int:
        """Return the columns from one map to the next; single numbers stand without a gap."""
        return self.size + 1 if self.size > 1 else 1

    @property
    def across(self) -> int:
        """Return how many maps lie side by side; single numbers are one row for one formula."""
        if self.size == 1:
            return self.channels
        return max(1, min(self.channels, _WIDE // self.pitch))

    def heading(self, channel: int) -> Address:
        """Return the cell above a map."""
        down, right = divmod(channel, self.across)
        return self.top + down * (self.size + 2), self.left + right * self.pitch

    def at(self, channel: int, y: int, x: int) -> Address:
        """Return the cell of a number; y and x are counted from 0, those around from -edge."""
        row, column = self.heading(channel)
        return row + 1 + self.edge + y, column + self.edge + x

    def area(self, channel: int) -> tuple[Address, Address]:
        """Return the first and the last cell of a map, without those around it."""
        return self.at(channel, 0, 0), self.at(channel, self.side - 1, self.side - 1)

    def window(self, channel: int, y: int, x: int, size: int) -> str:
        """Return the range of a window as another sheet names it, by its first pixel."""
        first, last = self.at(channel, y, x), self.at(channel, y + size - 1, x + size - 1)
        end = f":{address(*last)}" if size > 1 else ""
        return f"{quoted(self.sheet)}!{address(*first)}{end}"

    def around(self, channel: int) -> Iterator[Address]:
        """Yield the cells around a map."""
        inside, edge = range(self.side), self.edge
        for y in range(-edge, self.side + edge):
            for x in range(-edge, self.side + edge):
                if y not in inside or x not in inside:
                    yield self.at(channel, y, x)

    @property
    def bottom(self) -> int:
        """Return the last row."""
        return self.heading(self.channels - 1)[0] + self.size


@dataclass(frozen=True)
class Kernels:
    """The weights of a layer: for each map that comes out a bias, and a kernel for each before it.

    Those of a linear layer are one row for each output.
    """

    step: Step
    top: int  # the row of the heading

    @property
    def size(self) -> int:
        """Return the cells of a kernel's side."""
        return self.step.layer.kernel

    @property
    def is_linear(self) -> bool:
        """Whether each weight stands for itself."""
        return self.step.layer.kind == "linear"

    def bias(self, channel: int) -> Address:
        """Return the cell of a bias."""
        height = 1 if self.is_linear else self.size + 1
        return self.top + 2 + channel * height, 2

    def area(self, channel: int, source: int) -> tuple[Address, Address]:
        """Return the first and the last cell of a kernel."""
        row, _ = self.bias(channel)
        column = 4 + source * (1 if self.is_linear else self.size + 1)
        return (row, column), (row + self.size - 1, column + self.size - 1)

    def bias_text(self, channel: int) -> str:
        """Return a bias as another sheet names it."""
        return f"{WEIGHTS}!{fixed(self.bias(channel))}"

    def text(self, channel: int, source: int, last_source: int | None = None) -> str:
        """Return a kernel, or those of a row of sources, as another sheet names it."""
        first, _ = self.area(channel, source)
        _, last = self.area(channel, source if last_source is None else last_source)
        end = f":{fixed(last)}" if last != first else ""
        return f"{WEIGHTS}!{fixed(first)}{end}"

    @property
    def bottom(self) -> int:
        """Return the last row."""
        return self.area(self.step.channels - 1, 0)[1][0]


def sheet_names(plan: Plan) -> list[str]:
    """Return the sheet of each layer; those of one kind are numbered where there are several."""
    kinds = [layer.kind for layer in plan.layers]
    return [
        f"{_NAMES[kind]}{kinds[: place + 1].count(kind) if kinds.count(kind) > 1 else ''}"
        for place, kind in enumerate(kinds)
    ]


def maps_of(plan: Plan) -> list[Maps]:
    """Return where the numbers of each layer stand, with the zeros that the next layer wants."""
    edges = [layer.padding for layer in plan.layers[1:]] + [0]
    steps = zip(sheet_names(plan), plan.steps, edges, strict=True)
    return [Maps(name, step.channels, step.side, edge) for name, step, edge in steps]


def kernels_of(steps: Sequence[Step]) -> list[Kernels | None]:
    """Return where the weights of each layer stand, below each other; None for one without."""
    found: list[Kernels | None] = []
    top = 5
    for step in steps:
        if step.layer.kind not in ("conv", "linear"):
            found.append(None)
            continue
        kernels = Kernels(step, top)
        found.append(kernels)
        top = kernels.bottom + 3
    return found
