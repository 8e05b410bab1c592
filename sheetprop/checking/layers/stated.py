"""What a sheet says beside its table of layers: classes, budgets, and the total of parameters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from sheetprop.checking.rows.row_judgement import RowJudgement
from sheetprop.rows.architecture import PARAMETERS
from sheetprop.rows.plain_text import plain
from sheetprop.tables.judgement import ValueOf
from sheetprop.words import languages, texts_of
from sheetprop.workbooks.sheet import Address, Sheet

MOST_TEXTS = 5_000
FAR = 3
"""So many cells beside a label its number may stand."""

BELOW = 4
"""So many rows below a table its total may stand."""

_PARAMETERS = r"(?:params?|parameters|weights|parameter)"
_PATTERNS = {
    "classes": r"(?:number|no|num|n|anzahl)?(?:of|der)?(?:output)?(?:classes|klassen)",
    "parameters": rf"(?:max(?:imum|imal)?|most|allowed|erlaubte){_PARAMETERS}"
    rf"|{_PARAMETERS}(?:budget|limit|allowed|max(?:imum)?|erlaubt)",
    "field": r"(?:min(?:imum)?|needed|required|target)(?:receptivefield|rf)"
    r"|(?:receptivefield|rf)(?:needed|required|target|min(?:imum)?)",
    "total": rf"(?:grand)?total(?:number)?(?:of)?(?:trainable)?{_PARAMETERS}?|{_PARAMETERS}total"
    rf"|sum(?:of{_PARAMETERS})?|gesamt(?:zahl)?(?:der)?{_PARAMETERS}?|summe",
}
_OWN = {
    "classes": "architecture_task_classes",
    "parameters": "architecture_task_most_parameters",
    "field": "architecture_task_image",
}
_SAID = {
    "field": re.compile(r"(?:receptive field|\brf\b)[^\d]{0,15}(?:>=|≥|at least)\s*(\d+)", re.I),
    "parameters": re.compile(
        r"param\w*[^\d]{0,15}(?:<=|≤|<|at most|under|below|less than)\s*([\d,]+)", re.I
    ),
}


class Stated(NamedTuple):
    """What a sheet asks of its network, None where it says nothing: numbers of channels, pixels."""

    classes: float | None = None
    parameters: float | None = None
    field: float | None = None


def stated_in(sheet: Sheet, value_of: ValueOf) -> Stated:
    """Return what a sheet asks of the network in its table."""
    found: dict[str, float] = {}
    for at, text in _texts(sheet):
        for name in Stated._fields:
            number = _of_label(sheet, at, text, name, value_of)
            if number is not None:
                found.setdefault(name, number)
    return Stated(**found)


def _of_label(sheet: Sheet, at: Address, text: str, name: str, value_of: ValueOf) -> float | None:
    said = _SAID[name].search(text) if name in _SAID else None
    if said is not None:
        digits = said[1].replace(",", "")
        return float(digits) if digits else None
    if not _is_label(text, name):
        return None
    row, column = at
    cells = ((row, column + k) for k in range(1, FAR + 1))
    return next((n for cell in cells if (n := _number(value_of(sheet.name, cell)))), None)


def total_cells(
    judgement: RowJudgement, sheet: Sheet, value_of: ValueOf
) -> Iterator[tuple[Address, float]]:
    """Yield the cells below the parameters of a table that are labelled as their total."""
    table = judgement.table
    if PARAMETERS not in table.lines or table.is_across:
        return
    column, last = table.lines[PARAMETERS], max(table.places)
    for row in range(last + 1, last + 1 + BELOW):
        number = _number(value_of(sheet.name, (row, column)))
        texts = (sheet.cells.get((row, c)) for c in range(1, column))
        labels = [one.value for one in texts if one and isinstance(one.value, str)]
        if number is not None and any(_is_label(label, "total") for label in labels):
            yield (row, column), number


def _number(value: object) -> float | None:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(str(value)) if is_number else None


def _texts(sheet: Sheet) -> Iterator[tuple[Address, str]]:
    for count, (at, cell) in enumerate(sheet.cells.items()):
        if count > MOST_TEXTS:
            return
        if isinstance(cell.value, str) and cell.formula is None and len(cell.value) < 200:
            yield at, cell.value


def _is_label(text: str, name: str) -> bool:
    label = plain(text).rstrip("=≤≥<>")
    return bool(re.fullmatch(_PATTERNS[name], label)) or label in _own(name)


@lru_cache(maxsize=8)
def _own(name: str) -> frozenset[str]:
    """Return what the lesson's own workbooks call it, in all languages."""
    key = _OWN.get(name, "")
    texts = (texts_of(one) for one in languages())
    return frozenset(plain(one[key]) for one in texts if key in one)
