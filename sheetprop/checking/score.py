"""Rubrics: the families of quantities, and what each of them is worth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from sheetprop.bounded import LARGEST, content_of, loads
from sheetprop.errors import SpecError
from sheetprop.maths.names import parameter_of
from sheetprop.maths.network import Network

FAMILIES = (
    "forward",
    "error",
    "output_gradients",
    "hidden_gradients",
    "updates",
    "experiment",
)
"""What a rubric gives points for, in the order of a worksheet."""

MOST_POINTS = 1_000_000
"""Of a family: sums of more lose the halves and quarters."""

FORMULAS = "formulas"
"""The family of all quantities of a lesson that is no network."""

EXPERIMENT: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "runs": frozenset({"rate-mismatch", "different-start", "missing-rate", "stale-losses"}),
        "charts": frozenset({"chart-range", "no-chart"}),
    }
)
"""The parts of the experiment, worth the same, and the mistakes that cost them."""

_FAMILY_OF_KIND = {
    "input": "forward",
    "sum": "forward",
    "activation": "forward",
    "target": "error",
    "error": "error",
    "total error": "error",
    "weight": "updates",
    "bias": "updates",
    "hidden error": "hidden_gradients",
    "velocity": "updates",
    "setting": "updates",
}


def family_of(network: Network, name: str) -> str:
    """Return which family of a rubric a quantity belongs to."""
    quantity = network.quantities[name]
    if quantity.kind == "gradient":
        into_outputs = {p for n in network.layers[-1] for p in (*n.weights, n.bias)}
        is_output = parameter_of(name) in into_outputs
        return "output_gradients" if is_output else "hidden_gradients"
    if quantity.kind == "bias" and quantity.tree is None:
        return "forward"  # it does not learn: an input like any other
    return _FAMILY_OF_KIND[quantity.kind]


@dataclass(frozen=True, slots=True)
class Rubric:
    """What each family is worth, in points; `source` is the file it was read from.

    The formulas of a lesson that is no network are worth as much as all families together, unless
    the rubric says what they are.
    """

    source: str
    points: Mapping[str, float]
    formulas: float | None = None

    @property
    def of_lessons(self) -> float:
        """What the formulas of a lesson that is no network are worth."""
        return sum(self.points.values()) if self.formulas is None else self.formulas


def read_rubric(path: str | Path) -> Rubric:
    """Return the rubric in a TOML file.

    Raises:
        SpecError: it cannot be read, or something in it cannot be used.

    """
    source = str(path)
    try:
        document = loads(content_of(path, LARGEST).decode("utf-8-sig"))
    except OSError as error:
        raise SpecError(source, None, f"cannot be read ({error.strerror or error})") from None
    except UnicodeDecodeError:
        raise SpecError(source, None, "is no rubric: a rubric is a TOML text in UTF-8") from None
    except RecursionError:
        raise SpecError(source, None, "has lists nested too deeply for a rubric") from None
    except ValueError as error:
        raise SpecError(source, None, f"is no valid TOML: {error}") from None
    return _rubric(source, document)


def _rubric(source: str, document: Mapping[str, object]) -> Rubric:
    for section in document:
        if section != "points":
            raise SpecError(source, section, "is no section of a rubric; its only one is [points]")
    given = document.get("points")
    if not isinstance(given, dict):
        raise SpecError(source, "points", "is missing: a rubric begins with [points]")
    points = {name: _points(source, name, value) for name, value in given.items()}
    for family in FAMILIES:
        if family not in points:
            raise SpecError(source, f"points.{family}", "is missing; give 0 if it earns nothing")
    if not any(points.values()):
        raise SpecError(source, "points", "must give more than 0 to at least one family")
    return Rubric(source, {family: points[family] for family in FAMILIES}, points.get(FORMULAS))


def _points(source: str, name: str, value: object) -> float:
    if name not in (*FAMILIES, FORMULAS):
        from difflib import get_close_matches  # seldom needed

        near = get_close_matches(name, FAMILIES, n=1)
        meant = f' (did you mean "{near[0]}"?)' if near else ""
        allowed = f"is no family of quantities; there are {', '.join(FAMILIES)}"
        raise SpecError(source, f"points.{name:.60}", allowed + meant)
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number or not 0 <= value <= MOST_POINTS:  # type: ignore[operator]
        problem = f"must be a number from 0 to {MOST_POINTS}, not {value!r:.60}"
        raise SpecError(source, f"points.{name}", problem)
    return float(value)  # type: ignore[arg-type]
