"""The pages that explain: Derivation, Gradient check, Learning rates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from choosing import with_typed
from laid_out import laid_out
from networks import networks

from sheetprop.calculating.calculated import calculated
from sheetprop.exercises.workbook import recalculated
from sheetprop.maths.chain import Chain
from sheetprop.maths.network import Network
from sheetprop.maths.trace import run
from sheetprop.notation.text import name_text
from sheetprop.spec import Architecture, Spec
from sheetprop.template import load
from sheetprop.words import ENGLISH, languages
from sheetprop.workbooks.look import Look
from sheetprop.workbooks.sheet import Cell, Sheet, Workbook

PAGES = ("Derivation", "Gradient check", "Learning rates")
LIVE = ("Start", *PAGES, "Slope", "Data")
"""Sheets that follow the chosen step."""


def other(shape: Architecture) -> Spec:
    return Spec(
        "other",
        shape,
        tuple(0.1 + 0.2 * (k % 4) for k in range(shape.layers[0])),
        tuple(0.2 + 0.5 * (k % 2) for k in range(shape.layers[-1])),
        tuple(0.15 + 0.07 * (k % 9) - 0.2 * (k % 3) for k in range(shape.weight_count)),
        (0.1, 0.7),
        9,
        tuple(0.05 + 0.1 * (k % 5) for k in range(shape.bias_count)),
    )


SHAPES = [
    Architecture(),
    Architecture(biases="shared"),
    Architecture(biases="shared", train_biases=False),
    Architecture((3, 4, 2), "tanh", "sigmoid", "cross-entropy", "each"),
    Architecture((2, 3, 3, 2), "relu", "identity", "mean squared error", "shared"),
    Architecture((2, 1), "sigmoid", "sigmoid", "squared error", "none"),
    Architecture((2, 1, 1, 1), "sigmoid", "tanh", "squared error", "each"),
    pytest.param(
        Architecture((9, 8, 7), "tanh", "sigmoid", "half squared error", "each"),
        marks=pytest.mark.slow,
    ),
]


@cache
def workbook_of(shape: Architecture) -> Workbook:
    return laid_out(other(shape))


@cache
def classic() -> Workbook:
    return laid_out(load("classic"))


def with_choice(workbook: Workbook, step: float, run: int) -> Workbook:
    """Choose another step and run on Start, and let the engine calculate what depends on it."""
    book = with_typed(workbook, {"step": step, "run": f"run {run}"})
    sheets = [_emptied(s) if s.name in LIVE else s for s in book.sheets]
    return replace(book, sheets=calculated(sheets, book.names))


def _emptied(sheet: Sheet) -> Sheet:
    cells = {a: Cell(None, c.formula) if c.formula else c for a, c in sheet.cells.items()}
    return replace(sheet, cells=cells)


def derived(workbook: Workbook) -> Mapping[str, float]:
    """What each line of the Derivation sheet gives, by the left side of its mathematics."""
    cells = workbook["Derivation"].cells
    lines = {str(c.value).split(" = ")[0]: row for (row, column), c in cells.items() if column == 1}
    return {name: cells[row, 3].value for name, row in lines.items() if (row, 3) in cells}  # type: ignore[misc]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(("step", "place"), [(0, 0), (5, 1)])
def test_derivation_gives_what_the_table_has(shape: Architecture, step: int, place: int) -> None:
    """In every network each line that the trace knows has its value, in any step of any run."""
    spec = other(shape)
    trace = run(spec, spec.learning_rates, spec.iterations)
    workbook = with_choice(workbook_of(shape), float(step), place + 1)
    found = derived(workbook)
    names = {name_text(name): name for name in trace.values}
    known = [name for name in found if name in names]
    for name in known:
        expected = trace.values[names[name]][place, step]
        np.testing.assert_allclose(found[name], expected, rtol=1e-12, atol=1e-16)
    shown = min(len([n for n in known if n.startswith("∂E/∂w")]), shape.weight_count)
    assert shown == shape.weight_count or max(shape.layers) > 6
    cells = workbook["Derivation"].cells
    marks = {c.value for (row, column), c in cells.items() if row > 3 and column == 4}
    assert marks <= {"✓", "as in the table"}


@pytest.mark.parametrize("shape", SHAPES)
def test_the_update_gives_the_weights_of_the_next_step(shape: Architecture) -> None:
    """w⁺ is what stands in the next row of the run's sheet."""
    spec = other(shape)
    trace = run(spec, spec.learning_rates, spec.iterations)
    found = derived(with_choice(workbook_of(shape), 3.0, 2))
    updated = {name[:-1]: value for name, value in found.items() if name.endswith("⁺")}
    assert updated
    for name, value in updated.items():
        np.testing.assert_allclose(value, trace.values[name][1, 4], rtol=1e-12)


