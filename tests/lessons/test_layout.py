from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from choosing import CHOICES
from laid_out import laid_out
from slowly import slowly

from sheetprop.errors import LayoutError, SpecError
from sheetprop.lessons.layout import layout
from sheetprop.lessons.runs.rate_table import FIRST, HEAD
from sheetprop.lessons.runs.verdict import verdict
from sheetprop.maths.network import Network
from sheetprop.maths.trace import run
from sheetprop.notation.address import column_number
from sheetprop.notation.text import name_text
from sheetprop.spec import Architecture, Spec
from sheetprop.words import languages, texts_of
from sheetprop.workbooks.chart_look import DISTINCT, stroke
from sheetprop.workbooks.look import Look
from sheetprop.workbooks.sheet import Address, Cell, ExcelError, Sheet, Workbook

CLASSIC = Spec(
    "classic",
    Architecture(),
    (0.05, 0.1),
    (0.01, 0.99),
    (0.15, 0.2, 0.25, 0.3, 0.4, 0.45, 0.5, 0.55),
    (0.1, 0.2, 0.5, 0.8, 1.0, 2.0),
    100,
)
COMPARED, FIRST_COMPARED = 5, 6
"""Rows of the summary on Compare: its header, its first line."""


def other(shape: Architecture) -> Spec:
    return Spec(
        "other",
        shape,
        tuple(0.1 + 0.2 * k for k in range(shape.layers[0])),
        tuple(0.2 + 0.5 * k for k in range(shape.layers[-1])),
        tuple(0.15 + 0.07 * k - 0.2 * (k % 3) for k in range(shape.weight_count)),
        (0.1, 0.7),
        9,
        tuple(0.05 + 0.1 * k for k in range(shape.bias_count)),
    )


OTHERS = [
    other(Architecture(biases="shared")),
    other(Architecture((3, 4, 2), "tanh", "sigmoid", "cross-entropy", "each")),
    other(Architecture((2, 3, 3, 2), "relu", "identity", "mean squared error", "shared")),
    other(Architecture((2, 1), "sigmoid", "sigmoid", "squared error", "none")),
]
SPECS = [CLASSIC, OTHERS[1], *slowly([OTHERS[0], *OTHERS[2:]])]


def look(sheet: Sheet) -> Look:
    assert isinstance(sheet.look, Look)
    return sheet.look


def columns(sheet: Sheet) -> dict[str, int]:
    """The columns of a rate sheet by their headers."""
    return {str(c.value): at[1] for at, c in sheet.cells.items() if at[0] == HEAD}


def cells(workbook: Workbook) -> Iterator[tuple[Sheet, Address, Cell]]:
    for sheet in workbook.sheets:
        for at, cell in sheet.cells.items():
            yield sheet, at, cell


def rate_sheets(workbook: Workbook) -> list[Sheet]:
    """The sheets of the learning rates."""
    return [sheet for sheet in workbook.sheets if sheet.name.startswith("η=")]


def compare(spec: Spec, rates: list[float], iterations: int = 100) -> list[dict[str, Any]]:
    """The lines of the summary, by header."""
    sheet = laid_out(spec, rates, iterations)["Compare"]
    heads = [sheet.cells[COMPARED, column].value for column in range(1, 10)]
    return [
        {str(h): sheet.cells[FIRST_COMPARED + k, c].value for c, h in enumerate(heads, 1)}
        for k in range(len(rates))
    ]


def test_sheets_are_start_one_per_rate_and_compare() -> None:
    """The rates' sheets stand in the order given, named as a student writes the rate."""
    names = [sheet.name for sheet in laid_out(CLASSIC, [0.1, 2, 1e-05, 0.5]).sheets]
    pages = ["Predict", "Derivation", "Gradient check", "Learning rates", "Slope", "Compare"]
    assert names == ["Start", *pages, "η=0.1", "η=2", "η=1e-05", "η=0.5", "Data"]


