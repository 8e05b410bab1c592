"""The look of a sheet: what is for the eye, the mouse and the printer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sheetprop.workbooks.chart_look import ChartLook
from sheetprop.workbooks.sheet import Address


@dataclass(frozen=True, slots=True)
class Validation:
    """A range of input cells: `above` is the bound they must exceed, None for any number.

    With a `source`, a range such as ``Start!$B$4:$B$9``, its values are offered in a list.
    """

    first: Address
    last: Address
    above: float | None
    title: str
    message: str
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Highlight:
    """A range whose cells take on a style of `MARKS` while a formula, written for the first, holds.

    Google Sheets wants such a formula to refer to its own sheet only.
    """

    first: Address
    last: Address
    formula: str
    style: str


@dataclass(frozen=True, slots=True)
class ColourScale:
    """Ranges whose cells are coloured by their numbers, from 0 to the greatest of all.

    With two `colours` the first is that of 0, with three the second; the first is then that of the
    least. `most` takes the place of the greatest number, and with three colours its negative that
    of the least.
    """

    ranges: tuple[tuple[Address, Address], ...]
    colours: tuple[str, ...]
    most: float | None = None

    @property
    def is_dark(self) -> bool:
        """Whether it ends, from white, in a colour on which dark letters are hard to read."""
        end = self.colours[-1].removeprefix("#")
        light = sum(int(end[k : k + 2], 16) for k in (0, 2, 4))
        return len(self.colours) == 2 and light < 3 * 128


@dataclass(frozen=True, slots=True)
class Wire:
    """A straight line over the cells, such as a connection, and what it stands for.

    It leads from the right edge of some cells to the left edge of others, from middle to middle;
    without others it goes around the cells. It moves and stretches with them.
    """

    first: tuple[Address, Address]
    last: tuple[Address, Address] | None
    text: str


@dataclass(frozen=True, slots=True)
class Paper:
    """How a sheet is printed: its scale in percent, and the rows and columns that end a page.

    Pages beside the first have so many of its columns again, `stay`, where none are frozen. Of
    what stands behind the first of `columns` only the rows from the first to the last of `beside`
    are printed, where they are told: the rest would be empty, or scraps of titles and pictures.
    A sheet that is to be `whole` is made smaller for one page, where that is not much. None is
    printed smaller than the `least` percent for its width: pages stand side by side then.
    """

    scale: int = 100
    rows: tuple[int, ...] = ()
    columns: tuple[int, ...] = ()
    beside: tuple[int, int] | None = None
    stay: int = 1
    whole: bool = False
    least: int = 40


def kept_columns(look: Look) -> int:
    """Return how many columns stand on every one of several pages side by side."""
    if look.freeze and look.freeze[1] > 1:
        return look.freeze[1] - 1
    return look.paper.stay if look.paper else 1


@dataclass(frozen=True, slots=True)
class Look:
    """Everything about a sheet that is for the eye, the mouse and the printer.

    A cell's style is that in `styles`, otherwise that of its column in `columns`. `heads` are the
    rows repeated on every printed page; the sheet is printed on as many `pages` side by side,
    unless `paper` says where its pages end. In
    the ranges of `scientific` small and large numbers turn scientific. `plain_formulas` says that
    no formula uses a function newer than Excel 2007. In each column range of `filled` every cell
    has the formula of the first one, filled down, which takes less room in the file. `printed` is
    the last cell that is printed; where the sheet `is_protected`, only unlocked cells may change.
    """

    styles: Mapping[Address, str] = field(default_factory=dict)
    columns: Mapping[int, str] = field(default_factory=dict)
    widths: Mapping[int, float] = field(default_factory=dict)
    merged: tuple[tuple[Address, Address], ...] = ()
    heights: Mapping[int, float] = field(default_factory=dict)
    links: Mapping[Address, str] = field(default_factory=dict)
    charts: tuple[ChartLook, ...] = ()
    validations: tuple[Validation, ...] = ()
    freeze: Address | None = None
    heads: tuple[int, int] | None = None
    pages: int = 1
    scientific: tuple[tuple[Address, Address], ...] = ()
    tab: str | None = None
    plain_formulas: bool = False
    filled: tuple[tuple[Address, Address], ...] = ()
    marks: tuple[Highlight, ...] = ()
    scales: tuple[ColourScale, ...] = ()
    wires: tuple[Wire, ...] = ()
    printed: Address | None = None
    paper: Paper | None = None
    is_protected: bool = False
