"""Gradient descent of the classic network in plain Python, number by number."""

from __future__ import annotations

import math


def plain_python_runs(spec: object, rates: tuple[float, ...], iterations: int) -> None:
    """Train the network once for each rate."""
    for rate in rates:
        plain_python(spec, rate, iterations)


def plain_python(spec: object, rate: float, iterations: int) -> list[float]:
    """Train the classic network number by number and return E_total of every iteration."""
    (i1, i2), (t1, t2) = spec.inputs, spec.targets
    w1, w2, w3, w4, w5, w6, w7, w8 = spec.weights
    errors = []
    for _ in range(iterations):
        a_h1 = 1 / (1 + math.exp(-(w1 * i1 + w2 * i2)))
        a_h2 = 1 / (1 + math.exp(-(w3 * i1 + w4 * i2)))
        a_o1 = 1 / (1 + math.exp(-(w5 * a_h1 + w6 * a_h2)))
        a_o2 = 1 / (1 + math.exp(-(w7 * a_h1 + w8 * a_h2)))
        errors.append((t1 - a_o1) ** 2 / 2 + (t2 - a_o2) ** 2 / 2)
        d1 = (a_o1 - t1) * a_o1 * (1 - a_o1)
        d2 = (a_o2 - t2) * a_o2 * (1 - a_o2)
        e1 = (d1 * w5 + d2 * w7) * a_h1 * (1 - a_h1)
        e2 = (d1 * w6 + d2 * w8) * a_h2 * (1 - a_h2)
        w1, w2, w3, w4 = (w1 - rate * e1 * i1, w2 - rate * e1 * i2,
                          w3 - rate * e2 * i1, w4 - rate * e2 * i2)  # fmt: skip
        w5, w6, w7, w8 = (w5 - rate * d1 * a_h1, w6 - rate * d1 * a_h2,
                          w7 - rate * d2 * a_h1, w8 - rate * d2 * a_h2)  # fmt: skip
    return errors
