"""Which cells of a worksheet are wrong: what formualizer calculates, held against NumPy.

Nothing of the package's own judgement is used. Every number is computed again from the other
numbers of the sheet, so that what follows from a wrong cell is not wrong itself; the gradients'
formulas are those of a forward pass differentiated by complex steps.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import formualizer as fz
import numpy as np
from openpyxl.utils import get_column_letter

from unforeseen.board import GIVEN, WEIGHTS, Board, Key, Place

HIDDEN = {"h1": ("w1", "w2"), "h2": ("w3", "w4")}
OUTPUT = {"o1": ("w5", "w6"), "o2": ("w7", "w8")}
SCENARIOS = 2
TOLERANCE = 1e-9
Row = Callable[[str], Any]


def sigmoid(x: Any) -> Any:
    return 1 / (1 + np.exp(-x))


def loss(weights: Mapping[str, Any], row: Row) -> Any:
    """Return E_total of the 2-2-2 network; weights may be complex."""
    hidden = [sigmoid(sum(weights[w] * row(i) for w, i in zip(ws, ("i1", "i2"), strict=True)))
              for ws in HIDDEN.values()]  # fmt: skip
    out = [sigmoid(sum(weights[w] * a for w, a in zip(ws, hidden, strict=True)))
           for ws in OUTPUT.values()]  # fmt: skip
    return sum(0.5 * (row(t) - a) ** 2 for t, a in zip(("t1", "t2"), out, strict=True))


def slope(weight: str, row: Row) -> float:
    """Return ∂E_total/∂w by a complex step, exact to rounding, from weights, inputs and targets."""
    weights = {w: complex(row(w)) for w in WEIGHTS}
    weights[weight] += 1e-30j
    return float(np.imag(loss(weights, row)) / 1e-30)


def right_values(row: Row, before: Row) -> Iterator[tuple[str, Callable[[], float]]]:
    """Yield each computed quantity with what it is by the other numbers of its step."""
    for weight in WEIGHTS:
        yield weight, lambda w=weight: before(w) - before("eta") * before(f"dE/d{w}")
        yield f"dE/d{weight}", lambda w=weight: gradient(w, row)
    for sums, sources in ((HIDDEN, ("i1", "i2")), (OUTPUT, ("a_h1", "a_h2"))):
        for name, weights in sums.items():
            yield (
                name,
                lambda ws=weights, ss=sources: sum(
                    row(w) * row(s) for w, s in zip(ws, ss, strict=True)
                ),
            )
            yield f"a_{name}", lambda n=name: float(sigmoid(row(n)))
    for k in "12":
        yield f"E{k}", lambda k=k: 0.5 * (row(f"t{k}") - row(f"a_o{k}")) ** 2
    yield "E_total", lambda: row("E1") + row("E2")


def gradient(weight: str, row: Row) -> float:
    """Return ∂E_total/∂w from the numbers of the step, activations as they stand."""
    delta = {
        k: (row(f"a_o{k}") - row(f"t{k}")) * row(f"a_o{k}") * (1 - row(f"a_o{k}")) for k in "12"
    }
    number = int(weight[1])
    if number > 4:
        return delta["1" if number < 7 else "2"] * row("a_h1" if number % 2 else "a_h2")
    k = "1" if number < 3 else "2"
    arriving = delta["1"] * row("w5" if k == "1" else "w6")
    arriving += delta["2"] * row("w7" if k == "1" else "w8")
    return arriving * row(f"a_h{k}") * (1 - row(f"a_h{k}")) * row("i1" if number % 2 else "i2")


class MissingError(Exception):
    """A number is not there to calculate with."""


@dataclass
class Calculated:
    """A board's workbook as formualizer calculates it."""

    board: Board
    path: Path

    def __post_init__(self) -> None:
        config = fz.EvaluationConfig()
        config.enable_parallel = False
        self.engine: Any = fz.Workbook.from_path(
            str(self.path), config=fz.WorkbookConfig(eval_config=config)
        )
        self.engine.register_function("MMULT", _mmult, min_args=2, max_args=2)
        self._without_tables()
        self.engine.evaluate_all()

    def _without_tables(self) -> None:
        """Set formulas with references to a table's columns by addresses: the engine cannot."""
        for sheet, name, area, headers in self.board.tables:
            columns = {text: get_column_letter(area[1] + k) for k, text in enumerate(headers)}
            mark = re.compile(rf"{name}\[\[#This Row\],\[([^\]]+)\]\]")
            for (home, row, column), content in self.board.cells.items():
                if home == sheet and isinstance(content, str) and mark.search(content):
                    text = mark.sub(lambda m, r=row, c=columns: f"{c[m[1]]}{r}", content)
                    self.engine.set_formula(sheet, row, column, text)

    def at(self, place: Place) -> Any:
        """Return what a cell shows."""
        found = self.engine.get_value(*place)
        return float(found) if isinstance(found, int) and not isinstance(found, bool) else found

    def number(self, name: str, step: int) -> float:
        """Return a quantity's number.

        Raises:
            MissingError: there is none.

        """
        if (name, step) not in self.board.where and (name, 0) not in self.board.where:
            raise MissingError(name)
        if (name, step) not in self.board.where and name not in (*GIVEN, "eta"):
            raise MissingError(name)
        found = self.at(self.board.place(name, step))
        if not isinstance(found, float):
            raise MissingError(name)
        return found

    def set_inputs(self, seed: int) -> None:
        """Put other inputs, targets, first weights and a rate where numbers are typed."""
        draw = Random(seed)
        drawn = {n: draw.uniform(0.1, 0.9) for n in (*GIVEN, "eta", *WEIGHTS)}
        for (name, step), place in self.board.where.items():
            is_typed = isinstance(self.board.cells.get(place), float | int)
            if is_typed and (name in GIVEN or name == "eta" or (name in WEIGHTS and step == 0)):
                self.engine.set_value(*place, drawn[name])
        self.engine.evaluate_all()