def test_each_factor_stands_on_its_own_line() -> None:
    """The chain rule for w5 is three factors and their product, in words, numbers and cells."""
    cells = classic()["Derivation"].cells
    row = next(at[0] for at, c in cells.items() if str(c.value).startswith("∂E/∂a_o1 ="))
    lines = [cells[row + k, 1].value for k in range(4)]
    assert lines == [
        "∂E/∂a_o1 = a_o1 - t1",
        "∂a_o1/∂o1 = a_o1 · (1 - a_o1)",
        "∂o1/∂w5 = a_h1",
        "∂E/∂w5 = ∂E/∂a_o1 · ∂a_o1/∂o1 · ∂o1/∂w5",
    ]
    assert cells[row + 3, 2].value == "= 0.596478 · 0.238662 · 0.506875"
    assert cells[row + 3, 3].formula == "=dE_da_o1*da_o1_do1*do1_dw5"
    assert classic().names["da_o1_do1"] == f"Derivation!$C${row + 1}"


def test_blocks_follow_the_course() -> None:
    """Six numbered blocks, from the forward pass to the hidden weights, and the update."""
    names = [block.name for block in Chain(Network(Architecture())).blocks()]
    assert names == [
        "forward",
        "first_output",
        "outputs",
        "hidden_errors",
        "first_hidden",
        "hidden",
        "update",
    ]


def test_negative_and_tiny_numbers_can_be_read_in_a_line() -> None:
    """Negative numbers have brackets, and small ones keep four digits."""
    texts = [c.value for c in classic()["Derivation"].cells.values()]
    assert "= 0.5 - 0.1 · (-0.042455)" in texts
    assert "= 0.15 - 0.1 · 1.883E-4" in texts


@pytest.mark.parametrize("shape", SHAPES)
def test_central_differences_agree_with_every_gradient(shape: Architecture) -> None:
    """Every weight that is checked agrees, in the first step and later."""
    workbook = workbook_of(shape)
    for book in (workbook, with_choice(workbook, 6.0, 2)):
        texts = [str(c.value) for c in book["Gradient check"].cells.values()]
        assert "differs" not in texts
        (said,) = [text for text in texts if "gradients agree" in text]
        checked, all_ = re.findall(r"\d+", said)
        learned = len(Network(shape).parameters)
        assert checked == all_ == str(min(learned, int(all_)))
        assert int(all_) == learned or learned > 40


def test_a_large_h_is_found_wanting() -> None:
    """With h = 0.5 the difference is no longer the slope at the point."""
    workbook = classic()
    sheet = workbook["Gradient check"]
    cells = {a: Cell(0.5) if c.value == 1e-4 else c for a, c in sheet.cells.items()}
    changed = [replace(s, cells=cells) if s is sheet else s for s in workbook.sheets]
    book = with_choice(Workbook(tuple(changed), classic().names), 0.0, 1)
    assert "differs" in [c.value for c in book["Gradient check"].cells.values()]


def test_short_runs_are_those_of_the_trace() -> None:
    """The runs with η = 10 and 1000 give what matrix NumPy gives."""
    spec = load("classic")
    cells = classic()["Learning rates"].cells
    (row,) = [at[0] for at, c in cells.items() if c.value == 1000.0]
    trace = run(spec, [10.0, 1000.0], 5).values["E_total"]
    for number, column in enumerate((2, 5)):
        found = [cells[row + 2 + k, column].value for k in range(5)]
        np.testing.assert_allclose(found, trace[number], rtol=1e-12)  # type: ignore[arg-type]


