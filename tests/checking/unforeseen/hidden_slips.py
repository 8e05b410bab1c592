"""Wrong worksheets whose mistake hides: behind equal numbers, other tables, or functions."""

from __future__ import annotations

from typing import Any

from worksheets import ARRIVING_1, ORDER, RIGHT, WEIGHTS, Table

from unforeseen.accused import with_all
from unforeseen.board import Board, board_of
from unforeseen.called_right import slipped
from unforeseen.descent import classic, descent, proof
from unforeseen.kind import BLANKS, FOUND, NOTICED, cells, right, wrong
from unforeseen.twins import CLASS_MISTAKE


@wrong()
def other_target_of_the_same_value() -> Board:
    """E1 takes t2, which happens to be the same number as t1."""
    return board_of(with_all({"E1": "=0.5*({t2}-{a_o1})^2"}, targets=(0.5, 0.5)))


@wrong()
def other_input_of_the_same_value() -> Board:
    """∂E/∂w2 takes i1, which happens to be the same number as i2."""
    text = RIGHT["dE/dw2"].replace("{i2}", "{i1}")
    return board_of(with_all({"dE/dw2": text}, inputs=(0.1, 0.1)))


@wrong()
def other_weight_of_the_same_value() -> Board:
    """h1 takes w3 for w1; all weights, inputs and targets are alike."""
    table = with_all({"h1": "={w3}*{i1}+{w2}*{i2}"}, weights=(0.3,) * 8, inputs=(0.1, 0.1))
    return board_of(table)


@wrong()
def input_of_zero() -> Board:
    """i2 is 0, and ∂E/∂w4 has the class mistake, which no number shows."""
    return board_of(with_all({"dE/dw4": CLASS_MISTAKE["dE/dw4"]}, inputs=(1.0, 0.0)))


@wrong()
def a_little_added() -> Board:
    """h1 has 1e-9 added."""
    return board_of(with_all({"h1": "={w1}*{i1}+{w2}*{i2}+0.000000001"}))


@wrong(FOUND | {"correct"})
def rounded_to_six() -> Board:
    """o1 is rounded to six digits by ROUND: a remark at least."""
    return board_of(with_all({"o1": "=ROUND({w5}*{a_h1}+{w6}*{a_h2},6)"}))


@wrong()
def wrong_from_row_36() -> Board:
    """∂E/∂w5 is right up to row 35 and takes a_h2 below, by IF(ROW()>35)."""
    other = RIGHT["dE/dw5"].replace("{a_h1}", "{a_h2}")
    return board_of(with_all({"dE/dw5": f"=IF(ROW()>35,{other[1:]},{RIGHT['dE/dw5'][1:]})"}))


@wrong()
def wrong_beyond_a_bound() -> Board:
    """a_h1 is 1 where h1 is above 0.02."""
    return board_of(with_all({"a_h1": "=IF({h1}>0.02,1,1/(1+EXP(-{h1})))"}))


@wrong(NOTICED, proof=lambda _: True, at=cells("h1", range(8)))
def noise() -> Board:
    """h1 has a random number added."""
    return board_of(with_all({"h1": "={w1}*{i1}+{w2}*{i2}+RAND()/1000000"}))


@wrong()
def clipped_gradient() -> Board:
    """∂E/∂w8 is cut off at -0.02 by MAX."""
    return board_of(with_all({"dE/dw8": f"=MAX(-0.02,{RIGHT['dE/dw8'][1:]})"}))


@wrong()
def absolute_gradient() -> Board:
    """∂E/∂w1 is the absolute value."""
    return board_of(with_all({"dE/dw1": f"=ABS({RIGHT['dE/dw1'][1:]})"}, targets=(0.99, 0.99)))


@wrong()
def first_row_only_wrong() -> Board:
    """Only the first row of ∂E/∂w6 is wrong."""
    board = board_of(Table())
    board.set("dE/dw6", 0, RIGHT["dE/dw6"].replace("{a_h2}", "{a_h1}"))
    return board


@wrong()
def last_row_only_wrong() -> Board:
    """Only the last row of E_total is wrong."""
    board = board_of(Table())
    board.set("E_total", 7, "={E1}")
    return board


@wrong()
def first_row_typed_wrong() -> Board:
    """The first row's a_o1 is typed, 1 % off."""
    board = board_of(Table())
    board.set("a_o1", 0, 0.594)
    return board


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


@wrong()
def second_without_headers() -> Board:
    """A second table has no headers and the class mistake."""
    bare = Table(header=52, rate=0.5, rate_cell=(50, 7), headers=dict.fromkeys(ORDER, ""))
    return _several(Table(), slipped(bare))


