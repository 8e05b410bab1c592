"""A training run in PyTorch, which each function imports: the module is read without it, too."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sheetprop.training.checkpoint import keep, key_of, resumed
from sheetprop.training.evaluated import Epoch, Evaluation, evaluation
from sheetprop.training.idx import Bytes, Labelled
from sheetprop.training.plan import Layer, Plan
from sheetprop.training.recipe import Recipe, varied

Told = Callable[[int, int], None]
"""Is told how many of how many batches are done."""

_AT_ONCE = 1000  # images of an evaluation


@dataclass(frozen=True)
class Trained:
    """What a run gives: its arrays by name, its epochs, and the evaluation on the test images."""

    tensors: dict[str, NDArray[Any]]
    epochs: tuple[Epoch, ...]
    test: Evaluation


def module_of(plan: Plan) -> Any:
    """Return the PyTorch module of a plan, freshly initialised."""
    from torch import nn

    modules: list[Any] = []
    for step in plan.steps:
        modules += _modules(step.layer, step.channels_in, step.channels)
    if plan.layers[-1].kind == "conv":
        modules.append(nn.Flatten())
    return nn.Sequential(*modules)


def _modules(layer: Layer, channels_in: int, channels: int) -> list[Any]:
    from torch import nn

    rest = [nn.Dropout(layer.dropout)] if layer.dropout else []
    if layer.kind == "conv":
        sizes = (layer.kernel, layer.stride, layer.padding)
        made = nn.Conv2d(channels_in, channels, *sizes, bias=not layer.has_norm)
        norm = [nn.BatchNorm2d(channels)] if layer.has_norm else []
        return [made, *norm, *([] if layer.is_plain else [nn.ReLU()]), *rest]
    if layer.kind == "maxpool":
        return [nn.MaxPool2d(layer.kernel, layer.stride, layer.padding), *rest]
    if layer.kind == "gap":
        return [nn.AdaptiveAvgPool2d(1), nn.Flatten(), *rest]
    return [nn.Linear(channels_in, channels), *rest]


def train(
    plan: Plan,
    recipe: Recipe,
    seed: int,
    parts: tuple[Labelled, Labelled, Labelled],
    told: Told | None = None,
    unfinished: Path | None = None,
) -> Trained:
    """Train a network on the first of three parts, watch it on the second, test it on the third.

    The same seed gives the same result on one machine. A GPU is used where there is one. After each
    epoch the run is kept in the file `unfinished`, and where that is there, it goes on from it.
    """
    import torch

    torch.manual_seed(seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    training, validation, test = parts
    # With the channels last a processor takes two thirds of the time.
    module = module_of(plan).to(device, memory_format=torch.channels_last)
    steps = -(-len(training.labels) // recipe.batch)
    optimiser = torch.optim.AdamW(
        module.parameters(), lr=recipe.learning_rate, weight_decay=recipe.weight_decay
    )
    schedule = schedule_of(optimiser, recipe, steps)
    run = _Run(module, optimiser, schedule, recipe, device, told, steps)
    given = _images(training.images).to(device), _labels(training.labels).to(device)
    epochs = _epochs(run, given, validation, unfinished, key_of(plan, recipe, seed, training))
    # The test images are looked at once, here.
    probabilities = run.probabilities(test.images)
    return Trained(_tensors(module), epochs, evaluation(probabilities, test.labels))


def schedule_of(optimiser: Any, recipe: Recipe, steps: int) -> Any:
    """Return what sets the learning rate before each step; an epoch has so many `steps`."""
    from torch.optim import lr_scheduler

    if not recipe.one_cycle:
        return lr_scheduler.ConstantLR(optimiser, factor=1.0, total_iters=0)
    return lr_scheduler.OneCycleLR(
        optimiser,
        max_lr=recipe.learning_rate,
        epochs=recipe.epochs,
        steps_per_epoch=steps,
        pct_start=recipe.warm_up,
    )


def _epochs(
    run: _Run, given: tuple[Any, Any], validation: Labelled, unfinished: Path | None, key: str
) -> tuple[Epoch, ...]:
    """Go through all epochs that are not done yet."""
    its = {"module": run.module, "optimiser": run.optimiser, "schedule": run.schedule}
    done = [] if unfinished is None else resumed(unfinished, key, its)
    for number in range(len(done) + 1, run.recipe.epochs + 1):
        done.append(run.epoch(number, given, validation))
        if unfinished is not None:
            keep(unfinished, key, its, done)
    return tuple(done)


@dataclass
class _Run:
    """A module on its way, with what moves it."""

    module: Any
    optimiser: Any
    schedule: Any
    recipe: Recipe
    device: str
    told: Told | None
    steps: int

    def epoch(self, number: int, given: tuple[Any, Any], validation: Labelled) -> Epoch:
        """Go through all training images once."""
        import torch

        begun = time.monotonic()
        rate = float(self.schedule.get_last_lr()[0])
        images, labels = given
        self.module.train()
        loss, right = 0.0, 0
        order = torch.randperm(len(labels)).to(self.device)
        for place, chosen in enumerate(order.split(self.recipe.batch)):
            one_loss, one_right = self._batch(images[chosen], labels[chosen])
            loss, right = loss + one_loss, right + one_right
            if self.told:
                self.told((number - 1) * self.steps + place + 1, self.recipe.epochs * self.steps)
        answers = self.probabilities(validation.images).argmax(1)
        return Epoch(
            epoch=number,
            learning_rate=rate,
            train_loss=loss / len(labels),
            train_accuracy=right / len(labels),
            validation_accuracy=float((answers == validation.labels).mean()),
            seconds=round(time.monotonic() - begun, 2),
        )

    def _batch(self, images: Any, labels: Any) -> tuple[float, int]:
        """Take one step; return the sum of the losses, and how many answers were right."""
        from torch.nn.functional import cross_entropy

        self.optimiser.zero_grad()
        logits = self.module(varied(images, self.recipe))
        loss = cross_entropy(logits, labels)
        loss.backward()
        self.optimiser.step()
        self.schedule.step()
        return float(loss.detach()) * len(labels), int((logits.argmax(1) == labels).sum())

    def probabilities(self, images: Bytes) -> NDArray[np.float64]:
        """Return the probability of each digit for each image (count × 10)."""
        import torch

        self.module.eval()
        with torch.no_grad():
            parts = [
                torch.softmax(self.module(part.to(self.device)), 1).cpu()
                for part in _images(images).split(_AT_ONCE)
            ]
        return np.asarray(torch.cat(parts).double().numpy())


def _images(images: Bytes) -> Any:
    import torch

    return torch.from_numpy(images[:, None].astype(np.float32) / 255)


def _labels(labels: Bytes) -> Any:
    import torch

    return torch.from_numpy(labels.astype(np.int64))


def _tensors(module: Any) -> dict[str, NDArray[Any]]:
    """Return what a module learned; how many batches it saw is no part of it."""
    state = module.state_dict().items()
    return {n: t.cpu().numpy() for n, t in state if not n.endswith("num_batches_tracked")}
