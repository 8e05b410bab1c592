"""What a filled formula mentions in each of its cells is told without reading it there again."""

from itertools import product

import pytest

from sheetprop.checking.ledger.areas import mentioned, spots
from sheetprop.notation.relative import RelativeFormula


@pytest.mark.parametrize(
    "formula",
    [
        "=A2+$B$1*C$3-$D4",
        "=SUM(A2:C2,$A$5:A7,B$9:B3)*'my sheet'!A9",
        '=other!$B4&"A1"&C5',
        "=A2-B2*LOG10(C2)",
        "=A1048576+XFD1",
        "=eta*G2+[1]Sheet1!A7",
        "=$A$1",
        "=2",
    ],
)
def test_a_filled_formula_mentions_in_each_cell_what_its_text_there_does(formula: str) -> None:
    filled = RelativeFormula(formula, 5, 4)
    found = spots(filled, "here")
    for row, column in product((5, 6, 3, 40), (4, 5, 9)):
        there = tuple(spot.area_at(row - 5, column - 4) for spot in found)

        assert there == mentioned(filled.at(row, column), "here")