@pytest.mark.slow
@pytest.mark.parametrize("spec", SPECS)
def test_only_start_has_typed_numbers(spec: Spec) -> None:
    """Start's numbers are exactly what is given; three pages have some to try out; that is all."""
    typed: dict[str, list[float]] = {}
    for sheet, _, cell in cells(laid_out(spec)):
        if cell.formula is None and not isinstance(cell.value, str):
            typed.setdefault(sheet.name, []).append(float(str(cell.value)))
    expected = sorted([*spec.start().values(), *spec.learning_rates, 0.0])  # the chosen step
    assert sorted(typed.pop("Start")) == expected
    outputs = spec.architecture.layers[-1]
    target = 1 / outputs if outputs > 1 else 0.5
    to_try = {"Gradient check": [1e-4], "Learning rates": [10.0, 1000.0], "Predict": [target]}
    assert typed == to_try


@pytest.mark.parametrize("spec", SPECS)
def test_values_equal_the_independent_trace(spec: Spec) -> None:
    """Every column of every rate sheet holds what matrix NumPy gives, to 1e-12."""
    trace = run(spec, spec.learning_rates, spec.iterations)
    for number, sheet in enumerate(rate_sheets(laid_out(spec))):
        where = columns(sheet)
        rows = range(FIRST, FIRST + spec.iterations)
        assert [sheet.cells[r, 1].value for r in rows] == list(range(spec.iterations))
        for name in Network(spec.architecture).quantities:
            values = [sheet.cells[r, where[name_text(name)]].value for r in rows]
            expected = trace.values[name][number]
            np.testing.assert_allclose(values, expected, rtol=1e-12, atol=1e-15)  # type: ignore[arg-type]


def test_headers_are_what_a_student_writes() -> None:
    """E_total stays in sight; the others follow the order of the calculation."""
    heads = " ".join(columns(laid_out(CLASSIC, [0.1], 2)["η=0.1"]))
    assert heads == (
        "iteration E_total t1 t2 i1 i2 w1 w2 w3 w4 h1 a_h1 h2 a_h2 w5 w6 w7 w8 o1 a_o1 o2 a_o2 "
        "E1 E2 ∂E/∂w1 ∂E/∂w2 ∂E/∂w3 ∂E/∂w4 ∂E/∂w5 ∂E/∂w6 ∂E/∂w7 ∂E/∂w8"
    )


def test_formulas_are_those_of_the_textbook() -> None:
    """A row's formulas refer to the row, an update to the row above and to the fixed rate."""
    sheet = laid_out(CLASSIC, [0.1], 30)["η=0.1"]
    where = columns(sheet)
    row = {name: sheet.cells[40, column].formula for name, column in where.items()}
    assert row["iteration"] == "=A39+1"
    assert row["E_total"] == "=W40+X40"
    assert row["h1"] == "=G40*E40+H40*F40"
    assert row["a_h1"] == "=1/(1+EXP(-K40))"
    assert row["E1"] == "=0.5*(C40-T40)^2"
    assert row["w1"] == "=G39-$B$2*Y39"
    assert row["∂E/∂w5"] == "=(T40-C40)*T40*(1-T40)*L40"
    first = {name: sheet.cells[FIRST, column].formula for name, column in where.items()}
    start = [first[name] for name in ("iteration", "t1", "i1", "w1")]
    assert start[0] == "=0"
    assert all(re.fullmatch(r"=Start!\$[A-Z]\$\d+", str(text)) for text in start[1:])


@pytest.mark.parametrize("spec", SPECS)
def test_rows_differ_by_their_row_number_only(spec: Spec) -> None:
    """Each formula is the one above it, filled down."""
    sheet = rate_sheets(laid_out(spec))[0]
    for column in columns(sheet).values():
        above = str(sheet.cells[FIRST + 1, column].formula)
        below = str(sheet.cells[FIRST + 2, column].formula)
        shift = re.compile(r"(?<![$\d.])(\b[A-Z]+)(\d+)\b")
        assert shift.sub(lambda m: f"{m[1]}{int(m[2]) + 1}", above) == below


