"""Sheets of arrays that strangers made: right ones are correct, one changed cell is found there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import libreoffice
import pytest
from checking.arrays.strangers import (
    LONG,
    PRODUCT,
    Paper,
    Stranger,
    convolution,
    convolved,
    strangers,
    turned,
    with_slip,
)
from slowly import one_in

from sheetprop.checking.check import check_file, check_workbook
from sheetprop.checking.why import why
from sheetprop.notation.address import address
from sheetprop.reports.words import not_judged_lines, right_line
from sheetprop.workbooks.sheet import Workbook
from sheetprop.workbooks.writing.write import write

ALL = list(strangers())
SLIPS = [(one, slip) for one in ALL for slip in one.slips]


def named(one: Stranger) -> str:
    return one.name


@pytest.mark.parametrize("stranger", one_in(20, ALL), ids=named)
def test_right_sheets_are_correct(stranger: Stranger) -> None:
    """Every cell of every kind of sheet is entered as right or given, and nothing is said."""
    report = check_workbook(stranger.workbook, "sheet.xlsx")

    assert (report.verdict, report.findings) == ("correct", ())
    formulas = sum(1 for cell in stranger.workbook.sheets[0].cells.values() if cell.formula)
    assert report.ledger.counts["right"] == formulas


@pytest.mark.slow
@pytest.mark.parametrize(
    ("stranger", "slip"), SLIPS, ids=[f"{one.name}: {slip[2]}" for one, slip in SLIPS]
)
def test_one_changed_cell_is_found_and_named(
    stranger: Stranger, slip: tuple[tuple[int, int], object, str]
) -> None:
    """The one error stands at the changed cell, under the name of what was done to it."""
    at, content, mistake = slip
    report = check_workbook(with_slip(stranger, at, content), "sheet.xlsx")  # type: ignore[arg-type]
    errors = [one for one in report.findings if one.severity == "error"]

    assert report.verdict == "mistakes"
    assert [[place.range for place in one.places] for one in errors] == [[address(*at)]]
    assert errors[0].mistake == (mistake or errors[0].mistake)
    assert errors[0].expected == stranger.workbook.sheets[0].cells[at].formula


@pytest.mark.slow
def test_why_tells_the_kind_of_block(tmp_path: Path) -> None:
    """A cell of a stranger's convolution says what it is and which formula is right."""
    path = tmp_path / "sheet.xlsx"
    stranger = convolution(LONG)
    write(stranger.workbook, path)

    told = dict(why(path, f"Sheet1!{address(*stranger.slips[0][0])}"))
    assert "convolution" in told["found"]
    assert told["ledger"].startswith("right")


def test_a_kernel_turned_everywhere_is_told_as_such() -> None:
    """What mathematics calls a convolution is right, with a note on what layers do."""
    paper = Paper()
    image, kernel = paper.numbers((2, 2), 5, 5), paper.numbers((2, 9), 2, 2)

    def formula(y: int, x: int) -> str:
        return f"={turned((image[0] + y, image[1] + x), kernel, 2)}"

    paper.fill((2, 13), 4, 4, formula)
    report = check_workbook(paper.workbook(), "sheet.xlsx")

    assert report.verdict == "correct"
    assert [(one.mistake, one.severity) for one in report.findings] == [("flipped-kernel", "note")]


def test_what_is_calculated_besides_is_left_open() -> None:
    """A formula of no known kind beside a convolution is not judged, with the reason."""
    paper = Paper(dict(convolution(LONG).workbook.sheets[0].cells))
    paper.put((20, 2), "=LOG(B2)/COUNT(B2:D4)")
    report = check_workbook(paper.workbook(), "sheet.xlsx")

    assert report.verdict == "undecided"
    assert [(one.range, one.reason) for one in report.not_judged] == [
        ("B20", "nothing known of arrays is calculated here")
    ]


@pytest.mark.slow
@pytest.mark.parametrize("around", ["=1/(1+EXP(-{}))", "=1/(EXP(-({}))+1)", "=TANH({})"])
def test_a_convolution_may_stand_in_an_activation(around: str) -> None:
    """A sheet of it is correct, and one window taken from elsewhere is found."""
    paper = Paper()
    image, kernel = paper.numbers((2, 2), 5, 5), paper.numbers((2, 9), 3, 3)

    def formula(y: int, x: int) -> str:
        return around.format(convolved(image, kernel, 3, y, x, 1, PRODUCT))

    paper.fill((2, 14), 3, 3, formula)
    assert check_workbook(paper.workbook(), "sheet.xlsx").verdict == "correct"
    paper.put((3, 15), formula(0, 1))
    report = check_workbook(paper.workbook(), "sheet.xlsx")
    assert [place.range for one in report.errors for place in one.places] == ["O3"]


def test_cells_left_open_are_told_together() -> None:
    """Of a sheet of arrays the cells are counted, and those not judged share a line."""
    paper = Paper(dict(convolution(LONG).workbook.sheets[0].cells))
    for row in (20, 22, 24):
        paper.put((row, 2), "=LOG(B2)/COUNT(B2:D4)")
    report = check_workbook(paper.workbook(), "sheet.xlsx")

    assert right_line(report) == "16 of 19 cells"
    assert [*not_judged_lines(report)] == [
        "Sheet1!B20, B22, B24 (3 cells): nothing known of arrays is calculated here"
    ]


@pytest.mark.parametrize(
    "formula",
    ["=SUM(B{r}:D{r})", "=B{r}*C{r}", "=AVERAGE(B{r}:D{r})", "=SUMPRODUCT(B{r}:D{r},$B$1:$D$1)"],
)
def test_other_sheets_are_none_of_arrays(formula: str) -> None:
    """Totals, products, means and weighted sums of rows, which any sheet has, are no evidence."""
    paper = Paper()
    paper.numbers((1, 2), 9, 3)
    paper.fill((2, 6), 8, 1, lambda r, _: formula.format(r=r + 2))

    assert check_workbook(paper.workbook(), "sheet.xlsx").verdict == "not-recognised"


@pytest.mark.slow
@pytest.mark.libreoffice
def test_saved_by_libreoffice_they_are_judged_the_same(tmp_path: Path) -> None:
    """Right and changed sheets, on other sheets' names too, saved by LibreOffice."""
    books: dict[str, Workbook] = {}
    for number, one in enumerate(ALL[::17]):
        books[f"{number}-right"] = one.workbook
        at, content, _ = one.slips[0]
        sheet = with_slip(one, at, content).sheets[0]
        books[f"{number}-wrong"] = Workbook((replace(sheet, name="Tabelle 1"),))
    for name, book in books.items():
        write(book, tmp_path / f"{name}.xlsx")
        saved = libreoffice.convert(tmp_path / f"{name}.xlsx", tmp_path / "out", "xlsx")
        before, after = check_workbook(book, name), check_file(saved)

        assert before.verdict == after.verdict == ("correct" if "right" in name else "mistakes")
        errors = [
            [(f.mistake, [p.range for p in f.places]) for f in r.findings if f.severity == "error"]
            for r in (before, after)
        ]
        assert errors[0] == errors[1]
