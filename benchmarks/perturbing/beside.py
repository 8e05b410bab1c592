"""What people add to a right table or carry elsewhere, so that nothing changes in it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from dataclasses import replace
from random import Random

from perturbing.columns import all_formulas, drawn_column, formulas_of, with_formulas
from perturbing.references import Address, Place, address_text, quoted, rewritten
from perturbing.relocating import NotPossibleError, relocated
from perturbing.sources import Region, Source, changed
from sheetprop.workbooks.sheet import Cell, Sheet, Workbook

REMARKS = ("← here", "starts to fall", "ok", "!", "see page 3", "w1 = old - rate * slope", "0.5?")
UNITS = ("{} [-]", "{} (-)", "{}\n[-]", "{}\n(new)", "{} [1]", "{}, sample 1", "{} (old)")
SUMS = (("sum", "SUM"), ("mean", "AVERAGE"), ("max", "MAX"), ("minimum", "MIN"), ("count", "COUNT"))
NAMES = ("own_", "given.", "in_", "Wert_")


def _with(source: Source, cells: dict[Place, Cell | None]) -> Source:
    if not cells:
        raise NotPossibleError("nothing to write")
    return replace(source, workbook=changed(source.workbook, cells))


def _down(source: Source, draw: Random) -> Region:
    """Return a table whose iterations go down."""
    own = [region for region in source.regions if not region.across]
    if not own:
        raise NotPossibleError("iterations across")
    return draw.choice(own)


def _column(region: Region, name: str) -> list[Address]:
    found = region.quantities[name]
    if len({column for _, column in found}) > 1:
        raise NotPossibleError("not a column")
    return found


def _is_free(source: Source, sheet: str, cells: list[Address]) -> bool:
    held = source.workbook[sheet].cells
    return all(cell not in held for cell in cells)


def remarks_adjacent(source: Source, draw: Random) -> Source:
    """Write remarks into the column right beside a table, or left of it."""
    region = _down(source, draw)
    rows = sorted({row for row, _ in region.cells.values()})
    columns = [column for _, column in region.cells.values()]
    column = draw.choice((max(columns) + 1, min(columns) - 1))
    spots = [(row, column) for row in draw.sample(rows, min(2, len(rows)))]
    if column < 1 or not _is_free(source, region.sheet, spots):
        raise NotPossibleError("no room")
    return _with(source, {(region.sheet, at): Cell(draw.choice(REMARKS)) for at in spots})


def summary_below(source: Source, draw: Random) -> Source:
    """Write sums or means of some columns right below a table, or a row further."""
    region = _down(source, draw)
    label, function = draw.choice(SUMS)
    names = draw.sample(sorted(region.quantities), min(3, len(region.quantities)))
    last = max(row for row, _ in region.cells.values())
    row = last + draw.choice((1, 2, 3))
    cells: dict[Place, Cell | None] = {}
    for name in ("E_total", *names) if "E_total" in region.quantities else names:
        own = _column(region, name)
        ends = f"{address_text(own[0])}:{address_text(own[-1])}"
        cells[region.sheet, (row, own[0][1])] = Cell(None, f"={function}({ends})")
    left = min(column for _, column in region.cells.values()) - 1
    if left:
        cells[region.sheet, (row, left)] = Cell(label)
    if not _is_free(source, region.sheet, [at for _, at in cells]):
        raise NotPossibleError("no room")
    return _with(source, cells)


def further_column(source: Source, draw: Random) -> Source:
    """Add a column that nothing takes: how E_total changes, or its root, or a copy."""
    region = _down(source, draw)
    if "E_total" not in region.quantities:
        raise NotPossibleError("no E_total")
    own = _column(region, "E_total")
    column = max(c for _, c in source.workbook[region.sheet].cells) + draw.choice((1, 2))
    header, pattern = draw.choice(
        (
            ("change of E", "={a}-{b}"),
            ("root", "=SQRT({a})"),
            ("E in %", "={a}*100"),
            ("ratio", "={a}/{b}"),
            ("E rounded", "=ROUND({a},3)"),
            ("falls?", '=IF({a}<{b},"yes","no")'),
        )
    )
    cells: dict[Place, Cell | None] = {}
    for above, at in itertools.pairwise(own):
        text = pattern.format(a=address_text(at), b=address_text(above))
        cells[region.sheet, (at[0], column)] = Cell(None, text)
    cells[region.sheet, (region.headers["E_total"][0], column)] = Cell(header)
    return _with(source, cells)


def units_in_headers(source: Source, draw: Random) -> Source:
    """Write units or a second line into all headers, or into one."""
    pattern, share = draw.choice(UNITS), draw.choice((0.1, 1.0))
    new: dict[Place, Cell | None] = {}
    for region in source.regions:
        for address in region.headers.values():
            cell = source.workbook[region.sheet].cells.get(address)
            if cell is not None and isinstance(cell.value, str) and draw.random() < share:
                new[region.sheet, address] = Cell(pattern.replace("{}", cell.value))
    return _with(source, new)


def sheet_copied(source: Source, draw: Random) -> Source:
    """Copy a sheet, as a person does before trying something."""
    old = source.workbook[draw.choice(source.regions).sheet]
    name = f"{old.name} (2)"
    is_own = any(f"{quoted(old.name)}!" in (cell.formula or "") for cell in old.cells.values())
    if is_own or any(cell.array for cell in old.cells.values()):
        raise NotPossibleError("it refers to itself by name")
    if name in {sheet.name for sheet in source.workbook.sheets}:
        raise NotPossibleError("there is one already")
    sheets = [*source.workbook.sheets, Sheet(name, old.cells)]
    return replace(source, workbook=Workbook(tuple(sheets), source.workbook.names))


def given_named(source: Source, draw: Random) -> Source:
    """Give the cells of typed inputs and targets names, where all rows take the first one."""
    names = dict(source.workbook.names)
    made = source
    for number, region in enumerate(source.regions):
        for name in [n for n in region.quantities if re.fullmatch(r"[it]\d", n)]:
            own = region.quantities[name]
            cells = [source.cell((region.sheet, at)) for at in own]
            if any(not isinstance(c, Cell) or c.formula or c != cells[0] for c in cells):
                continue
            taken = f"{draw.choice(NAMES)}{name}{number or 'a'}"
            letters, row = re.fullmatch(r"([A-Z]+)(\d+)", address_text(own[0])).groups()  # type: ignore[union-attr]
            names[taken] = f"{quoted(region.sheet)}!${letters}${row}"
            made = with_formulas(made, region.sheet, dict.fromkeys(own[1:], f"={taken}"))
    if made is source:
        raise NotPossibleError("nothing is typed in every row")
    return replace(made, workbook=Workbook(made.workbook.sheets, names))


def rate_moved(source: Source, draw: Random) -> Source:
    """Cut the rate's cell and its label out and paste them elsewhere on the sheet."""
    region = draw.choice(source.regions)
    if region.rate is None or not isinstance(source.cell(region.rate), Cell):
        raise NotPossibleError("no rate in a cell")
    sheet, (row, column) = region.rate
    label = (sheet, (row, column - 1))
    content = source.cell(label)
    is_label = isinstance(content, Cell) and isinstance(content.value, str) and not content.formula
    headers = {(r.sheet, a) for r in source.regions for a in r.headers.values()}
    if (
        not is_label
        or label in headers
        or any(other.rate == region.rate for other in source.regions if other is not region)
    ):
        raise NotPossibleError("no label")
    held = source.workbook[sheet].cells
    there = (draw.choice((1, 2, max(r for r, _ in held) + 3)), max(c for _, c in held) + 3)
    to = {region.rate: (sheet, (there[0], there[1] + 1)), label: (sheet, there)}
    return relocated(source, lambda p: to.get(p, p))


