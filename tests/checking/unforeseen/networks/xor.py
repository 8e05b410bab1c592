"""XOR with deltas, biases and several samples."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from unforeseen.board import Board, Key
from unforeseen.descent import (
    Numbers,
    Run,
    gradients,
)
from unforeseen.helping import agrees_as_typed
from unforeseen.kind import (
    NOT_JUDGED,
    NOTICED,
    cells,
    right,
    wrong,
)
from unforeseen.layouts.tables import rate, table
from unforeseen.witness import sigmoid

XOR = ((0.0, 0.0, 0.0), (0.0, 1.0, 1.0), (1.0, 0.0, 1.0), (1.0, 1.0, 0.0))


PARAMETERS = ("w1", "w2", "w3", "w4", "w5", "w6", "b1", "b2", "b3")


START = {
    "w1": 0.5,
    "w2": -0.4,
    "w3": 0.9,
    "w4": 1.0,
    "w5": -1.2,
    "w6": 1.1,
    "b1": 0.1,
    "b2": -0.2,
    "b3": 0.3,
}


XOR_FORMULAS: Mapping[str, str] = {
    "h1": "={w1}*{i1}+{w2}*{i2}+{b1}",
    "h2": "={w3}*{i1}+{w4}*{i2}+{b2}",
    "a_h1": "=1/(1+EXP(-{h1}))",
    "a_h2": "=1/(1+EXP(-{h2}))",
    "o": "={w5}*{a_h1}+{w6}*{a_h2}+{b3}",
    "y": "=1/(1+EXP(-{o}))",
    "E": "=0.5*({t}-{y})^2",
    "δ_o": "=({y}-{t})*{y}*(1-{y})",
    "δ_h1": "={δ_o}*{w5}*{a_h1}*(1-{a_h1})",
    "δ_h2": "={δ_o}*{w6}*{a_h2}*(1-{a_h2})",
    "dE/dw1": "={δ_h1}*{i1}",
    "dE/dw2": "={δ_h1}*{i2}",
    "dE/dw3": "={δ_h2}*{i1}",
    "dE/dw4": "={δ_h2}*{i2}",
    "dE/dw5": "={δ_o}*{a_h1}",
    "dE/dw6": "={δ_o}*{a_h2}",
    "dE/db1": "={δ_h1}",
    "dE/db2": "={δ_h2}",
    "dE/db3": "={δ_o}",
}


def xor_forward(n: Mapping[str, Any]) -> Numbers:
    """Return the forward pass of the 2-2-1 network with biases."""
    h1 = n["w1"] * n["i1"] + n["w2"] * n["i2"] + n["b1"]
    h2 = n["w3"] * n["i1"] + n["w4"] * n["i2"] + n["b2"]
    a1, a2 = sigmoid(h1), sigmoid(h2)
    o = n["w5"] * a1 + n["w6"] * a2 + n["b3"]
    y = sigmoid(o)
    error = 0.5 * (n["t"] - y) ** 2
    found = {"h1": h1, "h2": h2, "a_h1": a1, "a_h2": a2, "o": o, "y": y}
    return found | {"E": error, "E_total": error}


def xor_run(samples_a_step: int) -> Run:
    """Return the run that takes the samples in turns, or means of all before each update."""

    def run(given: Mapping[str, float], steps: int) -> dict[Key, float]:
        numbers: Numbers = dict(given)
        found: dict[Key, float] = {}
        for step in range(steps):
            sums = dict.fromkeys(PARAMETERS, 0.0)
            for s in range(samples_a_step):
                sample = XOR[step % 4 if samples_a_step == 1 else s]
                numbers |= dict(zip(("i1", "i2", "t"), sample, strict=True))
                numbers |= xor_forward(numbers)
                own = gradients(xor_forward, numbers, PARAMETERS)
                mark = "" if samples_a_step == 1 else f"~{s}"
                found |= {(name + mark, step): v for name, v in (numbers | own).items()}
                for name in PARAMETERS:
                    sums[name] += own[f"dE/d{name}"] / samples_a_step
            for name in PARAMETERS:
                found[name, step] = numbers[name]
                found[f"mean {name}", step] = sums[name]
                numbers[name] -= numbers["eta"] * sums[name]
        return found

    return run


COLUMNS = ("i1", "i2", "t", *PARAMETERS, *XOR_FORMULAS)


def xor(
    formulas: Mapping[str, str] = XOR_FORMULAS, steps: int = 12, names: tuple[str, ...] = COLUMNS
) -> Board:
    """Each row is a sample of XOR; δ and gradients have columns; biases are trained."""
    board = rate(table(Board(), names=names, steps=steps))
    board.values |= START | {"eta": 0.5}
    updates = {p: f"={{{p}[-1]}}-{{eta}}*{{dE/d{p}[-1]}}" for p in PARAMETERS}
    board.standard(dict(formulas) | updates, given=())
    for step in range(steps):
        for name, value in zip(("i1", "i2", "t"), XOR[step % 4], strict=True):
            board.set(name, step, value)
    return board


@right(NOT_JUDGED, proof=lambda b: agrees_as_typed(b, xor_run(1)))
def xor_in_turns() -> Board:
    """XOR with two hidden neurons, biases and deltas, a sample in each row."""
    return xor()


@right(NOT_JUDGED, proof=lambda b: agrees_as_typed(b, xor_run(1)))
def xor_across() -> Board:
    """The same with a column for each sample."""
    board = Board()
    board.values |= START | {"eta": 0.5}
    for number, name in enumerate(COLUMNS):
        board.text(5 + number, 1, name)
        for step in range(8):
            board.at(name, step, 5 + number, 2 + step)
    board.at("eta", 0, 2, 2)
    board.put("A2", "learning rate")
    updates = {p: f"={{{p}[-1]}}-{{eta}}*{{dE/d{p}[-1]}}" for p in PARAMETERS}
    board.standard(dict(XOR_FORMULAS) | updates, given=())
    for step in range(8):
        for name, value in zip(("i1", "i2", "t"), XOR[step % 4], strict=True):
            board.set(name, step, value)
    return board


def _fails(board: Board) -> bool:
    return not agrees_as_typed(board, xor_run(1))


@wrong(
    NOTICED,
    proof=_fails,
    at=cells("dE/dw3 dE/dw4 dE/db2", range(12)),
    also=cells("δ_h2", range(12)),
)
def xor_wrong_path() -> Board:
    """XOR where the delta of the second hidden neuron comes by way of w5."""
    return xor(dict(XOR_FORMULAS) | {"δ_h2": "={δ_o}*{w5}*{a_h2}*(1-{a_h2})"})


@wrong(
    NOTICED,
    proof=_fails,
    at=cells("E", range(12)),
    also=cells("δ_o δ_h1 δ_h2 dE/dw1 dE/dw2 dE/dw3 dE/dw4 dE/dw5 dE/dw6 dE/db3", range(12)),
)
def xor_without_slope() -> Board:
    """XOR where δ_o has no slope, though the loss is the squared error."""
    return xor(dict(XOR_FORMULAS) | {"δ_o": "={y}-{t}"})


@wrong(NOTICED, proof=_fails, at=cells("w3", range(1, 12)))
def xor_stuck_weight() -> Board:
    """XOR where w3 is updated with the gradient of w4."""
    board = xor()
    board.fill("w3", range(1, 12), "={w3[-1]}-{eta}*{dE/dw4[-1]}")
    return board


@wrong(NOTICED, proof=_fails, at=cells("b2", range(5, 6)))
def xor_blank_bias() -> Board:
    """XOR with one empty cell among the biases."""
    board = xor()
    board.set("b2", 5, None)
    return board


@wrong(NOTICED, proof=_fails, at=cells("y", range(7, 8)))
def xor_typed_output() -> Board:
    """XOR with one output typed 1 % off."""
    board = xor()
    board.set("y", 7, 0.52)
    return board


def xor_batch(mean: str = "=AVERAGE({first}:{last})") -> Board:
    """Four rows for each epoch, one for each sample, and a row with the mean gradients."""
    board = rate(Board())
    board.values |= START | {"eta": 0.5}
    board.set("eta", 0, board.values["eta"])
    for number, name in enumerate(COLUMNS):
        board.text(10, 2 + number, name)
    board.text(10, 1, "epoch")
    for epoch in range(3):
        for s in range(4):
            row = 11 + 5 * epoch + s
            board.text(row, 1, epoch)
            for number, name in enumerate(COLUMNS):
                board.at(f"{name}~{s}", epoch, row, 2 + number)
                board.at(name, 4 * epoch + s, row, 2 + number)
        board.text(15 + 5 * epoch, 1, "mean")
    for epoch in range(3):
        for s in range(4):
            step = 4 * epoch + s
            for name, value in zip(("i1", "i2", "t"), XOR[s], strict=True):
                board.set(name, step, value)
            for name, formula in XOR_FORMULAS.items():
                board.set(name, step, formula)
            for name in PARAMETERS:
                _batch_weight(board, name, epoch, s, mean)
    kept = {k: p for k, p in board.where.items() if "~" in k[0] or k[0] == "eta"}
    for epoch in range(3):
        for name in PARAMETERS:
            kept[name, epoch] = board.where[f"{name}~0", epoch]
            _, row, column = board.where[f"dE/d{name}~3", epoch]
            kept[f"mean {name}", epoch] = (board.sheet, row + 1, column)
    board.where = kept
    return board


def _batch_weight(board: Board, name: str, epoch: int, s: int, mean: str) -> None:
    """Write a parameter of a sample: the first of an epoch is updated, the others repeat it."""
    step = 4 * epoch + s
    gradient = board.where[f"dE/d{name}~0", epoch]
    first = board.reference(gradient, board.sheet)
    last = board.reference((gradient[0], gradient[1] + 3, gradient[2]), board.sheet)
    board.cells[gradient[0], gradient[1] + 4, gradient[2]] = mean.format(first=first, last=last)
    if step == 0:
        board.set(name, 0, board.values[name])
    elif s:
        board.set(name, step, f"={{{name}[-1]}}")
    else:
        before = board.where[f"dE/d{name}~0", epoch - 1]
        text = board.reference((before[0], before[1] + 4, before[2]), board.sheet)
        board.set(name, step, f"={{{name}[-1]}}-{{eta}}*{text}")


@right(NOT_JUDGED, proof=lambda b: agrees_as_typed(b, xor_run(4)))
def xor_with_mean_gradient() -> Board:
    """A batch of four samples in each epoch; the mean of their gradients updates."""
    return xor_batch()


@right(NOT_JUDGED, proof=lambda b: agrees_as_typed(b, xor_run(4)))
def xor_with_sum_over_four() -> Board:
    """The same with SUM/4."""
    return xor_batch("=SUM({first}:{last})/4")


@wrong(NOTICED, proof=lambda b: not agrees_as_typed(b, xor_run(4)), at=cells("mean w1", range(3)))
def xor_with_three_of_four() -> Board:
    """The mean takes three of the four samples."""
    return xor_batch("=AVERAGE({first}:{last})".replace("{last}", "{first}"))