def test_title_tells_the_rate_live() -> None:
    """The title is a formula over the rate's cell, and says which name the sheet keeps of another.

    No chart repeats it, or keeps an old one.
    """
    sheet = laid_out(CLASSIC, [1e-05], 3)["η=1e-05"]
    assert sheet.cells[1, 3] == Cell(
        "Gradient descent with η = 0.00001",
        '="Gradient descent with η = "&$B$2&IF($B$2=1E-05,"",'
        '" (the sheet is still called "&"η=1e-05"&")")',
    )
    assert str(sheet.cells[2, 2].formula).startswith("=Start!$")
    assert {chart.title for chart in sheet.charts} == {None}


REFERENCE = re.compile(
    r"(?:('[^']+'|\w+)!)?(\$?[A-Z]{1,3}\$?\d+)(?::(\$?[A-Z]{1,3}\$?\d+))?\b(?!\()"
)


def fixed(place: str) -> str:
    return re.sub(r"\$?([A-Z]+)\$?(\d+)", r"$\1$\2", place)


def _cell(workbook: Workbook, reference: str) -> Cell:
    sheet, at = _place(workbook, reference)
    return sheet.cells[at]


def _place(workbook: Workbook, reference: str) -> tuple[Sheet, Address]:
    sheet, place = reference.rsplit("!", 1)
    letters, row = re.fullmatch(r"\$([A-Z]+)\$(\d+)", place).groups()  # type: ignore[union-attr]
    return workbook[sheet.strip("'")], (int(row), column_number(letters))


def _is_answer(workbook: Workbook, reference: str) -> bool:
    sheet, at = _place(workbook, reference)
    return look(sheet).styles.get(at) == "long answer"


@pytest.mark.parametrize("spec", SPECS)
def test_charts_show_all_rows_of_what_they_name(spec: Spec) -> None:
    """Series cover every iteration, and are named by the header of the column they show."""
    workbook = laid_out(spec)
    last = FIRST + spec.iterations - 1
    for sheet in rate_sheets(workbook):
        error, weights, *gradients = sheet.charts
        assert [_cell(workbook, str(s.name)).value for s in error.series] == ["E_total"]
        names = [_cell(workbook, str(s.name)).value for s in weights.series]
        assert names == list(Network(spec.architecture).parameters)
        slopes = [_cell(workbook, str(s.name)).value for chart in gradients for s in chart.series]
        assert sorted(map(str, slopes)) == sorted(f"∂E/∂{name}" for name in names)
        for series in (s for chart in sheet.charts for s in chart.series):
            column = str(series.name).rsplit("$", 2)[1]
            assert series.values == f"'{sheet.name}'!${column}${FIRST}:${column}${last}"
            assert series.categories == f"'{sheet.name}'!$A${FIRST}:$A${last}"


@pytest.mark.slow
@pytest.mark.parametrize("spec", SPECS)
def test_charts_cover_no_cell(spec: Spec) -> None:
    """No chart lies over a cell or another chart, even when the columns are few."""
    for sheet in laid_out(spec, [0.1, 0.00012345678901234567], 40).sheets:
        taken: set[Address] = set(sheet.cells)
        for place in look(sheet).charts:
            under = _under(look(sheet), place.at, place.size)
            assert not under & taken
            taken |= under


