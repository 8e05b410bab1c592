"""More parameters, or a smaller receptive field, than the sheet itself asks for."""

from __future__ import annotations

from making import Example
from odd_layers import FINE, network

EXAMPLES = [
    Example(
        "receptive field",
        network(FINE, [("Receptive field ≥ 28", None)]),
        mended=network(FINE, [("Receptive field ≥ 8", None)]),
    ),
    Example(
        "parameters",
        network(FINE, [("max parameters", 1500)]),
        mended=network(FINE, [("max parameters", 1700)]),
    ),
]
