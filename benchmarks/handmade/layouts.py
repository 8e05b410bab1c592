"""How people lay a worksheet out: order of columns, lines between, where the rate stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from handmade.forms import form_of
from handmade.grids import Grid, RatePlace, dollar
from handmade.runs import Run
from handmade.spellings import kind_of
from sheetprop.workbooks.sheet import Address

ARRANGEMENTS = ("one", "one", "one", "one", "stacked", "beside", "sheets", "form")
RATES = ("above", "above", "above", "two above", "label above", "line", "name", "sheet", "typed")
NAMES = ("eta", "η", "LR", "learning_rate", "alpha")
SETTINGS = ("Settings", "My settings", "η", "Parameters 1")


@dataclass(frozen=True)
class Layout:
    """What was drawn about a worksheet's looks, before anything has an address."""

    arrangement: str
    across: bool
    order: str
    under_header: str  # nothing, blank lines, units
    above_header: bool  # a line of group titles
    separators: str  # blank lines between iterations
    spacers: bool  # blank columns between groups
    counts: bool  # an iteration column
    rate: str
    given: str  # typed, copied, fixed, block, list
    header: int
    first_line: int

    @classmethod
    def drawn(cls, draw: Random) -> Layout:
        """Draw each aspect by itself, most of them plain."""

        def seldom(plain: str, *others: str) -> str:
            return plain if draw.random() < 0.7 else draw.choice(others)

        given = seldom("typed", "copied", "fixed", "block", "block", "list")
        arrangement = draw.choice(ARRANGEMENTS)
        if arrangement == "form":
            return FORM
        return cls(
            arrangement=arrangement,
            across=draw.random() < 0.15,
            order=seldom("textbook", "shuffled", "by kind", "backwards", "alphabetical"),
            under_header=seldom("nothing", "one blank", "units", "two blanks"),
            above_header=draw.random() < 0.15,
            separators=seldom("none", "after the first", "every five", "every other"),
            spacers=draw.random() < 0.1,
            counts=draw.random() < 0.3,
            rate=draw.choice(RATES),
            given=given,
            header=draw.choice((8, 9, 12, 20, 31, 40, 106)),
            first_line=draw.choice((1, 1, 2, 2, 3, 8, 28)),
        )


FORM = Layout(
    "form", False, "textbook", "nothing", False, "none", False, False, "above", "typed", 1, 1
)
"""A form has no lines: only that its numbers are typed and where the rate stands matters."""


def ordered(layout: Layout, run: Run, names: Sequence[str], draw: Random) -> list[str]:
    """Return quantities and helpers in the order of the columns."""
    quantities = [name for name in run.network.quantities if name in names]
    helpers = [name for name in names if name not in quantities]
    if layout.order == "shuffled":
        return draw.sample([*quantities, *helpers], len(names))
    if layout.order == "backwards":
        quantities.reverse()
    if layout.order == "alphabetical":
        quantities.sort()
    if layout.order == "by kind":
        kinds = list(dict.fromkeys(kind_of(name)[0] for name in quantities))
        quantities.sort(key=lambda name: kinds.index(kind_of(name)[0]))
    if helpers and draw.random() < 0.5:
        place = next((k for k, n in enumerate(quantities) if n.startswith("dE")), 0)
        return [*quantities[:place], *helpers, *quantities[place:]]
    return [*quantities, *helpers]


def grids_of(
    layout: Layout, run: Run, names: Sequence[str], fixed: dict[str, Address], draw: Random
) -> list[Grid]:
    """Return one grid for each rate, the first where the layout says."""
    if layout.arrangement == "form":
        return [form_of(run, names, draw.choice(("Sheet1", "one step")), draw)]
    first = _first_grid(layout, run, names, fixed, draw)
    columns = max(first.lines.values()) - layout.first_line + 1 + layout.counts
    rows = first.places[-1] - first.header + 1
    across, down = (rows, columns) if layout.across else (columns, rows)
    gap = draw.randint(3, 6)
    grids = []
    for number, value in enumerate(run.rates):
        sheet = f"lr {value:g}" if layout.arrangement == "sheets" else first.sheet
        grid = first.moved(
            sheet=sheet,
            down=number * (down + gap + 3) if layout.arrangement == "stacked" else 0,
            right=number * (across + gap) if layout.arrangement == "beside" else 0,
        )
        grids.append(_with_rate(layout, grid, value, number, draw))
    return grids


