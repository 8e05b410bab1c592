"""The runs of optimizers as lessons in rows: a row is one update of one or two parameters.

The gradient of a sheet of which nothing else is known is given, since it may be that of any
function. In a workbook of the lesson it is that of a straight line's loss at so many points.

Others put into a row what an update starts from, and perhaps what it comes to in a column beside
it, or take the gradient from the row before.
"""

from __future__ import annotations

import random
from collections.abc import Container, Mapping
from functools import lru_cache
from itertools import chain

from sheetprop.maths.trees.expr import Expr, Name
from sheetprop.maths.trees.walk import names, put, substitute
from sheetprop.rows.optimizer_headers import spelt, spelt_before, spelt_mean, spelt_on_network
from sheetprop.rows.optimizer_trees import (
    CHANGES,
    CONVENTIONS,
    GIVEN,
    OPTIMIZERS,
    PARAMETERS,
    Column,
    change,
    columns,
    gradient,
    kept,
    network_columns,
    of_loss,
    taken_away,
)
from sheetprop.rows.row_lesson import Draw, RowLesson, RowQuantity

NAME, ON_NETWORK = "optimizers", "descent"
ABOVE, BESIDE, FROM_ZERO = "above", "beside", "from zero"
"""Where the weights of a row's gradients stand, and from where the steps are counted there."""

_STEP = RowQuantity(
    "step", (r"t", r"k", r"step", r"iter(?:ation)?s?", r"update", r"epoch", r"schritt", r"चरण")
)
_ETA = RowQuantity(
    "rate",
    (r"eta|η", r"lr", r"alpha|α", r"rate", r"(?:initial)?learningrate", r"stepsize", r"lernrate"),
    is_once=True,
)
_SETTINGS = {
    "mu": (r"mu", r"momentum", r"beta", r"β"),
    "alpha": (r"α", r"alpha", r"rho", r"ρ", r"decayrate"),
    "beta1": (r"β1", r"beta1", r"b1"),
    "beta2": (r"β2", r"beta2", r"b2"),
    "epsilon": (r"ε", r"ϵ", r"eps(?:ilon)?"),
    "lambda": (r"lambda", r"λ", r"wd", r"weightdecay", r"decay"),
}
BEFORE = tuple((p, f"{p}_before") for p in PARAMETERS)
"""Each parameter, and the column of it as it is before the update of a row."""

GRADIENTS = tuple(map(gradient, PARAMETERS))


def _before(name: str) -> str:
    """Return the name of a mean, or of a parameter, as it is before the update of a row."""
    return f"{name}_before"


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
_BESIDE: Mapping[str, float | Draw] = {"gradient": _spread, "hidden error": _share}
"""What an update takes from the row above, where gradients stand beside their weights."""


@lru_cache(maxsize=64)
def optimizer(
    key: str, points: int = 0, *, is_own: bool = False, from_zero: bool = False
) -> RowLesson:
    """Return the run of an optimizer, on a loss of so many points; 0 where that is not known.

    Where the gradient `is_own` it is that of the parameters in its row, which the next row takes.
    Where steps are counted `from_zero` the first update is number 0.
    """
    found = [
        column for column in columns(key, max(points, 1)) if points or not of_loss(column.name)
    ]
    stated = [
        RowQuantity(
            column.name,
            spelt_mean(column.name, key) if column.kind == "velocity" else spelt(column.name),
            None if not points and column.kind == "gradient" else column.tree,
            first=_FIRST.get(column.kind),
        )
        for column in found
    ]
    if is_own:
        stated = [one._replace(tree=_above(one.tree, GRADIENTS)) for one in stated]
    if from_zero:
        number = Name(_STEP.name)
        stated = [s._replace(tree=s.tree and put(s.tree, number, number + 1)) for s in stated]
    means = [column.name for column in found if column.kind == "velocity" and not points]
    if not points:
        stated += [_mean_before(name) for name in means]
        stated += [RowQuantity(b, spelt(b), Name(p, -1), first=_start) for p, b in BEFORE]
        own = [column for column in found if column.name in PARAMETERS and key not in CHANGES]
        changes = [(change(one.name), taken_away(one.tree, one.name)) for one in own]
        stated += [RowQuantity(name, spelt(name), tree) for name, tree in changes]
        at = [(Name(p),) if is_own else (Name(p, -1), Name(b)) for p, b in BEFORE]
        both = tuple(chain(*at))
        stated = [s._replace(takes=both) if s.name in GRADIENTS else s for s in stated]
    used = {leaf.name for column in stated if column.tree for leaf in names(column.tree)}
    step = RowQuantity(_STEP.name, _STEP.headers, draw=_drawn_step)
    once = [
        RowQuantity(name, ways, is_once=True) for name, ways in _SETTINGS.items() if name in used
    ]
    for axis in "xy":
        once += [
            RowQuantity(f"{axis}{k}", (f"{axis}{k}",), draw=_spread, is_once=True)
            for k in range(1, points + 1)
        ]
    needed = [frozenset({name}) for name in (gradient("w"), *kept(key))]
    needed.append(frozenset({"w", "w_before"}))
    equal = {} if points else _equal({one.name: one.tree for one in stated})
    equal |= {Name(name, -1): (Name(_before(name)),) for name in means}
    all_of_it = (step, _ETA, *once, *stated)
    return RowLesson(
        NAME, all_of_it, tuple(needed), key="step", equal=equal, fewest_rows=2, is_repeated=True
    )


