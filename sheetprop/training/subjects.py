"""What can be learned, by the word for it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol

from sheetprop.caller import argument
from sheetprop.errors import SpecError
from sheetprop.training.nine_steps.train import train_nine
from sheetprop.training.sums.train import train_sums
from sheetprop.training.train import train

STANDARD = "standard"


class Subject(Protocol):
    """Trains on the data of a folder and writes into another."""

    def __call__(
        self, network: str | None, data: Path | None, folder: Path, **options: Any
    ) -> Path:
        """Return the path of the weights."""
        ...


def _digits(network: str | None, data: Path | None, folder: Path, **options: Any) -> Path:
    return train(network or STANDARD, data, folder, **options)


def _sums(network: str | None, data: Path | None, folder: Path, **options: Any) -> Path:
    return train_sums(network or STANDARD, data, folder, **options)


def _nine(network: str | None, data: Path | None, folder: Path, **options: Any) -> Path:
    if network is not None:
        problem = "does not go with nine-iterations, which has nine of its own; leave it out"
        raise SpecError(argument("network"), None, problem)
    return train_nine(data, folder, **options)


SUBJECTS: Mapping[str, Subject] = MappingProxyType(
    {"mnist": _digits, "digit-sum": _sums, "nine-iterations": _nine}
)
