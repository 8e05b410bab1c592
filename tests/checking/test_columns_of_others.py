"""What strangers put beside the columns of a lesson: judged, left open, and never called right."""

from __future__ import annotations

import pytest
from cell_sheets import checked, right_and_slipped

STARTS = "layer | k | s | p | size | jump | RF | start\nimage |||| 32 | 1 | 1 | 0.5\n" + "\n".join(
    f"conv{r} | 3 | 2 | 1 | =INT((E{r - 1}+2*D{r}-B{r})/C{r})+1 | =F{r - 1}*C{r}"
    f" | =G{r - 1}+(B{r}-1)*F{r - 1} | =H{r - 1}+((B{r}-1)/2-D{r})*F{r - 1}"
    for r in (3, 4, 5)
)
EFFECTIVE = "layer | k | d | s | effective kernel | RF | jump\nimage ||||| 1 | 1\n" + "\n".join(
    f"c{r} | 3 | {d} | 1 | =B{r}+(B{r}-1)*(C{r}-1) | =F{r - 1}+(E{r}-1)*G{r - 1} | =G{r - 1}*D{r}"
    for r, d in ((3, 1), (4, 2), (5, 4))
)
ACROSS = """
lr | 0.1 | b1 | 0.9 | b2 | 0.999 | eps | 1e-8
|
t | 1 | 2 | 3
grad | 0.5 | 0.3 | -0.2
m | =(1-$D$1)*B4 | =$D$1*B5+(1-$D$1)*C4 | =$D$1*C5+(1-$D$1)*D4
v | =(1-$F$1)*B4^2 | =$F$1*B6+(1-$F$1)*C4^2 | =$F$1*C6+(1-$F$1)*D4^2
m hat | =B5/(1-$D$1^B3) | =C5/(1-$D$1^C3) | =D5/(1-$D$1^D3)
v hat | =B6/(1-$F$1^B3) | =C6/(1-$F$1^C3) | =D6/(1-$F$1^D3)
w | =1-$B$1*B7/(SQRT(B8)+$H$1) | =B9-$B$1*C7/(SQRT(C8)+$H$1) | =C9-$B$1*D7/(SQRT(D8)+$H$1)
"""
ONE_LOSS = """
logits | 1 | 2 | 3
exp | =EXP(B1) | =EXP(C1) | =EXP(D1)
softmax | =B2/SUM($B$2:$D$2) | =C2/SUM($B$2:$D$2) | =D2/SUM($B$2:$D$2)
target | 0 | 0 | 1
loss | =-LN(D3)
"""
DEEP = "w | 0.5\nlayer | z | a | a' | gradient\n0 || 0.5\n" + "\n".join(
    f"{k} | =$B$1*C{k + 2} | =1/(1+EXP(-B{k + 3})) | =C{k + 3}*(1-C{k + 3})"
    f" | ={f'E{k + 2}*' if k > 1 else ''}D{k + 3}*$B$1"
    for k in range(1, 6)
)
BEST = """
Epoch | Train acc | Test acc
1 | 0.85 | 0.91
2 | 0.93 | 0.945
3 | 0.952 | 0.951
|
Best test accuracy | =MAX(C2:C4)
"""
SLIPS = [
    (STARTS, "=H3+((B4-1)/2-D4)*F3", "=H3+((B4-1)/2+D4)*F3", "H4"),
    (EFFECTIVE, "=B4+(B4-1)*(C4-1)", "=B4+(B4+1)*(C4-1)", "E4"),
    (ACROSS, "=C6/(1-$F$1^C3)", "=C6/(1-$F$1)", "C8"),
    (ONE_LOSS, "=-LN(D3)", "=-LN(C3)", "B5"),
    (DEEP, "=C6*(1-C6)", "=C6*(1+C6)", "D6"),
    (BEST, "=MAX(C2:C4)", "=MAX(B2:B4)", "B6"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("text", "right", "wrong", "cell"), SLIPS)
def test_a_slip_is_found_where_it_stands(text: str, right: str, wrong: str, cell: str) -> None:
    """The sheet as it is is correct, and one wrong formula is the only cell that findings name."""
    assert right_and_slipped(text, right, wrong) == ("correct", {cell})


def test_a_column_of_which_the_lesson_knows_nothing_is_not_called_right() -> None:
    """Its formulas compute something of the table, and nobody can say whether they should."""
    text = "x | sigmoid | relu | Foo\n" + "\n".join(
        f"{x} | =1/(1+EXP(-A{r})) | =MAX(0,A{r}) | =1/(1+EXP(A{r}))"
        for r, x in enumerate((-2, 1), 2)
    )
    report = checked(text)

    assert (report.verdict, [(one.range, one.reason) for one in report.not_judged]) == (
        "undecided",
        [("D2:D3", "the lesson has no column “Foo”")],
    )


@pytest.mark.slow
def test_a_partial_derivative_by_differences_is_left_open() -> None:
    """It is about right; one that is far off is wrong as any other."""
    text = "x | 2\ny | 3\nh | 0.001\nf = x+y^2 | =B1+B2^2\ndf/dx | =((B1+B3)+B2^2-B4)/B3\n"
    text += "df/dy | =(B1+(B2+B3)^2-B4)/B3"
    report, slipped = checked(text), checked(text, "(B2+B3)^2-B4)/B3", "(B2+B3)^2-B4)/(2*B3)")

    assert (report.verdict, [one.range for one in report.not_judged]) == ("undecided", ["B6"])
    assert [one.range for error in slipped.errors for one in error.places] == ["B6"]


@pytest.mark.slow
def test_a_row_without_a_kernel_counts_where_its_label_says_what_it_is() -> None:
    """A normalisation has parameters, and hands the channels on to the layer below."""
    text = "Layer | Kernel | In channels | Out channels | Bias | Parameters\n"
    text += "conv1 | 3 | 1 | 8 | 1 | =B2^2*C2*D2+E2*D2\nbn1 ||| 8 || =2*D3\n"
    text += "conv2 | 3 | =D3 | 16 | 0 | =B4^2*C4*D4+E4*D4\nTotal |||||=SUM(F2:F4)"
    slipped = checked(text, "=2*D3", "=D3")

    assert (checked(text).verdict, checked(text).errors) == ("correct", ())
    assert [place.range for one in slipped.errors for place in one.places] == ["F3"]


@pytest.mark.slow
def test_the_full_jacobian_of_shares_is_judged_as_a_matrix() -> None:
    """Its diagonal is another formula than the rest, and a slip in it is found there."""
    text = "z | exp | s\n" + "\n".join(
        f"{z} | =EXP(A{r}) | =B{r}/SUM(B$2:B$4)" for r, z in enumerate((1, 2, 3), 2)
    )
    text += "\n|\nJacobian\n" + "\n".join(
        " | ".join(f"=C{i}*({int(i == j)}-C{j})" for j in (2, 3, 4)) for i in (2, 3, 4)
    )
    slipped = checked(text, "=C3*(1-C3)", "=C3*(1-C2)")

    assert (checked(text).verdict, checked(text).errors) == ("correct", ())
    assert {place.range for one in slipped.errors for place in one.places} == {"B8"}


@pytest.mark.slow
def test_what_is_no_lesson_is_told_what_it_is_most_like() -> None:
    """The reason says which headers were found, where, and what a table of the lesson needs."""
    text = "epoch | learning rate\n" + "\n".join(f"{k} | =0.1*SIN(A{k + 1})" for k in range(1, 6))
    reason = checked(text).reason or ""

    assert "row 1 of Sheet1 (epoch, learning rate) is most like" in reason
    assert "“training-log”, which needs a column for" in reason
