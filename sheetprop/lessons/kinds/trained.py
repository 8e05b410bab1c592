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
    from sheetprop.lessons.mnist.stored_digits import as_stored, with_fewer_digits
    from sheetprop.lessons.mnist.unfolded import with_unfolded
    from sheetprop.training import tensors
    from sheetprop.training.shipped_networks import FOLDER, shipped

    network = shipped(found.network)
    if not found.unfolded:
        return with_fewer_digits(laid_out(as_stored(network), words))
    made = laid_out(network, words)
    arrays = tensors.read(FOLDER / f"{network.name}.safetensors")
    # Its point is how little both ways differ: its weights keep all decimals.
    return with_fewer_digits(with_unfolded(made, network.plan, arrays, words))


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
