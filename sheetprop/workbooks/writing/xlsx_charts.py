"""Charts for XlsxWriter: strokes told apart without colour, titles and names from cells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sheetprop.workbooks.chart_look import LEGEND_BELOW, ChartLook, Stroke, stroke
from sheetprop.workbooks.long_tables import corner_cells
from sheetprop.workbooks.sheet import Chart, Series, Sheet
from sheetprop.workbooks.styles import FONT, INK, LINE, PAPER, QUIET
from sheetprop.workbooks.writing.stored import Stored

_GAP = 2  # columns between a table and charts that no look places
_KINDS = {"line": "line", "bar": "column", "area": "area", "pie": "pie"}
_TITLE = 15  # pixels
_POWERS = "0E+0"
_HIDDEN = {"visible": False, "major_gridlines": {"visible": False}}


def insert_charts(
    book: Any, page: Any, sheet: Sheet, looks: Sequence[ChartLook], stored: Stored
) -> None:
    """Insert a sheet's charts as their looks say; those without one stand right of all cells."""
    for place, chart in enumerate(sheet.charts):
        look = looks[place] if place < len(looks) else _beside(sheet, place)
        _insert_chart(book, page, chart, look, stored)


def _beside(sheet: Sheet, place: int) -> ChartLook:
    """Return a place right of all cells for a chart that has none."""
    column = max((c for _, c in corner_cells(sheet.cells)), default=0) + _GAP
    return ChartLook((1 + place * 16, column), (480, 300), "", "", "chart")


def _insert_chart(book: Any, page: Any, chart: Chart, look: ChartLook, stored: Stored) -> None:
    made = book.add_chart(_type_of(chart))
    for number, series in enumerate(chart.series):
        made.add_series(_series_options(chart, look, number, series, stored))
    made.set_title(_title(chart, stored))
    made.set_legend(_legend(len(chart.series), look))
    # A window may be dark: what is written on a chart is not.
    made.set_chartarea({"fill": {"color": PAPER}, "border": {"color": LINE}})
    made.set_plotarea({"fill": {"color": PAPER}})
    if look.in_pixels:
        _measure_in_pixels(made, look)
    else:
        _set_axes(made, chart, look)
    if look.square:
        _lay_out_square(made, look)
    made.set_size({"width": look.size[0], "height": look.size[1]})
    made.show_na_as_empty_cell()
    place = {"description": look.description, "object_position": 2}
    page.insert_chart(look.at[0] - 1, look.at[1] - 1, made, place)


def _type_of(chart: Chart) -> dict[str, str]:
    if chart.kind == "scatter":
        return {"type": "scatter", "subtype": "straight"}
    return {"type": _KINDS.get(chart.kind, "line")}


def _legend(series: int, look: ChartLook) -> dict[str, Any]:
    shown = range(series) if look.in_legend is None else look.in_legend
    if len(shown) < 2:
        return {"none": True}
    where = "right" if look.wide or len(shown) > LEGEND_BELOW else "bottom"
    others = [number for number in range(series) if number not in shown]
    return {"position": where, "font": _letters(9), "delete_series": others}


def _set_axes(made: Any, chart: Chart, look: ChartLook) -> None:
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
    y |= {"label_position": "low", "min": look.ends[0], "max": look.ends[1]}
    if chart.logarithmic:
        y |= {"log_base": 10, "crossing": "min", "num_format": _POWERS}
    if look.x_powers:
        slanting = {**x.get("num_font", {}), "rotation": -45}  # side by side they would be broken
        x |= {"num_format": _POWERS, "num_font": slanting}
    made.set_x_axis(x)
    made.set_y_axis(y)


def _measure_in_pixels(made: Any, look: ChartLook) -> None:
    """Lay the plot over the whole chart, one unit of both axes a pixel."""
    width, height = look.size
    made.set_x_axis({**_HIDDEN, "min": 0, "max": width})
    made.set_y_axis({**_HIDDEN, "min": 0, "max": height})
    layout = {"x": 0.0, "y": 0.0, "width": 1.0, "height": 1.0}
    made.set_plotarea({"fill": {"color": PAPER}, "layout": layout})


def _lay_out_square(made: Any, look: ChartLook) -> None:
    """Give both axes one length; titles and numbers of them stand left and below."""
    width, height = look.size
    middle = (width - look.square) / 2 + _TITLE
    left, top = (middle / 2 if look.wide else middle), _TITLE
    sides = {"width": look.square / width, "height": look.square / height}
    layout = {"x": left / width, "y": top / height, **sides}
    made.set_plotarea({"fill": {"color": PAPER}, "layout": layout})


def _series_options(
    chart: Chart, look: ChartLook, number: int, series: Series, stored: Stored
) -> dict[str, Any]:
    how = look.strokes[number] if number < len(look.strokes) else Stroke(*stroke(number))
    options: dict[str, Any] = {"values": f"={series.values}", "line": _line(how)}
    if chart.kind == "scatter":
        options["marker"] = _marker(how)
    if chart.kind == "bar":  # programs fill with a colour of their own otherwise
        options |= {"line": {"none": True}, "fill": {"color": how.colour}}
    if series.categories:
        options["categories"] = f"={series.categories}"
    if series.name and series.name_is_reference:
        options |= {"name": f"={series.name}", "name_data": stored.text(series.name)}
    elif series.name:
        options["name"] = series.name
    if how.label:
        options["data_labels"] = _label(how, how.label)
    return options | _points(series, look, number, stored)


def _points(series: Series, look: ChartLook, number: int, stored: Stored) -> dict[str, Any]:
    """Return what previews draw."""
    if look.values is None:
        found = {"values_data": stored.points_of(series.values)}
        if series.categories:
            found["categories_data"] = stored.points_of(series.categories)
        return found
    has_points = number < len(look.values)
    return {
        "values_data": stored.points(look.values[number]) if has_points else [],
        "categories_data": stored.points(look.categories) if has_points else [],
    }


def _line(how: Stroke) -> dict[str, Any]:
    if not how.width:
        return {"none": True}
    line = {"color": how.colour, "dash_type": how.dash, "width": how.width}
    return line | ({"transparency": how.transparency} if how.transparency else {})


def _marker(how: Stroke) -> dict[str, Any]:
    if how.marker is None:
        return {"type": "none"}
    fill = {"color": how.fill or how.colour}
    return {"type": how.marker, "size": how.size, "fill": fill, "border": {"color": how.colour}}


def _label(how: Stroke, where: str) -> dict[str, Any]:
    """Return a label that shows the series' name: the one text from a cell that all programs draw.

    Labels that name cells of their own came with Excel 2013 and are not read everywhere.
    """
    label = {"series_name": True, "value": False, "position": where}
    fill = {"fill": {"color": how.label_fill}} if how.label_fill else {}
    return {**label, **fill, "font": _letters(9)}


def _title(chart: Chart, stored: Stored) -> dict[str, Any]:
    if chart.title is None:
        return {"none": True}
    font = {"name_font": {**_letters(12), "bold": True}}
    if chart.title_is_reference:
        return {"name": f"={chart.title}", "data": stored.text(chart.title), **font}
    return {"name": chart.title, **font}


def _letters(size: int, colour: str = INK) -> dict[str, Any]:
    return {"name": FONT["font_name"], "size": size, "bold": False, "color": colour}
