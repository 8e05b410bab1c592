"""What a template says of optimizers: the data, the start, the schedule and every setting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sheetprop.errors import SpecError
from sheetprop.lessons.kinds.optimizers.schedules import SCHEDULES
from sheetprop.rows.optimizer_trees import OPTIMIZERS
from sheetprop.validate import Problem, Reader, number, numbers, one_of, part, shown, whole_number

MOST_STEPS, MOST_POINTS = 500, 12


@dataclass(frozen=True, slots=True)
class Optimizers:
    """A straight line y = w·x + b fitted to points from a start (w, b) by several optimizers.

    `rates` has the learning rate of each optimizer by its name; `settings` all other numbers that
    optimizers and schedules need, by the names their trees have.
    """

    x: tuple[float, ...]
    y: tuple[float, ...]
    start: tuple[float, ...]
    steps: int
    schedule: str
    rates: Mapping[str, float]
    settings: Mapping[str, float]


def points(value: object) -> tuple[float, ...]:
    """Return the numbers of 2 to 12 points."""
    found = numbers(value)
    if not 2 <= len(found) <= MOST_POINTS:
        raise Problem(f"must be 2 to {MOST_POINTS} numbers, not {shown(value)}")
    return found


def two(value: object) -> tuple[float, ...]:
    """Return two numbers, w and b."""
    found = numbers(value)
    if len(found) != 2:
        raise Problem(f"must be two numbers, w and b, not {shown(value)}")
    return found


def positive(value: object) -> float:
    """Return a number greater than 0."""
    found = number(value)
    if found <= 0:
        raise Problem(f"must be greater than 0, not {shown(value)}")
    return found


def steps(value: object) -> int:
    """Return a whole number of steps, from 2 on."""
    found = whole_number(value, 2)
    if found > MOST_STEPS:
        raise Problem(f"must be at most {MOST_STEPS}, not {shown(value)}")
    return found


def not_negative(value: object) -> float:
    """Return a number from 0 on."""
    found = number(value)
    if found < 0:
        raise Problem(f"must be at least 0, not {shown(value)}")
    return found


def inner(value: object) -> float:
    """Return a number between 0 and 1, which are excluded."""
    if (found := part(value)) == 0:
        raise Problem(f"must be greater than 0 and less than 1, not {shown(value)}")
    return found


SETTINGS: Mapping[str, tuple[str, float, Reader]] = {
    "momentum": ("mu", 0.9, part),
    "alpha": ("alpha", 0.99, part),
    "beta1": ("beta1", 0.9, part),
    "beta2": ("beta2", 0.999, part),
    "epsilon": ("epsilon", 1e-8, positive),
    "weight_decay": ("lambda", 0.01, not_negative),
    "step_size": ("size", 20, whole_number),
    "step_factor": ("gamma", 0.5, positive),
    "lowest": ("lowest", 0.0, part),
    "warm_up": ("warm", 0.3, inner),
    "first_divisor": ("div", 25.0, positive),
    "last_divisor": ("final", 1e4, positive),
}
"""By the key of a template: the name in trees, the value where it is left out, what reads it."""

SECTIONS: Mapping[str, Mapping[str, Reader]] = {
    "regression": {"x": points, "y": points, "start": two},
    "optimizers": dict.fromkeys(OPTIMIZERS, positive),
    "settings": {
        "steps": steps,
        "schedule": one_of(SCHEDULES),
        **{key: reader for key, (_, _, reader) in SETTINGS.items()},
    },
}
REQUIRED = ("regression.x", "regression.y", "regression.start")


def read(source: str, values: Mapping[str, Any]) -> Optimizers:
    """Return what a template's values, by their full keys, say.

    Raises:
        SpecError: points without their partners, all x alike, no optimizer, a warm-up that has no
            steps.

    """
    x, y = values["regression.x"], values["regression.y"]
    if len(x) != len(y):
        raise SpecError(source, "regression.y", f"must be {len(x)} numbers, one for each x")
    if len(set(x)) == 1:
        raise SpecError(source, "regression.x", "must hold two different numbers at least")
    return compared(source, values, x, y, values["regression.start"])


def compared(
    source: str,
    values: Mapping[str, Any],
    x: tuple[float, ...],
    y: tuple[float, ...],
    start: tuple[float, ...],
) -> Optimizers:
    """Return the optimizers of a template, their settings and schedule, on points and a start.

    Raises:
        SpecError: no optimizer has a learning rate, or a warm-up has no steps.

    """
    rates = {name: values[key] for name in OPTIMIZERS if (key := f"optimizers.{name}") in values}
    if not rates:
        known = ", ".join(OPTIMIZERS)
        raise SpecError(source, "optimizers", f"must have a learning rate for one of {known}")
    settings = {
        name: float(values.get(f"settings.{key}", usual))
        for key, (name, usual, _) in SETTINGS.items()
    }
    count = values.get("settings.steps", 60)
    if settings["warm"] * count <= 1:
        raise SpecError(source, "settings.warm_up", f"must be more than one of {count} steps")
    schedule = values.get("settings.schedule", "constant")
    return Optimizers(x, y, start, count, schedule, rates, settings)


def describe(found: Optimizers) -> str:
    """Return in a few words what is compared."""
    return f"{', '.join(found.rates)}; {found.steps} steps, {len(found.x)} points"
