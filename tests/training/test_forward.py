"""What NumPy says a network answers, beside a loop written by hand and beside PyTorch."""

from __future__ import annotations

import numpy as np
import pytest
from slowly import one_in

from sheetprop.errors import SheetpropError
from sheetprop.training.forward import Weights, folded, outputs, probabilities
from sheetprop.training.plan import SHIPPED, Layer, Plan
from sheetprop.training.shipped_networks import shipped, shipped_digits

TINY = Plan(
    (
        Layer("conv", 2, 3, 2, 1),
        Layer("maxpool", 0, 2, 1),
        Layer("conv", 3, 2, is_plain=True),
        Layer("gap"),
        Layer("linear", 4),
    ),
    side=7,
)


def made_arrays(plan: Plan, seed: int = 3) -> dict[str, np.ndarray]:
    """Return arrays as a training run of a plan would leave them."""
    rng = np.random.default_rng(seed)
    found: dict[str, np.ndarray] = {}
    for step in plan.steps:
        size, at = step.layer.kernel, step.place
        if step.layer.kind == "linear":
            found[f"{at}.weight"] = rng.normal(size=(step.channels, step.channels_in))
            found[f"{at}.bias"] = rng.normal(size=step.channels)
        elif step.layer.kind == "conv":
            found[f"{at}.weight"] = rng.normal(size=(step.channels, step.channels_in, size, size))
            names = ["weight", "bias", "running_mean"]
            if step.layer.is_plain:
                found[f"{at}.bias"] = rng.normal(size=step.channels)
                continue
            found |= {f"{at + 1}.{name}": rng.normal(size=step.channels) for name in names}
            found[f"{at + 1}.running_var"] = rng.uniform(0.1, 2, step.channels)
    return {name: array.astype(np.float32) for name, array in found.items()}


def convolved_by_hand(image: np.ndarray, layer: Layer, weights: Weights) -> np.ndarray:
    """Return a convolution, each number by a sum over single products."""
    channels, side = image.shape[0], image.shape[1]
    out = (side + 2 * layer.padding - layer.kernel) // layer.stride + 1
    found = np.zeros((layer.channels, out, out))
    for o in range(layer.channels):
        for y in range(out):
            for x in range(out):
                total = float(weights.bias[o])
                for c in range(channels):
                    for i in range(layer.kernel):
                        for j in range(layer.kernel):
                            row = y * layer.stride + i - layer.padding
                            column = x * layer.stride + j - layer.padding
                            if 0 <= row < side and 0 <= column < side:
                                total += image[c, row, column] * weights.kernel[o, c, i, j]
                found[o, y, x] = total if layer.is_plain else max(total, 0)
    return found


def test_a_tiny_network_is_as_by_hand() -> None:
    """Convolution, pool, mean and sum equal loops over single numbers."""
    weights = folded(TINY, made_arrays(TINY))
    image = np.random.default_rng(5).uniform(size=(7, 7))
    found = [values[0] for values in outputs(TINY, weights, image[None])]

    first, last = weights[0], weights[2]
    assert first is not None
    assert last is not None
    convolved = convolved_by_hand(image[None], TINY.layers[0], first)
    pooled = [
        [[m[y : y + 2, x : x + 2].max() for x in range(3)] for y in range(3)] for m in convolved
    ]
    plain = convolved_by_hand(np.array(pooled), TINY.layers[2], last)
    head = weights[4]
    assert head is not None
    means = [sum(m.ravel()) / m.size for m in plain]
    logits = [
        sum(w * m for w, m in zip(row, means, strict=True)) + b
        for row, b in zip(head.kernel, head.bias, strict=True)
    ]
    for own, expected in zip(found, [convolved, pooled, plain, means, logits], strict=True):
        assert own == pytest.approx(np.array(expected), abs=1e-13)


def test_folding_equals_normalising() -> None:
    """A folded convolution gives what the convolution and its normalisation give one by one."""
    plan = Plan((Layer("conv", 2, 3),), side=5)
    arrays = made_arrays(plan)
    image = np.random.default_rng(7).uniform(size=(5, 5))
    kernel = arrays["0.weight"].astype(float)
    plain = Layer("conv", 2, 3, is_plain=True)
    raw = convolved_by_hand(image[None], plain, Weights(kernel, np.zeros(2)))
    g, b, m, v = (
        arrays[f"1.{name}"].astype(float)[:, None, None]
        for name in ("weight", "bias", "running_mean", "running_var")
    )
    expected = np.maximum(g * (raw - m) / np.sqrt(v + 1e-5) + b, 0)

    assert outputs(plan, folded(plan, arrays), image[None])[0][0] == pytest.approx(expected)


@pytest.mark.parametrize("name", one_in(len(SHIPPED), SHIPPED))
def test_a_shipped_network_reads_the_shipped_digits(name: str) -> None:
    """It is what its log says it is, and knows all digits but of the ten that leave most doubt."""
    network, digits = shipped(name), shipped_digits()
    logits = outputs(network.plan, network.weights, digits.images / 255)[-1]

    assert network.plan.parameters == network.log["parameters"]
    assert sorted(digits.labels) == [digit for digit in range(10) for _ in range(3)]
    is_right = (logits.argmax(1) == digits.labels).reshape(10, 3)
    assert is_right[:, :2].all()
    assert is_right[:, 2].mean() >= 0.5
    assert probabilities(logits).sum(1) == pytest.approx(1)


def test_arrays_of_another_network_are_told() -> None:
    """A missing array and one of another shape are named with what is wanted."""
    arrays = made_arrays(TINY)
    with pytest.raises(SheetpropError, match=r"0\.weight of the weights has the shape"):
        folded(Plan((Layer("conv", 3, 3),)), arrays)
    with pytest.raises(SheetpropError, match=r"1\.running_var of the weights is missing"):
        folded(TINY, {k: v for k, v in arrays.items() if k != "1.running_var"})
