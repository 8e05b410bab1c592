from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import libreoffice
import pytest
from laid_out import laid_out

from sheetprop.lessons.slope.slope_table import AFTER, CLOSE, HEAD, WHOLE
from sheetprop.maths.network import Network
from sheetprop.maths.trace import run
from sheetprop.spec import Architecture, Spec
from sheetprop.template import load
from sheetprop.workbooks.sheet import Cell, ExcelError, Sheet, Workbook
from sheetprop.workbooks.writing.write import write

CLASSIC = load("classic")
DEEP = Spec(
    "deep",
    Architecture((2, 3, 3, 1), "tanh", "identity", "squared error", "shared"),
    (0.05, 0.1),
    (0.3,),
    tuple(0.1 * (k % 7) - 0.25 for k in range(18)),
    (0.1, 1.0),
    5,
    (0.1, 0.2, 0.3),
)


def fact(sheet: Sheet, text: str) -> object:
    """The value beside a text."""
    (at,) = (at for at, c in sheet.cells.items() if c.value == text and at[1] == 1)
    return sheet.cells[at[0], 2].value


def number(sheet: Sheet, text: str) -> float:
    found = fact(sheet, text)
    assert isinstance(found, float)
    return found


def losses(sheet: Sheet) -> dict[int, tuple[float, float]]:
    """The weight and E_total in every row of the table."""
    column = max(c for r, c in sheet.cells if r == HEAD)
    assert sheet.cells[HEAD, column].value == "E_total"
    pairs = {row: (sheet.cells[row, 1].value, sheet.cells[row, column].value) for row in ROWS}
    return {row: (float(str(w)), float(str(e))) for row, (w, e) in pairs.items()}


ROWS = range(WHOLE.first, CLOSE.last + 1)


@pytest.mark.slow
@pytest.mark.parametrize("spec", [CLASSIC, load("mazur"), DEEP])
def test_the_tangent_has_the_slope_of_the_curve(spec: Spec) -> None:
    """∂E/∂w is the slope of a chord over points beside the present value, of NumPy's E_total."""
    sheet = laid_out(spec)["Slope"]
    weight, slope = str(fact(sheet, "weight")), number(sheet, "∂E/∂w, the slope there")
    place = Network(spec.architecture).weights.index(weight)
    near = []
    for change in (-1e-5, 1e-5):
        weights = list(spec.weights)
        weights[place] += change
        trace = run(replace(spec, weights=tuple(weights)), spec.learning_rates[:1], 1)
        near.append(float(trace.values["E_total"][0][0]))
    assert slope == pytest.approx((near[1] - near[0]) / 2e-5, rel=1e-6)


@pytest.mark.parametrize("spec", [CLASSIC, load("mazur"), DEEP])
def test_the_curve_is_the_loss_of_the_network(spec: Spec) -> None:
    """Every row's E_total is that of NumPy with the weight of the row, all else at the start."""
    sheet = laid_out(spec)["Slope"]
    place = Network(spec.architecture).weights.index(str(fact(sheet, "weight")))
    for value, loss in losses(sheet).values():
        weights = list(spec.weights)
        weights[place] = value
        trace = run(replace(spec, weights=tuple(weights)), spec.learning_rates[:1], 1)
        assert loss == pytest.approx(float(trace.values["E_total"][0][0]), rel=1e-12)


def test_the_curve_lies_around_the_present_value() -> None:
    """As many points on each side, the present value in the middle, the next one at the end."""
    sheet = laid_out(CLASSIC)["Slope"]
    found = losses(sheet)
    halves = {WHOLE: "left chart reaches ±", CLOSE: "right chart reaches ±"}
    for sweep, half in halves.items():
        assert found[sweep.now][0] == number(sheet, "its value") == 0.4
        assert sweep.last - sweep.now == sweep.now - sweep.first == sweep.side
        assert found[sweep.first][0] == pytest.approx(0.4 - number(sheet, half))
    rate, slope = CLASSIC.learning_rates[0], number(sheet, "∂E/∂w, the slope there")
    assert found[AFTER][0] == pytest.approx(0.4 - rate * slope, rel=1e-12)
    assert fact(sheet, "so E_total …") == "falls"


def test_a_step_too_long_is_seen() -> None:
    """A step that leaps over the valley raises E_total, and the sheet says so."""
    shape = Architecture(hidden_activation="identity", output_activation="identity")
    sheet = laid_out(replace(CLASSIC, architecture=shape), [5000.0], 1)["Slope"]
    assert fact(sheet, "so E_total …") == "rises: too long"
    assert number(sheet, "E_total after the step") > number(sheet, "E_total now")
    assert number(sheet, "E_total the tangent promises") < number(sheet, "E_total now")


def test_no_table_of_iterations_is_seen_in_the_curve() -> None:
    """Its headers are formulas, so that a check takes it for what it is."""
    sheet = laid_out(CLASSIC)["Slope"]
    heads = [cell for (row, _), cell in sheet.cells.items() if row == HEAD]
    assert all(head.formula for head in heads)


def test_workbooks_have_no_errors_where_the_network_has_none() -> None:
    """Every formula of every sheet gives a number or a text."""
    for spec in (CLASSIC, load("mazur"), DEEP):
        for sheet in laid_out(spec).sheets:
            wrong = {at: c for at, c in sheet.cells.items() if isinstance(c.value, ExcelError)}
            assert not wrong, sheet.name


def chosen(workbook: Workbook, texts: dict[str, str]) -> Workbook:
    """The workbook with other choices on Slope."""
    sheets = []
    for sheet in workbook.sheets:
        rows = {c.value: at[0] for at, c in sheet.cells.items() if at[1] == 1}
        new = {(rows[t], 2): Cell(v) for t, v in texts.items() if sheet.name == "Slope"}
        sheets.append(replace(sheet, cells={**sheet.cells, **new}))
    return replace(workbook, sheets=tuple(sheets))


@pytest.mark.libreoffice
@pytest.mark.skipif(libreoffice.why_not() is not None, reason=str(libreoffice.why_not()))
def test_every_weight_can_be_chosen(tmp_path: Path) -> None:
    """Recalculated by LibreOffice, slope and curve are those of the chosen weight."""
    workbook = laid_out(CLASSIC, [2.0], 3)
    choices = ["w1", "w8"]
    paths = [tmp_path / f"{k}.xlsx" for k in range(len(choices))]
    for path, weight in zip(paths, choices, strict=True):
        write(chosen(workbook, {"weight": weight}), path)
    trace = run(CLASSIC, [2.0], 3)
    rows = {c.value: at[0] for at, c in workbook["Slope"].cells.items() if at[1] == 1}
    found = libreoffice.recalculated(paths, tmp_path)
    for values, weight in zip(found, choices, strict=True):
        slope = values["Slope"][rows["∂E/∂w, the slope there"], 2]
        expected = float(trace.values[f"dE/d{weight}"][0][0])
        assert slope == pytest.approx(expected, rel=1e-12)
        assert values["Slope"][rows["left chart reaches ±"], 2] == 4
        near = values["Slope"][rows["right chart reaches ±"], 2]
        assert near == pytest.approx(max(4 * abs(expected), 0.001))
        assert values["Slope"][HEAD, 1] == weight