def _under(seen: Look, at: Address, size: tuple[int, int]) -> set[Address]:
    width, height = size
    rows, row = [], at[0]
    while height > 0:
        rows.append(row)
        height -= round(seen.heights.get(row, 15) * 96 / 72)
        row += 1
    found, column = [], at[1]
    while width > 0:
        found.append(column)
        width -= round(seen.widths.get(column, 8.43) * 7) + 5
        column += 1
    return {(r, c) for r in rows for c in found}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("targets", "rate", "iterations", "word"),
    [
        ((0.01, 0.99), 0.001, 100, "hardly moves"),
        ((0.01, 0.99), 0.01, 100, "is slow"),
        ((0.01, 0.99), 0.1, 100, "is slow"),
        *(((0.01, 0.99), rate, 100, "learns") for rate in (0.2, 1, 10, 80)),
        *(((0.01, 0.99), rate, 100, "is stuck") for rate in (200, 1000, 1e4, 1e6)),
        *(((0.5, 0.5), rate, 100, "learns") for rate in (0.2, 1, 10, 50)),
        *(((0.5, 0.5), rate, 100, "overshoots") for rate in (80, 200, 500, 800)),
        ((0.5, 0.5), 1000, 100, "is stuck"),
        ((0.01, 0.99), 0.1, 1, "has not begun"),
    ],
)
def test_words_for_runs(
    targets: tuple[float, float], rate: float, iterations: int, word: str
) -> None:
    """The summary's words are right for the classic data from tiny to huge rates."""
    (line,) = compare(replace(CLASSIC, targets=targets), [rate], iterations)
    assert line["the run …"] == word


def test_examples_in_turn_are_compared_round_by_round() -> None:
    """What rises from example to example, and falls from round to round, does not overshoot."""
    falling = [1.0, 3.0, 0.9, 2.8, 0.3, 0.4]
    assert verdict(falling, 0.2, 0.2) == "overshoots"
    assert verdict(falling, 0.2, 0.2, turns=2) == "learns"
    assert verdict([1.0, 3.0, 2.0, 3.0, 0.5, 1.0], 0.2, 0.2, turns=2) == "overshoots"
    assert verdict([1.0, 3.0], 0.2, 0.2, turns=2) == "begins"


def test_where_the_first_step_stands_in_no_row_nothing_is_said_of_it() -> None:
    """A run of one iteration keeps no promise and breaks none."""
    sheet = laid_out(CLASSIC, [0.1], 1)["Learning rates"]
    said = [str(cell.value) for cell in sheet.cells.values()]
    assert "run 1, η = 0.1: There is no further row." in said


@pytest.mark.slow
def test_a_linear_network_diverges_until_it_overflows() -> None:
    """Growing errors are called diverging, and overflowing once a cell shows an error."""
    shape = Architecture(hidden_activation="identity", output_activation="identity")
    spec = replace(CLASSIC, architecture=shape)
    assert compare(spec, [50.0], 3)[0]["the run …"] == "diverges"
    assert compare(spec, [50.0], 50)[0]["the run …"] == "overflows"


@pytest.mark.slow
def test_summary_tells_first_last_least_and_halved() -> None:
    """The line of a rate says what its run did."""
    (line,) = compare(CLASSIC, [0.5])
    errors = run(CLASSIC, [0.5], 100).values["E_total"][0]
    assert line["E_total, first"] == pytest.approx(errors[0], rel=1e-12)
    assert line["E_total, last"] == pytest.approx(errors[-1], rel=1e-12)
    assert line["E_total, least"] == pytest.approx(errors.min(), rel=1e-12)
    assert line["halved after … iterations"] == int(np.argmax(errors <= errors[0] / 2))
    assert compare(CLASSIC, [0.01])[0]["halved after … iterations"] == "not yet"


def test_overflow_shows_on_its_sheet_and_nowhere_else() -> None:
    """A run that overflows has #NUM! on its own sheet; Compare has no error value.

    Where the start overflows, no step of the run has done that.
    """
    workbook = laid_out(replace(CLASSIC, weights=(-1e5, *CLASSIC.weights[1:])), [0.1, 2], 5)
    assert workbook["η=2"].cells[FIRST, columns(workbook["η=2"])["a_h1"]].value == "#NUM!"
    compared = workbook["Compare"]
    assert not [c for c in compared.cells.values() if isinstance(c.value, ExcelError)]
    assert compared.cells[FIRST_COMPARED, 9].value == "–"
    stored = [values for chart in look(compared).charts for values in (chart.values or ())]
    assert set(stored[0]) == {None}


