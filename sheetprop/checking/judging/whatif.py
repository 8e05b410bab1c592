"""What if: the student's own workbook, recalculated with other inputs, targets, weights and rates.

This is the second oracle. The first reads formulas as trees; this one never looks at a formula, it
changes numbers and watches. In it a gradient must be the slope of the student's own E_total, found
by changing a weight a little. Where the two disagree, nothing is accused and it is said. A look at
a cell counts only where every number that its right formula takes has changed: of zeros that stay
zeros nothing follows.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

from sheetprop.calculating.failures import CalculationError
from sheetprop.maths.names import parameter_of
from sheetprop.maths.trees.expr import Number
from sheetprop.mistakes.own_cells import own_formula
from sheetprop.rows.consistent import TOLERANCE
from sheetprop.tables.judgement import Judgement, Unread, Wrong
from sheetprop.tables.laboratory import SAME, SAME_SLOPE, WINDOW, Laboratory, close, laboratory
from sheetprop.tables.lines import Observed
from sheetprop.workbooks.sheet import ExcelError, Workbook

DRAWS = 8
SLOPES = 2
"""So many of the draws are used for central differences as well, which take two more each."""

MOST_WINDOWS = 8
"""So many different iterations in which cells without a tree begin are experimented with."""

TAKEN_BACK = "its formula reads as wrong, but its values are right whatever the inputs are"
NOT_AT_OWN = "its values are right whatever the inputs are, but not those it shows now"
OF_GOOGLE = (
    "the file holds only what Google Sheets showed last: Excel lacks the function it was made with"
)
DUMMY = "_DUMMYFUNCTION("
"""What Google Sheets writes for its own functions; the value beside it follows no other number."""

Looks = dict[tuple[str, int], list[tuple[bool | None, bool]]]
"""For each quantity and step: whether each look agreed, and whether it was at a slope."""


Taken = dict[tuple[str, int], float | None]
"""The numbers that a cell's right formula takes, by quantity and iterations away."""


def verified(workbook: Workbook, judgement: Judgement) -> Judgement:
    """Return a judgement held against the recalculated workbook, without what that contradicts.

    Formulas that have no tree are judged by their values alone.
    """
    doubtful: tuple[Wrong | Unread, ...] = (*judgement.wrong, *judgement.unread)
    groups = [{(one.quantity, s) for s in one.steps[:WINDOW]} for one in doubtful]
    cells = set().union(*groups)
    looks: Looks = {}
    for start in _windows(judgement, cells):
        # What has contradicted its right value is wrong in all its cells, wherever else one looks.
        open_ = [group for group in groups if not _has_contradicted(looks, group)]
        left = {cell for cell in set().union(*open_) if cell[1] in range(start, start + WINDOW)}
        found = laboratory(workbook, judgement, start) if left else None
        if found is not None:
            looks |= _looks(found, left)
    observed = {name: _observed(looks, name) for name, _ in cells}
    judgement = replace(judgement, observed=observed)
    return _decided(_taken_back(judgement, looks), looks)


def _has_contradicted(looks: Looks, cells: set[tuple[str, int]]) -> bool:
    """Whether one of some cells was seen with another value than the right one."""
    return any(agreed is False for cell in cells for agreed, _ in looks.get(cell, ()))


def _windows(judgement: Judgement, cells: set[tuple[str, int]]) -> list[int]:
    """Return the iterations from which to look so that every doubtful cell is seen."""
    quantities = judgement.network.quantities
    last = max(0, judgement.table.iterations - WINDOW)
    if not cells:
        return []
    firsts = {
        min(last, max(0, step - 1) if quantities[name].is_given_first else step)
        for name, step in cells
    }
    starts: list[int] = []
    for first in sorted(firsts):
        if not starts or first >= starts[-1] + WINDOW - 1:
            starts.append(first)
    return starts[:MOST_WINDOWS]


def _looks(laboratory: Laboratory, cells: set[tuple[str, int]]) -> Looks:
    """Return whether each doubtful cell in the window behaved right whenever it was looked at."""
    seen = sorted((name, step) for name, step in cells if step in laboratory.steps)
    seen = [cell for cell in seen if not _is_start(laboratory, *cell)]
    looks: Looks = {cell: [] for cell in seen}
    taken: dict[tuple[str, int], list[Taken]] = {cell: [] for cell in seen}
    try:
        for number in range(DRAWS if seen else 0):
            laboratory.draw()
            for cell in seen:
                taken[cell].append(laboratory.taken(*cell))
                looks[cell].append((_agrees(laboratory, *cell), False))
                if number == 0 or (number < SLOPES and not _has_contradicted(looks, {cell})):
                    looks[cell] += ((v, True) for v in _sloped(laboratory, *cell))
            seen = [cell for cell in seen if not _is_settled(looks[cell], taken[cell])]
            if not seen:
                break
    except CalculationError:  # with other numbers: then nothing contradicts the judgement
        return {}
    for cell, numbers in taken.items():
        if not _have_changed(numbers):
            looks[cell] = [(None, is_slope) for _, is_slope in looks[cell]]
    return looks


