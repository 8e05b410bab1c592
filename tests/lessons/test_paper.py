from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import openpyxl
import pytest
from laid_out import laid_out

from sheetprop.exercises.make import make
from sheetprop.exercises.wanted import wanted
from sheetprop.lessons.finished import finished
from sheetprop.lessons.kinds.kind import KindLesson
from sheetprop.lessons.kinds.registry import workbook_of
from sheetprop.lessons.layout import layout
from sheetprop.lessons.parts.paper import on_paper
from sheetprop.lessons.slope.slope_table import HEAD
from sheetprop.template import any_lesson, load
from sheetprop.workbooks.extent import chart_end, last_cell
from sheetprop.workbooks.look import Look, Paper, Wire
from sheetprop.workbooks.sheet import Cell, Sheet, Workbook
from sheetprop.workbooks.writing.write import write

CLASSIC = load("classic")
FEW_ROWS = 6


def books() -> dict[str, Workbook]:
    """Workbooks of several kinds and lengths, ready to be printed."""
    lengths = {n: finished(layout(CLASSIC, [0.1], n), CLASSIC) for n in (1, 30, 60, 100, 128)}
    short = replace(CLASSIC, learning_rates=(0.5,), iterations=8)
    variants = {name: make(short, wanted(name)).workbook for name in ("blank", "faded")}
    return {**{str(n): book for n, book in lengths.items()}, **variants}


BOOKS = books()


def look_and_paper(sheet: Sheet) -> tuple[Look, Paper]:
    assert isinstance(sheet.look, Look)
    assert sheet.look.paper is not None
    return sheet.look, sheet.look.paper


@pytest.mark.parametrize("kind", BOOKS)
def test_no_page_is_left_with_a_few_rows(kind: str) -> None:
    """Every page of a sheet has more than a few rows, and none is split where it could be whole."""
    for sheet in BOOKS[kind].sheets:
        look, paper = look_and_paper(sheet)
        last = (look.printed or last_cell(sheet.cells, look))[0]
        ends = [0, *paper.rows, last]
        if paper.rows:
            assert all(after - before > FEW_ROWS for before, after in pairwise(ends)), sheet.name


@pytest.mark.parametrize("kind", BOOKS)
def test_no_picture_is_cut_by_the_end_of_a_page(kind: str) -> None:
    """A chart stands on one page, whole."""
    for sheet in BOOKS[kind].sheets:
        look, paper = look_and_paper(sheet)
        for chart in look.charts:
            row, column = chart_end(look, chart.at, chart.size)
            assert not any(chart.at[0] <= end < row for end in paper.rows), sheet.name
            assert not any(chart.at[1] <= end < column for end in paper.columns), sheet.name


@pytest.mark.slow
def test_the_printer_is_told(tmp_path: Path) -> None:
    """Scale and ends of pages stand in the file, and columns that stay are on every page."""
    path = tmp_path / "book.xlsx"
    write(BOOKS["100"], path)
    sheet = openpyxl.load_workbook(path)["η=0.1"]
    _, paper = look_and_paper(BOOKS["100"]["η=0.1"])

    assert sheet.page_setup.scale == paper.scale
    assert [end.id for end in sheet.row_breaks.brk] == list(paper.rows)
    assert [end.id for end in sheet.col_breaks.brk] == list(paper.columns)
    assert sheet.print_title_cols == "$A:$B"


@pytest.mark.slow
def test_a_file_says_what_it_is(tmp_path: Path) -> None:
    """Title, author and description are those of the lesson."""
    path = tmp_path / "book.xlsx"
    write(BOOKS["1"], path)
    found = openpyxl.load_workbook(path).properties

    assert (found.title, found.creator) == ("Backpropagation step by step", "sheetprop")
    assert found.description.startswith("Two inputs, two hidden neurons and two outputs learn")


def test_evidence_stands_whole_on_a_page_of_its_own() -> None:
    """The table on Predict begins a page and ends on it, at most a quarter smaller for that."""
    sheet = BOOKS["30"]["Predict"]
    _, paper = look_and_paper(sheet)

    assert len(paper.rows) == 1
    assert sheet.cells[paper.rows[0] + 1, 1].value is not None
    assert paper.scale >= 60


def test_the_slope_is_printed_on_one_page_large_enough_to_be_read() -> None:
    """What is chosen, the charts and what they mean; nobody reads the forward passes on paper."""
    look, paper = look_and_paper(BOOKS["30"]["Slope"])

    assert look.printed is not None
    assert look.printed[0] < HEAD
    assert (paper.rows, paper.columns) == ((), ())
    assert paper.scale >= 70


@pytest.mark.slow
def test_compare_is_printed_on_one_page_without_an_empty_half() -> None:
    """The table of every iteration, which each rate's sheet has, is not printed beside it."""
    sheet = next(sheet for sheet in laid_out(load("classic")).sheets if sheet.name == "Compare")
    look = on_paper(sheet).look
    assert isinstance(look, Look)
    assert look.printed is not None
    assert look.paper is not None

    assert look.printed[1] == 10
    assert look.paper.rows == ()
    assert look.paper.scale > 70


def test_pages_end_at_headings_rather_than_inside_tables() -> None:
    """The table of forward passes on Gradient check fits on a page and begins one, its head above.

    Derivation and Learning rates, a little more than two pages long, are printed on two.
    """
    book = BOOKS["100"]
    sheet = book["Gradient check"]
    (end,) = look_and_paper(sheet)[1].rows

    assert sheet.cells[end + 1, 1].value == "The forward passes"
    for name in ("Derivation", "Learning rates"):
        _, paper = look_and_paper(book[name])
        assert len(paper.rows) == 1, name
        assert paper.scale >= 65, name


def test_print_is_made_smaller_only_where_that_saves_a_page() -> None:
    """A sheet of one and a third pages stays as large as its width allows."""
    sheet = BOOKS["100"]["Start"]
    _, paper = look_and_paper(sheet)

    assert len(paper.rows) == 1
    assert paper.scale > 67


def test_a_title_wider_than_the_table_below_it_is_printed_whole() -> None:
    """The print range reaches so far, where columns are few."""
    words = {(1, 1): Cell("What the curves of the sheet are made of"), (3, 1): Cell(1.0)}
    sheet = on_paper(Sheet("Data", words, look=Look(styles={(1, 1): "title"})))
    look = sheet.look
    assert isinstance(look, Look)
    assert look.printed is not None

    assert look.printed[0] == 3
    assert 64 * look.printed[1] >= 12 * 40
    assert look_and_paper(BOOKS["30"]["Derivation"])[0].printed is None


def test_lines_around_cells_are_printed_whole() -> None:
    """Half of such a line lies over the next column, which is printed with them."""
    frame = Wire(((2, 2), (3, 4)), None, "E_total")

    assert last_cell({(2, 2): Cell(1.0)}, Look(wires=(frame,))) == (3, 5)


def test_heads_stand_on_another_page_only_above_their_table() -> None:
    """Rules and questions below a table that ends on its page have no heads of columns."""
    lesson = any_lesson("vanishing")
    assert isinstance(lesson, KindLesson)
    (sheet,) = workbook_of(lesson, "worked").sheets
    look, paper = look_and_paper(sheet)
    long, _ = look_and_paper(BOOKS["100"]["η=0.1"])
    of_all, _ = look_and_paper(BOOKS["100"]["Derivation"])

    assert (len(paper.rows), look.heads) == (1, None)
    assert long.heads == (20, 21)
    assert of_all.heads == (5, 5)
