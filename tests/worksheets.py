"""Worksheets of gradient descent on the 2-2-2 network as students make them, for tests of check.

Formulas are written here by hand, not taken from the package's own trees, as templates with the
quantities in braces: ``{a_o1}`` is this iteration's cell, ``{w1[-1]}`` that of the iteration
before, ``{t1@0}`` the fixed cell ``$A$32`` of the first iteration, ``{eta}`` the learning rate and
``{eta[+0]}`` a reference to it without $, which moves off it from the second update on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import openpyxl
import xlsxwriter
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.workbook.defined_name import DefinedName

from sheetprop.calculating.engine import Engine
from sheetprop.checking.check import check_file
from sheetprop.checking.report import Finding, Place, Report
from sheetprop.maths.trees.expr import Expr, Name
from sheetprop.notation.excel_write import to_excel
from sheetprop.workbooks.reading.read import read

Content = str | float | None
Address = tuple[int, int]

WEIGHTS = tuple(f"w{k}" for k in range(1, 9))
GRADIENTS = tuple(f"dE/d{weight}" for weight in WEIGHTS)
GIVEN = ("t1", "t2", "i1", "i2")
ORDER = (
    *GIVEN,
    *("w1", "w2", "w3", "w4", "h1", "a_h1", "h2", "a_h2"),
    *("w5", "w6", "w7", "w8", "o1", "a_o1", "o2", "a_o2"),
    *("E1", "E2", "E_total"),
    *GRADIENTS,
)

DELTA_1 = "({a_o1}-{t1})*{a_o1}*(1-{a_o1})"
DELTA_2 = "({a_o2}-{t2})*{a_o2}*(1-{a_o2})"
ARRIVING_1 = f"({DELTA_1}*{{w5}}+{DELTA_2}*{{w7}})"
ARRIVING_2 = f"({DELTA_1}*{{w6}}+{DELTA_2}*{{w8}})"
RIGHT: Mapping[str, str] = {
    **{name: f"={{{name}[-1]}}-{{eta}}*{{dE/d{name}[-1]}}" for name in WEIGHTS},
    "h1": "={w1}*{i1}+{w2}*{i2}",
    "h2": "={w3}*{i1}+{w4}*{i2}",
    "o1": "={w5}*{a_h1}+{w6}*{a_h2}",
    "o2": "={w7}*{a_h1}+{w8}*{a_h2}",
    **{f"a_{sum_}": f"=1/(1+EXP(-{{{sum_}}}))" for sum_ in ("h1", "h2", "o1", "o2")},
    "E1": "=0.5*({t1}-{a_o1})^2",
    "E2": "=0.5*({t2}-{a_o2})^2",
    "E_total": "={E1}+{E2}",
    "dE/dw1": f"={ARRIVING_1}*{{a_h1}}*(1-{{a_h1}})*{{i1}}",
    "dE/dw2": f"={ARRIVING_1}*{{a_h1}}*(1-{{a_h1}})*{{i2}}",
    "dE/dw3": f"={ARRIVING_2}*{{a_h2}}*(1-{{a_h2}})*{{i1}}",
    "dE/dw4": f"={ARRIVING_2}*{{a_h2}}*(1-{{a_h2}})*{{i2}}",
    "dE/dw5": f"={DELTA_1}*{{a_h1}}",
    "dE/dw6": f"={DELTA_1}*{{a_h2}}",
    "dE/dw7": f"={DELTA_2}*{{a_h1}}",
    "dE/dw8": f"={DELTA_2}*{{a_h2}}",
}
COMPUTED = tuple(name for name in RIGHT if name not in WEIGHTS)

_BRACED = re.compile(r"\{([^{}\[\]@]+?)(?:\[([+-]\d+)\]|@(\d+))?\}")


@dataclass(frozen=True)
class Table:
    """One training run in a sheet.

    `header` is the row of the headers (the column where iterations go `across`), `first_line` the
    column (row) of the first quantity. `eta` is how formulas name the learning rate; it follows
    from `rate_cell` when left out. `helpers` are further columns, template by header text.
    `changes` override contents: (quantity, content, steps or None for all that are computed).
    """

    sheet: str = "Sheet1"
    header: int = 31
    first_line: int = 1
    rate: Content = 2.0
    rate_cell: Address = (30, 7)
    rate_label: str | None = "η ="
    eta: str | None = None
    iterations: int = 8
    targets: tuple[float, float] = (0.01, 0.99)
    inputs: tuple[float, float] = (0.05, 0.1)
    weights: tuple[float, ...] = (0.15, 0.2, 0.25, 0.3, 0.4, 0.45, 0.5, 0.55)
    order: tuple[str, ...] = ORDER
    headers: Mapping[str, str] = field(default_factory=dict)
    helpers: Mapping[str, str] = field(default_factory=dict)
    counts_iterations: bool = False
    across: bool = False
    changes: tuple[tuple[str, Content, tuple[int, ...] | None], ...] = ()

    def changed(
        self, quantities: str | Iterable[str], content: Content, steps: Iterable[int] | None = None
    ) -> Table:
        """Return the table with another formula, number or nothing (None) for some quantities."""
        names = (quantities,) if isinstance(quantities, str) else tuple(quantities)
        chosen = None if steps is None else tuple(steps)
        return replace(self, changes=self.changes + tuple((n, content, chosen) for n in names))

    @cached_property
    def lines(self) -> dict[str, int]:
        """Return the column (row) of every quantity and helper."""
        start = self.first_line + self.counts_iterations
        names = dict.fromkeys((*self.order, *self.helpers))  # a helper's place may be in the order
        return {name: start + k for k, name in enumerate(names)}

    @property
    def last(self) -> int:
        return self.header + self.iterations

    def at(self, line: int, place: int) -> Address:
        return (line, place) if self.across else (place, line)

    def cell(self, name: str, step: int) -> Address:
        """Return the (row, column) of a quantity in an iteration counted from 0."""
        return self.at(self.lines[name], self.header + 1 + step)

    def address(self, name: str, step: int) -> str:
        row, column = self.cell(name, step)
        return f"{get_column_letter(column)}{row}"

    def range(self, name: str, first: int = 0, last: int = -1) -> str:
        """Return where a quantity stands in the iterations from `first` to `last`."""
        ends = [self.address(name, step % self.iterations) for step in (first, last)]
        return ends[0] if ends[0] == ends[1] else ":".join(ends)

    def place(self, name: str, first: int = 0, last: int = -1) -> Place:
        """Return the place that a finding about these cells must have."""
        return Place(self.sheet, self.range(name, first, last), name)

    def filled(self, template: str, step: int) -> str:
        """Return a template as the formula of an iteration."""

        def written(found: re.Match[str]) -> str:
            name, shift, fixed = found.groups()
            if name == "eta" and shift is None:
                return self.eta or fixed_address(self.rate_cell)
            if name == "eta":
                return self._moving_rate(step - 1 + int(shift))
            if fixed is not None:
                return fixed_address(self.cell(name, int(fixed)))
            return self.address(name, step + int(shift or 0))

        return _BRACED.sub(written, template)

    def _moving_rate(self, moved: int) -> str:
        row, column = self.rate_cell
        row, column = (row, column + moved) if self.across else (row + moved, column)
        return f"{get_column_letter(column)}{row}"

    def cells(self) -> dict[Address, Content]:
        """Return everything that stands in the sheet for this table."""
        found: dict[Address, Content] = {}
        if self.rate is not None:
            found[self.rate_cell] = self.rate
            row, column = self.rate_cell
            if self.rate_label and column > 1:
                found[row, column - 1] = self.rate_label
        if self.counts_iterations:
            found[self.at(self.first_line, self.header)] = "Iteration"
            for step in range(self.iterations):
                found[self.at(self.first_line, self.header + 1 + step)] = step
        for name, line in self.lines.items():
            found[self.at(line, self.header)] = self.headers.get(name, name)
            for step in range(self.iterations):
                content = self._content(name, step)
                if content is not None:
                    found[self.cell(name, step)] = content
        return found

    def _content(self, name: str, step: int) -> Content:
        content: Content = self._start(name, step)
        for quantity, other, steps in self.changes:
            is_meant = step in steps if steps is not None else self._is_computed(name, step)
            if quantity == name and is_meant:
                content = other
        is_formula = isinstance(content, str) and content.startswith("=")
        return self.filled(content, step) if is_formula else content

    def _is_computed(self, name: str, step: int) -> bool:
        return name in COMPUTED or name in self.helpers or (name in WEIGHTS and step > 0)

    def _start(self, name: str, step: int) -> Content:
        given = dict(zip(GIVEN, (*self.targets, *self.inputs), strict=True))
        if name in given:
            return given[name]
        if name in WEIGHTS and step == 0:
            return self.weights[WEIGHTS.index(name)]
        return RIGHT[name] if name in RIGHT else self.helpers[name]


def fixed_address(cell: Address) -> str:
    """Return an address with both its dollar signs."""
    return f"${get_column_letter(cell[1])}${cell[0]}"


def template_of(tree: Expr) -> str:
    """Return the template of a tree in quantity names."""

    def braced(leaf: Expr) -> str:
        assert isinstance(leaf, Name)
        return f"{{{leaf.name}[{leaf.shift:+d}]}}" if leaf.shift else f"{{{leaf.name}}}"

    return to_excel(tree, braced)


def save(
    path: Path,
    *tables: Table,
    further: Mapping[str, Mapping[str, Content]] | None = None,
    names: Mapping[str, str] | None = None,
    local_names: Mapping[str, Mapping[str, str]] | None = None,
) -> Path:
    """Write tables with openpyxl, which stores formulas without values, and return the path.

    `further` are other cells, by sheet and address; `names` are defined names of the workbook,
    `local_names` those of single sheets. What was written once is copied the next time.
    """
    asked = repr((tables, further, names, local_names))
    if asked not in _written:
        _write(path, tables, further, names, local_names)
        _written[asked] = path.read_bytes()
    path.write_bytes(_written[asked])
    return path


_written: dict[str, bytes] = {}


def _write(
    path: Path,
    tables: Iterable[Table],
    further: Mapping[str, Mapping[str, Content]] | None,
    names: Mapping[str, str] | None,
    local_names: Mapping[str, Mapping[str, str]] | None,
) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for sheet, cells in contents(tables, further).items():
        page = book.create_sheet(sheet)
        for (row, column), content in cells.items():
            page.cell(row, column, content)
    for name, reference in (names or {}).items():
        book.defined_names[name] = DefinedName(name, attr_text=reference)
    for sheet, own in (local_names or {}).items():
        for name, reference in own.items():
            book[sheet].defined_names[name] = DefinedName(name, attr_text=reference)
    book.save(path)


def contents(
    tables: Iterable[Table], further: Mapping[str, Mapping[str, Content]] | None = None
) -> dict[str, dict[Address, Content]]:
    """Return all cells, sheet by sheet."""
    found: dict[str, dict[Address, Content]] = {}
    for table in tables:
        found.setdefault(table.sheet, {}).update(table.cells())
    for sheet, cells in (further or {}).items():
        own = found.setdefault(sheet, {})
        own.update({coordinate_to_tuple(where): content for where, content in cells.items()})
    return found


def save_with_values(
    path: Path,
    *tables: Table,
    stored: Mapping[str, float | str] | None = None,
    digits: int = 17,
) -> Path:
    """Write tables with XlsxWriter, formulas with their values, and return the path.

    `stored` are values of the first sheet's cells that differ from what their formulas give;
    `digits` is how many significant ones of every value are kept.
    """
    workbook = read(save(path, *tables))
    values = Engine(workbook)
    with xlsxwriter.Workbook(path) as book:
        for sheet in workbook.sheets:
            page = book.add_worksheet(sheet.name)
            own = (stored or {}) if sheet is workbook.sheets[0] else {}
            for (row, column), cell in sheet.cells.items():
                where = f"{get_column_letter(column)}{row}"
                if cell.formula is None:
                    page.write(row - 1, column - 1, cell.value)
                    continue
                value = own.get(where, values.value(sheet.name, (row, column)))
                kept = float(f"{value:.{digits}g}") if isinstance(value, float) else value
                page.write_formula(row - 1, column - 1, cell.formula, None, kept)
    return path


def in_tables(report: Report) -> tuple[Finding, ...]:
    """Return the findings about formulas and values, without those about charts, rates and texts.

    Those look at the workbook as a whole: a workbook without a chart, one run for a single rate.
    """
    return tuple(finding for finding in report.findings if finding.code < "SP400")


def checked(folder: Path, *tables: Table, **options: object) -> Report:
    """Return the report of a workbook with these tables, saved in a folder and read back."""
    return check_file(save(folder / "student.xlsx", *tables, **options))  # type: ignore[arg-type]
