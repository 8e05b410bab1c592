"""How one cell of a workbook of ours came to its verdict."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sheetprop.checking.layouts.judged import Judged, judged
from sheetprop.notation.address import address, on
from sheetprop.workbooks.sheet import Address, Workbook


def evidence(kind: str, workbook: Workbook, sheet: str, cell: Address) -> Iterator[tuple[str, str]]:
    """Yield what each stage says of a cell of a workbook of a kind of lesson.

    Raises:
        SheetpropError: the workbook does not declare what its kind needs.

    """
    from sheetprop.checking.layouts.known import PATTERNS  # with NumPy

    cells = judged(PATTERNS[kind](workbook), workbook)
    yield from told(cells, workbook, sheet, cell, f'of the lesson "{kind}"')


def told(
    cells: Sequence[Judged], workbook: Workbook, sheet: str, cell: Address, of: str
) -> Iterator[tuple[str, str]]:
    """Yield what is said of a cell among those that are judged."""
    content = workbook[sheet].cells.get(cell)
    held = "empty" if content is None else content.formula or content.value
    yield "cell", f"{sheet}!{address(*cell)}: {held}"
    one = next((one for one in cells if one.place == (sheet, cell)), None)
    if one is None:
        yield "found", "nothing belongs in it, and no formula that is judged takes it"
        return
    yield from _judged(one, of)


def _judged(one: Judged, of: str) -> Iterator[tuple[str, str]]:
    yield "found", f"it is {on(*one.origin).replace('$', '')} {of}"
    if one.right is not None and one.right.startswith("="):
        yield "right", one.right
    if one.right_value is not None:
        yield "judged", f"it gives {one.value}, the right formula {one.right_value}"
    yield "ledger", f"{one.entry.kind.replace('_', ' ')}: {one.entry.how}"
