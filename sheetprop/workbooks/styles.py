"""The styles of cells, by name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

Properties = Mapping[str, object]  # of a cell format, in XlsxWriter's words

FONT: Properties = {"font_name": "Arial", "font_size": 10, "font_scheme": "none"}
"""Without a scheme, or Excel would show the theme's letters, which are wider or narrower."""

INK, QUIET, LINE, ACCENT = "#1F2933", "#66727F", "#D5DBE1", "#0072B2"
PAPER = "#FFFFFF"
"""Behind everything that has no fill of its own: a window may be dark, and our letters are too."""

# Numbers have six decimals; a conditional format turns small and large ones scientific. (Conditions
# inside a number format would lose the minus sign in some programs.)
DECIMAL, SCIENTIFIC = "0.000000", "0.00E+00"
SHORT, LONG = "0.00##", "0.000000000"

PATH = "#FFE2A8"
"""Behind what lies on the path of the chosen weight."""

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
_TYPED = {"bg_color": "#FFF6CC", "font_color": "#0B4F9E", "locked": False}
_SMALL = {"font_color": QUIET, "font_size": 9}
_ROW_LINE = {"bottom": 4, "bottom_color": LINE, "font_color": INK}


def _styles() -> dict[str, Properties]:
    """Return all styles, each with ink and paper."""
    head = {"bold": True, "align": "center", "valign": "vcenter", "font_color": INK}
    box = {"border": 1, "border_color": LINE, "align": "center"}
    found = _of_pages() | _of_answers() | _boxed(box) | _of_runs(head) | _explaining(box)
    found |= _pictured()
    found |= _of_kinds(head)
    found["head gradient long"] = {**found["head gradient"], "text_wrap": True}
    for name in ("column total error", "summary result"):
        found[name] = {**found[name], "bold": True, "bg_color": FILLS["forward"]}
    return {name: {"font_color": INK, "bg_color": PAPER, **style} for name, style in found.items()}


def _of_pages() -> dict[str, Properties]:
    """Return the styles of titles, texts and links."""
    return {
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
        "head long": {
            "bold": True,
            "font_color": INK,
            "bg_color": FILLS["forward"],
            "align": "center",
            "valign": "vcenter",
            "text_wrap": True,
        },
        "remark link": {"font_color": ACCENT, "underline": 1, "indent": 1},
    }


_TYPED_IN = {**_TYPED, "border": 1, "border_color": "#D9B300", "align": "center"}


def _of_answers() -> dict[str, Properties]:
    """Return the styles of cells to be filled in, and of what is said of them."""
    return {
        "input": _TYPED_IN,
        "short input": {**_TYPED_IN, "num_format": f"[>=1]{SHORT};0.00####"},
        "answer": {**_ANSWER, "num_format": DECIMAL, "locked": False},
        "answer count": {**_ANSWER, "align": "center", "num_format": "0", "locked": False},
        "answer legend": {**_ANSWER, "align": "center", "valign": "vcenter"},
        "legend": {"font_color": INK, "indent": 1, "valign": "vcenter"},
        "list": {**_ROW_LINE, "text_wrap": True, "valign": "top"},
        "list link": {**_ROW_LINE, "valign": "top", "font_color": ACCENT, "underline": 1},
        "check": {"font_color": QUIET, "font_size": 9, "align": "center"},
        "check head": {"font_color": QUIET, "font_size": 9, "align": "center", "text_wrap": True},
    }


def _boxed(box: Properties) -> dict[str, Properties]:
    """Return the styles of single numbers and formulas in a box."""
    return {
        "formula": {**box, "font_color": INK},
        "number": {**box, "font_color": INK, "num_format": DECIMAL},
        "number result": {
            **box,
            "bold": True,
            "font_color": INK,
            "bg_color": FILLS["forward"],
            "num_format": DECIMAL,
        },
        "short number": {**box, "font_color": INK, "num_format": SHORT},
        "long number": {**box, "font_color": INK, "num_format": LONG},
        "long number result": {
            **box,
            "bold": True,
            "font_color": INK,
            "bg_color": FILLS["forward"],
            "num_format": LONG,
        },
        "result": {**box, "bold": True, "font_color": INK, "bg_color": FILLS["forward"]},
        "rate": {**box, "bold": True, "font_color": INK},
    }


