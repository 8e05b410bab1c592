"""What is odd about the layers of a table: kernels that do not fit, borders, points, classes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from sheetprop.checking.layers.layer_rows import LayerRow, cells_of, layer_rows, shown_in
from sheetprop.checking.layers.normalisations import of_normalisations
from sheetprop.checking.layers.stated import Stated
from sheetprop.checking.rows.findings import places
from sheetprop.checking.rows.row_judgement import RowJudgement
from sheetprop.mistakes.base import Mistake
from sheetprop.mistakes.finding import Draft
from sheetprop.mistakes.layers import impossible_size as size
from sheetprop.mistakes.layers import lost_border as border
from sheetprop.mistakes.layers import missed_budget as budget
from sheetprop.mistakes.layers import other_classes as classes
from sheetprop.mistakes.layers import padded_point as point
from sheetprop.mistakes.words import Case
from sheetprop.rows.architecture import FIELD, NORMALISED, PARAMETERS, POOLED, SIZE
from sheetprop.workbooks.sheet import Workbook

Blanks = dict[str, str]


def oddities(judgement: RowJudgement, workbook: Workbook, stated: Stated) -> Iterator[Draft]:
    """Yield what is odd about a table of layers; `stated` is what the sheet asks of the network."""
    rows = layer_rows(judgement, workbook)
    if not rows:
        return
    yield from _of_rows(judgement, rows)
    yield from of_normalisations(judgement, rows)
    yield from _of_ends(judgement, rows, stated)


def _of_rows(judgement: RowJudgement, rows: Sequence[LayerRow]) -> Iterator[Draft]:
    kinds: list[tuple[Mistake, Case, Callable[[LayerRow], Blanks | None], tuple[str, ...]]] = [
        (size.IMPOSSIBLE_SIZE, size.NO_ROOM, _without_room, (SIZE, "kernel")),
        (border.LOST_BORDER, border.PIXELS, _lost_pixels, (SIZE, "kernel")),
        (border.LOST_BORDER, border.PADDING, _lost_padding, (SIZE, "kernel")),
        (point.PADDED_POINT, point.PADDED, _padded, ("padding", "kernel")),
    ]
    for mistake, case, tell, wanted in kinds:
        told = {one: blanks for one in rows if (blanks := tell(one)) is not None}
        name = shown_in(judgement, *wanted)
        alike: dict[tuple[str, ...], list[LayerRow]] = {}
        for one, blanks in told.items():
            alike.setdefault(tuple(blanks.values()), []).append(one)
        for same in alike.values() if name is not None else ():
            assert name is not None
            yield _draft(judgement, mistake, case, name, same, told[same[0]])


def _draft(
    judgement: RowJudgement,
    mistake: Mistake,
    case: Case,
    name: str,
    rows: Sequence[LayerRow],
    blanks: Blanks,
) -> Draft:
    steps = [one.step for one in rows]
    told = {"cells": cells_of(judgement, name, rows), **blanks}
    where = places(judgement, name, steps)
    key = (judgement.table.sheet, judgement.table.header, case.name, *blanks.values())
    return mistake.found(case, where, told, *key)


def _without_room(row: LayerRow) -> Blanks | None:
    room, before, stride = row.room, row.before, row.stride or 1
    if room is None or room >= 0 or before is None or before < 1:
        return None  # behind a layer that gives nothing all are impossible: the first is told
    assert row.kernel is not None
    assert row.dilation is not None
    reach = row.dilation * (row.kernel - 1) + 1
    padded = before + 2 * (row.padding or 0)
    return {"reach": f"{reach:g}", "room": f"{padded:g}", "size": f"{room // stride + 1:g}"}


def _lost(row: LayerRow) -> tuple[float, float] | None:
    room, stride = row.room, row.stride
    if room is None or room < 0 or not stride or stride < 1 or row.kind == NORMALISED:
        return None
    if row.size is not None and row.size != room // stride + 1:
        return None  # a padding that the sheet leaves out, or a wrong size: told elsewhere
    lost = room % stride
    return (lost, stride) if lost else None


def _lost_pixels(row: LayerRow) -> Blanks | None:
    found = _lost(row)
    if found is None or found[0] <= (row.padding or 0):
        return None
    return {"lost": f"{found[0] - (row.padding or 0):g}", "stride": f"{found[1]:g}"}


def _lost_padding(row: LayerRow) -> Blanks | None:
    found = _lost(row)
    if found is None or found[0] > (row.padding or 0):
        return None
    return {"lost": f"{found[0]:g}", "stride": f"{found[1]:g}"}


def _padded(row: LayerRow) -> Blanks | None:
    if row.kernel != 1 or not row.padding or row.kind in (POOLED, NORMALISED):
        return None
    return {"padding": f"{row.padding:g}", "more": f"{2 * row.padding:g}"}


def _of_ends(judgement: RowJudgement, rows: Sequence[LayerRow], stated: Stated) -> Iterator[Draft]:
    last = rows[-1]
    number = last.channels
    if stated.classes and number and number != stated.classes and "channels" in judgement.lines:
        case = classes.FEWER if number < stated.classes else classes.MORE
        blanks = {"channels": f"{number:g}", "classes": f"{stated.classes:g}"}
        yield _draft(judgement, classes.OTHER_CLASSES, case, "channels", [last], blanks)
    fields = [one.field for one in rows if one.field is not None]
    is_whole = last.field is not None
    if stated.field and is_whole and max(fields) < stated.field and FIELD in judgement.lines:
        blanks = {"own": f"{max(fields):g}", "bound": f"{stated.field:g}"}
        yield _draft(judgement, budget.MISSED_BUDGET, budget.FIELD, FIELD, [last], blanks)
    counted = [one.parameters for one in rows if one.parameters is not None]
    total = sum(counted)
    if stated.parameters and total > stated.parameters and PARAMETERS in judgement.lines:
        blanks = {"own": f"{total:,.0f}", "bound": f"{stated.parameters:,.0f}"}
        largest = max((one for one in rows if one.parameters is not None), key=_weight)
        yield _draft(
            judgement, budget.MISSED_BUDGET, budget.PARAMETERS, PARAMETERS, [largest], blanks
        )


def _weight(row: LayerRow) -> float:
    return row.parameters or 0.0
