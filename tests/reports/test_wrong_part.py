"""Which part of a student's formula is marked as wrong."""

from __future__ import annotations

import pytest

from sheetprop.reports.wrong_part import wrong_part

RIGHT = "=(R35-A35)*R35*(1-R35)*J35"


def marked(found: str, expected: str) -> tuple[list[str], list[str]]:
    """Return the texts marked in both formulas; a gap is the empty text."""
    parts = wrong_part(found, expected)
    return [found[a:b] for a, b in parts.found], [expected[a:b] for a, b in parts.expected]


@pytest.mark.parametrize(
    ("found", "expected", "wrong", "right"),
    [
        ("=(R35-A35)*R35*(1-R35)*L35", RIGHT, ["L35"], ["J35"]),
        ("= ( R35 - A35 ) * R35*(1 - R35)*L35", RIGHT, ["L35"], ["J35"]),
        ("=($R35-$A$35)*r35*(1-R35)*L35", RIGHT, ["L35"], ["J35"]),
        ("=((R35-A35)*R35*(1-R35)*L35)", RIGHT, ["L35"], ["J35"]),
        ("=(R35-A35)*(1-R35)*J35", RIGHT, [""], ["*R35"]),
        ("=(R35+A35)*R35*(1-R35)*J35", RIGHT, ["+"], ["-"]),
        ("=1/(1+EXP(J31))", "=1/(1+EXP(-J31))", [""], ["-"]),
        ("=(1/2)*((A35-S35)^2)", "=0.5*(A35-R35)^2", ["S35"], ["R35"]),
        ("=(N33-$E$31*AB33)", "=N33-$E$31*AC33", ["AB33"], ["AC33"]),
        ("=E35-B32*X35", "=E35-$B$32*X35", ["B32"], ["$B$32"]),
        ("=E35-'a b'!B32*X35", "=E35-$B$32*X35", ["'a b'!B32"], ["$B$32"]),
        ("=R35*R35*(1-R35)*J35*(1-J35)", "=R35*(1-R35)*J35*(1-J35)", ["R35*"], []),
    ],
)
def test_the_wrong_part_is_marked(
    found: str, expected: str, wrong: list[str], right: list[str]
) -> None:
    """What differs is marked in both, spaces, $, idle brackets and ½ for 0.5 aside."""
    assert marked(found, expected) == (wrong, right)


@pytest.mark.parametrize(
    "found",
    [
        RIGHT,
        "=J35*(1-R35)*R35*(R35-A35)",
        "=L35*(1-R35)*R35*(R35-A35)",
        "=AF35*J35",
        "=SUMPRODUCT(A35:B35,C35:D35)",
        "=PRODUCT(R35-A35,R35,1-R35,L35)",
        "0.0275",
        "#NAME?",
        "=)(",
        '="',
        "=" + "A1+" * 2000 + "A1",
        "",
        None,
    ],
)
def test_nothing_is_marked_where_the_form_is_another(found: str | None) -> None:
    """A formula that is right, or written another way, has no mark at all."""
    parts = wrong_part(found, RIGHT)

    assert (parts.found, parts.expected) == ((), ())
