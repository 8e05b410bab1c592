"""Blocks that are known and still not judged: the texts of their sheets say something else."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import partial

from sheetprop.checking.arrays.fills import Block, is_number
from sheetprop.checking.arrays.groups.meanings import NORMALISED, OUTSIDE, SHARE
from sheetprop.checking.arrays.neighbours import cells_on
from sheetprop.checking.arrays.readings import POOLING, PRODUCT
from sheetprop.checking.arrays.stated import says_attention, texts_on
from sheetprop.lazily.patterns import pattern
from sheetprop.notation.mentioned import Area
from sheetprop.workbooks.sheet import Workbook

OUTSIDE_HERE = "a small number is added outside of the root here, and under it elsewhere"
SHIFTED = "its range takes empty cells on one side, and leaves out numbers on the other"
OTHER_POOL = "the sheet speaks of an average pool alone, and here the largest number is taken"
OTHER_MEAN = "the sheet speaks of a max pool alone, and here the mean is taken"
OTHER_AXIS = "the sheet speaks of a softmax of {said}, and here it is one of {found}"
OTHER_ROOT = "it is divided by the root of {root}, and {terms} products are added up"

_AVERAGE = pattern(r"\b(?:average|avg|mean|durchschnitts?|mittelwerts?)[\s_-]*pool", re.I)
_MAX_POOL = pattern(r"\bmax(?:imum|imal)?[\s_-]*pool", re.I)
_MEAN = pattern(r"\b(?:average|avg|mean|durchschnitt|mittel)", re.I)
_LARGEST = pattern(r"\bmax(?:imum|imal)?\b", re.I)
_ROWS = pattern(
    r"\b(?:(?:each|every|per|by) rows?|row[\s-]?wise|zeilenweise|(?:je|pro) zeile)\b", re.I
)
_COLUMNS = pattern(
    r"\b(?:(?:each|every|per|by) columns?|column[\s-]?wise|spaltenweise|(?:je|pro) spalte)\b", re.I
)
_SOFTMAX = pattern(r"soft[\s-]?max", re.I)
_ROOT = pattern(r"/SQRT\((\d+)\)$", re.I)


def doubt_of_texts(
    block: Block, kind: str, kinds: Collection[str], workbook: Workbook
) -> str | None:
    """Return why a block of a kind is not judged, None for one that is; `kinds` are those of all.

    A text beside other formulas may speak of something else: nothing is called wrong by it.
    """
    if kind == OUTSIDE and NORMALISED in kinds:
        return OUTSIDE_HERE
    if kind in ("mean", "variance", "largest") and _is_shifted(block, workbook):
        return SHIFTED
    texts = [*texts_on(workbook[block.sheet])]
    if kind == POOLING:
        return _other_pool(block, texts)
    if kind == SHARE:
        return _other_axis(block, texts)
    if kind == PRODUCT and says_attention(workbook[block.sheet]):
        return _other_root(block)
    return None


def _is_shifted(block: Block, workbook: Workbook) -> bool:
    """Whether a range ends behind the numbers that it goes over, and begins behind their first."""
    areas = (area for at in block.cells for area in block.areas(at) if len(area.rows) > 1)
    return any(map(partial(_misses, workbook), areas))


def _misses(workbook: Workbook, area: Area) -> bool:
    """Whether the rows or columns of a range are numbers, but for the last, as that before is."""
    cells, (_, top, left, bottom, right) = cells_on(workbook, area.sheet), area
    rows = [[cells.get((r, c)) for c in area.columns] for r in range(top - 1, bottom + 1)]
    columns = [[cells.get((r, c)) for r in area.rows] for c in range(left - 1, right + 1)]
    return any(
        all(map(is_number, lines[0])) and not any(map(is_number, lines[-1]))
        for lines in (rows, columns)
    )


def _other_pool(block: Block, texts: Iterable[str]) -> str | None:
    """Return that a pool takes the largest number or the mean where its sheet says the other."""
    said = [*texts]
    if "MAX(" in block.template.upper():
        is_other = any(map(_AVERAGE.search, said)) and not any(map(_LARGEST.search, said))
        return OTHER_POOL if is_other else None
    is_other = any(map(_MAX_POOL.search, said)) and not any(map(_MEAN.search, said))
    return OTHER_MEAN if is_other and "MIN(" not in block.template.upper() else None


def _other_axis(block: Block, texts: Iterable[str]) -> str | None:
    """Return that a softmax goes along another axis than its sheet says."""
    said = {
        name
        for text in texts
        if _SOFTMAX.search(text)
        for name, known in (("rows", _ROWS), ("columns", _COLUMNS))
        if known.search(text)
    }
    found = _axis(block)
    if len(said) != 1 or found is None or found in said:
        return None
    return OTHER_AXIS.format(said=said.pop(), found=found)


def _axis(block: Block) -> str | None:
    """Return whether all that a cell takes stands in one row, or one column; None for neither."""
    if min(block.rows, block.columns) == 1:
        return None
    areas = [block.areas(at) for at in (block.first, block.last)]
    if all(len({r for one in own for r in one.rows}) == 1 for own in areas):
        return "rows"
    if all(len({c for one in own for c in one.columns}) == 1 for own in areas):
        return "columns"
    return None


def _other_root(block: Block) -> str | None:
    """Return that scores are divided by the root of another number than that of their products."""
    match = _ROOT.search(block.template)
    longest = max((slot.size for slot in block.slots), default=0)
    terms = longest if longest > 1 else len(block.slots) // 2
    if match is None or int(match[1]) == terms:
        return None
    return OTHER_ROOT.format(root=match[1], terms=terms)
