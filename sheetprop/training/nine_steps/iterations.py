"""Nine iterations of a network: how one that reads digits is found, one change at a time."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sheetprop.training.plan import COURSE, Layer, Plan
from sheetprop.training.recipe import COURSE_RECIPE, Recipe

_STILL = Recipe(
    epochs=8,
    batch=128,
    learning_rate=0.003,
    turned=0.0,
    shifted=0.0,
    stretched=0.0,
    sheared=0.0,
    one_cycle=False,
)
"""A constant learning rate, and images as they are."""

_DROPPED = 0.05


@dataclass(frozen=True, slots=True)
class Iteration:
    """One of the nine: what is changed, and how the network is trained then."""

    name: str
    plan: Plan
    recipe: Recipe = _STILL


def _bare(channels: int, kernel: int = 3) -> Layer:
    return Layer("conv", channels, kernel, is_normalised=False)


def _early(channels: tuple[int, ...], dropout: float = 0.0) -> Plan:
    """Return a plan with batch normalisation, the pool after the first convolution, and no GAP."""
    first, *rest = channels
    kernels = (1, 3, 3, 3)
    convolutions = [
        Layer("conv", count, kernel, dropout=dropout * (kernel > 1))
        for count, kernel in zip(rest, kernels, strict=True)
    ]
    pool = Layer("maxpool", 0, 2, 2, dropout=dropout)
    return Plan((Layer("conv", first, 3), pool, *convolutions, _AS_LARGE))


_AS_LARGE = Layer("conv", 10, 7, is_plain=True)
"""A kernel as large as the maps that are left: each of their numbers has weights of its own."""

_AVERAGED = (Layer("gap"), Layer("linear", 10))


def _without_norm(plan: Plan) -> Plan:
    """Return a plan whose convolutions have a bias in the place of batch normalisation."""
    return Plan(
        tuple(
            replace(layer, is_normalised=False) if layer.has_norm else layer
            for layer in plan.layers
        )
    )


_POOL = Layer("maxpool", 0, 2, 2)
_LIGHT = (8, 8, 12, 12, 16)
_DROPPING = _early(_LIGHT, _DROPPED)
_MORE = _early((10, 10, 16, 16, 24), _DROPPED)

ITERATIONS = (
    Iteration(
        "set-up",
        Plan((_bare(16), _POOL, _bare(32), _POOL, _bare(64), _bare(128), *_AVERAGED)),
    ),
    Iteration("skeleton", _without_norm(_early((16, 16, 32, 32, 32)))),
    Iteration("lighter", _without_norm(_early(_LIGHT))),
    Iteration("batch-normalisation", _early(_LIGHT)),
    Iteration("dropout", _DROPPING),
    Iteration("global-average-pooling", Plan((*_DROPPING.layers[:-1], *_AVERAGED))),
    Iteration("capacity", Plan((*_MORE.layers[:-1], *_AVERAGED))),
    Iteration("place-of-the-pool", COURSE),
    Iteration("augmentation-and-schedule", COURSE, COURSE_RECIPE),
)
