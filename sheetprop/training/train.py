"""A training run from a folder with MNIST to files with weights and logs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from sheetprop.caller import argument
from sheetprop.errors import SheetpropError, WorkbookError
from sheetprop.training import tensors
from sheetprop.training.checkpoint import SUFFIX
from sheetprop.training.evaluated import csv_text, json_text
from sheetprop.training.idx import Labelled, labelled
from sheetprop.training.plan import Plan, network, told
from sheetprop.training.recipe import Recipe
from sheetprop.whole import begun, discard, exists_already, finish, make_folder

if TYPE_CHECKING:
    from sheetprop.training.torch_run import Trained

SUBJECTS = ("mnist",)
"""What can be learned."""

VALIDATION = 1 / 12
"""The share of the training images that is not trained on: 5,000 of 60,000."""

_SUFFIXES = (".safetensors", ".json", ".csv")


def train(
    name: str,
    data: Path,
    folder: Path,
    *,
    epochs: int | None = None,
    seed: int = 1,
    force: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Path:
    """Train a network on the MNIST of a folder; return the path of its weights.

    Beside the weights its log is written, as JSON and as CSV; all three when all is done. Until
    then a file ending in ``.unfinished`` keeps the epochs that are done: the same run, begun again
    after an interruption, goes on from there and gives the same weights.

    Raises:
        SheetpropError: there is no such network, PyTorch is not installed, or the data cannot be
            used.
        WorkbookError: a file exists and `force` is not given, or cannot be written.

    """
    plan = network(name)
    paths = {suffix: folder / f"{name}{suffix}" for suffix in _SUFFIXES}
    _refuse_existing(paths, force=force)
    _need_torch()
    parts = parts_of(data, seed)
    recipe = Recipe() if epochs is None else replace(Recipe(), epochs=epochs)

    from sheetprop.training.torch_run import train as trained

    unfinished = folder / f"{name}{SUFFIX}"
    result = trained(plan, recipe, seed, parts, progress, unfinished)
    _write(paths, _contents(name, plan, recipe, seed, parts, result), force=force)
    unfinished.unlink(missing_ok=True)
    return paths[".safetensors"]


def parts_of(data: Path, seed: int) -> tuple[Labelled, Labelled, Labelled]:
    """Return the images to train on, to validate on (chosen by the seed), and to test on.

    Raises:
        SheetpropError: a file is missing or cannot be used, or there are too few images.

    """
    whole, test = labelled(data, "train"), labelled(data, "test")
    count = round(len(whole.labels) * VALIDATION)
    if not count or not len(test.labels):
        raise SheetpropError(f"{data}: has too few images to train and test a network")
    order = np.random.default_rng(seed).permutation(len(whole.labels))
    return _chosen(whole, order[count:]), _chosen(whole, order[:count]), test


def _chosen(whole: Labelled, places: np.ndarray[tuple[int, ...], np.dtype[np.int64]]) -> Labelled:
    return Labelled(whole.images[places], whole.labels[places])


def _need_torch() -> None:
    try:
        import torch
    except ImportError as error:
        raise SheetpropError(
            "training needs PyTorch, which is not installed: pip install 'sheetprop[train]'"
        ) from error
    del torch


def _refuse_existing(paths: Mapping[str, Path], *, force: bool) -> None:
    for path in paths.values():
        if path.parent.exists() and not path.parent.is_dir():
            reason = f"is a file; name a folder with {argument('output')}"
            raise WorkbookError(path.parent, reason)
        if path.exists() and not force:
            raise exists_already(path, "output")


def _contents(
    name: str,
    plan: Plan,
    recipe: Recipe,
    seed: int,
    parts: tuple[Labelled, Labelled, Labelled],
    result: Trained,
) -> dict[str, bytes]:
    import torch

    about = {
        "network": name,
        "parameters": plan.parameters,
        "layers": told(plan),
        "seed": seed,
        "recipe": asdict(recipe),
        "training_images": len(parts[0].labels),
        "validation_images": len(parts[1].labels),
        "torch": torch.__version__,
    }
    return {
        ".safetensors": tensors.content_of(result.tensors),
        ".json": json_text(about, result.epochs, result.test).encode(),
        ".csv": csv_text(result.epochs).encode(),
    }


def _write(paths: Mapping[str, Path], contents: Mapping[str, bytes], *, force: bool) -> None:
    """Write all files beside their places first, and move them there when none has failed."""
    unfinished = {suffix: begun(path) for suffix, path in paths.items()}
    try:
        for suffix, place in unfinished.items():
            make_folder(paths[suffix])
            try:
                place.write_bytes(contents[suffix])
            except OSError as error:
                reason = f"cannot be written ({error.strerror or error})"
                raise WorkbookError(paths[suffix], reason) from error
        for suffix, place in unfinished.items():
            finish(place, paths[suffix], force=force)
    finally:
        for place in unfinished.values():
            discard(place)
