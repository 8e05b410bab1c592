from __future__ import annotations

import pytest
from descent import architectures, iteration, lesson, weight_count_by_hand
from hypothesis import given, settings
from hypothesis import strategies as st

from sheetprop.maths.activations import ACTIVATIONS
from sheetprop.maths.losses import LOSSES
from sheetprop.maths.network import Network
from sheetprop.maths.quantity import LEARNING_RATE
from sheetprop.maths.trees.walk import names
from sheetprop.notation.text import to_text
from sheetprop.spec import Architecture

CLASSIC = Network(Architecture())
ERROR_1 = "(a_o1 - t1) · a_o1 · (1 - a_o1)"
ERROR_2 = "(a_o2 - t2) · a_o2 · (1 - a_o2)"
SHAPES = [(2, 1), (3, 4, 2), (2, 3, 3, 2), (2, 3, 4, 3, 1)]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("h1", "w1 · i1 + w2 · i2"),
        ("a_h2", "1/(1 + exp(-h2))"),
        ("o2", "w7 · a_h1 + w8 · a_h2"),
        ("E1", "½ · (t1 - a_o1)²"),
        ("E_total", "E1 + E2"),
        ("dE/dw5", f"{ERROR_1} · a_h1"),
        ("dE/dw1", f"({ERROR_1} · w5 + {ERROR_2} · w7) · a_h1 · (1 - a_h1) · i1"),
        ("dE/dw4", f"({ERROR_1} · w6 + {ERROR_2} · w8) · a_h2 · (1 - a_h2) · i2"),
        ("w3", "w3′ - η · ∂E/∂w3′"),
    ],
)
def test_the_classic_network_is_written_as_courses_write_it(name, expected):
    """Each formula of the classic network reads as on the board."""
    assert expected == to_text(CLASSIC.quantities[name].tree)


def test_the_classic_columns_stand_in_the_usual_order():
    """Targets and inputs, the layers forward, the errors, then the gradients."""
    forward = "t1 t2 i1 i2 w1 w2 w3 w4 h1 a_h1 h2 a_h2 w5 w6 w7 w8 o1 a_o1 o2 a_o2 E1 E2 E_total"
    backward = "dE/dw1 dE/dw2 dE/dw3 dE/dw4 dE/dw5 dE/dw6 dE/dw7 dE/dw8"

    assert " ".join(CLASSIC.quantities) == f"{forward} {backward}"


@pytest.mark.slow
@given(architecture=architectures())
def test_every_quantity_can_be_computed_in_order(architecture):
    """A tree mentions only what stands earlier in the order, or the iteration before."""
    network = Network(architecture)
    computed: set[str] = set()
    for name in network.order:
        tree = network.quantities[name].tree
        for mentioned in names(tree) if tree else ():
            is_known = mentioned.name in computed and mentioned.name in network.quantities
            assert is_known or mentioned.shift == -1 or mentioned.name == LEARNING_RATE
        computed.add(name)
    assert computed == set(network.quantities)


@given(architecture=architectures())
def test_there_are_as_many_parameters_as_the_architecture_says(architecture):
    """Weights and biases are counted alike by the network, by the architecture and by hand."""
    network = Network(architecture)

    assert len(network.weights) == architecture.weight_count
    assert len(network.weights) == weight_count_by_hand(architecture.layers)
    assert len(network.biases) == architecture.bias_count


@given(architecture=architectures())
def test_what_learns_has_a_gradient_and_an_update(architecture):
    """Weights always learn, biases when `train_biases` says so; nothing else is updated."""
    network = Network(architecture)
    quantities = network.quantities.values()
    with_gradient = {q.name.removeprefix("dE/d") for q in quantities if q.kind == "gradient"}
    updated = {q.name for q in quantities if q.is_given_first and q.tree and q.kind != "velocity"}

    assert set(network.parameters) == with_gradient == updated


CASES = [
    Architecture(layers, hidden, output, loss, biases)
    for layers in SHAPES
    for biases in ("shared", "each")
    for hidden, output, loss in (
        *((a, a, "half squared error") for a in ACTIVATIONS),
        *(("tanh", (loss.outputs or ("sigmoid",))[0], name) for name, loss in LOSSES.items()),
        ("relu", "tanh", "squared error"),
    )
]


def architecture_id(architecture):
    sizes = "-".join(map(str, architecture.layers))
    units = f"{architecture.hidden_activation}-{architecture.output_activation}"
    return f"{sizes}-{units}-{architecture.loss}-{architecture.biases}"


@pytest.mark.slow
@pytest.mark.parametrize("architecture", CASES, ids=architecture_id)
def test_a_gradient_is_the_derivative_of_the_total_error(architecture):
    """∂E_total/∂ of every weight and bias equals the central difference of E_total."""
    network = Network(architecture)
    start = lesson(architecture).start()
    row = iteration(network, start)
    for parameter in network.parameters:
        expected = central_difference(network, start, parameter)
        assert row[f"dE/d{parameter}"] == pytest.approx(expected, rel=1e-6, abs=1e-9)


