"""Functions that a workbook defines by LAMBDA are written out where they are called."""

from __future__ import annotations

from pathlib import Path

import pytest
from worksheets import Table, checked

from sheetprop.notation.lambdas import expanded, lambdas_in

NAMES = {
    "SIGMA": "_xlfn.LAMBDA(_xlpm.x,1/(1+EXP(-_xlpm.x)))",
    "Slope": "=LAMBDA(a, a*(1-a))",
    "both": "LAMBDA(x,y,SIGMA(x)+Slope(y))",
    "rate": "Sheet1!$G$30",
    "loop": "LAMBDA(x,loop(x))",
    "broken": "LAMBDA(x,1",
}
LAMBDAS = lambdas_in(NAMES)


def test_only_functions_are_functions() -> None:
    """Names of cells are none, nor is what has no end."""
    assert set(LAMBDAS) == {"sigma", "slope", "both", "loop"}


@pytest.mark.parametrize(
    ("formula", "right"),
    [
        ("=SIGMA(I32)", "=(1/(1+EXP(-(I32))))"),
        ("=2*sigma(A1+B1)", "=2*(1/(1+EXP(-(A1+B1))))"),
        ("=both(A1,B1)", "=((1/(1+EXP(-((A1)))))+(((B1))*(1-((B1)))))"),
        ('="SIGMA(1)"&A1', '="SIGMA(1)"&A1'),
        ("=SIGMA(A1,B1)", "=SIGMA(A1,B1)"),
        ("=SIGMA(", "=SIGMA("),
        ("=loop(A1)", "=loop(A1)"),
        ("=SUM(A1:A2)", "=SUM(A1:A2)"),
    ],
)
def test_calls_are_written_out(formula: str, right: str) -> None:
    """Arguments take the places of what the function takes; what does not fit stays as it is."""
    assert expanded(formula, LAMBDAS) == right


@pytest.mark.slow
@pytest.mark.parametrize(
    ("body", "verdict"),
    [("_xlpm.x", "mistakes"), pytest.param("-_xlpm.x", "correct", marks=pytest.mark.slow)],
)
def test_an_activation_of_ones_own_is_judged(body: str, verdict: str, tmp_path: Path) -> None:
    """A sheet with σ as a named function is right or wrong as that function is."""
    table = Table()
    for name in ("h1", "h2", "o1", "o2"):
        table = table.changed(f"a_{name}", f"=SIGMA({{{name}}})")
    names = {"SIGMA": f"_xlfn.LAMBDA(_xlpm.x,1/(1+EXP({body})))"}

    assert checked(tmp_path, table, names=names).verdict == verdict


@pytest.mark.parametrize(
    ("formula", "right"),
    [
        ("=_xlfn.LAMBDA(_xlpm.x,1/(1+EXP(-_xlpm.x)))(A1)", "=(1/(1+EXP(-(A1))))"),
        ("=2*LAMBDA(a,b,a-b)(A1,B1)", "=2*((A1)-(B1))"),
        ("=LAMBDA(x,x)", "=LAMBDA(x,x)"),
    ],
)
def test_a_function_may_be_called_where_it_stands(formula: str, right: str) -> None:
    """A LAMBDA needs no name where its arguments follow at once."""
    assert expanded(formula, {}) == right
