"""One cell of a right worksheet is another, or all are written otherwise: both must be told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from test_broken_cells import checked as judged
from test_broken_cells import form, found
from test_labels_of_forms import cell_of, with_cells
from worksheets import (
    ARRIVING_1,
    DELTA_1,
    GIVEN,
    GRADIENTS,
    ORDER,
    RIGHT,
    WEIGHTS,
    Table,
    checked,
    in_tables,
)

from sheetprop.workbooks.sheet import Cell

pytestmark = pytest.mark.slow

SHORT = Table(iterations=4)
CARRIED = SHORT
for _name in GIVEN:
    CARRIED = CARRIED.changed(_name, f"={{{_name}[-1]}}", range(1, SHORT.iterations))
BARE = Table(headers=dict.fromkeys(ORDER, ""), rate_label=None)
UPDATE = "={w}-$B$1*{dE/dw}"


@pytest.mark.parametrize("rows", [2, 4])
def test_a_short_table_carries_on_what_is_given(rows: int, tmp_path: Path) -> None:
    """The other inputs and targets tell that the last cell of one is a slip."""
    table = replace(CARRIED, iterations=rows).changed("t1", 0.0101, [rows - 1])
    report = checked(tmp_path, table)

    assert [(one.mistake, one.places) for one in report.errors] == [
        ("typed-number", (table.place("t1", rows - 1),))
    ]


@pytest.mark.parametrize("formula", ["=$AZ$3", "=AZ3*1"])
def test_what_is_given_comes_from_an_empty_cell(formula: str, tmp_path: Path) -> None:
    """An empty cell counts as 0, which nobody meant for a first weight."""
    table = Table().changed("w7", formula, [0])
    report = checked(tmp_path, table)

    assert [one.mistake for one in report.errors] == ["missing-quantity"]
    assert report.errors[0].places[0] == table.place("w7", 0, 0)
    assert "$AZ$3, which is empty" in report.errors[0].message


@pytest.mark.parametrize(
    ("content", "verdict"), [(0.3, "mistakes"), ("?", "incomplete"), (None, "incomplete")]
)
def test_one_new_weight_of_a_form_is_no_formula(content: float | str | None, verdict: str) -> None:
    """It stands in the line of the others, so it belongs to them whatever is in it."""
    workbook = form("{}", UPDATE)
    row = max(at[0] for at, cell in workbook.sheets[0].cells.items() if cell.value == "w6")
    report = judged(with_cells(workbook, {(row, 2): Cell(content)}))

    assert report.verdict == verdict
    assert {place for _, _, place in found(report)} == {f"B{row}"}


def test_a_gradient_of_a_form_is_empty_beside_its_change() -> None:
    """The cell labelled “Δw8” is not taken for the gradient that is not there."""
    workbook = form("{} new", UPDATE)
    row, _ = cell_of(workbook, "dE/dw8")
    changes = {(row, 4): Cell("Δw8"), (row, 5): Cell(None, f"=-$B$1*B{row}"), (row, 2): Cell(None)}
    report = judged(with_cells(workbook, changes))

    assert (report.verdict, {place for _, _, place in found(report)}) == ("incomplete", {f"B{row}"})


def test_rounding_that_makes_another_number_is_wrong(tmp_path: Path) -> None:
    """To no decimals a small sum is 0: that is no longer right to the digits shown."""
    table = Table().changed("h1", f"=ROUND({RIGHT['h1'][1:]},0)", [3])
    (finding,) = checked(tmp_path, table).errors

    assert (finding.mistake, finding.places) == ("rounded", (table.place("h1", 3, 3),))


def test_the_helper_that_differs_from_its_column_is_blamed(tmp_path: Path) -> None:
    """Not the cell that it takes by mistake, which says what those above and below it say."""
    helpers = {"δ": f"={DELTA_1}", "nothing": "={t1}*0", "part": "={δ}*{a_h2}"}
    table = replace(Table(), helpers=helpers).changed("dE/dw6", "={part}")
    wrong = table.changed("part", "={nothing}*{a_h2}", [3])
    (finding,) = checked(tmp_path, wrong).errors

    assert finding.places[0].range == wrong.address("part", 3)


def test_the_rate_of_another_table_is_not_blamed(tmp_path: Path) -> None:
    """A helper cell that takes it is wrong, not the cell that the other table rightly takes."""
    helpers = {f"{w} change": f"=-{{eta}}*{{dE/d{w}}}" for w in WEIGHTS}
    first = replace(Table(), helpers=helpers)
    for weight in WEIGHTS:
        update = f"={{{weight}[-1]}}+{{{weight} change[-1]}}"
        first = first.changed(weight, update, range(1, first.iterations))
    other = replace(first, header=60, rate_cell=(59, 7), rate=0.5)
    wrong = first.changed("w1 change", "=-$G$59*{dE/dw1}", [3])
    (finding,) = checked(tmp_path, wrong, other).errors

    assert finding.places[0].range == wrong.address("w1 change", 3)


def test_numbers_too_large_follow_from_what_is_wrong(tmp_path: Path) -> None:
    """A right formula below a wrong one that shows #NUM! is no second mistake."""
    table = replace(Table(), rate=1e5).changed("a_o1", "=1/(1-EXP(-{o1}))", [3])
    report = checked(tmp_path, table)

    assert [place.range for one in report.errors for place in one.places] == [
        table.address("a_o1", 3)
    ]


