"""The layers of a judged table as numbers, with the cells they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sheetprop.checking.rows.row_judgement import RowJudgement
from sheetprop.maths.trees.expr import Name
from sheetprop.notation.address import address
from sheetprop.rows.architecture import CHANNELS_IN, FIELD, PARAMETERS, SIZE, SIZE_IN
from sheetprop.rows.plain_text import plain
from sheetprop.workbooks.sheet import Workbook

MOST_NAMED = 3
"""So many cells are named in a sentence."""


class LayerRow(NamedTuple):
    """One row: its numbers, None where the sheet does not tell them.

    `before` and `channels_in` are the size and the channels that come in; `kind` and `label` what
    its texts say it is; `step` its place in the table.
    """

    step: int
    kind: str
    label: str
    kernel: float | None
    stride: float | None
    padding: float | None
    dilation: float | None
    channels: float | None
    bias: float | None
    before: float | None
    channels_in: float | None
    size: float | None
    field: float | None
    parameters: float | None

    @property
    def room(self) -> float | None:
        """How far the kernel can move, in pixels; None where something is not known."""
        before, kernel, padding = self.before, self.kernel, self.padding
        if before is None or kernel is None or padding is None or self.dilation is None:
            return None
        return before + 2 * padding - self.dilation * (kernel - 1) - 1


def layer_rows(judgement: RowJudgement, workbook: Workbook) -> tuple[LayerRow, ...]:
    """Return the layers of a table, the image left out."""
    first = 1 if judgement.starts else 0
    steps = range(first, judgement.table.iterations)
    return tuple(_row(judgement, workbook, step) for step in steps)


def _row(judgement: RowJudgement, workbook: Workbook, step: int) -> LayerRow:
    def number(name: str, shift: int = 0) -> float | None:
        if name in judgement.held:
            return judgement.student_value(Name(name, shift), step)
        return None if shift else judgement.rows_of.by_name[name].default

    def before(name: str, own: str) -> float | None:
        stated = number(own) if own in judgement.held else None
        return number(name, -1) if stated is None else stated

    return LayerRow(
        step=step,
        kind=judgement.kinds[step].split(" ")[0],
        label=_label(judgement, workbook, step),
        kernel=number("kernel"),
        stride=number("stride"),
        padding=number("padding"),
        dilation=number("dilation"),
        channels=number("channels"),
        bias=number("bias"),
        before=before(SIZE, SIZE_IN),
        channels_in=before("channels", CHANNELS_IN),
        size=number(SIZE),
        field=number(FIELD),
        parameters=number(PARAMETERS),
    )


def _label(judgement: RowJudgement, workbook: Workbook, step: int) -> str:
    """Return what a row's texts call its layer: the one that says its kind, else the first."""
    table, sheet = judgement.table, workbook[judgement.table.sheet]
    lines = table.lines.values()
    patterns = [one.label for one in judgement.rows_of.kinds]
    texts = []
    for line in range(max(1, min(lines) - 3), max(lines) + 3):
        cell = sheet.cells.get(table.at(line, table.places[step]))
        if cell is not None and isinstance(cell.value, str) and cell.formula is None:
            texts.append(cell.value.strip())
    telling = (t for t in texts if any(re.fullmatch(p, plain(t)) for p in patterns))
    return next(telling, texts[0] if texts else "")


def cells_of(judgement: RowJudgement, name: str, rows: Iterable[LayerRow]) -> str:
    """Return the cells of a quantity in some rows, to begin a sentence with."""
    return _some([address(*judgement.table.cell(name, one.step)) for one in rows])


def _some(cells: list[str]) -> str:
    more = len(cells) - MOST_NAMED
    shown = ", ".join(cells[:MOST_NAMED])
    return f"{shown} and {more} more" if more > 0 else shown


def shown_in(judgement: RowJudgement, *wanted: str) -> str | None:
    """Return the first of some quantities that has cells of its own in every row."""
    return next((name for name in wanted if name in judgement.lines), None)


def weighted_labels(rows: Iterable[LayerRow], kind: str) -> Iterator[str]:
    """Yield the plain labels of the rows of a kind that have a number of their own."""
    for one in rows:
        if one.kind == kind and re.search(r"\d$", plain(one.label)):
            yield plain(one.label)
