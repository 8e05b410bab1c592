"""The JSON report, schema 2: fields, types and order that other programs rely on."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from worksheets import ORDER, RIGHT, Table, checked, save

from sheetprop.checking.check import check_file
from sheetprop.checking.report import SEVERITIES, VERDICTS, Report
from sheetprop.mistakes import BY_NAME
from sheetprop.reports import json as json_report

TOP = [
    *("schema", "file", "verdict", "reason", "tables", "findings"),
    *("not_judged", "score", "seconds"),
    *("sha256", "size", "active"),
]
TABLE = [
    *("sheet", "range", "orientation", "cells", "iterations"),
    *("learning_rate", "learning_rate_cell", "quantities"),
]
FINDING = [
    *("mistake", "code", "severity", "places"),
    *("message", "found", "expected", "relative_error"),
]
CLASS_FILE = Table(iterations=68)
for quantity in ("dE/dw3", "dE/dw4"):
    CLASS_FILE = CLASS_FILE.changed(quantity, RIGHT[quantity].replace("a_h2", "a_h1"))


SCHEMA = json.loads(
    Path(json_report.__file__).with_name("check.schema.json").read_text(encoding="utf-8")
)
TYPES = {
    "object": dict,
    "array": list,
    "string": str,
    "number": int | float,
    "integer": int,
    "null": None,
}


def assert_valid(value: Any, schema: dict[str, Any]) -> None:
    """Assert that a value is what the JSON Schema asks for, in the words that ours uses."""
    known = {"type", "properties", "required", "additionalProperties", "items", "const", "enum"}
    known |= {"minimum", "pattern", "$schema", "title", "description"}
    assert set(schema) <= known
    if "const" in schema:
        assert value == schema["const"]
    if "enum" in schema:
        assert value in schema["enum"]
    names = schema.get("type", [])
    names = [names] if isinstance(names, str) else names
    assert not names or any(
        value is None if TYPES[name] is None else isinstance(value, TYPES[name]) for name in names
    )
    if isinstance(value, dict):
        others = schema.get("additionalProperties", True)
        assert set(schema.get("required", ())) <= set(value)
        for key, inner in value.items():
            assert others or key in schema["properties"]
            assert_valid(inner, schema.get("properties", {}).get(key, others or {}))
    for inner in value if isinstance(value, list) else ():
        assert_valid(inner, schema["items"])
    if "minimum" in schema:
        assert value >= schema["minimum"]
    if "pattern" in schema:
        assert re.search(schema["pattern"], value)


def as_read(report: Report) -> dict[str, Any]:
    """Return the JSON of a report as another program reads it, which must be one line."""
    text = json_report.render([report])
    assert "\n" not in text
    read = json.loads(text, parse_constant=pytest.fail)
    assert isinstance(read, dict)
    return read


def assert_schema(found: dict[str, Any]) -> None:
    """Assert keys, their order, and types of a whole object."""
    assert list(found) == TOP
    assert_valid(found, SCHEMA)
    assert found["schema"] == 2
    assert isinstance(found["file"], str)
    assert found["verdict"] in VERDICTS
    assert isinstance(found["reason"], str | None)
    assert isinstance(found["seconds"], int | float)
    assert isinstance(found["sha256"], str | None)
    assert isinstance(found["size"], int | None)
    assert all(isinstance(kind, str) for kind in found["active"])
    assert list(found["score"]) == ["earned", "possible"]
    assert all(isinstance(value, float) for value in found["score"].values())
    for table in found["tables"]:
        assert_table(table)
    for finding in found["findings"]:
        assert_finding(finding)
    for cells in found["not_judged"]:
        assert list(cells) == ["sheet", "range", "reason"]
        assert all(isinstance(value, str) and value for value in cells.values())


def assert_table(table: dict[str, Any]) -> None:
    assert list(table) == TABLE
    assert table["orientation"] in ("rows", "columns")
    assert type(table["iterations"]) is int
    assert isinstance(table["learning_rate"], float | None)
    assert isinstance(table["learning_rate_cell"], str | None)
    assert all(isinstance(table[key], str) for key in ("sheet", "range"))
    assert all(isinstance(value, str) for value in table["quantities"].values())


def assert_finding(finding: dict[str, Any]) -> None:
    assert list(finding) == FINDING
    assert BY_NAME[finding["mistake"]].code == finding["code"]
    assert finding["severity"] in SEVERITIES
    assert finding["places"]
    for place in finding["places"]:
        assert list(place) == ["sheet", "range", "quantity", "found", "expected"]
    assert isinstance(finding["message"], str)
    assert isinstance(finding["found"], str | None)
    assert isinstance(finding["expected"], str | None)
    assert finding["expected"] is None or finding["expected"].startswith("=")
    assert isinstance(finding["relative_error"], float | None)


def test_the_class_mistake_as_documented(tmp_path: Path) -> None:
    """The mistake of the class file is reported exactly as the contract shows it."""
    found = as_read(checked(tmp_path, CLASS_FILE))

    assert_schema(found)
    assert (found["verdict"], found["reason"]) == ("mistakes", None)
    assert found["tables"] == [
        {
            "sheet": "Sheet1",
            "range": "A31:AE99",
            "orientation": "rows",
            "cells": {
                "given": 68 * 4 + 8 + 1,
                "right": 68 * 25 - 8,
                "wrong": 68 * 2,
                **dict.fromkeys(("typed", "blank", "error", "not_judged"), 0),
            },
            "iterations": 68,
            "learning_rate": 2.0,
            "learning_rate_cell": "G30",
            "quantities": {name: CLASS_FILE.range(name) for name in ORDER},
        }
    ]
    assert list(found["tables"][0]["quantities"]) == list(ORDER)
    (finding,) = [one for one in found["findings"] if one["severity"] == "error"]
    assert (finding["mistake"], finding["code"]) == ("wrong-neuron", "SP203")
    assert finding["severity"] == "error"
    places = [(p["sheet"], p["range"], p["quantity"]) for p in finding["places"]]
    assert places == [("Sheet1", "Z32:Z99", "dE/dw3"), ("Sheet1", "AA32:AA99", "dE/dw4")]
    for place, given in zip(finding["places"], ("C32", "D32"), strict=True):
        assert "J32*(1-J32)" in place["found"]
        assert place["expected"].endswith(f"L32*(1-L32)*{given}")
    assert finding["found"].startswith("=")
    assert "L32*(1-L32)" in finding["expected"]
    assert finding["relative_error"] == pytest.approx(2.6e-4, rel=0.01)
    assert found["not_judged"] == []
    assert found["score"] == {"earned": 29.0, "possible": 31.0}


@pytest.mark.slow
@pytest.mark.parametrize(
    "table",
    [
        Table(),
        Table(rate=1),
        Table(rate=None, eta="2"),
        Table(across=True, header=3, rate_cell=(1, 2)),
        Table().changed("h1", "=#REF!+1", [3]).changed("h2", "=INDIRECT({w1})"),
        Table().changed("E1", 3, [2]).changed("E2", 0.1, [1]),
        Table().changed("a_h1", "=1/0").changed("w1", '="text"', [3]),
        Table().changed("dE/dw5", "=10^{E1}").changed("dE/dw6", "=EXP(800*{t2})"),
        Table().changed("E_total", None),
        Table(sheet="Ω's «sheet»").changed("o1", "={o2}"),
    ],
)
def test_schema_holds_for_every_report(table: Table, tmp_path: Path) -> None:
    """Keys, order and types are the same whatever was found."""
    assert_schema(as_read(checked(tmp_path, table)))


def test_schema_holds_without_tables(tmp_path: Path) -> None:
    """A file that is unreadable or not recognised has all fields too, and a reason."""
    other = save(tmp_path / "other.xlsx", further={"Sheet1": {"A1": "nothing"}})
    for path, verdict in ((other, "not-recognised"), (tmp_path / "none.xlsx", "unreadable")):
        found = as_read(check_file(path))

        assert_schema(found)
        assert found["verdict"] == verdict
        assert found["reason"]
        assert found["file"] == str(path)
        assert (found["tables"], found["findings"]) == ([], [])


def test_texts_are_ascii(tmp_path: Path) -> None:
    """Whoever reads the lines need not know in which encoding they were written."""
    line = json_report.render([checked(tmp_path, CLASS_FILE)])

    assert line.isascii()
    assert "∂E/∂w3" in json.loads(line)["findings"][0]["message"]


def test_rate_on_another_sheet_names_it(tmp_path: Path) -> None:
    """The cell of a rate that stands on another sheet is given with its sheet."""
    table = Table(eta="Rates!$B$2", rate=None)

    found = as_read(checked(tmp_path, table, further={"Rates": {"B2": 0.5}}))

    assert found["tables"][0]["learning_rate_cell"] == "Rates!$B$2"


def test_one_line_for_each_report(tmp_path: Path) -> None:
    """Several reports are several lines, in their order."""
    reports = [checked(tmp_path, CLASS_FILE), check_file(tmp_path / "none.xlsx")]

    lines = json_report.render(reports).splitlines()

    assert [json.loads(line)["verdict"] for line in lines] == ["mistakes", "unreadable"]
