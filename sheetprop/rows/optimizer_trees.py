"""What each optimizer makes of the row above: every quantity one tree.

A row is one update. ``Name(x, -1)`` is a quantity in the row before it, so the gradient in a row is
that of the parameters above, and moments begin at 0 in row 0. The residuals and the loss belong to
the row's own parameters. Formulas and defaults are those of the papers and of ``torch.optim``:
momentum (Polyak 1964), Nesterov (1983, as Sutskever and others 2013), RMSprop (Hinton 2012), Adam
(Kingma, Ba 2015), AdamW (Loshchilov, Hutter 2019).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from sheetprop.maths.network import Network
from sheetprop.maths.trees.expr import Expr, Name, Negative, total
from sheetprop.maths.trees.functions import sqrt
from sheetprop.maths.trees.walk import names, substitute
from sheetprop.spec import Architecture

STEP, RATE, LOSS = "step", "rate", "L"
PARAMETERS = ("w", "b")
WEIGHTS = tuple(f"w{k}" for k in range(1, 9))
"""The parameters of a straight line, and those of the classic network."""

GIVEN = ("i1", "i2", "t1", "t2")
"""What the classic network is given, the same in all rows."""

DECAY = "lambda"
MEANS = {f"{mean}hat_{p}": f"{mean}_{p}" for p in (*PARAMETERS, *WEIGHTS) for mean in "mv"}
"""What each corrected mean is the correction of."""


_eta, _mu, _alpha = Name(RATE), Name("mu"), Name("alpha")
_beta1, _beta2, _epsilon = Name("beta1"), Name("beta2"), Name("epsilon")


class Column(NamedTuple):
    """A quantity of a run: its tree, the value of row 0 where it has one, and its kind.

    `first` is ``None`` where row 0 has the same formula, ``""`` where it has nothing.
    """

    name: str
    kind: str
    tree: Expr
    first: float | str | None = ""


def gradient(p: str) -> str:
    """Return the name of the gradient of a parameter."""
    return f"d{LOSS}/d{p}"


def change(p: str) -> str:
    """Return the name of what an update takes away from a parameter."""
    return f"change_{p}"


def taken_away(tree: Expr, p: str) -> Expr:
    """Return what is taken away from a parameter, whose tree begins with itself."""
    terms = [one for one in tree.children if one != Name(p, -1)]
    return total([one.operand if isinstance(one, Negative) else Negative(one) for one in terms])


def _moments(p: str, *names: str) -> tuple[Column, ...]:
    """Return the running means that an optimizer keeps of a gradient, which begin at 0."""
    g, m, v = Name(gradient(p)), f"m_{p}", f"v_{p}"
    found = {
        "buffer": (m, _mu * Name(m, -1) + g),
        "square": (v, _alpha * Name(v, -1) + (1 - _alpha) * g**2),
        "sum": (v, Name(v, -1) + g**2),
        "first": (m, _beta1 * Name(m, -1) + (1 - _beta1) * g),
        "second": (v, _beta2 * Name(v, -1) + (1 - _beta2) * g**2),
        "mean": (m, _mu * Name(m, -1) + (1 - _mu) * g),
        "change": (m, _mu * Name(m, -1) + _eta * g),
        "descent": (m, _mu * Name(m, -1) - _eta * g),
    }
    return tuple(Column(found[n][0], "velocity", found[n][1], 0.0) for n in names)


def _corrected(p: str) -> tuple[Column, ...]:
    """Return the moments freed from their beginning at 0."""
    step = Name(STEP)
    pairs = (("m", _beta1), ("v", _beta2))
    return tuple(
        Column(f"{m}hat_{p}", "hidden error", Name(f"{m}_{p}") / (1 - beta**step))
        for m, beta in pairs
    )


def _adam_step(p: str) -> Expr:
    return _eta * Name(f"mhat_{p}") / (sqrt(Name(f"vhat_{p}")) + _epsilon)


def _sgd(p: str) -> tuple[tuple[Column, ...], Expr]:
    return (), Name(p, -1) - _eta * Name(gradient(p))


def _momentum(p: str) -> tuple[tuple[Column, ...], Expr]:
    return _moments(p, "buffer"), Name(p, -1) - _eta * Name(f"m_{p}")


def _of_mean(p: str) -> tuple[tuple[Column, ...], Expr]:
    return _moments(p, "mean"), Name(p, -1) - _eta * Name(f"m_{p}")


def _of_change(p: str) -> tuple[tuple[Column, ...], Expr]:
    return _moments(p, "change"), Name(p, -1) - Name(f"m_{p}")


def _of_descent(p: str) -> tuple[tuple[Column, ...], Expr]:
    return _moments(p, "descent"), Name(p, -1) + Name(f"m_{p}")


def _nesterov(p: str) -> tuple[tuple[Column, ...], Expr]:
    ahead = Name(gradient(p)) + _mu * Name(f"m_{p}")
    return _moments(p, "buffer"), Name(p, -1) - _eta * ahead


def _rmsprop(p: str) -> tuple[tuple[Column, ...], Expr]:
    change = _eta * Name(gradient(p)) / (sqrt(Name(f"v_{p}")) + _epsilon)
    return _moments(p, "square"), Name(p, -1) - change


def _adagrad(p: str) -> tuple[tuple[Column, ...], Expr]:
    change = _eta * Name(gradient(p)) / (sqrt(Name(f"v_{p}")) + _epsilon)
    return _moments(p, "sum"), Name(p, -1) - change


def _adagrad_in_root(p: str) -> tuple[tuple[Column, ...], Expr]:
    change = _eta * Name(gradient(p)) / sqrt(Name(f"v_{p}") + _epsilon)
    return _moments(p, "sum"), Name(p, -1) - change


def _adam(p: str) -> tuple[tuple[Column, ...], Expr]:
    kept = (*_moments(p, "first", "second"), *_corrected(p))
    return kept, Name(p, -1) - _adam_step(p)


def _adamw(p: str) -> tuple[tuple[Column, ...], Expr]:
    kept, _ = _adam(p)
    return kept, Name(p, -1) - _eta * Name(DECAY) * Name(p, -1) - _adam_step(p)


_RULES = {
    "sgd": _sgd,
    "momentum": _momentum,
    "nesterov": _nesterov,
    "rmsprop": _rmsprop,
    "adam": _adam,
    "adamw": _adamw,
    "momentum of means": _of_mean,
    "momentum with the rate inside": _of_change,
    "momentum downhill": _of_descent,
    "adagrad": _adagrad,
    "adagrad with epsilon in the root": _adagrad_in_root,
}
OPTIMIZERS: dict[str, str] = {
    "sgd": "SGD",
    "momentum": "Momentum",
    "nesterov": "Nesterov",
    "rmsprop": "RMSprop",
    "adam": "Adam",
    "adamw": "AdamW",
}
"""Each optimizer by the key of templates: the name it goes by, which is that of its sheet."""

CHANGES = ("momentum with the rate inside", "momentum downhill")
"""Those in which what is kept is the very change of a parameter."""

CONVENTIONS = tuple(key for key in _RULES if key not in OPTIMIZERS)
"""What others call momentum: a running mean (Ng), or the change itself, with either sign.

