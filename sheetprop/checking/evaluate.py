"""Recalculates a workbook: the only module that runs the calculation engine (formualizer).

The engine is fed from our own `Workbook`, not from a file, so that changed workbooks can be
evaluated as well. One formula it cannot take never stops the others.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any, TypeVar

from sheetprop.checking.array_functions import functions_for
from sheetprop.checking.names import Names
from sheetprop.sheets.shared_formula import column_number
from sheetprop.sheets.sheet import Address, Cell, ExcelError, Sheet, Value, Workbook

ERROR_OF_KIND = {
    "Null": "#NULL!",
    "Ref": "#REF!",
    "Name": "#NAME?",
    "Value": "#VALUE!",
    "Div": "#DIV/0!",
    "Na": "#N/A",
    "Num": "#NUM!",
    "Spill": "#SPILL!",
    "Calc": "#CALC!",
    "Circ": "#CIRC!",
}
KIND_OF_ERROR = {error: kind for kind, error in ERROR_OF_KIND.items()}
UNKNOWN_ERROR = "#NAME?"
MAX_MILLISECONDS = 60_000

Place = tuple[str, Address]
T = TypeVar("T")


class Engine:
    """A workbook that calculates.

    `unsupported` says, for each cell whose formula the engine cannot take, why. Such a cell shows
    ``#NAME?``, or its stored value where the formula asks for something outside the workbook.
    Cells of a circular reference show ``#CIRC!``.
    """

    def __init__(self, workbook: Workbook) -> None:
        self.workbook = workbook
        self.unsupported: dict[Place, str] = {}
        self.names = Names(workbook.names)
        self.set_by_hand: dict[Place, None] = {}
        self.filled = {sheet.name: filled_by_arrays(sheet) for sheet in workbook.sheets}
        self.engine = new_engine(workbook)
        for sheet in workbook.sheets:
            self.engine.add_sheet(sheet.name)
        for sheet in workbook.sheets:
            self.load_values(sheet)
        for sheet in workbook.sheets:
            self.load_formulas(sheet)
        self.recalculate()

    def load_values(self, sheet: Sheet) -> None:
        """Everything typed in; what an array formula fills is left to that formula."""
        filled = self.filled[sheet.name]
        typed = {
            address: for_engine(cell.value)
            for address, cell in sheet.cells.items()
            if cell.formula is None and cell.value is not None and address not in filled
        }
        for row, column, values in runs(typed):
            self.engine.set_values_batch(sheet.name, row, column, [values])

    def load_formulas(self, sheet: Sheet) -> None:
        """Row by row, and cell by cell where the engine refuses one of a row."""
        formulas = {
            address: self.names.substituted(cell.formula, sheet.name)
            for address, cell in sheet.cells.items()
            if cell.formula is not None
        }
        for row, column, texts in runs(formulas):
            try:
                self.engine.set_formulas_batch(sheet.name, row, column, [texts])
            except BaseException as error:  # noqa: BLE001 - a Rust panic is no Exception
                let_interrupts_through(error)
                for offset, text in enumerate(texts):
                    self.load_formula(sheet, (row, column + offset), text)

    def load_formula(self, sheet: Sheet, address: Address, text: str) -> None:
        """One formula; when the engine refuses it, an error takes its place."""
        try:
            self.engine.set_formula(sheet.name, *address, text)
        except BaseException as error:  # noqa: BLE001 - a Rust panic is no Exception
            let_interrupts_through(error)
            self.unsupported[sheet.name, address] = str(error)
            value = value_instead(sheet.cells[address])
            self.engine.set_value(sheet.name, *address, for_engine(value))

    def set(self, sheet: str, address: Address, value: Value) -> None:
        """Type a value into a cell, over a formula too. `recalculate` makes the rest follow."""
        self.engine.set_value(sheet, *address, for_engine(value))
        self.set_by_hand[sheet, address] = None

    def recalculate(self) -> None:
        """Calculate everything that depends on what was set.

        Raises `TimeoutError` when that takes longer than a minute.
        """
        try:
            self.engine.evaluate_all()
        except BaseException as error:  # a Rust panic is no Exception
            let_interrupts_through(error)
            raise TimeoutError(f"the workbook cannot be calculated: {error}") from error

    def value(self, sheet: str, address: Address) -> Value:
        """The value of one cell as calculated last; None for an empty one."""
        return from_engine(self.engine.get_value(sheet, *address))

    def values(self, sheet: str) -> dict[Address, Value]:
        """The values of all cells that hold or were given something."""
        import formualizer as fz

        given = [address for name, address in self.set_by_hand if name == sheet]
        found: dict[Address, Value] = {}
        addresses = dict.fromkeys([*self.workbook[sheet].cells, *given])
        for row, column, places in runs({address: address for address in addresses}):
            area = fz.RangeAddress(sheet, row, column, row, column + len(places) - 1)
            calculated = self.engine.sheet(sheet).get_values(area)[0]
            found.update(zip(places, map(from_engine, calculated), strict=True))
        return found


def new_engine(workbook: Workbook) -> Any:
    """An engine with the functions that the formulas need and it lacks.

    Parallel evaluation is slower on the few cells of a class workbook. The mode that builds the
    graph at once is the one that names the cell whose formula it refuses.
    """
    import formualizer as fz

    config = fz.EvaluationConfig()
    config.enable_parallel = False
    config.max_eval_time_ms = MAX_MILLISECONDS
    mode = fz.WorkbookMode.Ephemeral
    engine = fz.Workbook(config=fz.WorkbookConfig(mode=mode, eval_config=config))
    engine.set_temporal_egress("serial")
    formulas = (c.formula for s in workbook.sheets for c in s.cells.values() if c.formula)
    for name, function, arguments in functions_for(formulas):
        engine.register_function(
            name, function, min_args=arguments, max_args=arguments, allow_override_builtin=True
        )
    return engine


def runs(cells: Mapping[Address, T]) -> Iterator[tuple[int, int, list[T]]]:
    """Cells side by side, as (row, first column, what they hold): the engine takes them at once."""
    addresses = sorted(cells)
    run: list[T] = []
    for address, following in pairwise([*addresses, (0, 0)]):
        run.append(cells[address])
        if following != (address[0], address[1] + 1):
            yield address[0], address[1] - len(run) + 1, run
            run = []


def filled_by_arrays(sheet: Sheet) -> set[Address]:
    """The cells that array formulas fill, but for the first of each."""
    filled: set[Address] = set()
    for address, cell in sheet.cells.items():
        if cell.array and ":" in cell.array:
            last = cell.array.rpartition(":")[2].replace("$", "")
            letters = last.rstrip("0123456789")
            bottom, right = int(last[len(letters) :]), column_number(letters)
            filled |= {a for a in sheet.cells if inside(a, address, (bottom, right))} - {address}
    return filled


def inside(address: Address, first: Address, last: Address) -> bool:
    """Whether a cell lies in a rectangle."""
    return first[0] <= address[0] <= last[0] and first[1] <= address[1] <= last[1]


def value_instead(cell: Cell) -> Value:
    """What a cell shows whose formula cannot be calculated here."""
    formula = cell.formula or ""
    return cell.value if "[" in formula else ExcelError(UNKNOWN_ERROR)


def for_engine(value: Value) -> Any:
    """A value as the engine takes it."""
    if isinstance(value, ExcelError):
        import formualizer as fz

        return fz.LiteralValue.error(KIND_OF_ERROR.get(value, "Name"), None)
    if isinstance(value, float) and not math.isfinite(value):
        return for_engine(ExcelError("#NUM!"))
    return value


def from_engine(value: Any) -> Value:
    """A value of the engine as ours: an error is a value, and no number is infinite."""
    if isinstance(value, dict):
        return ExcelError(ERROR_OF_KIND.get(value.get("kind", ""), UNKNOWN_ERROR))
    if isinstance(value, float) and not math.isfinite(value):
        return ExcelError("#NUM!")
    if isinstance(value, list):
        return from_engine(value[0]) if value else None
    return value if value is None or isinstance(value, float | int | str) else str(value)


def let_interrupts_through(error: BaseException) -> None:
    """A panic of a Rust library is a BaseException, as is the wish of the user to stop."""
    if isinstance(error, KeyboardInterrupt | SystemExit | GeneratorExit | MemoryError):
        raise error
