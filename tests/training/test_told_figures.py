"""What the pages tell of the trained networks in figures follows from the logs that ship."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sheetprop.training.plan import NETWORKS, SHIPPED
from sheetprop.training.shipped_networks import FOLDER

ROOT = Path(__file__).parents[2]
FIGURE = re.compile(r"\d{1,3}(?:,\d{3})+|\d+\.\d+ %")
"""A count from a thousand on, or a share."""


def log_of(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return found


def counts() -> Iterator[int]:
    """Yield the counts that the logs hold, and the formulas of the layers of each network."""
    for name in SHIPPED:
        log = log_of(name)
        yield from (log["parameters"], log["test"]["right"], log["test"]["images"])
        yield from (log["training_images"], log["validation_images"])
        yield sum(step.channels * step.side**2 for step in NETWORKS[name].steps)
    test = log_of("digit-sum")["test"]
    yield from (value for value in test.values() if isinstance(value, int))
    for path in (FOLDER / "nine-iterations").glob("*.json"):
        yield json.loads(path.read_text(encoding="utf-8"))["parameters"]


def shares() -> Iterator[float]:
    """Yield the shares that the logs hold, or that two counts of one of them make."""
    test = log_of("digit-sum")["test"]
    found = [value for value in test.values() if isinstance(value, int)]
    yield from (one / other for one in found for other in found if 0 < one <= other)
    for path in (FOLDER / "nine-iterations").glob("*.json"):
        log = json.loads(path.read_text(encoding="utf-8"))
        yield max(epoch["validation_accuracy"] for epoch in log["epochs"])


def test_every_figure_told_of_the_networks_is_in_a_log() -> None:
    """Counts and shares of the page, and of what the README says of digit-sum."""
    page = (ROOT / "docs" / "how-to" / "read-digits.md").read_text(encoding="utf-8")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    told = FIGURE.findall(page)
    told += [
        figure
        for line in readme.splitlines()
        if line.startswith("`digit-sum`")
        for figure in FIGURE.findall(line)
    ]
    known = {f"{count:,}" for count in counts()} | {
        f"{share:.2%}"[:-1] + " %" for share in shares()
    }
    target = {"99.4 %"}

    assert len(told) > 12
    assert set(told) - known - target == set()
