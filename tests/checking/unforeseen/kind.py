"""A kind of worksheet: how it is made, whether it is right, and which answers are honest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from unforeseen.board import Board, Key

ACCEPTED = frozenset({"correct"})
"""The answer to a right sheet of a kind that people use."""
NOT_JUDGED = frozenset({"correct", "undecided", "not-recognised"})
"""Answers that accuse nobody, to a right sheet that is far from the usual ones."""
FOUND = frozenset({"mistakes"})
BLANKS = frozenset({"incomplete", "mistakes"})
NOTICED = frozenset({"mistakes", "incomplete", "undecided", "not-recognised"})
"""Any answer but that all is well."""


@dataclass(frozen=True)
class Kind:
    """One kind of worksheet.

    `answers` are the honest verdicts. `wrong` says where it is wrong; left out, the witness says,
    who knows the 2-2-2 network. `proof` is how rightness is proved: by the "witness" with other
    inputs, "as typed" with its own numbers only, or by a function.
    """

    name: str
    sentence: str
    make: Callable[[], Board]
    is_right: bool
    answers: frozenset[str]
    proof: str | Callable[[Board], bool] = "witness"
    wrong: frozenset[Key] | None = None
    only: frozenset[str] | None = None
    """Where given: the names of all mistakes that may be errors."""
    also: frozenset[Key] = frozenset()
    """Cells that may be named as well: what takes the wrong numbers, or gives them."""


KINDS: list[Kind] = []


def _register(
    make: Callable[[], Board],
    name: str | None,
    answers: frozenset[str],
    proof: str | Callable[[Board], bool],
    wrong: frozenset[Key] | None,
    is_right: bool,
    only: frozenset[str] | None = None,
    also: frozenset[Key] = frozenset(),
) -> Callable[[], Board]:
    title = (name or make.__name__).replace("_", "-")
    assert title not in {kind.name for kind in KINDS}, title
    sentence = (make.__doc__ or "").strip().partition("\n")[0]
    KINDS.append(Kind(title, sentence, make, is_right, answers, proof, wrong, only, also))
    return make


Maker = Callable[[], Board]


def right(
    answers: frozenset[str] = ACCEPTED,
    *,
    proof: str | Callable[[Board], bool] = "witness",
    name: str | None = None,
) -> Callable[[Maker], Maker]:
    """Register a maker of right sheets."""
    return lambda make: _register(make, name, answers, proof, None, True)


def wrong(
    answers: frozenset[str] = FOUND,
    *,
    proof: str | Callable[[Board], bool] = "witness",
    at: frozenset[Key] | None = None,
    name: str | None = None,
    only: frozenset[str] | None = None,
    also: frozenset[Key] = frozenset(),
) -> Callable[[Maker], Maker]:
    """Register a maker of wrong sheets; `at` where the witness does not know where."""
    return lambda make: _register(make, name, answers, proof, at, False, only, also)


def cells(names: str, steps: range) -> frozenset[Key]:
    """Return the cells of quantities, separated by spaces, in some steps."""
    return frozenset((name, step) for name in names.split() for step in steps)
