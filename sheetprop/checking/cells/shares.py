"""Sheets of softmax: a row for each value from z to its share, the sums, and the way back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import product

from sheetprop.checking.cells.grid import Grid
from sheetprop.checking.cells.labels import named_by, own_headers, tell_ways_back
from sheetprop.checking.cells.matrices import matrix_near
from sheetprop.checking.cells.one_row import Placed, placed, without_defaults
from sheetprop.lessons.kinds.temperature.content import MOST
from sheetprop.lessons.kinds.temperature.quantities import (
    ALL,
    ALL_TARGETS,
    FULL,
    LARGEST,
    LOSS,
    LOSS_TERM,
    LOWERED,
    PLAIN,
    POWER,
    SCALED,
    SHARE,
    SHORT,
    SUM,
    UPSTREAM,
    of_all,
    of_slope,
    of_value,
    slope,
)
from sheetprop.maths.trees.expr import Expr, Name, Negative
from sheetprop.maths.trees.functions import exp, ln
from sheetprop.rows.plain_text import plain
from sheetprop.rows.row_lesson import Settle
from sheetprop.workbooks.sheet import Address

NAME = "temperature"
VALUE, TARGET = "z", "t"
DEFAULTS = {"T": 1.0, "c": 0.0}
_Z = r"(z|u|x|logits?|s)"
_SLOPE = r"d(a|p|s|y|softmax)\w{{0,3}}/d[zxu]{}"

HEADERS: Mapping[str, tuple[str, ...]] = {
    FULL: (r"dl/dz(by)?(the)?(full)?(matrix|jacobian)", r"j(acobian)?t?·?dl/da"),
    SHORT: (r"dl/dz.{0,12}", r"[apsŷ][ty]", r"grad(ient)?s?", "error", "delta"),
    UPSTREAM: ("dl/da", "dl/dp"),
    LOSS_TERM: (r"[ty]·?(ln|log)\(?[aps]\)?", "(log)?loss|ce|crossentropy|verlust|kreuzentropie"),
    PLAIN: (r"exp/Σexp", r"exp/sigmaexp", "plainsoftmax"),
    SHARE: (r"[apsŷ]|yhat|a=.+", r"softmax(\(\w+\))?", "prob(abilit(y|ies))?s?|shares?|anteile?"),
    POWER: ("e", "exp", rf"exp{_Z}", r"exp\(.{1,12}\)", r"e\^.{1,12}", r"e=.{1,12}"),
    LOWERED: (rf"{_Z}(max|m)(\(?{_Z}\)?)?", "shifted"),
    SCALED: (rf"{_Z}/(t|temp(erature)?)", rf"\({_Z}\+c\)/t", "scaled"),
    TARGET: ("t", "y", r"targets?", r"onehot", "ziele?", r"labels?", r"ytrue", r"true", r"truth"),
    VALUE: ("z", r"logits?", r"scores?", r"z\w", "x", r"values?", r"inputs?"),
}  # fmt: skip
"""What headers may say, in plain text: the first that fits is taken."""

SUMS = {POWER: SUM, SHARE: ALL, LOSS_TERM: LOSS, TARGET: ALL_TARGETS}
"""What the row of sums has below a column."""

GIVEN_ONCE = {"T": (r"t", "temp", "temperature", "tau", "τ"), "c": ("c",)}
_LOSS = ("l", "loss", "crossentropy", r"crossentropyloss", "ce", "totalloss")


@dataclass
class Found:
    """Where the quantities of a sheet stand, and how many values there are."""

    count: int
    cells: dict[str, Address] = field(default_factory=dict)
    labels: dict[str, Address] = field(default_factory=dict)


def own_shares(grid: Grid) -> Iterator[Placed]:
    """Yield the table of a sheet of ours, with all that it has."""
    own = {
        FULL: tuple(f"dl/dz{text}" for text in own_headers("temperature_full")),
        SHORT: (r"dl/dz\(at\)/t",),
    }
    for found in _tables(grid, {**HEADERS, **own}, is_own=True):
        yield from _placed(grid, found, is_shifted=True)
        return


def shares(grid: Grid) -> Iterator[Placed]:
    """Yield the ways to take somebody's table: exponentials with the largest taken off, or not."""
    for found in _tables(grid, HEADERS):
        held = found.cells
        if f"{VALUE}1" in held and f"{SHARE}1" in held:
            ways = (True, False) if f"{POWER}1" in held and f"{LOWERED}1" not in held else (True,)
            for is_shifted in ways:
                yield from _placed(grid, found, is_shifted=is_shifted)


def _placed(grid: Grid, found: Found, *, is_shifted: bool) -> Iterator[Placed]:
    cells = {name: grid.place(at) for name, at in found.cells.items()}
    labels = {name: grid.place(at) for name, at in found.labels.items()}
    defaults = {name: value for name, value in DEFAULTS.items() if name not in cells}
    trees = {
        name: tree and without_defaults(tree, defaults)
        for name, tree in trees_of(found.count, is_shifted=is_shifted).items()
    }
    one = placed(NAME, grid.sheet.name, trees, cells, labels, _adding_to_one(found.count))
    if one is not None:
        stated = tuple(q._replace(is_chosen=_is_target(q.name)) for q in one.lesson.stated)
        yield replace(one, lesson=replace(one.lesson, stated=stated))


def _is_target(name: str) -> bool:
    return name.startswith(TARGET) and name.removeprefix(TARGET).isdigit()


