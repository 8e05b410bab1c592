"""Kinds of worksheets that nobody foresaw: no right one is accused, no wrong one praised."""

from __future__ import annotations

from pathlib import Path

import pytest
from unforeseen.all_kinds import KINDS
from unforeseen.headers import drawn_pairs, faults
from unforeseen.judging import SEVERITY, answer_to
from unforeseen.kind import Kind
from unforeseen.known_failures import HEADERS, KNOWN, UNSTABLE
from unforeseen.witness import gradient_is_the_slope

pytestmark = pytest.mark.slow


def unwelcome(kind: Kind, folder: Path) -> list[str]:
    answer = answer_to(kind, folder)
    return [f"{SEVERITY[level]}: {text}" for level, text in answer.faults]


@pytest.mark.parametrize(
    "kind", [k for k in KINDS if k.name not in KNOWN | UNSTABLE], ids=lambda k: k.name
)
def test_the_answer_is_honest(kind: Kind, tmp_path: Path) -> None:
    """What is right is not accused, what is wrong is not called correct and found in its place."""
    assert unwelcome(kind, tmp_path) == []


def test_known_failures_fail(tmp_path: Path) -> None:
    """What is answered honestly is taken out of the list of known failures."""
    mended = [kind.name for kind in KINDS if kind.name in KNOWN and not unwelcome(kind, tmp_path)]

    assert mended == []


def test_known_failures_are_kinds() -> None:
    """The list names only kinds that there are."""
    assert {kind.name for kind in KINDS} >= KNOWN | UNSTABLE


@pytest.mark.parametrize(("name", "other"), drawn_pairs())
def test_a_mistyped_header_is_one_remark(name: str, other: str, tmp_path: Path) -> None:
    """A header that says another column's name is one mislabelled column, and nothing else."""
    found = faults(name, other, tmp_path)

    assert (found != []) == (f"{name} as {other}" in HEADERS), found


def test_the_witness_differentiates() -> None:
    """The gradients of the witness are slopes of the loss, by complex steps."""
    assert gradient_is_the_slope()
