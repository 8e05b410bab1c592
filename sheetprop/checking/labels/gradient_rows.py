"""Two rows for each iteration: its gradients stand in a row of their own, below their weights."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import fields
from itertools import pairwise

from sheetprop.maths.names import gradient_of, is_gradient, is_parameter, kind
from sheetprop.notation.relative import references
from sheetprop.tables.blocks import Blocks
from sheetprop.tables.table import Table
from sheetprop.workbooks.sheet import Address, Sheet

APART = 200_000
"""Lines of gradients below are numbered from here on: no sheet has so many columns."""


def with_gradient_rows(sheet: Sheet, table: Table) -> Table:
    """Return the table with every second row as the gradients of the weights above, if it is."""
    weights = {name: line for name, line in table.lines.items() if is_parameter(name)}
    if not weights or type(table) is not Table or any(map(is_gradient, table.lines)):
        return table
    own = {name: line for name, line in table.lines.items() if kind(name) in ("sum", "activation")}
    rows = _with_last(sheet, table.places, weights.values())
    pairs = list(zip(rows[::2], rows[1::2], strict=False))
    if len(pairs) < 2 or not own:
        return table
    if not all(_is_pair(sheet, pair, own.values(), weights.values()) for pair in pairs):
        return table
    if not _are_taken(sheet, [*weights.values()], [*pairs]):
        return table
    moved = {APART + k: (line, 1) for k, line in enumerate(weights.values())}
    named = dict(zip(map(gradient_of, weights), moved, strict=True))
    found = {one.name: getattr(table, one.name) for one in fields(table)} | {
        "places": tuple(rows[::2]),
        "lines": {**table.lines, **named},
    }
    return Blocks(**found, moved=moved)


def _with_last(sheet: Sheet, places: Sequence[int], weights: Collection[int]) -> list[int]:
    """Return the rows with the one below the last, where it holds formulas for most weights."""
    below = places[-1] + 1
    filled = sum(_formula(sheet, (below, line)) is not None for line in weights)
    is_lacking = len(places) % 2 == 1 and 2 * filled > len(weights)
    return [*places, below] if is_lacking else [*places]


def _is_pair(
    sheet: Sheet, pair: tuple[int, int], own: Collection[int], weights: Collection[int]
) -> bool:
    """Whether neurons are calculated in the first of two rows, and below it only something of w."""
    above, below = pair
    if below != above + 1:
        return False
    first = sum(_formula(sheet, (above, line)) is not None for line in own)
    second = sum(_formula(sheet, (below, line)) is not None for line in weights)
    empty = all(sheet.cells.get((below, line)) is None for line in own)
    return empty and 2 * first > len(own) and 2 * second > len(weights)


def _are_taken(sheet: Sheet, weights: list[int], pairs: list[tuple[int, int]]) -> bool:
    """Whether most weights are updated from the two cells above, of which one is no update.

    The lower one takes what the neurons are, and not the weight above it with a gradient.
    """
    updates, count = 0, 0
    for (above, below), (after, _) in pairwise(pairs):
        for line in weights:
            count += 1
            updates += {(above, line), (below, line)} <= set(_taken(sheet, (after, line)))
    return 2 * updates > count


def _taken(sheet: Sheet, cell: Address) -> Iterator[Address]:
    formula = _formula(sheet, cell)
    yield from references(formula) if formula else ()


def _formula(sheet: Sheet, cell: Address) -> str | None:
    content = sheet.cells.get(cell)
    return content.formula if content is not None else None
