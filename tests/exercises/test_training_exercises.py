"""Exercises of every kind of training: right answers are right, wrong ones wrong."""

from __future__ import annotations

import pytest
from exercise_books import blank
from slowly import one_in
from trainings import SPECS

from sheetprop.maths.network import Network
from sheetprop.maths.trees.expr import Negative, Number, Product
from sheetprop.spec import Spec

EACH = pytest.mark.parametrize("spec", one_in(5, SPECS.values()), ids=SPECS)


@pytest.mark.slow
@EACH
def test_right_answers_are_right(spec: Spec) -> None:
    """Every answer that is the declared formula is judged right, in every row."""
    book = blank(spec)

    assert set(book.all_said(book.typed(book.all_right()))) == {1.0}


def one_of_each_kind(spec: Spec) -> list[str]:
    kinds = {q.kind: name for name, q in Network(spec.architecture).quantities.items() if q.tree}
    return list(kinds.values())


CASES = [(key, name) for key, spec in SPECS.items() for name in one_of_each_kind(spec)]


@pytest.mark.slow
@pytest.mark.parametrize(("key", "name"), CASES)
@pytest.mark.parametrize("how", ["scaled", "negated"])
def test_wrong_answers_are_wrong(key: str, name: str, how: str) -> None:
    """An answer a hundredth too large, or of the other sign, is not judged right in any row."""
    book = blank(SPECS[key])
    right = book.right(name)
    wrong = Product((Number(1.01), right)) if how == "scaled" else Negative(right)
    said = book.said(book.typed(book.all_right() | {name: wrong}), name)

    assert 0.0 in said
    assert said.count(1.0) <= 1, said  # where the right value is 0, both are right


@pytest.mark.slow
@EACH
def test_an_untouched_exercise_judges_nothing(spec: Spec) -> None:
    """Empty answers are neither right nor wrong."""
    book = blank(spec)

    assert set(book.all_said(book.workbook)) == {""}
