"""A last layer with other channels than there are classes."""

from __future__ import annotations

from making import Example
from odd_layers import FINE, network

EXAMPLES = [
    Example("fewer", network(FINE, [("classes", 11)]), mended=network(FINE, [("classes", 10)])),
    Example("more", network(FINE, [("classes", 9)]), mended=network(FINE, [("classes", 10)])),
]
