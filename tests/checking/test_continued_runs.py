"""Runs that go on in another table: first weights calculated from what another table computes."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from slowly import one_in
from worksheets import WEIGHTS, Content, Table, checked

PLACES = ("another sheet", "below")


def halves(place: str, update: str) -> tuple[list[Table], dict[str, dict[str, Content]]]:
    """Return a run of five iterations cut in two, and the weights with which the second begins.

    `update` is the formula in which W and G stand for the last weight and gradient before.
    """
    first = Table(iterations=3)
    sheet = "Later" if place == "another sheet" else first.sheet
    header = first.header if place == "another sheet" else first.last + 6
    second = Table(iterations=2, sheet=sheet, header=header, rate=2.0, rate_cell=(header - 1, 7))
    prefix = "" if sheet == first.sheet else f"{first.sheet}!"
    rate = f"{prefix}$G$30"
    cells: dict[str, Content] = {}
    for name in WEIGHTS:
        weight = prefix + first.address(name, 2)
        gradient = prefix + first.address(f"dE/d{name}", 2)
        told = re.sub(r"\bW\b", weight, update)
        cells[second.address(name, 0)] = re.sub(r"\bG\b", gradient, told).replace("ETA", rate)
    return [first, second], {sheet: cells}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("update", ["=W-ETA*G", "=W+G*-ETA"])
def test_a_run_that_goes_on_is_right(place: str, update: str, tmp_path: Path) -> None:
    """The first weights of the second table are updates of the last row of the first."""
    tables, cells = halves(place, update)
    report = checked(tmp_path, *tables, further=cells)

    assert (report.verdict, report.errors) == ("correct", ())


@pytest.mark.parametrize("place", one_in(2, PLACES))
@pytest.mark.parametrize(
    ("update", "mistake"), [("=W+ETA*G", "wrong-sign"), ("=W-ETA*G*2", "factor-of-two")]
)
def test_a_slip_where_it_goes_on_is_found(
    place: str, update: str, mistake: str, tmp_path: Path
) -> None:
    """What stands there is not taken for a mere start, but named as in any other row."""
    tables, cells = halves(place, update)
    report = checked(tmp_path, *tables, further=cells)

    (finding,) = report.errors
    assert finding.mistake == mistake
    assert {one.quantity for one in finding.places} == set(WEIGHTS)


def test_headers_that_are_said_again_midway_make_no_second_table(tmp_path: Path) -> None:
    """Between two rows of one run they are a note, and all may take what the first row has."""
    first = Table(iterations=3).changed("h1", "={w1}*$C$32+{w2}*$D$32")
    second = replace(first, iterations=2, header=first.last + 1, rate=None, eta="$G$30")
    cells: dict[str, Content] = {
        second.address(w, 0): f"={first.address(w, 2)}-$G$30*{first.address(f'dE/d{w}', 2)}"
        for w in WEIGHTS
    }
    report = checked(tmp_path, first, second, further={"Sheet1": cells})

    assert (report.verdict, report.errors) == ("correct", ())
    assert [table.iterations for table in report.tables] == [5]


def test_a_run_may_begin_with_the_weights_of_another(tmp_path: Path) -> None:
    """Weights that are only taken over are given, whichever row they come from."""
    tables, cells = halves("another sheet", "=W")

    assert checked(tmp_path, *tables, further=cells).verdict == "correct"


@pytest.mark.slow
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("slip", ["=W-ETA*G*2", "a number"])
def test_a_slip_where_it_goes_on_has_a_formula(place: str, slip: str, tmp_path: Path) -> None:
    """One wrong first weight among updates, a typed number too, is told with what belongs there."""
    tables, cells = halves(place, "=W-ETA*G")
    others, wrong = halves(place, "=W-ETA*G*2"), tables[1].address("w3", 0)
    ((sheet, right),) = cells.items()
    proposal = right[wrong]
    right[wrong] = 0.2512 if slip == "a number" else others[1][sheet][wrong]

    (finding,) = checked(tmp_path, *tables, further=cells).errors

    assert [(p.quantity, p.range) for p in finding.places] == [("w3", wrong)]
    assert str(finding.places[0].expected).replace("'", "") == proposal


@pytest.mark.slow
@pytest.mark.parametrize("stray", ["the old weight", "a number", "none"])
def test_one_weight_that_is_not_the_new_one_is_an_update_left_out(
    stray: str, tmp_path: Path
) -> None:
    """Where all first weights are another sheet's new ones, each has to be."""
    (first, second), cells = halves("another sheet", "=W")
    taken = cells[second.sheet]
    new = {first.address(w, 3): f"={first.address(w, 2)}" for w in WEIGHTS}
    for weight, cell in new.items():
        cells.setdefault(first.sheet, {})[weight] = f"{cell}-$G$30*{gradient_beside(first, weight)}"
    old = taken[second.address("w3", 0)]
    taken |= {second.address(w, 0): f"={first.sheet}!{first.address(w, 3)}" for w in WEIGHTS}
    if stray != "none":
        taken[second.address("w3", 0)] = old if stray == "the old weight" else 0.3

    report = checked(tmp_path, first, second, further=cells)

    places = [p.range for finding in report.errors for p in finding.places]
    assert ([] if stray == "none" else [second.address("w3", 0)]) == places


def gradient_beside(table: Table, weight: str) -> str:
    """Return the cell of the gradient that a new weight below a table's last row takes."""
    name = next(w for w in WEIGHTS if table.address(w, 3) == weight)
    return table.address(f"dE/d{name}", 2)


@pytest.mark.slow
def test_a_column_filled_through_an_empty_row_is_wrong_below_it(tmp_path: Path) -> None:
    """The cell in the row between, which nothing is to stand in, is not what is to be mended."""
    first = Table(iterations=3)
    below = dict.fromkeys(first.order, "")
    second = replace(first, header=first.last + 1, rate=None, eta="$G$30", headers=below)
    cells: dict[str, Content] = {}
    for w in WEIGHTS:
        taken = first.address(w, 3 if w == "w3" else 2), first.address(f"dE/d{w}", 2 + (w == "w3"))
        cells[second.address(w, 0)] = f"={taken[0]}-$G$30*{taken[1]}"
    (finding,) = checked(tmp_path, first, second, further={"Sheet1": cells}).errors

    assert [place.range for place in finding.places] == [second.address("w3", 0)]
