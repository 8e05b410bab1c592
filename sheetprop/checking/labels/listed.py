"""Lists of weights in forms: each has its gradient and its new value in columns with one header.

``weight | old | ∂E/∂w | new`` stands above w1, w2, …; or the weights stand side by side, and what
is said of them in front of the rows.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from sheetprop.lazily.patterns import pattern
from sheetprop.maths.names import gradient_of, is_parameter
from sheetprop.rows.plain_text import plain
from sheetprop.workbooks.sheet import Address, Sheet

LEAST_LISTED = 4
"""So many weights one after the other are a list."""

FARTHEST = 12
"""Columns of a list that are looked at; some hold the factors of the gradients."""

_GRADIENT = pattern(
    r"(?:grad(?:ient)?)?\(?(?:d?e(?:t|tot|total)?|d?error|d?loss|d?cost)?/?d/?w(?:i|ij)?\)?"
    r"|grad(?:ient)?s?|gradient(?:e|en|i)|derivatives?|slopes?|ableitung|steigung"
)
_NEW = pattern(
    r"(?<![^\W_])(?:new|updated|next|neu|neue|neues|neuer|nuevo|nouveau|nuovo|novo)(?![^\W_])"
    r"|^w(?:eight)?\s*[+'’′*]$",
    re.IGNORECASE,
)


class Listed(NamedTuple):
    """A cell of a list: the quantity, the header that says so, and whether it is a new weight."""

    name: str
    header: Address
    cell: Address
    is_new: bool


def listed(sheet: Sheet, labels: Mapping[Address, str]) -> Iterator[Listed]:
    """Yield the gradients and new weights of lists whose weights have some labels."""
    for is_down in (True, False):
        lists: dict[int, dict[int, str]] = {}
        for at, name in labels.items():
            if is_parameter(name):
                line, place = _turned(at, is_down)
                lists.setdefault(line, {})[place] = name
        for line, places in lists.items():
            if len(places) >= LEAST_LISTED and len(set(places.values())) == len(places):
                yield from _beside(sheet, line, places, is_down=is_down)


def _turned(at: Address, is_down: bool) -> Address:
    return (at[1], at[0]) if is_down else at


def _beside(
    sheet: Sheet, line: int, places: Mapping[int, str], *, is_down: bool
) -> Iterator[Listed]:
    """Yield what stands in the columns (rows) beside a list, the first of each kind."""
    seen: set[bool] = set()
    for other in range(line + 1, line + 1 + FARTHEST):
        header = _turned((other, min(places) - 1), is_down)
        content = sheet.cells.get(header)
        is_new = _says_new(content.value if content is not None else None)
        cells = {name: _turned((other, place), is_down) for place, name in places.items()}
        if is_new is None or is_new in seen or not _are_filled(sheet, cells.values()):
            continue
        seen.add(is_new)
        for name, cell in cells.items():
            yield Listed(name if is_new else gradient_of(name), header, cell, is_new)


def _says_new(text: object) -> bool | None:
    """Whether a header is that of new weights, or of gradients; None where of neither."""
    if not isinstance(text, str) or len(text) > FARTHEST * 3:
        return None
    if _NEW.search(text.strip()):
        return True
    return False if _GRADIENT.fullmatch(plain(text)) else None


def _are_filled(sheet: Sheet, cells: Collection[Address]) -> bool:
    contents = [sheet.cells[at] for at in cells if at in sheet.cells]
    held = [c for c in contents if c.formula is not None or isinstance(c.value, int | float)]
    return 2 * len(held) > len(cells)
