"""The epoch tables of a workbook: headers of a training log, and whole numbers that count up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sheetprop.checking.finding.turned import turned_back
from sheetprop.checking.logs.words import SPLITS, named_in
from sheetprop.checking.rows.which_rows import is_filled
from sheetprop.rows.header_words import named
from sheetprop.rows.training_log import (
    ACCURACY,
    EPOCH,
    LOSS,
    TEST,
    TRAIN,
    TRAINING_LOG,
    VALIDATION,
    measure,
)
from sheetprop.tables.judgement import ValueOf
from sheetprop.tables.table import DOWN, Table
from sheetprop.workbooks.sheet import Address, Sheet

MOST_TEXTS, MOST_CELLS, MOST_EPOCHS, MOST_COLUMNS = 5_000, 50_000, 2_000, 40
FEWEST_EPOCHS, LONGEST = 2, 30
MEASURES = tuple(measure(s, m) for s in (TRAIN, TEST, VALIDATION) for m in (LOSS, ACCURACY))
GAP = 1
"""So many columns without a header may stand between two of a table."""


@dataclass(frozen=True)
class LogPlace:
    """One epoch table of a sheet, and the texts above it that may say which run it is."""

    table: Table
    titles: tuple[str, ...] = ()


def log_places(sheet: Sheet, value_of: ValueOf) -> Iterator[LogPlace]:
    """Yield the epoch tables of a sheet, with epochs down or across."""
    found = list(_down(sheet, value_of))
    yield from found
    if not found and len(sheet.cells) <= MOST_CELLS:
        cells = {(column, row): cell for (row, column), cell in sheet.cells.items()}
        turned = replace(sheet, cells=cells)
        for one in _down(turned, lambda name, at: value_of(name, (at[1], at[0]))):
            yield LogPlace(turned_back(one.table), one.titles)


def text_at(sheet: Sheet, at: Address) -> str | None:
    """Return the text that is typed into a cell, None where there is none."""
    cell = sheet.cells.get(at)
    is_text = cell is not None and cell.formula is None and isinstance(cell.value, str)
    return str(cell.value) if is_text and cell and str(cell.value).strip() else None


def _down(sheet: Sheet, value_of: ValueOf) -> Iterator[LogPlace]:
    starts = sorted(_epoch_headers(sheet))
    for row, column in starts:
        ends = [c for r, c in starts if r == row and c > column]
        is_alone = sum(r == row for r, _ in starts) == 1
        first = _leftmost(sheet, row, column) if is_alone else column
        lines = _lines(sheet, row, column, first, min(ends, default=column + MOST_COLUMNS))
        rows = tuple(_rows(sheet, row, column, value_of))
        lines = {name: at for name, at in lines.items() if not _is_summary(sheet, name, at, rows)}
        if len(rows) >= FEWEST_EPOCHS and set(MEASURES) & set(lines):
            labels = {name: str(text_at(sheet, (row, c))) for name, c in lines.items()}
            table = Table(sheet.name, DOWN, row, rows, lines, labels)
            ends = [min(lines.values()), max(lines.values())]
            yield LogPlace(table, tuple(_titles(sheet, row, *ends)))


def _leftmost(sheet: Sheet, row: int, column: int) -> int:
    """Return the first column with a header of those beside each other."""
    while column > 1 and text_at(sheet, (row, column - 1)):
        column -= 1
    return column


def _epoch_headers(sheet: Sheet) -> Iterator[Address]:
    for count, (at, cell) in enumerate(sheet.cells.items()):
        if count > MOST_CELLS:
            return
        text = cell.value if cell.formula is None else None
        is_short = isinstance(text, str) and len(text) < LONGEST
        if is_short and EPOCH in named(str(text), TRAINING_LOG):
            yield at


def _lines(sheet: Sheet, row: int, epoch: int, first: int, end: int) -> dict[str, int]:
    """Return the column of each quantity; a header that may be either split is the one left."""
    found: dict[str, int] = {EPOCH: epoch}
    open_: list[tuple[int, tuple[str, ...]]] = []
    empty = 0
    for column in range(first, end):
        text = text_at(sheet, (row, column))
        empty = 0 if text else empty + 1
        if empty > GAP:
            break
        names = named(text, TRAINING_LOG) if text else ()
        is_clear = len(names) == 1 or (names and named_in(str(text), SPLITS))
        if column == epoch:
            continue
        if is_clear and names[0] not in found:
            found[names[0]] = column
        elif names:
            open_.append((column, names))
    return _settled(found, open_)


def _settled(found: dict[str, int], open_: list[tuple[int, tuple[str, ...]]]) -> dict[str, int]:
    """Return the columns with those whose header says no split: training beside another one."""
    held_out = {
        metric: any(measure(split, metric) in found for split in (TEST, VALIDATION))
        for metric in (ACCURACY, LOSS)
    }
    for column, names in open_:
        for name in names:
            metric = name.rpartition("_")[2]
            if name in found or (name in MEASURES and not _fits(name, held_out[metric])):
                continue
            found[name] = column
            break
    return _with_test(found)


def _fits(name: str, has_held_out: bool) -> bool:
    return name.startswith(TRAIN) == has_held_out


def _with_test(found: dict[str, int]) -> dict[str, int]:
    """Return the columns; where there is no test, what was held out for validation is one."""
    for metric in (ACCURACY, LOSS):
        test, validation = measure(TEST, metric), measure(VALIDATION, metric)
        if test not in found and validation in found:
            found[test] = found.pop(validation)
    return found


def _is_summary(sheet: Sheet, name: str, column: int, rows: Sequence[int]) -> bool:
    """Whether of a computed quantity there is one number alone: then that says it of the run."""
    filled = [row for row in rows if is_filled(sheet.cells.get((row, column)))]
    is_computed = TRAINING_LOG.by_name[name].tree is not None
    return is_computed and filled == [*rows[:1]] and len(rows) > 1


def _rows(sheet: Sheet, head: int, column: int, value_of: ValueOf) -> Iterator[int]:
    """Yield the rows below a header whose epochs count up, whole number by whole number."""
    before: float | None = None
    for row in range(head + 1, head + 1 + MOST_EPOCHS):
        cell = sheet.cells.get((row, column))
        if cell is None:
            if before is None and row == head + 1:
                continue
            return
        value = value_of(sheet.name, (row, column)) if cell.formula else cell.value
        if isinstance(value, bool) or not isinstance(value, int | float) or value != int(value):
            return
        if before is not None and value <= before:
            return
        yield row
        before = value


def _titles(sheet: Sheet, row: int, first: int, last: int) -> Iterator[str]:
    """Yield the texts right above a table."""
    for above in range(row - 1, max(row - 4, 0), -1):
        for column in range(max(first - 1, 1), last + 1):
            text = text_at(sheet, (above, column))
            if text:
                yield text
