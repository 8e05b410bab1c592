"""What a template says of optimizers on the classic network: its numbers, rates and settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sheetprop.lessons.kinds.optimizers.content import (
    SECTIONS as OF_OPTIMIZERS,
)
from sheetprop.lessons.kinds.optimizers.content import Optimizers, compared
from sheetprop.rows.optimizer_trees import WEIGHTS
from sheetprop.validate import Problem, Reader, numbers, shown


@dataclass(frozen=True, slots=True)
class Descent:
    """The runs of optimizers (`found`, which fits no line) on a network with its data."""

    found: Optimizers
    inputs: tuple[float, ...]
    targets: tuple[float, ...]


def _so_many(count: int) -> Reader:
    def read_numbers(value: object) -> tuple[float, ...]:
        found = numbers(value)
        if len(found) != count:
            raise Problem(f"must be {count} numbers, not {shown(value)}")
        return found

    return read_numbers


SECTIONS: Mapping[str, Mapping[str, Reader]] = {
    "data": {
        "inputs": _so_many(2),
        "targets": _so_many(2),
        "weights": _so_many(len(WEIGHTS)),
    },
    "optimizers": OF_OPTIMIZERS["optimizers"],
    "settings": OF_OPTIMIZERS["settings"],
}
REQUIRED = ("data.inputs", "data.targets", "data.weights")


def read(source: str, values: Mapping[str, Any]) -> Descent:
    """Return what a template's values, by their full keys, say.

    Raises:
        SpecError: no optimizer has a learning rate, or a warm-up has no steps.

    """
    found = compared(source, values, (), (), values["data.weights"])
    return Descent(found, values["data.inputs"], values["data.targets"])


def describe(found: Descent) -> str:
    """Return in a few words what is compared."""
    return f"{', '.join(found.found.rates)}; {found.found.steps} steps of the classic network"