def helpers_hidden(source: Source, draw: Random) -> Source:
    """Calculate the neurons' sums or slopes on a hidden sheet of helpers."""
    region, _, formulas = drawn_column(source, draw)
    name = draw.choice(("Helper", "calc", "tmp 1", "_hidden"))
    if name in {s.name for s in source.workbook.sheets}:
        raise NotPossibleError("there is one already")
    cells = {
        at: Cell(None, rewritten(f, lambda r: replace(r, sheet=r.sheet or region.sheet)))
        for at, f in formulas.items()
    }
    new = {at: f"={quoted(name)}!{address_text(at)}" for at in formulas}
    made = with_formulas(source, region.sheet, new)
    sheets = (*made.workbook.sheets, Sheet(name, cells, (), draw.random() < 0.7))
    return replace(made, workbook=Workbook(sheets, made.workbook.names))


def sums_as_ranges(source: Source, draw: Random) -> Source:
    """Write sums of neighbouring cells as the sum of a range, one sum of cells as SUM."""
    as_range = draw.random() < 0.5

    def write(formula: str) -> str:
        found = re.fullmatch(r"=\s*(\$?[A-Z]+\$?\d+)\s*\+\s*(\$?[A-Z]+\$?\d+)", formula)
        return f"=SUM({found[1]}{':' if as_range else ','}{found[2]})" if found else formula

    made = all_formulas(source, write)
    if made.workbook == source.workbook:
        raise NotPossibleError("no sum of two")
    return made


def first_of_all(source: Source, draw: Random) -> Source:
    """Take inputs and targets of all rows from the first row, by absolute references."""
    region = _down(source, draw)
    new: dict[Address, str] = {}
    for name in [n for n in region.quantities if re.fullmatch(r"[it]\d", n)]:
        own = region.quantities[name]
        cells = [source.cell((region.sheet, at)) for at in own]
        if all(isinstance(c, Cell) and not c.formula and c == cells[0] for c in cells):
            letters, row = re.fullmatch(r"([A-Z]+)(\d+)", address_text(own[0])).groups()  # type: ignore[union-attr]
            new |= dict.fromkeys(own[1:], f"=${letters}${row}")
    if not new:
        raise NotPossibleError("nothing is typed in every row")
    return with_formulas(source, region.sheet, new)


def steps_of_two(source: Source, draw: Random) -> Source:
    """Write the update's step in a column of its own: η · ∂E/∂w, and the weight minus that."""
    region = _down(source, draw)
    weights = [n for n in region.quantities if re.fullmatch(r"w\d+", n)]
    held = source.workbook[region.sheet].cells
    right = max(c for _, c in held) + 1
    new: dict[Address, str] = {}
    for name in weights:
        for at, formula in formulas_of(source, region, name).items():
            found = re.fullmatch(r"=\s*(\$?[A-Z]+\$?\d+)\s*-\s*([^+-]+)", formula)
            if found is None or region.names[at][1] == 0:
                continue
            helper = (at[0], right + weights.index(name))
            new[helper] = f"={found[2]}"
            new[at] = f"={found[1]}-{address_text(helper)}"
    if not new:
        raise NotPossibleError("no plain updates")
    return with_formulas(source, region.sheet, new)


BESIDE: dict[str, Callable[[Source, Random], Source]] = {
    "remarks adjacent": remarks_adjacent,
    "summary below": summary_below,
    "further column": further_column,
    "units in headers": units_in_headers,
    "sheet copied": sheet_copied,
    "given named": given_named,
    "rate moved": rate_moved,
    "helpers hidden": helpers_hidden,
    "sums as ranges": sums_as_ranges,
    "first of all rows": first_of_all,
    "steps in columns": steps_of_two,
}
