"""A network of a few hundred formulas in a workbook, and slips made in its layers."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from sheetprop.checking.layouts.judged import Pattern, judged
from sheetprop.lessons.mnist.layout import layout
from sheetprop.lessons.parts.sheet_names import with_names_of
from sheetprop.notation.address import address, quoted
from sheetprop.notation.mentioned import Area, split
from sheetprop.training.forward import folded
from sheetprop.training.plan import Layer, Plan
from sheetprop.training.shipped_networks import TrainedNetwork, shipped
from sheetprop.words import ENGLISH, Words, texts_of
from sheetprop.workbooks.sheet import Address, Cell, Workbook

Places = Sequence[tuple[str, Address]]
"""Cells by their sheets."""

PLAN = Plan(
    (
        Layer("conv", 2, 5, 3, 1),
        Layer("maxpool", 0, 2, 2),
        Layer("conv", 3, 3, 1, 1),
        Layer("gap"),
        Layer("linear", 10),
    )
)


def words_in(language: str = ENGLISH) -> Words:
    """Return the words of a language."""
    return Words({**texts_of(ENGLISH), **texts_of(language)})


def small(language: str = ENGLISH) -> Workbook:
    """Return a workbook of a network that has learned nothing."""
    generator = np.random.default_rng(1)
    arrays = {}
    for step in PLAN.steps:
        at, sides = step.place, (step.layer.kernel,) * 2
        if step.layer.kind == "conv":
            arrays[f"{at}.weight"] = generator.normal(
                size=(step.channels, step.channels_in, *sides)
            )
            for name in ("weight", "bias", "running_mean", "running_var"):
                arrays[f"{at + 1}.{name}"] = generator.uniform(0.5, 1, step.channels)
        elif step.layer.kind == "linear":
            arrays[f"{at}.weight"] = generator.normal(size=(step.channels, step.channels_in))
            arrays[f"{at}.bias"] = generator.normal(size=step.channels)
    network = TrainedNetwork("light", PLAN, folded(PLAN, arrays), shipped("light").log)
    words = words_in(language)
    return with_names_of(layout(network, words), words)


def with_cells(workbook: Workbook, name: str, cells: Mapping[Address, Cell | None]) -> Workbook:
    """Return a workbook in which some cells of a sheet hold something else, or nothing."""
    sheet = workbook[name]
    own = {**sheet.cells, **cells}
    kept = {at: cell for at, cell in own.items() if cell is not None}
    changed = replace(sheet, cells=kept)
    return replace(workbook, sheets=tuple(changed if s is sheet else s for s in workbook.sheets))


def moved(workbook: Workbook, name: str, row: int, by: int) -> Workbook:
    """Return a workbook with rows inserted on a sheet, as spreadsheet programs do it."""

    def there(area: Area) -> str:
        down = [by if area.sheet == name and r >= row else 0 for r in (area.top, area.bottom)]
        first = address(area.top + down[0], area.left)
        return f"{quoted(area.sheet)}!{first}:{address(area.bottom + down[1], area.right)}"

    sheets = []
    for sheet in workbook.sheets:
        cells = {}
        for (r, c), cell in sheet.cells.items():
            at = (r + by if sheet.name == name and r >= row else r, c)
            text = cell.formula
            if text:
                parts = split(text, sheet.name)
                text = "".join(p if isinstance(p, str) else there(p) for p in parts)
            cells[at] = cell._replace(formula=text)
        sheets.append(replace(sheet, cells=cells))
    return replace(workbook, sheets=tuple(sheets))


def slipped(formula: str, sheet: str, generator: random.Random) -> str:
    """Return a formula with one slip: another cell, another range, a term or a function changed."""
    parts = [*split(formula, sheet)]
    places = [k for k, part in enumerate(parts) if isinstance(part, Area)]
    way = generator.choice(["moved", "grown", "sign", "number"])
    if way == "sign" and "+" in formula:
        return formula.replace("+", "-", 1)
    k = generator.choice(places)
    area = parts[k]
    assert isinstance(area, Area)
    is_one = (area.top, area.left) == (area.bottom, area.right)
    if way == "number" and is_one:
        parts[k] = "0.5"
    elif way == "grown" and not is_one:
        parts[k] = area._replace(bottom=area.bottom + 1)
    else:
        down, right = generator.choice([(1, 0), (0, 1), (2, 3)])
        moved = area._replace(top=area.top + down, bottom=area.bottom + down)
        parts[k] = moved._replace(left=area.left + right, right=area.right + right)
    return "".join(part if isinstance(part, str) else _text(part) for part in parts)


def _text(area: Area) -> str:
    cells = address(area.top, area.left)
    if (area.top, area.left) != (area.bottom, area.right):
        cells += f":{address(area.bottom, area.right)}"
    return f"{quoted(area.sheet)}!{cells}"


def hold_to_slips(
    pattern: Pattern, book: Workbook, formulas: Places, chance: random.Random, rounds: int = 10
) -> None:
    """Assert that of ten slips in a workbook, some workbooks after another, all are found alone."""
    for _ in range(rounds):
        chosen = chance.sample(formulas, 10)
        changed = book
        for sheet, at in chosen:
            text = slipped(str(book[sheet].cells[at].formula), sheet, chance)
            changed = with_cells(changed, sheet, {at: Cell(None, text)})
        found = {one.place for one in judged(pattern, changed) if one.entry.kind == "wrong"}

        assert found == set(chosen)