def test_lines_of_charts_can_be_told_apart() -> None:
    """32 lines have 32 different pairs of colour and dash, neighbours differing in both."""
    strokes = [stroke(number) for number in range(DISTINCT)]
    assert len(set(strokes)) == DISTINCT == 32
    for one, next_ in pairwise(strokes):
        assert one[0] != next_[0]
        assert one[1] != next_[1]


@pytest.mark.slow
def test_more_rates_than_lines_are_built_and_the_charts_say_so() -> None:
    """With 40 rates there are 40 sheets; the overlay charts show 32 and a note tells."""
    workbook = laid_out(CLASSIC, [k / 10 for k in range(1, 41)], 3)
    assert len(rate_sheets(workbook)) == 40
    compared = workbook["Compare"]
    assert [len(chart.series) for chart in compared.charts] == [32, 32]
    assert any("first 32 of 40" in str(c.value) for c in compared.cells.values())


def test_compare_has_a_linear_and_a_logarithmic_chart() -> None:
    """Both overlay charts show E_total of every rate, named live by the rate."""
    workbook = laid_out(CLASSIC)
    charts = workbook["Compare"].charts
    assert [chart.logarithmic for chart in charts] == [False, True]
    for chart in charts:
        names = [_cell(workbook, str(series.name)) for series in chart.series]
        assert [name.value for name in names] == [
            f"η = {r}" for r in ("0.1", "0.2", "0.5", "0.8", "1", "2")
        ]
        assert all(name.formula for name in names)


@pytest.mark.slow
def test_a_rate_given_twice_is_built_once() -> None:
    """Rates are numbers: 1 and 1.0 are the same."""
    assert len(rate_sheets(laid_out(CLASSIC, [1, 0.5, 1.0, 0.5], 2))) == 2


@pytest.mark.parametrize("rate", [0, -1, float("nan"), float("inf"), 1e-320])
def test_a_rate_that_is_no_positive_number_is_refused(rate: float) -> None:
    """One clear sentence names the option and the rate."""
    with pytest.raises(SpecError, match=r"learning_rates: a learning rate must be .*not") as caught:
        layout(CLASSIC, [0.1, rate])
    assert "\n" not in str(caught.value)


@pytest.mark.slow
def test_what_does_not_fit_into_a_spreadsheet_is_refused() -> None:
    """Rows, columns, formulas and sheets have limits, each told in one sentence."""
    with pytest.raises(LayoutError, match=str(1_048_576 - FIRST + 1)):
        layout(CLASSIC, iterations=1_048_577 - FIRST + 1)
    with pytest.raises(LayoutError, match="at least 1"):
        layout(CLASSIC, iterations=0)
    with pytest.raises(LayoutError, match="at most 250"):
        layout(CLASSIC, [k / 100 for k in range(1, 252)])
    with pytest.raises(LayoutError, match="columns"):
        layout(other(Architecture((2, 5000, 2))))
    with pytest.raises(LayoutError, match="8192"):
        layout(other(Architecture((2, 2, 400))))
    with pytest.raises(SpecError, match="at least one"):
        layout(CLASSIC, [])


def test_the_first_and_only_iteration_is_enough() -> None:
    """A workbook of one row has everything, without formulas over empty ranges."""
    workbook = laid_out(CLASSIC, [0.5], 1)
    assert not [c for _, _, c in cells(workbook) if isinstance(c.value, ExcelError)]


