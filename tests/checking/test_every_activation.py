"""Each registered activation in worksheets: our own of every kind, and those of students."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from slowly import one_in
from worksheets import GRADIENTS, Table, in_tables, save, template_of

from sheetprop.calculating.engine import Engine
from sheetprop.checking.check import check_file
from sheetprop.checking.finding.recognise import find_tables
from sheetprop.checking.judging.judge import judge
from sheetprop.exercises.make import make
from sheetprop.exercises.wanted import wanted
from sheetprop.maths.activations import ACTIVATIONS
from sheetprop.maths.network import Network
from sheetprop.spec import Architecture, Spec
from sheetprop.workbooks.reading.read import read
from sheetprop.workbooks.writing.write import write

SPEC = Spec(
    "lesson",
    Architecture(biases="each"),
    inputs=(0.35, -0.6),
    targets=(0.3, 0.8),
    weights=(0.4, -0.3, 0.25, 0.5, 0.4, 0.45, -0.5, 0.55),
    learning_rates=(0.1, 0.3),
    iterations=8,
    biases=(0.1, -0.2, 0.15, 0.3),
)
HIDDEN = [(name, "sigmoid") for name in ACTIVATIONS]
OUTPUT = [("tanh", name) for name in ACTIVATIONS]
VERDICTS = {
    "worked": "correct",
    "blank": "incomplete",
    "faded": "incomplete",
    "find-the-bug": "mistakes",
    "solution": "correct",
}
OTHER_FORMS = {
    "sigmoid": "=EXP({z})/(1+EXP({z}))",
    "tanh": "=(EXP({z})-EXP(-{z}))/(EXP({z})+EXP(-{z}))",
    "relu": "=IF({z}<=0,0,{z})",
    "leaky relu": "=IF({z}>0,{z},{z}/100)",
    "softplus": "=-LN(1/(1+EXP({z})))",
    "elu": "=IF({z}<0,EXP({z})-1,{z})",
    "silu": "={z}*EXP({z})/(EXP({z})+1)",
    "gelu": "={z}/(1+EXP(-2*SQRT(2/PI())*({z}+0.044715*{z}*{z}*{z})))",
}


def students(units: tuple[str, str]) -> Table:
    """Return a table in a student's layout with these activations, formulas written out."""
    network = Network(Architecture((2, 2, 2), *units))
    table = Table(rate=0.1)
    for name, quantity in network.quantities.items():
        if quantity.tree is not None and not quantity.is_given_first:
            table = table.changed(name, template_of(quantity.tree))
    return table


def fitted(path: Path) -> tuple[str, str]:
    """Return the activations that a worksheet is taken to have."""
    workbook = read(path)
    (table,) = find_tables(workbook)
    judgement = judge(workbook, table, Engine(workbook).value)
    assert judgement is not None
    shape = judgement.network.architecture
    return shape.hidden_activation, shape.output_activation


@pytest.mark.slow
@pytest.mark.parametrize("variant", VERDICTS)
@pytest.mark.parametrize("units", [*HIDDEN, *OUTPUT], ids=str)
def test_our_own_workbooks_are_checked(
    tmp_path: Path, units: tuple[str, str], variant: str
) -> None:
    """Every kind of workbook with every activation, in either layer, is judged as it should be."""
    hidden, output = units
    shape = replace(SPEC.architecture, hidden_activation=hidden, output_activation=output)
    write(make(replace(SPEC, architecture=shape), wanted(variant)).workbook, tmp_path / "x.xlsx")

    assert check_file(tmp_path / "x.xlsx").verdict == VERDICTS[variant]


SLOWER = [pytest.param(units, marks=pytest.mark.slow) for units in OUTPUT]


@pytest.mark.parametrize("units", [*one_in(3, HIDDEN), *SLOWER], ids=str)
def test_a_students_activation_is_recognised(tmp_path: Path, units: tuple[str, str]) -> None:
    """It is read from the formulas of a worksheet, and nothing in it is wrong."""
    path = save(tmp_path / "student.xlsx", students(units))

    assert fitted(path) == units
    assert in_tables(check_file(path)) == ()


@pytest.mark.parametrize("name", one_in(2, OTHER_FORMS))
def test_it_may_be_written_another_way(tmp_path: Path, name: str) -> None:
    """A formula that means the same is the same activation."""
    table = students((name, "sigmoid"))
    for z in ("h1", "h2"):
        table = table.changed(f"a_{z}", OTHER_FORMS[name].replace("{z}", f"{{{z}}}"))
    path = save(tmp_path / "student.xlsx", table)

    assert fitted(path) == (name, "sigmoid")
    assert in_tables(check_file(path)) == ()


CURVED = [name for name in ACTIVATIONS if name not in ("sigmoid", "identity")]


@pytest.mark.slow
@pytest.mark.parametrize("taken", ["sigmoid", pytest.param("identity", marks=pytest.mark.slow)])
@pytest.mark.parametrize("right", one_in(3, CURVED))
def test_the_slope_of_another_one_is_wrong(tmp_path: Path, right: str, taken: str) -> None:
    """A gradient with σ′, or with no slope at all, is told in its place, and nothing else is."""
    other = Network(Architecture((2, 2, 2), taken, "sigmoid")).quantities["dE/dw3"].tree
    assert other is not None
    table = students((right, "sigmoid")).changed("dE/dw3", template_of(other))
    found = in_tables(check_file(save(tmp_path / "student.xlsx", table)))

    assert {place.quantity for finding in found for place in finding.places} == {"dE/dw3"}
    assert {finding.severity for finding in found} == {"error"}


def test_gradients_are_those_of_the_worksheets() -> None:
    """The layout used here has every gradient of the classic network."""
    assert set(GRADIENTS) <= set(Network(Architecture()).quantities)
