"""What is said of the wrong cells of a workbook of ours: one finding for each slip."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from sheetprop.calculating.agreement import relative_error
from sheetprop.calculating.blocks import blocks
from sheetprop.checking.layouts.judged import TYPED, WRONG, Judged
from sheetprop.checking.layouts.naming.named import Named, names_of, rights_of
from sheetprop.mistakes.base import Mistake
from sheetprop.mistakes.cells.broken_pattern import BROKEN_PATTERN
from sheetprop.mistakes.cells.typed_number import TYPED_NUMBER
from sheetprop.mistakes.factors.unexplained import UNEXPLAINED
from sheetprop.mistakes.finding import Finding, Place
from sheetprop.mistakes.words import filled
from sheetprop.notation.address import address, quoted
from sheetprop.notation.mentioned import Area, split
from sheetprop.notation.relative import RelativeFormula
from sheetprop.tables.table import range_text
from sheetprop.workbooks.sheet import Workbook

MOST_NAMED = 2
"""References that a message sets beside the right ones."""

SLIP = (
    "Other cells of its sheet that are filled from the same formula are right. Fill it again from "
    "one of them, or put the right formula in."
)
EVERYWHERE = "Compare it with the right formula, reference by reference."
STIFF = "A typed number stays as it is when anything in front of it changes."


def findings(cells: Sequence[Judged], workbook: Workbook) -> list[tuple[Finding, list[Judged]]]:
    """Return each finding with the cells that it is about, in the order of the sheets."""
    right = {one.place[0] for one in cells if one.entry.kind == "right"}
    slips = [*_slips(cells)]
    if not slips:
        return []
    named = names_of([own[0] for own in slips], rights_of(cells), workbook)
    return [(_finding(own, right, by), own) for own, by in zip(slips, named, strict=True)]


def _slips(cells: Iterable[Judged]) -> Iterator[list[Judged]]:
    """Yield the cells that are wrong, or typed, in the same way on one sheet."""
    slips: dict[object, list[Judged]] = {}
    for one in cells:
        if one.entry in (WRONG, TYPED):
            slips.setdefault(_way(one), []).append(one)
    yield from slips.values()


def _way(one: Judged) -> object:
    """Return what is alike for cells into which the same thing was filled or typed."""
    if one.own is None or not one.own.startswith("="):
        return one.place[0], one.entry
    return one.place[0], RelativeFormula(one.own, *one.place[1]).pattern


def _finding(cells: Sequence[Judged], right: set[str], named: Named | None) -> Finding:
    first = cells[0]
    places = tuple(_places(cells))
    error = relative_error(first.value, _number(first.right_value))
    is_formula = first.own is not None and first.own.startswith("=")
    mistake, why = _what(is_formula=is_formula, has_neighbours=first.place[0] in right)
    says = _says(first, is_formula=is_formula)
    if named is not None:
        mistake, why = named.mistake, filled(named.case.why, named.blanks)
        says = filled(named.case.says, named.blanks)
    return Finding(
        mistake.name,
        mistake.code,
        "warning" if first.entry is TYPED else "error",
        places,
        f"{address(*first.place[1])} on {first.place[0]} {says}.",
        first.own,
        first.right,
        error,
        why,
    )


def _what(*, is_formula: bool, has_neighbours: bool) -> tuple[Mistake, str]:
    if not is_formula:
        return TYPED_NUMBER, STIFF
    return (BROKEN_PATTERN, SLIP) if has_neighbours else (UNEXPLAINED, EVERYWHERE)


def _says(one: Judged, *, is_formula: bool) -> str:
    if not is_formula:
        belongs = (
            "the formula belongs" if str(one.right).startswith("=") else f"{one.right} belongs"
        )
        return f"holds the number {one.own} where {belongs}"
    if one.own is None or one.right is None:
        return "computes something else"
    own, right = (
        [part for part in split(text, one.place[0]) if isinstance(part, Area)]
        for text in (one.own, one.right)
    )
    others = [pair for pair in zip(own, right, strict=False) if pair[0] != pair[1]]
    if len(own) == len(right) and 0 < len(others) <= MOST_NAMED:
        told = (f"takes {_text(a)} where {_text(b)} belongs" for a, b in others)
        return " and ".join(told)
    if len(own) != len(right):
        return f"takes {len(own)} cells or ranges where {len(right)} belong"
    return "computes something else from the right cells" if not others else "takes other cells"


def _text(area: Area) -> str:
    return f"{quoted(area.sheet)}!{range_text((area.top, area.left), (area.bottom, area.right))}"


def _places(cells: Sequence[Judged]) -> Iterator[Place]:
    """Yield the rectangles of cells, with what stands in the first and what belongs there."""
    for sheet, group in groupby(cells, key=lambda one: one.place[0]):
        own = {one.place[1]: one for one in group}
        for row, column, lines in blocks(own):
            last = row + len(lines) - 1, column + len(lines[0]) - 1
            first = own[row, column]
            where = range_text((row, column), last)
            yield Place(sheet, where, None, first.own, first.right)


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None
