"""Every place of a finding with its own formula: what stands in its first cell, and what belongs.

What is offered can be put into the first cell of the place and filled over it, so it contains only
references that exist; where a quantity has no cell, nothing is offered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from sheetprop.maths.quantity import LEARNING_RATE
from sheetprop.maths.trees.walk import names
from sheetprop.mistakes.finding import Finding, Place
from sheetprop.mistakes.own_cells import expected_formula
from sheetprop.notation.relative import references
from sheetprop.tables.judgement import Judgement
from sheetprop.tables.table import Rate
from sheetprop.workbooks.sheet import Address, Workbook


def with_proposals(
    findings: Iterable[Finding], judgements: Sequence[Judgement], workbook: Workbook
) -> tuple[Finding, ...]:
    """Return findings whose places say what stands in their first cell and what belongs there."""
    return tuple(
        replace(
            finding,
            places=tuple(
                _proposed(piece, finding, judgements, workbook)
                for place in finding.places
                for piece in _pieces(place, judgements)
            ),
        )
        for finding in findings
    )


def _pieces(place: Place, judgements: Sequence[Judgement]) -> Iterator[Place]:
    """Yield the ranges of a place over which one right formula can be filled.

    A range ends before rows that are no iterations. Below these, the first row of an update refers
    back over the gap, the others to the row above.
    """
    cells = references(place.range)
    judgement = _judgement_of(place, cells, judgements) if len(cells) == 2 else None
    if judgement is None or place.quantity is None:
        yield place
        return
    table = judgement.table
    first, last = sorted(table.step_of.get(table.split(cell)[1], -1) for cell in cells)
    if first < 0 or last - first == abs(table.places[last] - table.places[first]):
        yield place
        return
    for start, end in _filled_alike(judgement, place.quantity, range(first, last + 1)):
        yield replace(place, range=table.range_text(place.quantity, (start, end)))


def _filled_alike(judgement: Judgement, name: str, steps: range) -> Iterator[tuple[int, int]]:
    """Yield the first and last of steps in one stretch of rows with one relative formula."""
    table, start = judgement.table, steps[0]
    looks_back = judgement.network.quantities[name].is_given_first
    for step in steps[1:]:
        after_gap = abs(table.places[step] - table.places[step - 1]) != 1
        second = step - start == 1 and start != steps[0] and looks_back
        if after_gap or second:
            yield start, step - 1
            start = step
    yield start, steps[-1]


def _judgement_of(
    place: Place, cells: Sequence[Address], judgements: Sequence[Judgement]
) -> Judgement | None:
    held = (one for one in judgements if one.table.sheet == place.sheet and one.holds(cells[0]))
    return next(held, None)


def _proposed(
    place: Place, finding: Finding, judgements: Sequence[Judgement], workbook: Workbook
) -> Place:
    cells = references(place.range)
    sheet = next((sheet for sheet in workbook.sheets if sheet.name == place.sheet), None)
    content = sheet.cells.get(cells[0]) if sheet and cells else None
    found = None
    if content is not None:
        found = content.formula or (None if content.value is None else str(content.value))
    if finding.expected is None:
        return replace(place, found=found)
    if place.quantity is None or not cells:
        return replace(place, found=found, expected=finding.expected)
    judgement = _judgement_of(place, cells, judgements)
    if judgement is None:
        return replace(place, found=found)
    step = judgement.table.step_of[judgement.table.split(cells[0])[1]]
    return replace(place, found=found, expected=_right(judgement, place.quantity, step))


def _right(judgement: Judgement, name: str, step: int) -> str | None:
    """Return the right formula in a cell, None where it would take something without a cell."""
    quantity = judgement.network.quantities.get(name)
    if quantity is None:
        return None
    if step == 0 and quantity.is_given_first:  # an update where another table ends
        return expected_formula(judgement, quantity, step)
    taken = names(quantity.tree) if quantity.tree is not None else set()
    has_cells = all(judgement.table.holds(one.name) or one.name == LEARNING_RATE for one in taken)
    needs_rate = any(one.name == LEARNING_RATE for one in taken)
    if not has_cells or (needs_rate and judgement.rate == Rate(None)):
        return None
    return expected_formula(judgement, quantity, step)
