"""The right formulas of a network that reads digits, for the layers that a workbook declares."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from sheetprop.checking.layouts.aligned import first_text
from sheetprop.checking.layouts.judged import Pattern
from sheetprop.errors import SheetpropError
from sheetprop.lessons.mnist.about_sheets import ARCHITECTURE, HEADS, KINDS
from sheetprop.lessons.mnist.draw_sheet import CHOICE, DRAW, NUMBER, image_maps, names_of
from sheetprop.lessons.mnist.layout import calculating
from sheetprop.lessons.mnist.places import maps_of
from sheetprop.lessons.mnist.unfolded import nothing_trained, unfolded
from sheetprop.lessons.mnist.unfolded_sheet import UNFOLDED
from sheetprop.training.plan import Layer, Plan
from sheetprop.training.shipped_networks import shipped_digits
from sheetprop.workbooks.sheet import Cell, Sheet, Value, Workbook

MOST_LAYERS, MOST_PARAMETERS, MOST_FORMULAS = 30, 100_000, 100_000
LARGEST = 99
"""What no kernel, stride or padding of an image of 28 pixels exceeds."""


def network_pattern(workbook: Workbook) -> Pattern:
    """Return the right workbook for the layers in the table of architecture.

    Raises:
        SheetpropError: there is no such table, or its layers do not fit together.

    """
    plan = declared(workbook)
    digits = shipped_digits()
    maps = [image_maps(plan.layers[0].padding), *maps_of(plan)]
    edges = {(one.sheet, at) for one in maps for c in range(one.channels) for at in one.around(c)}
    names = names_of(digits)
    # Half of the points show what is drawn: every formula of the image is then seen to follow it.
    numbers = [*[1.0] * len(names), *(float(k + 1) for k in range(len(names)))]
    choices: dict[tuple[str, tuple[int, int]], list[Value]] = {
        (DRAW, CHOICE): [*names],
        (DRAW, NUMBER): [*numbers],
    }
    right = calculating(plan, digits)
    if any(first_text(sheet) == UNFOLDED for sheet in workbook.sheets):
        own = unfolded(plan, nothing_trained(plan))
        right = replace(right, sheets=(*right.sheets, own))
    return Pattern(right, frozenset(edges), choices=choices)


def declared(workbook: Workbook) -> Plan:
    """Return the layers that a workbook's table of architecture names.

    Raises:
        SheetpropError: there is no such table, or its layers do not fit together.

    """
    sheet = next((s for s in workbook.sheets if first_text(s) == ARCHITECTURE), None)
    if sheet is None:
        raise SheetpropError(f"there is no sheet that begins with the title {ARCHITECTURE}")
    plan = Plan(tuple(_layers(sheet)))
    numbers = sum(step.channels * step.side**2 for step in plan.steps)
    if not plan.layers or plan.parameters > MOST_PARAMETERS or numbers > MOST_FORMULAS:
        raise SheetpropError(f"the layers on {sheet.name} are none, or too many numbers come out")
    return plan


def _layers(sheet: Sheet) -> Iterator[Layer]:
    kinds = {text: kind for kind, text in KINDS.items()}
    heads = {str(cell.value): at for at, cell in sheet.cells.items() if cell.value in HEADS}
    if not set(HEADS) <= set(heads):
        raise SheetpropError(f"the table on {sheet.name} has not all of its columns")
    top, column = heads["kind"]
    for row in range(top + 1, top + MOST_LAYERS):
        kind = kinds.get(str(sheet.cells.get((row, column), Cell()).value))
        if kind is not None:
            yield _layer(kind, {name: sheet.cells.get((row, heads[name][1])) for name in HEADS})


def _layer(kind: str, cells: Mapping[str, Cell | None]) -> Layer:
    def number(name: str, least: int, most: int = LARGEST) -> int:
        cell = cells[name]
        value = None if cell is None else cell.value
        if not isinstance(value, int | float) or not least <= value <= most or value % 1:
            raise SheetpropError(f"the {name} of a layer is no whole number from {least} to {most}")
        return int(value)

    if kind == "gap":
        return Layer("gap")
    channels = 0 if kind == "maxpool" else number("maps", 1, 999)
    if kind == "linear":
        return Layer("linear", channels)
    sizes = number("kernel", 1), number("stride", 1), number("padding", 0)
    if kind == "maxpool":
        return Layer("maxpool", 0, *sizes)
    return Layer("conv", channels, *sizes, is_plain=kind == "plain")
