"""Tables that set a slope of E_total, found by a difference, beside the gradient."""

from __future__ import annotations

from dataclasses import dataclass, field

from sheetprop.lessons.explanation.moved_weight import PASS, forward_names
from sheetprop.lessons.explanation.page_parts import put_text
from sheetprop.lessons.runs.rate_table import RateTable
from sheetprop.lessons.start.chosen import Chosen
from sheetprop.maths.names import gradient_of
from sheetprop.notation.address import address
from sheetprop.words import Words
from sheetprop.workbooks.chart_look import ChartLook
from sheetprop.workbooks.look import Highlight
from sheetprop.workbooks.page import Page
from sheetprop.workbooks.sheet import Address, Cell, Chart

WIDTH = 13.0
HEADS = ("weight", "value", "plus", "minus", "difference", "gradient", "relative", "verdict")
WEIGHT, VALUE, PLUS, MINUS, DIFFERENCE, GRADIENT, RELATIVE_ERROR, VERDICT = range(1, 9)
RELATIVE, ABSOLUTE = "1E-6", "1E-9"
"""Two slopes agree when they differ by less: as a part of the larger one, or at all."""

ROUNDING = "1E-13"
"""What is nearer is equal: LibreOffice takes such a difference for 0, other programs do not."""


@dataclass
class Writer:
    """The sheet in the making, all columns of it equally wide."""

    table: RateTable
    chosen: Chosen
    words: Words
    page: Page = field(default_factory=Page)
    scientific: list[tuple[Address, Address]] = field(default_factory=list)
    charts: list[tuple[Chart, ChartLook]] = field(default_factory=list)
    marks: list[Highlight] = field(default_factory=list)

    @property
    def widths(self) -> dict[int, float]:
        """Return the width of every column."""
        network = self.table.network
        columns = PASS + len(forward_names(network))
        return dict.fromkeys(range(1, max(columns, TEXT_END + 1)), WIDTH)

    def text(self, row: int, key: str, style: str = "long quiet", **facts: object) -> None:
        """Write a text over the columns."""
        put_text(self.page, (row, 1), self.words(key, **facts), style, self.widths, TEXT_END)

    def number(self, at: Address, formula: str, style: str = "maths value") -> None:
        """Write a number by its formula."""
        self.page.put(at, Cell(None, formula), style)


TEXT_END = 11  # the column in which the lines of text end


def judge(writer: Writer, row: int, name: str, step: str) -> None:
    """Write the difference quotient, the gradient and how far they are apart."""
    plus, minus = address(row, PLUS), address(row, MINUS)
    slope, gradient = address(row, DIFFERENCE), address(row, GRADIENT)
    style = "maths long result"
    writer.number((row, DIFFERENCE), f"=({plus}-{minus})/(2*{step})", style)
    writer.number((row, GRADIENT), f"={writer.chosen.value[gradient_of(name)]}", style)
    largest = f"MAX(ABS({slope}),ABS({gradient}))"
    is_rounding = f"{_apart(row)}<={ROUNDING}*{largest}"
    error = f"=IF({is_rounding},0,{_apart(row)}/{largest})"
    writer.number((row, RELATIVE_ERROR), error)


def _apart(row: int) -> str:
    return f"ABS({address(row, DIFFERENCE)}-{address(row, GRADIENT)})"


def verdict_formula(words: Words, row: int) -> str:
    """Return the formula that says whether the two slopes of a row agree."""
    agrees, differs = words["gradient_check_agrees"], words["gradient_check_differs"]
    relative = address(row, RELATIVE_ERROR)
    near = f"OR({relative}<={RELATIVE},{_apart(row)}<={ABSOLUTE})"
    return f'=IFERROR(IF({near},"{agrees}","{differs}"),"–")'
