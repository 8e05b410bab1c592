"""The lesson mnist: a trained network that reads digits, every layer of it in cells."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sheetprop.lessons.kinds.kind import WORKED, Kind
from sheetprop.training.plan import NETWORKS, SHIPPED
from sheetprop.validate import one_of
from sheetprop.words import ENGLISH, Words
from sheetprop.workbooks.sheet import Workbook


def read(_source: str, values: Mapping[str, Any]) -> str:
    """Return the name of the network that ships."""
    return str(values["mnist.network"])


def describe(network: str) -> str:
    """Return the network's name and its layers in a few words."""
    layers = [layer.kind for layer in NETWORKS[network].layers]
    return f"{network}, {layers.count('conv')} convolutions"


def layout(network: str, _words: Words, _variant: str) -> Workbook:
    """Return the workbook of a network; its texts are in English."""
    from sheetprop.lessons.mnist.layout import layout as laid_out  # with NumPy
    from sheetprop.training.shipped_networks import shipped

    return laid_out(shipped(network))


MNIST = Kind(
    "mnist",
    {"mnist": {"network": one_of(SHIPPED)}},
    ("mnist.network",),
    read,
    describe,
    layout,
    variants=(WORKED,),
    languages=(ENGLISH,),
    networks=SHIPPED,
)
