from __future__ import annotations

import pytest

from sheetprop.maths import names
from sheetprop.maths.network import Network
from sheetprop.maths.quantity import KINDS
from sheetprop.spec import Architecture

NETWORKS = [
    Network(Architecture(biases="each")),
    Network(Architecture((3, 2, 4, 2), biases="shared")),
    Network(Architecture((2, 2, 1), "tanh", biases="each", samples=3)),
    Network(Architecture((2, 2, 2), biases="each", momentum=True, weight_decay=True)),
]
QUANTITIES = [quantity for network in NETWORKS for quantity in network.quantities.values()]


@pytest.mark.parametrize("quantity", QUANTITIES, ids=lambda q: q.name)
def test_a_name_tells_what_its_quantity_is(quantity):
    """The kind that a network gives a quantity can be read from its name alone."""
    assert names.kind(quantity.name) == quantity.kind
    assert quantity.kind in KINDS


@pytest.mark.parametrize("network", NETWORKS)
def test_what_names_tell_agrees_with_the_network(network):
    """Parameters, gradients, activations and given quantities are told by their names."""
    quantities = network.quantities.values()
    given = {"input", "target", "weight", "bias", "setting"}

    assert [q.name for q in quantities if names.is_parameter(q.name)] == [
        q.name for q in quantities if q.kind in ("weight", "bias")
    ]
    assert [q.name for q in quantities if names.is_gradient(q.name)] == [
        q.name for q in quantities if q.kind in ("gradient", "hidden error")
    ]
    assert {q.name for q in quantities if names.is_given(q.name)} == {
        q.name for q in quantities if q.kind in given
    }
    for layer in network.layers:
        for neuron in layer:
            assert names.activation_of(neuron.label) == neuron.output
            assert names.label_of(neuron.output) == neuron.label
            assert names.is_output(neuron.label) == names.is_output(neuron.output)
            assert names.is_output(neuron.output) == (layer is network.layers[-1])


@pytest.mark.parametrize(
    ("name", "family", "number"),
    [
        ("w5", "w", 5),
        ("dE/dw12", "dE/dw", 12),
        ("a_h3", "a_h", 3),
        ("dE/da_h1", "dE/da_h", 1),
        ("E2", "E", 2),
        ("E_total", "E_total", 0),
        ("eta", "eta", 0),
        ("v_w3", "v_w", 3),
        ("a_h3@12", "a_h", 3),
        ("dE/da_h1@2", "dE/da_h", 1),
    ],
)
def test_family_and_number(name, family, number):
    """A name is its family and its number; E_total and the rate have none."""
    assert (names.family(name), names.number(name)) == (family, number)


def test_the_sample_of_a_name():
    """A quantity of one sample says which; the only sample there is has no number."""
    assert names.of_sample("h1", 2) == "h1@2"
    assert names.of_sample("h1", 0) == "h1"
    assert names.without_sample("dE/da_h1@2") == "dE/da_h1"
    assert (names.sample_of("h1@12"), names.sample_of("h1")) == (12, 0)


def test_a_gradient_and_its_parameter():
    """A gradient is named after what it is taken by, and tells it."""
    assert names.gradient_of("w5") == "dE/dw5"
    assert names.parameter_of("dE/dw5") == "w5"
    assert names.parameter_of("w5") == "w5"
    assert names.gradient_of("w5", sample=2) == "dE@2/dw5"
    assert names.derivative("a_o1", "o1") == "da_o1/do1"


@pytest.mark.parametrize("network", NETWORKS)
def test_an_error_tells_its_target(network):
    """The target of an error has its number, and is of its sample."""
    errors = [error for one in network.passes for error in one.errors]

    assert list(network.targets) == [names.target_of(error) for error in errors]


@pytest.mark.parametrize("name", ["", "w", "x1", "E", "E_total1", "dE/dx1", "1", "mu1"])
def test_other_texts_are_no_names(name):
    """What no network has is of no kind."""
    assert names.kind(name) is None
