"""The points that charts store for previews to draw, put into what XlsxWriter makes of a chart.

XlsxWriter takes ten times as long for them. It writes one point in the place of all: their number
here, by which they are found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sheetprop.workbooks.writing.rows.cells import digits

Numbers = tuple[float | None, ...]

_FIRST = 10**15
"""The number that stands for the first points: none that a chart would store."""

_PLACE = re.compile(
    r'<c:ptCount val="1"/><c:pt idx="0"><c:v>(1\d{15})</c:v></c:pt>(?=</c:numCache>)'
)

_NEEDLESS = re.compile(
    "<c:printSettings>.*?</c:printSettings>"
    '|<c:numCache><c:formatCode>General</c:formatCode><c:ptCount val="0"/></c:numCache>'
)
"""What a chart may do without: how it is printed alone, and stores of no points."""


class Points:
    """The points of all charts of a file, each series once."""

    def __init__(self) -> None:
        self._numbers: dict[Numbers, int] = {}
        self._written: dict[int, str] = {}

    def place(self, values: Numbers) -> list[int]:
        """Keep points, and return what stands in their place; nothing for none."""
        if not values:
            return []
        number = self._numbers.setdefault(values, _FIRST + len(self._numbers))
        return [number]

    def put_into(self, xml: str) -> Iterator[str]:
        """Yield a chart with its points, in pieces."""
        kept = list(self._numbers)
        xml = _NEEDLESS.sub("", xml)
        end = 0
        for match in _PLACE.finditer(xml):
            yield xml[end : match.start()]
            number = int(match[1])
            if number not in self._written:
                self._written[number] = _element(kept[number - _FIRST])
            yield self._written[number]
            end = match.end()
        yield xml[end:]


def _element(values: Numbers) -> str:
    """Return points as a picture shows them: more digits would make the file large."""
    points = (
        f'<c:pt idx="{number}"><c:v>{digits(float(f"{value:.3g}"))}</c:v></c:pt>'
        for number, value in enumerate(values)
        if value is not None
    )
    return f'<c:ptCount val="{len(values)}"/>{"".join(points)}'
