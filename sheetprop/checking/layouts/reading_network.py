"""The right formulas of a network that reads digits, for the layers that a workbook declares."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from sheetprop.checking.layouts.aligned import first_text
from sheetprop.checking.layouts.judged import Pattern
from sheetprop.errors import SheetpropError
from sheetprop.lessons.mnist.about_sheets import ARCHITECTURE, HEADS, KINDS, head_text
from sheetprop.lessons.mnist.draw_sheet import CHOICE, DRAW, NUMBER, image_maps, names_of
from sheetprop.lessons.mnist.layout import calculating
from sheetprop.lessons.mnist.places import maps_of
from sheetprop.lessons.mnist.unfolded import nothing_trained, unfolded
from sheetprop.training.plan import Layer, Plan
from sheetprop.training.shipped_networks import shipped_digits
from sheetprop.words import ENGLISH, Words, languages, texts_of
from sheetprop.workbooks.sheet import Cell, Sheet, Value, Workbook

MOST_LAYERS, MOST_PARAMETERS, MOST_FORMULAS = 30, 100_000, 100_000
LARGEST = 99
"""What no kernel, stride or padding of an image of 28 pixels exceeds."""


def network_pattern(workbook: Workbook) -> Pattern:
    """Return the right workbook for the layers in the table of architecture.

    Raises:
        SheetpropError: there is no such table, or its layers do not fit together.

    """
    plan, words = declared(workbook), words_of(workbook)
    digits = shipped_digits()
    maps = [image_maps(plan.layers[0].padding), *maps_of(plan)]
    edges = {(one.sheet, at) for one in maps for c in range(one.channels) for at in one.around(c)}
    names = names_of(digits, words)
    # Half of the points show what is drawn: every formula of the image is then seen to follow it.
    numbers = [*[1.0] * len(names), *(float(k + 1) for k in range(len(names)))]
    choices: dict[tuple[str, tuple[int, int]], list[Value]] = {
        (DRAW, CHOICE): [*names],
        (DRAW, NUMBER): [*numbers],
    }
    right = calculating(plan, digits, words)
    if any(first_text(sheet) == words["sheet_unfolded"] for sheet in workbook.sheets):
        own = unfolded(plan, nothing_trained(plan), words)
        right = replace(right, sheets=(*right.sheets, own))
    return Pattern(right, frozenset(edges), choices=choices)


def declared(workbook: Workbook) -> Plan:
    """Return the layers that a workbook's table of architecture names.

    Raises:
        SheetpropError: there is no such table, or its layers do not fit together.

    """
    words = words_of(workbook)
    title = words["sheet_architecture"]
    sheet = next(sheet for sheet in workbook.sheets if first_text(sheet) == title)
    plan = Plan(tuple(_layers(sheet, words)))
    numbers = sum(step.channels * step.side**2 for step in plan.steps)
    if not plan.layers or plan.parameters > MOST_PARAMETERS or numbers > MOST_FORMULAS:
        raise SheetpropError(f"the layers on {sheet.name} are none, or too many numbers come out")
    return plan


def words_of(workbook: Workbook) -> Words:
    """Return the words of the language of a workbook's table of architecture.

    Raises:
        SheetpropError: there is no such table.

    """
    titles = {first_text(sheet) for sheet in workbook.sheets}
    for language in languages():
        words = Words({**texts_of(ENGLISH), **texts_of(language)})
        if words["sheet_architecture"] in titles:
            return words
    raise SheetpropError(f"there is no sheet that begins with the title {ARCHITECTURE}")


def _layers(sheet: Sheet, words: Words) -> Iterator[Layer]:
    kinds = {words[f"mnist_kind_{kind}"]: kind for kind in KINDS}
    texts = {head_text(name, words): name for name in HEADS}
    heads = {texts[str(c.value)]: at for at, c in sheet.cells.items() if str(c.value) in texts}
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
