"""A single neuron, and several, that learn from one sample after the other in rows."""

from __future__ import annotations

import pytest
from checking.one_layer.drawing import Columns, accused, checked, sheet
from slowly import slowly

from sheetprop.workbooks.sheet import Sheet

OR = ((0, 0, 0), (0, 1, 1), (1, 0, 1), (1, 1, 1))
POINTS = ((1, 2.1), (2, 3.9), (3, 6.2), (4, 8.1))

REGRESSION: Columns = {
    "x": (None, None),
    "y": (None, None),
    "m": (0.5, "={m<}-$B$1*{dL/dm<}"),
    "c": (0, "={c<}-$B$1*{dL/dc<}"),
    "ŷ": ("={m}*{x}+{c}",) * 2,
    "residual": ("={y}-{ŷ}",) * 2,
    "squared": ("={residual}^2",) * 2,
    "dL/dm": ("=-2*{x}*{residual}",) * 2,
    "dL/dc": ("=-2*{residual}",) * 2,
}
PERCEPTRON: Columns = {
    "entrée 1": (None, None),
    "entrée 2": (None, None),
    "cible": (None, None),
    "poids 1": (0.2, "={poids 1<}+{Δ1<}"),
    "poids 2": (-0.1, "={poids 2<}+{Δ2<}"),
    "biais": (0.1, "={biais<}+{Δb<}"),
    "somme": ("={poids 1}*{entrée 1}+{poids 2}*{entrée 2}+{biais}",) * 2,
    "sortie": ("=1/(1+EXP(-{somme}))",) * 2,
    "delta": ("=({cible}-{sortie})*{sortie}*(1-{sortie})",) * 2,
    "Δ1": ("=$B$1*{delta}*{entrée 1}",) * 2,
    "Δ2": ("=$B$1*{delta}*{entrée 2}",) * 2,
    "Δb": ("=$B$1*{delta}",) * 2,
}
LOGISTIC: Columns = {
    "x1": (None, None),
    "x2": (None, None),
    "y": (None, None),
    "w1": (0.2, "={w1<}-$B$1*({p<}-{y<})*{x1<}"),
    "w2": (-0.1, "={w2<}-$B$1*({p<}-{y<})*{x2<}"),
    "b": (0.1, "={b<}-$B$1*({p<}-{y<})"),
    "p": ("=1/(1+EXP(-({w1}*{x1}+{w2}*{x2}+{b})))",) * 2,
}
ONE = sheet(REGRESSION, 6, 0.02, POINTS)
TWO = sheet(PERCEPTRON, 8, 0.5, OR)
THREE = sheet(LOGISTIC, 8, 0.3, OR)


@pytest.mark.parametrize("one", [ONE, *slowly([TWO, THREE])])
def test_a_right_one_is_correct(one: Sheet) -> None:
    """Headers in any language, with a loss or without, gradients in columns or in the updates."""
    report = checked(one)

    assert report.verdict == "correct"
    assert len(report.tables) == 1


@pytest.mark.slow
def test_a_regression_with_a_typed_slip_is_accused_there_alone() -> None:
    """The slope of one row takes y where x belongs; nothing else is said of any cell."""
    report = checked(ONE, H7="=-2*B7*F7")

    assert accused(report) == {"H7"}
    assert {place.quantity for error in report.errors for place in error.places} == {"dE/dw1"}


@pytest.mark.slow
def test_wrong_columns_are_accused() -> None:
    """An input of another weight, a sign, a lost factor: in the whole column, and nothing right."""
    slips = {
        "K": "=$B$1*I{0}*A{0}",
        "H": "=1/(1+EXP(G{0}))",
        "G": "=D{0}*A{0}+E{0}*A{0}+F{0}",
    }
    for column, slip in slips.items():
        changes = {f"{column}{row}": slip.format(row) for row in range(4, 12)}
        assert f"{column}4:{column}11" in accused(checked(TWO, **changes))


@pytest.mark.slow
def test_what_is_not_known_is_not_accused() -> None:
    """A step has no slope, and the absolute value of the distance is no error known here."""
    signs = {
        **REGRESSION,
        "squared": ("=ABS({residual})",) * 2,
        "dL/dm": ("=-SIGN({residual})*{x}",) * 2,
        "dL/dc": ("=-SIGN({residual})",) * 2,
    }
    steps = {
        **PERCEPTRON,
        "sortie": ("=IF({somme}>0,1,0)",) * 2,
        "delta": ("={cible}-{sortie}",) * 2,
    }
    told = [checked(sheet(signs, 6, 0.02, POINTS)), checked(sheet(steps, 8, 0.5, OR))]

    assert [one.verdict for one in told] == ["not-recognised"] * 2
    assert "C4, D4 of Sheet1 learn" in str(told[0].reason)
    assert "H4 of Sheet1 is a step" in str(told[1].reason)
