"""The formulas of a column, or of all, and the same source with others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

from perturbing.references import (
    Address,
    Place,
)
from perturbing.relocating import NotPossibleError
from perturbing.sources import Region, Source, changed
from sheetprop.workbooks.sheet import Cell


def formulas_of(source: Source, region: Region, name: str) -> dict[Address, str]:
    """Return the formulas of a quantity by cell, without arrays."""
    cells = source.workbook[region.sheet].cells
    found = {a: cells.get(a) for a in region.quantities[name]}
    return {a: c.formula for a, c in found.items() if c and c.formula and not c.array}


def drawn_column(source: Source, draw: Random) -> tuple[Region, str, dict[Address, str]]:
    """Draw a table and a quantity with formulas."""
    region = draw.choice(source.regions)
    name = draw.choice(sorted(region.quantities))
    formulas = formulas_of(source, region, name)
    if not formulas:
        raise NotPossibleError("no formulas")
    return region, name, formulas


def with_formulas(source: Source, sheet: str, formulas: dict[Address, str]) -> Source:
    """Return a source with other formulas in a sheet."""
    cells: dict[Place, Cell | None] = {(sheet, a): Cell(None, f) for a, f in formulas.items()}
    return replace(source, workbook=changed(source.workbook, cells))


def all_formulas(source: Source, write: Callable[[str], str]) -> Source:
    """Return a source in which every formula is written by `write`."""
    made = source
    for region in source.regions:
        for name in region.quantities:
            new = {a: write(f) for a, f in formulas_of(source, region, name).items()}
            made = with_formulas(made, region.sheet, new)
    return made
