"""Numbers as texts, for formulas that put them into sentences and into written mathematics.

``ROUND(x,6)&""`` writes a number the way the reader's program does, with a comma where that is the
decimal sign. TEXT would not: its format ``0.0000`` means something else where the point groups
thousands. Small and large numbers have four digits and a power of ten, negative ones brackets, so
that they can stand behind any sign.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from sheetprop.lessons.start.chosen import HEAD, Chosen
from sheetprop.maths.activations import ACTIVATIONS, SOFTMAX
from sheetprop.maths.network import Network
from sheetprop.notation.address import address, on
from sheetprop.notation.text import name_text
from sheetprop.words import Words
from sheetprop.workbooks.page import DATA, Page
from sheetprop.workbooks.sheet import Address, Cell

SMALL, LARGE = "0.001", "1E+6"
"""Numbers beyond are written with a power of ten."""

UNREADABLE = "–"  # stands for an error value


def text_formula(cell: str) -> str:
    """Return the formula that writes the number of a cell as a text."""
    power = f"INT(LOG10(ABS({cell})))"
    scientific = f'ROUND({cell}/10^{power},3)&"E"&{power}'
    is_far = f"OR(ABS({cell})<{SMALL},ABS({cell})>={LARGE})"
    number = f'IF({is_far},{scientific},ROUND({cell},6)&"")'
    signed = f'IF({cell}<0,"("&{number}&")",{number})'
    # Zero has no power of ten, and some programs write a zero that came from below as -0.
    return f'=IFERROR(IF({cell}=0,"0",{signed}),"{UNREADABLE}")'


def longest(name: str, network: Network) -> str:
    """Return a number as long as that of a quantity gets: with a sign, unless it hardly has one.

    What is typed seldom has as many digits as what is calculated.
    """
    quantity = network.quantities.get(name)
    kind = quantity.kind if quantity else ""
    is_typed = kind in _TYPED or (kind == "bias" and name not in network.parameters)
    return "0.123456" if is_typed or name in _positive(network) else "(-0.123456)"


_TYPED = ("input", "target", "setting")


@lru_cache(maxsize=8)
def _positive(network: Network) -> frozenset[str]:
    """Return the activations that are never negative."""
    return frozenset(
        neuron.output
        for layer in network.layers
        for neuron in layer
        if neuron.activation == SOFTMAX or ACTIVATIONS[neuron.activation].limits[0] >= 0
    )


def without_brackets(text: str) -> str:
    """Return the formula part that is the text of a cell without the brackets of a negative one."""
    return f'SUBSTITUTE(SUBSTITUTE({text},"(",""),")","")'


@dataclass
class NumberTexts:
    """Texts of numbers on the sheet Data: of the chosen step's, and of other sheets' cells.

    They stand in `column`, beside the chosen step's values and below them.
    """

    page: Page
    chosen: Chosen
    column: int
    _texts: dict[str, str] = field(default_factory=dict)

    def of(self, cell: str, name: str) -> str:
        """Return the cell on Data with the text of the number in `cell`, which `name` names."""
        if cell not in self._texts:
            place, source = self._place(cell, name)
            self.page.put(place, Cell(None, text_formula(source)), "formula")
            self._texts[cell] = on(DATA, place)
        return self._texts[cell]

    def _place(self, cell: str, name: str) -> tuple[Address, str]:
        """Return where the text goes and the number's address there."""
        for known, place in self._rows().items():
            if known == cell:
                return (place, self.column), address(place, _VALUE)
        row = max(row for row, _ in self.page.cells) + 1
        self.page.put((row, _NAME), name_text(name), "name")
        self.page.put((row, _VALUE), Cell(None, f"={cell}"), "formula")
        return (row, self.column), address(row, _VALUE)

    def _rows(self) -> dict[str, int]:
        return {cell: int(cell.rpartition("$")[2]) for cell in self.chosen.value.values()}


_NAME, _VALUE = 1, 2  # columns


def number_texts(page: Page, chosen: Chosen, words: Words) -> NumberTexts:
    """Return the texts of numbers on the page that becomes the sheet Data, none of them yet."""
    column = max(column for _, column in page.cells) + 1
    page.put((HEAD, column), words["data_text"], "head")
    return NumberTexts(page, chosen, column)
