"""Formulas without values get them, from the calculation engine, so that every reader sees them.

The engine is given no more than these formulas need: taking in the long tables of which they pick
single rows would take most of the time of making a workbook.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

from sheetprop.calculating.blocks import blocks
from sheetprop.calculating.defined_names import Names
from sheetprop.calculating.engine_values import for_engine, from_engine
from sheetprop.notation.mentioned import Area, Pick, areas_in, picks_in, reaches_anywhere
from sheetprop.workbooks.long_tables import corner_cells, long_tables, loose_cells, with_loose
from sheetprop.workbooks.sheet import EMPTY_NAMES, Address, Sheet

_LONG = 2_000  # rows
_NUMBERS = "…"  # a sheet of the engine's own, for the numbers of the cells that are picked

Formulas = Mapping[str, Mapping[Address, str]]


def calculated(
    sheets: Sequence[Sheet],
    names: Mapping[str, str] = EMPTY_NAMES,
    within: Container[str] | None = None,
) -> tuple[Sheet, ...]:
    """Return the sheets with a value in every cell that has a formula and none yet.

    All other cells count as what they show; formulas that have their value are not calculated.
    `names` are the defined names that the formulas may use, those of the sheets `within` where only
    these do.
    """
    known, none = Names(names), Names(EMPTY_NAMES)
    wanted = {
        sheet.name: _without_value(sheet, known if within is None or sheet.name in within else none)
        for sheet in sheets
    }
    if not any(wanted.values()):
        return tuple(sheets)
    engine = _evaluated(sheets, wanted)
    return tuple(_filled(sheet, wanted[sheet.name], engine) for sheet in sheets)


def _without_value(sheet: Sheet, names: Names) -> dict[Address, str]:
    """Return the formulas to calculate; those of long tables have their values."""
    return {
        at: names.substituted(cell.formula, sheet.name)
        for at, cell in loose_cells(sheet.cells).items()
        if cell.formula is not None and cell.value is None
    }


def _evaluated(sheets: Sequence[Sheet], wanted: Formulas) -> Any:
    """Return an engine in which the wanted formulas are calculated."""
    import formualizer as fz

    config = fz.EvaluationConfig()
    config.enable_parallel = False  # slower for so few cells
    settings = fz.WorkbookConfig(mode=_mode(sheets), eval_config=config, enable_changelog=False)
    engine = fz.Workbook(config=settings)
    for name in (*wanted, _NUMBERS):
        engine.add_sheet(name)
    for sheet in sheets:
        cells = loose_cells(sheet.cells).items()
        shown = {at: for_engine(cell.value) for at, cell in cells if cell.value is not None}
        for row, column, values in blocks(shown):
            engine.set_values_batch(sheet.name, row, column, values)
    tables = _Tables(engine, sheets)
    picks = tables.give_needed(wanted)
    for name, formulas in wanted.items():
        for row, column, texts in blocks(formulas):
            engine.set_formulas_batch(name, row, column, texts)
    engine.evaluate_all()
    while tables.give_picked(picks):  # what one picks may hang on what another picks
        engine.evaluate_all()
    return engine


def _mode(sheets: Sequence[Sheet]) -> Any:
    """Return the engine's mode: one takes formulas quicker, but values in quadratic time."""
    import formualizer as fz

    lengths = (len(table.rows) for sheet in sheets for table in long_tables(sheet.cells))
    is_long = max(lengths, default=0) > _LONG
    return fz.WorkbookMode.Ephemeral if is_long else fz.WorkbookMode.Interactive


class _Tables:
    """Gives the engine what formulas need of the long tables."""

    def __init__(self, engine: Any, sheets: Iterable[Sheet]) -> None:
        self.engine = engine
        with_tables = [sheet for sheet in sheets if long_tables(sheet.cells)]
        self.sheets = {sheet.name.casefold(): sheet for sheet in with_tables}
        self.names = [name.replace("'", "''") for name in self.sheets]
        self.given: set[Area] = set()

    def give_needed(self, wanted: Formulas) -> dict[Pick, Address]:
        """Give what the formulas name; return where the engine has the numbers of their picks."""
        areas: list[Area] = []
        picks: dict[Pick, None] = {}
        for name, formulas in wanted.items():
            for formula in formulas.values():
                if reaches_anywhere(formula):
                    areas += self.all()
                elif name.casefold() in self.sheets or self.may_need(formula):
                    rest, found = picks_in(formula, name)
                    picks.update((pick, None) for pick in found if self.has(pick.column))
                    areas += areas_in(rest, name, self.sheets)
        self.give(areas)
        numbers = {text: (row, 1) for row, text in enumerate({p.number: 0 for p in picks}, 1)}
        for text, at in numbers.items():
            self.engine.set_formula(_NUMBERS, *at, text)
            self.give(areas_in(text, _NUMBERS, self.sheets))
        return {pick: numbers[pick.number] for pick in picks}

    def may_need(self, formula: str) -> bool:
        """Take a quick look, so that only formulas that may need a table are taken apart."""
        text = formula.casefold()
        return "!" in formula and any(name in text for name in self.names)

    def has(self, area: Area) -> bool:
        """Whether an area is on a sheet with long tables."""
        return area.sheet.casefold() in self.sheets

    def all(self) -> Iterator[Area]:
        """Yield areas that hold all tables."""
        for name, sheet in self.sheets.items():
            corners = zip(*corner_cells(sheet.cells), strict=True)
            yield Area(name, 1, 1, *map(max, corners))

    def give_picked(self, picks: Mapping[Pick, Address]) -> bool:
        """Give the cells that are picked; return whether any of them is new."""
        numbers = {at: self.engine.get_value(_NUMBERS, *at) for at in set(picks.values())}
        found = (pick.taken(from_engine(numbers[at])) for pick, at in picks.items())
        return self.give(chain.from_iterable(found))

    def give(self, areas: Iterable[Area]) -> bool:
        """Give the values in some areas; return whether any of these is new."""
        new = [area for area in dict.fromkeys(areas) if area not in self.given and self.has(area)]
        self.given.update(new)
        return sum(map(self.give_area, new)) > 0

    def give_area(self, area: Area) -> int:
        """Give what tables have in an area; return how many of them have something."""
        sheet = self.sheets[area.sheet.casefold()]
        parts = [table.part(area.rows, area.columns) for table in long_tables(sheet.cells)]
        for corner, lines in (part for part in parts if part[1]):
            values = [[for_engine(value) for value in line] for line in lines]
            self.engine.set_values_batch(sheet.name, *corner, values)
        return sum(bool(lines) for _, lines in parts)


def _filled(sheet: Sheet, wanted: Mapping[Address, str], engine: Any) -> Sheet:
    if not wanted:
        return sheet
    loose = dict(loose_cells(sheet.cells))
    for at in wanted:
        loose[at] = loose[at]._replace(value=from_engine(engine.get_value(sheet.name, *at)))
    return replace(sheet, cells=with_loose(sheet.cells, loose))
