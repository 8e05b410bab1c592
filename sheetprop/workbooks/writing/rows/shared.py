"""Formulas filled down, which a file holds once (SpreadsheetML, ECMA-376 part 1, 18.3.1.40)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sheetprop.notation.address import address
from sheetprop.workbooks.sheet import Address, Cell


class Shared(NamedTuple):
    """The attributes of a formula that cells share: those of the first cell, and of the others."""

    first: str
    others: str


def shared(number: int, first: Address, last: Address) -> Shared:
    """Return the attributes of the formula that is shared under a number by some cells."""
    area = f"{address(*first)}:{address(*last)}"
    others = f' t="shared" si="{number}"'
    return Shared(f' t="shared" ref="{area}" si="{number}"', others)


def can_be_shared(formula: str) -> bool:
    """Whether cells may share a formula: not one that refers to another sheet.

    Excel writes none, and of a file that has one it takes the first cell's reference for all cells,
    or calls the file damaged.
    """
    return "!" not in formula


def shares(
    filled: Iterable[tuple[Address, Address]], cells: Mapping[Address, Cell], number: int
) -> dict[Address, str]:
    """Return the attributes of the formulas in ranges that are filled down from their first cells.

    They get the numbers from `number` on.
    """
    found: dict[Address, str] = {}
    for first, last in filled:
        formula = cells[first].formula if first in cells else None
        if formula is not None and can_be_shared(formula):
            marks = shared(number, first, last)
            rows = range(first[0] + 1, last[0] + 1)
            found |= {first: marks.first, **{(row, first[1]): marks.others for row in rows}}
            number += 1
    return found
