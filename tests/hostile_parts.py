"""Still more workbooks made to do harm, entered among the others: names, parts, entries, texts.

Parts that only a marked copy touches are among them: drawings, lists of formats, content types.
"""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

from hostile_files import (
    MAIN,
    REL,
    cell,
    kind,
    package,
    relations,
    sheet,
    table_rows,
    with_formulas,
    with_rows,
    workbook,
)
from hostile_more import MAKERS, SHEET, ods, text
from worksheets import Table

__all__ = ["MAKERS"]

TEXTS = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
HEADERS = (
    "_x001B_[2J",
    "\u202e\u2066",
    "&#10;&#13;",
    "&lt;script&gt;",
    "u\u0301\u0301",
    "\u0663",
    "\ufdd0",
)
SHEETS = ("\u202eabc", "a&#10;b", "../../x", "--help", "=cmd|x", "", "a\u2028b", "_xD800_", "x!y'z")


def names(path: Path, found: dict[str, str], table: Table) -> Path:
    entries = "".join(f'<definedName name="{key}">{f}</definedName>' for key, f in found.items())
    book = workbook(["Sheet1"], f"<definedNames>{entries}</definedNames>")
    return package(path, {"xl/workbook.xml": book, SHEET: sheet(table_rows(table))})


def beside(path: Path, what: str, content: str) -> Path:
    """Write a right table whose sheet points at one part more."""
    relation = relations((f"{REL}/{what}", f"../{what}s/{what}1.xml"))
    own = {"xl/worksheets/_rels/sheet1.xml.rels": relation, f"xl/{what}s/{what}1.xml": content}
    return package(path, own)


def after_rows(path: Path, content: str) -> Path:
    """Write a right table with something behind the rows of its sheet."""
    part = "".join(sheet(table_rows()))
    return package(path, {SHEET: part.replace("</sheetData>", f"</sheetData>{content}")})


@kind(20, 80)
def doubling_names(path: Path, size: int) -> Path:
    """Each name is twice the one before, as numbers and as texts; one calls itself."""
    found = {"n0": "Sheet1!$A$32", "t0": '"abcdefgh"', "F": "LAMBDA(n,F(n)+F(n))"}
    found |= {f"n{k}": f"n{k - 1}*n{k - 1}" for k in range(1, size)}
    found |= {f"t{k}": f"t{k - 1}&amp;t{k - 1}" for k in range(1, size)}
    last = size - 1
    return names(path, found, Table().changed("E1", f"=n{last}+LEN(t{last})+F(9)"))


@kind(50, 2_000)
def names_by_their_texts(path: Path, size: int) -> Path:
    found = {f"n{k}": f"INDIRECT(&quot;n{k + 1}&quot;)" for k in range(size)}
    return names(path, found, Table().changed("E1", "=n0"))


@kind(20, 1_500)
def chain_by_offsets(path: Path, size: int) -> Path:
    formulas = (f"OFFSET(AZ{k},1,0)+INDIRECT(ADDRESS({k + 1},52))" for k in range(100, 100 + size))
    rows = (
        f'<row r="{k}">{cell(f"AZ{k}", formula)}</row>' for k, formula in enumerate(formulas, 100)
    )
    return with_rows(path, rows)


@kind(20, 60)
def growing_texts(path: Path, size: int) -> Path:
    """Texts that grow without the sign that joins them."""
    formula = 'MID(AZ{0}&AZ{0},1,1E9)&SUBSTITUTE(AZ{0},"a",REPT("a",99))&TEXTJOIN(AZ{0},0,AZ{0},1)'
    rows = "".join(
        f'<row r="{k}">{cell(f"AZ{k}", formula.format(k + 1))}</row>'
        for k in range(100, 100 + size)
    )
    return with_rows(path, rows + f'<row r="{100 + size}">{text(f"AZ{100 + size}", "abc")}</row>')


@kind(10, 80)
def wildcards(path: Path, size: int) -> Path:
    """Patterns of spreadsheets, and of regular expressions, that go back at every sign."""
    stars, signs = "*a" * size, "a" * 30 * size
    return with_formulas(
        path,
        f'COUNTIF(A1:A200,"{stars}b")',
        f'SEARCH("{stars}b","{signs}")',
        f'REGEXTEST("{signs}b","(a+)+$")',
    )


@kind(3, 40)
def functions_without_end(path: Path, size: int) -> Path:
    several = (
        "COMBIN(1E9,5E8)",
        "NETWORKDAYS(1,2958465)",
        "RATE(1E9,1,-1E-300)",
        "FACTDOUBLE(1E15)",
    )
    return with_formulas(path, *several * size)


@kind(20, 300_000)
def array_over_the_sheet(path: Path, size: int) -> Path:
    attributes = f' t="array" ref="A1:XFD{size}"'
    return with_rows(path, f'<row r="100">{cell("AZ100", f"A1:A{size}*2", attributes)}</row>')


