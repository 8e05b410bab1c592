"""Totals that are not the sum of their rows."""

from __future__ import annotations

from making import Example
from odd_layers import FINE, network

EXAMPLES = [
    Example("without biases", network(FINE, (), 1636, biased=True)),
    Example("without normalisation", network(FINE, (), 1584)),
    Example("one layer", network(FINE, (), "=SUM(I4:I7)")),
    Example("another", network(FINE, (), 1500)),
]
