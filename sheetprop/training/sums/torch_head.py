"""The two layers for sums, trained in PyTorch on what a network that is not changed finds."""

from __future__ import annotations

import copy
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sheetprop.training.checkpoint import keep, key_of, resumed
from sheetprop.training.evaluated import Epoch
from sheetprop.training.idx import Labelled
from sheetprop.training.plan import Plan
from sheetprop.training.recipe import Recipe, varied
from sheetprop.training.sums.head import HIDDEN, NUMBERS, SUMS
from sheetprop.training.tensors import Tensors
from sheetprop.training.torch_run import module_of, schedule_of

Told = Callable[[int, int], None]

_AT_ONCE = 1000  # images that are read together


@dataclass(frozen=True)
class HeadRun:
    """What a run gives: the arrays of the epoch `chosen` by validation, and all epochs."""

    tensors: dict[str, NDArray[Any]]
    epochs: tuple[Epoch, ...]
    chosen: int


def train_head(
    plan: Plan,
    arrays: Tensors,
    recipe: Recipe,
    seed: int,
    parts: tuple[Labelled, Labelled],
    told: Told | None = None,
    unfinished: Path | None = None,
) -> HeadRun:
    """Train the layers on the first of two parts, and choose the epoch on the second.

    The network of `plan` with its `arrays` stays as it is. Each image is seen with every number.
    The same seed gives the same result on one machine. After each epoch the run is kept in the
    file `unfinished`, and where that is there, it goes on from it.
    """
    import torch
    from torch import nn

    torch.manual_seed(seed)
    training, validation = parts
    device = "cuda" if torch.cuda.is_available() else "cpu"
    eyes = _eyes(plan, arrays).to(device, memory_format=torch.channels_last)
    its_features = plan.steps[-1].channels_in
    layers = (nn.Linear(its_features + NUMBERS, HIDDEN), nn.ReLU(), nn.Linear(HIDDEN, SUMS))
    head = nn.Sequential(*layers).to(device)
    optimiser = torch.optim.AdamW(
        head.parameters(), lr=recipe.learning_rate, weight_decay=recipe.weight_decay
    )
    steps = -(-len(training.labels) // recipe.batch)
    schedule = schedule_of(optimiser, recipe, steps)
    run = _Run(eyes, head, copy.deepcopy(head), optimiser, schedule, recipe, device, told, steps)
    key = key_of(plan, recipe, seed, training) + _sum_of(arrays)
    epochs = run.all(training, validation, unfinished, key)
    tensors = {name: array.cpu().numpy() for name, array in run.best.state_dict().items()}
    return HeadRun(tensors, epochs, _best(epochs))


def _sum_of(arrays: Tensors) -> str:
    """Return what tells a network's weights from others."""
    import hashlib

    digest = hashlib.sha256()
    for name in sorted(arrays):
        digest.update(np.ascontiguousarray(arrays[name]).tobytes())
    return digest.hexdigest()


def _eyes(plan: Plan, arrays: Tensors) -> Any:
    """Return the network without its last layer, for evaluation."""
    import torch

    module = module_of(plan)
    state = {name: torch.tensor(array) for name, array in arrays.items()}
    module.load_state_dict(state, strict=False)
    return module[: plan.steps[-1].place].eval().requires_grad_(requires_grad=False)


def _best(epochs: tuple[Epoch, ...] | list[Epoch]) -> int:
    """Return the number of the first epoch with the best validation."""
    return max(epochs, key=lambda epoch: (epoch.validation_accuracy, -epoch.epoch)).epoch


@dataclass
class _Run:
    """Layers on their way, with what moves them, and the best of them so far."""

    eyes: Any
    head: Any
    best: Any
    optimiser: Any
    schedule: Any
    recipe: Recipe
    device: str
    told: Told | None
    steps: int

    def all(
        self, training: Labelled, validation: Labelled, unfinished: Path | None, key: str
    ) -> tuple[Epoch, ...]:
        """Go through all epochs that are not done yet."""
        its = {
            "head": self.head,
            "best": self.best,
            "optimiser": self.optimiser,
            "schedule": self.schedule,
        }
        done = [] if unfinished is None else resumed(unfinished, key, its)
        for number in range(len(done) + 1, self.recipe.epochs + 1):
            done.append(self.epoch(number, training, validation))
            if _best(done) == number:
                self.best.load_state_dict(self.head.state_dict())
            if unfinished is not None:
                keep(unfinished, key, its, done)
        return tuple(done)

    def epoch(self, number: int, training: Labelled, validation: Labelled) -> Epoch:
        """Read all training images anew, each moved at random, and go through them once."""
        import torch

        begun = time.monotonic()
        rate = float(self.schedule.get_last_lr()[0])
        features = self.features(training, self.recipe)
        labels = torch.from_numpy(training.labels.astype(np.int64)).to(self.device)
        loss, right = 0.0, 0
        order = torch.randperm(len(labels)).to(self.device)
        for place, chosen in enumerate(order.split(self.recipe.batch)):
            one_loss, one_right = self.batch(features[chosen], labels[chosen])
            loss, right = loss + one_loss, right + one_right
            if self.told:
                self.told((number - 1) * self.steps + place + 1, self.recipe.epochs * self.steps)
        pairs = len(labels) * NUMBERS
        return Epoch(
            epoch=number,
            learning_rate=rate,
            train_loss=loss / pairs,
            train_accuracy=right / pairs,
            validation_accuracy=self.accuracy(validation),
            seconds=round(time.monotonic() - begun, 2),
        )

    def features(self, images: Labelled, recipe: Recipe | None) -> Any:
        """Return what the network finds of images, moved by a recipe where one is given."""
        import torch

        found = []
        for piece in torch.from_numpy(images.images).split(_AT_ONCE):
            given = piece[:, None].to(self.device).float() / 255
            found.append(self.eyes(given if recipe is None else varied(given, recipe)))
        return torch.cat(found)

    def answers(self, features: Any, labels: Any) -> tuple[Any, Any]:
        """Return the logits of the sums of each image with every number, and the true sums."""
        import torch

        count = len(labels)
        numbers = torch.arange(NUMBERS, device=self.device).repeat(count)
        beside = torch.nn.functional.one_hot(numbers, NUMBERS).float()
        joined = torch.cat([features.repeat_interleave(NUMBERS, 0), beside], 1)
        return self.head(joined), labels.repeat_interleave(NUMBERS) + numbers

    def batch(self, features: Any, labels: Any) -> tuple[float, int]:
        """Take one step; return the sum of the losses, and how many sums were right."""
        from torch.nn.functional import cross_entropy

        self.optimiser.zero_grad()
        logits, sums = self.answers(features, labels)
        loss = cross_entropy(logits, sums)
        loss.backward()
        self.optimiser.step()
        self.schedule.step()
        return float(loss.detach()) * len(sums), int((logits.argmax(1) == sums).sum())

    def accuracy(self, images: Labelled) -> float:
        """Return the share of right sums over images with every number, as they are."""
        import torch

        labels = torch.from_numpy(images.labels.astype(np.int64)).to(self.device)
        with torch.no_grad():
            logits, sums = self.answers(self.features(images, None), labels)
        return float((logits.argmax(1) == sums).double().mean())
