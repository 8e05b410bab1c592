"""What an interrupted run goes on from: kept after each epoch, beside where its weights will be."""

from __future__ import annotations

import hashlib
import io
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sheetprop.training.evaluated import Epoch
from sheetprop.training.idx import Labelled
from sheetprop.training.plan import Plan, told
from sheetprop.training.recipe import Recipe
from sheetprop.whole import written

SUFFIX = ".unfinished"


def key_of(plan: Plan, recipe: Recipe, seed: int, training: Labelled) -> str:
    """Return what tells a run from every other: its layers, recipe, seed, images and PyTorch."""
    import torch

    about = {"layers": told(plan), "recipe": asdict(recipe), "seed": seed, "by": torch.__version__}
    digest = hashlib.sha256(json.dumps(about, sort_keys=True).encode())
    digest.update(training.images.tobytes())
    digest.update(training.labels.tobytes())
    return digest.hexdigest()


def keep(path: Path, key: str, parts: dict[str, Any], epochs: list[Epoch]) -> None:
    """Write the states of a run's parts, its random numbers, and the epochs that are done."""
    import torch

    state = {
        "key": key,
        "epochs": [asdict(epoch) for epoch in epochs],
        "random": torch.get_rng_state(),
        "random of the GPU": torch.cuda.get_rng_state_all() if torch.cuda.is_available() else [],
        "parts": {name: part.state_dict() for name, part in parts.items()},
    }
    content = io.BytesIO()  # on a full disk PyTorch itself does not say what is the matter
    torch.save(state, content)
    with written(path, force=True) as place:
        place.write_bytes(content.getvalue())


def resumed(path: Path, key: str, parts: dict[str, Any]) -> list[Epoch]:
    """Return the epochs of the same run that are done, and put its parts where they were.

    None are done where no file of this very run is there; one that is damaged counts as none.
    """
    import torch

    state = _read(path)
    if not isinstance(state, dict) or state.get("key") != key:
        return []
    for name, part in parts.items():
        part.load_state_dict(state["parts"][name])
    torch.set_rng_state(state["random"])
    if torch.cuda.is_available():
        torch.cuda.set_rng_state_all(state["random of the GPU"])
    return [Epoch(**epoch) for epoch in state["epochs"]]


def _read(path: Path) -> object:
    """Return what a file holds, None where it cannot be read; nothing in it is run."""
    import torch

    if not path.is_file():
        return None
    try:
        return torch.load(path, weights_only=True)
    except Exception:  # PyTorch, pickle and zipfile have many of their own
        return None
