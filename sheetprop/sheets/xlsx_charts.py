"""Charts for XlsxWriter: strokes told apart without colour, titles and names from cells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sheetprop.sheets.sheet import Chart, Series, Sheet
from sheetprop.sheets.styles import FONT, INK, LINE, QUIET, ChartLook, stroke

_LEGEND_BELOW = 10  # series; more stand in a column beside the plot
_GAP = 2  # columns between a table and charts that no look places
_KINDS = {"line": "line", "bar": "column", "area": "area", "pie": "pie"}


def insert_charts(book: Any, page: Any, sheet: Sheet, looks: Sequence[ChartLook]) -> None:
    """Insert a sheet's charts as their looks say; those without one stand right of all cells."""
    for place, chart in enumerate(sheet.charts):
        look = looks[place] if place < len(looks) else _beside(sheet, place)
        _insert_chart(book, page, chart, look)


def _beside(sheet: Sheet, place: int) -> ChartLook:
    """Return a place right of all cells for a chart that has none."""
    column = max((c for _, c in sheet.cells), default=0) + _GAP
    return ChartLook((1 + place * 16, column), (480, 300), "", "", "chart")


def _insert_chart(book: Any, page: Any, chart: Chart, look: ChartLook) -> None:
    made = book.add_chart(_type_of(chart))
    many = len(chart.series) > 1
    for number, series in enumerate(chart.series):
        made.add_series(_series_options(chart, look, number, series))
    made.set_title(_title(chart))
    where = "bottom" if len(chart.series) <= _LEGEND_BELOW else "right"
    made.set_legend({"position": where, "font": _letters(9)} if many else {"none": True})
    small = {"name_font": _letters(9, QUIET), "num_font": _letters(9)}
    lines = {"visible": True, "line": {"color": LINE, "width": 0.75}}
    x: dict[str, Any] = {
        **small,
        "name": look.x_title,
        "min": 0 if look.last else None,
        "max": look.last,
    }
    x |= {"label_position": "low", "major_gridlines": {"visible": False}}
    y: dict[str, Any] = {**small, "name": look.y_title, "major_gridlines": lines}
    if chart.logarithmic:
        y |= {"log_base": 10, "crossing": "min"}
    made.set_x_axis(x)
    made.set_y_axis(y)
    made.set_size({"width": look.size[0], "height": look.size[1]})
    made.show_na_as_empty_cell()
    place = {"description": look.description, "object_position": 2}
    page.insert_chart(look.at[0] - 1, look.at[1] - 1, made, place)


def _type_of(chart: Chart) -> dict[str, str]:
    if chart.kind == "scatter":
        return {"type": "scatter", "subtype": "straight"}
    return {"type": _KINDS.get(chart.kind, "line")}


def _series_options(chart: Chart, look: ChartLook, number: int, series: Series) -> dict[str, Any]:
    colour, dash = stroke(number)
    options: dict[str, Any] = {
        "values": f"={series.values}",
        "line": {"color": colour, "dash_type": dash, "width": 2},
    }
    if chart.kind == "scatter":
        options["marker"] = {"type": "none"}
    if series.categories:
        options["categories"] = f"={series.categories}"
    if series.name:
        options["name"] = f"={series.name}" if series.name_is_reference else series.name
    if number < len(look.values):
        # What a preview draws: more digits than a picture shows would make the file a third larger.
        options["values_data"] = [_seen(value) for value in look.values[number]]
        options["categories_data"] = [_seen(value) for value in look.categories]
    return options


def _seen(value: float | None) -> float | int | None:
    shown = None if value is None else float(f"{value:.6g}")
    return int(shown) if shown is not None and shown.is_integer() else shown


def _title(chart: Chart) -> dict[str, Any]:
    if chart.title is None:
        return {"none": True}
    name = f"={chart.title}" if chart.title_is_reference else chart.title
    return {"name": name, "name_font": {**_letters(12), "bold": True}}


def _letters(size: int, colour: str = INK) -> dict[str, Any]:
    return {"name": FONT["font_name"], "size": size, "bold": False, "color": colour}
