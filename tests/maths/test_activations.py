"""What every registered activation must have; an entry that lacks any of it fails here."""

from __future__ import annotations

import math
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetprop.calculating.calculated import calculated
from sheetprop.calculating.run_values import excel_value
from sheetprop.maths import matrix_functions
from sheetprop.maths.activations import ACTIVATIONS
from sheetprop.maths.trees.evaluate import evaluate
from sheetprop.maths.trees.expr import Call, Name
from sheetprop.maths.trees.walk import nodes
from sheetprop.mistakes.texts.meaning import DUAL, Dual, dual
from sheetprop.notation.excel_write import to_excel
from sheetprop.words import languages, texts_of
from sheetprop.workbooks.sheet import Cell, Sheet

STEP = 1e-6
A, Z, D = Name("a"), Name("z"), Name("d")
UNITS = pytest.mark.parametrize("unit", ACTIVATIONS.values(), ids=lambda unit: unit.name)
SUMS = [-750.0, -60.0, -36.5, -20.0, -6.0, -1.7, -0.3, -1e-9, 0.0, 1e-9, 0.4, 2.0, 9.0, 31.0, 700.0]
PORTABLE = {"EXP", "LN", "TANH", "SQRT", "PI", "ABS", "MAX", "IF", "AND", "NA"}
"""Functions that Excel 2007, LibreOffice and Google Sheets all have."""


def value(expr, **values):
    return evaluate(expr, lambda name: values[name.name])


def shown(trees, **columns):
    """Return what the calculation engine makes of some trees, for every row of the columns."""
    rows = list(zip(*columns.values(), strict=True))
    place = {name: number for number, name in enumerate(columns, 1)}
    cells = {(r, c): Cell(v) for r, row in enumerate(rows, 1) for c, v in enumerate(row, 1)}
    for k, tree in enumerate(trees):
        for r in range(1, len(rows) + 1):
            formula = to_excel(tree, lambda leaf, r=r: f"{'ABCDEFGH'[place[leaf.name] - 1]}{r}")
            cells[r, 20 + k] = Cell(formula=formula)
    (sheet,) = calculated([Sheet("S", cells)])
    return [
        [sheet.cells[r, 20 + k].value for r in range(1, len(rows) + 1)] for k in range(len(trees))
    ]


def as_cell(unit, z):
    """Return the activation as a cell shows it, an error value where it overflows."""
    return excel_value(unit.value(Z), lambda _: z)


def held(unit, sums):
    """Return the sums whose activation is a number in a spreadsheet."""
    return [z for z in sums if isinstance(as_cell(unit, z), float)]


def functions(*trees):
    return {n.function for tree in trees for n in nodes(tree) if isinstance(n, Call)}


@UNITS
@given(z=st.floats(-6, 6))
def test_the_slope_is_the_derivative(unit, z):
    """∂a/∂z as declared equals the central difference, away from a kink."""
    if any(abs(z - kink) < 10 * STEP for kink in unit.kinks):
        return
    slope = unit.slope(A, Z)
    declared = 1.0 if slope is None else value(slope, a=value(unit.value(Z), z=z), z=z)
    difference = value(unit.value(Z), z=z + STEP) - value(unit.value(Z), z=z - STEP)

    assert declared == pytest.approx(difference / (2 * STEP), abs=1e-8)


@UNITS
def test_the_witness_agrees(unit):
    """The matrix witness, written apart, has the same values and slopes."""
    z = np.linspace(-8, 8, 400)
    by_witness, slope_by_witness = matrix_functions.ACTIVATIONS[unit.name]
    a = by_witness(z)
    slope = unit.slope(A, Z)
    slopes = [1.0 if slope is None else value(slope, a=x, z=y) for x, y in zip(a, z, strict=True)]

    assert [value(unit.value(Z), z=x) for x in z] == pytest.approx(a, rel=1e-12, abs=1e-14)
    assert slopes == pytest.approx(slope_by_witness(a, z), rel=1e-10, abs=1e-13)


@UNITS
def test_the_tie_holds_for_right_answers(unit):
    """Wherever a spreadsheet has a value, the tie says that it is right."""
    sums = held(unit, SUMS)
    (ties,) = shown([unit.tie(A, Z)], a=[as_cell(unit, z) for z in sums], z=sums)

    assert len(sums) >= len(SUMS) - 2
    assert dict(zip(sums, ties, strict=True)) == dict.fromkeys(sums, True)


