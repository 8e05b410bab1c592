"""Checking whole files: verdicts, several tables and sheets, and files that are none."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from slowly import one_in
from worksheets import GIVEN, GRADIENTS, ORDER, RIGHT, WEIGHTS, Table, checked, in_tables, save

from sheetprop.checking.check import check_file, check_workbook
from sheetprop.checking.report import SEVERITIES, VERDICTS
from sheetprop.reports import json, text
from sheetprop.workbooks.reading.read import read
from sheetprop.workbooks.sheet import Cell, Sheet, Workbook

WRONG = {q: RIGHT[q].replace("a_h2", "a_h1") for q in ("dE/dw3", "dE/dw4")}
RATES = (0.1, 0.2, 0.5, 0.8, 1, 2)
STACKED = tuple(
    Table(header=3 + 12 * k, rate_cell=(2 + 12 * k, 7), rate=rate) for k, rate in enumerate(RATES)
)
PER_SHEET = tuple(Table(sheet=f"η = {rate}", rate=rate) for rate in RATES)
BESIDE = (
    Table(header=5, rate_cell=(4, 7), rate=0.1),
    Table(header=5, first_line=34, rate_cell=(4, 40), rate=2),
)
SETS = {"stacked": STACKED, "one in each sheet": PER_SHEET, "side by side": BESIDE}


def class_mistake(table: Table) -> Table:
    """Return a table with a_h1 for a_h2 in the gradients of w3 and w4."""
    for quantity, formula in WRONG.items():
        table = table.changed(quantity, formula)
    return table


@pytest.mark.slow
@pytest.mark.parametrize("tables", one_in(2, SETS.values()), ids=SETS)
def test_several_tables_are_all_found(tables: tuple[Table, ...], tmp_path: Path) -> None:
    """Tables below, beside and in other sheets are found in order, each with its own rate."""
    report = checked(tmp_path, *tables)

    assert (report.verdict, in_tables(report)) == ("correct", ())
    assert [t.learning_rate for t in report.tables] == [t.rate for t in tables]
    assert [t.sheet for t in report.tables] == [t.sheet for t in tables]
    for found, table in zip(report.tables, tables, strict=True):
        assert found.quantities == {name: table.range(name) for name in ORDER}
        assert found.iterations == table.iterations
        last = table.address(ORDER[-1], table.iterations - 1)
        assert found.range == f"{table.address(ORDER[0], -1)}:{last}"


@pytest.mark.slow
@pytest.mark.parametrize("tables", one_in(2, SETS.values()), ids=SETS)
def test_one_slip_is_one_finding(tables: tuple[Table, ...], tmp_path: Path) -> None:
    """The same slip in several columns, tables and sheets is one finding with all its places."""
    report = checked(tmp_path, *map(class_mistake, tables))

    assert [f.mistake for f in in_tables(report)] == ["wrong-neuron"]
    assert set(in_tables(report)[0].places) == {t.place(q) for t in tables for q in WRONG}
    assert report.verdict == "mistakes"
    assert (report.earned, report.possible) == (29.0, 31.0)


@pytest.mark.slow
@pytest.mark.parametrize("tables", one_in(3, SETS.values()))
def test_a_slip_in_one_table_accuses_no_other(tables: tuple[Table, ...], tmp_path: Path) -> None:
    """A mistake made in the last table only is found there only."""
    report = checked(tmp_path, *tables[:-1], class_mistake(tables[-1]))

    assert [f.mistake for f in in_tables(report)] == ["wrong-neuron"]
    assert set(in_tables(report)[0].places) == {tables[-1].place(q) for q in WRONG}


def test_different_slips_are_different_findings(tmp_path: Path) -> None:
    """Unlike slips of one kind in two columns are two findings."""
    table = Table().changed("E2", "=0.5*({t1}-{a_o2})^2").changed("a_h2", "=1/(1+EXP(-{h1}))")

    assert [f.mistake for f in in_tables(checked(tmp_path, table))] == ["wrong-neuron"] * 2


def test_places_of_interrupted_rows(tmp_path: Path) -> None:
    """Rows that are wrong with right ones between them are places of their own."""
    table = Table(iterations=10).changed("h1", "={w1}*{i1}-{w2}*{i2}", [0, 1, 2, 4, 5, 7, 9])

    report = checked(tmp_path, table)

    assert len(in_tables(report)) == 1
    assert set(in_tables(report)[0].places) == {
        table.place("h1", first, last) for first, last in ((0, 2), (4, 5), (7, 7), (9, 9))
    }


def test_warnings_leave_it_correct(tmp_path: Path) -> None:
    """Typed numbers that are right are warnings, and the verdict stays correct."""
    report = checked(tmp_path, Table().changed("h1", 0.0275, [0]))

    assert report.verdict == "correct"
    assert [f.severity for f in in_tables(report)] == ["warning"]
    assert report.earned == report.possible


def test_errors_come_first(tmp_path: Path) -> None:
    """Findings stand with the errors first."""
    table = class_mistake(Table().changed("h1", 0.0275, [0]))

    severities = [f.severity for f in in_tables(checked(tmp_path, table))]

    assert severities == sorted(severities, key=SEVERITIES.index)
    assert len(set(severities)) == 2


@pytest.mark.parametrize("empty", [("E_total",), GRADIENTS, ("dE/dw8", "E2")])
def test_empty_columns_are_incomplete(empty: tuple[str, ...], tmp_path: Path) -> None:
    """A worksheet with empty columns and no mistake is incomplete, and those are not earned."""
    table = Table(weights=(0.1,) * 8)
    names = [n for n in ORDER if n.startswith("w") and f"dE/d{n}" in empty]
    table = table.changed(empty, None).changed(names, "={w1@0}", range(1, 8))

    report = checked(tmp_path, table)

    errors = [f for f in in_tables(report) if f.severity == "error"]
    absent = [f for f in in_tables(report) if f.mistake == "missing-quantity"]
    missing = {place.quantity for finding in absent for place in finding.places}
    assert missing == set(empty)
    assert report.earned <= 31 - len(empty)
    if not names:
        assert (report.verdict, errors) == ("incomplete", [])


def test_absent_column_is_incomplete(tmp_path: Path) -> None:
    """A worksheet without a column for E_total, which nothing else says, but right otherwise."""
    report = checked(tmp_path, Table(order=tuple(name for name in ORDER if name != "E_total")))

    assert report.errors == ()
    assert report.verdict == "incomplete"


def test_values_only_are_typed_numbers(tmp_path: Path) -> None:
    """A table pasted as values is typed numbers, right ones as a warning."""
    source = save(tmp_path / "formulas.xlsx", Table())
    workbook = read(source)
    values = _values(workbook)
    cells = {
        address: Cell(values.get(address, cell.value)) if cell.formula else cell
        for address, cell in workbook.sheets[0].cells.items()
    }

    report = check_workbook(Workbook((Sheet("Sheet1", cells),)), "values.xlsx")

    assert report.verdict == "correct"
    assert {f.mistake for f in in_tables(report)} <= {"typed-number", "typed-constant"}
    assert len(report.tables) == 1


def _values(workbook: Workbook) -> dict[tuple[int, int], object]:
    from sheetprop.calculating.engine import Engine

    engine = Engine(workbook)
    engine.recalculate()
    return dict(engine.values("Sheet1"))


def test_file_is_not_changed(tmp_path: Path) -> None:
    """Checking does not touch the file."""
    path = save(tmp_path / "student.xlsx", class_mistake(Table()))
    before = path.read_bytes(), path.stat().st_mtime_ns

    check_file(path)

    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_same_report_every_time(tmp_path: Path) -> None:
    """Checking twice gives the same report: the random points are always the same ones."""
    path = save(tmp_path / "student.xlsx", class_mistake(Table()).changed("h1", "={w1}^2"))

    assert check_file(path) == check_file(path)


def unreadable(folder: Path) -> dict[str, Path]:
    """Return files that are no workbooks."""
    whole = save(folder / "whole.xlsx", Table()).read_bytes()
    contents = {
        "text": b"t1,t2,i1\n0.01,0.99,0.05\n",
        "empty": b"",
        "truncated": whole[: len(whole) // 2],
        "noise": bytes(range(256)) * 20,
        "only the signature": b"PK\x03\x04",
        "old": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    }
    paths = {"missing": folder / "missing.xlsx", "folder": folder / "folder.xlsx"}
    paths["folder"].mkdir()
    for name, content in contents.items():
        paths[name] = folder / f"{name}.xlsx"
        paths[name].write_bytes(content)
    return paths


@pytest.mark.parametrize(
    "kind",
    ["missing", "folder", "text", "empty", "truncated", "noise", "only the signature", "old"],
)
def test_unreadable_files_have_a_reason(kind: str, tmp_path: Path) -> None:
    """What is no workbook is unreadable, with one sentence why, and nothing is raised."""
    report = check_file(unreadable(tmp_path)[kind])

    assert report.verdict == "unreadable"
    assert report.reason
    assert "\n" not in report.reason
    assert (report.tables, report.findings, report.not_judged) == ((), (), ())
    assert (report.earned, report.possible) == (0.0, 0.0)


def unrecognised(kind: str, path: Path) -> Path:
    """Write a workbook without backpropagation."""
    book = openpyxl.Workbook()
    page = book.active
    if kind == "numbers":
        for row in range(1, 40):
            page.append([row, row**2, f"=A{row}*B{row}"])
    elif kind == "headers only":
        page.append(list(ORDER))
    elif kind == "a legend":
        for number, name in enumerate((*GIVEN, *WEIGHTS), 1):
            page.cell(number, 1, name)
            page.cell(number, 2, 0.1 * number)
    elif kind == "another network's names":
        page.append(["x1", "x2", "sum", "y", "w1", "w2"])
        for row in range(2, 9):
            page.append([1, 0, f"=A{row}*E{row}+B{row}*F{row}", f"=IF(C{row}>0,1,0)", 0.5, 0.5])
    elif kind == "notes":
        page["A1"] = "Backpropagation: ∂E/∂w1 is found by the chain rule"
        page["A2"] = "E_total = E1 + E2"
    book.save(path)
    return path


@pytest.mark.parametrize(
    "kind", ["nothing", "numbers", "headers only", "a legend", "another network's names", "notes"]
)
def test_other_workbooks_are_not_recognised(kind: str, tmp_path: Path) -> None:
    """A workbook without a table of backpropagation is not recognised, and says why."""
    report = check_file(unrecognised(kind, tmp_path / "other.xlsx"))

    assert report.verdict == "not-recognised"
    assert report.reason
    assert "\n" not in report.reason
    assert (report.tables, report.findings) == ((), ())


def test_every_verdict_and_severity_is_of_the_contract() -> None:
    """Verdicts and severities are those that other programs rely on."""
    assert VERDICTS == (
        "correct",
        "mistakes",
        "incomplete",
        "undecided",
        "not-recognised",
        "unreadable",
    )
    assert SEVERITIES == ("error", "warning", "note")


def test_table_without_headers(tmp_path: Path) -> None:
    """A right worksheet whose headers are missing has no error, recognised or not."""
    blank = dict.fromkeys(ORDER, " ")

    report = checked(tmp_path, Table(headers=blank))

    assert report.errors == ()
    assert report.verdict in ("correct", "not-recognised", "incomplete")


@pytest.mark.parametrize("pair", [("h1", "a_h1"), ("dE/dw5", "dE/dw6"), ("w1", "w2")])
def test_exchanged_headers_are_no_wrong_formulas(pair: tuple[str, str], tmp_path: Path) -> None:
    """Two exchanged headers are mislabelled columns, not a dozen wrong formulas."""
    first, second = pair

    report = checked(tmp_path, Table(headers={first: second, second: first}))

    assert report.errors == ()
    assert {f.mistake for f in in_tables(report)} == {"mislabelled-column"}
    assert {p.quantity for f in in_tables(report) for p in f.places} == set(pair)


@pytest.mark.parametrize("iterations", [1, 2, 3])
def test_short_tables_with_a_mistake(iterations: int, tmp_path: Path) -> None:
    """A mistake is found in a table of one row as well."""
    table = class_mistake(Table(iterations=iterations))

    report = checked(tmp_path, table)

    assert [f.mistake for f in in_tables(report)] == ["wrong-neuron"]
    assert set(in_tables(report)[0].places) == {table.place(q) for q in WRONG}


def test_mistake_in_a_helper_column(tmp_path: Path) -> None:
    """A mistake in a helper column is found there and in what uses it, as one slip."""
    table = Table(helpers={"δ_o1": "=({t1}-{a_o1})*{a_o1}*(1-{a_o1})"})
    table = table.changed("dE/dw5", "={δ_o1}*{a_h1}").changed("dE/dw6", "={δ_o1}*{a_h2}")

    report = checked(tmp_path, table)

    assert [f.mistake for f in in_tables(report)] == ["wrong-sign"]
    helper, *users = in_tables(report)[0].places
    assert (helper.range, helper.quantity) == (table.range("δ_o1"), None)
    assert set(users) == {table.place(q) for q in ("dE/dw5", "dE/dw6")}


def test_large_relative_error_can_be_written(tmp_path: Path) -> None:
    """A typed number beyond all measure is reported, in JSON too."""
    report = checked(tmp_path, replace(Table(), inputs=(1e-12, 0)).changed("dE/dw1", 1e300, [2]))

    assert json.render([report])
    assert text.render([report])
    assert [f.mistake for f in in_tables(report) if f.severity == "error"] == ["typed-number"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "formula",
    [
        "={w1[-1]}-{eta}*A:A",
        "={w1[-1]}-{eta}*1:1",
        "={w1}",
        "={w1[+1]}",
        "=INDIRECT({w1[-1]})",
        '=WEBSERVICE("x")*{dE/dw1[-1]}',
        "={w1[-1]}-[other.xlsx]Sheet1!$A$1*{dE/dw1[-1]}",
        "=LAMBDA(x,x)({w1[-1]})",
        "=Nowhere!A1*{dE/dw1[-1]}",
        '={w1[-1]}-VLOOKUP("none",$F$29:$G$30,2,FALSE)*{dE/dw1[-1]}',
        "={w1[-1]}-",
        "=" + "(" * 80 + "{w1[-1]}" + ")" * 80,
        "=" + "+".join(["{w1[-1]}"] * 900),
    ],
    ids=lambda formula: formula[:30],
)
def test_no_formula_stops_the_report(formula: str, tmp_path: Path) -> None:
    """Whatever a formula is, the file has a report, in which the other columns are judged."""
    table = class_mistake(Table()).changed("w1", formula)

    report = checked(tmp_path, table)

    assert "wrong-neuron" in {f.mistake for f in report.errors}
