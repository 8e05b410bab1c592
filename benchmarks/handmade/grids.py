"""Where a table stands: its header, its columns (or rows), its iterations, its learning rate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from handmade.writing import MARK
from sheetprop.notation.address import address, column_letters
from sheetprop.tables.table import range_text
from sheetprop.workbooks.sheet import Address

RATE = "eta"


@dataclass(frozen=True)
class RatePlace:
    """How formulas name the learning rate.

    `text` is what stands in a formula: an address with dollars, a defined name, a number. `cell`
    is where its value stands, `line` the line that holds one for every iteration, from which an
    update takes that of the iteration `shift`.
    """

    kind: str
    text: str = ""
    cell: tuple[str, Address] | None = None
    line: int | None = None
    shift: int = -1


@dataclass(frozen=True)
class Grid:
    """One table: `lines` by quantity or helper, `places` by iteration; across, lines are rows.

    `fixed` are quantities given once in a cell elsewhere on the sheet.
    """

    sheet: str
    across: bool
    header: int
    places: tuple[int, ...]
    lines: Mapping[str, int]
    rate: RatePlace
    value: float
    fixed: Mapping[str, Address] = field(default_factory=dict)
    iteration_line: int | None = None

    def at(self, line: int, place: int) -> Address:
        """Return (row, column)."""
        return (line, place) if self.across else (place, line)

    def cell(self, name: str, step: int) -> Address:
        """Return a quantity's cell; beyond the table, what filling the formula would refer to."""
        if name in self.fixed:
            return self.fixed[name]
        return self.at(self.lines[name], self.place(step))

    def has(self, name: str, step: int) -> bool:
        """Whether a quantity of an iteration has a cell, here or where filling leads to."""
        del step
        return name in self.fixed or name in self.lines

    def label(self, name: str, step: int) -> Address:
        """Return where the header of a line stands, the same for all iterations."""
        del step
        return self.at(self.lines[name], self.header)

    def place(self, step: int) -> int:
        """Return the row of an iteration, going on above the first and below the last."""
        if step < 0:
            return self.places[0] + step
        beyond = max(0, step - len(self.places) + 1)
        return self.places[min(step, len(self.places) - 1)] + beyond

    def reaches(self, steps: range) -> bool:
        """Whether all these iterations are cells that a sheet has."""
        return self.place(steps[0]) >= 1

    def filled(self, template: str, step: int) -> str:
        """Return a template as the formula of an iteration."""

        def written(found: object) -> str:
            name, shift, dollars = found.groups()  # type: ignore[attr-defined]
            if name == RATE:
                return self._rate(step, int(shift), dollars)
            if name in self.fixed or dollars == "f":
                return dollar(self.cell(name, 0), "$", "$")
            where = self.cell(name, step + int(shift))
            if dollars == "c":
                return dollar(where, *(("", "$") if self.across else ("$", "")))
            return address(*where)

        return MARK.sub(written, template)

    def _rate(self, step: int, away: int, dollars: str) -> str:
        rate = self.rate
        if rate.line is not None:
            return address(*self.at(rate.line, self.place(step + rate.shift + away)))
        if dollars != "m":
            return rate.text
        # The reference of the first update, filled without dollars.
        assert rate.cell is not None
        row, column = rate.cell[1]
        moved = self.place(step) - self.place(1)
        sheet = rate.text.rpartition("!")[0]
        text = address(row + moved * (not self.across), column + moved * self.across)
        return f"{sheet}!{text}" if sheet else text

    def range(self, name: str) -> str:
        """Return where a quantity stands, as check reports it."""
        return range_text(self.cell(name, 0), self.cell(name, len(self.places) - 1))

    def moved(self, *, sheet: str, down: int, right: int) -> Grid:
        """Return the same table elsewhere; its rate is to be placed anew."""
        line, place = (down, right) if self.across else (right, down)
        return replace(
            self,
            sheet=sheet,
            header=self.header + place,
            places=tuple(p + place for p in self.places),
            lines={name: number + line for name, number in self.lines.items()},
            iteration_line=None if self.iteration_line is None else self.iteration_line + line,
        )


def dollar(cell: Address, column: str, row: str) -> str:
    """Return an address with the dollar signs given."""
    return f"{column}{column_letters(cell[1])}{row}{cell[0]}"