@wrong(proof=lambda b: not proof(descent(classic, WEIGHTS))(b), at=cells("w7", range(1, 8)))
def second_with_few_columns() -> Board:
    """A second table has forward pass, errors and updates by inlined gradients, one of them wrong."""
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
def in_a_hidden_row() -> Board:
    """The row with a wrong E2 is hidden."""
    board = board_of(Table())
    board.set("E2", 4, "={t2}-{a_o2}")

    def hide(book: Any) -> None:
        book["Sheet1"].row_dimensions[36].hidden = True

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


@wrong()
def last_update_twice() -> Board:
    """One row of w2 repeats the row above it: the update was left out once."""
    board = board_of(Table())
    board.set("w2", 5, "={w2[-1]}")
    return board


@wrong()
def two_iterations_back() -> Board:
    """One row of w2 takes the weight two rows above."""
    board = board_of(Table())
    board.set("w2", 5, "={w2[-2]}-{eta}*{dE/dw2[-1]}")
    return board


@wrong()
def exchanged_rows() -> Board:
    """Two cells of one column were exchanged by dragging: each takes the other's row."""
    board = board_of(Table())
    board.set("E1", 3, "=0.5*({t1[+1]}-{a_o1[+1]})^2")
    board.set("E1", 4, "=0.5*({t1[-1]}-{a_o1[-1]})^2")
    return board


@wrong()
def pasted_row_of_another_rate() -> Board:
    """One whole row was pasted as numbers from a run with another rate."""
    from unforeseen.called_right import _typed

    other, board = _typed(15, 1.0), board_of(Table())
    for name in ORDER:
        board.set(name, 4, other.cells[other.where[name, 4]])
    return board


@wrong(BLANKS | {"undecided"}, also=cells("δ_o1", range(3, 4)))
def blank_in_a_helper() -> Board:
    """One cell of a column of δ is empty."""
    helpers = {"δ_o1": "=({a_o1}-{t1})*{a_o1}*(1-{a_o1})"}
    board = board_of(with_all({"dE/dw5": "={δ_o1}*{a_h1}"}, helpers=helpers))
    board.set("δ_o1", 3, None)
    return board


@wrong(also=cells("δ_o1", range(3, 4)))
def wrong_in_a_helper() -> Board:
    """One cell of a column of δ has t - a."""
    helpers = {"δ_o1": "=({a_o1}-{t1})*{a_o1}*(1-{a_o1})"}
    board = board_of(with_all({"dE/dw5": "={δ_o1}*{a_h1}"}, helpers=helpers))
    board.set("δ_o1", 3, "=({t1}-{a_o1})*{a_o1}*(1-{a_o1})")
    return board


@wrong(also=cells("∂E/∂a_h2", range(8)))
def hidden_path_by_helper() -> Board:
    """∂E/∂a_h2 is a column with the weights of a_h1."""
    helpers = {"∂E/∂a_h2": f"={ARRIVING_1}"}
    changes = {
        "dE/dw3": "={∂E/∂a_h2}*{a_h2}*(1-{a_h2})*{i1}",
        "dE/dw4": "={∂E/∂a_h2}*{a_h2}*(1-{a_h2})*{i2}",
    }
    return board_of(with_all(changes, helpers=helpers))


@wrong(NOTICED, proof=lambda _: True, at=cells("h1", range(8)))
def circular() -> Board:
    """h1 takes its own activation: a circular reference."""
    return board_of(with_all({"h1": "={w1}*{i1}+{w2}*{i2}+0*{a_h1}"}))


@wrong(NOTICED, proof=lambda _: True, at=cells("E_total", range(8)))
def broken_reference() -> Board:
    """E_total has lost one of its references."""
    return board_of(with_all({"E_total": "={E1}+#REF!"}))


@wrong(NOTICED, proof=lambda _: True, at=cells("E_total", range(8)))
def text_for_formula() -> Board:
    """E_total is written with an apostrophe before it: a text."""
    board = board_of(Table())
    board.fill("E_total", range(8), "E1+E2")
    return board


@wrong(NOTICED, proof=lambda _: True, at=cells("a_o2", range(5, 6)))
def sign_of_equality_lost() -> Board:
    """One cell has lost its sign of equality, so that it is a text."""
    board = board_of(Table())
    board.set("a_o2", 5, "1/(1+EXP(-S37))")
    return board


@wrong(NOTICED, proof=lambda _: True, at=cells("a_o2", range(5, 6)))
def space_in_a_cell() -> Board:
    """One cell holds a space."""
    board = board_of(Table())
    board.set("a_o2", 5, " ")
    return board
