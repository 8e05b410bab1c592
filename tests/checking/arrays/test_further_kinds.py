"""Further ways in which strangers write arrays: names, matrices, masks, several maps together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

import pytest
from checking.arrays.strangers import Content, Paper, area
from slowly import one_in

from sheetprop.checking.check import check_workbook
from sheetprop.notation.address import address
from sheetprop.workbooks.sheet import Address, Cell, Workbook


class Kind(NamedTuple):
    """A sheet, a slip in one or more of its cells, and the cells that are then wrong.

    Where nothing is wrong for certain, `wrong` is empty: the sheet is undecided then.
    """

    name: str
    made: Callable[[], Paper]
    slips: dict[Address, Content]
    wrong: tuple[str, ...]


def windows(paper: Paper, at: Address, size: int, formula: str) -> Paper:
    """Fill in a formula with `{}` for the window of 3×3 numbers from B2 on that goes over them."""
    paper.fill(at, size, size, lambda y, x: formula.format(area((2 + y, 2 + x), 3, 3)))
    return paper


def named_kernel() -> Paper:
    paper = Paper()
    paper.numbers((2, 2), 5, 5)
    paper.numbers((2, 9), 3, 3)
    return windows(paper, (10, 2), 3, "=SUMPRODUCT({},kernel)")


def with_bias() -> Paper:
    paper = Paper()
    paper.numbers((2, 2), 5, 5)
    paper.numbers((2, 9), 3, 3)
    paper.put((6, 9), 0.5)
    return windows(paper, (10, 2), 3, "=SUMPRODUCT({},$I$2:$K$4)+$I$6")


def without_bias(row: int) -> dict[Address, Content]:
    texts = (area((2 + row, 2 + x), 3, 3) for x in range(3))
    return {(10 + row, 2 + x): f"=SUMPRODUCT({text},$I$2:$K$4)" for x, text in enumerate(texts)}


def attention() -> Paper:
    paper = Paper()
    for left in (1, 5):
        paper.numbers((2, left), 3, 2)
    paper.put((6, 1), "Attention: softmax of Q·Kᵀ/√d")
    paper.cells[7, 1] = Cell(None, "=MMULT(A2:B4,TRANSPOSE(E2:F4))/SQRT(2)", "A7:C9")

    def share(y: int, x: int) -> str:
        return f"=EXP({address(7 + y, 1 + x)})/SUMPRODUCT(EXP($A{7 + y}:$C{7 + y}))"

    paper.fill((7, 5), 3, 3, share)
    return paper


def causal() -> Paper:
    paper = Paper()
    paper.numbers((2, 1), 3, 3)

    def share(y: int, x: int) -> str:
        return f"=EXP({address(2 + y, 5 + x)})/SUMPRODUCT(EXP($E{2 + y}:$G{2 + y}))"

    paper.fill((2, 5), 3, 3, lambda y, x: f"={address(2 + y, 1 + x)}")
    for at in ((2, 6), (2, 7), (3, 7)):
        paper.put(at, -1e9)
    paper.fill((2, 9), 3, 3, share)
    return paper


def drawn_mask() -> Paper:
    paper = Paper()
    paper.put((1, 1), "dropout")
    paper.put((1, 2), 0.4)
    paper.numbers((3, 1), 6, 2)
    paper.fill((3, 4), 6, 1, lambda y, _: f"=IF(B{3 + y}>=$B$1,1,0)")
    paper.fill((3, 5), 6, 1, lambda y, _: f"=A{3 + y}*D{3 + y}/(1-$B$1)")
    return paper


def groups() -> Paper:
    paper = Paper()
    for left in (1, 5):
        paper.numbers((2, left), 3, 3)
        paper.fill(
            (8, left),
            3,
            3,
            lambda y, x, left=left: f"=({address(2 + y, left + x)}-$A$6)/SQRT($B$6+0.001)",
        )
    paper.put((6, 1), "=AVERAGE(A2:C4,E2:G4)")
    paper.put((6, 2), "=VARP(A2:C4,E2:G4)")
    return paper


def mixture() -> Paper:
    paper = Paper()
    paper.put((1, 1), "1×1 convolution")
    paper.numbers((2, 1), 3, 3)
    paper.numbers((2, 5), 3, 3)
    paper.numbers((2, 9), 1, 2)
    paper.fill(
        (7, 1), 3, 3, lambda y, x: f"=$I$2*{address(2 + y, 1 + x)}+$J$2*{address(2 + y, 5 + x)}"
    )
    return paper


def lone_means() -> Paper:
    paper = Paper()
    for left in (1, 5, 9):
        paper.put((1, left), f"global average pooling {left}")
        paper.numbers((3, left), 3, 3)
        paper.put((2, left), f"=AVERAGE({area((3, left), 3, 3)})")
    return paper


KINDS = [
    Kind("named kernel", named_kernel, {(11, 3): "=SUMPRODUCT(C2:E4,kernel)"}, ("C11",)),
    Kind("bias left out in a row", with_bias, without_bias(2), ("B12:D12",)),
    Kind("matrix product", attention, {(8, 6): "=EXP(B8)/SUMPRODUCT(EXP($A7:$C7))"}, ("F8",)),
    Kind("tokens left out", causal, {(4, 5): -1e9}, ()),
    Kind("drawn mask", drawn_mask, {(5, 4): "=IF(B5<$B$1,1,0)"}, ("D5",)),
    Kind("groups of maps", groups, {(9, 2): "=(B3-$B$6)/SQRT($B$6+0.001)"}, ("B9",)),
    Kind("mixture of maps", mixture, {(8, 2): "=$I$2*B3+$I$2*F3"}, ("B8",)),
    Kind("means beside each other", lone_means, {(2, 5): 0.321}, ()),
]


def book(paper: Paper) -> Workbook:
    return replace(paper.workbook(), names={"kernel": "Sheet1!$I$2:$K$4"})


@pytest.mark.parametrize("kind", one_in(8, KINDS), ids=lambda one: one.name)
def test_right_ones_are_correct_and_wrong_cells_are_named(kind: Kind) -> None:
    """The right sheet is correct, with a slip its cells and no others are accused."""
    paper = kind.made()
    right = check_workbook(book(paper), "sheet.xlsx")
    for at, content in kind.slips.items():
        paper.put(at, content)
    wrong = check_workbook(book(paper), "sheet.xlsx")

    assert (right.verdict, right.findings) == ("correct", ())
    assert wrong.verdict == ("mistakes" if kind.wrong else "undecided")
    assert tuple(place.range for one in wrong.errors for place in one.places) == kind.wrong
