"""Runs of optimizers as people may lay them out: on a function of theirs, or on the network."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from random import Random

from handmade.row_lessons import Drawn
from sheetprop.maths.trees.expr import Call, Expr, Name
from sheetprop.maths.trees.walk import substitute
from sheetprop.rows.optimizer_trees import OPTIMIZERS, WEIGHTS, gradient
from sheetprop.rows.optimizers import ABOVE, BESIDE, FROM_ZERO, on_network, optimizer
from sheetprop.rows.row_lesson import RowLesson

SETTINGS = {
    "rate": ("η", "lr", "learning rate", "Lernrate", "eta"),
    "mu": ("μ", "momentum", "mu"),
    "alpha": ("α", "rho", "decay rate"),
    "beta1": ("β₁", "beta1", "Beta_1", "β1"),
    "beta2": ("β₂", "beta2", "Beta_2", "β2"),
    "epsilon": ("ε", "eps", "epsilon"),
    "lambda": ("λ", "weight decay", "wd"),
}
STEPS = ("t", "step", "Iteration", "k", "Schritt", "update", "चरण")
OF_ONE = {
    gradient("w"): ("g", "grad", "gradient", "dL/dw", "∂L/∂w", "df/dx"),
    "m_w": ("m", "m_w", "Velocity", "M"),
    "v_w": ("v", "v_w", "V"),
    "mhat_w": ("m_hat", "m̂", "m hat", "m corrected", "m̂_w"),
    "vhat_w": ("v_hat", "v̂", "v hat", "v corrected", "v̂_w"),
    "w": ("w", "x", "θ", "theta", "weight"),
}


def _settings(chance: Random, lesson: RowLesson) -> dict[str, float]:
    """Draw the numbers of an optimizer, none of them alike."""
    own = {
        "rate": round(chance.uniform(0.01, 0.3), 3),
        "mu": chance.choice((0.5, 0.8, 0.9)),
        "alpha": chance.choice((0.85, 0.9, 0.99)),
        "beta1": chance.choice((0.7, 0.85, 0.9)),
        "beta2": chance.choice((0.95, 0.99, 0.999)),
        "epsilon": chance.choice((1e-4, 1e-6, 1e-8)),
        "lambda": chance.choice((0.02, 0.05, 0.1)),
    }
    once = [one.name for one in lesson.stated if one.is_once]
    return {name: value for name, value in own.items() if name in once}


def _kept(lesson: RowLesson, parameters: tuple[str, ...]) -> list[str]:
    """Return what a run has of some parameters, in the order of the lesson."""
    wanted = {*parameters, *map(gradient, parameters)}
    wanted |= {f"{m}_{p}" for m in ("m", "v", "mhat", "vhat") for p in parameters}
    return [name for name in lesson.quantities if name in wanted]


def _functions(chance: Random) -> Iterator[tuple[str, Expr]]:
    """Yield the slopes of a function of w, or of w and b, at the row before."""
    w, b = Name("w", -1), Name("b", -1)
    a, c = round(chance.uniform(0.3, 2), 2), round(chance.uniform(-2, 2), 1)
    if chance.random() < 0.3:
        yield "w", a * w + 0.5 * b
        yield "b", 3 * b + 0.5 * w
        return
    yield (
        "w",
        chance.choice((2 * w, 2 * (w - c), a * w, w**3 - c, w + Call("SIN", (w,)), a * w - c)),
    )


def _spelt(chance: Random, parameters: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    found = {**SETTINGS, "step": STEPS, **OF_ONE}
    if len(parameters) > 1:
        style = chance.choice(("g_{}", "grad {}", "∂L/∂{}", "dL/d{}"))
        for p in parameters:
            found |= {
                gradient(p): (style.format(p),),
                f"m_{p}": (f"m_{p}", f"m {p}", f"M{p}"),
                f"v_{p}": (f"v_{p}", f"v {p}"),
                f"mhat_{p}": (f"m̂_{p}", f"m hat {p}", f"m_{p} hat"),
                f"vhat_{p}": (f"v̂_{p}", f"v hat {p}", f"v_{p} corrected"),
                p: (p,),
            }
    return found


def optimizers(chance: Random) -> Drawn:
    """Draw the run of an optimizer on a function of one parameter or two."""
    key, way = chance.choice([*OPTIMIZERS]), chance.choice((ABOVE, BESIDE))
    lesson = optimizer(key)
    slopes = dict(_functions(chance))
    parameters = tuple(slopes)
    called = {p: p if way == ABOVE else f"{p}_before" for p in parameters}
    kept = _kept(lesson, parameters)
    if way != ABOVE:  # everything else of a row is computed from them
        kept = [*called.values(), *(name for name in kept if name not in called)]
    columns = ["step", *kept]
    formulas = {gradient(p): _in_row(tree, way) for p, tree in slopes.items()}
    spelt = _spelt(chance, parameters)
    spelt |= {own: spelt[p] for p, own in called.items()}
    if key in ("momentum", "nesterov") and chance.random() < 0.4:
        spelt |= {f"m_{p}": (f"v_{p}", *(["v"] if p == "w" else [])) for p in parameters}
    return _drawn(chance, lesson, columns, formulas, spelt, way)


def _way(chance: Random) -> str:
    return chance.choice((ABOVE, ABOVE, BESIDE, FROM_ZERO))


def _in_row(tree: Expr, way: str) -> Expr:
    """Return a slope at the parameters above, or at those beside it."""
    if way == ABOVE:
        return tree

    def beside(leaf: Expr) -> Expr | None:
        return Name(f"{leaf.name}_before") if isinstance(leaf, Name) else None

    return substitute(tree, beside)


def descent(chance: Random) -> Drawn:
    """Draw the run of an optimizer on the classic network."""
    way = _way(chance)
    lesson = on_network(chance.choice([name for name in OPTIMIZERS if name != "sgd"]), way)
    columns = ["step", *(n for n, one in lesson.quantities.items() if one.tree is not None)]
    spelt = {**SETTINGS, "step": STEPS, **{name: (name,) for name in lesson.quantities}}
    spelt |= {"L": ("L", "E_total", "E total")}
    style = chance.choice(("∂E/∂{}", "dE/d{}", "∂L/∂{}", "dL/d{}"))
    for p in WEIGHTS:
        spelt |= {
            gradient(p): (style.format(p),),
            f"m_{p}": (f"m_{p}", f"m {p}"),
            f"v_{p}": (f"v_{p}", f"v {p}"),
            f"mhat_{p}": (f"m̂_{p}", f"m hat {p}"),
            f"vhat_{p}": (f"v̂_{p}", f"v hat {p}"),
        }
    given = {"i1": 0.05, "i2": 0.1, "t1": 0.01, "t2": 0.99}
    if chance.random() < 0.5:
        given = {name: round(chance.uniform(0.05, 0.95), 2) for name in given}
    return _drawn(chance, lesson, columns, {}, spelt, way, given)


def _drawn(
    chance: Random,
    lesson: RowLesson,
    columns: list[str],
    formulas: Mapping[str, Expr],
    spelt: Mapping[str, tuple[str, ...]],
    way: str,
    given: Mapping[str, float] | None = None,
) -> Drawn:
    once = _settings(chance, lesson) | dict(given or {})
    rows: list[dict[str, float]] = [{"step": float(k)} for k in range(1, chance.randrange(7, 14))]
    start = {"step": 0.0} | {n: 0.0 for n in columns if n[:2] in ("m_", "v_")}
    if way != ABOVE:
        start = {"step": 0.0 if way == FROM_ZERO else 1.0}
        rows = [{"step": row["step"] + start["step"]} for row in rows]
    start |= {
        name: round(chance.uniform(0.2, 2.5), 2)
        for name in columns
        if name.removesuffix("_before") in ("w", "b", *WEIGHTS)
    }
    typed: dict[str, float] = {}
    if chance.random() < 0.2:
        columns.insert(1, "rate")
        rows = [row | {"rate": once["rate"]} for row in rows]
        del once["rate"]
    elif chance.random() < 0.25:
        names = chance.sample([n for n in SETTINGS if n in once], 1)
        typed = {name: once.pop(name) for name in names}
    at_once = frozenset(columns) - {*start} - {"rate"} if way != ABOVE else frozenset()
    return Drawn(
        lesson, tuple(columns), once, tuple(rows), start, spelt, (), formulas, typed, at_once
    )
