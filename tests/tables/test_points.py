"""Random consistent points: two trees are the same there exactly if they compute the same."""

from __future__ import annotations

import math

import pytest

from sheetprop.maths.network import Network
from sheetprop.maths.trees.expr import Call, Expr, Name, Number
from sheetprop.spec import Architecture
from sheetprop.tables.points import BACK, COUNT, Points, Unreachable, same_value

NETWORK = Network(Architecture())
POINTS = Points(NETWORK)
A, T, H, W = (Name(name) for name in ("a_o1", "t1", "h1", "w1"))


@pytest.mark.parametrize("shape", [(2, 2, 2), (3, 4, 2), (2, 3, 2, 2)])
@pytest.mark.parametrize("biases", ["none", "shared", "each"])
def test_every_quantity_is_consistent(shape: tuple[int, ...], biases: str) -> None:
    """At every point each quantity has the value of its own tree, one value for each run."""
    network = Network(Architecture(shape, biases=biases))
    points = Points(network)

    for name, quantity in network.quantities.items():
        values = points.value(Name(name))
        assert len(values) == COUNT
        assert all(map(math.isfinite, values))
        if quantity.tree is not None:
            assert points.same(quantity.tree, Name(name))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (A * (1 - A), A - A**2),
        ((A - T) * (A - T), (T - A) ** 2),
        (1 / (1 + Call("EXP", (-H,))), Name("a_h1")),
        (Name("w1", -1) - Name("eta") * Name("dE/dw1", -1), W),
        (Name("E1") + Name("E2"), Name("E_total")),
        (Name("t1", -5), T),
        (Name("i2", 400), Name("i2")),
        (0.5 * (1 + Call("TANH", (H / 2,))), Name("a_h1")),
    ],
)
def test_same(left: Expr, right: Expr) -> None:
    """Trees that compute the same are the same; targets and inputs are those of any iteration."""
    assert POINTS.same(left, right)
    assert POINTS.same(right, left)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (T, Name("t2")),
        (A * (1 - A), Name("a_h2") * (1 - Name("a_h2"))),
        (W, Name("w1", -1)),
        (W, W * (1 + 1e-8)),
        (W, -W),
        (W, Number(0.15)),
        (W, Name("nothing")),
        (W, Name("w1", 90)),
        (W, W / Number(0.0)),
        (W, Call("LN", (Number(-1.0),))),
        (W, Call("NO SUCH", (W,))),
    ],
)
def test_not_same(left: Expr, right: Expr) -> None:
    """Trees that compute something else, or nothing, are not the same."""
    assert not POINTS.same(left, right)
    assert not POINTS.same(right, left)


@pytest.mark.parametrize("name", [Name("w1", -BACK - 1), Name("w1", 50), Name("zz")])
def test_unreachable(name: Name) -> None:
    """What is not known at the points is said to be unreachable."""
    with pytest.raises(Unreachable):
        POINTS.value(name)
    with pytest.raises(Unreachable):
        POINTS.evaluate(name + 1)


def test_first_value_is_that_of_the_first_run() -> None:
    """The quick look at one point agrees with the whole, and is nan where there is no value."""
    for quantity in NETWORK.quantities.values():
        if quantity.tree is not None:
            value = POINTS.first_value(quantity.tree)
            assert value == pytest.approx(POINTS.evaluate(quantity.tree)[0], rel=1e-12)
    for nothing in (Name("zz"), Name("w1", 90), W / Number(0.0), Call("NO SUCH", (W,))):
        assert math.isnan(POINTS.first_value(nothing))


def test_seed_decides() -> None:
    """The same seed gives the same points, another seed others."""
    assert Points(NETWORK).value(W) == POINTS.value(W)
    assert not set(Points(NETWORK, seed=5).value(W)) & set(POINTS.value(W))


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        (2.0, 2.0, True),
        (2.0, 2.0 + 1e-12, True),
        (2.0, 2.0 + 1e-6, False),
        (1e-30, 2e-30, False),
        (0.0, 0.0, True),
        (math.nan, math.nan, False),
        (math.nan, 1.0, False),
        (1.0, math.nan, False),
        (math.inf, math.inf, False),
        (math.inf, 1.0, False),
    ],
)
def test_same_value(left: float, right: float, same: bool) -> None:
    """Values are the same to a relative tolerance; what is not finite is never the same."""
    assert same_value(left, right) is same


@pytest.mark.parametrize("shape", [(2, 2, 2), (3, 3, 3), (2, 8, 4, 1)])
@pytest.mark.parametrize("biases", ["none", "each"])
def test_neurons_with_a_kink_are_seen_on_both_sides(shape: tuple[int, ...], biases: str) -> None:
    """Of one that gives 0 at every point, no formula behind it could be told from another."""
    network = Network(Architecture(shape, "relu", biases=biases))
    points = Points(network)

    for neuron in (neuron for layer in network.layers[:-1] for neuron in layer):
        above = [value > 0 for value in points.value(Name(neuron.label))]
        assert above.count(True) >= 2
        assert above.count(False) >= 1
    for name in (n for n, q in network.quantities.items() if q.kind == "gradient"):
        assert not points.same(Name(name), 2 * Name(name))
