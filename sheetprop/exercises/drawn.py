"""What the charts of an exercise draw: the rows without a gap, and nothing of what is still empty.

Right of the checks stands a copy of every quantity that a chart shows. From the first gap on it
repeats its last complete row, iteration and all: a line that ends there is drawn, and no more. So
no cell needs an error value to be left out of a chart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sheetprop.exercises.checks import BEFORE, THIS, filled
from sheetprop.lessons.runs.rate_table import FIRST, ITERATION, RateTable
from sheetprop.notation.address import column_letters, column_number, column_range
from sheetprop.workbooks.sheet import Address, Cell, Chart, Series, Sheet

_SOURCE = re.compile(r"'([^']+)'!\$([A-Z]+)\$(\d+):\$([A-Z]+)\$(\d+)")


@dataclass(frozen=True)
class Drawn:
    """The copies on one sheet of a learning rate: of the columns `sources`, from `first` on.

    `complete` is the column that says whether all answers up to a row are there.
    """

    table: RateTable
    sheet: str
    sources: Sequence[int]
    complete: int
    first: int

    @property
    def last(self) -> int:
        """Return the last column."""
        return self.first + len(self.sources) - 1

    @property
    def column(self) -> Mapping[int, int]:
        """Return where each source is copied to."""
        return {source: self.first + k for k, source in enumerate(self.sources)}

    def cells(self) -> Iterator[tuple[Address, Cell]]:
        """Yield all copies, without values."""
        flag = f"{column_letters(self.complete)}{THIS}=1"
        for source, column in self.column.items():
            here, own = column_letters(source), column_letters(column)
            first = f"=IF({flag},{here}{THIS},0)"
            further = f"=IF({flag},{here}{THIS},{own}{BEFORE})"
            for row in range(FIRST, self.table.last + 1):
                text = filled(first if row == FIRST else further, row)
                yield (row, column), Cell(formula=text)

    def fills(self) -> Iterator[tuple[Address, Address]]:
        """Yield the ranges in which a copy is filled down."""
        if self.table.iterations > 2:
            for column in self.column.values():
                yield (FIRST + 1, column), (self.table.last, column)

    def range_of(self, source: int) -> str:
        """Return the range of the copy of a column."""
        return column_range(self.sheet, self.column[source], FIRST, self.table.last)


def sources_of(sheets: Iterable[Sheet], table: RateTable) -> list[int]:
    """Return the columns of rate sheets that charts show, the iterations first."""
    found = {ITERATION}
    for series in (one for sheet in sheets for chart in sheet.charts for one in chart.series):
        own = _column_of(series.values, table)
        if own is not None:
            found.add(own)
    return sorted(found)


def _column_of(reference: str, table: RateTable) -> int | None:
    """Return the column of a range that is a whole column of a rate sheet."""
    match = _SOURCE.fullmatch(reference)
    if match is None or (int(match[3]), int(match[5])) != (FIRST, table.last):
        return None
    return column_number(match[2])


def drawing_copies(sheet: Sheet, drawn: Mapping[str, Drawn]) -> Sheet:
    """Return the sheet with charts that show the copies in the place of what is copied."""
    return replace(sheet, charts=tuple(_chart(chart, drawn) for chart in sheet.charts))


def _chart(chart: Chart, drawn: Mapping[str, Drawn]) -> Chart:
    return replace(chart, series=tuple(_series(one, drawn) for one in chart.series))


def _series(series: Series, drawn: Mapping[str, Drawn]) -> Series:
    match = _SOURCE.fullmatch(series.values)
    own = drawn.get(match[1]) if match else None
    if match is None or own is None:
        return series
    source = column_number(match[2])
    if source not in own.column:
        return series
    return replace(series, values=own.range_of(source), categories=own.range_of(ITERATION))