AdaGrad (Duchi, Hazan, Singer 2011) divides by the root of the sum of all squares so far; where its
ε stands is not agreed upon.
"""


def columns(optimizer: str, points: int, start: Sequence[str] = ("", "")) -> tuple[Column, ...]:
    """Return the quantities of a run, left to right, behind the number and the rate of a step.

    `start` are the formulas of w and b in row 0.
    """
    numbers = range(1, points + 1)
    slopes = [Name(f"e{k}", -1) * Name(f"x{k}") for k in numbers]
    plain: list[Expr] = [Name(f"e{k}", -1) for k in numbers]
    found = [
        Column(gradient("w"), "gradient", total(slopes) / points),
        Column(gradient("b"), "gradient", total(plain) / points),
    ]
    found += _updated(optimizer, dict(zip(PARAMETERS, start, strict=True)))
    for k in numbers:
        residual = Name("w") * Name(f"x{k}") + Name("b") - Name(f"y{k}")
        found.append(Column(f"e{k}", "error", residual, None))
    squares: list[Expr] = [Name(f"e{k}") ** 2 for k in numbers]
    found.append(Column(LOSS, "total error", total(squares) / (2 * points), None))
    return tuple(found)


def _updated(optimizer: str, start: Mapping[str, str]) -> Iterator[Column]:
    """Yield what an optimizer keeps of each parameter's gradient, and the parameters."""
    rules = {p: _RULES[optimizer](p) for p in start}
    for alike in zip(*(kept for kept, _ in rules.values()), strict=True):
        yield from alike
    for p, first in start.items():
        yield Column(p, "weight", rules[p][1], first)


def network_columns(optimizer: str, start: Mapping[str, str] | None = None) -> tuple[Column, ...]:
    """Return the quantities of a run on the classic network, left to right, as `columns` does.

    Its gradients are those of the row above, as its sums, activations and errors belong to the
    weights of their own row. E_total is the loss L here.
    """
    network = Network(Architecture()).quantities.values()
    slopes = {one.name: one.tree for one in network if one.kind == "gradient" and one.tree}
    found = [
        Column(gradient(p), "gradient", substitute(slopes[f"dE/d{p}"], _above)) for p in WEIGHTS
    ]
    found += _updated(optimizer, start or dict.fromkeys(WEIGHTS, ""))
    for one in network:
        if one.tree is not None and one.kind in ("sum", "activation", "error", "total error"):
            name = LOSS if one.kind == "total error" else one.name
            found.append(Column(name, one.kind, one.tree, None))
    return tuple(found)


def _above(leaf: Expr) -> Expr | None:
    is_given = not isinstance(leaf, Name) or leaf.name in GIVEN
    return None if is_given or not isinstance(leaf, Name) else Name(leaf.name, -1)


def of_loss(name: str) -> bool:
    """Whether a quantity is the loss, or the error at one of its points."""
    return name == LOSS or name[0] == "e"


def kept(key: str) -> tuple[str, ...]:
    """Return what an optimizer keeps of the gradient of w, which every table of it has."""
    tree: Expr = next(column.tree for column in columns(key, 1) if column.name == "w")
    moments = {leaf.name[0] for leaf in names(tree) if leaf.name[0] in "mv" and "_" in leaf.name}
    return tuple(f"{moment}_w" for moment in sorted(moments))
