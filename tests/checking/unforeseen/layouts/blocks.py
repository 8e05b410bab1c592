"""Layouts in blocks: lists, sheets for each step or layer, matrices, a row for each neuron."""

from __future__ import annotations

from worksheets import GRADIENTS, ORDER, WEIGHTS

from unforeseen.board import GIVEN, Board
from unforeseen.layouts.tables import STEPS, Formulas, rate, table


def form(board: Board, names: tuple[str, ...], top: int, left: int, step: int, label: str) -> None:
    """Put quantities below one another, their labels left of them."""
    for number, name in enumerate(names):
        board.text(top + number, left, label.format(name))
        board.at(name, step, top + number, left + 1)


def blocks_below(formulas: Formulas) -> Board:
    """Each iteration is a list of labelled cells; the lists stand below one another."""
    board = rate(Board(), 1, 2)
    for step in range(3):
        board.text(3 + 34 * step, 1, f"Iteration {step}")
        form(board, ORDER, 4 + 34 * step, 1, step, "{}")
    return board.standard(formulas)


def label_rows_below(formulas: Formulas) -> Board:
    """Each iteration is four rows of labels, each with its numbers below; they repeat downwards."""
    board = rate(Board(), 1, 2)
    for step in range(4):
        for number, name in enumerate(ORDER):
            row, column = 4 + 10 * step + 2 * (number // 8), 2 + number % 8
            board.text(row, column, name)
            board.at(name, step, row + 1, column)
    return board.standard(formulas)


def label_rows_on_sheets(formulas: Formulas) -> Board:
    """Each iteration has a sheet of its own, four rows of labels with numbers below."""
    board = rate(Board("Step 0"), 1, 2)
    for step in range(3):
        for number, name in enumerate(ORDER):
            row, column = 4 + 2 * (number // 8), 2 + number % 8
            board.text(row, column, name, f"Step {step}")
            board.at(name, step, row + 1, column, f"Step {step}")
    return board.standard(formulas)


def blocks_beside(formulas: Formulas) -> Board:
    """Each iteration is a list of labelled cells; the lists stand side by side."""
    board = rate(Board(), 1, 2)
    for step in range(4):
        board.text(3, 1 + 3 * step, f"Step {step}")
        form(board, ORDER, 4, 1 + 3 * step, step, "{}")
    return board.standard(formulas)


def sheet_per_iteration(formulas: Formulas) -> Board:
    """Each iteration has a sheet of its own, a list of labelled cells."""
    board = rate(Board("Iter 0"), 1, 2)
    for step in range(3):
        for number, name in enumerate(ORDER):
            board.text(3 + number, 1, name, f"Iter {step}")
            board.at(name, step, 3 + number, 2, f"Iter {step}")
    return board.standard(formulas)


LAYERS = {
    "Hidden": ("i1", "i2", "w1", "w2", "w3", "w4", "h1", "a_h1", "h2", "a_h2", *GRADIENTS[:4]),
    "Output": (
        *("t1", "t2", "w5", "w6", "w7", "w8", "o1", "a_o1", "o2", "a_o2"),
        *("E1", "E2", "E_total", *GRADIENTS[4:]),
    ),
}


def sheet_per_layer(formulas: Formulas) -> Board:
    """The hidden layer is calculated on one sheet, the output layer on another."""
    board = Board("Hidden")
    for sheet, names in LAYERS.items():
        table(board, header=4, names=names, sheet=sheet)
    board.at("eta", 0, 2, 2)
    board.put("A2", "η")
    return board.standard(formulas)


MATRICES = {
    ("w1", "w2", "w3", "w4"): (0, 4),
    ("w5", "w6", "w7", "w8"): (0, 7),
    GRADIENTS[:4]: (0, 10),
    GRADIENTS[4:]: (0, 13),
    ("h1", "h2"): (0, 16),
    ("a_h1", "a_h2"): (0, 18),
    ("o1", "o2"): (0, 20),
    ("a_o1", "a_o2"): (0, 22),
    ("E1", "E2"): (0, 24),
}


TITLES = ("W1", "W2", "∂E/∂W1", "∂E/∂W2", "h", "a_h", "o", "a_o", "E")


def matrices(formulas: Formulas) -> Board:
    """Weights and gradients as 2×2 matrices, sums as columns, three rows for each iteration."""
    board = rate(Board(), 1, 2)
    for title, (_, column) in zip(TITLES, MATRICES.values(), strict=True):
        board.text(3, column, title)
    for name, column in (("i1", 1), ("i2", 1), ("t1", 2), ("t2", 2)):
        board.at(name, 0, 5 if name.endswith("1") else 6, column)
    board.put("A3", "x")
    board.put("B3", "t")
    board.put("Z3", "E total")
    for step in range(4):
        top = 5 + 3 * step
        for names, (_, column) in MATRICES.items():
            wide = 2 if len(names) == 4 else 1
            for number, name in enumerate(names):
                board.at(name, step, top + number // wide, column + number % wide)
        board.at("E_total", step, top, 26)
    return board.standard(formulas)


def row_per_neuron(formulas: Formulas) -> Board:
    """One row for each neuron: its weights, sum, activation and gradients, four rows a step."""
    board = rate(Board(), 1, 2)
    shown = ("step", "neuron", "in 1", "in 2", "weight 1", "weight 2", "net", "out", "target")
    for column, text in enumerate((*shown, "error", "∂E/∂weight 1", "∂E/∂weight 2", "E"), 1):
        board.text(3, column, text)
    neurons = (("h1", 1), ("h2", 3), ("o1", 5), ("o2", 7))
    for step in range(4):
        for number, (neuron, first) in enumerate(neurons):
            row = 4 + 4 * step + number
            board.text(row, 1, step)
            board.text(row, 2, neuron)
            board.at(f"w{first}", step, row, 5)
            board.at(f"w{first + 1}", step, row, 6)
            board.at(neuron, step, row, 7)
            board.at(f"a_{neuron}", step, row, 8)
            board.at(f"dE/dw{first}", step, row, 11)
            board.at(f"dE/dw{first + 1}", step, row, 12)
            if neuron[0] == "o":
                board.at(f"t{neuron[1]}", step, row, 9)
                board.at(f"E{neuron[1]}", step, row, 10)
        board.at("E_total", step, 4 + 4 * step, 13)
    board.at("i1", 0, 4, 3)
    board.at("i2", 0, 4, 4)
    return board.standard(formulas)


def unlabelled_form(formulas: Formulas) -> Board:
    """One iteration and the next weights, in blocks of cells without any label."""
    board = Board()
    board.at("eta", 0, 1, 8)
    spots = {("i1", "i2"): 1, ("w1", "w2", "w3", "w4"): 2, ("h1", "h2"): 4, ("a_h1", "a_h2"): 5}
    spots |= {("w5", "w6", "w7", "w8"): 6, ("o1", "o2"): 7, ("a_o1", "a_o2"): 8, ("t1", "t2"): 9}
    spots |= {("E1", "E2"): 10, ("E_total",): 11, GRADIENTS[:4]: 13, GRADIENTS[4:]: 14}
    for names, column in spots.items():
        for number, name in enumerate(names):
            board.at(name, 0, 3 + number, column)
    for number, weight in enumerate(WEIGHTS):
        board.at(weight, 1, 3 + number % 4, 16 + number // 4)
    return board.standard(formulas)


FORWARD = tuple(name for name in ORDER if name not in GRADIENTS)


def split_in_two(formulas: Formulas) -> Board:
    """Forward pass and backward pass are two tables side by side, each with iteration numbers."""
    board = table(Board(), names=FORWARD, left=2)
    table(board, names=GRADIENTS, left=28)
    for column in (1, 27):
        board.text(10, column, "Epoch")
        for step in range(STEPS):
            board.text(11 + step, column, step)
    board.text(9, 2, "Forward")
    board.text(9, 28, "Backward")
    return rate(board).standard(formulas)


def weights_table(formulas: Formulas) -> Board:
    """The weights have a sheet of their own, all else stands on another one."""
    board = table(Board("Run"), names=tuple(n for n in ORDER if n not in WEIGHTS))
    table(board, names=WEIGHTS, sheet="Weights")
    return rate(board).standard(formulas)


def data_elsewhere(formulas: Formulas) -> Board:
    """The inputs and targets of each iteration stand on a sheet of their own, in other rows."""
    board = table(Board("Run"), names=tuple(n for n in ORDER if n not in GIVEN))
    table(board, header=2, left=3, names=GIVEN, sheet="Data 2")
    return rate(board).standard(formulas)


def turned_sheets(formulas: Formulas) -> Board:
    """Iterations go across on two sheets, one for the values and one for the gradients."""
    board = rate(Board("Values"), 1, 2)
    for sheet, names, top in (("Values", FORWARD, 3), ("Backward", GRADIENTS, 6)):
        for number, name in enumerate(names):
            board.text(top + number, 1, name, sheet)
            for step in range(STEPS):
                board.at(name, step, top + number, 2 + step, sheet)
    return board.standard(formulas)


def stairs(formulas: Formulas) -> Board:
    """Each group of columns begins a row lower than the one before."""
    board = rate(Board())
    for number, name in enumerate(ORDER):
        lower = number // 8
        board.text(10 + lower, 1 + number, name)
        for step in range(STEPS):
            board.at(name, step, 11 + lower + step, 1 + number)
    return board.standard(formulas)


def snake(formulas: Formulas) -> Board:
    """Three iterations below one another, the next three right of them, headers repeated."""
    board = rate(Board())
    for part in range(2):
        for number, name in enumerate(ORDER):
            board.text(10, 1 + 33 * part + number, name)
            for step in range(3):
                board.at(name, 3 * part + step, 11 + step, 1 + 33 * part + number)
    return board.standard(formulas)
