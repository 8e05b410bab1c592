"""A draft becomes a workbook: cells, notes around them, stored values, perhaps a real file."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from random import Random

import openpyxl
from openpyxl.workbook.defined_name import DefinedName

from handmade.drafts import Draft, contents, label_of
from handmade.forms import FormGrid
from handmade.grids import Grid, dollar
from handmade.spellings import ITERATION, RATE_HEADERS, RATE_LABELS, kind_of
from sheetprop.calculating.engine import Engine
from sheetprop.notation.address import column_letters
from sheetprop.workbooks.reading.read import read
from sheetprop.workbooks.sheet import (
    Address,
    Cell,
    Chart,
    ExcelError,
    Series,
    Sheet,
    Value,
    Workbook,
)
from sheetprop.workbooks.writing.write import write

Cells = dict[Address, Cell]
GROUPS = {
    "t": "Targets",
    "i": "Inputs",
    "w": "Weights",
    "b": "Biases",
    "h": "Forward pass",
    "a_h": "Hidden layer",
    "o": "Output layer",
    "E": "Error",
    "dE/dw": "Backward pass",
}


def workbook_of(draft: Draft) -> Workbook:
    """Return the workbook, with the values of all formulas where the draft says so."""
    sheets: dict[str, Cells] = {}
    names: dict[str, str] = {}
    draw = draft.draw
    label, header, count = (draw.choice(o) for o in (RATE_LABELS, RATE_HEADERS, ITERATION))
    is_unlabelled = draw.random() < 0.2
    for number, grid in enumerate(draft.grids):
        cells = sheets.setdefault(grid.sheet, {})
        if not isinstance(grid, FormGrid):
            _around(draft, grid, cells, Random(draw.random()))
        _put_rate(draft, number, sheets, names, None if is_unlabelled else label, header)
        _put_table(draft, number, cells, count)
    _beside_everything(draft, sheets)
    made = tuple(Sheet(name, cells, _charts(draft, name)) for name, cells in sheets.items())
    workbook = _renamed(draft, Workbook(made, names))
    return with_values(draft, workbook) if draft.has_values or draft.stored else workbook


CHARTED = {"late": (2, 0), "early": (0, -2), "beyond": (0, 2)}
"""How far a chart's range leaves the first and the last iteration."""


def _charts(draft: Draft, sheet: str) -> tuple[Chart, ...]:
    """Return a chart of E_total for each table of a sheet."""
    if draft.layout.arrangement == "form" or draft.chart == "none":
        return ()
    grids = [g for g in draft.grids if g.sheet == sheet and "E_total" in g.lines]
    return tuple(Chart("line", (Series(_loss_range(draft, grid)),)) for grid in grids)


def _loss_range(draft: Draft, grid: Grid) -> str:
    name = "E_total" if draft.chart != "another" else draft.run.network.parameters[0]
    first, last = CHARTED.get(draft.chart, (0, 0))
    start = grid.label(name, 0) if draft.chart == "header" else grid.cell(name, first)
    ends = (start, grid.cell(name, draft.run.iterations - 1 + last))
    first, last = (dollar(cell, "$", "$") for cell in ends)
    return f"'{grid.sheet}'!{first}:{last}"


def _beside_everything(draft: Draft, sheets: Mapping[str, Cells]) -> None:
    """Put texts and pasted losses where nothing else is."""
    cells = sheets[draft.grids[0].sheet]
    right = max(column for _, column in cells) + 8
    if draft.text:
        cells[2, right] = Cell(draft.text)
    if draft.pasted:
        cells[1, right + 2] = Cell(f"lr = {draft.run.rates[0]:g}")
        for row, value in enumerate(draft.pasted, 2):
            cells[row, right + 2] = Cell(value)


def _renamed(draft: Draft, workbook: Workbook) -> Workbook:
    """Return the workbook with other names of some sheets, in its charts too."""
    sheets = []
    for sheet in workbook.sheets:
        old, new = sheet.name, draft.renamed.get(sheet.name, sheet.name)
        charts = tuple(_with_name(chart, old, new) for chart in sheet.charts)
        sheets.append(replace(sheet, name=new, charts=charts))
    return Workbook(tuple(sheets), workbook.names)


def _with_name(chart: Chart, old: str, new: str) -> Chart:
    return replace(
        chart,
        series=tuple(replace(s, values=s.values.replace(old, new)) for s in chart.series),
    )


def _put_table(draft: Draft, number: int, cells: Cells, count: str) -> None:
    grid = draft.grids[number]
    for name in grid.lines:
        if draft.headers[name]:
            cells[grid.label(name, 0)] = Cell(draft.headers[name])
    if isinstance(grid, FormGrid):
        for name in draft.run.network.parameters:
            cells[grid.label(name, 1)] = Cell(grid.new_label.format(draft.first_headers[name]))
    for (name, step), content in contents(draft, number).items():
        if content is not None:
            cells[grid.cell(name, step)] = _cell(grid, content, step)
    if grid.iteration_line is not None:
        cells[grid.at(grid.iteration_line, grid.header)] = Cell(count)
        first = draft.draw.choice((0, 1))
        for step, place in enumerate(grid.places):
            cells[grid.at(grid.iteration_line, place)] = Cell(float(step + first))


