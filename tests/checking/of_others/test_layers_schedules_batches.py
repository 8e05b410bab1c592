"""Layers of neurons alone, schedules of learning rates, and softmax of several samples."""

from __future__ import annotations

import pytest
from cell_sheets import checked, right_and_slipped

DENSE = """
Layer | Input units | Output units | Parameters
Input | | 784 | 0
Dense 1 | 784 | 512 | =B3*C3+C3
Dropout | 512 | 512 | 0
Dense 2 | 512 | 256 | =B5*C5+C5
Output | 256 | 10 | =B6*C6+C6
Total ||| =SUM(D2:D6)
"""
STEPS = """
Initial LR | 0.1
Gamma | 0.1
Step size | 30
epoch | learning rate
""" + "\n".join(f"{10 * k} | =$B$1*$B$2^INT(A{k + 5}/$B$3)" for k in range(7))
SAMPLES = "sample | z1 | z2 | e1 | e2 | sum | p1 | p2 | t1 | t2 | loss\n" + "\n".join(
    f"{r} | {z} | 1 | =EXP(B{r}) | =EXP(C{r}) | =D{r}+E{r} | =D{r}/F{r} | =E{r}/F{r} | 1 | 0 "
    f"| =-(I{r}*LN(G{r})+J{r}*LN(H{r}))"
    for r, z in ((2, 0.5), (3, -1), (4, 2))
)
SIDES = """
Layer | Height | Width | C | Kernel size | Stride | Pad
Input | 28 | 32 | 1
Conv | =INT((B2+2*G3-E3)/F3)+1 | =INT((C2+2*G3-E3)/F3)+1 | 8 | 3 | 1 | 0
Pool | =INT((B3+2*G4-E4)/F4)+1 | =INT((C3+2*G4-E4)/F4)+1 | 8 | 2 | 2 | 0
"""
LONE = "Layer | Inputs | Units | Parameters\nDense | 784 | 10 | =B2*C2+C2"


SLIPS = (
    (DENSE, "=SUM(D2:D6)", "=SUM(D2:D5)", "D7"),
    (DENSE, "=B6*C6+C6", "=B6*C6+B6", "D6"),
    (STEPS, "INT(A8/$B$3)", "A8/$B$3", "B8"),
    (SAMPLES, "=D3/F3", "=D3/F2", "G3"),
    (SAMPLES, "J4*LN(H4)", "J4*H4", "K4"),
    (SIDES, "(B3+2*G4-E4)/F4", "(B3+G4-E4)/E4", "B4"),
)


@pytest.mark.slow
@pytest.mark.parametrize(("text", "old", "new", "cell"), SLIPS)
def test_a_slip_is_found_where_it_stands(text: str, old: str, new: str, cell: str) -> None:
    """The table as it was is correct, and its changed cell alone is wrong."""
    assert right_and_slipped(text, old, new) == ("correct", {cell})


@pytest.mark.slow
def test_a_lone_layer_without_its_bias_is_not_called_correct() -> None:
    """Nothing in the sheet says whether it has one."""
    assert [checked(LONE).verdict, checked(LONE, "+C2", "").verdict] == [
        "correct",
        "not-recognised",
    ]
    assert checked(DENSE, "=B6*C6+C6", "=B6*C6").verdict == "undecided"


@pytest.mark.slow
def test_a_schedule_wrong_in_all_rows_is_told_as_none() -> None:
    """What warms up and then falls is no schedule of which all know what is right."""
    text = "epoch | lr\n" + "\n".join(
        f"{k} | =IF(A{k + 2}<3,0.1*A{k + 2}/3,0.1*COS(A{k + 2}/9))" for k in range(9)
    )

    assert checked(text).verdict == "not-recognised"
