"""New weights of a form whose labels do not tell: copied to another line, or named otherwise."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from sheetprop.maths.names import is_gradient, is_parameter
from sheetprop.notation.address import address
from sheetprop.notation.relative import references, references_within
from sheetprop.tables.table import NOWHERE
from sheetprop.workbooks.sheet import Address, Sheet


class Labelled(NamedTuple):
    """A cell with its label: which quantity that names, and whether of the next iteration."""

    name: str
    label: Address
    cell: Address
    is_new: bool


def with_odd_updates(
    sheet: Sheet,
    chosen: Sequence[tuple[Labelled, Address]],
    found: Mapping[str, Sequence[Labelled]],
) -> list[tuple[Labelled, Address]]:
    """Return the cells with updates that take no gradient, where most weights have one that does.

    Of two cells with one weight's label the one with a formula is its update, whatever that takes,
    and so is what stands in the line of the other updates.
    """
    weights = [later for now, later in chosen if is_parameter(now.name)]
    known = [later for later in weights if later != NOWHERE]
    if 2 * len(known) <= len(weights):
        return list(chosen)
    pairs = []
    for now, later in chosen:
        others = [one.cell for one in found[now.name] if one is not now]
        is_odd = is_parameter(now.name) and later == NOWHERE and len(others) == 1
        content = sheet.cells.get(others[0]) if is_odd else None
        has_formula = content is not None and content.formula is not None
        is_update = is_odd and (has_formula or _is_in_line(others[0], known))
        pairs.append((now, others[0] if is_update else later))
    return pairs


def _is_in_line(cell: Address, others: Sequence[Address]) -> bool:
    """Whether a cell stands in the row, or the column, that all others stand in."""
    return any({cell[axis]} == {other[axis] for other in others} for axis in (0, 1))


def final_updates(
    sheet: Sheet, updates: Mapping[str, Address], others: Mapping[str, Sequence[Address]]
) -> dict[str, Address]:
    """Return the last cell of each new weight, where most have one that copies the first.

    `others` are further cells with a weight's label. One in the line of the copies that calculates
    something itself, is typed or empty is what counts: the next iteration begins with it.
    """
    weights = {n: cell for n, cell in updates.items() if is_parameter(n) and cell != NOWHERE}
    copies = {
        name: one
        for name, cell in weights.items()
        for one in others.get(name, ())
        if _formula(sheet, one) == f"={address(*cell)}"
    }
    if 2 * len(copies) <= len(weights):
        return {}
    rows, columns = ({cell[axis] for cell in copies.values()} for axis in (0, 1))
    odd = {
        name: one
        for name in weights.keys() - copies.keys()
        for one in others.get(name, ())
        if {one[0]} == rows or {one[1]} == columns
    }
    return copies | odd if odd else {}


def updates_by_formula(sheet: Sheet, named: Mapping[str, Address]) -> dict[str, Address]:
    """Return the cells that calculate new weights, where no label that is known says which do.

    They take one weight and a gradient, and nothing takes them. Where most weights have one, the
    others have what is left among them in its order: it takes another weight by a slip.
    """
    weights = {name: cell for name, cell in named.items() if is_parameter(name)}
    found = list(_ends(sheet, named))
    own = {name: [at for at, taken in found if taken == {cell}] for name, cell in weights.items()}
    single = {name: cells[0] for name, cells in own.items() if len(cells) == 1}
    if 2 * len(single) <= len(weights):
        return {}
    spare = sorted(at for at, _ in found if at not in single.values())
    without = sorted((cell, name) for name, cell in weights.items() if name not in single)
    if len(spare) == len(without):
        single |= {name: at for (_, name), at in zip(without, spare, strict=True)}
    return single


def _ends(sheet: Sheet, named: Mapping[str, Address]) -> Iterator[tuple[Address, set[Address]]]:
    """Yield the cells with a formula that takes weights and gradients, and that nothing takes."""
    weights = {cell for name, cell in named.items() if is_parameter(name)}
    gradients = {cell for name, cell in named.items() if is_gradient(name)}
    taken = {
        at: set(references_within(cell.formula, sheet.name))
        for at, cell in sheet.cells.items()
        if cell.formula
    }
    used = set().union(*taken.values())
    for at, cells in taken.items():
        if at not in used and cells & weights and cells & gradients and at not in named.values():
            yield at, cells & weights


def _formula(sheet: Sheet, cell: Address) -> str:
    content = sheet.cells.get(cell)
    return ((content.formula if content is not None else None) or "").replace("$", "")


def row_of_updates(
    sheet: Sheet, weights: Collection[int], places: Sequence[int], end: int
) -> Iterator[int]:
    """Yield the row below the last one where it holds the weights just updated, and no more.

    `weights` are their columns, `places` the rows of iterations. Where other rows stand between
    these it may be another of them, unless they are updates, too.
    """
    last = places[-1] if places else end
    is_apart = any(b - a > 1 for a, b in pairwise(places))
    if last >= end or (is_apart and not _updates_below(sheet, weights, places[0])):
        return
    if _updates_below(sheet, weights, last):
        yield last + 1


def _updates_below(sheet: Sheet, weights: Collection[int], place: int) -> bool:
    """Whether most weights below a row are calculated from the same ones in it, and others."""
    updates = 0
    for line in weights:
        cell = sheet.cells.get((place + 1, line))
        taken = references(cell.formula) if cell is not None and cell.formula else []
        above = {column for row, column in taken if row == place}
        updates += line in above and len(above) > 1
    return 2 * updates > len(weights)
