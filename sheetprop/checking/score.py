"""Marks by a rubric: what each family of quantities is worth, as it stands and followed through.

*As it stands* a quantity is right when its values are those of the right run, so that all that
comes after a wrong formula is wrong too. *With follow-through* each formula is judged on the
student's own values, and a mistake costs once; but where earlier mistakes leave only zeros or
saturated activations there is nothing to follow, and what comes after them earns nothing.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType

from sheetprop.bounded_toml import LARGEST, loads
from sheetprop.checking.report import Mark, Marks, Report
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
    """What each family is worth, in points; `source` is the file it was read from."""

    source: str
    points: Mapping[str, float]


def read_rubric(path: str | Path) -> Rubric:
    """Return the rubric in a TOML file.

    Raises:
        SpecError: it cannot be read, or something in it cannot be used.

    """
    source = str(path)
    try:
        with Path(path).open("rb") as file:
            document = loads(file.read(LARGEST + 1).decode("utf-8-sig"))
    except OSError as error:
        raise SpecError(source, None, f"cannot be read ({error.strerror or error})") from None
    except UnicodeDecodeError:
        raise SpecError(source, None, "is no rubric: a rubric is a TOML text in UTF-8") from None
    except (ValueError, RecursionError) as error:
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
    return Rubric(source, {family: points[family] for family in FAMILIES})


def _points(source: str, name: str, value: object) -> float:
    if name not in FAMILIES:
        near = get_close_matches(name, FAMILIES, n=1)
        meant = f' (did you mean "{near[0]}"?)' if near else ""
        allowed = f"is no family of quantities; there are {', '.join(FAMILIES)}"
        raise SpecError(source, f"points.{name}", allowed + meant)
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number or not 0 <= float(str(value)) < math.inf:
        raise SpecError(source, f"points.{name}", f"must be a number from 0, not {value!r:.60}")
    return float(str(value))


def marks(report: Report, rubric: Rubric) -> Marks | None:
    """Return the marks of a report that has pictures; None where no table was recognised."""
    families = {name: f for picture in report.pictures for name, f in picture.families.items()}
    if not families:
        return None
    problem = next((p.problem for p in report.pictures if p.problem), None)
    followed = _followed(report)
    standing = frozenset.intersection(*(picture.matching for picture in report.pictures))
    found = []
    for family, points in rubric.points.items():
        members = [name for name, its in families.items() if its == family]
        if family == "experiment":
            found.append(_experiment(report, points))
        elif members:
            share = None if problem else points * _share(members, standing)
            found.append(Mark(family, points, share, points * _share(members, followed)))
    return Marks(rubric.source, tuple(found), problem)


def _followed(report: Report) -> frozenset[str]:
    """Return what earns points with follow-through: right formulas that had something to do."""
    trivial = {name for picture in report.pictures for name in picture.trivial - picture.matching}
    return frozenset(report.right) - trivial


def _share(members: Iterable[str], earning: Iterable[str]) -> float:
    names = list(members)
    return len(set(names) & set(earning)) / len(names)


def _experiment(report: Report, points: float) -> Mark:
    mistakes = {finding.mistake for finding in report.findings}
    kept = sum(not mistakes & costly for costly in EXPERIMENT.values())
    earned = points * kept / len(EXPERIMENT)
    return Mark("experiment", points, earned, earned)
