"""Long tables: every stored value is compared with what its formula gives, and quickly."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hostile_files import package, sheet
from peaks import WITH_PEAK
from worksheets import ORDER, Table

import sheetprop
from sheetprop.calculating import recalculated
from sheetprop.calculating.engine import Engine
from sheetprop.calculating.loops import region
from sheetprop.calculating.recalculated import Recalculated
from sheetprop.checking.check import check_file, check_workbook
from sheetprop.maths.trace import run
from sheetprop.notation.address import address
from sheetprop.notation.relative import RelativeFormula
from sheetprop.spec import Architecture, Spec
from sheetprop.tables import lines
from sheetprop.workbooks.reading.read import read
from sheetprop.workbooks.sheet import Address, Cell, Sheet, Value, Workbook


def written(
    path: Path,
    iterations: int,
    changes: Mapping[tuple[str, int], tuple[str | None, float | None]] | None = None,
) -> Path:
    """Write a right table with its values; `changes` are cells with another formula or value."""
    return package(
        path,
        {"xl/worksheets/sheet1.xml": sheet(rows_of(Table(rate=0.5), iterations, changes or {}))},
    )


def rows_of(
    table: Table,
    iterations: int,
    changes: Mapping[tuple[str, int], tuple[str | None, float | None]],
) -> Iterator[str]:
    spec = Spec(
        "",
        Architecture((2, 2, 2)),
        table.inputs,
        table.targets,
        table.weights,
        (0.5,),
        iterations,
        (),
    )
    values = {name: run_.tolist() for name, run_ in trace(spec).items()}
    yield '<row r="30"><c r="G30"><v>0.5</v></c></row><row r="31">'
    for name in ORDER:
        where = address(*table.cell(name, -1))
        yield f'<c r="{where}" t="inlineStr"><is><t>{name}</t></is></c>'
    yield "</row>"
    cells = table.cells()
    first = {name: cells.get(table.cell(name, 1)) for name in ORDER}
    formulas = {
        name: RelativeFormula(text, *table.cell(name, 1))
        for name, text in first.items()
        if isinstance(text, str)
    }
    for step in range(iterations):
        yield f'<row r="{32 + step}">'
        for name in ORDER:
            row, column = table.cell(name, step)
            is_given = name not in formulas or (step == 0 and name[0] == "w")
            formula = None if is_given else formulas[name].at(row, column)[1:]
            other, value = changes.get((name, step), (None, None))
            formula = other or formula
            value = values[name][step] if value is None else value
            shown = "" if formula is None else f"<f>{formula}</f>"
            yield f'<c r="{address(row, column)}">{shown}<v>{value!r}</v></c>'
        yield "</row>"


def trace(spec: Spec) -> dict[str, object]:
    return {name: values[0] for name, values in run(spec, (0.5,), spec.iterations).values.items()}


@pytest.fixture
def by_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let short tables be calculated as long ones are."""
    monkeypatch.setattr(recalculated, "MOST_FOR_ENGINE", 100)
    monkeypatch.setattr(region, "LONG", 15)
    monkeypatch.setattr(lines, "LONG", 15)


def assert_same(found: Mapping[Address, Value], expected: Mapping[Address, Value]) -> None:
    """Numbers agree to rounding, everything else exactly."""
    assert found.keys() == expected.keys()
    for cell, value in expected.items():
        both_numbers = isinstance(value, float) and isinstance(found[cell], float)
        assert found[cell] == (pytest.approx(value, rel=1e-12) if both_numbers else value), cell


def test_by_rows_as_by_the_engine(by_rows: None, tmp_path: Path) -> None:
    """The loop over the rows gives what the engine gives, cell by cell."""
    changed = {
        ("E1", 30): ("ABS(R62-A62)^2/2", None),
        ("h1", 55): ("SUM(E87:E87)*C87+F87*D87", None),
        ("w1", 17): ("E48-$G$30*X48/1", None),
    }
    workbook = read(written(tmp_path / "a.xlsx", 60, changed))
    values = Recalculated(workbook)

    expected = Engine(workbook).values("Sheet1")

    assert set(values.calculated[1]) == {"Sheet1"}
    assert_same({cell: values("Sheet1", cell) for cell in expected}, expected)


