"""How a network is trained: what is chosen beforehand, and how images are varied."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a training run does, with AdamW.

    In one cycle the rate rises for the share `warm_up` of all steps to `learning_rate` and falls
    afterwards; otherwise it is constant.
    Each image is turned by up to `turned` degrees, shifted by up to `shifted` pixels, stretched by
    up to the share `stretched` and sheared by up to the share `sheared`, both ways, anew each time.
    """

    epochs: int = 19
    batch: int = 64
    learning_rate: float = 0.012
    weight_decay: float = 0.01
    warm_up: float = 0.2
    turned: float = 7.0
    shifted: float = 1.5
    stretched: float = 0.08
    sheared: float = 0.06
    one_cycle: bool = True

    @property
    def is_varied(self) -> bool:
        """Whether images are moved at all."""
        return any((self.turned, self.shifted, self.stretched, self.sheared))


COURSE_RECIPE = Recipe(epochs=8, batch=128)
"""That of the network ``course``."""

SUM_RECIPE = Recipe(epochs=15, batch=250, learning_rate=0.02, weight_decay=0.001)
"""That of the layers for sums; a batch is of images, each with every number."""

RECIPES: Mapping[str, Recipe] = MappingProxyType({"course": COURSE_RECIPE})
"""Of the networks that are trained in another way than the rest."""


def varied(images: Any, recipe: Recipe) -> Any:
    """Return a batch of images (PyTorch, count × 1 × side × side), each moved at random.

    The random numbers are PyTorch's, so that its seed decides them.
    """
    if not recipe.is_varied:
        return images
    import torch
    from torch.nn.functional import affine_grid, grid_sample

    count, side = len(images), images.shape[-1]

    def drawn(most: float) -> Any:
        return (torch.rand(count, device=images.device) * 2 - 1) * most

    angle = drawn(recipe.turned) * torch.pi / 180
    stretch = 1 + drawn(recipe.stretched)
    shear = drawn(recipe.sheared)
    cosine, sine = torch.cos(angle) * stretch, torch.sin(angle) * stretch
    # The grid goes from -1 to 1: a pixel is 2 / side of it.
    right, down = (drawn(recipe.shifted) * 2 / side for _ in range(2))
    rows = torch.stack([cosine, shear * cosine - sine, right], 1)
    others = torch.stack([sine, shear * sine + cosine, down], 1)
    grid = affine_grid(torch.stack([rows, others], 1), list(images.shape), align_corners=False)
    return grid_sample(images, grid, padding_mode="zeros", align_corners=False)
