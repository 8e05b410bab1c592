"""Tables of typed numbers: what is wrong among them is one finding, what is right one remark."""

from __future__ import annotations

from pathlib import Path

import pytest
from worksheets import ORDER, WEIGHTS, Table, checked, in_tables

from sheetprop.maths.trace import run
from sheetprop.spec import Architecture, Spec

ITERATIONS = 6
GIVEN = ("i1", "i2", "t1", "t2")


def typed(digits: int, factors: dict[tuple[str, int], float]) -> Table:
    """Return a right table as numbers with so many digits, some of them taken times a factor."""
    table, shape = Table(iterations=ITERATIONS), Architecture((2, 2, 2))
    given = table.inputs, table.targets, table.weights
    values = run(Spec("typed", shape, *given, (2.0,), ITERATIONS), (2.0,), ITERATIONS).values
    for name in ORDER:
        first = 1 if name in WEIGHTS else 0
        for step in range(first, ITERATIONS) if name not in GIVEN else ():
            number = float(values[name][0][step]) * factors.get((name, step), 1.0)
            table = table.changed(name, float(f"{number:.{digits}g}"), [step])
    return table


@pytest.mark.slow
@pytest.mark.parametrize(("digits", "remark"), [(6, "rounded"), (17, "typed-number")])
def test_right_and_wrong_numbers_are_told_apart_once(
    digits: int, remark: str, tmp_path: Path
) -> None:
    """The error has the wrong cells alone, and one remark all the others."""
    report = checked(tmp_path, typed(digits, {("a_h1", 2): 1.01, ("dE/dw3", 4): 1.05}))

    error, warning = in_tables(report)
    assert {p.quantity for p in error.places} == {"a_h1", "dE/dw3"}
    assert (error.severity, error.mistake) == ("error", "typed-number")
    assert (warning.severity, warning.mistake) == ("warning", remark)
    assert {p.quantity for p in warning.places} == {*ORDER} - {*GIVEN}


@pytest.mark.slow
def test_weights_are_not_rounded_because_a_gradient_is_wrong(tmp_path: Path) -> None:
    """A weight with all digits that a wrong gradient contradicts a little is right as it is."""
    wrong = {("dE/dw3", step): 1.0003 for step in range(ITERATIONS)}
    report = checked(tmp_path, typed(17, wrong))

    assert [f.mistake for f in in_tables(report)] == ["typed-number", "typed-number"]


@pytest.mark.slow
def test_a_weight_left_as_it_was_is_not_called_right(tmp_path: Path) -> None:
    """0.2 for 0.1998 is right to its only digit, and may as well have lost its updates."""
    report = checked(tmp_path, Table(iterations=6, rate=0.1).changed("w2", 0.2, range(2, 6)))

    assert (report.verdict, len(report.not_judged)) == ("undecided", 1)
    assert [f.mistake for f in in_tables(report)] == ["typed-number"]
