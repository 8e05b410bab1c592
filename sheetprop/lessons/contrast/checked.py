"""The gradient check of both runs: slopes by differences beside the right and the wrong gradient.

Both are checked in the last iteration in which the runs have the same weights, so that there is one
slope for both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sheetprop.lessons.contrast.two_runs import RIGHT, SIDES, TwoRuns
from sheetprop.lessons.explanation.difference_table import ABSOLUTE, RELATIVE, ROUNDING
from sheetprop.lessons.explanation.moved_weight import WithStep, with_step
from sheetprop.notation.address import address, fixed
from sheetprop.words import Words
from sheetprop.workbooks.page import Page
from sheetprop.workbooks.sheet import Address, Cell

MOST_NEURONS, MOST_WEIGHTS, LONGEST_FORMULA = 24, 40, 8_192
STEP_SIZE = 1e-4

WEIGHT, PLUS, MINUS, SLOPE = range(1, 5)
GRADIENT, ERROR, VERDICT = range(3)
_OF_SIDE = 5  # the first column of the right one's three


def column_of(side: str, what: int) -> int:
    """Return the column of a gradient, its relative error or the verdict on it."""
    return _OF_SIDE + 3 * SIDES.index(side) + what


@dataclass(frozen=True)
class Check:
    """The table of the check, its first row `first`; `step` is the cell of h."""

    runs: TwoRuns
    words: Words
    first: int
    step: Address
    parameters: Sequence[str]

    @property
    def last(self) -> int:
        """Return the last row."""
        return self.first + len(self.parameters) - 1

    def all(self, column: int) -> str:
        """Return the range of a column."""
        return f"{fixed((self.first, column))}:{fixed((self.last, column))}"

    def put(self, page: Page) -> None:
        """Write the rows, one for each parameter."""
        for row, name in enumerate(self.parameters, self.first):
            page.put((row, WEIGHT), name, "maths name")
            for column, moved in zip((PLUS, MINUS), _moved(self.runs, name), strict=True):
                formula = moved.formula(_cells(self.runs), fixed(self.step))
                page.put((row, column), Cell(None, formula), "maths long")
            plus, minus = address(row, PLUS), address(row, MINUS)
            slope = f"=({plus}-{minus})/(2*{fixed(self.step)})"
            page.put((row, SLOPE), Cell(None, slope), "maths long result")
            for side in SIDES:
                self._judge(page, row, side, name)

    def _judge(self, page: Page, row: int, side: str, name: str) -> None:
        at = [address(row, column_of(side, what)) for what in (GRADIENT, ERROR, VERDICT)]
        slope = address(row, SLOPE)
        apart = f"ABS({at[GRADIENT]}-{slope})"
        largest = f"MAX(ABS({at[GRADIENT]}),ABS({slope}))"
        error = f'=IFERROR(IF({apart}<={ROUNDING}*{largest},0,{apart}/{largest}),"–")'
        near = f"OR({apart}<={RELATIVE}*{largest},{apart}<={ABSOLUTE})"
        agrees, differs = (
            self.words.quoted(f"gradient_check_{key}") for key in ("agrees", "differs")
        )
        cells = (
            (GRADIENT, f"={self.runs.gradient(side, name)}", "maths long result"),
            (ERROR, error, "maths value"),
            (VERDICT, f'=IFERROR(IF({near},{agrees},{differs}),"–")', "mark"),
        )
        for what, formula, style in cells:
            page.put((row, column_of(side, what)), Cell(None, formula), style)


def checked_parameters(runs: TwoRuns) -> list[str]:
    """Return the parameters for which there is room; none in a network that is too large."""
    network = runs.table.network
    if sum(map(len, network.layers)) > MOST_NEURONS:
        return []
    cells = _cells(runs)
    found = []
    for name in network.parameters[:MOST_WEIGHTS]:
        longest = max(len(one.formula(cells, "$AA$100")) for one in _moved(runs, name))
        if longest <= LONGEST_FORMULA:
            found.append(name)
    return found


def _moved(runs: TwoRuns, name: str) -> tuple[WithStep, WithStep]:
    network = runs.table.network
    return with_step(network, name, 1), with_step(network, name, -1)


def _cells(runs: TwoRuns) -> dict[str, str]:
    """Return the cells of the checked iteration; of the right run, but the weights are the same."""
    return {name: runs.cell(RIGHT, name, runs.check_step) for name in runs.table.names}