def _is_settled(looks: Sequence[tuple[bool | None, bool]], taken: Sequence[Taken]) -> bool:
    """Whether a cell has contradicted its right value: whatever else it does, it is wrong."""
    return any(agreed is False for agreed, _ in looks) and _have_changed(taken)


def _is_start(laboratory: Laboratory, name: str, step: int) -> bool:
    """Whether a cell is one whose value is drawn."""
    quantity = laboratory.judgement.network.quantities[name]
    return quantity.is_given_first and step == laboratory.steps[0]


def _have_changed(numbers: Sequence[Taken]) -> bool:
    """Whether every number that a right formula takes differed between draws."""
    return all(
        len({taken[leaf] for taken in numbers if taken[leaf] is not None}) > 1
        for leaf in numbers[0]
    )


def _agrees(laboratory: Laboratory, name: str, step: int) -> bool | None:
    """Whether a cell shows what it should, given the other cells; None where none can tell."""
    right, shown = laboratory.right(name, step), laboratory.value(name, step)
    if right is None or not isinstance(shown, int | float):
        return None
    return close(float(shown), right, TOLERANCE)


def _sloped(laboratory: Laboratory, name: str, step: int) -> Iterator[bool | None]:
    """Yield whether a gradient is the slope of the student's own E_total."""
    quantity = laboratory.judgement.network.quantities[name]
    is_first = step == laboratory.steps[0]
    if is_first and quantity.kind == "gradient" and laboratory.table.holds("E_total"):
        slope = laboratory.slope(parameter_of(name))
        shown = laboratory.value(name, step)
        if slope is not None and isinstance(shown, int | float):
            yield close(float(shown), slope * laboratory.judgement.gradient_sign, SAME_SLOPE)


def _observed(looks: Looks, name: str, steps: Sequence[int] | None = None) -> Observed:
    """Return what was seen of a quantity, in some steps or in all."""
    own = [
        look
        for (other, step), found in looks.items()
        if other == name and (steps is None or step in steps)
        for look in found
    ]
    return Observed(
        agreeing=sum(agreed is True for agreed, _ in own),
        differing=sum(agreed is False for agreed, _ in own),
        unknown=sum(agreed is None for agreed, _ in own),
        slopes=sum(is_slope for _, is_slope in own),
    )


def _taken_back(judgement: Judgement, looks: Looks) -> Judgement:
    """Accuse nothing that behaves right: a formula misread must not become a mistake."""
    kept: list[Wrong] = []
    doubtful: list[Wrong] = []
    for wrong in judgement.wrong:
        is_right = _observed(looks, wrong.quantity, wrong.steps).is_right
        (doubtful if is_right and wrong.right_elsewhere == 0 else kept).append(wrong)
    unread = (Unread(wrong.quantity, wrong.steps, TAKEN_BACK) for wrong in doubtful)
    return replace(judgement, wrong=tuple(kept), unread=(*judgement.unread, *unread))


def _decided(judgement: Judgement, looks: Looks) -> Judgement:
    """Judge what has no tree by what it did, and by the numbers that it shows now.

    Cells of one fill are right when those tried are right whatever the inputs are, and each of
    them is right at the student's own numbers.
    """
    unread, by_value, wrong = [], [], list(judgement.wrong)
    for one in judgement.unread:
        if DUMMY in own_formula(judgement, one.quantity, one.steps[0]):
            unread.append(one._replace(reason=OF_GOOGLE))
            continue
        observed = _observed(looks, one.quantity, one.steps)
        off = [s for s in one.steps if _is_off(judgement, one.quantity, s)]
        if observed.differing or off:
            steps = tuple(off) if off and not observed.differing else tuple(one.steps)
            wrong.append(Wrong(one.quantity, steps, Number(math.nan), 0))
        elif observed.is_right and all(_fits(judgement, one.quantity, s) for s in one.steps):
            by_value.append(one)
        else:
            unread.append(one)
    return replace(judgement, wrong=tuple(wrong), unread=tuple(unread), by_value=tuple(by_value))


def _fits(judgement: Judgement, name: str, step: int) -> bool:
    """Whether a cell shows what it should at the student's own numbers; a first weight anything."""
    if judgement.network.quantities[name].is_given_first and step == 0:
        return True
    right, shown = judgement.own_value(name, step), _shown(judgement, name, step)
    return right is not None and shown is not None and close(shown, right, SAME)


def _is_off(judgement: Judgement, name: str, step: int) -> bool:
    """Whether a cell shows another number than it should at the student's own numbers."""
    if judgement.network.quantities[name].is_given_first and step == 0:
        return False
    right, shown = judgement.own_value(name, step), _shown(judgement, name, step)
    return right is not None and shown is not None and not close(shown, right, SAME)


def _shown(judgement: Judgement, name: str, step: int) -> float | None:
    value = judgement.value_of(judgement.table.sheet, judgement.table.cell(name, step))
    is_number = isinstance(value, int | float) and not isinstance(value, ExcelError)
    return float(value) if is_number and isinstance(value, int | float) else None
