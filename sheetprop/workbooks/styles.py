"""How a workbook looks: styles by name, strokes of chart lines, and what a sheet's `look` holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from sheetprop.workbooks.sheet import Address

Properties = Mapping[str, object]  # of a cell format, in XlsxWriter's words

FONT: Properties = {"font_name": "Arial", "font_size": 10, "font_scheme": "none"}
"""Without a scheme, or Excel would show the theme's letters, which are wider or narrower."""

INK, QUIET, LINE, ACCENT = "#1F2933", "#66727F", "#D5DBE1", "#0072B2"
PAPER = "#FFFFFF"
"""Behind everything that has no fill of its own: a window may be dark, and our letters are too."""

# Numbers have six decimals; a conditional format turns small and large ones scientific. (Conditions
# inside a number format would lose the minus sign in some programs.)
DECIMAL, SCIENTIFIC = "0.000000", "0.00E+00"

FILLS = {
    "given": "#EEF1F4",
    "weight": "#FDF0DA",
    "forward": "#E1EFF9",
    "error": "#FBE4DC",
    "backward": "#DFF2EB",
}
"""Background of the headers by what a column holds, Okabe-Ito hues in pale."""

FILL_OF_KIND = {
    "target": "given",
    "input": "given",
    "weight": "weight",
    "bias": "weight",
    "sum": "forward",
    "activation": "forward",
    "error": "error",
    "total error": "error",
    "hidden error": "backward",
    "gradient": "backward",
    "velocity": "backward",
    "setting": "given",
}
_ANSWER = {"bg_color": "#F7E9F1", "border": 1, "border_color": "#E3BDD3", "font_color": INK}
_SMALL = {"font_color": QUIET, "font_size": 9}
_ROW_LINE = {"bottom": 4, "bottom_color": LINE, "font_color": INK}


def _styles() -> dict[str, Properties]:
    head = {"bold": True, "align": "center", "valign": "vcenter", "font_color": INK}
    box = {"border": 1, "border_color": LINE, "align": "center"}
    found: dict[str, Properties] = {
        "title": {"bold": True, "font_size": 18, "font_color": INK, "valign": "vcenter"},
        "heading": {"bold": True, "font_size": 12, "font_color": ACCENT},
        "paper": {"font_color": INK},
        "text": {"font_color": INK, "valign": "top"},
        "long text": {"font_color": INK, "text_wrap": True, "valign": "top"},
        "beside title": {"font_color": QUIET, "valign": "vcenter"},
        "result text": {"bold": True, "font_color": INK, "valign": "top"},
        "quiet": {"font_color": QUIET, "valign": "top"},
        "caption": _SMALL,
        "chart title": {"bold": True, "font_color": INK},
        "column name": {**_SMALL, "align": "center", "valign": "vcenter"},
        "link": {"font_color": ACCENT, "underline": 1},
        "label": {"bold": True, "font_color": INK, "align": "right"},
        "name": {"font_color": INK, "align": "right", "indent": 1},
        "remark": {"font_color": QUIET, "indent": 1},
        "remark link": {"font_color": ACCENT, "underline": 1, "indent": 1},
        "input": {
            "bg_color": "#FFF6CC",
            "font_color": "#0B4F9E",
            "border": 1,
            "border_color": "#D9B300",
            "align": "center",
            "locked": False,
        },
        "answer": {**_ANSWER, "num_format": DECIMAL, "locked": False},
        "answer count": {**_ANSWER, "align": "center", "num_format": "0", "locked": False},
        "answer legend": {**_ANSWER, "align": "center", "valign": "vcenter"},
        "legend": {"font_color": INK, "indent": 1, "valign": "vcenter"},
        "list": {**_ROW_LINE, "text_wrap": True, "valign": "top"},
        "list link": {**_ROW_LINE, "valign": "top", "font_color": ACCENT, "underline": 1},
        "check": {"font_color": QUIET, "font_size": 9, "align": "center"},
        "check head": {"font_color": QUIET, "font_size": 9, "align": "center", "text_wrap": True},
        "formula": {**box, "font_color": INK},
        "number": {**box, "font_color": INK, "num_format": DECIMAL},
        "number result": {
            **box,
            "bold": True,
            "font_color": INK,
            "bg_color": FILLS["forward"],
            "num_format": DECIMAL,
        },
        "result": {**box, "bold": True, "font_color": INK, "bg_color": FILLS["forward"]},
        "rate": {**box, "bold": True, "font_color": INK},
        "head": {**head, "bg_color": FILLS["given"], "text_wrap": True},
        "iteration": {**_ROW_LINE, "align": "center", "font_color": QUIET},
        "swept": {**_ROW_LINE, "align": "center", "bold": True, "num_format": DECIMAL},
        "summary": {**_ROW_LINE, "align": "center"},
        "summary link": {**_ROW_LINE, "align": "center", "font_color": ACCENT, "underline": 1},
        "summary error": {**_ROW_LINE, "align": "center", "num_format": DECIMAL},
        "summary result": {**_ROW_LINE, "align": "center"},
    }
    found |= _explaining(box)
    for kind, fill in FILL_OF_KIND.items():
        colour = {"bg_color": FILLS[fill]}
        found[f"head {kind}"] = {**head, **colour, "bottom": 1, "bottom_color": QUIET}
        found[f"group {kind}"] = {"font_color": QUIET, "font_size": 9, "italic": True, **colour}
        found[f"column {kind}"] = {**_ROW_LINE, "num_format": DECIMAL}
    for kind in ("target", "input"):
        found[f"column {kind}"] = {**_ROW_LINE, "align": "center", "font_color": QUIET}
    for name in ("column total error", "summary result"):
        found[name] = {**found[name], "bold": True, "bg_color": FILLS["forward"]}
    return {name: {"font_color": INK, "bg_color": PAPER, **style} for name, style in found.items()}


