"""What became of a run, by live formulas over its E_total, each with its value.

Every cell of the summary is a pair: what it shows, and the formula that shows the same in Excel,
LibreOffice and Google Sheets without array formulas.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from sheetprop.calculating.run_values import excel_value
from sheetprop.lessons.runs.rate_table import RateRun, RateTable
from sheetprop.lessons.runs.verdict import (
    MOST_TURNS,
    UNTOLD,
    Course,
    sums_of_rounds,
    verdict,
    verdict_formula,
)
from sheetprop.maths.chain_factors import cancels_slope
from sheetprop.maths.trees.expr import Expr, Name, Number, product
from sheetprop.notation.address import column_letters, fixed
from sheetprop.notation.excel_write import to_excel
from sheetprop.words import Words
from sheetprop.workbooks.sheet import Cell, ExcelError, Value

NOTHING = "–"  # stands where an error value would
OUTPUTS, ALL_LAYERS = slice(-1, None), slice(None)
_MOST_ARGUMENTS = 255  # of a function


@dataclass(frozen=True)
class Errors:
    """One run's E_total as the Compare sheet shows it: where it stands, and what it shows.

    The iterations stand in column `counter`, in the same rows `first` to `last`. After `turns` rows
    the same example comes again.
    """

    column: int
    counter: int
    first: int
    values: Sequence[float | str]
    turns: int = 1

    @property
    def last(self) -> int:
        """Return the last row."""
        return self.first + len(self.values) - 1

    @property
    def course(self) -> Course:
        """Return its cells."""
        return Course(self.column, self.first, self.last, self.turns)

    def cell(self, row: int) -> str:
        """Return one cell; its row is fixed."""
        return self.course.cell(row)

    @property
    def all(self) -> str:
        """Return the range of all rows."""
        return self.course.all

    @property
    def numbers(self) -> list[float]:
        """Return the values that are no text."""
        return [value for value in self.values if not isinstance(value, str)]


def shown_errors(table: RateTable, run: RateRun) -> list[float | str]:
    """Return a run's E_total with a dash where it is an error."""
    place = table.place("E_total")
    return [NOTHING if isinstance(v, ExcelError) else v for v in run.rows.column(place)]


def least(errors: Errors) -> Cell:
    """Return the least E_total."""
    formula = f'=IF(COUNT({errors.all})=0,"{NOTHING}",MIN({errors.all}))'
    return Cell(min(errors.numbers, default=NOTHING), formula)


def opening(errors: Errors) -> Cell:
    """Return the first E_total, or the mean of the first round."""
    first = errors.first
    return _mean(errors, slice(errors.turns), first, min(first + errors.turns - 1, errors.last))


def ending(errors: Errors) -> Cell:
    """Return the last E_total, or the mean of the last round."""
    last = errors.last
    first = max(last - errors.turns + 1, errors.first)
    return _mean(errors, slice(-errors.turns, None), first, last)


def _mean(errors: Errors, part: slice, first: int, last: int) -> Cell:
    values = errors.values[part]
    if first == last:
        return Cell(values[0], f"={errors.cell(first)}")
    numbers = [value for value in values if not isinstance(value, str)]
    mean = math.fsum(numbers) / len(numbers) if len(numbers) == len(values) else NOTHING
    rows = errors.course.between(first, last)
    return Cell(mean, f'=IF(COUNT({rows})=ROWS({rows}),AVERAGE({rows}),"{NOTHING}")')


def halved(errors: Errors, words: Words) -> Cell:
    """Return the first iteration with E_total at most half of what it was; a text is above it.

    MIN inside SUMPRODUCT works over a whole range in every program without being typed as an array
    formula: iterations not yet there are moved beyond the last one. Where examples come in turn it
    is the last iteration of the first round with at most half of the mean of the first.
    """
    turns = errors.turns
    if turns > min(MOST_TURNS, len(errors.values)):
        return Cell(NOTHING, f'="{NOTHING}"')
    first = errors.cell(errors.first) if turns == 1 else _sum(errors, errors.first)
    start = errors.first + turns - 1
    counter = f"{fixed((start, errors.counter))}:{fixed((errors.last, errors.counter))}"
    losses = errors.all if turns == 1 else errors.course.rounds(errors.first, errors.last)
    least_one = f"MIN({losses})" if turns == 1 else f"SUMPRODUCT(MIN({losses}))"
    search = f"SUMPRODUCT(MIN({counter}+ROWS({counter})*({losses}>{first}/2)))"
    found = f"IF({least_one}>{first}/2,{words.quoted('compare_not_yet')},{search})"
    is_there = f"ISNUMBER({first})" if turns == 1 else f"COUNT({errors.all})=ROWS({errors.all})"
    value = _halved(errors.values, turns, words)
    return Cell(value, f'=IF({is_there},{found},"{NOTHING}")')


