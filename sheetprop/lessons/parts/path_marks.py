"""The path of the weight chosen on Start, shaded on other sheets by conditional formats.

Each of these sheets has a cell of its own with the weight's name: formulas of conditional formats
that refer to other sheets are not understood everywhere.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sheetprop.lessons.parts.reach import is_among
from sheetprop.notation.address import address, fixed
from sheetprop.words import Words
from sheetprop.workbooks.look import Highlight
from sheetprop.workbooks.page import Page
from sheetprop.workbooks.sheet import Address, Cell


def put_path(page: Page, at: Address, chosen: str, words: Words) -> None:
    """Write which weight is chosen, and left of it what that means."""
    page.put((at[0], at[1] - 1), words["start_path"], "caption")
    page.put(at, Cell(None, f"={chosen}"), "caption")


def path_marks(
    chosen: Address, first: Address, last: Address, parameters: Collection[str], *, numbers: bool
) -> Iterator[Highlight]:
    """Yield the marks of a range that lies on the paths of some parameters.

    Where small and large `numbers` turn scientific, they do so on the path, too: of several
    conditions some programs show only the first that holds.
    """
    if not parameters:
        return
    is_chosen = is_among(fixed(chosen), parameters)
    if numbers:
        corner = address(*first)
        size = f"ABS({corner})"
        far = f"IF(ISNUMBER({corner}),OR({size}>=1000,AND({size}<0.0001,{size}>0)),FALSE)"
        yield Highlight(first, last, f"=AND({is_chosen},{far})", "path scientific")
    yield Highlight(first, last, f"={is_chosen}", "path")
