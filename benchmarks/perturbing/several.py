"""Slips that change more than one cell: two exchanged, a row pasted, a column filled wrongly."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from perturbing.references import Place
from perturbing.rewrites import Trial, formula_of
from perturbing.slips import region_of
from sheetprop.workbooks.sheet import Cell

Several = Mapping[Place, Cell | None]
"""All cells that a slip changes."""


def _swapped(trial: Trial) -> Several | None:
    """Exchange the contents of two cells of a row."""
    own = region_of(trial)
    if own is None:
        return None
    name, step = own.names[trial.place[1]]
    others = [(n, a) for (n, k), a in own.cells.items() if k == step and n != name]
    if not others:
        return None
    other = (own.sheet, trial.draw.choice(sorted(others))[1])
    one, two = trial.source.cell(trial.place), trial.source.cell(other)
    if not (formula_of(trial.source, trial.place) and formula_of(trial.source, other)):
        return None
    return {trial.place: two, other: one}  # type: ignore[dict-item]


def _values_of_row(trial: Trial) -> Several | None:
    """Paste the values of the row above over a whole row."""
    own = region_of(trial)
    if own is None:
        return None
    step = own.names[trial.place[1]][1]
    found: dict[Place, Cell | None] = {}
    for (name, k), address in own.cells.items():
        above = own.cells.get((name, step - 1))
        if k == step and above and formula_of(trial.source, (own.sheet, address)):
            value = trial.whatif.plain.value((own.sheet, above))
            found[own.sheet, address] = Cell(value) if isinstance(value, float) else None
    return found or None


def _rows_swapped(trial: Trial) -> Several | None:
    """Exchange a cell with the one below it, letter by letter."""
    own = region_of(trial)
    if own is None:
        return None
    name, step = own.names[trial.place[1]]
    below = own.cells.get((name, step + 1))
    if below is None:
        return None
    other = (own.sheet, below)
    if not (formula_of(trial.source, trial.place) and formula_of(trial.source, other)):
        return None
    one, two = trial.source.cell(trial.place), trial.source.cell(other)
    return {trial.place: two, other: one}  # type: ignore[dict-item]


def _by_row_number(trial: Trial) -> Several | None:
    """Fill a column by a formula that is another one in the row of one number."""
    own = region_of(trial)
    if own is None:
        return None
    name, step = own.names[trial.place[1]]
    line = "COLUMN" if own.across else "ROW"
    number = trial.place[1][1 if own.across else 0]
    pattern = trial.draw.choice(
        (
            "=IF({line}()={n},-({f}),{f})",
            "=IF({line}()<>{n},{f},0)",
            "=({f})*(1-({line}()={n})*0.01)",
        )
    )
    cells: dict[Place, Cell | None] = {}
    for (other, k), address in own.cells.items():
        formula = formula_of(trial.source, (own.sheet, address))
        if other == name and k and formula:
            text = pattern.format(line=line, n=number, f=formula[1:].strip())
            cells[own.sheet, address] = Cell(None, text)
    return cells if step and trial.place in cells else None


SEVERAL: Mapping[str, Callable[[Trial], Several | None]] = {
    "two of a row": _swapped,
    "by row number": _by_row_number,
    "two of a column": _rows_swapped,
    "values of the row above": _values_of_row,
}
"""Slips that change more than one cell; each of them that shows must be found."""
