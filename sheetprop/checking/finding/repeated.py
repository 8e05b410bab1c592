"""Iterations written as forms that repeat: the same labels again, as far away each time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from sheetprop.maths.names import is_gradient, is_parameter
from sheetprop.notation.mentioned import COPY
from sheetprop.notation.relative import references_within
from sheetprop.tables.blocks import Stacked
from sheetprop.tables.table import DOWN, NOWHERE
from sheetprop.workbooks.sheet import Address, Sheet

T = TypeVar("T")

Labelled = Mapping[str, Sequence[tuple[Address, Address]]]
"""For each quantity: every label of it with the cell beside or below it, from top to bottom."""

LEAST_SHARE = 0.8
"""Such a part of the quantities come again as often, and as far away, in every iteration."""


def repeated(sheet: Sheet, labelled: Labelled, least: int) -> Stacked | None:
    """Return the table that forms of a sheet make, each one iteration; None where they do not.

    `least` is how many quantities a form has. A form may hold another run as well: only where most
    weights of the second one are calculated from gradients of the first one do they go on.
    """
    count = _commonest(len(own) for own in labelled.values())
    if count is None or count < 2:
        return None
    cells = {name: tuple(cell for _, cell in own) for name, own in labelled.items()}
    apart = _commonest(_between(own[0], own[1]) for own in cells.values() if len(own) == count)
    if apart is None:
        return None
    alike = [own for own in cells.values() if _follows(own, count, apart)]
    if len(alike) < max(least, LEAST_SHARE * len(cells)):
        return None
    if not _goes_on(sheet, {name: own[0] for name, own in cells.items()}, apart):
        return None
    names = list(labelled)
    ends = {name: _end(sheet, cells[name][0], apart, count) for name in names if is_parameter(name)}
    is_ended = 2 * sum(end != NOWHERE for end in ends.values()) > len(ends)
    return Stacked(
        sheet.name,
        DOWN,
        0,
        tuple(range(count + is_ended)),
        {name: line for line, name in enumerate(names)},
        {name: str(sheet.cells[labelled[name][0][0]].value) for name in names},
        cells=tuple(cells[name][0] for name in names),
        headers=tuple(labelled[name][0][0] for name in names),
        apart=apart,
        ends=tuple(ends.get(name, NOWHERE) for name in names) if is_ended else (),
    )


def _end(sheet: Sheet, first: Address, apart: Address, count: int) -> Address:
    """Return where a weight stands that the last form updates, if in a cell that forms copy."""
    content = sheet.cells.get(_moved(first, apart))
    copied = COPY.fullmatch((content.formula if content is not None else None) or "")
    taken = _taken(sheet, _moved(first, apart)) if copied else set()
    end = _moved(taken.pop(), apart, count - 1) if len(taken) == 1 else NOWHERE
    last = sheet.cells.get(end)
    return end if last is not None and last.formula is not None else NOWHERE


def _commonest(found: Iterable[T]) -> T | None:
    counted = Counter(found).most_common(1)
    return counted[0][0] if counted else None


def _between(first: Address, second: Address) -> Address:
    return second[0] - first[0], second[1] - first[1]


def _moved(cell: Address, apart: Address, times: int = 1) -> Address:
    return cell[0] + times * apart[0], cell[1] + times * apart[1]


def _follows(cells: Sequence[Address], count: int, apart: Address) -> bool:
    return tuple(cells) == tuple(_moved(cells[0], apart, k) for k in range(count))


def _goes_on(sheet: Sheet, first: Mapping[str, Address], apart: Address) -> bool:
    """Whether most weights of the second form take gradients of the first, if through others."""
    gradients = {cell for name, cell in first.items() if is_gradient(name)}
    weights = [_moved(cell, apart) for name, cell in first.items() if is_parameter(name)]
    taking = [cell for cell in weights if not gradients.isdisjoint(_behind(sheet, cell))]
    return 2 * len(taking) > len(weights)


def _behind(sheet: Sheet, cell: Address) -> set[Address]:
    """Return the cells that a formula takes, and those that they take."""
    taken = _taken(sheet, cell)
    return taken.union(*(_taken(sheet, other) for other in taken))


def _taken(sheet: Sheet, cell: Address) -> set[Address]:
    content = sheet.cells.get(cell)
    formula = (content.formula if content is not None else None) or ""
    return set(references_within(formula, sheet.name))
