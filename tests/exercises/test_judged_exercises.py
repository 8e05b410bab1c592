"""What check says of exercises: empty is not attempted, filled is judged."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from exercise_books import Book, a_spec, blank

from sheetprop.checking.check import check_file, check_workbook
from sheetprop.exercises.wanted import PARTS, wanted
from sheetprop.maths.trees.expr import Name
from sheetprop.maths.trees.walk import substitute
from sheetprop.reports.text import render
from sheetprop.template import load
from sheetprop.workbooks.writing.write import write

SPEC = a_spec(rates=(0.5, 2.0), iterations=12, biases="shared")
MAZUR = replace(load("mazur"), iterations=8)


def verdict(workbook):
    report = check_workbook(workbook, "exercise.xlsx")
    return report.verdict, [finding.mistake for finding in report.findings]


@pytest.mark.parametrize("part", [*PARTS, "all"])
@pytest.mark.parametrize("spec", [SPEC, MAZUR], ids=lambda spec: spec.name)
def test_an_untouched_exercise_is_incomplete(spec, part):
    """Empty answers are neither wrong nor missing."""
    assert verdict(blank(spec, part).workbook) == ("incomplete", [])


def test_one_line_tells_what_is_empty():
    """The text report counts the answers not attempted and names their quantities."""
    book = blank(SPEC, "output")
    text = render([check_workbook(book.workbook, "exercise.xlsx")])

    assert "  empty       120 answers not attempted, of ∂E/∂w5…∂E/∂w8 ∂E/∂b2\n" in text


@pytest.mark.parametrize("part", [*PARTS, "all"])
def test_a_blank_filled_in_rightly_is_correct(part, tmp_path):
    """What a student completes is judged like any other workbook, read from its file."""
    book = blank(SPEC, part)
    write(book.typed(book.all_right()), tmp_path / "filled.xlsx")
    report = check_file(tmp_path / "filled.xlsx")

    assert (report.verdict, report.findings, report.not_attempted) == ("correct", (), 0)


@pytest.mark.parametrize("seed", range(3))
def test_a_blank_filled_in_partly_is_judged_where_it_is(seed):
    """Some right answers, the rest empty: incomplete without any finding."""
    book = blank(SPEC)
    chosen = random.Random(seed).sample(list(book.answers), 8)

    assert verdict(book.typed({name: book.right(name) for name in chosen})) == ("incomplete", [])


def test_a_wrong_answer_among_empty_ones_is_named():
    """A mistake is found by its name although most answers are empty."""
    book = blank(SPEC, "hidden", "update")
    wrong = substitute(book.right("dE/dw3"), lambda n: Name("a_h1") if n == Name("a_h2") else None)
    report = check_workbook(book.typed({"dE/dw3": wrong}), "exercise.xlsx")

    assert report.verdict == "mistakes"
    assert [finding.mistake for finding in report.findings] == ["wrong-neuron"]
    assert {place.quantity for place in report.findings[0].places} == {"dE/dw3"}


def test_a_faded_example():
    """Its worked rows are judged, its empty ones not; filled in rightly it is correct."""
    book = Book(SPEC, wanted("faded"))

    assert verdict(book.workbook) == ("incomplete", [])
    assert verdict(book.typed(book.all_right())) == ("correct", [])


def test_a_solution_is_correct():
    """The fully worked workbook of an exercise has nothing wrong and nothing empty."""
    book = Book(SPEC, wanted("solution", ["output"]))

    assert verdict(book.workbook) == ("correct", [])


def test_an_empty_column_of_any_other_workbook_is_still_missing():
    """Only an exercise leaves cells empty on purpose."""
    book = blank(SPEC, "output")
    assert verdict(replace(book.workbook, names={}))[1] == ["missing-quantity"]


pytestmark = pytest.mark.slow  # with others like it, the default run would take too long