@pytest.mark.slow
@given(architecture=architectures(), seed=st.integers(0, 96))
@settings(max_examples=40)
def test_a_gradient_is_the_derivative_whatever_the_network(architecture, seed):
    """The same with different activations, several samples, softmax and all that updates have."""
    network = Network(architecture)
    start = lesson(architecture, seed).start()
    row = iteration(network, start)
    kinked = any(ACTIVATIONS[n.activation].kinks for layer in network.layers[:-1] for n in layer)
    for parameter in network.parameters[:: max(1, len(network.parameters) // 4)]:
        expected = central_difference(network, start, parameter)
        assert kinked or row[f"dE/d{parameter}"] == pytest.approx(expected, rel=1e-5, abs=1e-8)


def test_several_samples_have_their_own_quantities():
    """What belongs to a sample is there for each; weights, E_total and gradients are there once."""
    network = Network(Architecture((2, 2, 1), samples=2))

    given, first = "t1@1 i1@1 i2@1 t1@2 i1@2 i2@2", "w1 w2 w3 w4 h1@1 a_h1@1 h2@1 a_h2@1"
    rest = "h1@2 a_h1@2 h2@2 a_h2@2 w5 w6 o1@1 a_o1@1 o1@2 a_o1@2 E1@1 E1@2 E_total"
    gradients = "dE/dw1 dE/dw2 dE/dw3 dE/dw4 dE/dw5 dE/dw6"
    assert " ".join(network.quantities) == f"{given} {first} {rest} {gradients}"
    assert to_text(network.quantities["E_total"].tree) == "(E1⁽¹⁾ + E1⁽²⁾)/2"
    assert to_text(network.quantities["dE/dw5"].tree) == (
        "((a_o1⁽¹⁾ - t1⁽¹⁾) · a_o1⁽¹⁾ · (1 - a_o1⁽¹⁾) · a_h1⁽¹⁾"
        " + (a_o1⁽²⁾ - t1⁽²⁾) · a_o1⁽²⁾ · (1 - a_o1⁽²⁾) · a_h1⁽²⁾)/2"
    )


def test_momentum_and_weight_decay_change_the_update():
    """v ← μ·v + ∂E/∂w + λ·w and w ← w - η·v; without momentum the gradient stands for v."""
    both = Network(Architecture(biases="each", momentum=True, weight_decay=True)).quantities
    decay = Network(Architecture(weight_decay=True)).quantities

    assert to_text(both["w1"].tree) == "w1′ - η · v_w1"
    assert to_text(both["v_w1"].tree) == "μ · v_w1′ + ∂E/∂w1′ + λ · w1′"
    assert to_text(both["v_b1"].tree) == "μ · v_b1′ + ∂E/∂b1′"
    assert to_text(decay["w1"].tree) == "w1′ - η · (∂E/∂w1′ + λ · w1′)"


def test_softmax_with_cross_entropy_leaves_a_difference():
    """The error at an output's sum is a - t, and nothing of the slope of softmax is written."""
    shape = Architecture((2, 2, 2), loss="categorical cross-entropy", output_activation="softmax")
    quantities = Network(shape).quantities

    assert to_text(quantities["a_o1"].tree) == "exp(o1)/(exp(o1) + exp(o2))"
    assert to_text(quantities["E1"].tree) == "-(t1 · ln(a_o1))"
    assert to_text(quantities["dE/dw5"].tree) == "(a_o1 - t1) · a_h1"


def test_cross_entropy_behind_a_sigmoid_cancels_its_slope():
    """The gradient is (a - t) times what the weight multiplies, however saturated."""
    quantities = Network(Architecture(loss="cross-entropy")).quantities

    assert to_text(quantities["dE/dw5"].tree) == "(a_o1 - t1) · a_h1"


def central_difference(network, start, parameter, step=1e-5):
    def loss(change):
        return iteration(network, start | {parameter: start[parameter] + change})["E_total"]

    return (loss(step) - loss(-step)) / (2 * step)


def test_hidden_errors_are_quantities_only_in_deep_networks():
    """With one hidden layer they are written out in the gradients, as courses do."""
    assert not any(name.startswith("dE/da") for name in CLASSIC.quantities)
    assert "dE/da_h1" in Network(Architecture((2, 3, 3, 2))).quantities


def test_a_shared_bias_is_one_quantity_of_its_layer():
    """Its gradient is the sum over the neurons it reaches."""
    network = Network(Architecture(biases="shared"))

    assert network.biases == ("b1", "b2")
    assert f"{ERROR_1} + {ERROR_2}" == to_text(network.quantities["dE/db2"].tree)
