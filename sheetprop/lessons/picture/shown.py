"""What the picture of the network shows in all: which phase, weights or gradients, how large."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sheetprop.lessons.runs.rate_table import RateTable
from sheetprop.lessons.start.data_columns import FACT_VALUES, FACTS, FIRST, HEAD
from sheetprop.lessons.start.start_choice import PHASES, Choice, chosen_place
from sheetprop.notation.address import fixed, on
from sheetprop.words import Words
from sheetprop.workbooks.page import DATA, Page
from sheetprop.workbooks.sheet import Address, Cell

NOTHING, WEIGHTS, GRADIENTS = range(3)
"""What the lines of connections show."""

_ROWS = ("phase", "labels", "lines", "largest line", "largest neuron")


@dataclass(frozen=True)
class Shown:
    """The cells of the sheet Data that say what is shown, as formulas there write them."""

    @property
    def phase(self) -> str:
        """The phase, from 1 in the order of `PHASES`."""
        return fixed(place("phase"))

    @property
    def labels(self) -> str:
        """What labels tell, from 1 in the order of `LABELS`."""
        return fixed(place("labels"))

    @property
    def lines(self) -> str:
        """What lines show: `NOTHING`, `WEIGHTS` or `GRADIENTS`."""
        return fixed(place("lines"))

    @property
    def largest_line(self) -> str:
        """The largest weight or gradient shown, without its sign."""
        return fixed(place("largest line"))

    @property
    def largest_neuron(self) -> str:
        """The largest number that neurons are filled by, without its sign."""
        return fixed(place("largest neuron"))

    def by_phase(self, texts: Mapping[str, str]) -> str:
        """Return the part of a formula that gives what belongs to the phase; a blank by default."""
        return f"CHOOSE({self.phase},{','.join(texts.get(name, BLANK) for name in PHASES)})"


BLANK = '" "'
"""A label that shows nothing: an empty one would show the number of its series."""


def place(name: str) -> Address:
    """Return where a fact stands on Data."""
    return FIRST + _ROWS.index(name), FACT_VALUES


PHASE = on(DATA, place("phase"))
"""The cell with the phase's number, as other sheets write it."""


def put_shown(page: Page, table: RateTable, choice: Choice, words: Words) -> Shown:
    """Write phase and labels as numbers; the largest values are written by what shows them."""
    shown = Shown()
    page.put((HEAD - 1, FACTS), words["data_diagram"], "heading")
    lines = (
        f"=CHOOSE({shown.phase},IF({shown.labels}=2,{GRADIENTS},{WEIGHTS}),"
        f"{WEIGHTS},{NOTHING},{GRADIENTS},{GRADIENTS})"
    )
    formulas = {
        "phase": f"={chosen_place(table, choice, 'phase')}",
        "labels": f"={chosen_place(table, choice, 'labels')}",
        "lines": lines,
    }
    for name, formula in formulas.items():
        put_fact(page, name, formula, words)
    return shown


def put_fact(page: Page, name: str, formula: str, words: Words) -> None:
    """Write one of the facts."""
    row, column = place(name)
    page.put((row, FACTS), words["data_shows_" + name.replace(" ", "_")], "name")
    page.put((row, column), Cell(None, formula), "formula")
