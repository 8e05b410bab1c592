"""Workbooks with what no spreadsheet program writes are refused with a sentence."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from worksheets import Table, save

from sheetprop.errors import WorkbookError
from sheetprop.workbooks.reading.read import read

CHANGES = {
    "a sheet named like another workbook": (
        ("xl/workbook.xml", b'name="Sheet1"', b'name="[1]S"'),
        r'a sheet is called "\[1\]S", and no spreadsheet program allows brackets there',
    ),
    "a text that is not there": (
        (
            "xl/worksheets/sheet1.xml",
            b"</sheetData>",
            b'<row r="900"><c r="A900" t="s"><v>77777</v></c></row></sheetData>',
        ),
        "there is no text number 77777",
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("case", CHANGES)
def test_it_is_refused(case: str, tmp_path: Path) -> None:
    """The sentence says what is odd."""
    (part, old, new), sentence = CHANGES[case]
    path, odd = save(tmp_path / "x.xlsx", Table()), tmp_path / "odd.xlsx"
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(odd, "w") as target:
        for name in archive.namelist():
            content = archive.read(name)
            target.writestr(name, content.replace(old, new) if name == part else content)

    with pytest.raises(WorkbookError, match=sentence):
        read(odd)
