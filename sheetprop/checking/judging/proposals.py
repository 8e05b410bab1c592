"""Every place of a finding with its own formula: what stands in its first cell, and what belongs.

What is offered can be put into the first cell of the place and filled over it, so it contains only
references that exist; where a quantity has no cell, nothing is offered.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sheetprop.maths.expr import names
from sheetprop.maths.network import LEARNING_RATE
from sheetprop.mistakes.finding import Finding, Place
from sheetprop.mistakes.own_cells import expected_formula
from sheetprop.notation.relative import references
from sheetprop.tables.judgement import Judgement
from sheetprop.tables.table import Rate
from sheetprop.workbooks.sheet import Workbook


def with_proposals(
    findings: Iterable[Finding], judgements: Sequence[Judgement], workbook: Workbook
) -> tuple[Finding, ...]:
    """Return findings whose places say what stands in their first cell and what belongs there."""
    return tuple(
        replace(
            finding,
            places=tuple(
                _proposed(place, finding, judgements, workbook) for place in finding.places
            ),
        )
        for finding in findings
    )


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
    for judgement in judgements:
        if judgement.table.sheet == place.sheet and judgement.holds(cells[0]):
            step = judgement.table.step_of[judgement.table.split(cells[0])[1]]
            return replace(place, found=found, expected=_right(judgement, place.quantity, step))
    return replace(place, found=found)


def _right(judgement: Judgement, name: str, step: int) -> str | None:
    """Return the right formula in a cell, None where it would take something without a cell."""
    quantity = judgement.network.quantities.get(name)
    if quantity is None:
        return None
    taken = names(quantity.tree) if quantity.tree is not None else set()
    has_cells = all(judgement.table.holds(one.name) or one.name == LEARNING_RATE for one in taken)
    needs_rate = any(one.name == LEARNING_RATE for one in taken)
    if not has_cells or (needs_rate and judgement.rate == Rate(None)):
        return None
    return expected_formula(judgement, quantity, step)
