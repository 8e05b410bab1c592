"""Several tables in one workbook, one of them wrong."""

from __future__ import annotations

from typing import Any

from worksheets import ORDER, RIGHT, WEIGHTS, Table

from unforeseen.board import Board, board_of
from unforeseen.descent import (
    classic,
    descent,
    proof,
)
from unforeseen.kind import (
    FOUND,
    cells,
    right,
    wrong,
)
from unforeseen.wrong.elsewhere import slipped


def _several(*tables: Table) -> Board:
    """Return the board of several tables whose quantities are those of the last."""
    return board_of(tables[-1], *tables[:-1])


@wrong()
def second_of_two_sheets() -> Board:
    """Two sheets for two rates, the second one with the class mistake."""
    return _several(Table(sheet="lr 2"), slipped(Table(sheet="lr 0.5", rate=0.5)))


@wrong()
def second_below_the_first() -> Board:
    """Two tables in one sheet, the lower one with the class mistake."""
    lower = Table(header=52, rate=0.5, rate_cell=(51, 7))
    return _several(Table(), slipped(lower))


@wrong()
def second_beside_the_first() -> Board:
    """Two tables side by side, the right one with the class mistake."""
    other = Table(first_line=35, rate=0.5, rate_cell=(30, 45))
    return _several(Table(), slipped(other))


@wrong()
def third_of_three_reordered() -> Board:
    """Three tables below one another, the third with reordered columns and the class mistake."""
    order = tuple(ORDER[k] for k in (4, 5, 0, 1, 2, 3, *range(30, 5, -1)))
    third = Table(header=90, rate=0.1, rate_cell=(89, 7), order=order)
    return _several(Table(), Table(header=60, rate=0.5, rate_cell=(59, 7)), slipped(third))


@right()
def three_tables_reordered() -> Board:
    """Three right tables below one another, each with another order of columns."""
    orders = (ORDER, tuple(reversed(ORDER)), tuple(sorted(ORDER)))
    tables = [
        Table(header=31 + 30 * k, rate=0.5 + k, rate_cell=(30 + 30 * k, 7), order=order)
        for k, order in enumerate(orders)
    ]
    return _several(*tables)


@wrong(FOUND | {"undecided"})
def second_without_headers() -> Board:
    """A second table has no headers and the class mistake."""
    bare = Table(header=52, rate=0.5, rate_cell=(50, 7), headers=dict.fromkeys(ORDER, ""))
    return _several(Table(), slipped(bare))


@wrong(proof=lambda b: not proof(descent(classic, WEIGHTS))(b), at=cells("w7", range(1, 8)))
def second_with_few_columns() -> Board:
    """A second table has no gradients; one of its updates holds a wrong one."""
    order = tuple(n for n in ORDER if not n.startswith("dE"))
    other = Table(header=52, rate=0.5, rate_cell=(50, 7), order=order)
    for weight in WEIGHTS:
        gradient = RIGHT[f"dE/d{weight}"][1:].replace("}", "[-1]}")
        if weight == "w7":
            gradient = gradient.replace("{a_h1[-1]}", "{a_h2[-1]}")
        other = other.changed(weight, f"={{{weight}[-1]}}-{{eta}}*{gradient}")
    return _several(Table(), other)


@wrong()
def on_a_hidden_sheet() -> Board:
    """The table with the class mistake stands on a hidden sheet."""
    board = _several(Table(sheet="Shown"), slipped(Table(sheet="Run", rate=0.5)))

    def hide(book: Any) -> None:
        book["Run"].sheet_state = "hidden"

    board.finish.append(hide)
    return board


@wrong()
def rate_of_another_table() -> Board:
    """The second table takes the rate of the first, which is the same number today."""
    first = Table(rate=0.5)
    second = Table(header=52, rate=0.5, rate_cell=(51, 7), eta="$G$30")
    return _several(first, second)


@wrong()
def inputs_of_another_table() -> Board:
    """The second table's ∂E/∂w1 takes i1 of the first table, the same number today."""
    second = Table(header=52, rate=0.5, rate_cell=(51, 7))
    second = second.changed("dE/dw1", RIGHT["dE/dw1"].replace("{i1}", "$C$32"))
    return _several(Table(), second)
