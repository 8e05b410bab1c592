"""Shapes of a printed summary that contradict each other: what only passes values on keeps them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from sheetprop.checking.rows.row_judgement import RowJudgement
from sheetprop.checking.shapes.shape import Shape, shape_in
from sheetprop.lazily.patterns import pattern
from sheetprop.mistakes.finding import Draft, Place
from sheetprop.mistakes.layers.impossible_size import IMPOSSIBLE_SIZE, PASSED
from sheetprop.notation.address import address
from sheetprop.rows.plain_text import plain
from sheetprop.workbooks.sheet import Address, Sheet

_KEEPING = pattern(r"(?!.*(?:pool|conv)).*(?:flatten|relu|dropout|batchnorm|activation|sigmoid).*")
_BRANCHING = pattern(r"connectedto|inboundnodes")
"""Where layers say what they follow, it need not be the one above."""


class Printed(NamedTuple):
    """A row of a summary: what its layer is called, its shape and the cell of that."""

    label: str
    shape: Shape
    at: Address


def contradictions(judgement: RowJudgement, sheet: Sheet) -> Iterator[Draft]:
    """Yield the layers that give other shapes than they get, though they change none."""
    texts = (c.value for c in sheet.cells.values() if isinstance(c.value, str) and not c.formula)
    if any(_BRANCHING.fullmatch(plain(text)) for text in texts if len(text) < 20):
        return
    rows = [_printed(sheet, row) for row in judgement.table.places]
    for before, own in pairwise(rows):
        if before is None or own is None or not _KEEPING.fullmatch(plain(own.label)):
            continue
        is_same = before.shape.numbers == own.shape.numbers
        if not is_same:
            cells = [address(*one.at) for one in (before, own)]
            blanks = {
                "cells": ", ".join(cells),
                "layer": own.label.strip(),
                "before": f"{before.shape.numbers:,}",
                "size": f"{own.shape.numbers:,}",
            }
            places = tuple(Place(sheet.name, one, None, None, None) for one in cells)
            yield IMPOSSIBLE_SIZE.found(PASSED, places, blanks, sheet.name, *cells)


def _printed(sheet: Sheet, row: int) -> Printed | None:
    own = [(at, cell.value) for at, cell in sheet.cells.items() if at[0] == row]
    texts = sorted((at, text) for at, text in own if isinstance(text, str))
    shapes = ((at, shape_in(text)) for at, text in texts)
    found = next(((at, shape) for at, shape in shapes if shape is not None), None)
    if found is None or not texts or texts[0][0] == found[0]:
        return None
    return Printed(texts[0][1], found[1], found[0])
