"""The slope of another activation: told where nothing else explains it, and only then."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from sheetprop.maths.activations import ACTIVATIONS
from sheetprop.maths.network import Network
from sheetprop.maths.trees.expr import Call, Expr, Name, Number
from sheetprop.mistakes import MISTAKES
from sheetprop.mistakes.base import Subject
from sheetprop.mistakes.references import wrong_slope
from sheetprop.mistakes.search import _candidates, _of_one_change, _of_several, explain
from sheetprop.spec import Architecture
from sheetprop.tables.points import points_of

CLASSIC = Architecture()
ERROR = Name("a_o1") - Name("t1")
A = Name("a_o1")


def told(tree: Expr, shape: Architecture = CLASSIC, quantity: str = "dE/dw5") -> list[str]:
    """Return the names of what explains a wrong tree."""
    return [one.mistake.name for one in explain(MISTAKES, points_of(shape), quantity, tree)]


def forget() -> None:
    """Forget what was made for the activations that there were."""
    for known in (explain, _candidates, _of_one_change, _of_several, wrong_slope._network):
        known.cache_clear()


@pytest.fixture
def _fake_activations(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Add activations whose slopes look like the sigmoid's with a factor lost, or like nothing."""
    slopes = {
        "like softplus": lambda _a, z: 1 / (1 + Call("EXP", (-z,))),
        "its own value": lambda a, _z: a,
        "the rest to one": lambda a, _z: 1 - a,
        "twice": lambda a, _z: 2 * a * (1 - a),
        "always one": lambda _a, _z: Number(1.0),
    }
    for name, slope in slopes.items():
        monkeypatch.setitem(
            ACTIVATIONS,  # type: ignore[arg-type]
            name,
            replace(ACTIVATIONS["sigmoid"], name=name, slope=slope),
        )
    forget()
    yield
    forget()


WRONG = [
    (ERROR * A * Name("a_h1"), "missing-factor"),
    (ERROR * (1 - A) * Name("a_h1"), "missing-factor"),
    (ERROR * Name("a_h1"), "missing-factor"),
    (2 * ERROR * A * (1 - A) * Name("a_h1"), "factor-of-two"),
    (ERROR * A * (1 - A) * Name("a_h2"), "wrong-neuron"),
    (ERROR * A * (1 + A) * Name("a_h1"), "wrong-sign"),
]


@pytest.mark.parametrize(("tree", "name"), WRONG)
@pytest.mark.usefixtures("_fake_activations")
def test_further_activations_change_no_diagnosis(tree: Expr, name: str) -> None:
    """What is a lost factor in a sigmoid network stays one, whatever activations there are."""
    assert told(tree) == [name]


@pytest.mark.usefixtures("_fake_activations")
def test_further_activations_are_not_even_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where something else explains a formula no slope of another activation is made."""
    tried: list[Subject] = []
    slopes = next(one for one in MISTAKES if one.name == "wrong-slope")
    watched = replace(slopes, variants=lambda subject: iter(tried.append(subject) or ()))
    mistakes = tuple(watched if one is slopes else one for one in MISTAKES)
    for tree, name in WRONG:
        found = explain(mistakes, points_of(CLASSIC), "dE/dw5", tree)
        assert [one.mistake.name for one in found] == [name]

    assert tried == []


def test_the_slope_of_tanh() -> None:
    """1 - a² behind a sigmoid, and a·(1 - a) behind tanh, are told as what they are."""
    by_tanh = replace(CLASSIC, output_activation="tanh")

    assert told(ERROR * (1 - A**2) * Name("a_h1")) == ["wrong-slope"]
    assert told(ERROR * A * (1 - A) * Name("a_h1"), by_tanh) == ["wrong-slope"]


@pytest.mark.parametrize("layers", [(2, 2, 2), (2, 3, 3, 2)])
def test_every_gradient_can_have_it(layers: tuple[int, ...]) -> None:
    """In every gradient of every layer the slope can be another one."""
    network = Network(Architecture(layers))
    for name, quantity in network.quantities.items():
        if quantity.kind == "gradient":
            made = wrong_slope.WRONG_SLOPE.variants(Subject(quantity, network))
            assert any(one.blanks["other"] == "tanh" for one in made), name


HIDDEN = (Name("a_o1") - Name("t1")) * A * (1 - A) * Name("w5") + (
    Name("a_o2") - Name("t2")
) * Name("a_o2") * (1 - Name("a_o2")) * Name("w7")
H1 = Name("a_h1")


@pytest.mark.parametrize(
    ("quantity", "tree"),
    [
        ("dE/dw5", ERROR * H1 * (1 - H1) * H1),
        ("dE/dw5", ERROR * A * (1 - A) * Name("a_o2")),
        ("dE/dw1", HIDDEN * A * (1 - A) * Name("i1")),
        ("a_o1", 1 / (1 + Call("EXP", (-Name("h1"),)))),
        ("a_h2", 1 / (1 + Call("EXP", (-Name("o2"),)))),
        ("E1", 0.5 * (Name("t1") - H1) ** 2),
    ],
)
def test_a_neuron_of_another_layer_is_one_slip(quantity: str, tree: Expr) -> None:
    """An activation, or a sum, of another layer is told by the name it has within a layer."""
    assert told(tree, quantity=quantity) == ["wrong-neuron"]


def test_neighbours_are_the_others_of_a_kind() -> None:
    """The network says which quantities stand for one another, across layers; nothing else does."""
    network = Network(CLASSIC)

    assert network.neighbours("a_h1") == ("a_h2", "a_o1", "a_o2")
    assert network.neighbours("o2") == ("h1", "h2", "o1")
    assert network.neighbours("t1") == ("t2",)
    assert network.neighbours("E_total") == ()
    assert network.neighbours("dE/dw8") == tuple(f"dE/dw{k}" for k in range(1, 8))
    assert network.neighbours("x") == ()
