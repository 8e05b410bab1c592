"""A run for sums, from a folder with MNIST to files with weights and logs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sheetprop.training import tensors
from sheetprop.training.evaluated import csv_text
from sheetprop.training.idx import Labelled
from sheetprop.training.plan import told
from sheetprop.training.recipe import SUM_RECIPE, Recipe
from sheetprop.training.shipped_networks import FOLDER, TrainedNetwork, shipped
from sheetprop.training.sums.evaluated import json_text, sum_evaluation
from sheetprop.training.sums.head import HIDDEN, Head, head_of, read
from sheetprop.training.train import (
    SUFFIXES,
    folder_of,
    need_torch,
    parts_of,
    refuse_existing,
    with_epochs,
    write,
)

if TYPE_CHECKING:
    from sheetprop.training.sums.torch_head import HeadRun

NAME = "digit-sum"


def train_sums(
    network: str,
    data: Path | None,
    folder: Path,
    *,
    epochs: int | None = None,
    seed: int = 1,
    force: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Path:
    """Train the two layers for sums on a network that ships; return the path of their weights.

    The network is not changed, and its validation images are those of these layers, too. Files are
    written and runs go on as those of `sheetprop.training.train.train`.

    Raises:
        SheetpropError: there is no such network, PyTorch is not installed, or the data cannot be
            used.
        WorkbookError: a file exists and `force` is not given, or cannot be written.

    """
    eyes = shipped(network)
    paths = {suffix: folder / f"{NAME}{suffix}" for suffix in SUFFIXES}
    refuse_existing(paths, force=force)
    need_torch()
    parts = parts_of(folder_of(data, folder), eyes.log["seed"])
    recipe = with_epochs(SUM_RECIPE, epochs)

    from sheetprop.training.sums.torch_head import train_head

    unfinished = folder / f"{NAME}.unfinished"
    arrays = tensors.read(FOLDER / f"{network}.safetensors")
    made = train_head(eyes.plan, arrays, recipe, seed, parts[:2], progress, unfinished)
    write(paths, _contents(eyes, recipe, seed, parts, made), force=force)
    unfinished.unlink(missing_ok=True)
    return paths[".safetensors"]


def _contents(
    eyes: TrainedNetwork,
    recipe: Recipe,
    seed: int,
    parts: tuple[Labelled, Labelled, Labelled],
    made: HeadRun,
) -> dict[str, bytes]:
    head = head_of(made.tensors, eyes.plan.steps[-1].channels_in)
    # The test images are looked at once, here.
    test = sum_evaluation(head, read(eyes.plan, eyes.weights, parts[2].images), parts[2].labels)
    about = _about(eyes, recipe, seed, parts, made, head)
    return {
        ".safetensors": tensors.content_of(made.tensors),
        ".json": json_text(about, made.epochs, test).encode(),
        ".csv": csv_text(made.epochs).encode(),
    }


def _about(
    eyes: TrainedNetwork,
    recipe: Recipe,
    seed: int,
    parts: tuple[Labelled, Labelled, Labelled],
    made: HeadRun,
    head: Head,
) -> dict[str, Any]:
    import torch

    return {
        "network": NAME,
        "features_of": eyes.name,
        "features": eyes.plan.steps[-1].channels_in,
        "hidden": HIDDEN,
        "parameters": head.parameters,
        "parameters_before": eyes.plan.parameters,
        "layers": told(eyes.plan),
        "seed": seed,
        "recipe": asdict(recipe),
        "training_images": len(parts[0].labels),
        "validation_images": len(parts[1].labels),
        "chosen_epoch": made.chosen,
        "torch": torch.__version__,
    }