def _mean_before(name: str) -> RowQuantity:
    """Return the column of a mean as it is before the update of a row."""
    return RowQuantity(_before(name), spelt_before(name), Name(name, -1), first=0.0)


def _equal(trees: Mapping[str, Expr | None]) -> dict[Name, tuple[Expr, ...]]:
    """Return what else says a parameter: the column of it before an update, and what that is."""
    found: dict[Name, tuple[Expr, ...]] = {}
    for p, own in BEFORE:
        tree = trees[p]
        assert tree is not None
        found[Name(p, -1)] = (Name(own),)
        above = _above(put(tree, Name(p, -1), Name(own)), trees)
        assert above is not None
        found[Name(own)] = (above,)
    return found


def _above(tree: Expr | None, of: Container[str]) -> Expr | None:
    """Return a tree with some quantities as the row above has them."""

    def moved(leaf: Expr) -> Expr | None:
        is_moved = isinstance(leaf, Name) and leaf.name in of
        return Name(leaf.name, leaf.shift - 1) if is_moved and isinstance(leaf, Name) else None

    return tree and substitute(tree, moved)


def _placed(column: Column, gradients: str) -> Column:
    """Return a column of a sheet whose gradients are those of the row above, or of their own."""
    if gradients == ABOVE:
        return column
    tree = substitute(column.tree, lambda leaf: _moved(leaf, column.kind))
    number = Name(_STEP.name)
    return column._replace(tree=put(tree, number, number + 1) if gradients == FROM_ZERO else tree)


def _moved(leaf: Expr, kind: str) -> Expr | None:
    """Return what stands for a name where gradients are those of their own row."""
    if not isinstance(leaf, Name) or kind not in ("gradient", "weight"):
        return None
    is_above = kind == "weight" and leaf.name not in (_ETA.name, *_SETTINGS)
    return Name(leaf.name, -1 if is_above else 0)


@lru_cache(maxsize=32)
def on_network(key: str, gradients: str = ABOVE) -> RowLesson:
    """Return the run of an optimizer on the classic network.

    With gradients beside their weights the update stands in the row below.
    """
    firsts = _OF_NETWORK if gradients == ABOVE else {**_OF_NETWORK, **_BESIDE}
    stated = [
        RowQuantity(
            column.name,
            spelt_on_network(column.name),
            column.tree,
            _share if column.kind == "velocity" else None,
            first=firsts.get(column.kind),
        )
        for column in (_placed(one, gradients) for one in network_columns(key))
    ]
    used = {leaf.name for column in stated if column.tree for leaf in names(column.tree)}
    once = [RowQuantity(n, ways, is_once=True) for n, ways in _SETTINGS.items() if n in used]
    once += [RowQuantity(name, (name,), draw=_share, is_once=True) for name in GIVEN]
    step = RowQuantity(_STEP.name, _STEP.headers, draw=_drawn_step)
    means = [name.replace("_w", "_w1") for name in kept(key)]
    needed = [frozenset({name}) for name in ("w1", gradient("w1"), *means)]
    all_of_it = (step, _ETA, *once, *stated)
    return RowLesson(ON_NETWORK, all_of_it, tuple(needed), key="step", fewest_rows=2)


RUNS: tuple[RowLesson, ...] = (
    *map(optimizer, (*OPTIMIZERS, *CONVENTIONS)),
    *(
        optimizer(key, is_own=True)
        for key in ("momentum", "rmsprop", "adam", "momentum of means", *CHANGES)
    ),
    *(optimizer(key, from_zero=True) for key in ("adam", "adamw")),
)
"""The run of every optimizer, where nothing is known of the loss."""


def runs_on_points(points: int) -> tuple[RowLesson, ...]:
    """Return the run of every optimizer on a loss of so many points."""
    return tuple(optimizer(key, points) for key in OPTIMIZERS)


def runs_on_network() -> tuple[RowLesson, ...]:
    """Return the run of every optimizer on the classic network."""
    return tuple(on_network(key) for key in OPTIMIZERS)


def runs_on_networks_of_others() -> tuple[RowLesson, ...]:
    """Return the runs on the classic network that keep something, in each way to lay them out."""
    ways = [(key, way) for way in (ABOVE, BESIDE, FROM_ZERO) for key in OPTIMIZERS if kept(key)]
    return tuple(on_network(*way) for way in ways if way[1] != FROM_ZERO or "adam" in way[0])
