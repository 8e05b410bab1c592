from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from math import isfinite
from pathlib import Path
from xml.etree import ElementTree as ET

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from laid_out import laid_out
from python_calamine import CalamineWorkbook
from slowly import slowly

from sheetprop.errors import WorkbookError
from sheetprop.exercises.make import make
from sheetprop.exercises.wanted import wanted
from sheetprop.lessons.layout import layout
from sheetprop.lessons.runs.rate_table import HEAD
from sheetprop.spec import Architecture, Spec
from sheetprop.template import load
from sheetprop.workbooks.extent import chart_end
from sheetprop.workbooks.look import Look
from sheetprop.workbooks.reading.read import read
from sheetprop.workbooks.sheet import (
    Address,
    Cell,
    Chart,
    ExcelError,
    Series,
    Sheet,
    Value,
    Workbook,
)
from sheetprop.workbooks.writing.write import write

CLASSIC = Spec(
    "classic",
    Architecture(),
    (0.05, 0.1),
    (0.01, 0.99),
    (0.15, 0.2, 0.25, 0.3, 0.4, 0.45, 0.5, 0.55),
    (0.1, 2.0),
    20,
)


@pytest.fixture(scope="module")
def classic(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of the classic workbook, for whoever only reads it."""
    path = tmp_path_factory.mktemp("classic") / "book.xlsx"
    write(laid_out(CLASSIC), path)
    return path


@pytest.fixture(scope="module")
def opened(classic: Path) -> openpyxl.Workbook:
    """The classic workbook as openpyxl reads it."""
    return openpyxl.load_workbook(classic)


def part_of(workbook: Workbook, name: str) -> str:
    """The part of the file that holds a sheet."""
    number = [sheet.name for sheet in workbook.sheets].index(name) + 1
    return f"xl/worksheets/sheet{number}.xml"


def part(path: Path, name: str) -> str:
    with zipfile.ZipFile(path) as archive:
        return archive.read(name).decode()


@pytest.mark.parametrize(
    "spec",
    [
        replace(CLASSIC, weights=(-1e5, *CLASSIC.weights[1:])),
        *slowly(
            [
                CLASSIC,
                replace(CLASSIC, architecture=Architecture(biases="shared"), biases=(0.35, 0.6)),
            ]
        ),
    ],
)
def test_reading_gives_back_what_was_written(tmp_path: Path, spec: Spec) -> None:
    """Cells with values and formulas, errors and charts survive the file."""
    workbook = laid_out(spec)
    write(workbook, tmp_path / "book.xlsx")
    assert read(tmp_path / "book.xlsx") == workbook


def test_any_workbook_can_be_written(tmp_path: Path) -> None:
    """A workbook without looks keeps its cells, charts, names and hidden sheets."""
    cells = {
        (1, 1): Cell("text & <more>"),
        (2, 1): Cell(0.1 + 0.2),
        (3, 1): Cell(True),
        (4, 1): Cell(3.0, "=A2*10"),
        (5, 1): Cell(ExcelError("#DIV/0!"), "=1/0"),
        (6, 2): Cell("a", '=IF(A2<1,"a","b")'),
        (7, 3): Cell(False, "=A2>1"),
    }
    chart = Chart("line", (Series("Data!$A$2:$A$4", None, "E"),), "Title")
    sheets = (Sheet("Data", cells, (chart,)), Sheet("Other", {(1, 1): Cell(1.0)}, hidden=True))
    workbook = Workbook(sheets, {"eta": "Data!$A$2"})
    write(workbook, tmp_path / "book.xlsx")
    assert read(tmp_path / "book.xlsx") == workbook


def test_numbers_keep_all_their_digits(tmp_path: Path) -> None:
    """Typed numbers and stored values come back bit for bit."""
    numbers = [0.1 + 0.2, 1 / 3, 5e-324, 1.7976931348623157e308, -1e-5, 123456789012345.6, 7.0]
    cells = {(row, 1): Cell(value) for row, value in enumerate(numbers, 1)}
    cells |= {(row, 2): Cell(value, f"=A{row}") for row, value in enumerate(numbers, 1)}
    write(Workbook((Sheet("S", cells),)), tmp_path / "book.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "book.xlsx", data_only=True)["S"]
    assert [[cell.value for cell in row] for row in sheet.rows] == [[n, n] for n in numbers]


def test_new_functions_of_other_workbooks_are_marked(tmp_path: Path) -> None:
    """Only our own formulas skip the search for functions that need a prefix in the file."""
    workbook = Workbook((Sheet("S", {(1, 1): Cell(0.0, "=SUM(SEQUENCE(3))")}),))
    write(workbook, tmp_path / "book.xlsx")
    assert "_xlfn.SEQUENCE" in part(tmp_path / "book.xlsx", "xl/worksheets/sheet1.xml")


@pytest.mark.slow
def test_our_formulas_need_no_prefix(tmp_path: Path) -> None:
    """Skipping the search for new functions changes no byte of our own workbooks' sheets."""
    workbook = laid_out(CLASSIC)
    for name, plain in (("plain", True), ("searched", False)):
        sheets = [
            replace(s, look=replace(s.look, plain_formulas=plain, filled=()))  # type: ignore[type-var]
            for s in workbook.sheets
        ]
        write(replace(workbook, sheets=tuple(sheets)), tmp_path / f"{name}.xlsx")
    assert (tmp_path / "plain.xlsx").read_bytes() == (tmp_path / "searched.xlsx").read_bytes()


def test_stored_errors_and_texts_have_their_types(tmp_path: Path) -> None:
    """An error is stored as an error, a text of a formula as a text, and nan or inf never."""
    spec = replace(CLASSIC, weights=(-1e5, *CLASSIC.weights[1:]))
    workbook = laid_out(spec)
    write(workbook, tmp_path / "book.xlsx")
    rate, compare = (
        part(tmp_path / "book.xlsx", part_of(workbook, name)) for name in ("η=0.1", "Compare")
    )
    kinds = {
        (cell.get("t"), cell.findtext("{*}v"))
        for cell in ET.fromstring(rate).iter()
        if cell.tag.endswith("}c") and cell.find("{*}f") is not None
    }
    assert ("e", "#NUM!") in kinds
    assert ("str", "Gradient descent with η = 0.1") in kinds
    assert 't="e"' not in compare
    for text in (rate, compare):
        assert not any(f"<v>{bad}</v>" in text for bad in ("nan", "inf", "-inf", "None", ""))


@pytest.mark.slow
def test_pandas_and_calamine_read_numbers(classic: Path) -> None:
    """Programs that do not calculate see every number."""
    table = pd.read_excel(
        classic,
        sheet_name="η=0.1",
        header=HEAD - 1,
        usecols="A:AF",
        engine="openpyxl",
    )
    assert len(table) == 20
    assert table.dtypes.map(lambda kind: kind.kind in "if").all()
    assert table["E_total"][0] == pytest.approx(0.24251985734837728, rel=1e-15)
    rows = CalamineWorkbook.from_path(classic).get_sheet_by_name("Compare").to_python()
    assert rows[5][:5] == ["η=0.1", 0.1, *[pytest.approx(x, abs=0.02) for x in (0.24, 0.22, 0.22)]]


@pytest.mark.slow
def test_previews_have_the_points_of_charts(tmp_path: Path) -> None:
    """The points of each curve of E_total are stored once, and errors left out."""
    first, last = HEAD + 1, HEAD + 20
    for weights, points in ((CLASSIC.weights, 20), ((-1e5, *CLASSIC.weights[1:]), 0)):
        write(laid_out(replace(CLASSIC, weights=weights)), tmp_path / "book.xlsx")
        with zipfile.ZipFile(tmp_path / "book.xlsx") as archive:
            names = [name for name in archive.namelist() if name.startswith("xl/charts/chart")]
            charts = [archive.read(name).decode() for name in names]
        for rate in ("0.1", "2"):
            curve = re.escape(f"<c:f>'η={rate}'!$B${first}:$B${last}</c:f>")
            stored = [
                cached.count("<c:pt idx=")
                for chart in charts
                for cached in re.findall(curve + "(.*?)</c:numRef>", chart)
            ]
            assert sum(stored) == max(stored) == points


def test_charts_have_axis_titles_and_alternative_text(classic: Path) -> None:
    """Each chart says what its axes show, and has a description for those who do not see it."""
    with zipfile.ZipFile(classic) as archive:
        names = archive.namelist()
        charts = [archive.read(n).decode() for n in names if n.startswith("xl/charts/chart")]
        drawings = [archive.read(n).decode() for n in names if n.startswith("xl/drawings/draw")]
    # E_total, weights and two of gradients of two rates, both comparisons, the network and the loss
    # curves, the slope twice, the error of the gradient check.
    assert len(charts) == 4 * 2 + 2 + 2 + 2 + 1
    assert sum("iteration (number of updates)<" in chart for chart in charts) == 4 * 2 + 3
    titled = [chart for chart in charts if re.search(r"<c:valAx>.*?<a:t>[^<]+</a:t>", chart)]
    assert len(titled) == len(charts) - 1  # the picture of the network has no axes
    assert sum(text.count('descr="') for text in drawings) == len(charts)


def test_sheets_are_ready_for_screen_and_printer(opened: openpyxl.Workbook) -> None:
    """Headers stay in sight, pages are landscape and as wide as the sheet, inputs are validated."""
    sheet = opened["η=0.1"]
    assert sheet.freeze_panes == "C5"
    assert sheet.print_title_rows == f"${HEAD - 1}:${HEAD}"
    assert sheet.page_setup.orientation == "landscape"
    assert not sheet.sheet_view.showGridLines
    checked = [rule.type for rule in opened["Start"].data_validations.dataValidation]
    assert sorted(checked) == ["decimal"] * 4 + ["list"] * 5


@pytest.mark.slow
def test_formulas_filled_down_are_written_once(tmp_path: Path) -> None:
    """In the file only the first cell of a fill has the formula; every reader sees it in all.

    The four columns of what is given refer to Start, so each of their cells has its own.
    """
    workbook = laid_out(CLASSIC, [0.1], 9)
    write(workbook, tmp_path / "book.xlsx")
    written = part(tmp_path / "book.xlsx", part_of(workbook, "η=0.1"))
    cell = openpyxl.load_workbook(tmp_path / "book.xlsx")["η=0.1"].cell(HEAD + 9, 12)

    assert written.count('t="shared" ref=') == 32 - 4
    assert written.count('<f t="shared" si=') == (32 - 4) * 7
    assert cell.value == f"=1/(1+EXP(-K{HEAD + 9}))"


@pytest.mark.slow
def test_no_formula_shared_by_cells_refers_to_another_sheet(tmp_path: Path) -> None:
    """Excel takes such a file for damaged, or the first cell's reference for all cells."""
    exercise = make(CLASSIC, wanted("blank")).workbook
    for name, workbook in (("worked", laid_out(CLASSIC)), ("blank", exercise)):
        write(workbook, tmp_path / f"{name}.xlsx")
        with zipfile.ZipFile(tmp_path / f"{name}.xlsx") as archive:
            parts = [n for n in archive.namelist() if n.startswith("xl/worksheets/sheet")]
            sheets = [archive.read(part).decode() for part in parts]
        shared = [
            text for xml in sheets for text in re.findall('<f t="shared" ref[^>]*>([^<]+)', xml)
        ]

        assert shared
        assert [text for text in shared if "!" in text] == []


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["errors", "numbers"])
def test_a_long_table_is_written_like_its_cells(tmp_path: Path, kind: str) -> None:
    """Whether a sheet holds a table as rows or cell by cell, the file says the same."""
    weights = (-8000.0, *CLASSIC.weights[1:]) if kind == "errors" else CLASSIC.weights
    workbook = laid_out(replace(CLASSIC, weights=weights))
    cells = tuple(replace(sheet, cells=dict(sheet.cells)) for sheet in workbook.sheets)
    write(workbook, tmp_path / "rows.xlsx")
    write(replace(workbook, sheets=cells), tmp_path / "cells.xlsx")

    assert read(tmp_path / "rows.xlsx") == read(tmp_path / "cells.xlsx")
    assert part(tmp_path / "rows.xlsx", "xl/styles.xml") == part(
        tmp_path / "cells.xlsx", "xl/styles.xml"
    )


