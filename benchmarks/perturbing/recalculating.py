"""What a workbook comes to: formualizer, driven by nothing of the package that is measured."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import formualizer as fz
import numpy as np

from perturbing.references import Place
from sheetprop.workbooks.sheet import Cell, ExcelError, Workbook

KINDS = {"Div": "#DIV/0!", "Na": "#N/A", "Num": "#NUM!", "Ref": "#REF!", "Value": "#VALUE!"}


class Recalculated:
    """A workbook that calculates; cells can be set, and set back."""

    def __init__(self, workbook: Workbook) -> None:
        config = fz.EvaluationConfig()
        config.enable_parallel = False
        self.workbook = workbook
        self.names = {name: target for name, target in workbook.names.items() if "!" in target}
        self.engine: Any = fz.Workbook(config=fz.WorkbookConfig(eval_config=config))
        self.engine.register_function("MMULT", _mmult, min_args=2, max_args=2)
        for sheet in workbook.sheets:
            self.engine.add_sheet(sheet.name)
        for sheet in workbook.sheets:
            for address, cell in sheet.cells.items():
                self.put((sheet.name, address), cell)
        self.engine.evaluate_all()

    def put(self, place: Place, cell: Cell | None) -> None:
        """Set a cell without calculating."""
        sheet, (row, column) = place
        if cell is not None and cell.formula is not None:
            self._put_formula(place, self._without_names(cell.formula))
            return
        self.engine.set_value(sheet, row, column, None if cell is None else _typed(cell.value))

    def _put_formula(self, place: Place, formula: str) -> None:
        try:
            self.engine.set_formula(place[0], *place[1], formula)
        except RuntimeError as problem:  # a formula that refers to its own cell is refused
            if "#CIRC!" not in str(problem):
                raise
            self.engine.set_value(place[0], *place[1], "#CIRC!")

    def set(self, changes: Mapping[Place, Cell | None]) -> None:
        """Set cells and calculate."""
        for place, cell in changes.items():
            self.put(place, cell)
        self.engine.evaluate_all()

    def value(self, place: Place) -> object:
        """Return what a cell shows: a number, a text, an `ExcelError`, or None."""
        sheet, (row, column) = place
        found = self.engine.get_value(sheet, row, column)
        if isinstance(found, dict):
            kind = str(found.get("kind"))
            return ExcelError(KINDS.get(kind, f"#{kind.upper()}!"))
        return float(found) if isinstance(found, int) and not isinstance(found, bool) else found

    def with_values(self, workbook: Workbook) -> Workbook:
        """Return a workbook with what its formulas give stored beside them."""
        sheets = []
        for sheet in workbook.sheets:
            cells = dict(sheet.cells)
            for address, cell in cells.items():
                if cell.formula is not None:
                    cells[address] = cell._replace(value=self.value((sheet.name, address)))
            sheets.append(type(sheet)(sheet.name, cells, sheet.charts, sheet.hidden))
        return Workbook(tuple(sheets), workbook.names)

    def _without_names(self, formula: str) -> str:
        for name, target in self.names.items():
            formula = re.sub(rf"(?<![\w.!']){re.escape(name)}(?![\w.(!])", target, formula)
        return formula


def same(left: object, right: object, tolerance: float = 1e-9) -> bool:
    """Whether two values are the same but for rounding."""
    if isinstance(left, float) and isinstance(right, float):
        return abs(left - right) <= tolerance * max(abs(left), abs(right)) + 1e-300
    return type(left) is type(right) and left == right


def _typed(value: object) -> object:
    return str(value) if isinstance(value, ExcelError) else value


def _mmult(left: object, right: object) -> object:
    return (np.array(left, float) @ np.array(right, float)).tolist()
