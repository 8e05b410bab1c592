"""The gradebook as a workbook to be looked at: grades, mistakes by student, the distribution."""

from __future__ import annotations

import re
import zipfile
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sheetprop.classes.exports.table import COLUMNS, cell_text, table_of
from sheetprop.classes.grades.gradebook import Gradebook
from sheetprop.classes.overview.figures import Figures
from sheetprop.whole import written

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet
    from pandas import DataFrame

COLOURS = ("F8B4A6", "FFF2B3", "B7E1B0")
"""Of the least mark, the middle and the full one: told apart by lightness, too."""

MARKED = "F8B4A6"
HEAD = "1F3B57"
LONG = {"file", "values", "mistakes", "suspected", "remarks"}
WIDTHS = {"name": 24, "file": 34, "values": 24, "mistakes": 34, "suspected": 40, "remarks": 60}
USUAL_WIDTH = 13
TURNED_HEIGHT = 150
STAMP = datetime(2000, 1, 1)  # noqa: DTZ001 - no moment, so that the same grades give the same bytes


def write_dressed(book: Gradebook, figures: Figures) -> Path:
    """Write gradebook.xlsx, in place of that of an earlier run; the same grades, the same bytes.

    Raises:
        WorkbookError: it cannot be written.

    """
    import pandas as pd

    path = book.folder / "gradebook.xlsx"
    with written(path, force=True) as unfinished:
        with pd.ExcelWriter(unfinished, engine="openpyxl") as writer:
            table_of(book).to_excel(writer, sheet_name="Grades", index=False, freeze_panes=(1, 1))
            _mistakes(book).to_excel(
                writer, sheet_name="Mistakes", index=False, freeze_panes=(1, 2)
            )
            bins = pd.DataFrame(figures.bins, columns=["percent", "students"])
            bins.to_excel(writer, sheet_name="Distribution", index=False, freeze_panes=(1, 0))
            _dress_grades(writer.sheets["Grades"], len(book.grades))
            _dress_mistakes(writer.sheets["Mistakes"])
            _draw(writer.sheets["Distribution"], len(figures.bins))
        _without_time(unfinished)
    return path


def _mistakes(book: Gradebook) -> DataFrame:
    """Return in how many quantities each student made each mistake."""
    import pandas as pd

    rows = []
    for one in book.grades:
        row: dict[str, Any] = {"student": cell_text(one.student), "name": cell_text(one.name)}
        for found in one.mistaken:
            name = f"{found['code']} {found['mistake']}"
            row[name] = row.get(name, 0) + max(1, len(found["quantities"]))
        rows.append(row)
    frame = pd.DataFrame(rows)
    known = sorted(name for name in frame.columns if name not in ("student", "name"))
    return frame.reindex(columns=["student", "name", *known])


def _dress_grades(page: Worksheet, count: int) -> None:
    from openpyxl.formatting.rule import ColorScaleRule
    from openpyxl.styles import Alignment
    from openpyxl.utils import get_column_letter

    _head(page)
    for number, name in enumerate(COLUMNS, 1):
        letter = get_column_letter(number)
        page.column_dimensions[letter].width = WIDTHS.get(name, USUAL_WIDTH)
        for (cell,) in page.iter_rows(min_row=2, min_col=number, max_col=number):
            cell.alignment = Alignment(vertical="top", wrap_text=name in LONG)
            if name in ("points", "possible", "percent", "as_it_stands"):
                cell.number_format = "0.0" if name == "percent" else "0.00"
    letter = get_column_letter(COLUMNS.index("percent") + 1)
    least, middle, full = COLOURS
    scale = ColorScaleRule("num", 0, least, "num", 50, middle, "num", 100, full)
    page.conditional_formatting.add(f"{letter}2:{letter}{max(count, 1) + 1}", scale)


def _dress_mistakes(page: Worksheet) -> None:
    from openpyxl.formatting.rule import CellIsRule
    from openpyxl.styles import Alignment, PatternFill
    from openpyxl.utils import get_column_letter

    _head(page)
    page.column_dimensions["A"].width, page.column_dimensions["B"].width = USUAL_WIDTH, 24
    last = max(page.max_column, 3)
    for number in range(3, page.max_column + 1):
        page.column_dimensions[get_column_letter(number)].width = 6
        page.cell(1, number).alignment = Alignment(text_rotation=90, vertical="bottom")
    page.row_dimensions[1].height = TURNED_HEIGHT if page.max_column > 2 else None
    area = f"C2:{get_column_letter(last)}{max(page.max_row, 2)}"
    fill = PatternFill("solid", start_color=MARKED, end_color=MARKED)
    page.conditional_formatting.add(area, CellIsRule("greaterThan", ["0"], fill=fill))


def _head(page: Worksheet) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    page.auto_filter.ref = page.dimensions
    for cell in page[1]:
        cell.font = Font(name="Calibri", bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", start_color=HEAD, end_color=HEAD)
        cell.alignment = Alignment(vertical="center", wrap_text=True)
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows = "1:1"


def _draw(page: Worksheet, count: int) -> None:
    """Draw how many students have which mark."""
    from openpyxl.chart import BarChart, Reference

    _head(page)
    chart = BarChart()
    chart.title, chart.legend, chart.gapWidth = "How many students have which mark", None, 20
    chart.x_axis.title, chart.y_axis.title = "percent of all points", "students"
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.y_axis.majorUnit = None
    chart.y_axis.number_format = "0"
    chart.add_data(Reference(page, min_col=2, min_row=1, max_row=count + 1), titles_from_data=True)
    chart.set_categories(Reference(page, min_col=1, min_row=2, max_row=count + 1))
    chart.series[0].graphicalProperties.solidFill = HEAD
    chart.width, chart.height = 18, 9
    page.add_chart(chart, "D2")
    for letter in "AB":
        page.column_dimensions[letter].width = USUAL_WIDTH


def _without_time(path: Path) -> None:
    """Write a package again without the moments in it."""
    with zipfile.ZipFile(path) as archive:
        parts = [(one.filename, archive.read(one)) for one in archive.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts:
            content = part
            if name == "docProps/core.xml":
                stamp = STAMP.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
                content = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", stamp, content)
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
