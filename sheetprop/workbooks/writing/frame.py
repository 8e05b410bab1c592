"""What XlsxWriter writes of a worksheet around its cells: the cells themselves are ours.

XlsxWriter writes typed numbers with 16 digits, which loses one in four, and needs ten times as long
for a cell. The numbers by which cells call their styles are read off cells written as a sample.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from sheetprop.notation.address import COLUMNS, address
from sheetprop.workbooks.sheet import Address

_ROW = re.compile(r'<row r="(\d+)"(?: spans="[\d:]*")?([^>]*?)/?>')
_STYLED = re.compile(r'<c r="([A-Z]+\d+)"(?: s="(\d+)")?/>')
_SIZE = re.compile(r'<dimension ref="[^"]*"/>')
_SAID_TWICE = re.compile(r'(<hyperlink [^<>]*) display="[^"<>]*"')
_LAST_COLUMN = re.compile(r'(?s)\A(.*<col min="\d+" max=)"\d+"')


@dataclass(frozen=True)
class Frame:
    """A worksheet's XML before and after its rows, and the attributes of some rows by number."""

    head: str
    rows: dict[int, str]
    tail: str

    def head_for(self, corners: tuple[Address, Address], *, has_paper: bool) -> str:
        """Return the head of a sheet with cells between two corners.

        With paper behind them, the last column of it stands for all that follow.
        """
        ends = dict.fromkeys(address(*corner) for corner in corners)
        head = _SIZE.sub(f'<dimension ref="{":".join(ends)}"/>', self.head, count=1)
        return _LAST_COLUMN.sub(rf'\1"{COLUMNS}"', head, count=1) if has_paper else head


def frame_of(xml: str) -> Frame:
    """Return the frame of a worksheet; of links without the texts that their cells hold."""
    head, _, rest = xml.partition("<sheetData")
    rows, end, tail = rest.partition("</sheetData>")
    if not end:  # a sheet without rows
        rows, _, tail = rest.partition("/>")
    marks = {int(number): marks for number, marks in _ROW.findall(rows) if marks}
    tail = _SAID_TWICE.sub(r"\1", tail)
    return Frame(f"{head}<sheetData>", marks, f"</sheetData>{tail}")


def styles_in(xml: str, samples: Mapping[str, Address]) -> dict[str, str]:
    """Return the attribute that gives a cell its style, read off a sample of each."""
    numbers = dict(_STYLED.findall(xml))
    found = {style: numbers[address(*at)] for style, at in samples.items()}
    return {style: f' s="{number}"' if number else "" for style, number in found.items()}