def _first_grid(
    layout: Layout, run: Run, names: Sequence[str], fixed: dict[str, Address], draw: Random
) -> Grid:
    line = layout.first_line if not layout.across else max(8, layout.first_line)
    if layout.given == "list" and fixed and not layout.across:
        line += 3
    header = layout.header if not layout.across else layout.first_line + 1
    iteration_line = line if layout.counts else None
    line += layout.counts
    lines: dict[str, int] = {}
    for name in ordered(layout, run, [n for n in names if n not in fixed], draw):
        starts_group = lines and kind_of(name)[0] != kind_of(next(reversed(lines)))[0]
        line += bool(layout.spacers and starts_group and draw.random() < 0.5)
        lines[name] = line
        line += 1
    return Grid(
        sheet=draw.choice(("Sheet1", "Tabelle1", "Back prop", "Sheet 2", "calc")),
        across=layout.across,
        header=header,
        places=tuple(_places(layout, header, run.iterations)),
        lines=lines,
        rate=RatePlace("none"),
        value=0.0,
        fixed=fixed,
        iteration_line=iteration_line,
    )


def _places(layout: Layout, header: int, count: int) -> list[int]:
    gaps = {"nothing": 0, "one blank": 1, "units": 1, "two blanks": 2}
    place = header + 1 + gaps[layout.under_header]
    every = {"none": 0, "after the first": 0, "every five": 5, "every other": 2}[layout.separators]
    found = []
    for step in range(count):
        is_gap = (
            step == 1 if layout.separators == "after the first" else every and step % every == 0
        )
        place += bool(step and is_gap)
        found.append(place)
        place += 1
    return found


def _with_rate(layout: Layout, grid: Grid, value: float, number: int, draw: Random) -> Grid:
    rate = _rate(layout, grid, value, number, draw)
    return Grid(**{**grid.__dict__, "rate": rate, "value": value})


def _rate(layout: Layout, grid: Grid, value: float, number: int, draw: Random) -> RatePlace:
    first, last = min(grid.lines.values()), max(grid.lines.values())
    if layout.rate == "line":
        return RatePlace("line", line=last + 1, shift=draw.choice((-1, 0)))
    if layout.rate == "typed":
        return RatePlace("typed", repr(value))
    if layout.rate == "sheet":
        sheet = draw.choice(SETTINGS) if number == 0 else SETTINGS[0]
        cell = (2 + number, 2)
        quoted = sheet if sheet.isalnum() else f"'{sheet}'"
        return RatePlace("sheet", f"{quoted}!{dollar(cell, '$', '$')}", (sheet, cell))
    cell = _cell_above(layout, grid, first, last, draw)
    text = _with_dollars(cell, grid.across, draw)
    if layout.rate == "name":
        text = NAMES[number] if number else draw.choice(NAMES[:1] + NAMES[3:])
    return RatePlace(layout.rate, text, (grid.sheet, cell))


def _cell_above(layout: Layout, grid: Grid, first: int, last: int, draw: Random) -> Address:
    """Return a cell above the table, one or two lines over the group titles if there are any."""
    up = 1 + (layout.rate in ("two above", "name"))
    if grid.across:
        return first - up - layout.counts, draw.randint(grid.header + 1, grid.header + 3)
    column = draw.randint(max(2, first), last)
    return grid.header - up - layout.above_header, column


def _with_dollars(cell: Address, across: bool, draw: Random) -> str:
    if draw.random() < 0.8:
        return dollar(cell, "$", "$")
    return dollar(cell, "$", "") if across else dollar(cell, "", "$")
