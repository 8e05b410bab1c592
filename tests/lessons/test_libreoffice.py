from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import libreoffice
import pytest
from choosing import with_typed

from sheetprop.calculating.calculated import calculated as calculated_by_engine
from sheetprop.lessons.layout import layout
from sheetprop.spec import Architecture, Spec
from sheetprop.template import load
from sheetprop.workbooks.look import Look, Validation
from sheetprop.workbooks.sheet import Cell, ExcelError, Sheet, Workbook
from sheetprop.workbooks.writing.write import write

pytestmark = [
    pytest.mark.libreoffice,
    pytest.mark.skipif(libreoffice.why_not() is not None, reason=str(libreoffice.why_not())),
]

CLASSIC = Spec(
    "classic",
    Architecture(),
    (0.05, 0.1),
    (0.01, 0.99),
    (0.15, 0.2, 0.25, 0.3, 0.4, 0.45, 0.5, 0.55),
    (0.1, 0.2, 0.5, 0.8, 1.0, 2.0),
    100,
)
# The runs below end before a target is reached to 15 digits: LibreOffice takes the difference of
# numbers so nearly equal for 0.
OTHER_DATA = replace(CLASSIC, inputs=(0.3, 0.1), targets=(0.02, 0.9))
PAGES = ("Derivation", "Gradient check", "Learning rates")
FOLLOWING = ("Start", "Compare", "Predict", *PAGES, "Slope", "Data")
"""Sheets that follow the chosen step, or what is typed on a page."""

CHANGED = replace(OTHER_DATA, weights=(0.75, *CLASSIC.weights[1:]))
CHANGED_RATES = (0.00001, 0.2, 20.0, 900.0, 1e5, 1.5)
"""None of the rates that Learning rates offers to try: the workbook would offer others."""
OVERFLOWING = replace(CLASSIC, weights=(-1e5, *CLASSIC.weights[1:]))
DEEP = Spec(
    "deep",
    Architecture((2, 3, 3, 2), "relu", "identity", "squared error", "each"),
    (0.05, 0.1),
    (0.01, 0.99),
    tuple(0.1 * (k % 7) - 0.2 for k in range(21)),
    (0.1, 1.0, 50.0),
    45,
    tuple(0.1 * k for k in range(8)),
)
WIDE = Spec(
    "wide",
    Architecture((3, 4, 2), "tanh", "sigmoid", "cross-entropy", "shared"),
    (0.05, 0.1, 3.0),
    (0.01, 0.99),
    tuple(0.1 * (k % 7) - 0.2 for k in range(20)),
    (0.1, 1.0),
    20,
    (0.1, 0.2),
)

CURVED = replace(
    CLASSIC,
    architecture=Architecture((2, 2, 2, 1)).with_activations(("elu", "gelu", "softplus")),
    targets=(0.9,),
    weights=(0.15, -0.8, 0.25, 0.3, -0.4, 0.45, 0.5, 0.55, -0.6, 0.7),
    learning_rates=(0.1,),
    iterations=12,
)


def with_inputs(workbook: Workbook, spec: Spec, rates: tuple[float, ...]) -> Workbook:
    """Type other numbers into Start; the stored values stay the old ones."""
    start, wanted = workbook["Start"], layout(spec, rates, 1)["Start"]
    typed = {at: c for at, c in wanted.cells.items() if isinstance(c.value, float)}
    cells: Mapping[tuple[int, int], Cell] = {**start.cells, **typed}
    return replace(workbook, sheets=(replace(start, cells=cells), *workbook.sheets[1:]))


def with_choice(workbook: Workbook, step: float, run: int, numbers: dict[float, float]) -> Workbook:
    """Choose another step and run on Start, and type other numbers into the pages that have some.

    What the engine makes of it stands in the cells; no formula keeps its value but the runs'.
    """
    sheets = []
    for sheet in with_typed(workbook, {"step": step, "run": f"run {run}"}).sheets:
        found = {at: _typed(sheet, at, cell, numbers) for at, cell in sheet.cells.items()}
        sheets.append(replace(sheet, cells=found))
    return Workbook(calculated_by_engine(sheets))


def _rules(sheet: Sheet) -> dict[tuple[int, int], Validation]:
    assert isinstance(sheet.look, Look)
    return {rule.first: rule for rule in sheet.look.validations}


def _typed(sheet: Sheet, at: tuple[int, int], cell: Cell, numbers: dict[float, float]) -> Cell:
    if sheet.name in FOLLOWING and cell.formula is not None:
        return Cell(None, cell.formula)
    if sheet.name in PAGES and at in _rules(sheet) and isinstance(cell.value, float):
        return Cell(numbers.get(cell.value, cell.value))
    return cell


Calculated = dict[str, tuple[Workbook, dict[str, libreoffice.Values]]]


@pytest.fixture(scope="module")
def calculated(tmp_path_factory: pytest.TempPathFactory) -> Calculated:
    """For each case, the workbook expected and LibreOffice's values by sheet."""
    folder = tmp_path_factory.mktemp("office")
    cases = {
        "classic": layout(CLASSIC),
        "changed": layout(CHANGED, CHANGED_RATES),
        "overflowing": layout(OVERFLOWING, [0.1, 2.0], 10),
        "deep": layout(DEEP),
        "wide": layout(WIDE),
        "single": layout(CLASSIC, [0.5], 1),
        "samples": layout(load("xor"), [0.5], 12),
        "softmax": layout(load("softmax"), [0.5], 12),
        "curved": layout(CURVED),
    }
    wide = with_choice(cases["wide"], 3.0, 2, {1000.0: 20.0})
    cases |= {"wide": wide, "chosen": with_choice(cases["classic"], 41.0, 4, {1e-4: 0.02})}
    written = {**cases, "changed": with_inputs(layout(CLASSIC), CHANGED, CHANGED_RATES)}
    paths = [folder / f"{name}.xlsx" for name in written]
    for path, workbook in zip(paths, written.values(), strict=True):
        write(workbook, path)
    found = libreoffice.recalculated(paths, folder)
    return {
        name: (expected, values)
        for (name, expected), values in zip(cases.items(), found, strict=True)
    }


@pytest.mark.parametrize(
    "case",
    [
        *("classic", "changed", "overflowing", "deep", "wide", "single", "chosen"),
        *("samples", "softmax", "curved"),
    ],
)
def test_libreoffice_agrees_with_every_cell(case: str, calculated: Calculated) -> None:
    """Recalculated from the inputs alone, every number, text and error is the one expected."""
    expected, found = calculated[case]
    wrong = []
    # By their order: a sheet keeps the name of the rate it was made for when the rate is changed.
    for sheet, values in zip(expected.sheets, found.values(), strict=True):
        for at, cell in sheet.cells.items():
            value = values.get(at)
            if case == "changed" and isinstance(value, str):
                value = value.partition(" (the sheet is still called ")[0]
            if cell.formula is not None and not _agrees(cell, value):
                wrong.append((sheet.name, at, cell, values.get(at)))
    assert not wrong, wrong[:5]


def _agrees(cell: Cell, found: object) -> bool:
    if isinstance(cell.value, ExcelError):  # LibreOffice has other names for some errors
        return isinstance(found, libreoffice.Error)
    if isinstance(cell.value, float):
        return isinstance(found, float) and abs(found - cell.value) <= 1e-12 * abs(cell.value)
    return (found or "") == cell.value  # an empty text is read as nothing
