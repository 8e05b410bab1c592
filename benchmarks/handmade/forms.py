"""Worksheets of one iteration: every quantity once, its label beside or above it, in blocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from handmade.grids import Grid, RatePlace, dollar
from handmade.runs import Run
from handmade.spellings import kind_of
from sheetprop.tables.table import range_text
from sheetprop.workbooks.sheet import Address

NEW_LABELS = ("{}", "{} new", "{}_new", "new {}", "{}+", "{} (new)", "{}'", "updated {}")
"""How the weights of the next iteration are labelled, by the label of the weight."""

BLOCKS = ({"t", "i"}, {"w", "b"}, {"h", "a_h"}, {"o", "a_o"}, {"E", "E_total"}, {"dE/dw", "dE/db"})


@dataclass(frozen=True)
class FormGrid(Grid):
    """One iteration whose cells stand anywhere; a label is left of its cell or above it."""

    cells: Mapping[tuple[str, int], Address] = field(default_factory=dict)
    labels_above: bool = False
    new_label: str = "{}"

    def cell(self, name: str, step: int) -> Address:
        """Return the cell of a quantity, or of a weight of the next iteration."""
        return self.cells[name, step]

    def has(self, name: str, step: int) -> bool:
        """Whether a quantity of an iteration has a cell."""
        return (name, step) in self.cells

    def label(self, name: str, step: int) -> Address:
        """Return where the label of a cell stands."""
        row, column = self.cells[name, step]
        return (row - 1, column) if self.labels_above else (row, column - 1)

    def range(self, name: str) -> str:
        """Return the cell of a quantity."""
        return range_text(self.cells[name, 0], self.cells[name, 0])


def form_of(run: Run, names: Sequence[str], sheet: str, draw: Random) -> FormGrid:
    """Return the cells of a form: blocks below one another or side by side."""
    above, beside = draw.random() < 0.4, draw.random() < 0.5
    blocks = _blocks(run, names)
    cells: dict[tuple[str, int], Address] = {}
    row, column = 4, 2
    for block in blocks:
        places = _placed(len(block), row, column, above)
        cells |= dict(zip(block, places, strict=True))
        if beside:
            column = max(c for _, c in places) + 2 + draw.randint(0, 1)
        else:
            row = max(r for r, _ in places) + 2 + draw.randint(0, 1)
    return FormGrid(
        sheet=sheet,
        across=False,
        header=1,
        places=(2, 3),
        lines={name: number for number, name in enumerate(names, 1)},
        rate=RatePlace("above", dollar((1, 2), "$", "$"), (sheet, (1, 2))),
        value=run.rates[0],
        cells=cells,
        labels_above=above,
        new_label=draw.choice(NEW_LABELS),
    )


def _blocks(run: Run, names: Sequence[str]) -> list[list[tuple[str, int]]]:
    """Return what stands together: by kind, then helpers, then the new weights."""
    kinds = [[(n, 0) for n in names if kind_of(n)[0] in kinds] for kinds in BLOCKS]
    known = {name for block in kinds for name, _ in block}
    rest = [(name, 0) for name in names if name not in known]
    new = [(name, 1) for name in run.network.parameters]
    return [block for block in (*kinds, rest, new) if block]


def _placed(count: int, row: int, column: int, above: bool) -> list[Address]:
    """Return the cells of one block: in a row under their labels, or in a list beside them."""
    if above:
        return [(row + 1, column + k) for k in range(count)]
    return [(row + k, column + 1) for k in range(count)]
