from __future__ import annotations

import pytest

from sheetprop.notation.mentioned import COPY, Area, areas_in, picks_in, reaches_anywhere


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("=A1+B$2", [("own", 1, 1, 1, 1), ("own", 2, 2, 2, 2)]),
        ("='η=0.1'!$A$6:$B$105", [("η=0.1", 6, 1, 105, 2)]),
        ("='it''s'!A1+Own!B2", [("it's", 1, 1, 1, 1), ("Own", 2, 2, 2, 2)]),
        ("=SUM(B9:A1)", [("own", 1, 1, 9, 2)]),
        ('="A1"&LOG10(C3)', [("own", 3, 3, 3, 3)]),
        ("=w_1*A1B+ABCD5+A0", []),
    ],
)
def test_every_reference_of_a_formula_is_found(formula: str, expected: list[Area]) -> None:
    """Cells and ranges on any sheet; nothing in texts, names of functions or other words."""
    assert list(areas_in(formula, "own", {"own", "η=0.1", "it's"})) == expected


def test_references_to_other_sheets_are_left_out() -> None:
    """Only what is wanted is returned."""
    assert list(areas_in("=A1+Other!A1", "own", {"other"})) == [("Other", 1, 1, 1, 1)]


@pytest.mark.parametrize(
    ("formula", "rest", "picks"),
    [
        ("=INDEX(S!$A$6:$A$9,$B$4+1)", "=INDEX(,$B$4+1)", [("S", 6, 1, 9, 1, "=own!$B$4+1")]),
        (
            "=CHOOSE(X1,INDEX(A1:A9,MATCH(1,T!B1:B9,0)),2)",
            "=CHOOSE(X1,INDEX(,MATCH(1,T!B1:B9,0)),2)",
            [("own", 1, 1, 9, 1, "=MATCH(1,T!B1:B9,0)")],
        ),
        ("=INDEX(A1:B9,1,2)", "=INDEX(A1:B9,1,2)", []),
        ("=INDEX(A1:A9,1,1)", "=INDEX(A1:A9,1,1)", []),
        ('="INDEX(A1:A9,1)"', '="INDEX(A1:A9,1)"', []),
    ],
)
def test_what_index_picks_from_is_told_apart(formula: str, rest: str, picks: list[tuple]) -> None:
    """A column and the formula of the number; other forms of INDEX need all their cells."""
    found = picks_in(formula, "own")

    assert found[0] == rest
    assert [(*pick.column, pick.number) for pick in found[1]] == picks


def test_a_pick_takes_one_cell() -> None:
    """The cell of a number from 1 on, the whole column for 0, and nothing for an error."""
    _, (pick,) = picks_in("=INDEX(A6:A9,B1)", "S")

    assert list(pick.taken(2.0)) == [Area("S", 7, 1, 7, 1)]
    assert list(pick.taken(0)) == [Area("S", 6, 1, 9, 1)]
    assert list(pick.taken("#REF!")) == []


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("=OFFSET(A1,1,0)", True),
        ("=SUM(INDIRECT(A1))", True),
        ("=SUM(A:A)", True),
        ("=SUM(S!$2:$3)", True),
        ("=SUM(A1:A9)+B2", False),
        ('="ratio 1:2 of"', True),
    ],
)
def test_formulas_that_may_need_any_cell_are_told(formula: str, expected: bool) -> None:
    """Better one too many: then all cells are given."""
    assert reaches_anywhere(formula) is expected


@pytest.mark.parametrize("formula", ["=A1", "=+$B$2", "= c3 ", "=+ A$1"])
def test_a_copy_repeats_one_cell(formula: str) -> None:
    """However it is typed."""
    assert COPY.fullmatch(formula)


@pytest.mark.parametrize("formula", ["A1", "=-A1", "=A1*1", "=Own!A1", "=A1:B2", "=PI()", "=n0"])
def test_what_does_more_than_repeat_is_no_copy(formula: str) -> None:
    """Nor a text, a range, a cell of another sheet, or a row that there is not."""
    assert not COPY.fullmatch(formula)