@pytest.mark.slow
@pytest.mark.parametrize("step", [0, 59])
def test_stale_value(by_rows: None, step: int, tmp_path: Path) -> None:
    """One stored value that is off in its ninth digit is found, wherever it is."""
    path = written(tmp_path / "a.xlsx", 60)
    right = read(path)["Sheet1"].cells[32 + step, 23].value
    changes = {("E_total", step): (None, right * (1 + 1e-8))}

    report = check_file(written(tmp_path / "b.xlsx", 60, changes))

    found = [finding for finding in report.findings if finding.mistake == "stale-value"]
    assert [[place.range for place in one.places] for one in found] == [[f"W{32 + step}"]]


@pytest.mark.slow
@pytest.mark.parametrize(
    "formula", ["ROUND(W52,5)", "1/0", "W53", 'IF(W52="x",1,2)', "EXP(1000)", "SUM(W$32:W51)", "x"]
)
def test_what_no_loop_calculates(by_rows: None, formula: str, tmp_path: Path) -> None:
    """Whatever the loop cannot calculate is left to the engine, with the same values."""
    workbook = read(written(tmp_path / "a.xlsx", 60, {("E_total", 20): (formula, None)}))
    values = Recalculated(workbook)

    expected = Engine(workbook).values("Sheet1")

    assert_same({cell: values("Sheet1", cell) for cell in expected}, expected)


def test_wrong_formula_in_a_long_table(by_rows: None, tmp_path: Path) -> None:
    """A slip in one row of a long table is found there and nowhere else."""
    changes = {("E1", 40): ("(A72-R72)^2", None)}

    report = check_file(written(tmp_path / "a.xlsx", 60, changes))

    errors = [finding for finding in report.findings if finding.severity == "error"]
    assert [[place.range for place in error.places] for error in errors] == [["U72"]]


def test_cells_beside_a_long_table(by_rows: None, tmp_path: Path) -> None:
    """Formulas outside see the table's values, and the table sees theirs."""
    changes = {("t1", 0): ("$A$700", None)}
    content = "".join(sheet(rows_of(Table(rate=0.5), 60, changes)))
    more = '<row r="700"><c r="A700"><f>1/100</f><v>0.01</v></c>'
    more += '<c r="B700"><f>MIN(W32:W91)</f><v>1</v></c></row></sheetData>'
    parts = {"xl/worksheets/sheet1.xml": content.replace("</sheetData>", more)}
    workbook = read(package(tmp_path / "a.xlsx", parts))
    values = Recalculated(workbook)

    losses = [workbook["Sheet1"].cells[row, 23].value for row in range(32, 92)]
    assert set(values.calculated[1]) == {"Sheet1"}
    assert values("Sheet1", (700, 2)) == pytest.approx(min(losses), rel=1e-12)
    assert values("Sheet1", (32, 1)) == 0.01


def test_numbers_beside_long_formulas(by_rows: None, tmp_path: Path) -> None:
    """Formulas outside have the typed numbers in a table's rows: some, a pick, whole columns."""
    asking = ("SUM(C30:C50)", "INDEX($D$32:$D$61,7)", "COUNT(C:C)", 'INDIRECT("D40")', "C61*2")
    cells = dict(read(written(tmp_path / "a.xlsx", 30))["Sheet1"].cells)
    cells |= {(700, k): Cell(None, f"={text}") for k, text in enumerate(asking, 1)}
    workbook = Workbook((Sheet("Sheet1", cells),))
    values = Recalculated(workbook)

    expected = Engine(workbook).values("Sheet1")

    assert values.calculated[1]["Sheet1"].typed == {1, 2, 3, 4}
    assert_same({cell: values("Sheet1", cell) for cell in expected}, expected)