def trees_of(count: int, *, is_shifted: bool = True) -> dict[str, Expr | None]:
    """Return the tree of every quantity of so many values, None for what is given."""
    numbers = range(1, count + 1)
    once: dict[str, Expr | None] = dict.fromkeys(("T", "c"))
    given: dict[str, Expr | None] = dict.fromkeys(
        f"{name}{k}" for name, k in product((VALUE, TARGET), numbers)
    )
    found: dict[str, Expr | None] = {
        f"{name}{k}": tree(k) for name, tree in of_value(count).items() for k in numbers
    }
    if not is_shifted:
        found |= {f"{POWER}{k}": exp(Name(f"{SCALED}{k}")) for k in numbers}
        found |= {
            f"{LOSS_TERM}{k}": Negative(Name(f"{TARGET}{k}") * ln(Name(f"{SHARE}{k}")))
            for k in numbers
        }
    slopes = {slope(i, j): of_slope(i, j) for i, j in product(numbers, numbers)}
    return {**once, **given, **found, **slopes, **of_all(count)}


def _adding_to_one(count: int) -> Settle:
    """Return what makes random targets add up to 1."""
    names = [f"{TARGET}{k}" for k in range(1, count + 1)]

    def settle(row: dict[str, float]) -> None:
        if all(name in row for name in names):
            low = min(row[name] for name in names)
            parts = {name: row[name] - low + 0.1 for name in names}
            whole = sum(parts.values())
            row |= {name: part / whole for name, part in parts.items()}

    return settle


def _tables(
    grid: Grid, headers: Mapping[str, tuple[str, ...]], *, is_own: bool = False
) -> Iterator[Found]:
    """Yield the table below each line of headers."""
    for row, texts in grid.rows.items():
        columns: dict[str, int] = {}
        for column, text in sorted(texts.items()):
            name = named_by(text, _slopes()) or named_by(text, headers)
            if name is not None:
                columns.setdefault(name, column)
        tell_ways_back(texts, headers, columns)
        if VALUE in columns and SHARE in columns:
            count = _count(grid, row, columns)
            if 2 <= count <= MOST:
                head = row, columns.get(TARGET, 0)
                if grid.heads_one(head, count) and named_by(texts.get(head[1], ""), GIVEN_ONCE):
                    del columns[TARGET]  # a temperature, with one number behind its label
                found = _below(row, columns, count)
                _put_sums(grid, row + count + 1, columns, found)
                _put_once(grid, found)
                if not is_own:
                    found.cells = {k: at for k, at in found.cells.items() if grid.is_filled(at)}
                    _put_lone_loss(found)
                    _put_matrix(grid, found)
                yield found


def _slopes() -> dict[str, tuple[str, ...]]:
    return {f"slope{j}": (_SLOPE.format(j),) for j in range(1, MOST + 1)}


def _count(grid: Grid, head: int, columns: Mapping[str, int]) -> int:
    """Return how many rows of values follow."""
    row = head + 1
    while grid.is_filled((row, columns[VALUE])) and not _is_sums(grid, row, columns):
        row += 1
    return row - head - 1


def _is_sums(grid: Grid, row: int, columns: Mapping[str, int]) -> bool:
    first = min(columns.values())
    texts = (text for column, text in grid.rows.get(row, {}).items() if column < first)
    return any(_sums_in(text) for text in texts)


def is_share(name: str) -> bool:
    """Whether a quantity is what softmax makes of a value."""
    return name.startswith(SHARE) and name.removeprefix(SHARE).isdigit()


def _sums_in(text: str) -> bool:
    own = plain(text)
    return any(word in own for word in ("sum", "Σ", "sigma", "total", "max"))


def _below(head: int, columns: Mapping[str, int], count: int) -> Found:
    found = Found(count)
    for name, column in columns.items():
        for k in range(1, count + 1):
            is_slope = name.startswith("slope")
            own = slope(k, int(name.removeprefix("slope"))) if is_slope else f"{name}{k}"
            found.cells[own] = head + k, column
            found.labels[own] = head, column
    return found


def _put_sums(grid: Grid, row: int, columns: Mapping[str, int], found: Found) -> None:
    """Put in what the row behind the values has, where a text says that it is sums."""
    texts = [plain(text) for text in grid.rows.get(row, {}).values()]
    if any("sum" in t or "sigma" in t or "Σ" in t or "total" in t for t in texts):
        found.cells |= {
            once: (row, columns[name]) for name, once in SUMS.items() if name in columns
        }
    if any("max" in text for text in texts) and SCALED in columns:
        found.cells[LARGEST] = row, columns[SCALED]


def _put_matrix(grid: Grid, found: Found) -> None:
    """Put in the slopes of all shares by all values, where they stand as a matrix."""
    for (i, j), at in matrix_near(grid, found.count, {*found.cells.values()}).items():
        found.cells[slope(i, j)] = found.labels[slope(i, j)] = at


def _put_lone_loss(found: Found) -> None:
    """Take one number alone under a header of losses for the loss of all values."""
    terms = [
        f"{LOSS_TERM}{k}" for k in range(1, found.count + 1) if f"{LOSS_TERM}{k}" in found.cells
    ]
    if len(terms) == 1 and LOSS not in found.cells:
        found.cells[LOSS] = found.cells.pop(terms[0])
        found.labels[LOSS] = found.labels[terms[0]]


def _put_once(grid: Grid, found: Found) -> None:
    """Put in what stands beside a label: the temperature, the loss."""
    taken = set(found.cells.values())
    for at, text in grid.texts.items():
        name = named_by(text, {**GIVEN_ONCE, LOSS: _LOSS})
        if name is None or name in found.cells or at in found.labels.values():
            continue
        cell = grid.beside(at)
        if cell is not None and cell not in taken:
            found.cells[name] = cell
            found.labels[name] = at