@pytest.mark.slow
@pytest.mark.parametrize("spec", SPECS)
def test_every_formula_has_its_value_and_every_reference_a_cell(spec: Spec) -> None:
    """No formula is without a value, and none points at an empty cell but those for answers."""
    workbook = laid_out(spec)
    targets: set[str] = set()
    for sheet, _, cell in cells(workbook):
        assert cell.value is not None
        text = re.sub(r'"[^"]*"', "", cell.formula or "")
        for name, first, last in REFERENCE.findall(text):
            targets |= {f"{name or sheet.name}!{fixed(place)}" for place in (first, last or first)}
    for target in targets:
        assert _is_answer(workbook, target) or _cell(workbook, target).value is not None


def test_start_states_the_formulas_of_the_network() -> None:
    """The formulas on Start are those of the trees, in the words of mathematics."""
    texts = {str(c.value) for c in laid_out(CLASSIC)["Start"].cells.values()}
    assert {"h1 = w1 · i1 + w2 · i2", "E_total = E1 + E2", "w3 = w3′ - η · ∂E/∂w3′"} <= texts


def test_words_of_the_lesson_are_shown() -> None:
    """Title and introduction come from the lesson, line by line, never as a formula."""
    spec = replace(CLASSIC, texts={"title": "=1+1", "introduction": "one\n" + "two " * 60})
    start = laid_out(spec, [0.1], 2)["Start"]
    assert start.cells[1, 1] == Cell("=1+1")
    assert start.cells[3, 1].value == "one"
    assert all(len(str(c.value)) <= 190 for c in start.cells.values())


def test_inputs_are_marked_and_validated() -> None:
    """Every typed number looks like an input and takes numbers only, rates only above 0."""
    start = laid_out(CLASSIC)["Start"]
    seen = look(start)
    typed = [at for at, c in start.cells.items() if isinstance(c.value, float) and not c.formula]
    assert {seen.styles[at] for at in typed} == {"input"}
    covered = {
        (row, column): rule.above
        for rule in seen.validations
        for row in range(rule.first[0], rule.last[0] + 1)
        for column in range(rule.first[1], rule.last[1] + 1)
    }
    chosen = {(at[0], 2) for at, c in start.cells.items() if c.value in CHOICES}
    assert {seen.styles[at] for at in chosen} == {"input"}
    assert set(covered) == {*typed, *chosen}
    assert sum(above == 0 for above in covered.values()) == len(CLASSIC.learning_rates)


def test_links_lead_to_cells_of_sheets_that_exist() -> None:
    """Every link goes to a sheet of this workbook."""
    workbook = laid_out(CLASSIC)
    names = {sheet.name for sheet in workbook.sheets}
    linked = set()
    for sheet in workbook.sheets:
        for target in look(sheet).links.values():
            linked.add(target.rsplit("!", 1)[0].strip("'"))
    assert linked <= names
    assert {name for name in names if name != "Data"} <= linked


@pytest.mark.slow
@pytest.mark.parametrize(
    ("layers", "said"),
    [
        ((2, 2, 2), "Two inputs, two hidden neurons and two outputs learn one example."),
        ((1, 1, 1), "One input, one hidden neuron and one output learn one example."),
        ((3, 1), "Three inputs and one output learn one example."),
        ((2, 8, 6, 13), "Two inputs, 14 hidden neurons in two layers and 13 outputs learn"),
    ],
)
def test_the_introduction_is_made_from_the_network(layers: tuple[int, ...], said: str) -> None:
    """Start says what this network consists of, whatever lesson it was copied from."""
    start = laid_out(other(Architecture(layers)), [0.1], 2)["Start"]
    assert str(start.cells[2, 1].value).startswith(said)


def test_texts_hold_no_decimal_sign() -> None:
    """Formulas write numbers with the reader's decimal sign, so that no text has one of its own."""
    for language in languages():
        for key, text in texts_of(language).items():
            own = text.replace("CC BY-SA 3.0", "")  # the name of a licence
            assert not re.search(r"\d[.,]\d", own), (language, key)