@pytest.mark.slow
@given(texts=st.lists(st.text(max_size=20), max_size=5), numbers=st.lists(st.floats(), max_size=5))
def test_any_text_and_any_number_comes_back(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], numbers: list[float]
) -> None:
    """Texts typed and calculated keep every character, numbers every bit; no cell is nan."""
    path = tmp_path_factory.mktemp("any") / "book.xlsx"
    cells = {(row, 1): Cell(text) for row, text in enumerate(texts, 1)}
    cells |= {(row, 2): Cell(text, "=A1") for row, text in enumerate(texts, 1)}
    shown = [n if isfinite(n) else ExcelError("#NUM!") for n in numbers]
    write(Workbook((Sheet("S", {**cells, **down(3, numbers)}),)), path)

    assert dict(read(path)["S"].cells) == {**cells, **down(3, shown)}


def down(column: int, values: Sequence[Value]) -> dict[Address, Cell]:
    """Typed values below one another."""
    return {(row, column): Cell(value) for row, value in enumerate(values, 1)}


def test_a_formula_without_a_value_is_written_without_one(tmp_path: Path) -> None:
    """Programs calculate it when they open the file; readers see that it has none."""
    cells = {(1, 1): Cell(2.0), (2, 1): Cell(None, "=A1*2"), (3, 1): Cell(None, "=A1&A2", "A3:A4")}
    write(Workbook((Sheet("S", cells),)), tmp_path / "book.xlsx")

    assert dict(read(tmp_path / "book.xlsx")["S"].cells) == cells