def _cell(grid: Grid, content: Value, step: int) -> Cell:
    if isinstance(content, str) and content.startswith("="):
        return Cell(None, grid.filled(content, step))
    return Cell(content)


def _put_rate(
    draft: Draft,
    number: int,
    sheets: dict[str, Cells],
    names: dict[str, str],
    label: str | None,
    header: str,
) -> None:
    grid, rate = draft.grids[number], draft.grids[number].rate
    cells = sheets[grid.sheet]
    if rate.line is not None:
        cells[grid.at(rate.line, grid.header)] = Cell(header)
        for place in grid.places:
            cells[grid.at(rate.line, place)] = Cell(grid.value)
    if rate.cell is None:
        return
    sheet, (row, column) = rate.cell
    home = sheets.setdefault(sheet, {})
    home[row, column] = Cell(grid.value)
    where = (row - 1, column) if rate.kind == "label above" else (row, column - 1)
    if label and min(where) > 0 and where not in home:
        home[where] = Cell(label)
    if rate.kind == "name":
        quoted = sheet if sheet.isalnum() else f"'{sheet}'"
        names[rate.text] = f"{quoted}!${column_letters(column)}${row}"


def _around(draft: Draft, grid: Grid, cells: Cells, draw: Random) -> None:
    """Put what stands around the table: titles, units, given values, theory, notes."""
    for name, cell in grid.fixed.items():
        cells[cell] = Cell(draft.run.start[name])
        cells[label_of(cell)] = Cell(draft.headers[name])
    if draft.layout.under_header == "units":
        for line in grid.lines.values():
            cells[grid.at(line, grid.header + 1)] = Cell(
                draw.choice(("-", "(units)", "typed", "="))
            )
    if draft.layout.above_header:
        for name, line in grid.lines.items():
            title = GROUPS.get(kind_of(name)[0])
            if title and draw.random() < 0.3:
                cells[grid.at(line, grid.header - 1)] = Cell(title)
    if draw.random() < 0.4:
        cells[1, 1] = Cell(draw.choice(("Back propagation", "Assignment 4", "η = 0.5", "2-2-2")))
    if draw.random() < 0.25 and draft.run.is_classic:
        _theory(draft, cells, draw)
    if draw.random() < 0.15:
        _losses(draft, cells)


def _theory(draft: Draft, cells: Cells, draw: Random) -> None:
    """Write formulas and weights out as text, far right of everything and below."""
    texts = [
        *("h1 = w1*i1 + w2*i2", "a_h1 = σ(h1) = 1/(1 + exp(-h1))", "E_total = E1 + E2"),
        *("∂E_total/∂w5 = ∂(E1 + E2)/∂w5", "w1 = 0.15", "∂E1/∂a_o1 = a_o1 - t1", "see lecture 3"),
    ]
    last = max(place for cell in _corner_cells(draft) for place in cell)
    for k, text in enumerate(draw.sample(texts, 4)):
        cells[last + 8 + k, 2] = Cell(text)


def _corner_cells(draft: Draft) -> list[Address]:
    last = draft.run.iterations - 1
    return [g.at(max(g.lines.values()), g.place(last)) for g in draft.grids]


def _losses(draft: Draft, cells: Cells) -> None:
    """Paste a list of losses beside everything, one for each rate."""
    right = max(column for _, column in _corner_cells(draft)) + 6
    for k, value in enumerate(draft.run.rates):
        cells[1, right + k] = Cell(f"lr = {value:g}")


def with_values(draft: Draft, workbook: Workbook) -> Workbook:
    """Return the workbook with what every formula gives stored beside it, or what `stored` says."""
    engine = Engine(workbook)
    claimed: Mapping[tuple[str, Address], float] = {
        (draft.grids[n].sheet, draft.grids[n].cell(name, step)): value
        for (n, name, step), value in draft.stored.items()
    }
    sheets = []
    for sheet in workbook.sheets:
        cells = dict(sheet.cells)
        for address, cell in cells.items():
            if cell.formula is not None:
                value = engine.value(sheet.name, address)
                shown = claimed.get((sheet.name, address), value)
                cells[address] = cell._replace(value=shown)
        sheets.append(replace(sheet, cells=cells))
    return Workbook(tuple(sheets), workbook.names)


def through_a_file(workbook: Workbook, draw: Random, *, keep_values: bool) -> Workbook:
    """Return the workbook written to a real .xlsx file, with or without values, and read back."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "student.xlsx"
        if keep_values or draw.random() < 0.5:
            write(workbook, path)
        else:
            _by_openpyxl(workbook, path)
        return read(path)


def _by_openpyxl(workbook: Workbook, path: Path) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for sheet in workbook.sheets:
        page = book.create_sheet(sheet.name)
        for (row, column), cell in sheet.cells.items():
            content = cell.formula if cell.formula is not None else cell.value
            page.cell(row, column, content)
            if isinstance(content, str) and cell.formula is None and content.startswith("="):
                page.cell(row, column).data_type = "s"
            if isinstance(content, ExcelError):
                page.cell(row, column).data_type = "e"
    for name, reference in workbook.names.items():
        book.defined_names[name] = DefinedName(name, attr_text=reference)
    book.save(path)
