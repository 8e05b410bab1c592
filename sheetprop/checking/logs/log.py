"""One run as its epoch table has it: the numbers of each column, and how exactly they are told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from sheetprop.checking.logs.numbers import Said
from sheetprop.checking.rows.row_judgement import RowJudgement
from sheetprop.rows.training_log import ACCURACY, EPOCH, LOSS, TEST, TRAIN, VALIDATION, measure
from sheetprop.tables.digits import half_unit


@dataclass(frozen=True)
class Column:
    """The numbers of a metric on a split, epoch by epoch; `off` is half a unit of their digits."""

    split: str
    metric: str
    values: tuple[float, ...]
    off: float
    is_percent: bool

    @cached_property
    def best(self) -> float:
        """The best of all values."""
        return min(self.values) if self.metric == LOSS else max(self.values)

    def scaled(self, number: Said) -> Said:
        """Return a number as the column counts."""
        return number if self.metric == LOSS else number.on_scale(self.is_percent)

    def agrees(self, number: Said, value: float) -> bool:
        """Whether a value of the column is a number that is said."""
        return self.scaled(number).agrees(value, self.off)

    def text(self, value: float) -> str:
        """Return a value as a sentence has it."""
        if self.metric == LOSS:
            return f"{value:.6g}"
        return f"{value:.6g} %" if self.is_percent else f"{value:.6g} ({100 * value:.6g} %)"

    def error_of(self, number: Said, value: float) -> float | None:
        """Return how far off a number is, as a share of the value."""
        return abs(self.scaled(number).value - value) / abs(value) if value else None


@dataclass(frozen=True)
class Log:
    """A run: its judged table, the numbers of its epochs, its columns, and what it is called."""

    judgement: RowJudgement
    titles: tuple[str, ...]
    epochs: tuple[int, ...]
    columns: tuple[Column, ...]

    @property
    def sheet(self) -> str:
        """The sheet of its table."""
        return self.judgement.table.sheet

    def column(self, split: str, metric: str) -> Column | None:
        """Return the column of a metric on a split, None without one."""
        return next((c for c in self.columns if (c.split, c.metric) == (split, metric)), None)

    def candidates(
        self, split: str | None, metric: str | None
    ) -> tuple[list[Column], list[Column]]:
        """Return the columns that a text means, and those that it may mean besides."""
        metric_ = metric or ACCURACY
        if split is not None:
            own = self.column(split, metric_)
            held_out = self.column(TEST, metric_) if split == VALIDATION else None
            if split == VALIDATION and own is None:
                own = held_out
            if metric is None and own is None:
                own = self.column(split, LOSS)
            return ([own] if own else []), []
        ranked = [self.column(one, metric_) for one in (TEST, VALIDATION, TRAIN)]
        found = [one for one in ranked if one is not None]
        if not found and metric is None:
            found = [c for c in (self.column(s, LOSS) for s in (TEST, VALIDATION, TRAIN)) if c]
        others = [c for c in self.columns if c not in found[:1] and metric in (None, c.metric)]
        return found[:1], others


def log_of(judgement: RowJudgement, titles: tuple[str, ...]) -> Log | None:
    """Return the run of a judged table, None where nothing is measured in all of its epochs."""
    epochs = _values(judgement, EPOCH)
    columns = []
    for split in (TRAIN, TEST, VALIDATION):
        for metric in (ACCURACY, LOSS):
            name = measure(split, metric)
            values = _values(judgement, name) if judgement.table.holds(name) else None
            if values is not None:
                columns.append(_column(split, metric, values))
    if epochs is None or not columns:
        return None
    return Log(judgement, titles, tuple(map(int, epochs)), tuple(columns))


def _column(split: str, metric: str, values: Sequence[float]) -> Column:
    digits = min((half_unit(value) for value in values if value), default=0.0)
    is_percent = metric == ACCURACY and max(values) > 1.5
    return Column(split, metric, tuple(values), digits, is_percent)


def _values(judgement: RowJudgement, name: str) -> tuple[float, ...] | None:
    """Return the numbers of a column, None where one of its cells shows none."""
    table = judgement.table
    found = []
    for step in range(table.iterations):
        value = judgement.value_of(table.sheet, table.cell(name, step))
        if isinstance(value, bool) or not isinstance(value, int | float):
            return None
        found.append(float(value))
    return tuple(found)