def test_charts_without_points_of_their_own_store_those_of_their_cells(tmp_path: Path) -> None:
    """A preview draws numbers as numbers, and texts as the names of the bars."""
    cells = {(1, 1): Cell("a"), (2, 1): Cell("b"), (1, 2): Cell(0.5), (2, 2): Cell(1 / 3)}
    chart = Chart("bar", (Series("S!$B$1:$B$2", "S!$A$1:$A$2"),))
    write(Workbook((Sheet("S", cells, (chart,)),)), tmp_path / "book.xlsx")
    drawn = part(tmp_path / "book.xlsx", "xl/charts/chart1.xml")

    assert re.findall("<c:v>([^<]*)</c:v>", drawn) == ["a", "b", "0.5", "0.333"]


def test_the_file_is_whole(tmp_path: Path) -> None:
    """Every part unpacks to what its checksum says, and has a fixed date."""
    write(laid_out(CLASSIC), tmp_path / "book.xlsx")
    with zipfile.ZipFile(tmp_path / "book.xlsx") as archive:
        assert archive.testzip() is None
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.slow
def test_it_is_told_how_many_rows_are_written(tmp_path: Path) -> None:
    """From none to all, never back: the rows of both runs but their first, and those of Compare."""
    told: list[tuple[int, int]] = []
    write(laid_out(CLASSIC, None, 300), tmp_path / "book.xlsx", lambda *counts: told.append(counts))

    assert told[0] == (0, 2 * 299 + 300)
    assert told[-1] == (898, 898)
    assert told == sorted(told)


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="asks the kernel of Linux")
def test_memory_stays_small_however_long_the_runs_are(tmp_path: Path) -> None:
    """Three learning rates of 100,000 iterations take less than 1 GiB."""
    code = (
        "import pathlib, re, sheetprop; sheetprop.build(learning_rates=[0.1, 0.5, 2], "
        "iterations=100_000, output='book.xlsx'); "
        "print(re.search(r'VmHWM:\\s*(\\d+)', pathlib.Path('/proc/self/status').read_text())[1])"
    )
    # Not what getrusage says: that is at least what the process that started this one had.
    kilobytes = subprocess.check_output([sys.executable, "-c", code], cwd=tmp_path, text=True)

    assert int(kilobytes) < 1 << 20


