"""The formulas of the network in the words of mathematics, at the foot of the Start sheet."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sheetprop.lessons.start.start_blocks import BLOCK_WIDTH, PATTERN
from sheetprop.maths.network import Network
from sheetprop.notation.text import name_text, to_text, without_cases
from sheetprop.words import Words
from sheetprop.workbooks.page import Page
from sheetprop.workbooks.sheet import Address, Cell, Indexed

_LONG_BLOCKS, _LONG_LINE = 3, 130  # blocks and characters a formula's line may take
_LINE_HEIGHT, _HIGHEST = 14, 400  # points
_GROUPS = (
    (
        ("start_forward", ("sum", "activation")),
        ("start_error", ("error", "total error")),
    ),
    (("start_update", ("velocity", "weight", "bias")),),
    (("start_backward", ("hidden error", "gradient")),),
)


def put_formulas(
    page: Page, network: Network, row: int, words: Words, unshown: Collection[str] = ()
) -> None:
    """Write every quantity's formula, group beside group as far as the texts leave room.

    Those of `unshown` quantities are left out.
    """
    if any(q.tree is not None and q.name not in unshown for q in network.quantities.values()):
        page.put((row, 1), words["start_formulas"], "heading")
    column = 1
    for groups in _GROUPS:
        at, longest = row + 1, 0
        for heading, kinds in groups:
            lines = _lines(network, kinds, unshown)
            for number, line in enumerate([words[heading], *lines] if lines else []):
                _put_line(page, (at + number, column), line, "text" if number else "quiet")
                longest = max(longest, len(line))
            at += len(lines) + 2 if lines else 0
        column += BLOCK_WIDTH * min(_LONG_BLOCKS, 1 + longest // sum(PATTERN))


def _put_line(page: Page, at: Address, line: str, style: str) -> None:
    """Write a line of text; a long one is broken in a merged cell as high as it needs to be."""
    lines = -(-len(line) // _LONG_LINE)
    if lines == 1:
        page.put(at, Cell(Indexed(line)) if style == "text" else line, style)
        return
    page.put(at, Cell(Indexed(line)), "long text")
    page.merged.append((at, (at[0], at[1] + _LONG_BLOCKS * BLOCK_WIDTH - 2)))
    height = min(_LINE_HEIGHT * lines, _HIGHEST)
    page.heights[at[0]] = max(height, page.heights.get(at[0], 0))


def _lines(network: Network, kinds: Sequence[str], unshown: Collection[str]) -> list[str]:
    return [
        f"{name_text(q.name)} = {to_text(without_cases(q.tree))}"
        for q in network.quantities.values()
        if q.kind in kinds and q.tree is not None and q.name not in unshown
    ]
