"""The cells that a place of a finding names."""

from __future__ import annotations

import pytest

from sheetprop.mistakes.finding import Place


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("B5", [(5, 2)]),
        ("B5:C6", [(5, 2), (5, 3), (6, 2), (6, 3)]),
        ("B5,B20", [(5, 2), (20, 2)]),
        ("B5:B6,D9", [(5, 2), (6, 2), (9, 4)]),
        ("", []),
    ],
)
def test_cells_between_areas_are_none_of_it(text: str, cells: list[tuple[int, int]]) -> None:
    """A range has all its cells, and a list of areas those of each, not what is between them."""
    assert [*Place("Sheet1", text).cells] == cells
