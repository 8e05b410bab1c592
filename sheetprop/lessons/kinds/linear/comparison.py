"""Many inputs, sent through the layers and through the one matrix."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sheetprop.lessons.kinds.linear.matrices import Matrix, weighted
from sheetprop.notation.address import address, column_letters, column_range
from sheetprop.words import Words
from sheetprop.workbooks.chart_look import COLOURS, ChartLook, Stroke
from sheetprop.workbooks.page import MATRICES, Page
from sheetprop.workbooks.sheet import Address, Cell, Chart, Series

OWN = 1
TYPED = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (-2.0, 3.0, 1.0), (100.0, -50.0, 20.0))
SWEPT = tuple(float(k) for k in range(-4, 5))
ROWS = OWN + len(TYPED) + len(SWEPT)
_EXACT = "1E-12"
_SIZE = (560, 380)


@dataclass(frozen=True)
class Comparison:
    """Where the table stands: its headers' row, and the columns of each of its parts."""

    head: int
    inputs: range
    layers: tuple[range, ...]
    product: range

    @property
    def same(self) -> int:
        """Return the column of the marks."""
        return self.product.stop

    @property
    def swept(self) -> tuple[int, int]:
        """Return the first and the last row in which only the first input changes."""
        last = self.head + ROWS
        return last - len(SWEPT) + 1, last


def comparison_at(head: int, matrices: Sequence[Matrix], product: Matrix) -> Comparison:
    """Return the places of the table below a row of headers, from the second column on."""
    column = 2
    widths = [len(product[0]), *(len(matrix) for matrix in matrices), len(product)]
    parts = []
    for width in widths:
        parts.append(range(column, column + width))
        column += width
    return Comparison(head, parts[0], tuple(parts[1:-1]), parts[-1])


def put_comparison(
    page: Page,
    place: Comparison,
    own: Sequence[str],
    matrices: Sequence[Matrix],
    product: Matrix,
    words: Words,
) -> None:
    """Write the inputs, what every layer and what the one matrix makes of them, and a mark.

    `own` are the cells of the lesson's own inputs.
    """
    _put_heads(page, place, words)
    for line in range(1, ROWS + 1):
        row = place.head + line
        _put_inputs(page, row, line, place, own, words)
        values = [address(row, column) for column in place.inputs]
        for columns, matrix in zip(place.layers, matrices, strict=True):
            _put_sums(page, row, columns, matrix, values, "number")
            values = [address(row, column) for column in columns]
        inputs = [address(row, column) for column in place.inputs]
        _put_sums(page, row, place.product, product, inputs, "number result")
        page.put((row, place.same), Cell(None, _same(row, place)), "mark")


def _put_heads(page: Page, place: Comparison, words: Words) -> None:
    page.put((place.head, 1), words["linear_inputs"], "head")
    parts = [(place.inputs, "linear_input")]
    parts += [(columns, "linear_neuron") for columns in place.layers[:-1]]
    parts += [(place.layers[-1], "linear_output"), (place.product, "linear_at_once")]
    for number, (columns, key) in enumerate(parts):
        for neuron, column in enumerate(columns, 1):
            text = words(key, layer=number, number=neuron)
            page.put((place.head, column), text, "head")
    page.put((place.head, place.same), words["linear_same"], "head")
    page.heights[place.head] = 44


def _put_inputs(
    page: Page, row: int, line: int, place: Comparison, own: Sequence[str], words: Words
) -> None:
    swept = line - OWN - len(TYPED) - 1
    key = "linear_own" if line == OWN else "linear_typed" if swept < 0 else "linear_swept"
    page.put((row, 1), words[key], "name")
    for number, column in enumerate(place.inputs):
        if line > OWN and (swept < 0 or number == 0):
            typed = TYPED[line - OWN - 1][number % 3] if swept < 0 else SWEPT[swept]
            page.put((row, column), Cell(typed), "input")
        else:
            page.put((row, column), Cell(None, f"={own[number]}"), "number")


def _put_sums(
    page: Page, row: int, columns: range, matrix: Matrix, values: Sequence[str], style: str
) -> None:
    for column, weights in zip(columns, matrix, strict=True):
        page.put((row, column), Cell(None, weighted(weights, values)), style)


def _same(row: int, place: Comparison) -> str:
    """Return the formula of the mark: both ways agree but for rounding."""
    pairs = zip(place.layers[-1], place.product, strict=True)
    both = [(address(row, a), address(row, b)) for a, b in pairs]
    sizes = ",".join(f"ABS({a})" for a, _ in both)
    close = [f"ABS({a}-{b})<={_EXACT}*MAX(1,{sizes})" for a, b in both]
    return f'=IFERROR(IF(AND({",".join(close)}),"✓","≠"),"–")'


def chart(place: Comparison, at: Address, words: Words) -> tuple[Chart, ChartLook]:
    """Return the picture: lines through the layers, points by the one matrix."""
    first, last = place.swept
    x = column_range(MATRICES, place.inputs[0], first, last)
    series, strokes = [], []
    for columns, is_line in ((place.layers[-1], True), (place.product, False)):
        for number, column in enumerate(columns):
            name = f"{MATRICES}!${column_letters(column)}${place.head}"
            y = column_range(MATRICES, column, first, last)
            series.append(Series(y, x, name, name_is_reference=True))
            colour = COLOURS[number % len(COLOURS)]
            strokes.append(
                Stroke(colour) if is_line else Stroke(colour, width=0, marker="circle", size=8)
            )
    look = ChartLook(
        at=at,
        size=_SIZE,
        x_title=words("linear_input", layer=0, number=1),
        y_title=words["linear_outputs"],
        description=words["linear_chart_description"],
        strokes=tuple(strokes),
    )
    return Chart("scatter", tuple(series)), look
