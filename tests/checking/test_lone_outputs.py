"""A network with one output: nobody gives the only one a number."""

from __future__ import annotations

import pytest
from cell_sheets import checked, written

from sheetprop.checking.check import check_workbook
from sheetprop.checking.finding.turned import turned_over
from sheetprop.workbooks.sheet import Workbook

FORM = """
x1 | 0.5
x2 | 0.1
w1 | 0.15
w2 | 0.2
w3 | 0.25
w4 | 0.3
w5 | 0.4
w6 | 0.5
{t} | 1
h1 | =B3*B1+B4*B2
h2 | =B5*B1+B6*B2
a_h1 | =1/(1+EXP(-B10))
a_h2 | =1/(1+EXP(-B11))
{o} | =B7*B12+B8*B13
{a} | =1/(1+EXP(-B14))
{e} | =0.5*(B9-B15)^2
dE/dw5 | =(B15-B9)*B15*(1-B15)*B12
dE/dw6 | =(B15-B9)*B15*(1-B15)*B13
dE/dw1 | =(B15-B9)*B15*(1-B15)*B7*B12*(1-B12)*B1
dE/dw2 | =(B15-B9)*B15*(1-B15)*B7*B12*(1-B12)*B2
dE/dw3 | =(B15-B9)*B15*(1-B15)*B8*B13*(1-B13)*B1
dE/dw4 | =(B15-B9)*B15*(1-B15)*B8*B13*(1-B13)*B2
"""
NAMES = [
    ("t", "o", "a_o", "E"),
    ("y", "net_o", "out_o", "Error"),
    ("target", "z_o", "ŷ", "Loss"),
    ("t1", "o", "out", "E1"),
    ("desired", "o1", "output", "E_total"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("t", "o", "a", "e"), NAMES)
def test_the_only_output_needs_no_number(t: str, o: str, a: str, e: str) -> None:
    """It is known by its name alone, laid down or across, and its error is the whole error."""
    text = FORM.format(t=t, o=o, a=a, e=e)
    across = Workbook((turned_over(written(text).sheets[0]),))

    for report in (checked(text), check_workbook(across, "sheet")):
        assert (report.verdict, report.findings) == ("correct", ())
    wrong = checked(text, "=(B15-B9)*B15*(1-B15)*B8*B13", "=(B15-B9)*B15*(1-B15)*B8*B12")
    assert [one.mistake for one in wrong.errors] == ["wrong-neuron"]


@pytest.mark.slow
def test_a_name_without_a_number_is_none_where_others_have_one() -> None:
    """Beside t1 a column t is something else."""
    text = FORM.format(t="t1", o="o1", a="a_o1", e="E1") + "t | =B9+1\nout | 5\n"

    assert checked(text).verdict == "correct"


LINEAR = "\n".join(
    (
        *("i1 | 0.05", "i2 | 0.1", "t1 | 0.01", "t2 | 0.99"),
        *(f"w{k} | {0.1 + 0.05 * k:.2f}" for k in range(1, 9)),
        *("h1 | =B5*B1+B6*B2", "h2 | =B7*B1+B8*B2"),
        *("o1 | =B9*B13+B10*B14", "o2 | =B11*B13+B12*B14"),
        *("E1 | =0.5*(B3-B15)^2", "E2 | =0.5*(B4-B16)^2", "E_total | =B17+B18"),
        *("dE/dw5 | =(B15-B3)*B13", "dE/dw6 | =(B15-B3)*B14"),
        *("dE/dw7 | =(B16-B4)*B13", "dE/dw8 | =(B16-B4)*B14"),
        *(
            f"dE/dw{k} | =((B15-B3)*B{h}+(B16-B4)*B{h + 2})*B{i}"
            for k, h, i in ((1, 9, 1), (2, 9, 2), (3, 10, 1), (4, 10, 2))
        ),
    )
)


@pytest.mark.slow
def test_a_network_without_activations_needs_no_columns_for_them() -> None:
    """Sums that go on as they are make a linear network, with nothing wrong but what is."""
    assert checked(LINEAR).errors == ()
    wrong = checked(LINEAR, "=(B16-B4)*B13", "=(B15-B3)*B13")
    assert [place.range for one in wrong.errors for place in one.places] == ["B22"]