def _sum(errors: Errors, first: int) -> str:
    return f"SUM({errors.course.between(first, first + errors.turns - 1)})"


def _halved(values: Sequence[float | str], turns: int, words: Words) -> Value:
    numbers = [value for value in values if not isinstance(value, str)]
    if isinstance(values[0], str) or (turns > 1 and len(numbers) < len(values)):
        return NOTHING
    if turns == 1:
        half = values[0] / 2
        found = (k for k, e in enumerate(values) if not isinstance(e, str) and e <= half)
    else:
        sums = sums_of_rounds(numbers, turns)
        found = (k for k, e in enumerate(sums, turns - 1) if e <= sums[0] / 2)
    return next((float(k) for k in found), words["compare_not_yet"])


def slope(table: RateTable, run: RateRun, layers: slice) -> Cell:
    """Return the least over some layers of the largest slope in the layer, in the last row.

    It is a dash where no slope counts, because the loss cancels that of the outputs.
    """
    chosen = _slopes(table, layers)
    if not chosen:
        return Cell(NOTHING, slope_formula(table, run, layers))
    known = dict(zip(table.network.quantities, run.rows[-1], strict=True))
    values = [
        [excel_value(tree, lambda leaf: known[leaf.name]) for tree in each] for each in chosen
    ]
    numbers = [[v for v in each if not isinstance(v, ExcelError)] for each in values]
    complete = [len(each) for each in numbers] == [len(each) for each in values]
    value = min(max(each) for each in numbers) if complete else NOTHING
    return Cell(value, slope_formula(table, run, layers))


def slope_formula(table: RateTable, run: RateRun, layers: slice) -> str:
    """Return the formula of `slope`."""

    def reference(leaf: Expr) -> str:
        if not isinstance(leaf, Name):
            raise TypeError(f"no cell stands for {leaf!r}")
        return f"'{run.sheet}'!{column_letters(table.column[leaf.name])}{table.last}"

    texts = [[to_excel(tree, reference)[1:] for tree in each] for each in _slopes(table, layers)]
    if not texts:
        return f'="{NOTHING}"'
    largest = [_nested("MAX", list(dict.fromkeys(each))) for each in texts]
    inner = largest[0] if len(largest) == 1 else _nested("MIN", largest)
    return f'=IFERROR({inner},"{NOTHING}")'


def _slopes(table: RateTable, layers: slice) -> list[list[Expr]]:
    """Return the declared slope of every neuron that gradients pass through, layer by layer."""
    network = table.network
    numbers = list(range(len(network.layers)))[layers]
    if cancels_slope(network):
        numbers = [number for number in numbers if number + 1 < len(network.layers)]
    return [
        [
            product(neuron.slope() or [Number(1.0)])
            for one in network.passes
            for neuron in one.layers[number]
        ]
        for number in numbers
    ]


def _nested(function: str, texts: list[str]) -> str:
    """Return MAX or MIN of all texts, nested where there are more than it takes."""
    if len(texts) <= _MOST_ARGUMENTS:
        return f"{function}({','.join(texts)})"
    cuts = range(0, len(texts), _MOST_ARGUMENTS)
    return _nested(function, [_nested(function, texts[k : k + _MOST_ARGUMENTS]) for k in cuts])


def word(
    errors: Errors,
    outputs: tuple[str, Value],
    flattest: tuple[str, Value],
    rate: str,
    words: Words,
) -> Cell:
    """Return what became of the run in a word; two slopes are given by their cells and values."""
    found = verdict(errors.values, outputs[1], flattest[1], errors.turns)
    value = UNTOLD if isinstance(errors.values[0], str) else words[f"verdict_{found}"]
    return Cell(value, verdict_formula(errors.course, outputs[0], flattest[0], rate, words))
