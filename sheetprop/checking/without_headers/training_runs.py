"""Training runs in a sheet without headers: lines of formulas that update themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from sheetprop.checking.finding.recognise import LARGEST_GAP
from sheetprop.notation.relative import references
from sheetprop.tables.table import ACROSS, DOWN, Table
from sheetprop.workbooks.sheet import Address, Sheet

LEAST_UPDATES = 2
"""So many lines must update themselves for a block of formulas to be a training run."""

MOST_FORMULAS = 200_000


@dataclass(frozen=True)
class TrainingRun:
    """The lines that update themselves in the same places: rows of iterations, or columns."""

    orientation: str
    updates: tuple[int, ...]
    places: tuple[int, ...]

    @property
    def repeats(self) -> int:
        """How many updates follow updates: none by chance."""
        return len(self.updates) * (len(self.places) - 2)

    def table(self, sheet: str, lines: Mapping[str, int]) -> Table:
        """Return the table of some lines of the run, which has no header."""
        return Table(sheet, self.orientation, min(self.places), self.places, lines, {})


def training_runs(sheet: Sheet) -> list[TrainingRun]:
    """Return every training run of a sheet: down, across, or backward, whichever explains most.

    In a table that goes across, a sum that takes the line above looks like an update going down.
    """
    formulas = {address: cell.formula for address, cell in sheet.cells.items() if cell.formula}
    if len(formulas) > MOST_FORMULAS:
        return []
    taken = {address: set(references(formula)) for address, formula in formulas.items()}
    turned = _turned(taken)
    found = [list(_runs(taken, DOWN)), list(_runs(turned, ACROSS))]
    found += [_backward(taken, DOWN), _backward(turned, ACROSS)]
    return max(found, key=lambda runs: (sum(run.repeats for run in runs), bool(runs)))


def _backward(taken: Mapping[Address, set[Address]], orientation: str) -> list[TrainingRun]:
    """Return the runs whose newest iteration comes first: each is computed from the one below."""
    over = {_mirrored(cell): set(map(_mirrored, cells)) for cell, cells in taken.items()}
    runs = _runs(over, orientation)
    return [replace(run, places=tuple(-place for place in run.places)) for run in runs]


def _mirrored(cell: Address) -> Address:
    return -cell[0], cell[1]


def _turned(taken: Mapping[Address, set[Address]]) -> dict[Address, set[Address]]:
    """Exchange rows and columns: what goes across goes down then."""
    return {cell[::-1]: {found[::-1] for found in cells} for cell, cells in taken.items()}


def _runs(taken: Mapping[Address, set[Address]], orientation: str) -> Iterator[TrainingRun]:
    before: dict[int, dict[int, int]] = {}
    for (place, line), found in taken.items():
        cells = _behind_copy(taken, found)
        for gap in range(1, LARGEST_GAP + 2):
            if (place - gap, line) in cells and len(cells) > 1:  # a counter takes nothing else
                before.setdefault(line, {})[place] = place - gap
                break
    lines_of: dict[tuple[int, ...], list[int]] = {}
    for line, links in before.items():
        if len(set(links.values())) < len(links):
            continue  # one iteration has one successor; sums side by side may take the same weight
        for places in _chains(links):
            lines_of.setdefault(places, []).append(line)
    whole = [places for places, lines in lines_of.items() if len(lines) >= LEAST_UPDATES]
    broken: dict[tuple[int, ...], list[int]] = {}
    for line, links in before.items():
        for places in _runs_of(links, whole):
            broken.setdefault(places, []).append(line)
    for places, lines in broken.items():
        yield TrainingRun(orientation, tuple(sorted(lines)), places)


def _runs_of(
    links: Mapping[int, int], whole: Sequence[tuple[int, ...]]
) -> Iterator[tuple[int, ...]]:
    """Yield the runs that a line goes most of the way, the longest first; none twice in a place."""
    taken: set[int] = set()
    for places in sorted(whole, key=lambda one: _followed(links, one), reverse=True):
        if taken.isdisjoint(places) and 2 * _followed(links, places) > len(places) - 1:
            taken.update(places)
            yield places


def _followed(links: Mapping[int, int], places: Sequence[int]) -> int:
    """Return how many steps of a run a line goes: one odd cell is no reason to leave it out."""
    return sum(links.get(place) == before for before, place in pairwise(places))


def _behind_copy(taken: Mapping[Address, set[Address]], cells: set[Address]) -> set[Address]:
    """Return what a formula takes; of one that takes a single cell, what that takes.

    A weight may be computed in a line of its own, from which the next iteration copies it.
    """
    return taken.get(next(iter(cells)), cells) if len(cells) == 1 else cells


def _chains(links: Mapping[int, int]) -> Iterator[tuple[int, ...]]:
    """Yield the places of each run of a line; every one but the first takes the one before it."""
    chain: list[int] = []
    for place in sorted(links):
        if chain and links[place] != chain[-1]:
            yield tuple(chain)
            chain = []
        chain = [*(chain or [links[place]]), place]
    if chain:
        yield tuple(chain)
