"""Gradient descent by NumPy for what is not the classic run: other losses, updates and data.

The gradient is that of the loss by complex steps: nobody has written a backward pass here.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from unforeseen.board import Board
from unforeseen.witness import Calculated, sigmoid

Numbers = dict[str, Any]
Forward = Callable[[Mapping[str, Any]], Numbers]
"""From weights and data to all quantities of the forward pass, E_total among them."""


def classic(n: Mapping[str, Any]) -> Numbers:
    """Return the forward pass of the 2-2-2 network."""
    found = outputs(n)
    found |= {f"E{k}": 0.5 * (n[f"t{k}"] - found[f"a_o{k}"]) ** 2 for k in "12"}
    return found | {"E_total": found["E1"] + found["E2"]}


def outputs(n: Mapping[str, Any]) -> Numbers:
    """Return sums and activations of the 2-2-2 network, with biases where there are any."""
    h1 = n["w1"] * n["i1"] + n["w2"] * n["i2"] + n.get("b1", 0)
    h2 = n["w3"] * n["i1"] + n["w4"] * n["i2"] + n.get("b1", 0)
    a1, a2 = sigmoid(h1), sigmoid(h2)
    o1 = n["w5"] * a1 + n["w6"] * a2 + n.get("b2", 0)
    o2 = n["w7"] * a1 + n["w8"] * a2 + n.get("b2", 0)
    found = {"h1": h1, "h2": h2, "a_h1": a1, "a_h2": a2, "o1": o1, "o2": o2}
    return found | {"a_o1": sigmoid(o1), "a_o2": sigmoid(o2)}


def mean_of_outputs(n: Mapping[str, Any]) -> Numbers:
    """Return the forward pass with the mean of the squared errors as loss."""
    found = outputs(n)
    found |= {f"E{k}": (n[f"t{k}"] - found[f"a_o{k}"]) ** 2 for k in "12"}
    return found | {"E_total": (found["E1"] + found["E2"]) / 2}


def softmax(n: Mapping[str, Any]) -> Numbers:
    """Return the forward pass with softmax outputs and cross-entropy."""
    found = outputs(n)
    total = np.exp(found["o1"]) + np.exp(found["o2"])
    found |= {f"a_o{k}": np.exp(found[f"o{k}"]) / total for k in "12"}
    found |= {f"E{k}": -n[f"t{k}"] * np.log(found[f"a_o{k}"]) for k in "12"}
    return found | {"E_total": found["E1"] + found["E2"]}


def cross_entropy(n: Mapping[str, Any]) -> Numbers:
    """Return the forward pass with binary cross-entropy."""
    found = outputs(n)
    for k in "12":
        a, t = found[f"a_o{k}"], n[f"t{k}"]
        found[f"E{k}"] = -(t * np.log(a) + (1 - t) * np.log(1 - a))
    return found | {"E_total": found["E1"] + found["E2"]}


def gradients(forward: Forward, n: Mapping[str, Any], weights: tuple[str, ...]) -> Numbers:
    """Return ∂E_total/∂w for all weights."""
    found = {}
    for weight in weights:
        moved = {**n, weight: complex(n[weight]) + 1e-30j}
        found[f"dE/d{weight}"] = float(np.imag(forward(moved)["E_total"]) / 1e-30)
    return found


Run = Callable[[Mapping[str, float], int], dict[tuple[str, int], float]]


def descent(
    forward: Forward, weights: tuple[str, ...], update: Callable[[Numbers, str], None] | None = None
) -> Run:
    """Return the run of plain gradient descent, or one with another update of the numbers."""

    def run(given: Mapping[str, float], steps: int) -> dict[tuple[str, int], float]:
        numbers: Numbers = dict(given)
        found: dict[tuple[str, int], float] = {}
        for step in range(steps):
            numbers |= forward(numbers)
            numbers |= gradients(forward, numbers, weights)
            found |= {(name, step): value for name, value in numbers.items()}
            found |= {(f"-{w}", step): -numbers[f"dE/d{w}"] for w in weights}
            numbers["step"] = step + 1
            for weight in weights:
                (update or _plain)(numbers, weight)
        return found

    return run


def _plain(n: Numbers, weight: str) -> None:
    n[weight] -= n["eta"] * n[f"dE/d{weight}"]


def proof(run: Run) -> Callable[[Board], bool]:
    """Return a test whether all of a board's numbers are those of a run, for other inputs too."""

    def holds(board: Board) -> bool:
        with tempfile.TemporaryDirectory() as folder:
            calculated = Calculated(board, board.save(Path(folder)))
            for seed in (None, 0, 1):
                if seed is not None:
                    calculated.set_inputs(seed)
                if not _agree(board, calculated, run):
                    return False
        return True

    return holds


def _agree(board: Board, calculated: Calculated, run: Run) -> bool:
    given = {}
    for (name, step), place in board.where.items():
        if step == 0 and not isinstance(calculated.at(place), str):
            given[name] = calculated.at(place)
    steps = 1 + max(step for _, step in board.where)
    typed = {
        n: v
        for n, v in given.items()
        if isinstance(board.cells.get(board.where[n, 0]), float | int)
    }
    expected = run(typed, steps)
    for key, place in board.where.items():
        if key in expected:
            found = calculated.at(place)
            if not isinstance(found, float) or not np.isclose(
                found, expected[key], rtol=1e-9, atol=1e-14
            ):
                return False
    return True
