"""Workbooks of networks that read digits: each formula of each layer is judged."""

from __future__ import annotations

import random
from pathlib import Path

import libreoffice
import openpyxl
import pytest
from checking.layouts.small_network import PLAN, hold_to_slips, moved, small, with_cells, words_in

from sheetprop.checking.check import check_file, check_workbook
from sheetprop.checking.layouts.kinds import KINDS
from sheetprop.checking.layouts.known import PATTERNS
from sheetprop.checking.layouts.reading_network import declared, network_pattern
from sheetprop.checking.why import why
from sheetprop.lessons.mnist.layout import layout
from sheetprop.notation.address import address
from sheetprop.notation.mentioned import areas_in
from sheetprop.training.shipped_networks import shipped
from sheetprop.words import languages
from sheetprop.workbooks.sheet import Cell, Workbook
from sheetprop.workbooks.writing.write import write

LAYERS = ("Conv", "Pool", "Average", "Linear")


@pytest.fixture(scope="module")
def right() -> Workbook:
    return small()


def test_the_registry_has_what_the_check_asks_for() -> None:
    """Every kind that is compared has what makes its right workbook."""
    assert set(KINDS) == set(PATTERNS)


@pytest.mark.slow
@pytest.mark.parametrize("language", languages())
def test_the_right_workbook_is_correct(language: str) -> None:
    """All cells are given or right in each language, and the layers are those laid out."""
    made = small(language)
    report = check_workbook(made, "small.xlsx")

    assert report.verdict == "correct"
    assert report.findings == ()
    assert report.ledger.counts["right"] > 1000
    assert declared(made) == PLAN


@pytest.mark.slow
@pytest.mark.parametrize("language", ["de", "hi"])
def test_no_tab_and_no_formula_keeps_an_english_name(language: str) -> None:
    """Sheets are named in the language, and every formula refers to one that there is."""
    made = small(language)
    names = {sheet.name for sheet in made.sheets}
    english = {sheet.name for sheet in small().sheets} - {"Linear"}
    formulas = [c.formula for s in made.sheets for c in s.cells.values() if c.formula]
    mentioned = {area.sheet for text in formulas for area in areas_in(text, "", names)}

    assert not names & english
    assert mentioned - {""} <= names


@pytest.mark.slow
def test_what_is_wrong_is_named_by_its_cell(right: Workbook) -> None:
    """A wrong formula, a typed number, an empty cell and padding that is not 0, each told apart."""
    conv = right["Conv1"].cells
    one, other, third, fourth = [at for at, cell in conv.items() if cell.formula][:4]
    wrong = str(conv[one].formula).replace("$D$", "$E$")
    edge = next(at for at, cell in right["Draw"].cells.items() if cell == Cell(0))
    changed = with_cells(right, "Conv1", {one: Cell(None, wrong), other: Cell(7.5), third: None})
    changed = with_cells(changed, "Conv1", {fourth: Cell(conv[fourth].value)})
    report = check_workbook(with_cells(changed, "Draw", {edge: Cell(1)}), "small.xlsx")
    found = {
        (place.sheet, place.range): (finding.mistake, finding.severity)
        for finding in report.findings
        for place in finding.places
        if finding.mistake != "stale-value"  # nothing here recalculates what follows from it
    }

    assert report.verdict == "mistakes"
    assert found == {
        ("Conv1", address(*one)): ("wrong-range", "error"),
        ("Conv1", address(*other)): ("typed-number", "error"),
        ("Conv1", address(*fourth)): ("typed-number", "warning"),
        ("Draw", address(*edge)): ("typed-number", "error"),
    }
    assert report.ledger.counts["blank"] == 1
    assert report.findings[1].expected == conv[one].formula


@pytest.mark.slow
def test_another_way_to_write_a_formula_is_right(right: Workbook) -> None:
    """What gives the same at all random points is the right formula, however it is written."""
    conv, average = right["Conv1"].cells, right["Average"].cells
    one = next(at for at, cell in conv.items() if cell.formula)
    other = next(at for at, cell in average.items() if cell.formula)
    text = str(conv[one].formula).removeprefix("=MAX(0,").removesuffix(")")
    mean = str(average[other].formula)
    changed = with_cells(right, "Conv1", {one: Cell(None, f"=IF({text}>0,{text},0)")})
    summed = mean.replace("AVERAGE", "SUM") + "/" + mean.replace("=AVERAGE", "COUNT")
    changed = with_cells(changed, "Average", {other: Cell(None, summed)})

    assert check_workbook(changed, "small.xlsx").verdict == "correct"


@pytest.mark.slow
def test_moved_rows_and_other_names_are_followed(right: Workbook) -> None:
    """Rows inserted in three sheets, above empty cells too, leave it right; a slip is found."""
    there = moved(moved(moved(right, "Weights", 5, 2), "Conv1", 4, 3), "Draw", 3, 1)
    assert check_workbook(there, "moved.xlsx").verdict == "correct"

    at = next(at for at, cell in there["Conv2"].cells.items() if cell.formula)
    text = str(there["Conv2"].cells[at].formula)
    slip = with_cells(there, "Conv2", {at: Cell(None, text.replace("+", "-", 1))})
    report = check_workbook(slip, "moved.xlsx")
    assert [place.range for place in report.findings[0].places] == [address(*at)]


def test_layers_that_do_not_fit_are_no_network(right: Workbook) -> None:
    """A table of architecture with a kernel of half a pixel is told in one sentence."""
    changed = with_cells(right, "Architecture", {(6, 3): Cell(2.5)})
    report = check_workbook(changed, "small.xlsx")

    assert report.verdict == "not-recognised"
    assert report.reason is not None
    assert "kernel of a layer is no whole number" in report.reason


@pytest.mark.slow
def test_why_reads_out_the_evidence(right: Workbook, tmp_path: Path) -> None:
    """A cell tells which formula belongs there, and what the ledger says."""
    path = tmp_path / "small.xlsx"
    write(right, path)
    at = next(at for at, cell in right["Pool"].cells.items() if cell.formula)
    told = dict(why(path, f"Pool!{address(*at)}"))

    assert told["right"].startswith("=MAX(")
    assert told["ledger"].startswith("right")


@pytest.mark.slow
def test_every_random_slip_is_found() -> None:
    """Two hundred formulas of all layers with one slip each, ten in a workbook: all, no other."""
    made = layout(shipped("light"), words_in())
    pattern, generator = network_pattern(made), random.Random(13)
    formulas = [
        (sheet.name, at)
        for sheet in made.sheets
        if sheet.name.startswith(LAYERS)
        for at, cell in sheet.cells.items()
        if cell.formula
    ]
    hold_to_slips(pattern, made, formulas, generator, 20)


@pytest.mark.slow
@pytest.mark.libreoffice
def test_saved_by_other_programs_it_stays_correct(tmp_path: Path) -> None:
    """What openpyxl and LibreOffice write of the shipped workbook is judged as the original is."""
    path = tmp_path / "mnist.xlsx"
    write(layout(shipped("light"), words_in()), path)
    book = openpyxl.load_workbook(path)
    book.save(tmp_path / "openpyxl.xlsx")
    converted = libreoffice.convert(path, tmp_path / "out", "xlsx")
    for saved in (path, tmp_path / "openpyxl.xlsx", converted):
        report = check_file(saved)

        assert (report.verdict, report.findings) == ("correct", ())
