"""Worksheets that are wrong, blank or untold somewhere, and must not be called correct."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from slowly import one_in, slowly

from sheetprop.calculating.engine import Engine
from sheetprop.checking.report import Report
from sheetprop.workbooks.reading.read import read
from tests.worksheets import (
    ARRIVING_1,
    COMPUTED,
    DELTA_1,
    GIVEN,
    GRADIENTS,
    ORDER,
    RIGHT,
    WEIGHTS,
    Content,
    Table,
    checked,
    save,
)

T = Table()
WITHOUT_INPUTS = tuple(name for name in ORDER if name not in ("i1", "i2"))
CLASS_SLIP = {
    name: RIGHT[name].replace("{a_h2}*(1-{a_h2})", "{a_h1}*(1-{a_h1})")
    for name in ("dE/dw3", "dE/dw4")
}
"""The mistake of the class: the slope of the first hidden neuron for that of the second."""


def named(report: Report) -> set[tuple[str, str | None]]:
    """Return what errors there are, and of which quantities."""
    return {(f.mistake, p.quantity) for f in report.errors for p in f.places}


def elsewhere(inputs: Mapping[str, str], slip: bool = True) -> Table:
    """Return a table whose formulas take the inputs from cells elsewhere."""
    table = Table(order=WITHOUT_INPUTS)
    formulas = dict(RIGHT) | (CLASS_SLIP if slip else {})
    for name in COMPUTED:
        text = formulas[name]
        for given, cell in inputs.items():
            text = text.replace(f"{{{given}}}", cell)
        table = table.changed(name, text)
    return table


DATA: Mapping[str, Mapping[str, Content]] = {
    "Data": {"A1": "i1", "A2": 0.05, "B1": "i2", "B2": 0.1}
}


def test_inputs_on_a_sheet_without_quotes(tmp_path: Path) -> None:
    """The what-if changes inputs on another sheet, so that it cannot take a mistake back."""
    wrong = elsewhere({"i1": "Data!$A$2", "i2": "Data!$B$2"})
    right = elsewhere({"i1": "Data!$A$2", "i2": "Data!$B$2"}, slip=False)

    report = checked(tmp_path, wrong, further=DATA)
    assert named(report) == {("wrong-neuron", "dE/dw3"), ("wrong-neuron", "dE/dw4")}
    assert checked(tmp_path, right, further=DATA).verdict == "correct"


def test_inputs_behind_defined_names(tmp_path: Path) -> None:
    """The same where names stand for the inputs."""
    names = {"first_input": "Data!$A$2", "second_input": "Data!$B$2"}
    wrong = elsewhere({"i1": "first_input", "i2": "second_input"})
    right = elsewhere({"i1": "first_input", "i2": "second_input"}, slip=False)

    report = checked(tmp_path, wrong, further=DATA, names=names)
    assert named(report) == {("wrong-neuron", "dE/dw3"), ("wrong-neuron", "dE/dw4")}
    assert checked(tmp_path, right, further=DATA, names=names).verdict == "correct"


@pytest.mark.parametrize("carry", ["={i1[-1]}*1", '=IF({i1[-1]}="","",{i1[-1]})'])
def test_inputs_carried_on_by_a_formula(tmp_path: Path, carry: str) -> None:
    """An input carried on is given in each row, and a mistake below it stays one."""
    carried = T.changed("i1", carry, range(1, T.iterations))
    wrong = carried
    for name, text in CLASS_SLIP.items():
        wrong = wrong.changed(name, text)

    assert checked(tmp_path, carried).verdict == "correct"
    assert ("wrong-neuron", "dE/dw3") in named(checked(tmp_path, wrong))


def with_gap(*filled: str) -> dict[str, Content]:
    """Return the cells of a table with a blank row inside, some columns filled through it."""
    table = Table(iterations=9)
    gap = 4
    cells: dict[str, Content] = {}
    for name in ORDER:
        for step in range(table.iterations):
            cells[table.address(name, step)] = table.cells().get(table.cell(name, step))
        if name not in filled:
            cells[table.address(name, gap)] = None
    return cells


@pytest.mark.slow
def test_an_update_filled_straight_through_a_blank_row(tmp_path: Path) -> None:
    """The update below a blank row starts from an empty cell, and is wrong."""
    report = checked(tmp_path, Table(iterations=9), further={"Sheet1": with_gap()})

    wrong = {place.quantity for finding in report.errors for place in finding.places}
    assert report.verdict == "mistakes"
    assert set(WEIGHTS) <= wrong


@pytest.mark.slow
def test_an_update_that_leaps_a_blank_row_is_right(tmp_path: Path) -> None:
    """Where the row below a gap takes the row above it, nothing is wrong."""
    cells = with_gap()
    table = Table(iterations=9)
    for name in WEIGHTS:
        cells[table.address(name, 5)] = (
            f"={table.address(name, 3)}-$G$30*{table.address(f'dE/d{name}', 3)}"
        )

    assert checked(tmp_path, table, further={"Sheet1": cells}).verdict == "correct"


CHANGING = T.changed("t1", 0.2, [2, 3, 4]).changed("t1", 0.4, [5, 6, 7])


@pytest.mark.parametrize("other", ["{t1[-1]}", "{t1@0}"])
def test_targets_that_change_taken_from_another_row(tmp_path: Path, other: str) -> None:
    """The target of another row is another number where targets change by row."""
    wrong = CHANGING.changed("E1", f"=0.5*({other}-{{a_o1}})^2", range(1, 8))

    assert checked(tmp_path, CHANGING).verdict == "correct"
    assert {name for _, name in named(checked(tmp_path, wrong))} == {"E1"}


def test_inputs_that_change_taken_from_the_row_above(tmp_path: Path) -> None:
    """The same for an input in a gradient."""
    changing = T.changed("i2", 0.3, [1, 3, 5, 7])
    wrong = changing.changed(
        "dE/dw2", f"={ARRIVING_1}*{{a_h1}}*(1-{{a_h1}})*{{i2[-1]}}", range(1, 8)
    )

    assert checked(tmp_path, changing).verdict == "correct"
    assert {name for _, name in named(checked(tmp_path, wrong))} == {"dE/dw2"}


def test_a_text_in_a_first_weight(tmp_path: Path) -> None:
    """A weight that is a text leaves nothing calculated, and that is said of this cell."""
    report = checked(tmp_path, T.changed("w1", "0,15 ", [0]))

    assert report.verdict == "mistakes"
    assert named(report) == {("error-value", "w1")}
    assert report.ledger.counts["error"] > 0


GUARDED = {name: f'=IF({{{name}[-1]}}="","",{RIGHT[name][1:]})' for name in WEIGHTS}
GUARDED_WRONG = {name: text.replace("-{eta}", "+{eta}") for name, text in GUARDED.items()}


def test_guards_around_updates_are_looked_through(tmp_path: Path) -> None:
    """IF(x="","",…) around an update hides no wrong sign, and makes none of a right one."""
    right, wrong = T, T
    for name in WEIGHTS:
        right = right.changed(name, GUARDED[name])
        wrong = wrong.changed(name, GUARDED_WRONG[name])

    assert checked(tmp_path, right).verdict == "correct"
    assert {name for _, name in named(checked(tmp_path, wrong))} == set(WEIGHTS)


@pytest.mark.parametrize(("sign", "verdict"), [("", "correct"), ("-", "mistakes")])
def test_offset_with_a_wrong_sign_inside(tmp_path: Path, sign: str, verdict: str) -> None:
    """A formula without a tree is judged by its values, in each row."""
    table = T.changed(
        "dE/dw5", f"={sign}OFFSET({{a_o1}},0,0)*(1-{{a_o1}})*({{a_o1}}-{{t1}})*{{a_h1}}"
    )

    assert checked(tmp_path, table).verdict == verdict


@pytest.mark.parametrize(("sign", "verdict"), [("", "correct"), ("-", "mistakes")])
def test_index_with_a_wrong_sign_inside(tmp_path: Path, sign: str, verdict: str) -> None:
    """The same with INDEX, in some rows only."""
    text = f"={sign}INDEX({{a_o1}},1,1)*(1-{{a_o1}})*({{a_o1}}-{{t1}})*{{a_h1}}"

    assert checked(tmp_path, T.changed("dE/dw5", text, [4, 6])).verdict == verdict


def typed(table: Table, path: Path) -> Table:
    """Return the table with all its numbers typed."""
    engine = Engine(read(save(path / "values.xlsx", table)))
    numbers = table
    for name in (*WEIGHTS, *COMPUTED):
        for step in range(table.iterations):
            value = engine.value(table.sheet, table.cell(name, step))
            assert isinstance(value, float)
            numbers = numbers.changed(name, value, [step])
    return numbers


def test_a_typed_table_under_a_stated_rate(tmp_path: Path) -> None:
    """η that stands labelled above a typed table is the rate that its updates are held to."""
    table = typed(Table(rate=None, eta="0.5"), tmp_path)
    label: Mapping[str, Mapping[str, Content]] = {"Sheet1": {"C29": "η = .5"}}
    other: Mapping[str, Mapping[str, Content]] = {"Sheet1": {"C29": "η = 0.7"}}

    assert checked(tmp_path, table, further=label).verdict == "correct"
    assert {n for _, n in named(checked(tmp_path, table, further=other))} == set(WEIGHTS)


def test_the_header_of_a_list_of_losses_is_no_rate_of_a_typed_table(tmp_path: Path) -> None:
    """Losses of other runs stand beside it, nearer than what its own η is stated by."""
    table = typed(Table(rate=None, eta="0.5"), tmp_path)
    losses: dict[str, Content] = {f"AK{31 + k}": 0.24 - k / 100 for k in range(1, 9)}
    beside: dict[str, Content] = {"C29": "η = .5", "AK31": "η = 0.1", **losses}

    assert checked(tmp_path, table, further={"Sheet1": beside}).verdict == "correct"


def test_a_typed_table_without_any_rate(tmp_path: Path) -> None:
    """Where nothing tells η, typed updates are not judged, and that is said."""
    report = checked(tmp_path, typed(Table(rate=None, eta="0.5"), tmp_path))

    assert report.verdict == "undecided"
    assert {cells.range for cells in report.not_judged} >= {T.range("w1", 1), T.range("w8", 1)}


def test_a_number_with_one_digit_that_is_far_off(tmp_path: Path) -> None:
    """One digit that is 15 % off is no rounded value."""
    report = checked(tmp_path, T.changed("E1", 0.3, [3]))

    assert {name for _, name in named(report)} == {"E1"}


def test_a_forward_pass_in_the_first_row_only(tmp_path: Path) -> None:
    """Where most of a table is empty, not all of its quantities are right."""
    table = T.changed([n for n in COMPUTED if n not in GRADIENTS], None, range(1, 8))
    table = table.changed(WEIGHTS, None, range(1, 8)).changed(GRADIENTS, None, range(5, 8))

    report = checked(tmp_path, table)
    assert report.verdict != "correct"
    assert report.earned < report.possible


@pytest.mark.parametrize("step", [0, *slowly([3]), 7])
@pytest.mark.parametrize("name", one_in(6, ORDER))
def test_a_blanked_cell_is_never_overlooked(tmp_path: Path, name: str, step: int) -> None:
    """A table with one cell emptied is not correct, and the cell is in the ledger."""
    report = checked(tmp_path, T.changed(name, None, [step]))

    found = report.ledger.accounts[0].entry_of(T.sheet, T.cell(name, step))
    assert report.verdict in ("incomplete", "mistakes")
    assert found is not None
    assert found[1].kind in ("blank", "wrong")


@pytest.mark.parametrize("name", one_in(2, [*GIVEN, "w1", "h1", "a_h2", "E_total", "dE/dw4"]))
def test_a_text_for_a_cell_is_never_overlooked(tmp_path: Path, name: str) -> None:
    """A table with one cell turned into a text is not correct."""
    report = checked(tmp_path, T.changed(name, "see above", [2]))

    assert report.verdict in ("incomplete", "mistakes")


def test_the_last_rows_may_hold_updated_weights_alone(tmp_path: Path) -> None:
    """Weights updated once more below the last full row are no gap."""
    table = T.changed(COMPUTED, None, [7]).changed(GIVEN, None, [7])

    assert checked(tmp_path, table).verdict == "correct"


@pytest.mark.parametrize("wrong", [DELTA_1, "({t1}-{a_o1})*{a_o1}*(1-{a_o1})"])
def test_array_formulas_are_judged(tmp_path: Path, wrong: str) -> None:
    """A sum over ranges written as one array is judged like any other formula."""
    table = T.changed("dE/dw5", f"=SUM(({wrong})*{{a_h1}}*1)")

    expected = "correct" if wrong == DELTA_1 else "mistakes"
    assert checked(tmp_path, table).verdict == expected


def test_a_second_table_without_headers_is_said(tmp_path: Path) -> None:
    """Formulas that go on in rows without headers are counted as not judged."""
    bare = Table(header=52, rate=0.5, rate_cell=(50, 7), headers=dict.fromkeys(ORDER, ""))
    report = checked(tmp_path, T, bare)

    assert report.verdict == "undecided"
    assert report.ledger.counts["not_judged"] == sum(cells.count for cells in report.not_judged)
    assert set(report.right) == {*GIVEN, *WEIGHTS}  # its updates take another η
