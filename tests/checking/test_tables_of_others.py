"""Tables of lessons in rows as strangers lay them out: nobody accused, and each slip named."""

from __future__ import annotations

import pytest
from cell_sheets import checked, right_and_slipped

BIASED = """
w | 1.5 | b | -0.5
|
x | z = w*x + b | relu(z) | sigmoid(z)
""" + "\n".join(
    f"{x} | =$B$1*A{r}+$D$1 | =MAX(0,B{r}) | =1/(1+EXP(-B{r}))"
    for r, x in enumerate((-2, -1, 0.5, 2), 4)
)
SUMS_ALONE = "z | σ(z) | σ'(z)\n" + "\n".join(
    f"{z} | =1/(1+EXP(-A{r})) | =B{r}*(1-B{r})" for r, z in enumerate((-4, -1, 1, 4), 2)
)
PRODUCT = "x | sigmoid | sigmoid*(1-sigmoid)\n" + "\n".join(
    f"{x} | =1/(1+EXP(-A{r})) | =B{r}*(1-B{r})" for r, x in enumerate((-4, -1, 1, 4), 2)
)
SAME = """
Layer | Kernel size | Stride | Padding | Input size | Output size
conv1 | 3 | 1 | same | 64 | =ROUNDUP(E2/C2,0)
conv2 | 3 | 2 | same | =F2 | =ROUNDUP(E3/C3,0)
conv3 | 3 | 1 | valid | =F3 | =ROUNDUP((E4-B4+1)/C4,0)
conv4 | 5 | 2 | same | =F4 | =CEILING(E5/C5,1)
"""
PADDED = "layer | kernel | stride | dilation | padding | in | out\n" + "\n".join(
    f"c{r} | {k} | 1 | {d} | =D{r}*(B{r}-1)/2 | {f'=G{r - 1}' if r > 2 else 64}"
    f" | =INT((F{r}+2*E{r}-D{r}*(B{r}-1)-1)/C{r})+1"
    for r, (k, d) in enumerate(((5, 1), (5, 2), (3, 4)), 2)
)
WEIGHTS = """
Layer | Filter size | Input channels | Output channels | Parameters
Conv 1 | 3 | 1 | 8 | =(B2*B2*C2+1)*D2
Conv 2 | 3 | 8 | 16 | =(B3*B3*C3+1)*D3
Conv 3 | 3 | 16 | 32 | =(B4*B4*C4+1)*D4
Dense | 1 | 32 | 10 | =(B5*B5*C5+1)*D5
"""
ADAGRAD = "lr | 0.5\nepoch | w | grad | G | w_new\n" + "\n".join(
    f"{k} | {f'=E{r - 1}' if k else 4} | {8 - k} | {f'=D{r - 1}+' if k else '='}C{r}^2"
    f" | =B{r}-$B$1*C{r}/SQRT(D{r}+0.00000001)"
    for k, r in enumerate(range(3, 8))
)
RMSPROP = "lr | 0.01 | rho | 0.9 | eps | 1e-8\nt | w | grad | S | update\n" + "\n".join(
    f"{k} | {f'=B{r - 1}-E{r - 1}' if k else 4} | {8 - k}"
    f" | ={f'$D$1*D{r - 1}+' if k else ''}(1-$D$1)*C{r}^2 | =$B$1*C{r}/(SQRT(D{r})+$F$1)"
    for k, r in enumerate(range(3, 8))
)
DEEP = "weight | 0.8\nlayer | z | a | sigmoid'(z) | gradient\n0 || 0.5\n" + "\n".join(
    f"{k} | =$B$1*C{k + 2} | =1/(1+EXP(-B{k + 3})) | =C{k + 3}*(1-C{k + 3})"
    f" | ={f'E{k + 2}*' if k > 1 else ''}D{k + 3}*$B$1"
    for k in range(1, 6)
)
POWERS = "Number of layers | Sigmoid (0.25^n) | tanh (1^n) | ReLU (1^n)\n" + "\n".join(
    f"{k} | =0.25^A{k + 1} | =1^A{k + 1} | 1" for k in range(1, 7)
)
CHAINED = "Layer | max sigmoid derivative | product of gradients\n1 | 0.25 | =B2\n" + "\n".join(
    f"{k} | 0.25 | =C{k}*B{k + 1}" for k in range(2, 8)
)
TANH = "Layer | Weight | z | Activation | Derivative | Gradient\n0 ||| 1 || 1\n" + "\n".join(
    f"{k} | 0.{5 + k} | =B{k + 2}*D{k + 1} | =TANH(C{k + 2}) | =1-D{k + 2}^2"
    f" | =F{k + 1}*B{k + 2}*E{k + 2}"
    for k in range(1, 5)
)
CHANGE = "lr | 0.1 | mu | 0.9\n\nk | gradient | delta | w\n0 || 0 | 3\n" + "\n".join(
    f"{k} | 0.{k} | =$D$1*C{k + 3}-$B$1*B{k + 4} | =D{k + 3}+C{k + 4}" for k in range(1, 6)
)
SLIPS = [
    (TANH, "=F3*B4*E4", "=F3*E4", "F4"),
    (CHANGE, "=D5+C6", "=D5-C6", "D6"),
    (BIASED, "=$B$1*A6+$D$1", "=$B$1*A6", "B6"),
    (SUMS_ALONE, "=B3*(1-B3)", "=B3*(1+B3)", "C3"),
    (PRODUCT, "=B4*(1-B4)", "=B3*(1-B4)", "C4"),
    (SAME, "=ROUNDUP(E3/C3,0)", "=ROUNDUP((E3-B3+1)/C3,0)", "F3"),
    (PADDED, "+2*E3-", "+E3-", "G3"),
    (WEIGHTS, "=(B3*B3*C3+1)*D3", "=(B3*C3+1)*D3", "E3"),
    (ADAGRAD, "=B5-$B$1*C5/SQRT(D5+0.00000001)", "=B5+$B$1*C5/SQRT(D5+0.00000001)", "E5"),
    (DEEP, "=E5*D6*$B$1", "=E5*D6", "E6"),
    (POWERS, "=0.25^A4", "=0.25*A4", "B4"),
    (CHAINED, "=C4*B5", "=C4+B5", "C5"),
    (RMSPROP, "=$B$1*C5/(SQRT(D5)+$F$1)", "=$B$1*C5/(D5+$F$1)", "E5"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("text", "right", "wrong", "cell"), SLIPS)
def test_a_slip_is_found_where_it_stands(text: str, right: str, wrong: str, cell: str) -> None:
    """With a bias, a padding in words, or a squared sum a table is right but for that one cell."""
    assert right_and_slipped(text, right, wrong) == ("correct", {cell})


def test_one_of_several_layers_without_a_bias_is_not_called_right() -> None:
    """Where no column says it, a layer that alone leaves out the bias is left open, not right."""
    report = checked(WEIGHTS, "=(B3*B3*C3+1)*D3", "=B3*B3*C3*D3")

    assert (report.verdict, [one.range for one in report.not_judged]) == ("undecided", ["E3"])


@pytest.mark.slow
def test_a_formula_that_takes_an_unknown_column_is_not_accused() -> None:
    """Maps that are not square have a width of their own, of which the lesson has no name."""
    text = "Layer | Kernel | Cin | Cout | H out | W out | MACs\n" + "\n".join(
        f"conv{k} | 3 | {c} | {2 * c} | {32 // k} | {16 // k} | =B{r}^2*C{r}*D{r}*E{r}*F{r}"
        for k, (r, c) in enumerate(((2, 3), (3, 6), (4, 12)), 1)
    )

    assert checked(text).errors == ()


@pytest.mark.slow
def test_slopes_by_differences_are_left_open() -> None:
    """Nothing tells how nearly they have to be right, so that they are not called so."""
    rest = "=(1/(1+EXP(-(A{r}+0.001)))-1/(1+EXP(-(A{r}-0.001))))/0.001"
    head, *rows = PRODUCT.splitlines()
    text = "\n".join(
        [f"{head} | numerical derivative"]
        + [f"{row} | {rest.format(r=r)}" for r, row in enumerate(rows, 2)]
    )
    report = checked(text)

    assert (report.verdict, [one.range for one in report.not_judged]) == ("undecided", ["D2:D5"])


@pytest.mark.slow
def test_a_determinant_without_its_sign_is_wrong_where_the_label_says_determinant() -> None:
    """ABS is right beside `abs(det)`, and wrong beside `det`."""
    text = "x | 2\ny | 0.7\nu = x*y | =B1*B2\nv = x - y | =B1-B2\nJacobian\n=B2 | =B1\n1 | -1\n"
    text += "{} | =ABS(A6*B7-B6*A7)"

    assert checked(text.format("abs(det)")).errors == ()
    assert [one.mistake for one in checked(text.format("det")).errors] == ["determinant-sign"]
