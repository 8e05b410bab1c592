"""How charts look: colours and strokes of their lines, and what `Chart` does not say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import floor

from sheetprop.workbooks.sheet import Address

# Okabe and Ito's palette for all kinds of colour vision, with Tol's wine for yellow, which is weak
# on white.
COLOURS = (
    "#0072B2",
    "#D55E00",
    "#009E73",
    "#CC79A7",
    "#E69F00",
    "#56B4E9",
    "#000000",
    "#882255",
)
DASHES = ("solid", "dash", "square_dot", "long_dash_dot")
DISTINCT = len(COLOURS) * len(DASHES)
"""How many lines of one chart can be told apart."""

LEGEND_BELOW = 10
"""The most series that a legend below the plot names; more stand in a column beside it."""


def stroke(number: int) -> tuple[str, str]:
    """Return colour and dash of a chart's line; neighbours differ in both, 32 are all different."""
    colour, round_ = number % len(COLOURS), number // len(COLOURS)
    return COLOURS[colour], DASHES[(number + round_) % len(DASHES)]


@dataclass(frozen=True, slots=True)
class Stroke:
    """How a series is drawn: a line unless its `width` is 0, a `marker` of a `size` in points.

    `label` says where its name stands (center, above, right …); None means that it has no label.
    The `transparency` of its line is in percent.
    """

    colour: str
    dash: str = "solid"
    width: float = 2.0
    marker: str | None = None
    size: int = 7
    fill: str | None = None
    label: str | None = None
    label_fill: str | None = None
    transparency: int = 0


def axis_end(iterations: int) -> int:
    """Return a round number at or after the last iteration, where a chart's axis may end."""
    last = max(iterations - 1, 1)
    step = 10 ** (len(str(last)) - 1)
    return next(n for n in range(step, 11 * step, max(step // 2, 1)) if n >= last)


def share_ends(shares: Iterable[float]) -> tuple[float, float]:
    """Return the ends of an axis for shares: 1, and a twentieth at or below the smallest one."""
    return floor(min(shares, default=0.0) * 20) / 20, 1.0


@dataclass(frozen=True, slots=True)
class ChartLook:
    """Where a chart stands and what `Chart` does not say.

    `values` and `categories` are the points to store with it, None where there is none, so that
    previews draw it; when None, those of the cells; when empty, nothing, which takes no room.
    `last` is the end of the horizontal axis, `ends` those of the vertical one, None where programs
    choose it; the legend names the series `in_legend`, by place, all
    when None. `strokes` say how each series is drawn where the usual
    lines will not do. A chart `in_pixels` has axes from 0 to its size, which are not shown. One
    with `x_powers` writes the numbers of its horizontal axis as powers of ten. The legend stands
    below the plot, or beside it when there are many series or it is told to be `wide`. Both
    sides of a plot that is `square` are so many pixels long.
    """

    at: Address
    size: tuple[int, int]  # pixels
    x_title: str
    y_title: str
    description: str
    values: tuple[tuple[float | None, ...], ...] | None = None
    categories: tuple[float | None, ...] = ()
    last: int | None = None
    ends: tuple[float | None, float | None] = (None, None)
    strokes: tuple[Stroke, ...] = ()
    in_pixels: bool = False
    in_legend: tuple[int, ...] | None = None
    x_powers: bool = False
    wide: bool = False
    square: int = 0
