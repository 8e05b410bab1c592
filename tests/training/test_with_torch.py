"""PyTorch, where it is installed, says the same as NumPy."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("torch", reason="PyTorch is not installed")

import torch
from training.test_forward import TINY, made_arrays

from sheetprop.training import tensors
from sheetprop.training.forward import folded, outputs
from sheetprop.training.plan import NETWORKS, SHIPPED, Layer, Plan
from sheetprop.training.recipe import Recipe, varied
from sheetprop.training.shipped_networks import FOLDER, shipped, shipped_digits
from sheetprop.training.torch_run import module_of

WITH_DROPOUT = Plan((Layer("conv", 3, 3, dropout=0.5), Layer("gap"), Layer("linear", 2)), side=7)


def logits_of(plan: Plan, arrays: dict[str, np.ndarray], images: np.ndarray) -> np.ndarray:
    """Return what PyTorch answers in double precision."""
    module = module_of(plan)
    found = module.load_state_dict({n: torch.tensor(a) for n, a in arrays.items()}, strict=False)
    assert all(name.endswith("num_batches_tracked") for name in found.missing_keys)
    assert found.unexpected_keys == []
    with torch.no_grad():
        return module.double().eval()(torch.tensor(images[:, None])).numpy()


@pytest.mark.parametrize("plan", [TINY, WITH_DROPOUT], ids=["tiny", "dropout"])
def test_made_weights_give_the_same_logits(plan: Plan) -> None:
    """Strides, padding, plain convolutions, pools and dropout mean the same to both."""
    arrays, images = made_arrays(plan), np.random.default_rng(1).uniform(size=(4, 7, 7))
    expected = logits_of(plan, arrays, images)

    own = outputs(plan, folded(plan, arrays), images)[-1]
    assert own == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_weights_give_the_same_logits(name: str) -> None:
    """The thirty digits get the same answers to twelve decimals."""
    network, images = shipped(name), shipped_digits().images / 255
    arrays = tensors.read(FOLDER / f"{name}.safetensors")

    own = outputs(network.plan, network.weights, images)[-1]
    assert own == pytest.approx(logits_of(network.plan, arrays, images), abs=1e-12)


@pytest.mark.parametrize("plan", [*NETWORKS.values(), TINY, WITH_DROPOUT])
def test_parameters_are_those_that_torch_trains(plan: Plan) -> None:
    """The plan counts what PyTorch would change."""
    assert plan.parameters == sum(p.numel() for p in module_of(plan).parameters())


def test_images_are_moved_as_far_as_said() -> None:
    """A recipe without variation leaves an image as it is; one with a shift keeps its ink."""
    image = torch.zeros(1, 1, 28, 28)
    image[0, 0, 12:16, 12:16] = 1
    still = Recipe(turned=0, shifted=0, stretched=0, sheared=0)
    torch.manual_seed(1)

    assert torch.allclose(varied(image, still), image, atol=1e-6)
    shifted = varied(image, Recipe(turned=0, shifted=2.5, stretched=0, sheared=0))
    assert not torch.allclose(shifted, image, atol=1e-3)
    assert float(shifted.sum()) == pytest.approx(16, abs=1e-3)