def _explaining(box: Properties) -> dict[str, Properties]:
    """Return the styles of mathematics, of remarks on it, and of answers."""
    value = {**box, "num_format": DECIMAL, "valign": "top"}
    result = {"bold": True, "font_color": INK, "bg_color": FILLS["backward"]}
    wrapped = {"text_wrap": True, "valign": "top"}
    return {
        "maths": wrapped,
        "maths numbers": {**wrapped, "font_color": ACCENT},
        "maths value": value,
        "maths result": {**value, **result},
        "maths name": {"align": "right", "valign": "top", "indent": 1},
        "maths long": {**value, "num_format": "0.0000000000"},
        "maths long result": {**value, **result, "num_format": "0.0000000000"},
        "maths still": {**value, "font_color": QUIET},
        "maths small": {**value, "num_format": "0E+00", "font_color": INK},
        "maths count": {**value, "num_format": "0", "font_color": INK},
        "maths percent": {**value, "num_format": "0.0%", "font_color": INK},
        "long answer": {
            "bg_color": "#FFF6CC",
            "font_color": "#0B4F9E",
            "border": 1,
            "border_color": "#D9B300",
            "align": "left",
            "text_wrap": True,
            "locked": False,
        },
        "mark": {"align": "center", "valign": "top", "font_color": QUIET},
        "long quiet": {**wrapped, "font_color": QUIET},
    }


STYLES: Mapping[str, Properties] = MappingProxyType(_styles())
"""Every cell style by its name; a table's are called after the kind of quantity in the column."""

MARKS: Mapping[str, Properties] = MappingProxyType(
    {
        "right": {"bg_color": "#C9ECDD", "font_color": "#00523B"},
        "wrong": {"bg_color": "#F9CDBB", "font_color": "#8A2F00", "bold": True},
        "waiting": {"bg_color": "#FFFFFF", "font_color": "#FFFFFF"},
    }
)
"""Styles that cells take on under a condition, by name."""

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


@dataclass(frozen=True, slots=True)
class ChartLook:
    """Where a chart stands and what `Chart` does not say.

    `values` and `categories` are the points to store with it, None where there is none, so that
    previews draw it; when None, those of the cells; when empty, nothing, which takes no room.
    `last` is the end of the horizontal axis; the legend names the series `in_legend`, by place, all
    when None. `strokes` say how each series is drawn where the usual
    lines will not do. A chart `in_pixels` has axes from 0 to its size, which are not shown. One
    with `x_powers` writes the numbers of its horizontal axis as powers of ten.
    """

    at: Address
    size: tuple[int, int]  # pixels
    x_title: str
    y_title: str
    description: str
    values: tuple[tuple[float | None, ...], ...] | None = None
    categories: tuple[float | None, ...] = ()
    last: int | None = None
    strokes: tuple[Stroke, ...] = ()
    in_pixels: bool = False
    in_legend: tuple[int, ...] | None = None
    x_powers: bool = False


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
class Paper:
    """How a sheet is printed: its scale in percent, and the rows and columns that end a page."""

    scale: int = 100
    rows: tuple[int, ...] = ()
    columns: tuple[int, ...] = ()


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
    printed: Address | None = None
    paper: Paper | None = None
    is_protected: bool = False
