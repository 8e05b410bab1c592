"""Workbooks made to do harm by many ways, entered among the others: twins, ranges, diamonds."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from carriers import carrier
from hostile_files import (
    MAIN,
    REL,
    cell,
    in_table,
    kind,
    package,
    relations,
    sheet,
    table_rows,
    with_rows,
    workbook,
)
from hostile_parts import MAKERS, SHEET, ods
from worksheets import Table

__all__ = ["MAKERS"]

TWINS = ("[Content_Types].xml", "[CONTENT_TYPES].XML", "xl/_rels/workbook.xml%2Erels", SHEET)
ENCODINGS = ("utf-16", "utf-32", "utf-7", "shift_jis", "rot13", "zlib_codec", "unicode_escape")
TARGETS = (
    "/xl/worksheets/sheet1.xml", "%ff%00", "http://[::1", "WORKSHEETS/SHEET1.XML",
    "../" * 100_000, "file:///etc/passwd", "..\\..\\x", "worksheets/sheet1.xml?a#b",
)  # fmt: skip


@kind(0, len(TWINS) - 1)
def two_parts_of_one_name(path: Path, size: int) -> Path:
    """Beside the part that tells of macros stands one that tells of none."""
    carrier(path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.NameToInfo.pop(TWINS[size], None)
        archive.writestr(TWINS[size], "<x/>")
    return path


@kind(1_000, 5_000_000)
def letters_of_a_column(path: Path, size: int) -> Path:
    return with_rows(path, f'<row r="100"><c r="{"A" * size}100"><v>1</v></c></row>')


@kind(1, 300)
def ranges_over_the_sheet(path: Path, size: int) -> Path:
    """The formulas of the table take whole sheets, of which hardly a cell is filled."""
    sums = "SUM(Sheet1:Sheet1!AZ1:XFD1048576)+SUM('Sheet1:No'!A1:XFD1048576)+"
    return in_table(path, f"={sums * size}{{w1}}"[:8_000] + "+{w1}")


@kind(20, 300)
def diamonds(path: Path, size: int) -> Path:
    """Two ways lead to each cell and two from there, and at the end stands an error."""
    rows = (
        f'<row r="{k}">{cell(f"A{k}", f"SUM(A{k + 1}:B{k + 2})")}'
        f"{cell(f'B{k}', f'SUM(A{k + 1}:B{k + 1})*A{k + 2}')}</row>"
        for k in range(100, 100 + size)
    )
    table = Table().changed("h1", "={w1}*{i1}+{w2}*{i2}+A100*0")
    last = f'<row r="{100 + size}">{cell(f"A{100 + size}", "1/0")}</row>'
    return package(path, {SHEET: sheet((table_rows(table), *rows, last))})


@kind(0, len(ENCODINGS) - 1)
def other_letters(path: Path, size: int) -> Path:
    """A worksheet is written in an encoding, or says so."""
    part = "".join(sheet(table_rows()))
    head = f'<?xml version="1.0" encoding="{ENCODINGS[size]}"?>'
    written = ENCODINGS[size] if size < 3 else "utf-8"
    return package(path, {SHEET: (head + part).encode(written)})


@kind(0, len(TARGETS) - 1)
def targets_that_lead_astray(path: Path, size: int) -> Path:
    rels = relations((f"{REL}/worksheet", TARGETS[size]))
    return package(path, {"xl/_rels/workbook.xml.rels": rels})


@kind(9, 5_000)
def names_of_no_sheet(path: Path, size: int) -> Path:
    one = '<definedName name="x" localSheetId="{0}">#REF!</definedName>'
    names = "".join(one.format(k) for k in range(-1, size))
    book = workbook(["Sheet1"], f"<definedNames>{names}</definedNames>")
    return package(path, {"xl/workbook.xml": book})


@kind(100, 300_000)
def readings_of_signs(path: Path, size: int) -> Path:
    """One text has so many readings, as texts of Japanese have."""
    readings = "<rPh sb='0' eb='9'><t>\u30a2</t></rPh>" * size
    return package(
        path, {"xl/sharedStrings.xml": f"<sst {MAIN}><si><t>h1</t>{readings}</si></sst>"}
    )


@kind(9, 100_000)
def many_tables_of_an_ods(path: Path, size: int) -> Path:
    return ods(path, '</table:table><table:table table:name="x">' * size)


@kind(1, 3_000)
def same_rows(path: Path, size: int) -> Path:
    """The rows of the table come time and again, last row first."""
    rows = re.findall("<row.*?</row>", table_rows(Table(iterations=3)))[::-1]
    return package(path, {SHEET: sheet("".join(rows) * size)})
