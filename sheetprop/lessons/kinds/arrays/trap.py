"""The trap of one batch normalisation for two layers: their statistics run into one another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sheetprop.lessons.kinds.arrays.grids import ArraySheet
from sheetprop.maths.trees.expr import Call, Expr
from sheetprop.maths.trees.windows import Index, element
from sheetprop.validate import Problem, Reader, numbers, part, whole_number
from sheetprop.words import Words
from sheetprop.workbooks.sheet import Sheet

MOST_STEPS = 200


def _steps(value: object) -> int:
    return min(whole_number(value), MOST_STEPS)


def _two(value: object) -> tuple[float, float]:
    found = numbers(value)
    if len(found) != 2:
        raise Problem("must be two numbers, one for each layer")
    return found[0], found[1]


TRAP_SECTION: Mapping[str, Reader] = {
    "means": _two,
    "variances": _two,
    "momentum": part,
    "steps": _steps,
}


@dataclass(frozen=True, slots=True)
class Trap:
    """Mean and variance of what comes out of two layers, and the steps of training.

    `momentum` is the share of the new in the running statistics.
    """

    means: tuple[float, float]
    variances: tuple[float, float]
    momentum: float
    steps: int


def trees(steps: int) -> Mapping[str, dict[Index, Expr]]:
    """Return the running statistics after each step, shared and own, and what evaluation makes.

    Columns of ``run``: the shared mean and variance, then those of the first and the second layer;
    the shared ones take in the first layer and then the second, in each step.
    """
    share = element("momentum", 0, 0)

    def after(old: Expr, layer: int, what: int) -> Expr:
        return (1 - share) * old + share * element("layers", layer, what)

    run: dict[Index, Expr] = {}
    for row in range(1, steps + 1):
        for what in (0, 1):
            run[row, what] = after(after(element("run", row - 1, what), 0, what), 1, what)
            for layer in (0, 1):
                column = 2 + 2 * layer + what
                run[row, column] = after(element("run", row - 1, column), layer, what)
    return {"run": run, "seen": _seen(steps)}


def _seen(last: int) -> dict[Index, Expr]:
    """Return mean and deviation of each layer's numbers as evaluation normalises them."""
    found: dict[Index, Expr] = {}
    for layer in (0, 1):
        for column, first in ((0, 0), (2, 2 + 2 * layer)):
            variance = element("run", last, first + 1) + element("epsilon", 0, 0)
            off = element("layers", layer, 0) - element("run", last, first)
            found[layer, column] = off / Call("SQRT", (variance,))
            found[layer, column + 1] = Call("SQRT", (element("layers", layer, 1) / variance,))
    return found


def _told(trap: Trap, words: Words) -> str:
    return words("normalisation_steps", steps=trap.steps)


def trap_sheet(trap: Trap, epsilon: float, words: Words, variant: str) -> Sheet:
    """Return the sheet of the trap."""
    single = frozenset({"momentum", "epsilon", "layers"})
    own = ArraySheet(words["normalisation_sheet_trap"], words, variant, single)
    own.open(
        words["normalisation_title_trap"], words["normalisation_about_trap"], _told(trap, words)
    )
    layers = [words("normalisation_layer", number=k) for k in (1, 2)]
    both = [words["normalisation_mean"], words["normalisation_variance"]]
    grid = own.place("layers", words["normalisation_layers"], layers, both)
    own.typed(grid, [*zip(trap.means, trap.variances, strict=True)])
    for name, value in (("momentum", trap.momentum), ("epsilon", epsilon)):
        own.typed(own.place(name, words[f"normalisation_{name}"], [""], [""]), [[value]])
    names = [words["normalisation_shared"], *layers]
    heads = [f"{name}: {text}" for name in names for text in both]
    made = trees(trap.steps)
    ways = [words["normalisation_with_shared"], words["normalisation_with_own"]]
    deviation = words["normalisation_deviation"]
    columns = [f"{way}: {text}" for way in ways for text in (both[0], deviation)]
    seen = own.place("seen", words["normalisation_seen"], layers, columns)
    rows = [words("normalisation_step", number=k) for k in range(trap.steps + 1)]
    run = own.place("run", words["normalisation_run"], rows, heads)
    own.typed(run, [[0.0, 1.0] * 3])
    own.calculated(run, made["run"])
    own.calculated(seen, made["seen"])
    for place in (seen, run):
        for column in range(place.columns):
            own.page.styles[place.top + 1, place.at(0, column)[1]] = "head"
        own.page.heights[place.top + 1] = 58
    return own.sheet()
