"""Wrong formulas inside functions: guards, look-ups, arrays, branches, roundings."""

from __future__ import annotations

from worksheets import ORDER, RIGHT, WEIGHTS, Table

from unforeseen.board import Board, board_of
from unforeseen.helping import array_formula, with_all
from unforeseen.kind import (
    FOUND,
    NOTICED,
    cells,
    wrong,
)


@wrong()
def sign_within_if() -> Board:
    """Updates are guarded by IF(x="","",…) and add the gradient."""
    table = Table()
    for weight in WEIGHTS:
        inner = f"{{{weight}[-1]}}+{{eta}}*{{dE/d{weight}[-1]}}"
        table = table.changed(weight, f'=IF({{{weight}[-1]}}="","",{inner})')
    return board_of(table)


@wrong()
def sign_within_offset() -> Board:
    """The update of w5 takes the row above by OFFSET and adds the gradient."""
    formula = "=OFFSET({t1[-1]},0,12)+{eta}*{dE/dw5[-1]}"
    return board_of(Table().changed("w5", formula))


@wrong()
def sign_within_iferror() -> Board:
    """Gradients are guarded by IFERROR, one of them of t - a."""
    formula = RIGHT["dE/dw6"].replace("{a_o1}-{t1}", "{t1}-{a_o1}")
    return board_of(Table().changed("dE/dw6", f'=IFERROR({formula[1:]},"")'))


@wrong()
def sign_in_one_array() -> Board:
    """The gradients of w5 and w6 are one array formula, with t - a."""
    forward = [name for name in ORDER if name not in ("h1", "a_h1", "h2", "a_h2")]
    order = (*forward[:8], "h1", "h2", "a_h1", "a_h2", *forward[8:])
    board = board_of(Table(order=order))
    for step in range(8):
        row = 32 + step
        for name in ("dE/dw5", "dE/dw6"):
            board.set(name, step, None)
        text = f"=(A{row}-R{row})*R{row}*(1-R{row})*K{row}:L{row}"
        board.finish.append(array_formula(f"AB{row}:AC{row}", text))
    return board


@wrong()
def sign_in_array_cells() -> Board:
    """Each ∂E/∂w5 is an array formula of its own, with t - a."""
    board = board_of(Table())
    for step in range(8):
        row = 32 + step
        text = f"=(A{row}-R{row})*R{row}*(1-R{row})*J{row}"
        board.finish.append(array_formula(f"AB{row}", text))
    return board


@wrong(FOUND | {"correct"})
def shown_to_digits() -> Board:
    """Every activation is rounded to two digits by ROUND: a remark at least."""
    table = Table()
    for name in ("a_h1", "a_h2", "a_o1", "a_o2"):
        table = table.changed(name, f"=ROUND({RIGHT[name][1:]},2)")
    return board_of(table)


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
