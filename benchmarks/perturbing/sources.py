"""Right workbooks to change: real ones of a folder, and random layouts made here."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from random import Random

from handmade.cases import case_named

from perturbing.recalculating import Recalculated
from perturbing.references import Address, Place, column_number, references
from sheetprop.checking.check import check_file, check_workbook
from sheetprop.workbooks.reading.read import read
from sheetprop.workbooks.sheet import Sheet, Workbook

OWN_COLUMNS = {"iter", "eta"}
WEIGHTS = tuple(f"w{k}" for k in range(1, 9))


@dataclass(frozen=True)
class Region:
    """One table: its quantities' cells by (quantity, step), its headers, where its rate stands."""

    sheet: str
    cells: Mapping[tuple[str, int], Address]
    headers: Mapping[str, Address]
    rate: Place | None
    across: bool = False

    @cached_property
    def quantities(self) -> dict[str, list[Address]]:
        """The cells of each quantity, in order."""
        found: dict[str, list[Address]] = {}
        for (name, _), address in sorted(self.cells.items(), key=lambda item: item[0][1]):
            found.setdefault(name, []).append(address)
        return found

    @cached_property
    def names(self) -> dict[Address, tuple[str, int]]:
        """The quantity and step of each cell."""
        return {address: key for key, address in self.cells.items()}


@dataclass(frozen=True)
class Source:
    """A right workbook, and where its tables are according to whoever made the list."""

    name: str
    workbook: Workbook
    regions: tuple[Region, ...]
    kind: str
    path: Path | None = None
    extra: Mapping[str, str] = field(default_factory=dict)

    def cell(self, place: Place) -> object:
        """Return what stands in a cell."""
        return self.workbook[place[0]].cells.get(place[1])

    @cached_property
    def judged(self) -> list[Place]:
        """All cells of the tables, and those with formulas that the tables take numbers from."""
        found = {(r.sheet, a): None for r in self.regions for a in r.cells.values()}
        waiting = list(found)
        while waiting:
            sheet, address = waiting.pop()
            cell = self.workbook[sheet].cells.get(address)
            if cell is None or cell.formula is None:
                continue
            for reference in references(cell.formula):
                for inner in reference.cells():
                    place = (reference.sheet or sheet, inner)
                    if place not in found and self._has(place):
                        found[place] = None
                        waiting.append(place)
        return list(found)

    def _has(self, place: Place) -> bool:
        return any(s.name == place[0] and place[1] in s.cells for s in self.workbook.sheets)


def changed(workbook: Workbook, changes: Mapping[Place, object]) -> Workbook:
    """Return a workbook with other cells; None takes one away."""
    sheets = []
    for sheet in workbook.sheets:
        cells = dict(sheet.cells)
        for (name, address), cell in changes.items():
            if name == sheet.name:
                if cell is None:
                    cells.pop(address, None)
                else:
                    cells[address] = cell  # type: ignore[assignment]
        sheets.append(replace(sheet, cells=cells))
    return Workbook(tuple(sheets), workbook.names)


def without_charts(workbook: Workbook) -> Workbook:
    """Return a workbook without its pictures."""
    return Workbook(tuple(replace(s, charts=()) for s in workbook.sheets), workbook.names)


def corpus_sources(folder: Path) -> list[Source]:
    """Return the workbooks of a folder that its list and `check` both call right."""
    lines = (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines()
    found = []
    for known in map(json.loads, lines):
        tables = [t for t in known["tables"] if t["orientation"] == "iterations in rows"]
        if not tables or any(t["issues"] or t.get("values_only") for t in known["tables"]):
            continue
        path = folder / "workbooks" / known["file"]
        if check_file(path).verdict == "correct":
            regions = tuple(_known_region(table) for table in tables)
            found.append(Source(path.stem, read(path), regions, path.suffix[1:], path))
    return found


def _known_region(table: dict[str, object]) -> Region:
    columns = {
        name: column_number(letters)
        for name, letters in table["columns"].items()  # type: ignore[attr-defined]
        if name not in OWN_COLUMNS
    }
    rows = range(table["first_row"], table["last_row"] + 1)  # type: ignore[call-overload,operator]
    rate = (table.get("learning_rate") or {}).get("cell")  # type: ignore[attr-defined]
    sheet = str(table["sheet"])
    found = references(f"={rate}") if rate else []
    cells = {(n, k): (row, c) for n, c in columns.items() for k, row in enumerate(rows)}
    headers = {n: (int(table["header_row"]), c) for n, c in columns.items()}  # type: ignore[call-overload]
    place = (found[0].sheet or sheet, found[0].start.address) if found else None
    return Region(sheet, cells, headers, place)


def random_source(seed: str) -> Source | None:
    """Return a random layout that `check` calls correct today, or None."""
    draw = Random(seed)
    name = f"right-classic:{seed}" if draw.random() < 0.7 else f"right:{seed}"
    case = case_named(name)
    if case.kind != "plain" or check_workbook(case.workbook, "s.xlsx").verdict != "correct":
        return None
    quantities = case.draft.run.network.quantities
    regions = []
    for grid in case.draft.grids:
        names = [n for n in grid.lines if n in quantities]
        steps = {n: case.draft.steps_of(n) for n in names}
        cells = {(n, k): grid.cell(n, k) for n in names for k in steps[n]}
        headers = {n: grid.label(n, 0) for n in names}
        regions.append(Region(grid.sheet, cells, headers, grid.rate.cell, grid.across))
    kind = case.draft.layout.arrangement
    return Source(name, case.workbook, tuple(regions), kind)


def is_calculable(source: Source) -> bool:
    """Whether formualizer gives numbers for all that is judged."""
    values = Recalculated(source.workbook)
    return all(isinstance(values.value(place), float) for place in source.judged)


__all__ = ["Region", "Sheet", "Source", "changed", "corpus_sources", "is_calculable"]
