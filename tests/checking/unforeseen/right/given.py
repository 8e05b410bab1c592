"""Right worksheets whose inputs, weights and rates come from elsewhere, or vary."""

from __future__ import annotations

from worksheets import ORDER, WEIGHTS, Table

from unforeseen.board import Board, board_of
from unforeseen.helping import UNDECIDED, with_all
from unforeseen.kind import (
    right,
)
from unforeseen.layouts.tables import rate, table


def _carried(pattern: str) -> Board:
    table = Table()
    for name in ("i1", "i2", "t1", "t2"):
        table = table.changed(name, pattern.replace("{}", f"{{{name}[-1]}}"), range(1, 8))
    return board_of(table)


@right()
def inputs_times_one() -> Board:
    """Inputs and targets are carried on by =A49*1."""
    return _carried("={}*1")


@right()
def inputs_by_if() -> Board:
    """Inputs and targets are carried on by IF."""
    return _carried('=IF({}="","",{})')


@right()
def inputs_by_if_else() -> Board:
    """Inputs and targets are carried on by IF(cell>0,cell,cell)."""
    return _carried("=IF({}>0,{},{})")


@right()
def first_weight_elsewhere() -> Board:
    """First weights stand on another sheet, and the second row refers there."""
    board = board_of(Table())
    for number, weight in enumerate(WEIGHTS):
        board.put(f"A{2 + number}", weight, "Start")
        board.put(f"B{2 + number}", board.values[weight], "Start")
        board.set(weight, 0, f"=Start!B{2 + number}")
        formula = f"=Start!B{2 + number}-{{eta}}*{{dE/d{weight}[-1]}}"
        board.set(weight, 1, formula)
    return board


@right(UNDECIDED)
def rate_times_two_cells() -> Board:
    """η is the product of a cell and a factor of one beside it."""
    changes = {w: f"={{{w}[-1]}}-{{eta}}*$I$30*{{dE/d{w}[-1]}}" for w in WEIGHTS}
    return board_of(with_all(changes), further={"H30": "factor", "I30": 1})


@right(UNDECIDED)
def rate_as_percent() -> Board:
    """η is typed in percent, and updates divide it by 100."""
    changes = {w: f"={{{w}[-1]}}-{{eta}}/100*{{dE/d{w}[-1]}}" for w in WEIGHTS}
    board = board_of(with_all(changes, rate=50.0, rate_label="η in %"))
    board.where.pop(("eta", 0))
    return _with_rate(board, 0.5)


def _with_rate(board: Board, rate: float) -> Board:
    """Give the board a cell far away that says what η comes to, for the witness alone."""
    board.cells["Sheet1", 300, 300] = rate
    board.where["eta", 0] = ("Sheet1", 300, 300)
    for weight in WEIGHTS:
        board.where = {k: v for k, v in board.where.items() if k[0] != weight or k[1] == 0}
    return board


@right()
def rate_calculated() -> Board:
    """η is =1/2."""
    board = board_of(Table(rate=0.5))
    board.cells[board.where["eta", 0]] = "=1/2"
    return board


@right()
def targets_true_and_false() -> Board:
    """Targets are 1 and 0, inputs 1 and 0."""
    return board_of(Table(targets=(1.0, 0.0), inputs=(1.0, 0.0)))


@right()
def all_weights_alike() -> Board:
    """All weights begin with 0.5, both inputs and targets are the same."""
    return board_of(Table(weights=(0.5,) * 8, targets=(0.5, 0.5), inputs=(0.1, 0.1)))


@right()
def weights_of_zero() -> Board:
    """All weights begin with 0."""
    return board_of(Table(weights=(0.0,) * 8))


@right(proof="as typed")
def samples_by_row() -> Board:
    """Each row is another sample: inputs and targets vary, weights are trained on."""
    board = board_of(Table())
    for step in range(8):
        for name, value in (("i1", 0.1), ("i2", 0.4), ("t1", 0.05), ("t2", 0.9)):
            board.set(name, step, round(value + 0.06 * (step % 4), 2))
    return board


@right(proof="as typed")
def two_samples_in_turns() -> Board:
    """Two samples take turns."""
    board = board_of(Table())
    for step in range(8):
        first = step % 2 == 0
        for name, value in (("i1", 0.05), ("i2", 0.1), ("t1", 0.01), ("t2", 0.99)):
            board.set(name, step, value if first else round(1 - value, 2))
    return board


@right()
def single_row() -> Board:
    """One iteration only, no update at all."""
    return board_of(Table(iterations=1))


@right()
def two_rows_only() -> Board:
    """Two iterations."""
    return board_of(Table(iterations=2))


@right(answers=UNDECIDED)
def text_numbers() -> Board:
    """First weights are texts of digits, which Excel takes for numbers."""
    board = board_of(Table())
    board.where.pop(("w1", 0))
    row, column = 32, 5
    board.cells["Sheet1", row, column] = "0.15"
    board.where = {k: v for k, v in board.where.items() if k[1] > 50}
    return board


@right()
def inputs_by_chain() -> Board:
    """Inputs come by way of two other sheets."""
    table = Table()
    for number, name in enumerate(("i1", "i2", "t1", "t2")):
        table = table.changed(name, f"=Problem!B{2 + number}", range(8))
    board = board_of(table)
    for number, name in enumerate(("i1", "i2", "t1", "t2")):
        board.put(f"A{2 + number}", name, "Problem")
        board.put(f"B{2 + number}", f"='Raw data'!D{5 + number}", "Problem")
        board.put(f"D{5 + number}", board.values[name], "Raw data")
        for step in range(8):
            board.where.pop((name, step))
        board.where[name, 0] = ("Raw data", 5 + number, 4)
    return board


@right()
def inputs_only_elsewhere() -> Board:
    """Formulas take inputs and targets from another sheet; the table has no columns for them."""
    board = table(Board(), names=tuple(n for n in ORDER if n[0] not in "it"))
    for number, name in enumerate(("i1", "i2", "t1", "t2")):
        board.put(f"A{2 + number}", name, "Problem")
        board.at(name, 0, 2 + number, 2, "Problem")
    return rate(board).standard()


@right()
def two_runs_in_one_sheet() -> Board:
    """Two tables side by side; the right one takes inputs and first weights of the left one."""
    other = Table(first_line=35, rate=0.5, rate_cell=(30, 45))
    left = Table()
    for name in ("t1", "t2", "i1", "i2"):
        for step in range(8):
            other = other.changed(name, f"={left.address(name, step)}", (step,))
    for weight in WEIGHTS:
        other = other.changed(weight, f"={left.address(weight, 0)}", (0,))
    return board_of(left, other)
