"""The layers for sums that come with sheetprop."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sheetprop.training import tensors
from sheetprop.training.shipped_networks import FOLDER, TrainedNetwork, shipped
from sheetprop.training.sums.head import Head, head_of

_NAME = "digit-sum"


@dataclass(frozen=True)
class TrainedHead:
    """The `eyes`, a network that reads digits, the `head` for sums, and the log of its run."""

    eyes: TrainedNetwork
    head: Head
    log: Mapping[str, Any]


def shipped_head() -> TrainedHead:
    """Return the layers with the network whose features they take."""
    log = json.loads((FOLDER / f"{_NAME}.json").read_text(encoding="utf-8"))
    eyes = shipped(log["features_of"])
    head = head_of(tensors.read(FOLDER / f"{_NAME}.safetensors"), eyes.plan.steps[-1].channels_in)
    return TrainedHead(eyes, head, log)
