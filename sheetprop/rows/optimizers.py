"""The runs of optimizers as lessons in rows: a row is one update of one or two parameters.

The gradient of a sheet of which nothing else is known is given, since it may be that of any
function. In a workbook of the lesson it is that of a straight line's loss at so many points.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from functools import lru_cache

from sheetprop.maths.trees.expr import Expr
from sheetprop.maths.trees.walk import names
from sheetprop.rows.optimizer_trees import (
    GIVEN,
    LOSS,
    OPTIMIZERS,
    PARAMETERS,
    columns,
    gradient,
    network_columns,
)
from sheetprop.rows.row_lesson import Draw, RowLesson, RowQuantity

NAME, ON_NETWORK = "optimizers", "descent"
_STEP = RowQuantity("step", (r"t", r"k", r"step", r"iter(?:ation)?", r"update", r"schritt", r"चरण"))
_ETA = RowQuantity(
    "rate", (r"eta", r"lr", r"alpha", r"learningrate", r"stepsize", r"lernrate"), is_once=True
)
_SETTINGS = {
    "mu": (r"mu", r"momentum", r"beta", r"β"),
    "alpha": (r"α", r"alpha", r"rho", r"ρ", r"decayrate"),
    "beta1": (r"β1", r"beta1", r"b1"),
    "beta2": (r"β2", r"beta2", r"b2"),
    "epsilon": (r"ε", r"ϵ", r"eps(?:ilon)?"),
    "lambda": (r"lambda", r"λ", r"wd", r"weightdecay", r"decay"),
}
_OF_ONE = r"(?:w|x|θ|theta|weight|param(?:eter)?)?"
_HAT = r"(?:\u0302|hat|corr(?:ected)?|\^)"


def _headers(name: str) -> tuple[str, ...]:
    """Return the spellings of a quantity of one of the parameters."""
    for p, own in zip(PARAMETERS, (_OF_ONE, "b"), strict=True):
        spelt = {
            gradient(p): (rf"g{own}", rf"grad(?:ient)?{own}", rf"d[a-z]{{1,4}}/d{own or p}"),
            f"m_{p}": (rf"m{own}", rf"(?:velocity|buf(?:fer)?){own}"),
            f"v_{p}": (rf"v{own}", rf"s{own}"),
            f"mhat_{p}": (rf"m{_HAT}{own}", rf"m{own}{_HAT}"),
            f"vhat_{p}": (rf"v{_HAT}{own}", rf"v{own}{_HAT}"),
            p: (own.removesuffix("?"),),
        }
        if name in spelt:
            return spelt[name]
    return (name.lower(),)


def _drawn_step(chance: random.Random) -> float:
    return float(chance.randrange(1, 6))


def _start(chance: random.Random) -> float:
    return chance.uniform(-1.5, 1.5)


def _spread(chance: random.Random) -> float:
    return chance.uniform(-2.0, 2.0)


def _share(chance: random.Random) -> float:
    return chance.uniform(0.1, 0.9)


_FIRST: Mapping[str, float | Draw] = {"velocity": 0.0, "weight": _start, "error": _spread}
_OF_NETWORK: Mapping[str, float | Draw] = {**_FIRST, "sum": _spread, "activation": _share}


@lru_cache(maxsize=64)
def optimizer(key: str, points: int = 0) -> RowLesson:
    """Return the run of an optimizer, on a loss of so many points; 0 where that is not known."""
    found = [
        column for column in columns(key, max(points, 1)) if points or not _of_loss(column.name)
    ]
    stated = [
        RowQuantity(
            column.name,
            _headers(column.name),
            None if not points and column.kind == "gradient" else column.tree,
            first=_FIRST.get(column.kind),
        )
        for column in found
    ]
    used = {leaf.name for column in stated if column.tree for leaf in names(column.tree)}
    step = RowQuantity(_STEP.name, _STEP.headers, draw=_drawn_step)
    once = [
        RowQuantity(name, spelt, is_once=True) for name, spelt in _SETTINGS.items() if name in used
    ]
    for axis in "xy":
        once += [
            RowQuantity(f"{axis}{k}", (f"{axis}{k}",), draw=_spread, is_once=True)
            for k in range(1, points + 1)
        ]
    needed = [frozenset({name}) for name in ("w", gradient("w"), *_kept(key))]
    return RowLesson(NAME, (step, _ETA, *once, *stated), tuple(needed), key="step")


@lru_cache(maxsize=16)
def on_network(key: str) -> RowLesson:
    """Return the run of an optimizer on the classic network."""
    stated = [
        RowQuantity(
            column.name, _spelt(column.name), column.tree, first=_OF_NETWORK.get(column.kind)
        )
        for column in network_columns(key)
    ]
    used = {leaf.name for column in stated if column.tree for leaf in names(column.tree)}
    once = [RowQuantity(n, spelt, is_once=True) for n, spelt in _SETTINGS.items() if n in used]
    once += [RowQuantity(name, (name,), draw=_share, is_once=True) for name in GIVEN]
    step = RowQuantity(_STEP.name, _STEP.headers, draw=_drawn_step)
    kept = [name.replace("_w", "_w1") for name in _kept(key)]
    needed = [frozenset({name}) for name in ("w1", gradient("w1"), *kept)]
    return RowLesson(ON_NETWORK, (step, _ETA, *once, *stated), tuple(needed), key="step")


def _spelt(name: str) -> tuple[str, ...]:
    """Return the spellings of a quantity of one of the weights, or of the network."""
    first, _, weight = name.partition("_")
    if first in ("mhat", "vhat"):
        return (rf"{first[0]}{_HAT}{weight}", rf"{first[0]}{weight}{_HAT}")
    if name.startswith("d"):
        by = name.partition("/d")[2]
        return (rf"d(?:l|e|etotal)/d{by}",)
    return ("l|etotal",) if name == LOSS else (name.lower().replace("_", ""),)


def _of_loss(name: str) -> bool:
    return name == LOSS or name[0] == "e"


def _kept(key: str) -> tuple[str, ...]:
    """Return what an optimizer keeps of the gradient of w, which every table of it has."""
    tree: Expr = next(column.tree for column in columns(key, 1) if column.name == "w")
    moments = {leaf.name[0] for leaf in names(tree) if leaf.name[0] in "mv" and "_" in leaf.name}
    return tuple(f"{moment}_w" for moment in sorted(moments))


RUNS: tuple[RowLesson, ...] = tuple(optimizer(key) for key in OPTIMIZERS)
"""The run of every optimizer, where nothing is known of the loss."""


def runs_on_points(points: int) -> tuple[RowLesson, ...]:
    """Return the run of every optimizer on a loss of so many points."""
    return tuple(optimizer(key, points) for key in OPTIMIZERS)


def runs_on_network() -> tuple[RowLesson, ...]:
    """Return the run of every optimizer on the classic network."""
    return tuple(on_network(key) for key in OPTIMIZERS)