def test_the_promise_of_the_slope_is_kept_for_small_rates() -> None:
    """The table of the runs shows η·Σ(∂E/∂w)² beside what came."""
    cells = classic()["Learning rates"].cells
    row = next(at[0] for at, c in cells.items() if c.formula == "='η=0.1'!$B$2")
    assert cells[row, 3].value == pytest.approx(cells[row, 4].value, rel=0.01)


def test_a_right_answer_gets_a_mark() -> None:
    """Only the first question is judged, and only once something is typed."""
    workbook = classic()
    sheet = workbook["Learning rates"]
    (at,) = [at for at, c in sheet.cells.items() if c.value == "?"]
    for answer, mark in ((2.0, "✓"), (0.1, "not yet")):
        cells = {**sheet.cells, (at[0], 1): Cell(answer)}
        changed = [replace(s, cells=cells) if s is sheet else s for s in workbook.sheets]
        book = with_choice(Workbook(tuple(changed), classic().names), 0.0, 1)
        assert book["Learning rates"].cells[at].value == mark


def sentences(spec: Spec, rates: list[float], rows: int) -> list[str]:
    """What the page says of each rate."""
    cells = laid_out(spec, rates, rows)["Learning rates"].cells
    found = [str(c.value) for (_, column), c in cells.items() if column == 1]
    return [text for text in found if re.match(r"run \d+, η = ", text)]


def test_each_rate_has_a_sentence_of_its_own() -> None:
    """What it promised, what came and what became of it, for the rates of this workbook."""
    small, middle, huge = sentences(load("classic"), [0.001, 2, 1000], 100)

    assert small.startswith("run 1, η = 0.001: The first step brought 100 % of what")
    assert small.endswith(
        "After 99 updates 99.42 % of E_total is left: such steps hardly move anything."
    )
    assert middle.endswith("After 99 updates 2.15 % of E_total is left, and it fell every time.")
    assert huge.startswith("run 3, η = 1000: The first step brought only 1.7 % of what")
    assert "the slope of a whole layer is almost 0" in huge


def test_sentences_fit_other_networks() -> None:
    """A dead network has no slope, an open one overflows, and one row is only the start."""
    dead = replace(load("classic"), weights=(-1.0,) * 8)
    dead = replace(dead, architecture=Architecture((2, 2, 2), "relu", "relu"))
    open_ = replace(load("classic"), architecture=Architecture((2, 2, 2), "identity", "identity"))

    assert "At the start there is no slope" in sentences(dead, [0.5], 9)[0]
    assert "too large for a spreadsheet" in sentences(open_, [1e3], 400)[0]
    assert sentences(load("classic"), [0.5], 1)[0].endswith("There is no further row.")


def test_with_cross_entropy_the_slope_of_the_outputs_cancels() -> None:
    """∂E/∂o is a - t on one line, and no line divides by a · (1 - a)."""
    shape = Architecture((2, 2, 2), "sigmoid", "sigmoid", "cross-entropy")
    cells = laid_out(replace(load("classic"), architecture=shape), [0.5], 3)["Derivation"].cells
    texts = [str(c.value) for c in cells.values()]

    assert "∂E/∂o1 = a_o1 - t1" in texts
    assert "∂E/∂w5 = ∂E/∂o1 · ∂o1/∂w5" in texts
    assert not any(re.search(r"/\(.* · \(1 - ", text) for text in texts if " = " in text)
    assert not any("saturated and hardly learns" in text for text in texts)


@pytest.mark.slow
def test_large_networks_say_what_they_leave_out() -> None:
    """Of a large network the first neurons and weights are shown, and it is said."""
    spec = other(Architecture((30, 12, 55), biases="each"))
    workbook = laid_out(spec, [0.1], 3)
    texts = {name: " ".join(str(c.value) for c in workbook[name].cells.values()) for name in PAGES}
    assert "the first 6 neurons" in texts["Derivation"]
    assert "so many outputs" in texts["Derivation"]
    assert "too large" in texts["Gradient check"]
    assert "too large" in texts["Learning rates"]