def wrong_cells(board: Board, folder: Path, *, as_typed: bool = False) -> set[Key]:
    """Return the cells of a board that are not what they should be, for its numbers or others.

    `as_typed` looks at its own numbers only: for tables that are typed, or data that vary.
    """
    calculated = Calculated(board, board.save(folder))
    found: set[Key] = set(_wrong(calculated))
    for seed in range(0 if as_typed else SCENARIOS):
        calculated.set_inputs(seed)
        found |= set(_wrong(calculated))
    return found


def _wrong(calculated: Calculated) -> Iterator[Key]:
    where = calculated.board.where
    for step in sorted({step for _, step in where}):

        def row(name: str, step: int = step) -> float:
            return calculated.number(name, step)

        def before(name: str, step: int = step) -> float:
            if step == 0:
                raise MissingError(name)
            return calculated.number(name, step - 1)

        for name, right in right_values(row, before):
            if (name, step) not in where:
                continue
            try:
                expected = right()
            except MissingError:
                if step == 0 and name in WEIGHTS:
                    continue
                if calculated.at(where[name, step]) is None:
                    yield name, step
                continue
            found = calculated.at(where[name, step])
            if not isinstance(found, float) or not _same(found, expected):
                yield name, step
        yield from _empty_given(calculated, step)


def _empty_given(calculated: Calculated, step: int) -> Iterator[Key]:
    for name in (*GIVEN, "eta", *(WEIGHTS if step == 0 else ())):
        place = calculated.board.where.get((name, step))
        if place is not None and not isinstance(calculated.at(place), float):
            yield name, step


def _same(left: float, right: float) -> bool:
    return abs(left - right) <= TOLERANCE * max(abs(left), abs(right)) + 1e-300


def _mmult(left: object, right: object) -> object:
    return (np.array(left, float) @ np.array(right, float)).tolist()


def gradient_is_the_slope() -> bool:
    """Whether the gradients' formulas are the slopes of the loss, for some random numbers."""
    for seed in range(20):
        draw = Random(seed)
        numbers = {n: draw.uniform(-1, 1) for n in (*GIVEN, *WEIGHTS)}
        for name, ws in HIDDEN.items():
            numbers[f"a_{name}"] = sigmoid(
                sum(numbers[w] * numbers[i] for w, i in zip(ws, ("i1", "i2"), strict=True))
            )
        for name, ws in OUTPUT.items():
            numbers[f"a_{name}"] = sigmoid(
                sum(numbers[w] * numbers[a] for w, a in zip(ws, ("a_h1", "a_h2"), strict=True))
            )
        for weight in WEIGHTS:
            if not np.isclose(
                gradient(weight, numbers.__getitem__),
                slope(weight, numbers.__getitem__),
                rtol=1e-12,
            ):
                return False
    return True
