"""The lesson mnist: a trained network that reads digits, every layer of it in cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sheetprop.lessons.kinds.kind import WORKED, Kind
from sheetprop.training.plan import NETWORKS, SHIPPED
from sheetprop.validate import flag, one_of
from sheetprop.words import Words
from sheetprop.workbooks.sheet import Workbook


@dataclass(frozen=True, slots=True)
class Reading:
    """A `network` that ships by name, with batch normalisation `unfolded` on a sheet or not."""

    network: str
    unfolded: bool = False


def read(_source: str, values: Mapping[str, Any]) -> Reading:
    """Return which network it is, and what of it is shown."""
    return Reading(str(values["mnist.network"]), bool(values.get("mnist.unfolded", False)))


def describe(found: Reading) -> str:
    """Return the network's name and its layers in a few words."""
    layers = [layer.kind for layer in NETWORKS[found.network].layers]
    return f"{found.network}, {layers.count('conv')} convolutions"


def layout(found: Reading, words: Words, _variant: str) -> Workbook:
    """Return the workbook of a network."""
    from sheetprop.lessons.mnist.layout import layout as laid_out  # with NumPy
    from sheetprop.lessons.mnist.stored_digits import with_fewer_decimals
    from sheetprop.lessons.mnist.unfolded import with_unfolded
    from sheetprop.training import tensors
    from sheetprop.training.shipped_networks import FOLDER, shipped

    network = shipped(found.network)
    made = laid_out(network, words)
    if not found.unfolded:
        return with_fewer_decimals(made)
    arrays = tensors.read(FOLDER / f"{network.name}.safetensors")
    return with_unfolded(made, network.plan, arrays, words)  # whose point is how little they differ


MNIST = Kind(
    "mnist",
    {"mnist": {"network": one_of(SHIPPED), "unfolded": flag}},
    ("mnist.network",),
    read,
    describe,
    layout,
    variants=(WORKED,),
    networks=SHIPPED,
)
