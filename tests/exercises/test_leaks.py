"""Nothing in the file of an exercise holds an answer: no formula, no number, no text."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace

import pytest
from exercise_books import a_spec

from sheetprop.exercises.answers import answers
from sheetprop.exercises.make import make
from sheetprop.exercises.wanted import PARTS, wanted
from sheetprop.lessons.runs.rate_table import FIRST, RateTable
from sheetprop.maths.network import Network
from sheetprop.notation.text import name_text, to_text
from sheetprop.template import load
from sheetprop.workbooks.sheet import ExcelError
from sheetprop.workbooks.writing.write import write

NUMBER = re.compile(r"<(?:v|c:v)>(-?[\d.]+(?:[eE][-+]?\d+)?)</")
SPECS = [
    replace(load("classic"), learning_rates=(0.1, 2.0), iterations=12),
    replace(load("mazur"), iterations=12),
    a_spec((2, 2, 2, 2), hidden="tanh", loss="cross-entropy", biases="each"),
]


def texts_in(path):
    """Return every part of a file, decoded."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}
    return {
        name: text.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")
        for name, text in parts.items()
    }


CASES = [
    pytest.param(spec, parts, marks=[pytest.mark.slow] if spec is not SPECS[place] else [])
    for place, parts in enumerate([("all",), ("forward",), ("output", "hidden", "update")])
    for spec in SPECS
] + [(SPECS[0], (part,)) for part in PARTS[1:]]


@pytest.mark.parametrize(("spec", "parts"), CASES)
def test_no_part_of_the_file_holds_an_answer(tmp_path, spec, parts):
    """No formula of an answer, as Excel or as mathematics, and no number that is one, is left."""
    table = RateTable(Network(spec.architecture), spec.iterations)
    asked = wanted("blank", parts)
    made = make(spec, asked, has_solution=True)
    write(made.workbook, tmp_path / "blank.xlsx")
    texts = texts_in(tmp_path / "blank.xlsx")
    found = answers(table.network, spec.iterations, asked)
    if "hidden" not in parts:  # an error that reaches a hidden neuron holds a bias's whole gradient
        found = {name: first for name, first in found.items() if not name.startswith("dE/db")}

    for what in (*written(made.solution, table, found), *told(table, found)):
        assert all(what not in text for text in texts.values()), what
    seen = {float(n) for text in texts.values() for n in NUMBER.findall(text)}
    for number in numbers(made.solution, table, found) - given(made.solution, table, found):
        assert number not in seen


def written(solution, table, found):
    """Return the formulas of the answers in the first two rows, without their equals sign."""
    for sheet in solution.sheets:
        for name, first in found.items() if sheet.name.startswith("η=") else ():
            for row in (FIRST + first, FIRST + first + 1):
                yield sheet.cells[row, table.column[name]].formula.removeprefix("=")


def told(table, found):
    """Return the formulas of the answers as mathematics."""
    for name in found:  # as Start would tell it
        yield f"{name_text(name)} = {to_text(table.network.quantities[name].tree)}"


def numbers(solution, table, found):
    """Return the numbers that are answers, as they are and as charts show them."""
    return {
        shown
        for sheet in solution.sheets
        if sheet.name.startswith("η=")
        for name, first in found.items()
        for row in range(FIRST + first, table.last + 1)
        for shown in both(sheet.cells[row, table.column[name]].value)
    }


def given(solution, table, found):
    """Return the numbers of the first row that are no answers, which may happen to be the same."""
    return {
        shown
        for sheet in solution.sheets
        if sheet.name.startswith("η=")
        for name, column in table.column.items()
        if name not in found or found[name] > 0
        for shown in both(sheet.cells[FIRST, column].value)
    } | {0.0, 1.0}


def both(value):
    return () if isinstance(value, ExcelError) else (value, float(f"{value:.6g}"))


pytestmark = pytest.mark.slow  # with others like it, the default run would take too long
