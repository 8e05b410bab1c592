"""Reading damaged files: the two ways of reading a sheet agree, and damage is a `WorkbookError`."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sheetprop
from sheetprop.errors import WorkbookError
from sheetprop.workbooks.reading import cells_in
from sheetprop.workbooks.reading.read import read
from sheetprop.workbooks.reading.rows_in import Unusual
from sheetprop.workbooks.sheet import Workbook

sys.path.append(str(Path(__file__).parent.parent.parent / "benchmarks"))

from fuzzing.damage import damaged
from hostile_files import package, sheet

FORMULA = st.sampled_from(
    ["", "A1+1", 'IF(A1&lt;2,"a&amp;b",1)', " =A1", "_xlfn.SEQUENCE(1)", "50%", "a\r\nb", "\u00a0"]
)
VALUE = st.sampled_from(
    ["1", "0.1", "-1E-5", "", "x", "1e999", "TRUE", "0", "_x000D_", "&lt;", "&#10;"]
)
FORMULA_ATTRIBUTES = st.sampled_from(
    ["", ' t="shared" si="0"', ' t="array" ref="A1:B2"', ' ca="1"', ' t="dataTable" r1="B1"']
)
CELL_ATTRIBUTES = st.sampled_from(
    [
        "",
        ' s="1"',
        ' t="str"',
        ' t="s"',
        ' t="b"',
        ' t="e"',
        ' s="2" t="n"',
        ' t="n" s="2"',
        ' x="1"',
    ]
)


@st.composite
def cells(draw: st.DrawFn) -> str:
    """One cell, with or without its parts."""
    where = draw(st.sampled_from(["A1", "B2", "XFD3", "AA7", None]))
    attributes = draw(CELL_ATTRIBUTES)
    formula = draw(st.none() | FORMULA)
    kind = draw(FORMULA_ATTRIBUTES)
    value = draw(st.none() | VALUE)
    inside = "" if formula is None else f"<f{kind}>{formula}</f>" if formula else f"<f{kind}/>"
    inside += "" if value is None else f"<v>{value}</v>"
    place = f' r="{where}"' if where else ""
    return f"<c{place}{attributes}>{inside}</c>" if inside else f"<c{place}{attributes}/>"


def read_by_parser(path: Path, monkeypatch: pytest.MonkeyPatch) -> Workbook | str:
    """Read a file by the parser's handlers alone; a reason where that fails."""

    def unusual(*_: object) -> None:
        raise Unusual

    with monkeypatch.context() as patch:
        patch.setattr(cells_in.CellReader, "take", unusual)
        return outcome(path)


def outcome(path: Path) -> Workbook | str:
    """Read a file, or say why not."""
    try:
        return read(path)
    except WorkbookError as error:
        return error.reason


@pytest.mark.slow
@settings(max_examples=60)
@given(st.lists(st.lists(cells(), max_size=4), max_size=4), st.booleans())
def test_both_ways_agree(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], has_numbers: bool
) -> None:
    """A sheet reads the same by the pattern for usual files and by the parser."""
    numbers = [f' r="{n}"' if has_numbers else "" for n in range(1, len(rows) + 1)]
    text = "\n".join(
        f'<row{number} spans="1:3">{"".join(row)}</row>'
        for number, row in zip(numbers, rows, strict=True)
    )
    strings = "<sst><si><t>one</t></si><si><r><t>tw</t></r><r><t>o</t></r></si></sst>"
    path = tmp_path_factory.mktemp("rows") / "a.xlsx"
    parts = {"xl/worksheets/sheet1.xml": sheet(text), "xl/sharedStrings.xml": strings}
    package(path, parts)

    with pytest.MonkeyPatch.context() as patch:
        assert read_by_parser(path, patch) == outcome(path)


@pytest.mark.slow
def test_sheets_as_written_agree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A workbook of ours reads the same both ways, and the quick way is taken."""
    path = sheetprop.build(learning_rates=[0.5], iterations=20, output=tmp_path / "a.xlsx")
    parsed = read_by_parser(path, monkeypatch)

    def refused(*_: object) -> None:
        raise AssertionError("read by the parser")

    monkeypatch.setattr(cells_in, "parse_part", refused)
    assert read(path) == parsed


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_damage_is_always_a_workbook_error(seed: int, tmp_path: Path) -> None:
    """Whatever part of a workbook is damaged, it is read or it is a `WorkbookError`."""
    content = package(tmp_path / "whole.xlsx", {}).read_bytes()
    path = tmp_path / "damaged.xlsx"
    chance = random.Random(seed)
    for _ in range(60):
        path.write_bytes(damaged(content, chance))
        outcome(path)


@pytest.mark.slow
def test_damage_to_made_workbooks(tmp_path: Path) -> None:
    """The same with a workbook of ours, and more often."""
    made = sheetprop.build(learning_rates=[0.5, 2], iterations=10, output=tmp_path / "a.xlsx")
    content = made.read_bytes()
    chance = random.Random(5)
    for _ in range(400):
        made.write_bytes(damaged(content, chance))
        outcome(made)