@pytest.mark.slow
def test_the_default_workbook_stays_small(tmp_path: Path) -> None:
    """Six rates of a hundred iterations take less than 450 kB, what mail and phones take easily."""
    write(laid_out(load("classic")), tmp_path / "book.xlsx")
    assert (tmp_path / "book.xlsx").stat().st_size < 450_000


def test_paper_is_no_content(classic: Path) -> None:
    """Every column has a background, but the sheet is said to be as large as what stands in it."""
    workbook = laid_out(CLASSIC)
    number = 1 + [sheet.name for sheet in workbook.sheets].index("η=0.1")
    sheet = part(classic, f"xl/worksheets/sheet{number}.xml")
    assert 'max="16384"' in sheet
    assert f'<dimension ref="A1:AF{HEAD + 20}"/>' in sheet


def test_every_sheet_is_printed_whole(opened: openpyxl.Workbook) -> None:
    """The printed area of each sheet holds all its cells and charts; of three, what is for reading.

    Of Data that is the chosen step, of Compare and Slope what stands above the table that their
    charts show.
    """
    workbook = laid_out(CLASSIC)
    for sheet in workbook.sheets:
        area = opened[sheet.name].print_area.rpartition(":")[2].replace("$", "")
        last = openpyxl.utils.cell.coordinate_from_string(area)
        look = sheet.look
        assert isinstance(look, Look)
        if look.printed:
            assert last == (
                {"Data": "C", "Compare": "J", "Slope": "N"}[sheet.name],
                look.printed[0],
            )
            continue
        ends = [chart_end(look, chart.at, chart.size) for chart in look.charts]
        assert last[1] >= max(row for row, _ in [*sheet.cells, *ends])
        letters = openpyxl.utils.cell.column_index_from_string(last[0])
        assert letters >= max(column for _, column in [*sheet.cells, *ends])


