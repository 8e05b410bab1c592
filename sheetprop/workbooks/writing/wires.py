"""Lines over cells, put into what XlsxWriter makes of a drawing, which knows text boxes only.

It is given a box in the place of each, described by a number by which it is found (DrawingML,
ECMA-376 part 1, 20.5.2.13 and 20.5.2.29).
"""

from __future__ import annotations

import re
from typing import Any
from xml.sax.saxutils import quoteattr

from sheetprop.workbooks.extent import edges
from sheetprop.workbooks.look import Look, Wire
from sheetprop.workbooks.styles import QUIET

_FIRST = 10**15
"""The number that stands for the first line: none that a box would be described by."""

_PLACE = re.compile(
    r'<xdr:sp [^>]*><xdr:nvSpPr><xdr:cNvPr id="(\d+)"[^>]* descr="(1\d{15})"/>'
    r".*?<a:xfrm>(.*?)</a:xfrm>.*?</xdr:sp>"
)
_STROKE = f'<a:ln w="12700"><a:solidFill><a:srgbClr val="{QUIET[1:]}"/></a:solidFill></a:ln>'
_Box = tuple[float, float, float, float]


class Wires:
    """The lines of a file."""

    def __init__(self) -> None:
        self._lines: list[tuple[Wire, bool]] = []

    def place(self, page: Any, look: Look) -> None:
        """Keep the lines of a sheet, and give it a box in the place of each."""
        for wire in look.wires:
            left, top, right, bottom = _box(look, wire)
            box = {
                "x_offset": left,
                "y_offset": min(top, bottom),
                "width": right - left,
                "height": abs(bottom - top),
                "description": str(_FIRST + len(self._lines)),
            }
            page.insert_textbox(0, 0, "", box)
            self._lines.append((wire, bottom < top))

    def put_into(self, xml: str) -> str:
        """Return a drawing with its lines."""
        return _PLACE.sub(self._drawn, xml) if self._lines else xml

    def _drawn(self, match: re.Match[str]) -> str:
        wire, rises = self._lines[int(match[2]) - _FIRST]
        about = f'<xdr:cNvPr id="{match[1]}" name="Line {match[1]}" descr={quoteattr(wire.text)}/>'
        if wire.last is None:
            shape = _shape("roundRect", f"<a:xfrm>{match[3]}</a:xfrm>", "<a:noFill/>")
            what = f"<xdr:nvSpPr>{about}<xdr:cNvSpPr/></xdr:nvSpPr>"
            return f'<xdr:sp macro="" textlink="">{what}{shape}</xdr:sp>'
        turned = ' flipV="1"' if rises else ""
        shape = _shape("line", f"<a:xfrm{turned}>{match[3]}</a:xfrm>", "")
        what = f"<xdr:nvCxnSpPr>{about}<xdr:cNvCxnSpPr/></xdr:nvCxnSpPr>"
        return f'<xdr:cxnSp macro="">{what}{shape}</xdr:cxnSp>'


def _shape(kind: str, where: str, fill: str) -> str:
    form = f'<a:prstGeom prst="{kind}"><a:avLst/></a:prstGeom>'
    return f"<xdr:spPr>{where}{form}{fill}{_STROKE}</xdr:spPr>"


def _box(look: Look, wire: Wire) -> _Box:
    """Return where a line begins and ends, in pixels."""
    left, top, right, bottom = edges(look, *wire.first)
    if wire.last is None:
        return left, top, right, bottom
    end, above, _, below = edges(look, *wire.last)
    return right, (top + bottom) / 2, end, (above + below) / 2
