"""Circuits row by row, arrays over several cells, matrices by differences: judged as such."""

from __future__ import annotations

import pytest
from cell_sheets import checked, right_and_slipped
from slowly import one_in

from sheetprop.checking.check import check_workbook
from sheetprop.workbooks.sheet import Cell, Sheet, Workbook

BY_ROWS = "x | y | z | q=x+y | f=q*z | df/dq | df/dz | df/dx | df/dy\n" + "\n".join(
    f"{x} | {y} | {z} | =A{r}+B{r} | =D{r}*C{r} | =C{r} | =D{r} | =F{r}*1 | =F{r}*1"
    for r, (x, y, z) in enumerate(((-2, 5, -4), (1, 2, 3), (0.5, -1, 2)), 2)
)
TWO_TABLES = """
name | value || gate | value | gradient
x | -2 || x | =B2 | =F5
y | 5 || y | =B3 | =F5
z | -4 || z | =B4 | =E5*F6
||| q = x+y | =E2+E3 | =E4*F6
||| f = q*z | =E5*E4 | 1
"""
STEPS = """
wire | formula | value | gradient
x || 2 | =C3*D4
w || -1.5 | =C2*D4
a | x*w | =C2*C3 | =D5*-1
b | -a | =-C4 | =C6*D6
c | exp(b) | =EXP(C5) | =D7
d | c+1 | =C6+1 | =-1/C7^2*D8
f | 1/d | =1/C7 | 1
"""
HEADED = """
x | 1.5
y | 2
f1 = x^2*y | =B1^2*B2
f2 = 5*x+sin(y) | =5*B1+SIN(B2)
analytic | d/dx | d/dy
f1 | =2*B1*B2 | =B1^2
f2 | 5 | =COS(B2)
h | 0.00001
numeric | d/dx | d/dy
f1 | =((B1+B8)^2*B2-(B1-B8)^2*B2)/(2*B8) | =(B1^2*(B2+B8)-B1^2*(B2-B8))/(2*B8)
f2 | =((5*(B1+B8)+SIN(B2))-(5*(B1-B8)+SIN(B2)))/(2*B8) | =(SIN(B2+B8)-SIN(B2-B8))/(2*B8)
"""
POLAR = """
r | 2
phi | .6
x = r*cos(phi) | =B1*COS(B2)
J | d/dr | d/dphi
x | =COS(B2) | =-B1*SIN(B2)
y | =SIN(B2) | =B1*COS(B2)
y = r*sin(phi) | =B1*SIN(B2)
det J | =B5*C6-C5*B6
"""
ROW_VECTOR = """
x | .5
y | 2
u1 = x*y | =B1*B2
u2 = x-y | =B1-B2
f = u1^2+u2 | =B3^2+B4
du/dx | x | y
u1 | =B2 | =B1
u2 | 1 | -1
df/du | =2*B3 | 1
df/d(x,y) | x | y
f | =B9*B7+C9*B8 | =B9*C7+C9*C8
"""
WAYS_BACK = """
| 1 | 2 | 3
z | 1 | 2 | .5
exp(z) | =EXP(B2) | =EXP(C2) | =EXP(D2)
sum | =SUM(B3:D3)
a | =B3/$B4 | =C3/$B4 | =D3/$B4
t | 0 | 0 | 1
dL/da | =-B6/B5 | =-C6/C5 | =-D6/D5
da/dz | z1 | z2 | z3
a1 | =B5*(1-B5) | =-B5*C5 | =-B5*D5
a2 | =-C5*B5 | =C5*(1-C5) | =-C5*D5
a3 | =-D5*B5 | =-D5*C5 | =D5*(1-D5)
dL/dz | =B9*$B7+B10*$C7+B11*$D7 | =C9*$B7+C10*$C7+C11*$D7 | =D9*$B7+D10*$C7+D11*$D7
a - t | =B5-B6 | =C5-C6 | =D5-D6
"""
SLIPS = [
    (BY_ROWS, "=F3*1 | =F3*1", "=F3*1 | =F3*B3", "I3"),
    (TWO_TABLES, "=E5*F6", "=E4*F6", "F4"),
    (HEADED, "=2*B1*B2", "=2*B1*B1", "B6"),
    (STEPS, "=-1/C7^2*D8", "=1/C7^2*D8", "D7"),
    (HEADED, "-SIN(B2-B8))/(2*B8)", "-SIN(B2-B8))/B8", "C11"),
    (POLAR, "=B5*C6-C5*B6", "=B5*C6+C5*B6", "B8"),
    (ROW_VECTOR, "=2*B3", "=B3", "B9"),
    (WAYS_BACK, "=C5-C6", "=C6-C5", "C13"),
    (WAYS_BACK, "=B9*$B7+", "=B9*$C7+", "B12"),
]


@pytest.mark.parametrize("slip", one_in(4, SLIPS))
def test_a_slip_is_found_in_its_cell(slip: tuple[str, str, str, str]) -> None:
    """The sheet is right as it is, and with one formula changed that cell alone is wrong."""
    text, right, wrong, cell = slip

    assert right_and_slipped(text, right, wrong) == ("correct", {cell})


def chain(formula: str) -> Workbook:
    """Return a chain of two functions whose matrices one array formula multiplies."""
    rows = [
        ("x", 1.2),
        ("y", -0.4),
        ("u1 = x*y", "=B1*B2"),
        ("u2 = x+y^2", "=B1+B2^2"),
        ("v1 = u1*u2", "=B3*B4"),
        ("v2 = exp(u1)", "=EXP(B3)"),
        ("du/d(x,y)", "x", "y"),
        ("u1", "=B2", "=B1"),
        ("u2", 1, "=2*B2"),
        ("dv/du", "u1", "u2"),
        ("v1", "=B4", "=B3"),
        ("v2", "=EXP(B3)", 0),
        ("dv/d(x,y)", "x", "y"),
        ("v1",),
        ("v2",),
    ]
    cells = {
        (r, c): Cell(None, one) if str(one).startswith("=") else Cell(one)
        for r, row in enumerate(rows, 1)
        for c, one in enumerate(row, 1)
    }
    cells |= {(r, c): Cell(0.5) for r in (14, 15) for c in (2, 3)}
    cells[14, 2] = Cell(None, formula, "B14:C15")
    return Workbook((Sheet("Sheet1", cells),))


@pytest.mark.slow
def test_each_cell_of_an_array_is_an_entry_of_its_matrix() -> None:
    """One MMULT over four cells is the chain rule in each; in the other order it is in none."""
    right, swapped = (
        check_workbook(chain(one), "sheet")
        for one in ("=MMULT(B11:C12,B8:C9)", "=MMULT(B8:C9,B11:C12)")
    )

    assert (right.verdict, right.findings) == ("correct", ())
    assert {one.mistake for one in swapped.errors} == {"matrix-order"}
    assert {place.range for one in swapped.errors for place in one.places} == {
        *("B14", "C14", "B15", "C15")
    }


@pytest.mark.slow
def test_a_typed_slope_that_is_always_the_same_needs_no_formula() -> None:
    """The slope of -y by y is -1, which is as well typed."""
    assert checked(ROW_VECTOR).findings == ()