@pytest.fixture(scope="module")
def own_workbook(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    """A workbook as `build` makes it: lookups and counts beside its long columns."""
    path = tmp_path_factory.mktemp("own") / "own.xlsx"
    sheetprop.build("classic", learning_rates=(0.5, 2.0), iterations=60, output=path)
    return read(path)


def changed(workbook: Workbook, sheet: str, at: Address, cell: Cell) -> Workbook:
    """Return the workbook with another cell."""
    sheets = (
        replace(one, cells={**one.cells, at: cell}) if one.name == sheet else one
        for one in workbook.sheets
    )
    return replace(workbook, sheets=tuple(sheets))


@pytest.mark.slow
@pytest.mark.parametrize("value", [None, 0.1])
def test_own_workbook_by_rows(by_rows: None, own_workbook: Workbook, value: float | None) -> None:
    """Formulas beside long columns, and what they pick of these, are as the engine has them.

    So they are where the file has another number, on which columns and their minimum hang.
    """
    workbook = own_workbook
    if value is not None:
        start = workbook["Start"].cells
        at = next(at for at, c in start.items() if c.value == 0.15 and c.formula is None)
        workbook = changed(workbook, "Start", at, start[at]._replace(value=value))
    values, engine = Recalculated(workbook), Engine(workbook)

    assert set(values.calculated[1]) == {"Compare", "η=0.5", "η=2"}
    for one in workbook.sheets:
        expected = engine.values(one.name)
        assert_same({cell: values(one.name, cell) for cell in expected}, expected)


def test_a_loop_through_a_formula_beside(by_rows: None, tmp_path: Path) -> None:
    """Where a column takes from a formula beside it, which takes from the column, all is right."""
    changes = {("t1", 1): ("$B$700", None)}
    content = "".join(sheet(rows_of(Table(rate=0.5), 60, changes)))
    more = '<row r="700"><c r="B700"><f>ROUND(W32,3)</f><v>0.5</v></c></row></sheetData>'
    parts = {"xl/worksheets/sheet1.xml": content.replace("</sheetData>", more)}
    workbook = read(package(tmp_path / "a.xlsx", parts))
    values = Recalculated(workbook)

    expected = Engine(workbook).values("Sheet1")

    assert_same({cell: values("Sheet1", cell) for cell in expected}, expected)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="measures with /proc")
def test_right_table(tmp_path: Path) -> None:
    """A table of a hundred thousand iterations takes what ten of a tenth of it take, and 2 GiB."""
    short, _ = answered(written(tmp_path / "a.xlsx", 10_000), 400, "correct")
    long, _ = answered(written(tmp_path / "b.xlsx", 100_000), 2048, "correct")

    assert long < AS_MUCH * 10 * short


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="measures with /proc")
def test_wrong_table(tmp_path: Path) -> None:
    """Nor does a slip in every row, with values that its formulas do not give, take long."""
    slip = RelativeFormula("(A33-R33)^2", 33, Table().cell("E1", 1)[1])
    formulas = (slip.at(*Table().cell("E1", step)) for step in range(10_000))
    changes = {("E1", step): (formula, None) for step, formula in enumerate(formulas)}

    right, _ = answered(written(tmp_path / "a.xlsx", 10_000), 400, "correct")
    wrong, answer = answered(written(tmp_path / "b.xlsx", 10_000, changes), 500, "mistakes")

    assert b'"mistake": "factor-of-two"' in answer
    assert wrong < AS_MUCH * 2 * right


AS_MUCH = 2
"""How many times what is expected a file may take: two runs on one machine differ by less."""


def answered(path: Path, mebibytes: int, verdict: str) -> tuple[float, bytes]:
    """Check a file by the command line, within its memory; return processor seconds and answer."""
    command = [sys.executable, "-c", WITH_PEAK, "check", "--json", str(path)]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    process = subprocess.run(command, capture_output=True, env=environment, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    kibibytes = int(process.stderr.split()[-1])

    assert f'"verdict": "{verdict}"'.encode() in process.stdout
    assert process.returncode == (verdict != "correct")
    assert kibibytes < mebibytes << 10
    # Of the processor, not by the clock: a busy machine is no mistake.
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, process.stdout


@pytest.mark.slow
@pytest.mark.parametrize("text", ["{0}x{1}", "w{0}{1}", "E{1}"])
def test_many_texts_take_little_time(text: str) -> None:
    """Twenty times as many texts, in whatever rows, take little more than twenty times as long."""
    few, many = looked_through(text, 100), looked_through(text, 2000)

    assert many < AS_MUCH * 20 * few


def looked_through(text: str, rows: int) -> float:
    """Return the processor seconds that a sheet of ten columns of texts takes."""
    cells = {(r, c): Cell(text.format(r, c)) for r in range(1, rows + 1) for c in range(1, 11)}
    start = time.process_time()

    check_workbook(Workbook((Sheet("Texts", cells),)), "texts.xlsx")

    return time.process_time() - start
