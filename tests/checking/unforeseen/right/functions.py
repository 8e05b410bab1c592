"""Right formulas by unusual functions: look-ups, guards, arrays, names, a typed e."""

from __future__ import annotations

from worksheets import COMPUTED, ORDER, RIGHT, WEIGHTS, Table

from unforeseen.board import Board, board_of
from unforeseen.helping import UNDECIDED, array_formula, with_all
from unforeseen.kind import (
    right,
)

SIGMOIDS = ("a_h1", "a_h2", "a_o1", "a_o2")


@right()
def euler_typed() -> Board:
    """e is typed as 2.71828 in all activations, which is a remark."""
    changes = {a: f"=1/(1+2.71828^-{{{a[2:]}}})" for a in SIGMOIDS}
    board = board_of(with_all(changes))
    board.where = {k: v for k, v in board.where.items() if k[0] not in SIGMOIDS}
    return board


@right()
def euler_in_a_cell() -> Board:
    """e stands in a cell as =EXP(1)."""
    changes = {a: f"=1/(1+$B$2^-{{{a[2:]}}})" for a in SIGMOIDS}
    return board_of(with_all(changes), further={"A2": "e", "B2": "=EXP(1)"})


@right(UNDECIDED, proof=lambda _: True)
def named_lambda() -> Board:
    """σ is a named LAMBDA."""
    changes = {a: f"=SIGMA({{{a[2:]}}})" for a in SIGMOIDS}
    board = board_of(with_all(changes))
    board.names["SIGMA"] = "_xlfn.LAMBDA(_xlpm.x,1/(1+EXP(-_xlpm.x)))"
    return board


@right(proof=lambda _: True)
def lambda_called_where_it_stands() -> Board:
    """σ is a LAMBDA without a name, called at once."""
    text = "=_xlfn.LAMBDA(_xlpm.x,1/(1+EXP(-_xlpm.x)))({{{}}})"
    return board_of(with_all({a: text.format(a[2:]) for a in SIGMOIDS}))


@right(UNDECIDED, proof=lambda _: True)
def let_formula() -> Board:
    """A gradient names its parts by LET."""
    text = "=_xlfn.LET(_xlpm.d,({a_o1}-{t1})*{a_o1}*(1-{a_o1}),_xlpm.d*{a_h1})"
    return board_of(with_all({"dE/dw5": text}))


def _by_lookup(text: str, name: str = "dE/dw5") -> Board:
    formula = RIGHT[name].replace("{a_h1}", text)
    return board_of(with_all({name: formula}))


@right(UNDECIDED)
def index_of_one_cell() -> Board:
    """∂E/∂w5 takes a_h1 by INDEX."""
    return _by_lookup("INDEX($J$32:{a_h1},ROW()-31)")


@right()
def index_of_its_row() -> Board:
    """∂E/∂w5 takes a_h1 by INDEX of its own row."""
    return _by_lookup("INDEX({i1}:{a_h2},1,8)")


@right(UNDECIDED)
def offset_of_one_cell() -> Board:
    """∂E/∂w5 takes a_h1 by OFFSET of h1."""
    return _by_lookup("OFFSET({h1},0,1)")


@right(UNDECIDED)
def choose_of_one_cell() -> Board:
    """∂E/∂w5 takes a_h1 by CHOOSE."""
    return _by_lookup("CHOOSE(1,{a_h1},{a_h2})")


@right(UNDECIDED)
def offsets_in_all_updates() -> Board:
    """Every update takes weight and gradient of the row above by OFFSET."""
    changes = {w: f"=OFFSET({{t1[-1]}},0,COLUMN()-1)-{{eta}}*{{dE/d{w}[-1]}}" for w in WEIGHTS}
    return board_of(with_all(changes))


@right(UNDECIDED)
def indirect_in_one_column() -> Board:
    """∂E/∂w5 takes a_h1 by INDIRECT."""
    return _by_lookup('INDIRECT("J"&ROW())')


@right()
def one_guarded_cell() -> Board:
    """Single cells are guarded by IFERROR, N and IF."""
    board = board_of(Table())
    board.set("w5", 3, f"=IFERROR({RIGHT['w5'][1:]},0)")
    board.set("dE/dw1", 4, f"=N({RIGHT['dE/dw1'][1:]})")
    board.set("a_h1", 2, f"=IF(ISNUMBER({{h1}}),{RIGHT['a_h1'][1:]},0)")
    board.set("E1", 5, f'=IF({{t1}}="","",{RIGHT["E1"][1:]})')
    return board


@right()
def guarded_columns() -> Board:
    """Every column is guarded by IF(first cell empty, "", …)."""
    changes = {n: f'=IF({{i1}}="","",{RIGHT[n][1:]})' for n in (*COMPUTED, *WEIGHTS)}
    return board_of(with_all(changes))


@right()
def in_arrays() -> Board:
    """h1 and h2 are array formulas of each row."""
    board = board_of(Table())
    for step in range(8):
        row = 32 + step
        board.finish.append(array_formula(f"I{row}", f"=SUM(E{row}:F{row}*C{row}:D{row})"))
        board.finish.append(array_formula(f"K{row}", f"=SUM(G{row}:H{row}*C{row}:D{row})"))
    return board


@right()
def sum_over_a_note() -> Board:
    """E_total is the SUM of three columns, the middle one holding a note."""
    names = (*ORDER[: ORDER.index("E2")], "note", *ORDER[ORDER.index("E2") :])
    board = board_of(
        with_all({"E_total": "=SUM({E1}:{E2})"}, order=names, helpers={"note": '="ok"'})
    )
    board.fill("note", range(8), "fine")
    return board


@right()
def powers_and_roots() -> Board:
    """Squares as POWER, products as PRODUCT, halves as /2."""
    changes = {
        "E1": "=POWER({t1}-{a_o1},2)/2",
        "E2": "=SQRT(({t2}-{a_o2})^4)/2",
        "dE/dw5": "=PRODUCT({a_o1}-{t1},{a_o1},1-{a_o1},{a_h1})",
        "h1": "=SUMPRODUCT({i1}:{i2},{w1}:{w2})",
    }
    return board_of(with_all(changes))


@right()
def formulas_with_spaces() -> Board:
    """Formulas with spaces, line breaks, plus signs and needless brackets."""
    changes = {n: RIGHT[n].replace("*", " * ").replace("=", "=+(", 1) + " )" for n in COMPUTED}
    return board_of(with_all(changes))


@right()
def dollars_everywhere() -> Board:
    """Every reference has dollars: each row was typed by hand."""
    board = board_of(Table())
    for name in (*COMPUTED, *WEIGHTS):
        for step in range(8):
            content = board.cells[board.where[name, step]]
            if isinstance(content, str):
                import re

                board.cells[board.where[name, step]] = re.sub(
                    r"(?<![$\w])([A-Z]{1,2})(\d+)", r"$\1$\2", content
                )
    return board
