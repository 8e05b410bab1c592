"""A table as its author sees it, with the places of findings coloured and numbered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sheetprop.checking.report import Picture, Report
from sheetprop.maths.names import is_gradient
from sheetprop.notation.address import address, column_letters
from sheetprop.notation.text import name_text
from sheetprop.reports.page.escape import esc
from sheetprop.workbooks.sheet import Address, ExcelError, Value

OF_CELLS = ("SP1", "SP2", "SP3")
"""Codes of findings about formulas and values; the others are about charts, rates and texts."""

MOST_COLUMNS = 12
"""Quantities side by side: so many can be read on paper and on a screen that is not wide."""


@dataclass(frozen=True)
class Area:
    """Cells that a finding is about: its number, severity, sheet, and the corners of the range."""

    number: int
    severity: str
    sheet: str
    first: Address
    last: Address

    def __contains__(self, place: tuple[str, Address]) -> bool:
        """Whether a cell of a sheet lies in the range."""
        sheet, cell = place
        rows = sheet == self.sheet and self.first[0] <= cell[0] <= self.last[0]
        return rows and self.first[1] <= cell[1] <= self.last[1]


def areas(report: Report) -> list[Area]:
    """Return the cells that findings are about, in their order.

    Of a chart that is missing or a rate that is misnamed the cells are innocent.
    """
    found = []
    for number, finding in enumerate(report.findings, 1):
        if not finding.code.startswith(OF_CELLS):
            continue
        for place in finding.places:
            ends = place.areas
            found += [Area(number, finding.severity, place.sheet, *own) for own in ends]
    return found


def grid(picture: Picture, marked: Sequence[Area], anchor: str) -> Iterator[str]:
    """Yield the table in pieces of a few quantities each; `anchor` begins the findings' ids."""
    places = _places(picture)
    start = "" if places[0] == "iteration 0" else f"; {places[0]} is iteration 0"
    for names in _pieces(picture):
        first, last = name_text(names[0]), name_text(names[-1])
        label = esc(f"{picture.sheet}: {first} to {last}")
        yield f'<div class="scroll" role="region" tabindex="0" aria-label="{label}"><table>'
        yield f"<caption>{esc(first)} … {esc(last)}{start}</caption><thead><tr><td></td>"
        start = ""
        near = [_near(picture, name, marked) for name in names]
        for name, own in zip(names, near, strict=True):
            yield _header(picture, name, own, anchor)
        yield "</tr></thead><tbody>"
        yield from _body(picture, names, places, near)
        yield "</tbody></table></div>"


def _pieces(picture: Picture) -> Iterator[list[str]]:
    """Yield the quantities in the order of a worksheet, gradients apart, in pieces alike."""
    names = list(picture.cells)
    gradients = [name for name in names if is_gradient(name)]
    for group in ([name for name in names if name not in gradients], gradients):
        count = -(-len(group) // MOST_COLUMNS)
        for k in range(count):
            yield group[-(-len(group) * k // count) : -(-len(group) * (k + 1) // count)]


def _near(picture: Picture, name: str, marked: Sequence[Area]) -> list[Area]:
    """Return the areas that may hold a cell of a quantity: the others need not be asked of each."""
    sheet = picture.elsewhere.get(name, picture.sheet)
    cells = [cell for cell in picture.cells[name] if cell]
    rows, columns = [row for row, _ in cells], [column for _, column in cells]
    return [
        area
        for area in marked
        if cells and area.sheet == sheet
        if area.first[0] <= max(rows) and min(rows) <= area.last[0]
        if area.first[1] <= max(columns) and min(columns) <= area.last[1]
    ]


def _header(picture: Picture, name: str, marked: Sequence[Area], anchor: str) -> str:
    sheet = picture.elsewhere.get(name, picture.sheet)
    cells = [cell for cell in picture.cells[name] if cell]
    numbers = dict.fromkeys(a.number for a in marked if any((sheet, cell) in a for cell in cells))
    links = "".join(
        f' <a href="#{anchor}-{number}" aria-label="finding {number}">{number}</a>'
        for number in numbers
    )
    line = _line(cells) if sheet == picture.sheet else f"{sheet}!{_line(cells)}"
    text = f'<span class="line">{esc(line)}</span> {esc(name_text(name))}{links}'
    return f'<th scope="col">{text}</th>'


def _line(cells: Sequence[Address]) -> str:
    """Return the column, the row or the one cell in which all of a quantity's cells stand."""
    rows, columns = {row for row, _ in cells}, {column for _, column in cells}
    if len(columns) == 1 and len(rows) == 1:
        return address(rows.pop(), columns.pop())
    if len(columns) == 1:
        return column_letters(columns.pop())
    return str(rows.pop()) if len(rows) == 1 else ""


def _places(picture: Picture) -> list[str]:
    """Return the row or the column of each iteration shown; their numbers where there is none."""
    moving = [cells for cells in picture.cells.values() if len(set(cells)) > 1]
    by_step = [[cells[k] for cells in moving] for k in range(len(picture.steps))]
    rows = [{cell[0] if cell else 0 for cell in cells} for cells in by_step]
    columns = [{cell[1] if cell else 0 for cell in cells} for cells in by_step]
    if all(len(row) == 1 for row in rows):
        return [f"row {row.pop()}" for row in rows]
    if all(len(column) == 1 for column in columns):
        return [f"column {column_letters(column.pop())}" for column in columns]
    return [f"iteration {step}" for step in picture.steps]


def _body(
    picture: Picture, names: Sequence[str], places: Sequence[str], near: Sequence[Sequence[Area]]
) -> Iterator[str]:
    following = [*picture.steps[1:], picture.iterations]
    for index, step in enumerate(picture.steps):
        cells = [picture.cells[name][index] for name in names]
        if not any(cells):
            continue
        yield f'<tr><th scope="row">{places[index]}</th>'
        for name, cell, own in zip(names, cells, near, strict=True):
            sheet = picture.elsewhere.get(name, picture.sheet)
            yield _td(picture.values[name][index], sheet, cell, own)
        yield "</tr>"
        left_out = following[index] - step - 1
        if left_out:
            text = f"{left_out} more iteration{'s' if left_out > 1 else ''}"
            yield f'<tr class="gap"><td colspan="{len(names) + 1}">⋮ {text}</td></tr>'


def _td(value: Value, sheet: str, cell: Address | None, marked: Sequence[Area]) -> str:
    if cell is None:
        return "<td></td>"
    title = f"{address(*cell)}: {'empty' if value is None else value}"
    if type(value) is float and not marked:  # like most, and nothing in it is to be escaped
        return f'<td title="{title}">{shown(value)}</td>'
    here = [area for area in marked if (sheet, cell) in area]
    worst = min(
        (area.severity for area in here), key=("error", "warning", "note").index, default=""
    )
    numbers = ",".join(str(number) for number in dict.fromkeys(area.number for area in here))
    note = f"<sup>{numbers}</sup>" if numbers else ""
    style = f' class="{worst}"' if worst else ""
    return f'<td{style} title="{esc(title)}">{esc(shown(value))}{note}</td>'


def shown(value: Value) -> str:
    """Return a cell's value as short as it can be read: four digits of a number."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value if isinstance(value, ExcelError) or len(value) <= 12 else value[:11] + "…"
    text = f"{value:.4g}"
    return text.replace("e-0", "e-").replace("e+0", "e+")
