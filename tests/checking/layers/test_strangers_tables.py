"""Tables of layers as notes and reports have them: each slip in its cell, and nobody accused."""

from __future__ import annotations

import pytest
from cell_sheets import checked, right_and_slipped
from slowly import one_in

TWO = "\n".join(
    f"{title}\nlayer | kernel | stride | jump | RF\ninput ||| 1 | 1\n"
    + "\n".join(
        f"c{k} | 3 | {s} | =D{r - 1}*C{r} | =E{r - 1}+(B{r}-1)*D{r - 1}"
        for k, (r, s) in enumerate(((top + 3, 1), (top + 4, 2)), 1)
    )
    for title, top in (("Network A", 1), ("Network B", 6))
)


def test_a_slip_in_one_of_two_tables_of_a_sheet_is_that_tables() -> None:
    """Both tables have a quantity of that name; only one of them has that row."""
    assert right_and_slipped(TWO, "=E8+(B9-1)*D8", "=E8+(B9-1)*C9") == ("correct", {"E9"})


BY_HAND = """
layer | kernel | stride | output size | receptive field | padding | jump
input ||| 28 | 1 || 1
conv | 3 | 1 | =D2 | =E2+(B3-1)*G2 | same | =G2*C3
maxpool | 2 | 2 | =D3/C4 | =E3+(B4-1)*G3 | valid | =G3*C4
conv | 5 | 1 | =D4-B5+1 | =E4+(B5-1)*G4 | valid | =G4*C5
"""
NOTES = """
Layer | Input | Kernel | Output | Receptive Field
Conv 1 | 28x28x1 | 3x3x1x16 | 26x26x16 | 3
Conv 2 | 26x26x16 | 3x3x16x32 | 24x24x32 | 5
MaxPool | 24x24x32 | 2x2 | 12x12x32 | 6
Conv 3 | 12x12x32 | 1x1x32x16 | 12x12x16 | 6
Conv 4 | 12x12x16 | 3x3x16x10 | 10x10x10 | 10
GAP | 10x10x10 | 10x10 | 1x1x10 | 28
"""
DENSE = """
Layer | Kernel size | In channels | Out channels | Parameters
Conv1 | 5 | 1 | 6 | =B2*B2*C2*D2+D2
Conv2 | 5 | 6 | 16 | =B3*B3*C3*D3+D3
ReLU || 16 | 16 | 0
FC1 || 400 | 120 | =C5*D5+D5
FC2 || 120 | 10 | =C6*D6+D6
"""
SPANISH = """
Capa | Núcleo | Paso | Relleno | Tamaño de salida | Salto | Campo receptivo
Entrada |||| 64 | 1 | 1
Conv 1 | 3 | 1 | 1 | =INT((E2+2*D3-B3)/C3)+1 | =F2*C3 | =G2+(B3-1)*F2
Conv 2 | 3 | 2 | 1 | =INT((E3+2*D4-B4)/C4)+1 | =F3*C4 | =G3+(B4-1)*F3
Conv 3 | 3 | 1 | 1 | =INT((E4+2*D5-B5)/C5)+1 | =F4*C5 | =G4+(B5-1)*F4
"""
SIDE_BY_SIDE = """
layer | k | s | j | r || layer | k | s | j | r
in ||| 1 | 1 || in ||| 1 | 1
c1 | 3 | 1 | =D2*C3 | =E2+(B3-1)*D2 || c1 | 5 | 1 | =J2*I3 | =K2+(H3-1)*J2
c2 | 2 | 2 | =D3*C4 | =E3+(B4-1)*D3 || c2 | 3 | 2 | =J3*I4 | =K3+(H4-1)*J3
c3 | 3 | 1 | =D4*C5 | =E4+(B5-1)*D4 || c3 | 3 | 2 | =J4*I5 | =K4+(H5-1)*J4
"""
BLOCKS = """
Block | Kernel | In channels | Out channels | Params
Conv-BN-ReLU 1 | 3 | 1 | 16 | =B2^2*C2*D2+2*D2
Conv-BN-ReLU 2 | 3 | 16 | 32 | =B3^2*C3*D3+2*D3
Conv-BN-ReLU 3 | 1 | 32 | 64 | =B4^2*C4*D4+2*D4
"""
SLIPS = [
    (BLOCKS, "=B3^2*C3*D3+2*D3", "=B3^2*C3*D3+2*C3", "E3"),
    (SIDE_BY_SIDE, "=K3+(H4-1)*J3", "=K3+(H4-1)*I4", "K4"),
    (BY_HAND, "=D4-B5+1", "=D4-B5", "D5"),
    (BY_HAND, "=E4+(B5-1)*G4", "=E4+(B5-1)", "E5"),
    (NOTES, "12x12x16 | 6", "10x10x16 | 6", "D5"),
    (NOTES, "10x10x10 | 10", "10x10x10 | 8", "E6"),
    (DENSE, "=C5*D5+D5", "=C5*D5+C5", "E5"),
    (DENSE, "FC1 || 400", "FC1 || 401", "C5"),
    (SPANISH, "=G4+(B5-1)*F4", "=G4+(B5-1)*C5", "G5"),
]


@pytest.mark.parametrize("slip", one_in(2, SLIPS))
def test_a_slip_is_found_in_its_cell(slip: tuple[str, str, str, str]) -> None:
    """Formulas made for their rows, sizes without strides, and features without a kernel."""
    text, right, wrong, cell = slip

    assert right_and_slipped(text, right, wrong) == ("correct", {cell})


def test_one_formula_filled_down_is_not_made_for_its_rows() -> None:
    """A size that leaves out the padding everywhere is wrong, whatever one row makes of it."""
    text = "\n".join(
        ["layer | kernel | stride | padding | output size", "input |||| 32"]
        + [
            f"c{r} | 3 | 1 | {p} | =INT((E{r - 1}-B{r})/C{r})+1"
            for r, p in ((3, 0), (4, 1), (5, 0))
        ]
    )

    assert [one.mistake for one in checked(text).errors] == ["one-sided-padding"]


def with_width(width: str, field: str) -> str:
    """Return dilated layers without strides that have a column for how wide their kernels are."""
    rows = [
        "layer | kernel | stride | dilation | effective kernel | RF | jump",
        "input ||||| 1 | 1",
    ]
    for r, (k, d) in enumerate(((3, 2), (5, 2), (5, 3)), 3):
        cells = (one.format(r=r, p=r - 1) for one in (width, field, "=G{p}*C{r}"))
        rows.append(f"c{r} | {k} | 1 | {d} | {' | '.join(cells)}")
    return "\n".join(rows)


@pytest.mark.slow
def test_a_dilated_kernel_in_a_column_of_its_own_is_named() -> None:
    """How wide it is has its own column here, as k + (d - 1)·2: right for k = 3 alone."""
    report = checked(with_width("=B{r}+(D{r}-1)*2", "=F{p}+(B{r}-1)*D{r}*G{p}"))

    assert [(one.mistake, one.places[0].range) for one in report.errors] == [
        ("dilated-kernel", "E4:E5")
    ]


@pytest.mark.slow
def test_a_jump_left_out_where_no_layer_has_a_stride_is_right_now() -> None:
    """Then the numbers are right, and a remark says how long they are."""
    report = checked(with_width("=(B{r}-1)*D{r}+1", "=F{p}+(B{r}-1)*D{r}"))

    assert (report.verdict, [(one.mistake, one.severity) for one in report.findings]) == (
        *("correct", [("jump-not-carried", "warning")]),
    )
