"""Layouts with one table, as most people make it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from openpyxl.utils import get_column_letter
from worksheets import GIVEN, GRADIENTS, ORDER, RIGHT, WEIGHTS

from unforeseen.board import Board

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


def beside_another_run(formulas: Formulas) -> Board:
    """A second run beside the first takes inputs and targets there and has no columns for them."""
    board = table(Board(), names=ORDER)
    rate(board).standard(RIGHT)
    first = dict(board.cells)
    board.where = {key: place for key, place in board.where.items() if key[0] in GIVEN}
    table(board, left=45, names=tuple(name for name in ORDER if name not in GIVEN))
    rate(board, column=52).standard(formulas)
    board.cells |= first
    return board


def headers_of_two_runs(formulas: Formulas) -> Board:
    """Two runs side by side, the headers of both written again amid them, between blank rows.

    All rows take inputs and targets from the first one.
    """

    def row(step: int) -> int:
        return 11 + step + 3 * (step > 2)

    board = table(Board(), rows=row)
    rate(board).standard(_from_first_row(RIGHT))
    first = dict(board.cells)
    board.where = {}
    table(board, left=45, rows=row)
    rate(board, column=52).standard(_from_first_row(formulas))
    board.cells |= first
    for number, name in enumerate(ORDER):
        board.text(15, 1 + number, name)
        board.text(15, 45 + number, name)
    return board


def _from_first_row(formulas: Formulas) -> Formulas:
    """Return formulas that take what is given from the first row of their table."""
    return {name: re.sub(r"\{([it]\d)\}", r"{\1@0}", formula) for name, formula in formulas.items()}


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


def no_headers(formulas: Formulas) -> Board:
    """A table without any header."""
    return rate(table(Board(), headers=lambda _: "")).standard(formulas)


CROSSED = {
    "w1": "w11",
    "w2": "w12",
    "w3": "w21",
    "w4": "w22",
    "w5": "v11",
    "w6": "v12",
    "w7": "v21",
    "w8": "v22",
    "dE/dw1": "∂E/∂w11",
    "dE/dw2": "∂E/∂w12",
    "dE/dw3": "∂E/∂w21",
    "dE/dw4": "∂E/∂w22",
    "dE/dw5": "∂E/∂v11",
    "dE/dw6": "∂E/∂v12",
    "dE/dw7": "∂E/∂v21",
    "dE/dw8": "∂E/∂v22",
    "i1": "x1",
    "i2": "x2",
    "t1": "y1",
    "t2": "y2",
    "a_o1": "ŷ1",
    "a_o2": "ŷ2",
    "h1": "z1",
    "h2": "z2",
    "a_h1": "a1",
    "a_h2": "a2",
    "o1": "z3",
    "o2": "z4",
    "E1": "L1",
    "E2": "L2",
    "E_total": "L",
}


def crossed_names(formulas: Formulas) -> Board:
    """Weights are w11 … w22 and v11 … v22, sums z, activations a, predictions ŷ, loss L."""
    return rate(table(Board(), headers=CROSSED)).standard(formulas)


def start_block(formulas: Formulas) -> Board:
    """Inputs, targets and first weights stand labelled above; the first row takes them there."""
    board = rate(table(Board(), header=20), 18)
    board.standard(formulas)
    for number, name in enumerate(("i1", "i2", "t1", "t2", *WEIGHTS)):
        board.text(2 + number, 1, f"{name} =")
        board.text(2 + number, 2, board.values[name])
        for step in range(STEPS if name not in WEIGHTS else 1):
            board.set(name, step, f"=$B${2 + number}")
            board.where[name, step] = ("Sheet1", *board.where[name, step][1:])
    for number, name in enumerate(("i1", "i2", "t1", "t2", *WEIGHTS)):
        board.where[f"first {name}", 0] = ("Sheet1", 2 + number, 2)
    return board


def given_once(formulas: Formulas) -> Board:
    """Inputs and targets stand once, above the table, which has no columns for them."""
    board = Board()
    for number, name in enumerate(("i1", "i2", "t1", "t2")):
        board.text(2, 1 + 2 * number, name)
        board.at(name, 0, 2, 2 + 2 * number)
    table(board, names=tuple(n for n in ORDER if n[0] not in "it"))
    return rate(board).standard(formulas)


def rate_in_column(formulas: Formulas) -> Board:
    """Each row has its own cell for η, and updates take it from the row above."""
    board = table(Board(), names=("eta", *ORDER), headers={"eta": "η"})
    other = {w: formulas[w].replace("{eta}", "{eta[-1]}") for w in WEIGHTS}
    board.standard(dict(formulas) | other)
    return board
