"""A digit and a number: the sheets say what NumPy says, and a check finds each slip in them."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import libreoffice
import pytest
from checking.layouts.small_network import hold_to_slips, with_cells

import sheetprop
from sheetprop.checking.check import check_workbook
from sheetprop.checking.layouts.sums.summing_network import digit_sum_pattern
from sheetprop.lessons.kinds.digit_sum.layout import layout
from sheetprop.lessons.kinds.digit_sum.places import ANSWERS, NUMBER, exact_text, hidden_at, out_at
from sheetprop.lessons.mnist.draw_sheet import CHOICE, DRAW, names_of
from sheetprop.template import load
from sheetprop.training.shipped_networks import shipped_digits
from sheetprop.training.sums.head import exact_answers, logits, read
from sheetprop.training.sums.shipped_head import shipped_head
from sheetprop.words import ENGLISH, Words, languages, texts_of
from sheetprop.workbooks.sheet import Cell, Workbook
from sheetprop.workbooks.writing.write import write


def words_in(language: str) -> Words:
    return Words({**texts_of(ENGLISH), **texts_of(language), "title": ""})


def made(number: int = 7, language: str = ENGLISH, chosen: int = 24) -> Workbook:
    return layout(shipped_head(), number, words_in(language), chosen)


def test_a_sum_takes_all_its_pairs_and_no_other() -> None:
    """The pairs of each formula add up to its sum: there are 1, 2, … 10 … 2, 1 of them."""
    counts = []
    for one in range(19):
        digits, numbers = exact_text(one).removeprefix("=SUMPRODUCT(").removesuffix(")").split(",")
        rows = [[int(cell[1:]) for cell in part.split(":")] for part in (digits, numbers)]
        both = [range(first, last + 1) for first, last in rows]
        pairs = list(zip(*both, strict=True))
        counts.append(len(pairs))
        assert {(digit - 14) + (9 - (number - 14)) for digit, number in pairs} == {one}
    assert counts == [*range(1, 11), *range(9, 0, -1)]


@pytest.mark.parametrize(
    ("number", "told"),
    [("-1", "must be a whole number of at least 0"), ("10", "from 0 to 9, not 10")],
)
def test_only_digits_are_added(tmp_path: Path, number: str, told: str) -> None:
    """A template with another number is refused with its key."""
    path = tmp_path / "lesson.toml"
    path.write_text(
        f'lesson = "digit-sum"\n[sum]\nnumber = {number}\n[texts]\ntitle = "t"\nabout = "a"\n'
    )
    with pytest.raises(sheetprop.SpecError, match=told):
        load(path)


@pytest.mark.slow
@pytest.mark.parametrize("language", languages())
def test_a_check_calls_it_correct_in_each_language(language: str) -> None:
    """Every cell of every sheet is given or right, and the sheets are in the language."""
    book = made(language=language)
    report = check_workbook(replace(book, names={"lesson_digit_sum": "Draw!$A$1"}), "sums.xlsx")

    assert (report.verdict, report.findings) == ("correct", ())
    assert words_in(language)["digit_sum_sheet"] in {sheet.name for sheet in book.sheets}


@pytest.mark.slow
def test_every_slip_in_the_layers_for_sums_is_found() -> None:
    """Slips in the formulas of both sheets, ten in a workbook: all, and no other."""
    book = made()
    places = [
        (name, at)
        for name in ("Sum", "Head")
        for at, cell in book[name].cells.items()
        if cell.formula and ":" in cell.formula and "MATCH" not in cell.formula
    ]
    hold_to_slips(digit_sum_pattern(book), book, places, random.Random(3), 4)


@pytest.mark.slow
@pytest.mark.libreoffice
def test_libreoffice_tells_the_same_sums(tmp_path: Path) -> None:
    """Images with numbers get the logits of NumPy, both answers, and no error anywhere."""
    trained, digits = shipped_head(), shipped_digits()
    names, book = names_of(digits, words_in(ENGLISH)), made()
    pairs = [(24, 7), (29, 9), (0, 0), (14, 3)]
    paths = []
    for image, number in pairs:
        typed = with_cells(book, DRAW, {CHOICE: Cell(names[image + 1])})
        paths.append(tmp_path / f"{image}.xlsx")
        write(with_cells(typed, "Sum", {NUMBER: Cell(number)}), paths[-1])
    found = libreoffice.recalculated(paths, tmp_path)

    for (image, number), values in zip(pairs, found, strict=True):
        seen = read(trained.eyes.plan, trained.eyes.weights, digits.images[[image]])
        expected = logits(trained.head, seen.features, number)[0]
        cells = [cell for sheet in values.values() for cell in sheet.values()]
        assert not [cell for cell in cells if isinstance(cell, libreoffice.Error)]
        own = [values["Head"][out_at(one)] for one in range(19)]
        assert own == pytest.approx(expected, abs=1e-9)
        told = [values["Sum"][ANSWERS + 1, column] for column in (1, 2, 3, 6)]
        read_as = int(seen.logits.argmax())
        assert told == [read_as, number, expected.argmax(), exact_answers(seen, number)[0]]
    for sheet in book.sheets:  # what is stored is what is calculated
        for at, cell in sheet.cells.items():
            if cell.formula is not None and isinstance(cell.value, int | float):
                assert found[0][sheet.name][at] == pytest.approx(cell.value, abs=1e-9)


@pytest.mark.slow
def test_the_command_builds_a_small_file(tmp_path: Path) -> None:
    """The workbook is below 1 MB, and shows on one sheet what the layers and convolution say."""
    path = sheetprop.build("digit-sum", output=tmp_path / "sum.xlsx")
    sums = made()["Sum"].cells

    assert path.stat().st_size < 1_000_000
    assert [sums[ANSWERS + 1, column].value for column in (1, 2, 3, 6)] == [8, 7, 15, 15]
    first = made()["Head"].cells[hidden_at(0)]
    assert str(first.formula).startswith("=MAX(0,C8+SUMPRODUCT($D$6:$AS$6,D8:AS8))")
    (report,) = sheetprop.check(path)
    assert (report.verdict, list(report.findings)) == ("correct", [])
