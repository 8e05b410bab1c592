"""The log of a trainer, in CSV or JSON: its epochs, and what it measured in each.

A CSV has a line of headers; a JSON is a list of epochs, an object that holds one, or an object of
lists such as Keras' ``history``. PyTorch Lightning writes training and validation of one epoch in
lines of their own; they are put together. Epochs without a number are counted from 1.
"""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sheetprop.bounded import content_of
from sheetprop.rows.header_words import named
from sheetprop.rows.training_log import (
    ACCURACY,
    EPOCH,
    LOSS,
    RATE,
    TEST,
    TRAIN,
    TRAINING_LOG,
    VALIDATION,
    measure,
)
from sheetprop.training.plan import SHIPPED as NETWORKS
from sheetprop.validate import Problem, shown

MOST_BYTES, MOST_EPOCHS = 5_000_000, 1_000
SPLITS = (TRAIN, TEST, VALIDATION)
MEASURES = tuple(measure(split, metric) for split in SPLITS for metric in (LOSS, ACCURACY))
SHIPPED = Path(__file__).parents[3] / "training" / "data"
NINE = "nine-iterations"
"""What begins the names of iterations that ship: ``nine-iterations/dropout``."""

Row = dict[str, float]


@dataclass(frozen=True, slots=True)
class RunLog:
    """The epochs of a run by quantity, accuracies in percent; `parameters` where the log says."""

    epochs: tuple[Mapping[str, float], ...]
    parameters: int | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """The quantities that every epoch has."""
        return tuple(name for name in (EPOCH, RATE, *MEASURES) if self.holds(name))

    def holds(self, name: str) -> bool:
        """Whether every epoch has a quantity."""
        return all(name in row for row in self.epochs)


def run_log(path: Path) -> RunLog:
    """Return the log in a file; what ships is named without a file.

    Raises:
        Problem: there is no such file, or it is no log.

    """
    text = _text(_shipped(path))
    parameters = None
    if text.lstrip()[:1] in "[{":
        content = _parsed(text, path)
        rows = list(_of_json(content))
        if isinstance(content, dict) and isinstance(content.get("parameters"), int):
            parameters = content["parameters"]
    else:
        rows = _of_csv(text, path)
    return RunLog(_epochs(rows, path), parameters)


def _shipped(path: Path) -> Path:
    """Return where the log of a network or of an iteration that ships is, any other as it is."""
    if str(path) in NETWORKS or (path.name in NETWORKS and not path.exists()):
        return SHIPPED / f"{path.name}.json"
    own = SHIPPED / NINE / f"{path.name}.json"
    is_named = path.parent.name == NINE and not path.exists()
    return own if is_named and own.is_file() else path


def _text(path: Path) -> str:
    try:
        content = content_of(path, MOST_BYTES)
        text = content[:MOST_BYTES].decode("utf-8-sig")
    except (OSError, ValueError) as error:
        problem = f"must be a CSV or JSON file that can be read, or {' or '.join(NETWORKS)}"
        raise Problem(f"{problem}, not {shown(str(path))}") from error
    if len(content) > MOST_BYTES:
        raise Problem(f"must be a log of at most {MOST_BYTES} bytes, not {shown(str(path))}")
    return text


def _parsed(text: str, path: Path) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Problem(f"must be a log in JSON or CSV, and {shown(path.name)} is none") from error


def _of_csv(text: str, path: Path) -> list[Mapping[str, object]]:
    try:
        return list(csv.DictReader(text.splitlines()))
    except csv.Error as error:  # a text that is longer than any number
        raise Problem(f"must be a log in JSON or CSV, and {shown(path.name)} is none") from error


def _of_json(content: object) -> Iterator[Mapping[str, object]]:
    """Yield the epochs of a JSON: rows, or columns turned into rows."""
    if isinstance(content, dict):
        inner = next((content[k] for k in ("epochs", "history", "log") if k in content), None)
        if isinstance(inner, list | dict) and inner:
            yield from _of_json(inner)
            return
        columns = {k: v for k, v in content.items() if isinstance(v, list)}
        for values in zip(*columns.values(), strict=False):
            yield dict(zip(columns, values, strict=True))
    elif isinstance(content, list):
        yield from (row for row in content if isinstance(row, dict))


def _epochs(rows: Sequence[Mapping[str, object]], path: Path) -> tuple[Row, ...]:
    names = _names(dict.fromkeys(key for row in rows for key in row if key))
    found: dict[float, Row] = {}
    for count, row in enumerate(rows, 1):
        own = {name: number for key, name in names.items() if (number := _number(row.get(key)))}
        own |= {name: 0.0 for key, name in names.items() if _number(row.get(key)) == 0.0}
        epoch = own.get(EPOCH, float(count))
        found.setdefault(epoch, {EPOCH: epoch}).update(own)
    kept = tuple(found[epoch] for epoch in sorted(found))
    measured = [name for name in MEASURES if all(name in row for row in kept)]
    if not 2 <= len(kept) <= MOST_EPOCHS or not measured:
        problem = f"must be a log of 2 to {MOST_EPOCHS} epochs with accuracies or losses"
        raise Problem(
            f"{problem}, and {shown(path.name)} is none; its columns are named like "
            "epoch, train_loss, train_accuracy, val_loss, val_accuracy"
        )
    return tuple(_in_percent(row, _factors(kept, measured)) for row in kept)


def _names(keys: Iterable[str]) -> dict[str, str]:
    """Return what each column is; where training is not named, it is what is beside validation."""
    found: dict[str, str] = {}
    ways = {key: named(str(key), TRAINING_LOG) for key in keys}
    for key, names in sorted(ways.items(), key=lambda one: len(one[1])):
        free = [n for n in names if n not in found.values() and n in (EPOCH, RATE, *MEASURES)]
        if free:
            found[key] = free[0]
    return found


def _number(value: object) -> float | None:
    try:
        number = float(str(value).strip().rstrip("%"))
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _factors(rows: Sequence[Row], measured: Sequence[str]) -> dict[str, float]:
    """Return by what each accuracy is multiplied to be percent."""
    accuracies = [name for name in measured if name.endswith(ACCURACY)]
    return {n: 100.0 if max(row[n] for row in rows) <= 1.0 else 1.0 for n in accuracies}


def _in_percent(row: Row, factors: Mapping[str, float]) -> Row:
    return {name: round(value * factors.get(name, 1.0), 10) for name, value in row.items()}
