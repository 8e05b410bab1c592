"""Layouts of the 2-2-2 network that people use or might use, each filled by the usual formulas.

Each is a function of the formulas, so that the same sheet is made right and wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from openpyxl.utils import get_column_letter
from worksheets import GRADIENTS, ORDER, RIGHT, WEIGHTS

from unforeseen.board import GIVEN, Board

Formulas = Mapping[str, str]
STEPS = 6


def table(
    board: Board,
    *,
    header: int = 10,
    left: int = 1,
    names: tuple[str, ...] = ORDER,
    headers: Mapping[str, str] | Callable[[str], str] | None = None,
    rows: Callable[[int], int] | None = None,
    sheet: str | None = None,
    steps: int = STEPS,
) -> Board:
    """Give the quantities columns under one row of headers; `rows` says where a step stands."""
    for number, name in enumerate(names):
        shown = headers(name) if callable(headers) else (headers or {}).get(name, name)
        if shown:
            board.text(header, left + number, shown, sheet)
        for step in range(steps):
            row = rows(step) if rows else header + 1 + step
            board.at(name, step, row, left + number, sheet)
    return board


def rate(board: Board, row: int = 8, column: int = 7, label: str | None = "η =") -> Board:
    """Give the learning rate a cell, and a label left of it."""
    board.at("eta", 0, row, column)
    if label is not None:
        board.text(row, column - 1, label)
    return board


def plain(formulas: Formulas) -> Board:
    """One table under its headers, η above it."""
    return rate(table(Board())).standard(formulas)


def newest_on_top(formulas: Formulas) -> Board:
    """The newest iteration is the first row, each row is computed from the one below it."""
    return rate(table(Board(), rows=lambda step: 16 - step)).standard(formulas)


def two_rows(formulas: Formulas) -> Board:
    """Two rows for each iteration: values, and below them the updated weights."""
    board = rate(table(Board(), rows=lambda step: 11 + 2 * step))
    board.standard({n: f for n, f in formulas.items() if n not in WEIGHTS})
    for step in range(STEPS):
        board.text(12 + 2 * step, 4, "update weights")
        for weight in WEIGHTS:
            row, column = board.place(weight, step)[1:]
            letter = get_column_letter(column)
            if step:
                board.text(row, column, f"={letter}{row - 1}")
            gradient = get_column_letter(board.place(f"dE/d{weight}", step)[2])
            sign = "+" if "+" in formulas[weight] else "-"
            board.text(row + 1, column, f"={letter}{row}{sign}$G$8*{gradient}{row}")
    return board


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


def gradients_elsewhere(formulas: Formulas) -> Board:
    """The gradients stand on a second sheet, one row for each iteration."""
    board = table(Board("Forward"), names=tuple(n for n in ORDER if n not in GRADIENTS))
    table(board, names=GRADIENTS, sheet="Gradients")
    return rate(board).standard(formulas)


def gradients_below(formulas: Formulas) -> Board:
    """The gradients are a second table below the first, with headers of their own."""
    board = table(Board(), names=tuple(n for n in ORDER if n not in GRADIENTS))
    table(board, header=30, names=GRADIENTS)
    return rate(board).standard(formulas)


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


def long_list(formulas: Formulas) -> Board:
    """One long list: a row for each quantity, a column for its name, then iterations across."""
    board = Board()
    for number, name in enumerate(ORDER):
        board.text(5 + number, 2, name)
        for step in range(STEPS):
            board.at(name, step, 5 + number, 4 + step)
    board.put("B2", "learning rate")
    board.at("eta", 0, 2, 3)
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


def chosen(names: tuple[str, ...], board: Board) -> dict[str, Any]:
    """Return the first values of quantities."""
    return {name: board.values[name] for name in names}


__all__ = ["GIVEN", "LAYERS", "RIGHT", "STEPS", "Formulas", "plain", "rate", "table"]
