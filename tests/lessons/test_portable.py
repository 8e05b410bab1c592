from __future__ import annotations

import re

import pytest
from laid_out import laid_out

from sheetprop.spec import Architecture, Spec
from sheetprop.template import load
from sheetprop.words import languages
from sheetprop.workbooks.look import Look
from sheetprop.workbooks.sheet import Sheet
from sheetprop.workbooks.styles import PAPER, STYLES

FUNCTIONS = {
    "ABS": "size of a number",
    "AND": "several conditions",
    "CHAR": "a new line in a label",
    "CHOOSE": "one of several runs, by number",
    "COUNT": "how many cells hold numbers",
    "COUNTIF": "how many gradients agree",
    "EXP": "sigmoid",
    "FIND": "whether a name is one of those that belong to the chosen weight",
    "IF": "ReLU, and all that depends on a choice",
    "IFERROR": "a dash where there would be an error (since Excel 2007)",
    "INDEX": "one row of a run",
    "INT": "whole numbers",
    "ISNUMBER": "a number, or a dash",
    "LN": "cross-entropy",
    "LOG10": "how many digits a number has",
    "MATCH": "where a chosen value stands",
    "MAX": "ReLU, and the largest of several",
    "MIN": "the least of several",
    "N": "0 for a text in place of a number",
    "OR": "several conditions",
    "PI": "GELU",
    "ROUND": "numbers short enough for a label",
    "ROWS": "where a row stands in its table, without numbers typed into it",
    "SQRT": "GELU",
    "SUBSTITUTE": "a negative number that stands in brackets already",
    "SUMSQ": "the change of E_total that gradients promise",
    "SUMPRODUCT": "counting over a range without an array formula",
    "TANH": "an activation",
}
"""What formulas of a workbook may use: functions of Excel 2007, LibreOffice and Google Sheets.

Left out on purpose: TEXT, whose patterns change with the reader's language; FILTER, LET, XLOOKUP
and the like, which are newer; OFFSET and INDIRECT, which make everything calculate anew.
"""

CALL = re.compile(r"([A-Z][A-Z0-9.]*)\(")
TEXT = re.compile(r'"[^"]*"|\'[^\']*\'')

SPECS = [
    load("classic"),
    load("mazur"),
    Spec(
        "other",
        Architecture((2, 3, 3, 2), "relu", "sigmoid", "cross-entropy", "each"),
        (0.1, 0.2),
        (0.3, 0.4),
        (0.1,) * 21,
        (0.5,),
        4,
        (0.1,) * 8,
    ),
    Spec("gelu", Architecture((2, 1), "elu", "gelu"), (0.1, 0.2), (0.3,), (0.1,) * 2, (0.5,), 4),
    Spec("tanh", Architecture((2, 1), "tanh", "tanh"), (0.1, 0.2), (0.3,), (0.1,) * 2, (0.5,), 4),
]


def look(sheet: Sheet) -> Look:
    assert isinstance(sheet.look, Look)
    return sheet.look


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.name)
def test_formulas_use_functions_that_all_programs_have(spec: Spec) -> None:
    """Every function of every formula is on the list, which says what it is for."""
    for sheet in laid_out(spec).sheets:
        for cell in sheet.cells.values():
            used = set(CALL.findall(TEXT.sub("", cell.formula or "")))
            assert used <= set(FUNCTIONS), (sheet.name, cell.formula)


def test_every_function_of_the_list_is_used() -> None:
    """The list holds no function that formulas have given up."""
    formulas = [
        cell.formula or ""
        for spec in SPECS
        for sheet in laid_out(spec).sheets
        for cell in sheet.cells.values()
    ]
    assert {name for text in formulas for name in CALL.findall(TEXT.sub("", text))} == set(
        FUNCTIONS
    )


def test_letters_can_be_read_in_dark_windows() -> None:
    """Every style has a colour of letters and a background of its own."""
    for name, style in STYLES.items():
        assert {"font_color", "bg_color"} <= set(style), name
    assert STYLES["paper"]["bg_color"] == PAPER


@pytest.mark.parametrize("language", languages())
def test_texts_in_formulas_are_short_enough(language: str) -> None:
    """Excel takes no text of more than 255 characters inside a formula."""
    for sheet in laid_out(load("classic", language), [0.1, 2], 3).sheets:
        for cell in sheet.cells.values():
            texts = re.findall(r'"((?:[^"]|"")*)"', cell.formula or "")
            assert all(len(text) <= 255 for text in texts), (sheet.name, cell.formula)


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.name)
def test_filled_ranges_hold_one_formula(spec: Spec) -> None:
    """In a range that is written once, each formula is the one above with rows one further."""
    shift = re.compile(r"(?<![$\d.\w])(\$?[A-Z]{1,3})(\d+)\b(?!\()")
    for sheet in laid_out(spec).sheets:
        for (first, column), (last, _) in look(sheet).filled:
            for row in range(first, last):
                above, below = (str(sheet.cells[r, column].formula) for r in (row, row + 1))
                moved = shift.sub(lambda found: f"{found[1]}{int(found[2]) + 1}", above)
                assert moved == below, (sheet.name, row, column)


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.name)
def test_every_sheet_has_one_title_and_charts_tell_what_they_show(spec: Spec) -> None:
    """The title is above all, beside what stays in sight; charts describe themselves."""
    for sheet in laid_out(spec).sheets:
        titles = [at for at, style in look(sheet).styles.items() if style == "title"]
        assert titles == [(1, 3 if sheet.name.startswith("η=") else 1)]
        assert all(len(chart.description) > 10 for chart in look(sheet).charts)
        assert len(sheet.charts) == len(look(sheet).charts)


pytestmark = pytest.mark.slow  # with others like it, the default run would take too long
