"""What a template of the lesson training-log says: iterations with target, result and analysis."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sheetprop.errors import SpecError
from sheetprop.lessons.kinds.kind import section_of
from sheetprop.lessons.kinds.logs.reading import RunLog, run_log
from sheetprop.rows.training_log import ACCURACY, TEST, TRAIN, VALIDATION, measure
from sheetprop.validate import Problem, Reader, number, shown, suggestion, text, whole_number
from sheetprop.words import ENGLISH, Words, languages

MOST_ITERATIONS = 30
TEST_ACCURACY, TRAIN_ACCURACY = measure(TEST, ACCURACY), measure(TRAIN, ACCURACY)


@dataclass(frozen=True, slots=True)
class Iteration:
    """One run: its texts by language, its log, and its parameters where they are known."""

    name: Mapping[str, str]
    target: Mapping[str, str]
    analysis: Mapping[str, str]
    log: str
    parameters: int | None = None
    run: RunLog = RunLog(())  # noqa: RUF009 - frozen

    def said(self, what: str, words: Words) -> str:
        """Return one of its texts in the language of the words, else in English."""
        texts: Mapping[str, str] = getattr(self, what)
        return texts.get(words["log_texts_in"]) or texts.get(ENGLISH) or next(iter(texts.values()))

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of its epochs; what was held out for validation stands for a test."""
        found = [name.replace(VALIDATION, TEST) for name in self.run.columns]
        return tuple(dict.fromkeys(found))

    @property
    def is_validated(self) -> bool:
        """Whether it was held against validation images, and no test images."""
        measured = set(self.run.columns)
        return not any(TEST in name for name in measured) and any(
            VALIDATION in name for name in measured
        )

    def value(self, epoch: Mapping[str, float], name: str) -> float:
        """Return a number of an epoch."""
        return epoch[name] if name in epoch else epoch[name.replace(TEST, VALIDATION)]


@dataclass(frozen=True, slots=True)
class TrainingLogs:
    """The runs of a lesson, the accuracy they aim at in percent, and the parameters allowed."""

    iterations: tuple[Iteration, ...]
    target: float
    last: int
    most_parameters: int | None = None

    def said_in(self, words: Words) -> Words:
        """Return the words that tell what all runs were held against."""
        is_validated = all(one.is_validated for one in self.iterations)
        return words.of_validation() if is_validated else words


def _texts(value: object) -> dict[str, str]:
    """Return a text by language: a plain one is English."""
    if isinstance(value, str):
        return {ENGLISH: text(value)}
    if isinstance(value, dict) and value and set(value) <= set(languages()):
        return {language: text(one) for language, one in value.items()}
    raise Problem(f'must be a text, or such as {{ en = "…", de = "…" }}, not {shown(value)}')


_KEYS: Mapping[str, Reader] = {
    "name": _texts,
    "target": _texts,
    "analysis": _texts,
    "log": text,
    "parameters": whole_number,
}
_NEEDED = ("name", "log")


def iterations(value: object) -> tuple[Iteration, ...]:
    """Return the runs of a list of tables, the first one first."""
    if not isinstance(value, list) or not 0 < len(value) <= MOST_ITERATIONS:
        problem = f"must be 1 to {MOST_ITERATIONS} parts that begin with [[log.iterations]]"
        raise Problem(f"{problem}, not {shown(value)}")
    found = []
    for place, row in enumerate(value, 1):
        try:
            found.append(_iteration(row))
        except Problem as problem:
            raise Problem(f"number {place} of the list {problem}") from None
    return tuple(found)


def _iteration(row: object) -> Iteration:
    if not isinstance(row, dict):
        raise Problem(f'must be such as {{ name = "first", log = "first.csv" }}, not {shown(row)}')
    for key in row:
        if key not in _KEYS:
            known = f"an iteration has {', '.join(_KEYS)}{suggestion(key, _KEYS)}"
            raise Problem(f"must not hold {shown(key)}: {known}")
    for key in _NEEDED:
        if key not in row:
            raise Problem(f'must say its {key}, as in {key} = "first"')
    nothing = {ENGLISH: "–"}
    values: dict[str, Any] = {"target": nothing, "analysis": nothing}
    for key, value in row.items():
        try:
            values[key] = _KEYS[key](value)
        except Problem as problem:
            raise Problem(f"has a {key} that {problem}") from None
    return Iteration(**values)


def _percent(value: object) -> float:
    found = number(value)
    if not 0 < found < 100:
        raise Problem(f"must be an accuracy in percent between 0 and 100, not {shown(value)}")
    return found


SECTIONS: Mapping[str, Mapping[str, Reader]] = {
    "log": {
        "target": _percent,
        "last": whole_number,
        "most_parameters": whole_number,
        "iterations": iterations,
    }
}
REQUIRED = ("log.target", "log.iterations")


def read(source: str, values: Mapping[str, Any]) -> TrainingLogs:
    """Return the runs of a template's values, their logs read from beside the template.

    Raises:
        SpecError: a log cannot be read, or has no accuracies of both kinds.

    """
    own = section_of(values, "log")
    found = []
    for place, one in enumerate(own["iterations"], 1):
        try:
            found.append(_with_log(one, Path(source).parent))
        except Problem as problem:
            told = f"number {place} of the list has a log that {problem}"
            raise SpecError(source, "log.iterations", told) from None
    return TrainingLogs(**{"last": 3} | own | {"iterations": tuple(found)})


def _with_log(one: Iteration, folder: Path) -> Iteration:
    run = run_log(folder / one.log)
    made = replace(one, run=run, parameters=one.parameters or run.parameters)
    for name in (TRAIN_ACCURACY, TEST_ACCURACY):
        if name not in made.columns:
            raise Problem(
                f"must have {name.replace('_', ' ')} in every epoch, not {shown(one.log)}"
            )
    return made


def describe(found: TrainingLogs) -> str:
    """Return how many runs there are, and what they aim at."""
    epochs = sum(len(one.run.epochs) for one in found.iterations)
    return f"{len(found.iterations)} runs, {epochs} epochs, target {found.target:g} %"
