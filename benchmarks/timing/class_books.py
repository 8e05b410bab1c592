"""Workbooks as students make them, with or without the values that programs store."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sheetprop.maths.network import Network
    from sheetprop.spec import Architecture

CLASS_ITERATIONS = 68
"""Rows of a worksheet as classes make them: with 31 columns, about 1,800 formulas."""


def class_workbook(
    path: Path,
    rates: tuple[float, ...] = (2.0,),
    iterations: int = CLASS_ITERATIONS,
    *,
    is_wrong: bool = False,
    with_values: bool = False,
) -> Path:
    """Write a workbook as a student makes it: typed start, one sheet for each rate.

    A wrong one computes ∂E/∂w3 and ∂E/∂w4 from a_h1.
    """
    from sheetprop.workbooks.sheet import Sheet, Workbook
    from sheetprop.workbooks.writing.write import write

    sheets = [
        Sheet(f"Sheet{number}", class_cells(rate, iterations, is_wrong, with_values))
        for number, rate in enumerate(rates, 1)
    ]
    write(Workbook(tuple(sheets)), path)
    return path


def class_cells(rate: float, iterations: int, is_wrong: bool, with_values: bool) -> dict:
    """Return the cells of one sheet: η in G30, the headers in row 31, the start in row 32."""
    from sheetprop.calculating.run_values import rows
    from sheetprop.maths.trees.expr import Name
    from sheetprop.maths.trees.walk import substitute
    from sheetprop.notation.address import address
    from sheetprop.notation.excel_write import to_excel
    from sheetprop.notation.relative import RelativeFormula
    from sheetprop.template import load
    from sheetprop.workbooks.sheet import Cell

    spec = load("classic")
    network = _own_network(spec.architecture)
    column = {name: number for number, name in enumerate(network.quantities, 1)}
    start, cells = spec.start(), {(30, 6): Cell("η ="), (30, 7): Cell(rate)}

    def reference(leaf: Name) -> str:
        return "$G$30" if leaf.name == "eta" else address(33 + leaf.shift, column[leaf.name])

    formulas = {}
    for name, quantity in network.quantities.items():
        cells[31, column[name]] = Cell(name)
        tree = quantity.tree
        if is_wrong and name in ("dE/dw3", "dE/dw4") and tree is not None:
            tree = substitute(tree, lambda leaf: Name("a_h1") if leaf == Name("a_h2") else None)
            network.quantities[name] = replace(quantity, tree=tree)
        if tree is not None:
            formulas[name] = RelativeFormula(to_excel(tree, reference), 33, column[name])
    values = rows(network, start, rate, iterations) if with_values else []
    for step in range(iterations):
        row = 32 + step
        for name, quantity in network.quantities.items():
            if quantity.is_given_first and (step == 0 or name not in formulas):
                cells[row, column[name]] = Cell(start[name])
            else:
                value = values[step][column[name] - 1] if values else None
                cells[row, column[name]] = Cell(value, formulas[name].at(row, column[name]))
    return cells


def _own_network(shape: Architecture) -> Network:
    """Return a network whose trees may be changed: code is kept for all that are equal."""
    from sheetprop.maths.network import Network

    class Own(Network):
        __eq__ = object.__eq__
        __hash__ = object.__hash__

    return Own(shape)