@kind(0, len(HEADERS) - 1)
def headers_that_steer(path: Path, size: int) -> Path:
    rows = table_rows(Table().changed("h1", "={w1}*{i1}-{w2}*{i2}"))
    return package(path, {SHEET: sheet(rows.replace(">h1<", f">h1 {HEADERS[size]}<"))})


@kind(0, len(SHEETS) - 1)
def sheets_that_steer(path: Path, size: int) -> Path:
    rows = table_rows(Table().changed("h1", "={w1}*{i1}-{w2}*{i2}"))
    return package(path, {"xl/workbook.xml": workbook([SHEETS[size]]), SHEET: sheet(rows)})


@kind(2, 1_000)
def many_tables(path: Path, size: int) -> Path:
    """A right table on each of many sheets."""
    part = "".join(sheet(table_rows(Table(iterations=3))))
    sheets = [f"worksheets/sheet{number}.xml" for number in range(1, size + 1)]
    own: dict[str, str] = {f"xl/{name}": part for name in sheets}
    own["xl/workbook.xml"] = workbook([f"S{number}" for number in range(size)])
    own["xl/_rels/workbook.xml.rels"] = relations(*((f"{REL}/worksheet", one) for one in sheets))
    return package(path, {**own})


@kind(100, 50_000)
def many_merged_cells(path: Path, size: int) -> Path:
    cells = '<mergeCell ref="A1:XFD1048576"/>' * size
    return after_rows(path, f"<mergeCells>{cells}</mergeCells>")


@kind(100, 30_000)
def many_rules(path: Path, size: int) -> Path:
    rule = '<cfRule type="expression" priority="1"><formula>A1&gt;SUM(A:XFD)</formula></cfRule>'
    each = f'<conditionalFormatting sqref="A1:XFD1048576">{rule}</conditionalFormatting>'
    return after_rows(path, each * size)


@kind(100, 50_000)
def many_anchors(path: Path, size: int) -> Path:
    anchor = "<a:twoCellAnchor><a:from><a:row>999999999</a:row></a:from><a:sp/></a:twoCellAnchor>"
    return beside(path, "drawing", f'<a:wsDr xmlns:a="{DRAWING}">{anchor * size}</a:wsDr>')


@kind(100, 50_000)
def many_comments(path: Path, size: int) -> Path:
    one = '<comment ref="A{0}" authorId="{0}"><text><r><t>_x001B_[2J</t></r></text></comment>'
    all_ = "".join(one.format(k) for k in range(size))
    return beside(path, "comment", f"<comments {MAIN}><commentList>{all_}</commentList></comments>")


@kind(3, 300_000)
def spaces_of_an_ods(path: Path, size: int) -> Path:
    """A few signs that stand for as many spaces as they say."""
    spaces = '<text:s text:c="999999999"/>' + '<text:s text:c="9"/>' * size
    said = f'<text:p xmlns:text="{TEXTS}">h1{spaces}</text:p>'
    inner = f"<table:table-cell>{said}</table:table-cell>"
    return ods(path, f"<table:table-row>{inner}</table:table-row>")


FAR = ("_rels/.rels", "docProps/custom.xml", "xl/workbook.xml", SHEET)


@kind(0, len(FAR) - 1)
def part_beyond_all_files(path: Path, size: int) -> Path:
    """A part is said to stand at a place that no number of the system can hold."""
    package(path, {"docProps/custom.xml": "<a/>"})
    with zipfile.ZipFile(path, "a") as archive:
        archive.getinfo(FAR[size]).header_offset = (1 << 64) - 1
        archive._didModify = True  # type: ignore[attr-defined]
    return path


LIES = {
    0: (b"PK\1\2", 24, "<L", 10),  # unpacks to more than it says
    1: (b"PK\1\2", 20, "<L", 0x7FFFFFFF),
    2: (b"PK\1\2", 14, "<H", 0),  # a month 0
    3: (b"PK\1\2", 38, "<L", 0xA1FF0000),  # a link
    4: (b"PK\1\2", 42, "<L", 0xFFFFFF00),
    5: (b"PK\5\6", 12, "<L", 0xFFFFFFF0),
    6: (b"PK\5\6", 16, "<L", 0),
    7: (b"PK\3\4", 28, "<H", 0xFFFF),  # begins behind the end of the file
}


@kind(0, len(LIES) - 1)
def lies_of_an_archive(path: Path, size: int) -> Path:
    mark, offset, form, value = LIES[size]
    content = bytearray(package(path, {}).read_bytes())
    place = content.find(mark)
    while place >= 0:
        struct.pack_into(form, content, place + offset, value)
        place = content.find(mark, place + 4)
    path.write_bytes(content)
    return path
