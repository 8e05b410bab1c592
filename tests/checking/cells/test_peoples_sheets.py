"""People's own sheets of gates, softmax and Jacobian matrices, in layouts of their own."""

from __future__ import annotations

import pytest
from cell_sheets import (
    ACROSS,
    BARE,
    CHAIN,
    LABELS,
    NEURON,
    POLAR,
    SHEETS,
    SOFTMAX,
    STABLE,
    UNTOLD,
    checked,
    written,
)

from sheetprop.checking.check import check_workbook
from sheetprop.checking.finding.turned import turned_over
from sheetprop.checking.marks.points import marks
from sheetprop.checking.score import FAMILIES, Rubric
from sheetprop.reports.html import render
from sheetprop.workbooks.sheet import Workbook

SLIPS = [
    (LABELS, "=B8*B3", "=B8*B2", "B10", "gate-rule"),
    (LABELS, "=B7*IF(B5>=B4,0,1)", "=B7", "B9", "gate-rule"),
    (LABELS, "=B7+B7*IF(B5>=B4,1,0)", "=B7", "B8", "gate-rule"),
    (LABELS, "=B2*B3", "=B2+B3", "B5", "unexplained"),
    (ACROSS, "=G2|=G2", "=-G2|=G2", "H2", "wrong-sign"),
    (NEURON, "=C12*B12*(1-B12)", "=C12*B12*(1+B12)", "C11", "wrong-sign"),
    (NEURON, "=C12*B12*(1-B12)", "=C12*B12", "C11", "missing-factor"),
    (SOFTMAX, "=(D3-E3)/$B$1", "=(E3-D3)/$B$1", "G3", "wrong-sign"),
    (SOFTMAX, "=EXP(B3/$B$1)", "=EXP(B3*$B$1)", "C3", "misplaced-temperature"),
    (SOFTMAX, "=C5/SUM($C$3:$C$5)", "=C5", "D5", "softmax-normaliser"),
    (STABLE, "=D2/SUM($B$2:$D$2)", "=D2/SUM($B$2:$C$2)", "D3", "softmax-normaliser"),
    (STABLE, "=D2/SUM($B$2:$D$2)", "=EXP(D1)/SUM($B$2:$D$2)", "D3", "softmax-normaliser"),
    (POLAR, "=SIN(B3) | =B2*COS(B3)", "=SIN(B3) | =COS(B3)", "C8", "missing-factor"),
    (POLAR, "=ABS(B9)", "=B9", "B10", "determinant-sign"),
    (CHAIN, "=B8*B11+C8*B12", "=B11*B8+C11*B9", "B14", "matrix-order"),
    (CHAIN, "=B2 | =B1", "=B2 | =0", "C11", "matrix-order"),
    (BARE, "=A6*B7-B6*A7", "=A6*B7+B6*A7", "B8", "wrong-sign"),
]


def _found(text: str, old: str, new: str) -> list[tuple[str, str]]:
    report = checked(text, old, new)
    return [(place.range, one.mistake) for one in report.errors for place in one.places]


@pytest.mark.slow
@pytest.mark.parametrize("kind", SHEETS)
def test_right_sheets_are_correct(kind: str) -> None:
    """In whichever layout, and laid across, each is told as what it is and nobody accused."""
    for text in SHEETS[kind]:
        report = checked(text)

        assert (report.verdict, report.findings) == ("correct", ()), text
        assert {table.lesson for table in report.tables} == {kind}


@pytest.mark.slow
@pytest.mark.parametrize(("text", "old", "new", "cell", "mistake"), SLIPS)
def test_a_slip_is_found_in_its_cell(
    text: str, old: str, new: str, cell: str, mistake: str
) -> None:
    """One wrong formula is one finding, in its own cell, under the name of what was done."""
    found = _found(text, old, new)

    assert cell in [where for where, _ in found]
    assert dict(found)[cell] == mistake
    assert len(found) == 1


@pytest.mark.slow
@pytest.mark.parametrize(
    ("label", "verdict", "unjudged"),
    [("h", "undecided", 3), ("h = x y + 1", "undecided", 2), ("E = 0.5 (f-1)^2", "undecided", 2)],
)
def test_what_nobody_says_is_not_judged(label: str, verdict: str, unjudged: int) -> None:
    """A value is right where a label says what it is; its own formula is no witness for it."""
    report = checked(UNTOLD, f"{label[0]} |", f"{label} |")

    assert (report.verdict, report.errors) == (verdict, ())
    assert sum(one.count for one in report.not_judged) == unjudged


@pytest.mark.slow
def test_what_a_told_value_is_computed_from_is_right_with_it() -> None:
    """The last value in terms of the first ones says all that is between."""
    told = "E = 0.5 (1/(1+exp(-(x y + 1))) - 1)^2 |"

    assert checked(UNTOLD, "E |", told).verdict == "correct"
    assert checked(UNTOLD.replace("E |", told), "=B1*B2+1", "=B1+B2+1").verdict == "mistakes"


@pytest.mark.slow
def test_brackets_lost_around_a_sum_are_told_as_such() -> None:
    """The explanation is about a sum of plain terms, neither a difference nor a fraction."""
    report = checked("x | 2\ny | 3\nz | 4\nf = (x+y) z | =B1+B2*B3\ndf/dx | =B3\ndf/dz | =B1+B2")

    assert [one.mistake for one in report.errors] == ["missing-brackets"]
    assert "only one term of a sum. In f (B4) the sum belongs in brackets: (x + y) · z." in (
        report.errors[0].why
    )


@pytest.mark.slow
def test_numbers_beside_letters_are_no_lesson() -> None:
    """A sheet with names, numbers and sums alone computes nothing of these lessons."""
    text = "a | b | c\n1 | 2 | =A2+B2\n4 | 5 | =A3+B3\nx | 3\ny | =B4*2"

    assert check_workbook(written(text), "sheet").verdict == "not-recognised"


@pytest.mark.slow
def test_turned_sheets_are_followed() -> None:
    """Rows and columns exchanged change nothing."""
    for text in (LABELS, SOFTMAX, POLAR):
        sheet = written(text).sheets[0]
        report = check_workbook(Workbook((turned_over(sheet),)), "sheet")

        assert (report.verdict, report.findings) == ("correct", ()), text


RUBRIC = Rubric("ten.toml", dict.fromkeys(FAMILIES, 2.0))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("old", "new", "stands", "followed"),
    [
        ("", "", 12, 12),
        ("=B8*B3", "5", 10, 10),  # typed, and right: no formula
        ("=B8*B3", "=B8*B2", 10, 10),
        ("=B2*B3", "=B2+B3", 0, 10),  # everything else follows from it
    ],
)
def test_each_formula_earns_its_points(old: str, new: str, stands: int, followed: int) -> None:
    """Six formulas are worth what the whole rubric is; a mistake costs once, a typed number too."""
    text = LABELS.replace("f = q+max(q,z) | =B5+MAX(B5,B4)", "f = q+max(q,z) | =MAX(B5,B4)+B5")
    found = marks(checked(text, old, new), RUBRIC)

    assert found is not None
    assert found.as_it_stands == pytest.approx(stands)
    assert found.with_follow_through == pytest.approx(followed)


@pytest.mark.slow
def test_the_page_has_a_map_of_the_cells() -> None:
    """Each cell of the lesson is a box where it lies, and the wrong one says which finding."""
    page = render([checked(*SLIPS[0][:3])])

    assert page.count('<i class="right"') == 5
    assert page.count('<i class="wrong"') == 1
    assert "B10 &#8706;f/&#8706;x: wrong, finding 1 (gate-rule)" in page
