"""Each student's own numbers, drawn from the seed of a course and the student's id.

HMAC-SHA256 (RFC 2104) of the id, with the seed as its key, gives a stream of numbers that nobody
who lacks the seed can tell, and that is the same wherever it is drawn.
"""

from __future__ import annotations

import hashlib
import hmac
import math
import random
from collections.abc import Container, Sequence
from dataclasses import replace

from sheetprop.classes.good import has_one_example, problem, unseen_in
from sheetprop.classes.hidden import Wrong
from sheetprop.errors import SpecError
from sheetprop.spec import Limits, Spec

MOST_DRAWS = 100
LIKELY_DRAWS = 20
"""Hardly ever is a later one handed out."""

DECIMALS = 2
DIGITS_OF_RATES = 2
MOST_TRIES = 1000
TRIALS = 12
"""Draws that tell which mistakes a lesson's own data hide."""


def drawn_for(spec: Spec, seed: int, student: str) -> Spec:
    """Return the lesson with the numbers of one student.

    A draw that makes no good exercise is followed by the next.

    Raises:
        SpecError: the limits of the lesson let none of many draws be a good exercise.

    """
    reason: str | None = None
    unseen = _unseen(spec)
    for attempt in range(MOST_DRAWS):
        candidate = _candidate(spec, _stream(seed, student, spec.name, "draw", str(attempt)))
        if candidate is None:
            reason = "there is no room for numbers that are all different"
            continue
        reason = problem(candidate, unseen)
        if reason is None:
            return candidate
    sentence = f"its limits let none of {MOST_DRAWS} draws be a good exercise: {reason}"
    raise SpecError(spec.name, "class", sentence)


_hidden: dict[str, frozenset[Wrong]] = {}
"""The mistakes that a lesson's own data hide, by all that the lesson says."""


def _unseen(spec: Spec) -> frozenset[Wrong]:
    """Return the mistakes that no draw can be blamed for; all students of a class ask for them."""
    if has_one_example(spec):
        return frozenset()
    told = repr(spec)
    if told not in _hidden:
        streams = (_stream(0, "", spec.name, "trial", str(k)) for k in range(TRIALS))
        drawn = (_candidate(spec, stream) for stream in streams)
        _hidden[told] = unseen_in(spec, (one for one in drawn if one is not None))
    return _hidden[told]


def handed_to(spec: Spec, seed: int, student: str, marks: Container[str]) -> Spec | None:
    """Return the draw of a student that one of the fingerprints was made of, None if none was.

    Only who has the seed can make one, so that it was found to be a good exercise when it was
    handed out: that costs most of drawing, and is not asked again.
    """
    for attempt in range(LIKELY_DRAWS):
        candidate = _candidate(spec, _stream(seed, student, spec.name, "draw", str(attempt)))
        if candidate is not None and fingerprint(candidate, seed, student) in marks:
            return candidate
    return None


def fingerprint(spec: Spec, seed: int, student: str) -> str:
    """Return what tells a worksheet from all others, and that only who has the seed can make."""
    numbers = (*spec.inputs, *spec.targets, *spec.weights, *spec.biases, *spec.learning_rates)
    texts = (student, spec.name, "fingerprint", *map(repr, numbers))
    return _digest(seed, *texts).hex()[:32]


def sealed_rates(rates: Sequence[float], seed: int, student: str) -> str:
    """Return the rates that a class was handed in place of drawn ones, with what proves it."""
    told = " ".join(map(repr, rates))
    return f"{told} {_digest(seed, student, 'rates', told).hex()[:16]}"


def rates_in(sealed: str, seed: int, student: str) -> tuple[float, ...]:
    """Return the rates of a worksheet that were sealed for this student, none of any other text."""
    told, _, _ = sealed.rpartition(" ")
    try:
        rates = tuple(map(float, told.split()))
    except ValueError:
        return ()
    return rates if sealed == sealed_rates(rates, seed, student) else ()


def _digest(seed: int, *texts: str) -> bytes:
    message = "\0".join(texts).encode("utf-8")
    return hmac.new(str(seed).encode(), message, hashlib.sha256).digest()


def _stream(seed: int, *texts: str) -> random.Random:
    return random.Random(int.from_bytes(_digest(seed, *texts)))  # noqa: S311 - seeded by the HMAC


def _candidate(spec: Spec, draw: random.Random) -> Spec | None:
    """Return the lesson with other numbers, or None where too few different ones were met."""
    limits, shape = spec.limits, spec.architecture
    inputs: Sequence[float] | None = spec.inputs
    targets: Sequence[float] | None = spec.targets
    if has_one_example(spec):
        inputs = _different(draw, limits.inputs, len(spec.inputs))
        if shape.output_activation != "softmax":
            targets = _different(draw, limits.targets, len(spec.targets))
    weights = _different(draw, limits.weights, len(spec.weights))
    biases = _different(draw, limits.biases, len(spec.biases))
    if inputs is None or targets is None or weights is None or biases is None:
        return None
    return replace(
        spec,
        inputs=tuple(inputs),
        targets=tuple(targets),
        weights=tuple(weights),
        biases=tuple(biases),
        learning_rates=_rates(draw, spec, limits),
    )


def _different(
    draw: random.Random, limits: tuple[float, float], count: int
) -> tuple[float, ...] | None:
    """Return numbers between limits with few digits, none of them 0, 1 or there twice."""
    low, high = limits
    found: dict[float, None] = {}
    for _ in range(MOST_TRIES):
        if len(found) == count:
            return tuple(found)
        number = round(low + (high - low) * draw.random(), DECIMALS)
        if number not in (0, 1) and low <= number <= high:
            found[number] = None
    return tuple(found) if len(found) == count else None


def _rates(draw: random.Random, spec: Spec, limits: Limits) -> tuple[float, ...]:
    low, high = limits.rate_factor
    return tuple(
        _rounded(rate * (low + (high - low) * draw.random())) for rate in spec.learning_rates
    )


def _rounded(rate: float) -> float:
    """Return a rate with as few digits as people read at a glance."""
    return round(rate, DIGITS_OF_RATES - 1 - math.floor(math.log10(rate)))