@UNITS
@pytest.mark.parametrize("factor", [1.0002, 0.9, -1.0])
def test_the_tie_does_not_hold_for_wrong_answers(unit, factor):
    """An answer that is off by a five-thousandth, or has the wrong sign, is told."""
    sums = [z for z in (-2.2, -0.9, 0.4, 1.3, 3.0) if abs(as_cell(unit, z)) > 1e-9]
    (ties,) = shown([unit.tie(A, Z)], a=[as_cell(unit, z) * factor for z in sums], z=sums)

    assert all(tie in (False, 0.0) for tie in ties), ties


@UNITS
@pytest.mark.parametrize("by", [0.0002, -0.0001, 0.7])
def test_the_value_at_a_moved_argument_follows_from_the_old_one(unit, by):
    """Without the formula, from the value before: a(z + d), wherever no kink lies between."""
    sums = [-9.0, -2.0, -0.8, 0.3, 1.1, 6.0, 20.0]
    (moved,) = shown(
        [unit.moved(A, Z, D)], a=[as_cell(unit, z) for z in sums], z=sums, d=[by] * len(sums)
    )

    expected = [as_cell(unit, z + by) for z in sums]
    assert moved == pytest.approx(expected, rel=1e-12, abs=2e-15)


@UNITS
def test_neither_tie_nor_move_is_the_formula(unit):
    """What judges an answer does not hold the text of the formula that is asked for."""
    (formula, tie, moved) = (
        to_excel(tree, lambda leaf: leaf.name)[1:]
        for tree in (unit.value(Z), unit.tie(A, Z), unit.moved(A, Z, D))
    )
    if unit.value(Z) != Z:
        assert formula not in tie
        assert formula not in moved


@UNITS
@given(z=st.floats(-30, 30))
def test_values_stay_within_the_limits(unit, z):
    """The limits of an activation are never passed, and a bounded one comes near both."""
    low, high = unit.limits

    assert low <= value(unit.value(Z), z=z) <= high
    if unit.is_bounded:
        assert value(unit.value(Z), z=30.0) == pytest.approx(high)
        assert value(unit.value(Z), z=-30.0) == pytest.approx(low)


@UNITS
def test_duals_carry_its_slope(unit):
    """Texts of worksheets are judged by numbers that carry their slope: these have rules for it."""
    for z in (-1.4, -0.2, 0.6, 2.1):
        found = dual(evaluate(unit.value(Z), lambda _, z=z: Dual(z, 1.0), DUAL))
        slope = unit.slope(A, Z)
        expected = 1.0 if slope is None else value(slope, a=value(unit.value(Z), z=z), z=z)
        assert found.slope == pytest.approx(expected, rel=1e-12)


@UNITS
def test_every_program_has_its_functions(unit):
    """Value, slope, tie and move use only what Excel, LibreOffice and Google Sheets have alike."""
    trees = (unit.value(Z), unit.slope(A, Z) or Z, unit.tie(A, Z), unit.moved(A, Z, D))

    assert functions(*trees) <= PORTABLE | {"GT", "LT", "GE", "LE", "EQ"}


@UNITS
@pytest.mark.parametrize("language", languages())
def test_every_language_has_its_words(unit, language):
    """The derivation says what it does and what its slope means, in every language."""
    texts = texts_of(language)

    assert re.search(r"\w \w", texts[f"derivation_note_{unit.key}"])
    assert re.search(r"\w \w", texts[f"derivation_note_slope_{unit.key}"])


@UNITS
def test_its_name_can_be_typed(unit):
    """A name is lower-case words, as a template holds them, and a symbol stands in formulas."""
    assert re.fullmatch(r"[a-z]+( [a-z]+)*", unit.name)
    assert unit.symbol


@pytest.mark.parametrize(
    ("name", "z", "expected"),
    [
        ("sigmoid", 0.0, 0.5),
        ("sigmoid", 0.3775, 0.59326999210719),
        ("tanh", 0.5, math.tanh(0.5)),
        ("relu", -2.0, 0.0),
        ("relu", 2.0, 2.0),
        ("identity", -2.0, -2.0),
        ("leaky relu", -2.0, -0.02),
        ("softplus", 0.0, math.log(2)),
        ("elu", -1.0, math.exp(-1) - 1),
        ("silu", 1.0, 0.7310585786300049),
        ("gelu", 1.0, 0.8411919906082768),
        ("gelu", -0.5, -0.15428599017516514),
    ],
)
def test_an_activation_has_its_known_values(name, z, expected):
    """Values that textbooks and the common libraries give."""
    assert value(ACTIVATIONS[name].value(Z), z=z) == pytest.approx(expected, rel=1e-12)


def test_the_slope_of_relu_at_the_kink_is_zero():
    """At z = 0, where there is no derivative, the usual choice is 0."""
    assert value(ACTIVATIONS["relu"].slope(A, Z), a=0.0, z=0.0) == 0.0
