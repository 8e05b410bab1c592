"""Recalculates a workbook: the only module that runs the calculation engine (formualizer).

The engine is fed from our own `Workbook`, not from a file, so that changed workbooks can be
evaluated as well. One formula it cannot take never stops the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import inf
from typing import Any

from sheetprop.calculating.attempts import (
    ATTEMPTS,
    KEPT_REASON,
    OUTSIDE,
    is_kept,
    may_keep,
    new_engine,
    value_instead,
)
from sheetprop.calculating.blocks import blocks, filled_by_arrays
from sheetprop.calculating.defined_names import Names
from sheetprop.calculating.engine_values import UNKNOWN_ERROR, for_engine, from_engine
from sheetprop.calculating.failures import (
    TOO_LONG,
    CalculationError,
    answering,
    let_interrupts_through,
    not_calculated,
)
from sheetprop.calculating.patience import within_processor_time
from sheetprop.notation.address import is_in_a_sheet
from sheetprop.workbooks.sheet import Address, Sheet, Value, Workbook

PIECE = 4096
"""Values that the engine takes at once: lists of them take more memory than they do."""

Place = tuple[str, Address]
Numbers = tuple[str, Address, Sequence[Value]]
"""A sheet, the first of cells in a column there, and their values."""


class Engine:
    """A workbook that calculates.

    `unsupported` says, for each cell whose formula the engine cannot take, why. Such a cell shows
    ``#NAME?``, or its stored value where nothing is wrong with the formula itself: it asks for
    something outside the workbook, or is longer than the engine takes.
    Cells of a circular reference show ``#CIRC!``.
    """

    def __init__(self, workbook: Workbook, numbers: Sequence[Numbers] = ()) -> None:
        self.workbook = workbook
        self.numbers = numbers
        self.sheets = {sheet.name: sheet for sheet in workbook.sheets}
        self.unsupported: dict[Place, str] = {}
        self.names = Names(workbook.names)
        self.set_by_hand: dict[Place, None] = {}
        self.filled = {sheet.name: filled_by_arrays(sheet) for sheet in workbook.sheets}
        self.seen: dict[str, dict[Address, Value]] = {}
        self.kept, self.careful = OUTSIDE, False
        for self.kept, self.careful in ATTEMPTS[1:] if numbers else ATTEMPTS:
            broken_off = self.loading_failure()
            if not broken_off and not self.failure() and (self.careful or self.all_parsed()):
                return
        if broken_off:
            raise broken_off
        self.recalculate()

    def loading_failure(self) -> CalculationError | None:
        """Load, and return what went wrong."""
        try:
            self.load()
        except CalculationError as error:
            return error
        return None

    @answering
    def load(self) -> None:
        """Fill a new engine with all sheets, the values of all of them first."""
        self.unsupported.clear()
        self.engine = new_engine(self.workbook, self.careful)
        for sheet in self.workbook.sheets:
            self.engine.add_sheet(sheet.name)
        for sheet in self.workbook.sheets:
            self.load_values(sheet)
        self.give(self.numbers)
        for sheet in self.workbook.sheets:
            self.load_formulas(sheet)

    def load_values(self, sheet: Sheet) -> None:
        """Everything typed in; what an array formula fills is left to that formula."""
        filled = self.filled[sheet.name]
        typed = {
            address: for_engine(cell.value)
            for address, cell in sheet.cells.items()
            if cell.formula is None and cell.value is not None and address not in filled
        }
        for row, column, values in blocks(typed):
            self.engine.set_values_batch(sheet.name, row, column, values)

    def give(self, numbers: Iterable[Numbers]) -> None:
        """Give numbers of long columns; what is given at the beginning takes little memory."""
        for sheet, (row, column), values in numbers:
            for start in range(0, len(values), PIECE):
                piece = [[for_engine(value)] for value in values[start : start + PIECE]]
                self.engine.set_values_batch(sheet, row + start, column, piece)
        self.seen.clear()

    def load_formulas(self, sheet: Sheet) -> None:
        """Block by block, and cell by cell where the engine refuses one of a block."""
        formulas = {a: c.formula for a, c in sheet.cells.items() if c.formula is not None}
        if self.names.words:
            formulas = {a: self.names.substituted(f, sheet.name) for a, f in formulas.items()}
        kept = formulas.items() if may_keep("\n".join(formulas.values()), self.kept) else ()
        for address in [a for a, text in kept if is_kept(text, self.kept)]:
            self.refuse(sheet, address, KEPT_REASON, sheet.cells[address].value)
            del formulas[address]
        for row, column, texts in blocks(formulas):
            try:
                self.engine.set_formulas_batch(sheet.name, row, column, texts)
            except BaseException as error:
                let_interrupts_through(error)
                for down, line in enumerate(texts):
                    for right, text in enumerate(line):
                        self.load_formula(sheet, (row + down, column + right), text)

    def load_formula(self, sheet: Sheet, address: Address, text: str) -> None:
        """One formula; when the engine refuses it, an error takes its place."""
        try:
            self.engine.set_formula(sheet.name, *address, text)
        except BaseException as error:
            let_interrupts_through(error)
            value = value_instead(sheet.cells[address], str(error))
            self.refuse(sheet, address, str(error), value)

    def refuse(self, sheet: Sheet, address: Address, reason: str, value: Value) -> None:
        """Note that a formula cannot be calculated, and put a value in its place."""
        self.unsupported[sheet.name, address] = reason
        self.engine.set_value(sheet.name, *address, for_engine(value))

    def all_parsed(self) -> bool:
        """Whether the engine, which shows ``#NAME?`` for it, met no formula it cannot parse."""
        import formualizer as fz

        for sheet in self.workbook.sheets:
            unknown = (a for a, v in self.values(sheet.name).items() if v == UNKNOWN_ERROR)
            for address in unknown:
                cell = sheet.cells.get(address)
                if cell is not None and cell.formula is not None:
                    try:
                        fz.parse(cell.formula)
                    except BaseException as error:
                        let_interrupts_through(error)
                        return False
        return True

    @answering
    def set(self, sheet: str, address: Address, value: Value) -> None:
        """Type a value into a cell, over a formula too. `recalculate` makes the rest follow.

        An address that no sheet has is passed over.
        """
        if not is_in_a_sheet(address):
            return
        self.engine.set_value(sheet, *address, for_engine(value))
        self.set_by_hand[sheet, address] = None
        self.seen.clear()

    @answering
    def set_all(self, values: Mapping[Place, Value]) -> None:
        """Type values into cells as `set` does: neighbours at once, which takes as long as one."""
        by_sheet: dict[str, dict[Address, Any]] = {}
        for (sheet, address), value in values.items():
            if is_in_a_sheet(address):
                by_sheet.setdefault(sheet, {})[address] = for_engine(value)
                self.set_by_hand[sheet, address] = None
        for sheet, typed in by_sheet.items():
            for row, column, block in blocks(typed):
                self.engine.set_values_batch(sheet, row, column, block)
        self.seen.clear()

    def recalculate(self) -> None:
        """Calculate everything that depends on what was set.

        Raises `CalculationError` when that fails or takes longer than
        `patience.MOST_SECONDS` of processor time.
        """
        problem = self.failure()
        if problem:
            raise not_calculated(problem)

    def failure(self) -> str:
        """Calculate, and say what went wrong; nothing is the empty text."""
        self.seen.clear()
        with within_processor_time(self.engine) as running:
            try:
                self.engine.evaluate_all()
            except BaseException as error:
                let_interrupts_through(error)
                took_too_long = running.was_stopped
                return TOO_LONG if took_too_long else str(error) or type(error).__name__
        return ""

    @answering
    def value(self, sheet: str, address: Address) -> Value:
        """Return the value of one cell as calculated last; None for an empty one."""
        seen = self.seen.get(sheet, {})
        if address in seen:
            return seen[address]
        if not is_in_a_sheet(address):
            return None
        return from_engine(self.engine.get_value(sheet, *address))

    @answering
    def values(self, sheet: str) -> dict[Address, Value]:
        """Return the values as calculated last of all cells that hold or were given something.

        They are kept until the next calculation: asking for one cell takes ten times as long.
        """
        import formualizer as fz

        if sheet in self.seen:
            return self.seen[sheet]
        given = [address for name, address in self.set_by_hand if name == sheet]
        found: dict[Address, Value] = {}
        addresses = dict.fromkeys([*self.sheets[sheet].cells, *given])
        for row, column, places in blocks({address: address for address in addresses}):
            bottom, right = row + len(places) - 1, column + len(places[0]) - 1
            area = fz.RangeAddress(sheet, row, column, bottom, right)
            calculated = self.engine.sheet(sheet).get_values(area)
            for line, values in zip(places, calculated, strict=True):
                if not all(type(value) is float and -inf < value < inf for value in values):
                    values = map(from_engine, values)  # noqa: PLW2901 - few rows
                found.update(zip(line, values, strict=True))
        self.seen[sheet] = found
        return found
