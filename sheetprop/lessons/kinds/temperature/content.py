"""What a template says of softmax: the values, the temperature and the target shares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sheetprop.errors import SpecError
from sheetprop.validate import Problem, Reader, number, numbers, shown

MOST = 8
"""Values, for which there is room on a page."""

_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Shares:
    """Values z, to each of which `added` is added, the temperature, and the target shares t."""

    values: tuple[float, ...]
    target: tuple[float, ...]
    temperature: float
    added: float


def values(value: object) -> tuple[float, ...]:
    """Return 2 to 8 numbers."""
    found = numbers(value)
    if not 2 <= len(found) <= MOST:
        raise Problem(f"must be 2 to {MOST} numbers, not {shown(value)}")
    return found


def shares(value: object) -> tuple[float, ...]:
    """Return numbers from 0 on that add up to 1."""
    found = values(value)
    if min(found) < 0 or abs(sum(found) - 1) > _ROUNDING:
        raise Problem(f"must be numbers from 0 on that add up to 1, not {shown(value)}")
    return found


def above_zero(value: object) -> float:
    """Return a number greater than 0."""
    found = number(value)
    if found <= 0:
        raise Problem(f"must be greater than 0, not {shown(value)}")
    return found


SECTIONS: Mapping[str, Mapping[str, Reader]] = {
    "temperature": {
        "values": values,
        "target": shares,
        "temperature": above_zero,
        "added": number,
    }
}
REQUIRED = ("temperature.values", "temperature.target")


def read(source: str, found: Mapping[str, Any]) -> Shares:
    """Return what a template's values, by their full keys, say.

    Raises:
        SpecError: there is not one target share for each value.

    """
    own = {key.partition(".")[2]: value for key, value in found.items()}
    usual = {"temperature": 1.0, "added": 0.0}
    own = usual | {key: own[key] for key in SECTIONS["temperature"] if key in own}
    if len(own["values"]) != len(own["target"]):
        count = len(own["values"])
        problem = f"must be {count} numbers, one for each value"
        raise SpecError(source, "temperature.target", problem)
    return Shares(**own)


def describe(found: Shares) -> str:
    """Return how many values there are."""
    return f"{len(found.values)} values, temperature {found.temperature:g}"
