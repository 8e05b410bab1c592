"""Ranges of cells, such as ``A1``, ``$Z$32:$Z$99`` or ``B:B``, and the colours they are given.

The colours are conditional formats, which leave the styles of the cells as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sheetprop.notation.address import COLUMNS, ROWS, address, column_number
from sheetprop.workbooks.marking.looks import Looks
from sheetprop.workbooks.marking.splices import Edit, Element, insert, set_attribute

# The children of a worksheet (ECMA-376 part 1, 18.3.1.99, with part 4 for legacy drawings).
ORDER = """
    sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection
    protectedRanges scenarios autoFilter sortState dataConsolidate customSheetViews mergeCells
    phoneticPr conditionalFormatting dataValidations hyperlinks printOptions pageMargins pageSetup
    headerFooter rowBreaks colBreaks customProperties cellWatches ignoredErrors smartTags drawing
    legacyDrawing legacyDrawingHF drawingHF picture oleObjects controls webPublishItems tableParts
    extLst
"""
RANGES_PER_RULE = 200
CORNER = re.compile(r"\$?([A-Za-z]{0,3})\$?([1-9][0-9]{0,6})?")


@dataclass(frozen=True, slots=True, order=True)
class Box:
    """A rectangle of cells: rows and columns counted from 1, the last ones included."""

    row: int
    column: int
    last_row: int
    last_column: int

    @property
    def first(self) -> str:
        """Its first cell: ``A1``."""
        return address(self.row, self.column)

    def __str__(self) -> str:
        last = address(self.last_row, self.last_column)
        return self.first if last == self.first else f"{self.first}:{last}"


def box_of(text: str) -> Box | None:
    """Return the rectangle that the text names, or None when it names none."""
    corners = [CORNER.fullmatch(corner.strip()) for corner in text.split(":")]
    if len(corners) > 2 or not all(corners):
        return None
    found = [(match[1], match[2]) for match in corners if match]
    if len({(bool(letters), bool(digits)) for letters, digits in found}) > 1:
        return None
    (letters, digits), (last_letters, last_digits) = found[0], found[-1]
    if not (letters or digits) or (len(found) == 1 and not (letters and digits)):
        return None
    rows = sorted((int(digits or 1), int(last_digits or ROWS)))
    columns = sorted((column_number(letters or "A"), _last_column(last_letters)))
    if rows[1] > ROWS or columns[1] > COLUMNS:
        return None
    return Box(rows[0], columns[0], rows[1], columns[1])


def _last_column(letters: str) -> int:
    return column_number(letters) if letters else COLUMNS


def colour(
    root: Element, content: bytes, boxes: Mapping[str, Sequence[Box]], looks: Looks
) -> list[Edit]:
    """Say how to change a worksheet part so that its ranges (by severity) are coloured.

    Where the student's own conditional formats speak of the same cells, these come first; where
    severities overlap, the graver one does.
    """
    chunks = list(_chunks(boxes))
    if not chunks:
        return []
    first, edits = _make_room(root, content, len(chunks))
    new = [
        _rule(chunk, looks.rules[severity], first + place)
        for place, (severity, chunk) in enumerate(chunks)
    ]
    return [*edits, insert(root, content, ORDER, new)]


def _chunks(boxes: Mapping[str, Sequence[Box]]) -> Iterator[tuple[str, list[Box]]]:
    for severity in ("error", "warning", "note"):
        found = list(dict.fromkeys(boxes.get(severity, ())))
        for start in range(0, len(found), RANGES_PER_RULE):
            yield severity, found[start : start + RANGES_PER_RULE]


def _make_room(root: Element, content: bytes, wanted: int) -> tuple[int, list[Edit]]:
    """Return the first of `wanted` priorities (1 is the highest) and what frees them.

    Rules of a pivot table are referred to by their priority, so there nothing is moved.
    """
    rules = [rule for rule in root.everywhere("cfRule") if "priority" in rule.attributes]
    priorities = [int(rule.attributes["priority"]) for rule in rules]
    if any("pivot" in rule.attributes for rule in rules):
        return max(priorities) + 1, []
    if min(priorities, default=wanted + 1) > wanted:
        return 1, []
    pairs = zip(rules, priorities, strict=True)
    return 1, [set_attribute(rule, content, "priority", old + wanted) for rule, old in pairs]


def _rule(boxes: Sequence[Box], look: int, priority: int) -> str:
    return (
        f'<conditionalFormatting sqref="{" ".join(map(str, boxes))}">'
        f'<cfRule type="expression" dxfId="{look}" priority="{priority}">'
        "<formula>TRUE</formula></cfRule></conditionalFormatting>"
    )
