"""The one cell in which an input or target leaves the number that its line carries on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from sheetprop.calculating.agreement import is_close
from sheetprop.maths.quantity import Lesson
from sheetprop.maths.trees.expr import Expr, Name, Number
from sheetprop.maths.trees.walk import names
from sheetprop.tables.lines import Line

FEWEST_EQUAL = 8
"""So many rows have the same number typed where the only other one is remarkable."""

FEWEST_ALONE = 5
"""So many are enough where every other line of given numbers stays the same in all rows."""

FEWEST_COPIES = 3
"""So many cells carry a given number on where the one that does not is a slip."""

EXACT = 1e-9
BOTH = 2


class _Around(NamedTuple):
    """Whether the given lines `carry` their numbers on, and all but one `stay` the same."""

    carry: bool
    stay: bool


Trees = Mapping[str, Sequence[tuple[Sequence[int], Expr]]]
"""What the formulas of each quantity say, with the steps that say so."""


class Departure(NamedTuple):
    """The quantity, the step, the number there and the one before it.

    Where all numbers `are_typed`, the one before is what every other row has.
    """

    quantity: str
    step: int
    number: float
    before: float
    are_typed: bool = False


def with_unread(
    readings: Iterable[tuple[Sequence[int], Expr | None]], number_at: Callable[[int], float | None]
) -> list[tuple[Sequence[int], Expr]]:
    """Return what formulas say, with the number that one shows for each that could not be read."""
    found: list[tuple[Sequence[int], Expr]] = []
    for steps, tree in readings:
        if tree is not None:
            found.append((steps, tree))
            continue
        numbers = ((step, number_at(step)) for step in steps)
        found += (((step,), Number(one)) for step, one in numbers if one is not None)
    return found


def departure(
    lesson: Lesson,
    lines: Mapping[str, Line],
    trees: Trees,
    value_of: Callable[[Name, int], float | None],
) -> Departure | None:
    """Return the only cell in which something given becomes another number, if one does.

    Where several do, other examples are meant; where weights start again, another run is.
    """
    given = [
        name
        for name, quantity in lesson.quantities.items()
        if name in lines and quantity.tree is None and quantity.is_given_first
    ]
    all_copies = sum(_copies(name, trees.get(name, ())) for name in given)
    around = _Around(
        carry=all_copies >= FEWEST_COPIES,
        stay=sum(_varies(lines[name], trees.get(name, ())) for name in given) <= 1 < len(given),
    )
    found = [
        one
        for name in given
        for one in _of(name, lines[name], trees.get(name, ()), value_of, around)
    ]
    is_alone = len(found) == 1 and found[0].step not in _starts(lesson, lines) - {0}
    return found[0] if is_alone else None


def _starts(lesson: Lesson, lines: Mapping[str, Line]) -> set[int]:
    """Return the steps in which weights are typed."""
    return {
        step
        for name, quantity in lesson.quantities.items()
        if quantity.is_given_first and quantity.tree is not None and name in lines
        for step in lines[name].numbers
    }


def _of(
    name: str,
    line: Line,
    trees: Sequence[tuple[Sequence[int], Expr]],
    value_of: Callable[[Name, int], float | None],
    around: _Around,
) -> Iterator[Departure]:
    """Yield the cells of a line that take no other cell of the table, and differ from the last.

    Where a short line has too few copies to tell, those of the lines beside it count, too.
    """
    copies = _copies(name, trees)
    alone = [(steps, tree) for steps, tree in trees if not names(tree)]
    others = [step for steps, _ in alone for step in steps]
    is_short = copies > 0 or len({*line.numbers, *others}) == BOTH
    is_carried = copies >= FEWEST_COPIES or (is_short and around.carry)
    if not is_carried and len({tree for _, tree in alone}) > BOTH:
        return  # and its numbers, of which there may be one in each row, are not looked at
    if not is_carried:
        values = {step: value_of(Name(name), step) for step in others} | dict(line.numbers)
        fewest = FEWEST_ALONE if around.stay else FEWEST_EQUAL
        found = _odd_number(name, values, fewest)
        if found is not None:
            yield found._replace(are_typed=not others)
        return
    last: Departure | None = None
    for step in sorted({*line.numbers, *others} - {0}):
        number, before = value_of(Name(name), step), value_of(Name(name), step - 1)
        if number is None or before is None or is_close(number, before, EXACT):
            continue
        if last is not None and step == last.step + 1 and is_close(number, last.before, EXACT):
            continue  # it comes back to what was left
        last = Departure(name, step, number, before)
        yield last


def _odd_number(name: str, values: Mapping[int, float | None], fewest: int) -> Departure | None:
    """Return the only number that is not the one of all other rows, typed or from one cell."""
    counted = Counter(values.values()).most_common()
    if len(counted) != BOTH:
        return None
    (usual, count), (odd, times) = counted
    if times != 1 or count < fewest or odd is None or usual is None:
        return None
    step = next(step for step, number in values.items() if number == odd)
    return Departure(name, step, odd, usual)


def _varies(line: Line, trees: Sequence[tuple[Sequence[int], Expr]]) -> bool:
    """Whether a line has several numbers that take no other cell of the table."""
    alone = {tree for _, tree in trees if not names(tree)}
    return len({*line.numbers.values()}) + len(alone) > 1


def _copies(name: str, trees: Sequence[tuple[Sequence[int], Expr]]) -> int:
    """Return how many cells take the number of a row before."""
    return sum(len(steps) for steps, tree in trees if _is_copy(name, tree))


def _is_copy(name: str, tree: Expr) -> bool:
    return isinstance(tree, Name) and tree.name == name
