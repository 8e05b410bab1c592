"""Mathematics in labels is read as people set it."""

from __future__ import annotations

import pytest

from sheetprop.checking.cells.typed_out import typed_out


@pytest.mark.parametrize(
    ("set_", "typed"),
    [
        ("r cos t", "r*cos(t)"),
        ("2xy² − ½√x", "2*x*y^(2)-0.5*sqrt(x)"),
        ("(x+y)x(x+1)", "(x+y)*x*(x+1)"),
        ("1/(1+e^-x)", "1/(1+exp(-x))"),
        ("e^(-x) σ(wx)", "exp(-x)*sigmoid(w*x)"),
        ("max(x, y)", "max(x,y)"),
        ("2.5e-3x", "2.5e-3*x"),
        ("the sum", "the*sum"),  # of names that nobody knows: no expression
    ],
)
def test_products_brackets_and_powers_are_typed_out(set_: str, typed: str) -> None:
    """A product without a sign, a function without brackets and a power of e become formulas."""
    assert typed_out(set_, ["x", "y", "r", "t", "w"]) == typed
