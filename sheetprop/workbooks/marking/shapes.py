"""The boxes of notes (VML), placed and sized so that their text can be read."""

from __future__ import annotations

from sheetprop.notation.address import COLUMNS, ROWS
from sheetprop.workbooks.marking.ranges import Box
from sheetprop.workbooks.marking.splices import Element

NAMESPACES = (
    'xmlns:v="urn:schemas-microsoft-com:vml"',
    'xmlns:o="urn:schemas-microsoft-com:office:office"',
    'xmlns:x="urn:schemas-microsoft-com:office:excel"',
)
EMPTY_DRAWING = (
    f'<xml {" ".join(NAMESPACES)}><o:shapelayout v:ext="edit">'
    '<o:idmap v:ext="edit" data="1"/></o:shapelayout></xml>'
)
SHAPE_TYPE = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202"'
    ' path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)

# In pixels: a note's width, its line, its largest height, and a line's letters.
WIDTH, LINE, HIGHEST, LETTERS = 330, 15, 600, 48
DEFAULT_WIDTH, DEFAULT_HEIGHT = 64, 20
MARGIN = 15


class Grid:
    """How wide the columns of a worksheet are, in pixels; `root` is the outline of its part."""

    def __init__(self, root: Element) -> None:
        self.default = DEFAULT_WIDTH
        for element in root.named("sheetFormatPr"):
            self.default = _pixels(element, "defaultColWidth")
        self.ranges = [
            (int(column.attributes["min"]), int(column.attributes["max"]), _width(column))
            for columns in root.named("cols")
            for column in columns.named("col")
        ]

    def width(self, column: int) -> int:
        """Return the width of a column counted from 1."""
        found = (width for first, last, width in self.ranges if first <= column <= last)
        return next(found, self.default)

    def across(self, column: int, width: int) -> tuple[int, int]:
        """Return the column, counted from 1, and the offset in it, `width` right of a column."""
        while width > self.width(column) and column < COLUMNS:
            width -= self.width(column)
            column += 1
        return column, min(width, self.width(column))


def _width(column: Element) -> int:
    is_hidden = column.attributes.get("hidden") in {"1", "true"}
    return 0 if is_hidden else _pixels(column, "width")


def _pixels(element: Element, name: str) -> int:
    """Turn a width in letters, as the file has it, into pixels."""
    text = element.attributes.get(name)
    return int(float(text) * 7 + 5) if text else DEFAULT_WIDTH


def shape(number: int, box: Box, text: str, grid: Grid) -> str:
    """Return the hidden box for the note at the first cell of a range."""
    height = _height(text)
    return (
        f'<v:shape id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;'
        f"margin-left:60pt;margin-top:2pt;width:{WIDTH * 0.75:g}pt;height:{height * 0.75:g}pt;"
        f'z-index:{number % 1024};visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
        '<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/>'
        '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto">'
        '<div style="text-align:left"></div></v:textbox><x:ClientData ObjectType="Note">'
        f"<x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{_anchor(box, height, grid)}</x:Anchor>"
        f"<x:AutoFill>False</x:AutoFill><x:Row>{box.row - 1}</x:Row>"
        f"<x:Column>{box.column - 1}</x:Column></x:ClientData></v:shape>"
    )


def _height(text: str) -> int:
    lines = sum(len(line) // LETTERS + 1 for line in text.split("\n"))
    return min((lines + 1) * LINE, HIGHEST)


def _anchor(box: Box, height: int, grid: Grid) -> str:
    """Return where the box begins and ends: column, offset, row, offset; counted from 0."""
    left = box.column + 1 if box.column + 1 <= COLUMNS - 8 else box.column - 10
    right, offset = grid.across(left, WIDTH)
    rows = -(-height // DEFAULT_HEIGHT)
    top = max(min(box.row - 1, ROWS - rows), 1)
    edges = (left - 1, MARGIN, top - 1, 2, right - 1, offset, top - 1 + rows, 2)
    return ", ".join(map(str, edges))
