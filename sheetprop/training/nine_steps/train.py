"""The nine iterations, trained one after another, each from the same seed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sheetprop.training.nine_steps.iterations import ITERATIONS
from sheetprop.training.train import (
    Run,
    folder_of,
    need_torch,
    parts_of,
    paths_of,
    refuse_existing,
    with_epochs,
    write,
)


def train_nine(
    data: Path | None,
    folder: Path,
    *,
    epochs: int | None = None,
    seed: int = 1,
    force: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Path:
    """Train all nine on the MNIST of a folder; return the path of the weights of the last.

    Of each there are the files that `train` writes, when all nine are done; until then each has
    one ending in ``.unfinished``, from which the same runs go on after an interruption.

    Raises:
        SheetpropError: PyTorch is not installed, or the data cannot be used.
        WorkbookError: a file exists and `force` is not given, or cannot be written.

    """
    paths = {
        suffix + one.name: path
        for one in ITERATIONS
        for suffix, path in paths_of(folder, one.name).items()
    }
    refuse_existing(paths, force=force)
    need_torch()
    parts = parts_of(folder_of(data, folder), seed)
    runs = [
        Run(one.name, one.plan, with_epochs(one.recipe, epochs), seed, parts, folder)
        for one in ITERATIONS
    ]
    contents = {}
    for number, run in enumerate(runs):
        for suffix, content in run.contents(_shared(progress, runs, number)).items():
            contents[suffix + run.name] = content
    write(paths, contents, force=force)
    for run in runs:
        run.unfinished.unlink(missing_ok=True)
    return paths_of(folder, ITERATIONS[-1].name)[".safetensors"]


def _shared(
    progress: Callable[[int, int], None] | None, runs: list[Run], number: int
) -> Callable[[int, int], None] | None:
    """Return what is told how far a run is, and tells how far all are."""
    if progress is None:
        return None
    batches = [run.recipe.epochs * -(-len(run.parts[0].labels) // run.recipe.batch) for run in runs]
    before, together = sum(batches[:number]), sum(batches)
    return lambda done, _: progress(before + done, together)