def _of_runs(head: Properties) -> dict[str, Properties]:
    """Return the styles of the tables of runs, but for the columns of quantities."""
    return {
        "head": {**head, "bg_color": FILLS["given"], "text_wrap": True},
        "iteration": {**_ROW_LINE, "align": "center", "font_color": QUIET},
        "swept": {**_ROW_LINE, "align": "center", "bold": True, "num_format": DECIMAL},
        "summary": {**_ROW_LINE, "align": "center"},
        "summary link": {**_ROW_LINE, "align": "center", "font_color": ACCENT, "underline": 1},
        "summary error": {**_ROW_LINE, "align": "center", "num_format": DECIMAL},
        "summary result": {**_ROW_LINE, "align": "center"},
    }


def _of_kinds(head: Properties) -> dict[str, Properties]:
    """Return the styles of the columns of quantities, by kind."""
    found: dict[str, Properties] = {}
    for kind, fill in FILL_OF_KIND.items():
        colour = {"bg_color": FILLS[fill]}
        line = {"bottom": 1, "bottom_color": QUIET}
        found[f"head {kind}"] = {**head, **colour, **line, "text_wrap": True}
        found[f"group {kind}"] = {"font_color": QUIET, "font_size": 9, "italic": True, **colour}
        found[f"column {kind}"] = {**_ROW_LINE, "num_format": DECIMAL}
    for kind in ("target", "input", "setting"):
        found[f"column {kind}"] = {**_ROW_LINE, "align": "center", "font_color": QUIET}
    return found


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
        "maths percent": {**value, "num_format": "0.00%", "font_color": INK},
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
        "fact": {**_SMALL, "align": "right", "num_format": SCIENTIFIC},
        "slip": {**_ROW_LINE, "num_format": DECIMAL, "bg_color": "#F9CDBB"},
        "long quiet": {**wrapped, "font_color": QUIET},
    }


def _pictured() -> dict[str, Properties]:
    """Return the styles of numbers that are looked at as a picture: small, zeros not written."""
    small: dict[str, object] = {
        "font_size": 6,
        "align": "center",
        "valign": "vcenter",
        "num_format": "0.0;-0.0;;@",
    }
    small |= {"border": 7, "border_color": LINE}
    mapped = {**small, "font_size": 8, "num_format": "0.00"}
    return {
        "pixel": {**small, "font_color": QUIET},
        "picture": {**small, "font_color": QUIET, "num_format": ";;;"},
        "pixel edge": {**small, "bg_color": FILLS["given"], "font_color": QUIET},
        "pixel typed": {**small, **_TYPED},
        "map number": {**mapped, "font_color": INK},
        "map edge": {**mapped, "bg_color": FILLS["given"], "font_color": QUIET},
        "map typed": {**mapped, **_TYPED},
        "map choice": {**_TYPED, "align": "center", "font_size": 8},
        "map answer": {**_ANSWER, **mapped, "locked": False},
        "large answer": {
            "bold": True,
            "font_size": 60,
            "align": "center",
            "valign": "vcenter",
            "font_color": INK,
            "bg_color": FILLS["forward"],
        },
        "bar": {"font_color": ACCENT},
        "log number": {**_ROW_LINE, "align": "center", "num_format": "0.0000"},
    }


STYLES: Mapping[str, Properties] = MappingProxyType(_styles())
"""Every cell style by its name; a table's are called after the kind of quantity in the column."""

MARKS: Mapping[str, Properties] = MappingProxyType(
    {
        "right": {"bg_color": "#C9ECDD", "font_color": "#00523B"},
        "wrong": {"bg_color": "#F9CDBB", "font_color": "#8A2F00", "bold": True},
        "waiting": {"bg_color": "#FFFFFF", "font_color": "#FFFFFF"},
        "path": {"bg_color": PATH},
        "path scientific": {"bg_color": PATH, "num_format": SCIENTIFIC},
    }
)
"""Styles that cells take on under a condition, by name."""
