"""What is wrong with the cells that one series of a chart shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sheetprop.mistakes.experiment.pasted import Pasted
from sheetprop.tables.areas import Area, steps_shown
from sheetprop.tables.table import Table


class Extent(NamedTuple):
    """How far a series leaves the losses it is meant to show; all zero and False when it does not.

    `late` and `early` count losses left out at the beginning and at the end, `beyond` cells behind
    the last loss; `has_header` tells whether the header or a label is among the values.
    """

    late: int = 0
    early: int = 0
    beyond: int = 0
    has_header: bool = False

    @property
    def misses(self) -> bool:
        """Whether losses are left out."""
        return bool(self.late or self.early)

    @property
    def adds(self) -> bool:
        """Whether it shows what is no loss."""
        return bool(self.beyond or self.has_header)

    @property
    def phrase(self) -> str:
        """What is wrong, to complete "the series …"."""
        said = []
        if self.late:
            said.append(f"starts {_points(self.late)} late")
        if self.early:
            said.append(f"ends {_points(self.early)} early")
        if self.has_header:
            said.append("takes the header for a value")
        if self.beyond:
            said.append(f"goes on for {_cells(self.beyond)} after the last iteration")
        return " and ".join(said)

    @property
    def kind(self) -> tuple[bool, bool, bool, bool]:
        """Alike for series that are wrong in the same way."""
        return bool(self.late), bool(self.early), bool(self.beyond), self.has_header


def _points(count: int) -> str:
    return f"{count} point{'s' * (count != 1)}"


def _cells(count: int) -> str:
    return f"{count} cell{'s' * (count != 1)}"


def is_across(areas: Sequence[Area], table: Table) -> bool:
    """Whether a series takes one iteration only: a row of the table instead of a column."""
    return len(steps_shown(areas, table)) == 1 and table.iterations > 1


def extent_in_table(areas: Sequence[Area], table: Table) -> Extent:
    """Return how far a series that shows E_total of a table leaves it."""
    steps = steps_shown(areas, table)
    first = min(area.span(table)[0] for area in areas)
    last = max(area.span(table)[1] for area in areas)
    return Extent(
        late=steps[0],
        early=table.iterations - 1 - steps[-1],
        beyond=max(0, last - max(table.places)),
        has_header=first <= table.header < min(table.places),
    )


def extent_in_pasted(areas: Sequence[Area], pasted: Pasted) -> Extent | None:
    """Return how far a series leaves a copy of the losses; None where it does not show it.

    Blank cells behind it are no mistake: a range longer than needed takes in what is pasted next.
    """
    if len(areas) != 1 or areas[0].sheet != pasted.sheet:
        return None  # single cells chosen here and there are a choice
    shown = [i for i, cell in enumerate(pasted.cells) if areas[0].contains(cell)]
    if len(shown) < 2:
        return None
    label = pasted.label
    return Extent(
        late=shown[0],
        early=len(pasted.cells) - 1 - shown[-1],
        has_header=label is not None and areas[0].contains(label),
    )
