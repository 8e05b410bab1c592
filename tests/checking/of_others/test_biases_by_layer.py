"""Biases that are numbered by layer and neuron: b1_2, b[2][1]."""

from __future__ import annotations

import pytest
from cell_sheets import checked
from runs_of_others import in_rows, lone_output

RUN = lone_output()
USUAL = {"x1": "i1", "x2": "i2", "t": "t1", "y": "net_o1", "o": "out_o1", "E": "E_total"}
USUAL |= {"z1": "net_h1", "z2": "net_h2", "a1": "out_h1", "a2": "out_h2"}


def sheet(*biases: str) -> str:
    called = USUAL | dict(zip(("b1", "b2", "b3"), biases, strict=True))
    called |= {f"g{name}": f"dE/d{called.get(name, name)}" for name in RUN}
    return in_rows(RUN, [called.get(name, name) for name in RUN])


SPELT = (
    ("b1_1", "b1_2", "b2_1"),
    ("b[0][0]", "b[0][1]", "b[1][0]"),
    ("b10", "b20", "b30"),
    ("bh1", "bh2", "bo1"),
)


@pytest.mark.parametrize("biases", SPELT)
def test_they_are_counted_through_the_layers(biases: tuple[str, str, str]) -> None:
    """A right sheet is correct, and a bias that goes up its gradient is found in its column.

    What no counting explains is named by the formulas.
    """
    text = sheet(*biases)
    slipped = checked(text, "=L3-$B$1*AB3", "=L3+$B$1*AB3")

    assert (checked(text).verdict, checked(text).findings[1:]) == ("correct", ())
    assert [[p.quantity for p in one.places] for one in slipped.errors] == [["b3"]]
