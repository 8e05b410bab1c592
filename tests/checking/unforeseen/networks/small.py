"""Small things of other kinds: two samples, one neuron, a straight line, no network at all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from worksheets import GRADIENTS, ORDER, RIGHT, WEIGHTS

from unforeseen.board import Board, Key
from unforeseen.descent import (
    Numbers,
    classic,
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


def two_samples(formulas: Mapping[str, str] = RIGHT) -> Board:
    """Two samples of the classic network in two rows, updated by the mean of their gradients."""
    board = rate(table(Board(), steps=8))
    board.standard(formulas)
    for step in range(8):
        for name, values in (
            ("i1", (0.05, 0.6)),
            ("i2", (0.1, 0.3)),
            ("t1", (0.01, 0.8)),
            ("t2", (0.99, 0.2)),
        ):
            board.set(name, step, values[step % 2])
        for weight in WEIGHTS:
            if step % 2:
                board.set(weight, step, f"={{{weight}[-1]}}")
            elif step:
                g = f"{{dE/d{weight}[-1]}}+{{dE/d{weight}[-2]}}"
                board.set(weight, step, f"={{{weight}[-1]}}-{{eta}}*({g})/2")
    board.where = {k: p for k, p in board.where.items() if k[0] not in WEIGHTS or k[1] % 2 == 0}
    return board


def two_samples_run(given: Mapping[str, float], steps: int) -> dict[Key, float]:
    """Return the run of two samples with mean gradients."""
    numbers: Numbers = dict(given)
    found: dict[Key, float] = {}
    samples = (
        {"i1": 0.05, "i2": 0.1, "t1": 0.01, "t2": 0.99},
        {"i1": 0.6, "i2": 0.3, "t1": 0.8, "t2": 0.2},
    )
    for epoch in range(steps // 2):
        sums = dict.fromkeys(WEIGHTS, 0.0)
        for s, sample in enumerate(samples):
            numbers |= sample | classic(numbers | sample)
            own = gradients(classic, numbers, WEIGHTS)
            found |= {(name, 2 * epoch + s): value for name, value in (numbers | own).items()}
            for weight in WEIGHTS:
                sums[weight] += own[f"dE/d{weight}"] / 2
        for weight in WEIGHTS:
            numbers[weight] -= numbers["eta"] * sums[weight]
    return found


def _two(board: Board) -> bool:
    return agrees_as_typed(board, two_samples_run)


@right(NOT_JUDGED, proof=_two)
def two_samples_mean_gradient() -> Board:
    """Two samples in two rows, updated by the mean of their gradients."""
    return two_samples()


def neuron(slip: str = "") -> Board:
    """One sigmoid neuron with two inputs and a bias."""
    names = ("x1", "x2", "t", "w1", "w2", "b", "z", "a", "E", "dE/dw1", "dE/dw2", "dE/db")
    board = rate(table(Board(), names=names, steps=8))
    board.values |= {"x1": 0.3, "x2": 0.8, "t": 1.0, "w1": 0.2, "w2": -0.1, "b": 0.1, "eta": 0.5}
    formulas = {
        "z": "={w1}*{x1}+{w2}*{x2}+{b}",
        "a": "=1/(1+EXP(-{z}))",
        "E": "=0.5*({t}-{a})^2",
        "dE/dw1": "=({a}-{t})*{a}*(1-{a})*{x1}",
        "dE/dw2": f"=({{a}}-{{t}})*{{a}}*(1-{{a}})*{{x{slip or 2}}}",
        "dE/db": "=({a}-{t})*{a}*(1-{a})",
    }
    formulas |= {p: f"={{{p}[-1]}}-{{eta}}*{{dE/d{p}[-1]}}" for p in ("w1", "w2", "b")}
    return board.standard(formulas, given=("x1", "x2", "t"))


def _neuron(n: Mapping[str, Any]) -> Numbers:
    z = n["w1"] * n["x1"] + n["w2"] * n["x2"] + n["b"]
    return {
        "z": z,
        "a": sigmoid(z),
        "E": (n["t"] - sigmoid(z)) ** 2 / 2,
        "E_total": (n["t"] - sigmoid(z)) ** 2 / 2,
    }


def neuron_run(given: Mapping[str, float], steps: int) -> dict[Key, float]:
    from unforeseen.descent import descent

    return descent(_neuron, ("w1", "w2", "b"))(given, steps)


@right(NOT_JUDGED, proof=lambda b: agrees_as_typed(b, neuron_run))
def single_neuron() -> Board:
    """One sigmoid neuron."""
    return neuron()


@wrong(NOTICED, proof=lambda b: not agrees_as_typed(b, neuron_run), at=cells("dE/dw2", range(8)))
def single_neuron_slipped() -> Board:
    """One sigmoid neuron, ∂E/∂w2 with the first input."""
    return neuron("1")


def regression(factor: str = "2") -> Board:
    """A straight line fitted to five points by gradient descent, all in one row an iteration."""
    board = Board()
    for number, text in enumerate(("x", "y")):
        board.text(3, 1 + number, text)
    for k, (x, y) in enumerate(((0.1, 0.4), (0.3, 0.7), (0.5, 0.9), (0.7, 1.3), (0.9, 1.4))):
        board.text(4 + k, 1, x)
        board.text(4 + k, 2, y)
    for number, text in enumerate(("iteration", "m", "c", "MSE", "dMSE/dm", "dMSE/dc")):
        board.text(12, 1 + number, text)
    board.put("D1", "learning rate")
    board.put("E1", 0.3)
    x, y = "$A$4:$A$8", "$B$4:$B$8"
    for k in range(8):
        r = 13 + k
        board.text(r, 1, k)
        board.text(r, 2, f"=B{r - 1}-$E$1*E{r - 1}" if k else 0)
        board.text(r, 3, f"=C{r - 1}-$E$1*F{r - 1}" if k else 0)
        board.text(r, 4, f"=SUMPRODUCT((B{r}*{x}+C{r}-{y})^2)/5")
        board.where["E_total", k] = (board.sheet, r, 4)
        board.text(r, 5, f"={factor}*SUMPRODUCT((B{r}*{x}+C{r}-{y})*{x})/5")
        board.text(r, 6, f"={factor}*SUMPRODUCT(B{r}*{x}+C{r}-{y})/5")
    return board


@right(NOT_JUDGED, proof=lambda _: True)
def straight_line() -> Board:
    """Linear regression by gradient descent."""
    return regression()


@wrong(NOTICED, proof=lambda _: True, at=cells("E_total", range(8)))
def straight_line_without_two() -> Board:
    """Linear regression whose gradients have lost their 2: they are those of half the error."""
    return regression("1")


@right(NOT_JUDGED, proof=lambda _: True)
def mark_list() -> Board:
    """A list of marks with means, which has nothing to do with networks."""
    board = Board()
    for column, text in enumerate(("Name", "w1", "w2", "w3", "E", "total"), 1):
        board.text(2, column, text)
    for row in range(3, 12):
        board.text(row, 1, f"Student {row}")
        for column in (2, 3, 4):
            board.text(row, column, float(row % 5 + column))
        board.text(row, 5, f"=AVERAGE(B{row}:D{row})")
        board.text(row, 6, f"=SUM(B{row}:D{row})")
    return board


@wrong(NOTICED, proof=lambda _: True)
def only_headers() -> Board:
    """Headers in row 10, and nothing below them."""
    board = rate(Board())
    for column, name in enumerate(ORDER, 1):
        board.text(10, column, name)
    return board


@wrong(NOTICED, proof=lambda _: True)
def only_forward() -> Board:
    """The forward pass of one row; no gradients, no updates."""
    board = table(Board(), names=tuple(n for n in ORDER if n not in GRADIENTS), steps=1)
    return rate(board).standard()


@wrong(NOTICED, proof=lambda _: True)
def empty_sheet() -> Board:
    """A workbook in which nothing was written."""
    board = Board()
    board.put("A1", "homework")
    return board
