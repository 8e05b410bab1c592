"""A training run from a folder with MNIST to files with weights and logs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from sheetprop.caller import argument
from sheetprop.errors import SheetpropError, WorkbookError
from sheetprop.training import tensors
from sheetprop.training.checkpoint import SUFFIX
from sheetprop.training.download import downloaded
from sheetprop.training.evaluated import csv_text, json_text
from sheetprop.training.idx import Labelled, labelled
from sheetprop.training.plan import Plan, network, told
from sheetprop.training.recipe import RECIPES, Recipe
from sheetprop.whole import begun, discard, exists_already, finish, make_folder

if TYPE_CHECKING:
    from sheetprop.training.torch_run import Trained

VALIDATION = 1 / 12
"""The share of the training images that is not trained on: 5,000 of 60,000."""

SUFFIXES = (".safetensors", ".json", ".csv")
"""Of the files that a run writes: weights, log, and its epochs as a table."""


def train(
    name: str,
    data: Path | None,
    folder: Path,
    *,
    epochs: int | None = None,
    seed: int = 1,
    force: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Path:
    """Train a network on the MNIST of a folder, or a downloaded one; return where its weights are.

    Beside the weights its log is written, as JSON and as CSV; all three when all is done. Until
    then a file ending in ``.unfinished`` keeps the epochs that are done: the same run, begun again
    after an interruption, goes on from there and gives the same weights.

    Raises:
        SheetpropError: there is no such network, PyTorch is not installed, or the data cannot be
            used.
        WorkbookError: a file exists and `force` is not given, or cannot be written.

    """
    plan = network(name)
    paths = paths_of(folder, name)
    refuse_existing(paths, force=force)
    need_torch()
    recipe = with_epochs(RECIPES.get(name, Recipe()), epochs)
    run = Run(name, plan, recipe, seed, parts_of(folder_of(data, folder), seed), folder)
    write(paths, run.contents(progress), force=force)
    run.unfinished.unlink(missing_ok=True)
    return paths[".safetensors"]


@dataclass(frozen=True)
class Run:
    """A network to be trained, by its name, and the folder for what it is."""

    name: str
    plan: Plan
    recipe: Recipe
    seed: int
    parts: tuple[Labelled, Labelled, Labelled]
    folder: Path

    @property
    def unfinished(self) -> Path:
        """Return the file that keeps the epochs which are done."""
        return self.folder / f"{self.name}{SUFFIX}"

    def contents(self, progress: Callable[[int, int], None] | None) -> dict[str, bytes]:
        """Train, and return what the files hold, by their suffixes."""
        from sheetprop.training.torch_run import train as trained

        its = self.plan, self.recipe, self.seed, self.parts
        return _contents(self, trained(*its, progress, self.unfinished))


def with_epochs(recipe: Recipe, epochs: int | None) -> Recipe:
    """Return a recipe with another number of epochs where one is given."""
    return recipe if epochs is None else replace(recipe, epochs=epochs)


def paths_of(folder: Path, name: str) -> dict[str, Path]:
    """Return the paths of the files of a network, by their suffixes."""
    return {suffix: folder / f"{name}{suffix}" for suffix in SUFFIXES}


def folder_of(data: Path | None, output: Path) -> Path:
    """Return the folder with the data: the one that is named, or a downloaded one in the output.

    Raises:
        SheetpropError: the download fails.
        WorkbookError: it cannot be written.

    """
    return downloaded(output / "mnist") if data is None else data


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


def need_torch() -> None:
    """Refuse to go on where PyTorch is not installed."""
    try:
        import torch
    except ImportError as error:
        raise SheetpropError(
            "training needs PyTorch, which is not installed: pip install 'sheetprop[train]'"
        ) from error
    del torch


def refuse_existing(paths: Mapping[str, Path], *, force: bool) -> None:
    """Refuse to go on where a file exists, or no folder is where they are to stand."""
    for path in paths.values():
        if path.parent.exists() and not path.parent.is_dir():
            reason = f"is a file; name a folder with {argument('output')}"
            raise WorkbookError(path.parent, reason)
        if path.exists() and not force:
            raise exists_already(path, "output")


def _contents(run: Run, result: Trained) -> dict[str, bytes]:
    import torch

    about = {
        "network": run.name,
        "parameters": run.plan.parameters,
        "layers": told(run.plan),
        "seed": run.seed,
        "recipe": asdict(run.recipe),
        "training_images": len(run.parts[0].labels),
        "validation_images": len(run.parts[1].labels),
        "torch": torch.__version__,
    }
    return {
        ".safetensors": tensors.content_of(result.tensors),
        ".json": json_text(about, result.epochs, result.test).encode(),
        ".csv": csv_text(result.epochs).encode(),
    }


def write(paths: Mapping[str, Path], contents: Mapping[str, bytes], *, force: bool) -> None:
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