@pytest.mark.parametrize("first", ["$", ""])
def test_given_numbers_are_taken_from_the_first_row_and_from_the_own(
    first: str, tmp_path: Path
) -> None:
    """Without headers, one number in every row is an input wherever formulas take it from."""
    fixed = RIGHT["dE/dw1"].replace("{i1}", "{i1@0}") if first else RIGHT["dE/dw1"]
    table = BARE.changed("dE/dw1", fixed)
    for name in GIVEN if not first else ():
        table = table.changed(name, f"={{{name}[-1]}}*1", range(1, table.iterations))
    report = checked(tmp_path, table)

    assert report.verdict == "correct"
    assert len(report.tables[0].quantities) == len(ORDER)


@pytest.mark.parametrize(
    ("name", "formula"), [("o2", "={w7}*{a_h1}+{w8}"), ("h1", "={w1}+{w2}*{i2}")]
)
def test_a_weight_that_lost_its_factor_is_no_bias(name: str, formula: str, tmp_path: Path) -> None:
    """Without headers a lone term may be a bias; but no other sum has one, and one input lacks."""
    table = BARE.changed(name, formula)
    (finding,) = checked(tmp_path, table).errors

    assert (finding.mistake, finding.places) == ("missing-factor", (table.place(name),))


@pytest.mark.parametrize("function", ["MAX", "MIN", "AVERAGE", "SUM", "PRODUCT"])
def test_a_function_of_several_numbers_has_one(function: str, tmp_path: Path) -> None:
    """Around a single number it changes nothing, in one cell as in a column."""
    table = Table().changed("w2", f"={function}({RIGHT['w2'][1:]})", [3])

    assert in_tables(checked(tmp_path, table)) == ()


def test_a_form_with_headers_in_words_nobody_foresaw() -> None:
    """Where the new weights alone have labels that are known, they are not taken for the old."""
    workbook = form("{}", UPDATE)
    labels = [*GIVEN, *WEIGHTS, *GRADIENTS, "E1", "E2", "E_total"]
    cells = {cell_of(workbook, name): Cell(f"entry {k}") for k, name in enumerate(labels)}

    assert judged(with_cells(workbook, cells)).verdict == "correct"


def test_a_factor_hardly_different_from_one(tmp_path: Path) -> None:
    """A ten-millionth is no rounding: it is found where no other row says something else, too."""
    workbook = form("{} new", UPDATE)
    row, _ = cell_of(workbook, "w5 new")
    formula = workbook.sheets[0].cells[row, 2].formula
    changed = with_cells(workbook, {(row, 2): Cell(None, f"=({(formula or '')[1:]})*1.0000001")})
    table = Table().changed("a_h1", f"=({RIGHT['a_h1'][1:]})*1.0000001")

    assert [one.places[0].range for one in judged(changed).errors] == [f"B{row}"]
    assert [one.places for one in checked(tmp_path, table).errors] == [(table.place("a_h1"),)]


def test_one_hidden_error_has_no_column(tmp_path: Path) -> None:
    """Gradients may go by it or not: the others being there does not make it missing."""
    helpers = {"∂E/∂a_h1": f"={ARRIVING_1}"}

    assert checked(tmp_path, replace(Table(), helpers=helpers)).verdict == "correct"


def test_a_date_among_what_is_given(tmp_path: Path) -> None:
    """What no formula of the table can be read as still shows another number than all others."""
    table = Table(iterations=10).changed("i1", "=DATE(2024,1,5)", [9])

    assert [one.places for one in checked(tmp_path, table).errors] == [(table.place("i1", 9),)]


def test_a_number_typed_over_a_change() -> None:
    """It stands among the changes that the new weights take, and is blamed itself."""
    workbook = form("{} new", UPDATE)
    changes = {}
    for number, name in enumerate(WEIGHTS, 3):
        row, _ = cell_of(workbook, f"{name} new")
        old, gradient = (cell_of(workbook, one)[0] for one in (name, f"dE/d{name}"))
        changes[number, 4] = Cell(None, f"=-$B$1*B{gradient}")
        changes[row, 2] = Cell(None, f"=$B{old}+D{number}" if number % 2 else f"=B{old}+D{number}")
    wrong = with_cells(workbook, {**changes, (8, 4): Cell(0.0)})

    assert judged(with_cells(workbook, changes)).verdict == "correct"
    assert [one.places[0].range for one in judged(wrong).errors] == ["D8"]
