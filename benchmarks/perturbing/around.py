"""What stands around a right table otherwise: its rates, its headers, the names of its rows."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from dataclasses import replace
from random import Random

from perturbing.elsewhere import _is_plain, _widened
from perturbing.references import Address, Place, Reference, address_text, rewritten
from perturbing.relocating import NotPossibleError
from perturbing.sources import Region, Source, changed
from sheetprop.workbooks.sheet import Cell

LABELS = ("Iteration {}", "iter {}", "{}.", "#{}", "epoch {}", "t={}", "({})", "step {}")
LEAST_COUNTED = 4


def counters(source: Source) -> list[tuple[Region, list[Address], list[float]]]:
    """Return the columns beside tables that count their rows, with what they hold."""
    inside = {(r.sheet, a) for r in source.regions for a in r.cells.values()}
    found = []
    for region in source.regions:
        rows = sorted({row for row, _ in region.cells.values()})
        for column in range(1, 60):
            own = [(row, column) for row in rows]
            cells = [source.cell((region.sheet, at)) for at in own]
            values = [c.value if isinstance(c, Cell) and not c.formula else None for c in cells]
            counted = [float(v) for v in values if isinstance(v, float | int)]
            is_counter = len(counted) == len(own) >= LEAST_COUNTED and all(
                b - a == 1 for a, b in itertools.pairwise(counted)
            )
            if is_counter and not any((region.sheet, at) in inside for at in own):
                found.append((region, own, counted))
    return found


def other_first_number(source: Source, draw: Random) -> Source:
    """Let the column that counts the iterations begin with another number, or count in tens."""
    first, step = draw.choice(((1, 1), (0, 1), (100, 1), (0, 10), (10, -1), (0.0, 0.5)))
    return _counted(source, lambda k, _: Cell(float(first + k * step)))


def rows_named(source: Source, draw: Random) -> Source:
    """Write texts such as "Iteration 3" for the numbers of the iterations."""
    pattern = draw.choice(LABELS)
    return _counted(source, lambda _, number: Cell(pattern.format(f"{number:g}")))


def counted_by_formulas(source: Source, draw: Random) -> Source:
    """Count the iterations by formulas."""
    pattern = draw.choice(("={a}+1", "=ROW()-{r}", "=1+{a}", "=SUM({a},1)"))
    new: dict[Place, Cell | None] = {}
    for region, own, numbers in counters(source):
        for above, at in itertools.pairwise(own):
            text = pattern.format(a=address_text(above), r=own[0][0] - int(numbers[0]))
            new[region.sheet, at] = Cell(None, text)
    return _with(source, new)


def _counted(source: Source, write: Callable[[int, float], Cell]) -> Source:
    new: dict[Place, Cell | None] = {}
    for region, own, numbers in counters(source):
        cells = enumerate(zip(own, numbers, strict=True))
        new |= {(region.sheet, at): write(k, number) for k, (at, number) in cells}
    return _with(source, new)


def _with(source: Source, cells: dict[Place, Cell | None]) -> Source:
    if not cells:
        raise NotPossibleError("nothing to write")
    return replace(source, workbook=changed(source.workbook, cells))


def headers_repeated(source: Source, draw: Random) -> Source:
    """Insert the row of headers into a table again, as on a second page."""
    made, (sheet, (row, _)) = _widened(source, draw, 1, lines=False)
    new: dict[Place, Cell | None] = {}
    for region in made.regions:
        rows = {r for r, _ in region.cells.values()}
        if region.across or region.sheet != sheet or not min(rows) < row < max(rows):
            continue
        for address in region.headers.values():
            cell = made.cell((sheet, address))
            if isinstance(cell, Cell) and cell.formula is None:
                new[sheet, (row, address[1])] = cell
    return _with(made, new)


def rate_in_a_column(source: Source, draw: Random) -> Source:
    """Repeat the rate in a column of its own, from which every update takes it."""
    region = draw.choice(source.regions)
    if region.across or not _is_plain(region) or region.rate is None:
        raise NotPossibleError("no columns")
    sheet, rate = region.rate
    if sheet != region.sheet or not isinstance(source.cell(region.rate), Cell):
        raise NotPossibleError("the rate is elsewhere")
    column = max(c for _, c in source.workbook[sheet].cells) + draw.choice((1, 2))
    fixed = re.sub(r"([A-Z]+)(\d+)", r"=$\1$\2", address_text(rate))
    new: dict[Place, Cell | None] = {}
    for (_, step), at in region.cells.items():
        cell = source.cell((sheet, at))
        if not step or not isinstance(cell, Cell) or not cell.formula or cell.array:
            continue
        above = (at[0] - 1, column)

        def own(one: Reference, above: Address = above) -> object:
            is_rate = one.start.address == rate and one.end is None and one.sheet is None
            return address_text(above) if is_rate else one

        text = rewritten(cell.formula, own)
        if text != cell.formula:
            new[sheet, at] = Cell(None, text)
            new[sheet, above] = Cell(None, fixed)
    if new and draw.random() < 0.8:
        new[sheet, (min(region.headers.values())[0], column)] = Cell(
            draw.choice(("η", "eta", "learning rate"))
        )
    return _with(source, new)


def rate_by_a_cell(source: Source, draw: Random) -> Source:
    """Type the rate elsewhere, with a label, and take it from there."""
    region = draw.choice(source.regions)
    cell = source.cell(region.rate) if region.rate else None
    if region.rate is None or not isinstance(cell, Cell) or cell.formula:
        raise NotPossibleError("no rate in a cell")
    sheet, _ = region.rate
    held = source.workbook[sheet].cells
    row, column = draw.choice((1, 2)), max(c for _, c in held) + 3
    return _with(
        source,
        {
            (sheet, (row, column)): Cell(draw.choice(("η", "Learning rate", "lr"))),
            (sheet, (row, column + 1)): cell,
            region.rate: Cell(None, f"={address_text((row, column + 1))}"),
        },
    )


AROUND: dict[str, Callable[[Source, Random], Source]] = {
    "other first number": other_first_number,
    "rows named": rows_named,
    "counted by formulas": counted_by_formulas,
    "headers repeated": headers_repeated,
    "rate in a column": rate_in_a_column,
    "rate by a cell": rate_by_a_cell,
}
