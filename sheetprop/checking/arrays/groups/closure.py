"""What a block's formulas come to at random numbers, and which of them they take."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sheetprop.calculating.engine import Engine
from sheetprop.checking.arrays.terms import Place
from sheetprop.notation.mentioned import Area, areas_in
from sheetprop.workbooks.sheet import Cell, Sheet, Value, Workbook

POINTS = 3
LARGEST_AREA = 4096
SMALL = 0.02
_NUMBER = re.compile(r"(?<![\w.$])(?:\d++(?:\.\d*+)?|\.\d++)(?:[eE][-+]?\d++)?(?![\w.(])")


@dataclass(frozen=True)
class Taken:
    """The numbers that a formula takes in the end: in ranges, and one by one."""

    ranges: frozenset[Place] = frozenset()
    single: frozenset[Place] = frozenset()


@dataclass
class Laboratory:
    """Formulas over cells whose numbers are drawn: everything else that they take is given."""

    workbook: Workbook
    formulas: Mapping[Place, str]
    values: list[dict[Place, Value]] = field(default_factory=list)
    known: dict[Place, Taken] = field(default_factory=dict)
    sheets: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.sheets = {sheet.name.casefold(): sheet.name for sheet in self.workbook.sheets}
        self.run()

    def run(self) -> None:
        """Calculate all formulas at a few points."""
        generator = random.Random(3)  # noqa: S311 - no secret
        given = sorted({p for at in self.formulas for p in self.direct(at)} - {*self.formulas})
        given = [place for place in given if self.has_number(place)]
        cells: dict[str, dict[tuple[int, int], Cell]] = {n: {} for n in self.sheets.values()}
        for place in given:
            cells[place[0]][place[1]] = Cell(0.5)
        for place, text in self.formulas.items():
            cells[place[0]][place[1]] = Cell(None, text)
        book = Workbook(tuple(Sheet(*one) for one in cells.items()), self.workbook.names)
        engine = Engine(book)
        for _ in range(POINTS):
            drawn: dict[Place, Value] = {one: generator.uniform(0.1, 2) for one in given}
            engine.set_all(drawn)
            engine.recalculate()
            own = {place: engine.value(*place) for place in self.formulas}
            self.values.append({**drawn, **own})

    def has_number(self, place: Place) -> bool:
        """Whether a cell has a number, or a formula."""
        cell = self.workbook[place[0]].cells.get(place[1])
        if cell is None or isinstance(cell.value, bool):
            return False
        return cell.formula is not None or isinstance(cell.value, int | float)

    def areas(self, place: Place) -> Iterator[Area]:
        """Yield what a formula mentions."""
        for area in areas_in(self.formulas[place], place[0], self.sheets):
            if len(area.rows) * len(area.columns) <= LARGEST_AREA:
                yield area._replace(sheet=self.sheets[area.sheet.casefold()])

    def direct(self, place: Place) -> Iterator[Place]:
        """Yield the cells that a formula mentions."""
        for area in self.areas(place):
            yield from ((area.sheet, (r, c)) for r in area.rows for c in area.columns)

    def taken(self, place: Place, depth: int = 0) -> Taken:
        """Return the given numbers that a formula takes, itself and through others."""
        if place not in self.known and depth < 20:
            self.known[place] = Taken()  # a circle ends here
            ranges: set[Place] = set()
            single: set[Place] = set()
            for area in self.areas(place):
                many = len(area.rows) * len(area.columns) > 1
                for r in area.rows:
                    for c in area.columns:
                        self._take((area.sheet, (r, c)), many, ranges, single, depth)
            self.known[place] = Taken(frozenset(ranges), frozenset(single))
        return self.known.get(place, Taken())

    def _take(
        self, own: Place, many: bool, ranges: set[Place], single: set[Place], depth: int
    ) -> None:
        if own not in self.formulas:
            if self.has_number(own):
                (ranges if many else single).add(own)
            return
        below = self.taken(own, depth + 1)
        ranges |= below.ranges | (below.single if many else frozenset())
        if not many:
            single |= below.single

    def constants(self, place: Place) -> list[float]:
        """Return the small numbers in a formula, and in those that it takes."""
        texts = {self.formulas[place]}
        texts |= {self.formulas[p] for p in self.direct(place) if p in self.formulas}
        found = {float(n) for text in texts for n in _NUMBER.findall(text)}
        return sorted(number for number in found if 0 < number < SMALL)

    def numbers(self, places: Sequence[Place]) -> list[list[float]]:
        """Return the numbers of some cells at each point, none where one has none."""
        rows = [[values.get(place) for place in places] for values in self.values]
        return [[float(v) for v in row if isinstance(v, int | float)] for row in rows]