@pytest.mark.slow
def test_equal_workbooks_are_equal_files(tmp_path: Path) -> None:
    """The same input gives the same bytes, whenever it is written."""
    for name in ("one.xlsx", "two.xlsx"):
        write(layout(CLASSIC, [0.5], 3), tmp_path / name)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()
    assert "2000-01-01T00:00:00Z" in part(tmp_path / "one.xlsx", "docProps/core.xml")


def test_a_file_is_replaced_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When writing fails, the old file is as it was and no other file is left."""
    path = tmp_path / "book.xlsx"
    path.write_text("old")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("sheetprop.workbooks.writing.package.Package.add", fail)
    with pytest.raises(WorkbookError, match="No space left on device"):
        write(laid_out(CLASSIC), path)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("place", ["file/book.xlsx", "."])
def test_a_place_that_cannot_be_written_is_told_in_a_sentence(tmp_path: Path, place: str) -> None:
    """A file where a folder belongs, or a folder, gives a `WorkbookError` of one line."""
    (tmp_path / "file").touch()
    with pytest.raises(WorkbookError, match="cannot be written") as caught:
        write(laid_out(CLASSIC, [0.1], 2), tmp_path / place)
    assert "\n" not in str(caught.value)


def test_letters_are_those_that_were_measured(tmp_path: Path) -> None:
    """No font belongs to the theme's scheme, or Excel would show the theme's letters for it."""
    write(laid_out(CLASSIC, [0.1], 2), tmp_path / "book.xlsx")
    styles = part(tmp_path / "book.xlsx", "xl/styles.xml")

    assert '<name val="Arial"/>' in styles
    assert "<scheme" not in styles
