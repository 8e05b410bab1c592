"""References of formulas that go on evenly: so many rows and columns from one cell to the next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from sheetprop.checking.layouts.texts import pieces_of
from sheetprop.notation.mentioned import Area, split

Within = tuple[int, int]
"""Row and column in a block, counted from 0."""

Corners = tuple[Area, ...]
Step = tuple[tuple[int, int], ...]
"""How far each reference goes, in rows and columns."""

MOST_WAYS = 4
"""So many of the likeliest steps are tried."""


@dataclass(frozen=True)
class Slot:
    """A reference: its area for the first cell, and how far that goes with each row and column."""

    start: Area
    down: tuple[int, int]
    right: tuple[int, int]

    def area(self, row: int, column: int) -> Area:
        """Return the area for a cell of the block."""
        y = self.down[0] * row + self.right[0] * column
        x = self.down[1] * row + self.right[1] * column
        sheet, top, left, bottom, right = self.start
        return Area(sheet, top + y, left + x, bottom + y, right + x)

    @property
    def size(self) -> int:
        """Return how many cells it has."""
        return len(self.start.rows) * len(self.start.columns)


def around(one: Area, other: Area) -> Area:
    """Return the range around two others of a sheet."""
    return Area(
        one.sheet,
        min(one.top, other.top),
        min(one.left, other.left),
        max(one.bottom, other.bottom),
        max(one.right, other.right),
    )


def key_of(formula: str, sheet: str) -> tuple[object, ...]:
    """Return what is alike in formulas of one shape: texts, and the sizes of references."""
    return tuple(
        (part.sheet, len(part.rows), len(part.columns)) if isinstance(part, Area) else part
        for part in pieces_of(formula, sheet)
    )


def slots_at(formula: str, sheet: str) -> Corners:
    """Return the references of a formula in order."""
    return tuple(part for part in split(formula, sheet) if isinstance(part, Area))


def evenly(places: Mapping[Within, Corners]) -> tuple[tuple[Slot, ...], list[Within]] | None:
    """Return how references go on in most cells of a block, and the cells in which they do.

    Of ways that fit equally many the plainest is taken: rows go with rows, columns with columns,
    by steps alike.
    """
    has_rows, has_columns = (max(at[axis] for at in places) > 0 for axis in (0, 1))
    best: tuple[tuple[int, float], tuple[Slot, ...], list[Within]] | None = None
    downs = _steps(places, (1, 0)) if has_rows else [None]
    rights = _steps(places, (0, 1)) if has_columns else [None]
    for down, right in product(downs, rights):
        found = _fitted(places, down, right)
        if found is None:
            continue
        slots, even = found
        rank = len(even), -_oddity(slots, has_rows and has_columns)
        if best is None or rank > best[0]:
            best = rank, slots, even
    return None if best is None else (best[1], best[2])


def _steps(places: Mapping[Within, Corners], way: Within) -> list[Step | None]:
    """Return the likeliest steps from a cell to the next, or to the one after it."""
    votes: Counter[Step] = Counter()
    for (row, column), own in places.items():
        for times in (1, 2):
            other = places.get((row + times * way[0], column + times * way[1]))
            step = None if other is None else _step(own, other, times)
            if step is not None:
                votes[step] += 1
    return [step for step, _ in votes.most_common(MOST_WAYS)]


def _step(one: Corners, other: Corners, times: int) -> Step | None:
    found = [(b.top - a.top, b.left - a.left) for a, b in zip(one, other, strict=True)]
    if any(y % times or x % times for y, x in found):
        return None
    return tuple((y // times, x // times) for y, x in found)


def _fitted(
    places: Mapping[Within, Corners], down: Step | None, right: Step | None
) -> tuple[tuple[Slot, ...], list[Within]] | None:
    """Return the references for these steps that most cells have, and those cells."""
    starts: Counter[Corners] = Counter()
    by_start: dict[Corners, list[Within]] = {}
    for at, own in places.items():
        nothing = ((0, 0),) * len(own)
        start = tuple(_started(own, down or nothing, right or nothing, at))
        starts[start] += 1
        by_start.setdefault(start, []).append(at)
    start, _ = starts.most_common(1)[0]
    nothing = ((0, 0),) * len(start)
    steps = zip(start, down or nothing, right or nothing, strict=True)
    return tuple(Slot(*one) for one in steps), sorted(by_start[start])


def _started(own: Sequence[Area], down: Step, right: Step, at: Within) -> Iterator[Area]:
    for area, a, b in zip(own, down, right, strict=True):
        y, x = a[0] * at[0] + b[0] * at[1], a[1] * at[0] + b[1] * at[1]
        sheet, top, left, bottom, last = area
        yield Area(sheet, top - y, left - x, bottom - y, last - x)


def _oddity(slots: Sequence[Slot], is_plane: bool) -> float:
    """Return how far steps are from those of rows with rows and columns with columns, alike."""
    crossed = sum(bool(slot.down[1]) + bool(slot.right[0]) for slot in slots)
    uneven = sum(
        slot.down[0] != slot.right[1] and slot.down[0] * slot.right[1] != 0 for slot in slots
    )
    half = sum((slot.down[0] == 0) != (slot.right[1] == 0) for slot in slots)
    back = sum(min(slot.down[0], slot.right[1], 0) < 0 for slot in slots)
    return crossed + uneven + back + (half / 2 if is_plane else 0)
