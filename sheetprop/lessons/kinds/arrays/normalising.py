"""What normalisation makes of a tensor, forward and backward: trees over arrays.

The tensor has a row for each place of each example and a column for each channel. What is
normalised together, a `Group`, is a rectangle of it: a channel of all examples (batch), an example
(layer), some channels of an example (group), one channel of an example (instance). Sources: Ioffe
and Szegedy 2015; Ba, Kiros and Hinton 2016; Wu and He 2018; Ulyanov, Vedaldi and Lempitsky 2016.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sheetprop.maths.trees.expr import Call, Expr, Number
from sheetprop.maths.trees.windows import Index, Window, element, window

BATCH, LAYER, GROUP, INSTANCE = "batch", "layer", "group", "instance"
WAYS = (BATCH, LAYER, GROUP, INSTANCE)

Trees = dict[Index, Expr]


@dataclass(frozen=True)
class Way:
    """How a tensor is cut: in rectangles of so many rows and columns."""

    rows: int
    columns: int
    group_rows: int
    group_columns: int

    @property
    def down(self) -> int:
        """Return how many groups lie below each other."""
        return self.rows // self.group_rows

    @property
    def across(self) -> int:
        """Return how many lie side by side."""
        return self.columns // self.group_columns

    @property
    def size(self) -> int:
        """Return how many numbers a group has."""
        return self.group_rows * self.group_columns

    def group(self, array: str, g: int, h: int) -> Window:
        """Return a group of an array as large as the tensor."""
        first = g * self.group_rows, h * self.group_columns
        return window(array, first, (self.group_rows, self.group_columns))

    def of(self, array: str, row: int, column: int) -> Window:
        """Return the number of an array of groups that belongs to an element."""
        return element(array, row // self.group_rows, column // self.group_columns)

    def groups(self) -> list[Index]:
        """Return the places of all groups."""
        return [(g, h) for g in range(self.down) for h in range(self.across)]

    def elements(self) -> list[tuple[int, int]]:
        """Return the places of all elements."""
        return [(row, column) for row in range(self.rows) for column in range(self.columns)]

    def column(self, array: str, column: int) -> Window:
        """Return a channel of an array."""
        return window(array, (0, column), (self.rows, 1))


def way_of(name: str, examples: int, places: int, channels: int, groups: int) -> Way:
    """Return how a way of normalising cuts a tensor."""
    rows = examples * places
    sizes = {
        BATCH: (rows, 1),
        LAYER: (places, channels),
        GROUP: (places, channels // groups),
        INSTANCE: (places, 1),
    }
    return Way(rows, channels, *sizes[name])


def trees(way: Way) -> Mapping[str, Trees]:
    """Return the tree of every element of each array, in the order of calculation.

    `x`, `gamma`, `beta`, `epsilon` and `dy`, ∂E/∂y, are given; `n` is x̂, `dn` ∂E/∂x̂; `mean dn`
    and `mean dn n` are means over a group, as the slope of its mean and its variance need them.
    """
    at = way.elements()
    return {
        "mean": {g: Call("AVERAGE", (way.group("x", *g),)) for g in way.groups()},
        "variance": {g: _variance(way, g) for g in way.groups()},
        "n": {i: (element("x", *i) - way.of("mean", *i)) / _deviation(way, i) for i in at},
        "y": {
            i: element("gamma", 0, i[1]) * element("n", *i) + element("beta", 0, i[1]) for i in at
        },
        "dgamma": {
            (0, c): Call("SUMPRODUCT", (way.column("dy", c), way.column("n", c)))
            for c in range(way.columns)
        },
        "dbeta": {(0, c): Call("SUM", (way.column("dy", c),)) for c in range(way.columns)},
        "dn": {i: element("dy", *i) * element("gamma", 0, i[1]) for i in at},
        "mean dn": {g: Call("AVERAGE", (way.group("dn", *g),)) for g in way.groups()},
        "mean dn n": {
            g: Call("SUMPRODUCT", (way.group("dn", *g), way.group("n", *g))) / Number(way.size)
            for g in way.groups()
        },
        "dx": {i: _slope(way, i) for i in at},
    }


def _variance(way: Way, g: Index) -> Expr:
    """Return the mean of the squared distances: of all that are there, not of a sample."""
    distances = (way.group("x", *g) - element("mean", *g)) ** 2
    return Call("SUMPRODUCT", (distances,)) / Number(way.size)


def _deviation(way: Way, index: tuple[int, int]) -> Expr:
    return Call("SQRT", (way.of("variance", *index) + element("epsilon", 0, 0),))


def _slope(way: Way, index: tuple[int, int]) -> Expr:
    """Return ∂E/∂x: what arrives, without what moving the mean and the variance takes back."""
    mean, along = way.of("mean dn", *index), way.of("mean dn n", *index)
    moved = element("dn", *index) - mean - element("n", *index) * along
    return moved / _deviation(way, index)


def evaluating(way: Way) -> Mapping[str, Trees]:
    """Return what a batch leaves in the running statistics, and what evaluation makes of x.

    `momentum` is the share of the new. The running variance takes that of a sample, whose divisor
    is one less, as PyTorch has it.
    """
    share, count = element("momentum", 0, 0), Number(way.rows)
    own = range(way.columns)
    sample = count / (count - 1)

    def old(name: str, c: int) -> Window:
        return element(name, 0, c)

    return {
        "new mean": {
            (0, c): (1 - share) * old("running mean", c) + share * old("mean", c) for c in own
        },
        "new variance": {
            (0, c): (1 - share) * old("running variance", c) + share * old("variance", c) * sample
            for c in own
        },
        "evaluated": {i: _evaluated(i) for i in way.elements()},
    }


def _evaluated(index: tuple[int, int]) -> Expr:
    column = index[1]
    variance = element("new variance", 0, column) + element("epsilon", 0, 0)
    n = (element("x", *index) - element("new mean", 0, column)) / Call("SQRT", (variance,))
    return element("gamma", 0, column) * n + element("beta", 0, column)