@pytest.mark.parametrize("lesson", networks())
@pytest.mark.parametrize("language", [one for one in languages() if one != ENGLISH])
def test_other_languages_leave_no_english(lesson: str, language: str) -> None:
    """No sentence of any sheet, chart or input message is the same in another language."""
    english, other_ = (laid_out(load(lesson, one), [0.1, 1000], 3) for one in (ENGLISH, language))
    for sheet in english.sheets:
        said = {text for text in _texts(sheet) if _is_sentence(text)}
        assert said or sheet.name == "Data"
        assert not said & set(_texts(other_[sheet.name])), sheet.name


def _texts(sheet: Sheet) -> Iterator[str]:
    """Everything a reader of a sheet may be shown."""
    yield from (cell.value for cell in sheet.cells.values() if isinstance(cell.value, str))
    assert isinstance(sheet.look, Look)
    for chart in sheet.look.charts:
        yield from (chart.x_title, chart.y_title, chart.description)
    for rule in sheet.look.validations:
        yield from (rule.title, rule.message)


def _is_sentence(text: str) -> bool:
    """Whether a text has two words side by side that are no names of quantities."""
    words = re.compile(r"(?<![\w∂])[a-zA-Z]{3,} [a-zA-Z]{2,}(?!\w)")
    return words.search(text) is not None


pytestmark = pytest.mark.slow  # with others like it, the default run would take too long


def test_no_name_of_a_cell_is_the_address_of_one() -> None:
    """Formulas of Derivation read as mathematics does; w1 would be a cell, so it is called w_1."""
    cells, names = classic()["Derivation"].cells, classic().names
    sums = [c.formula for c in cells.values() if str(c.formula).startswith("=w_")]

    assert sums[:2] == ["=w_1*i_1+w_2*i_2", "=w_3*i_1+w_4*i_2"]
    assert not [name for name in names if re.fullmatch(r"[A-Za-z]{1,3}\d+|[RrCc]\d*", name)]


@pytest.mark.slow
def test_what_is_no_number_is_not_said_to_overflow() -> None:
    """A text among the inputs, as a rate or as h is told as such: no step of a run has done that.

    A rate below 0 goes uphill; that step is not too long.
    """
    spec = replace(load("classic"), iterations=4)
    seen = typed_anywhere(spec, {"Start": {(13, 2): "abc"}})
    assert seen["Compare"].cells[6, 9].value == "–"
    assert any("At the start E_total is no number" in text for text in told(seen["Learning rates"]))
    assert not any("too large for a spreadsheet" in text for text in said_of_runs(seen))
    assert any("Nothing can be compared" in text for text in told(seen["Gradient check"]))

    seen = typed_anywhere(spec, {"Start": {(20, 6): -1.0}, "Learning rates": {(25, 2): "abc"}})
    assert seen["Slope"].cells[18, 2].value == "rises"
    assert any("Other rates can be tried" in text for text in told(seen["Compare"]))


def typed_anywhere(spec: Spec, typed: Mapping[str, Mapping[tuple[int, int], object]]) -> Workbook:
    """Return the calculated workbook with other contents in some cells that were typed ones."""
    book = laid_out(spec)
    sheets = []
    for sheet in book.sheets:
        new = {at: Cell(value) for at, value in typed.get(sheet.name, {}).items()}
        assert all(sheet.cells[at].formula is None for at in new)
        sheets.append(replace(sheet, cells={**sheet.cells, **new}))
    return replace(book, sheets=recalculated(sheets, book.names))


def told(sheet: Sheet) -> list[str]:
    return [cell.value for cell in sheet.cells.values() if isinstance(cell.value, str)]


def said_of_runs(book: Workbook) -> list[str]:
    """What Learning rates says of each run."""
    return [text for text in told(book["Learning rates"]) if text.startswith("run ")]


@pytest.mark.slow
def test_targets_that_an_error_is_not_for_are_told() -> None:
    """Of softmax outputs the targets add up to 1, else the gradients are not E_total's slopes."""
    spec = replace(load("softmax"), iterations=4)
    start = laid_out(spec)["Start"]
    (row,) = (at[0] for at, cell in start.cells.items() if cell.value == "t1⁽²⁾")
    seen = typed_anywhere(spec, {"Start": {(row, 2): 0.5}})["Start"]

    assert start.cells[row, 3].value == "together 1"
    assert seen.cells[row, 3].value == "✗ not together 1"
    assert sum(str(cell.value) == "together 1" for cell in seen.cells.values()) == 2
