"""The same cells in other places: moved, turned, reordered, on other sheets, with notes between."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

from perturbing.references import Address, Place, references
from perturbing.relocating import NotPossibleError, relocated
from perturbing.sources import Region, Source
from sheetprop.workbooks.sheet import Cell, Sheet, Workbook

SHEETS = (
    *("Blatt 1", "Übung", "Mike's sheet", "2024", "R1C1", "A1", "Back-Prop", "計算", "data.final"),
    *("Copy of Sheet1 (2)", "TRUE", "x", "my sheet!", "Gradient descent & co"),
)
NOTES = ("half way", "look here", "→ falls", "---", "watch E", "note: slow from here")


def moved(source: Source, draw: Random) -> Source:
    """Move everything down and to the right."""
    down, right = draw.choice((0, 1, 3, 17, 400)), draw.choice((0, 1, 5, 30))
    return relocated(source, lambda p: (p[0], (p[1][0] + down, p[1][1] + right)))


def renamed(source: Source, draw: Random) -> Source:
    """Give the sheets other names."""
    names = [s.name for s in source.workbook.sheets]
    fresh = draw.sample([s for s in SHEETS if s not in names], min(len(names), len(SHEETS)))
    to = dict(zip(names, [*fresh, *names[len(fresh) :]], strict=False))
    made = relocated(source, lambda p: (to[p[0]], p[1]))
    sheets = tuple(s for s in made.workbook.sheets if s.name not in to or s.cells)
    return replace(made, workbook=Workbook(sheets, made.workbook.names))


def transposed(source: Source, draw: Random) -> Source:
    """Turn rows into columns."""
    del draw
    if any(max(a) > 700 for s in source.workbook.sheets for a in s.cells):
        raise NotPossibleError("too long to turn")
    made = relocated(source, lambda p: (p[0], (p[1][1], p[1][0])))
    return replace(made, regions=tuple(replace(r, across=not r.across) for r in made.regions))


def _line(region: Region, address: Address) -> int:
    return address[0] if region.across else address[1]


def _place(region: Region, address: Address) -> int:
    return address[1] if region.across else address[0]


def _is_plain(region: Region) -> bool:
    """Whether each quantity has a line of its own."""
    lines = [{_line(region, a) for a in cells} for cells in region.quantities.values()]
    return len(region.cells) > len(lines) * 2 and all(len(line) == 1 for line in lines)


def columns_reordered(source: Source, draw: Random) -> Source:
    """Put the columns of every table into another order, the same in tables of one layout."""
    orders: dict[tuple[int, ...], dict[int, int]] = {}
    spans = []
    for region in source.regions:
        if not _is_plain(region):
            raise NotPossibleError("no columns")
        lines = sorted({_line(region, a) for a in region.cells.values()})
        mixed = draw.sample(lines, len(lines))
        order = orders.setdefault(tuple(lines), dict(zip(lines, mixed, strict=True)))
        places = [_place(region, a) for a in (*region.cells.values(), *region.headers.values())]
        spans.append((region, min(places), max(places), order))

    def to(place: Place) -> Place:
        sheet, (row, column) = place
        for region, first, last, order in spans:
            line, at = (row, column) if region.across else (column, row)
            if sheet == region.sheet and first <= at <= last and line in order:
                new = order[line]
                return sheet, (new, column) if region.across else (row, new)
        return place

    return relocated(source, to)


def _widened(source: Source, draw: Random, count: int, *, lines: bool) -> tuple[Source, Place]:
    """Insert blank rows into a table, or columns; the second of the pair is the first new cell."""
    region = draw.choice(source.regions)
    if not _is_plain(region):
        raise NotPossibleError("no rows")
    of = _line if lines else _place
    spots = sorted({of(region, a) for a in region.cells.values()})[2:]
    if len(spots) < 2:
        raise NotPossibleError("nothing between")
    at = draw.choice(spots)
    is_row = region.across if lines else not region.across

    def to(place: Place) -> Place:
        sheet, (row, column) = place
        if sheet != region.sheet:
            return place
        if is_row:
            return sheet, (row + count * (row >= at), column)
        return sheet, (row, column + count * (column >= at))

    first = min(_place(region, a) if lines else _line(region, a) for a in region.cells.values())
    return relocated(source, to), (region.sheet, (at, first) if is_row else (first, at))


def note_between(source: Source, draw: Random) -> Source:
    """Insert a row with a note into a table."""
    made, (sheet, address) = _widened(source, draw, 1, lines=False)
    return _with(made, {(sheet, address): Cell(draw.choice(NOTES))})


def blank_between(source: Source, draw: Random) -> Source:
    """Insert blank rows into a table."""
    return _widened(source, draw, draw.choice((1, 1, 2)), lines=False)[0]


def blank_columns(source: Source, draw: Random) -> Source:
    """Insert a blank column into a table."""
    return _widened(source, draw, 1, lines=True)[0]


def note_beside(source: Source, draw: Random) -> Source:
    """Write notes two columns right of everything, and a number nobody uses."""
    sheet = draw.choice(source.regions).sheet
    right = max(c for _, c in source.workbook[sheet].cells) + 2
    rows = sorted({r for r, _ in source.workbook[sheet].cells})
    notes = {(sheet, (draw.choice(rows), right)): Cell(draw.choice(NOTES)) for _ in range(3)}
    return _with(source, notes | {(sheet, (rows[-1] + 4, right + 1)): Cell(42.0)})


def further_sheet(source: Source, draw: Random) -> Source:
    """Add a sheet with something else."""
    name = next(n for n in SHEETS if n not in {s.name for s in source.workbook.sheets})
    cells = {(1, 1): Cell("Name"), (1, 2): Cell("Marks"), (2, 1): Cell("A"), (2, 2): Cell(7.0)}
    cells |= {(3, 1): Cell("B"), (3, 2): Cell(5.0), (4, 1): Cell("mean")}
    other = Sheet(name, cells | {(4, 2): Cell(6.0, "=AVERAGE(B2:B3)")})
    sheets = source.workbook.sheets
    both = (other, *sheets) if draw.random() < 0.5 else (*sheets, other)
    return replace(source, workbook=Workbook(both, source.workbook.names))


def _given(source: Source, region: Region) -> dict[str, list[Address]]:
    """Return the inputs, targets and first weights that are typed, by quantity."""
    found: dict[str, list[Address]] = {}
    for (name, step), address in region.cells.items():
        cell = source.workbook[region.sheet].cells.get(address)
        is_number = (
            cell is not None and cell.formula is None and isinstance(cell.value, float | int)
        )
        if is_number and (step == 0 or name[0] in "it"):
            found.setdefault(name, []).append(address)
    return found


def given_on_another_sheet(source: Source, draw: Random) -> Source:
    """Put inputs, targets and first weights on a sheet of their own; cells refer to them there."""
    name = draw.choice(("Data", "Inputs", "My data", "Vorgaben"))
    if name in {s.name for s in source.workbook.sheets}:
        raise NotPossibleError("there is one already")
    text = name if " " not in name else f"'{name}'"
    cells: dict[Address, Cell] = {}
    changes: dict[Place, Cell | None] = {}
    kinds = draw.choice(("it", "w", "itw"))
    for number, region in enumerate(source.regions):
        for row, (quantity, addresses) in enumerate(_given(source, region).items(), 2):
            values = {source.workbook[region.sheet].cells[a].value for a in addresses}
            if len(values) != 1 or quantity[0] not in kinds:
                continue
            cells[row, 1], cells[row, 2 + number] = Cell(quantity), Cell(values.pop())
            target = f"={text}!${'BCDEFGHIJ'[number % 9]}${row}"
            changes |= {(region.sheet, a): Cell(None, target) for a in addresses}
    if not changes or len(source.regions) > 9:
        raise NotPossibleError("nothing is typed")
    made = _with(source, changes)
    sheets = (*made.workbook.sheets, Sheet(name, cells))
    return replace(made, workbook=Workbook(sheets, made.workbook.names))


def rate_on_another_sheet(source: Source, draw: Random) -> Source:
    """Move the learning rates to a sheet of settings, labelled there."""
    del draw
    places = list(dict.fromkeys(r.rate for r in source.regions if r.rate))
    used = {p for p in places if isinstance(source.cell(p), Cell)}
    if not used or "Settings" in {s.name for s in source.workbook.sheets}:
        raise NotPossibleError("no rate in a cell")
    to = {place: ("Settings", (2 + k, 2)) for k, place in enumerate(places)}
    made = relocated(source, lambda p: to.get(p, p))
    return _with(
        made, {("Settings", (2 + k, 1)): Cell("Learning rate") for k in range(len(places))}
    )


def _with(source: Source, cells: dict[Place, Cell | None]) -> Source:
    from perturbing.sources import changed

    return replace(source, workbook=changed(source.workbook, cells))


def row_removed_below(source: Source, draw: Random) -> Source:
    """Cut the last iterations off, where nothing refers to them."""
    region = draw.choice(source.regions)
    if not _is_plain(region):
        raise NotPossibleError("no rows")
    last = max(step for _, step in region.cells)
    gone = {a for (_, step), a in region.cells.items() if step == last}
    mentioned = {
        inner
        for sheet in source.workbook.sheets
        for address, cell in sheet.cells.items()
        if cell.formula and not (sheet.name == region.sheet and address in gone)
        for reference in references(cell.formula)
        if (reference.sheet or sheet.name) == region.sheet
        for inner in reference.cells()
    }
    if gone & mentioned or last < 3:
        raise NotPossibleError("it is used")
    kept = {key: a for key, a in region.cells.items() if a not in gone}
    regions = tuple(replace(r, cells=kept) if r is region else r for r in source.regions)
    made = _with(source, {(region.sheet, a): None for a in gone})
    return replace(made, regions=regions)


ELSEWHERE: dict[str, Callable[[Source, Random], Source]] = {
    "moved": moved,
    "sheet renamed": renamed,
    "transposed": transposed,
    "columns reordered": columns_reordered,
    "note between rows": note_between,
    "blank rows between": blank_between,
    "blank column between": blank_columns,
    "notes beside": note_beside,
    "further sheet": further_sheet,
    "given on another sheet": given_on_another_sheet,
    "rate on another sheet": rate_on_another_sheet,
}
