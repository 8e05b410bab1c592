"""Reading a file: what is in it arrives exactly, and an unusable file says why in one sentence."""

from __future__ import annotations

import datetime
import random
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.formula.translate import Translator

from sheetprop.errors import WorkbookError
from sheetprop.notation.address import COLUMNS, column_letters, column_number
from sheetprop.notation.relative import RelativeFormula
from sheetprop.workbooks.reading.read import read
from sheetprop.workbooks.sheet import Cell, ExcelError, Sheet

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def package(
    path: Path, rows: str, *, prolog: str = "", extra: dict[str, bytes] | None = None
) -> Path:
    """A minimal workbook whose only sheet has the given rows."""
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts = {
        "_rels/.rels": f'<Relationships xmlns="{relations}"><Relationship Id="r" '
        f'Type="{REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{REL}"><sheets>'
        '<sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{relations}"><Relationship Id="r1" '
        f'Type="{REL}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f"{prolog}<worksheet {MAIN}><sheetData>{rows}</sheetData>"
        "</worksheet>",
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (parts | (extra or {})).items():
            archive.writestr(name, content)
    return path


def reason(path: Path) -> str:
    """Why the file cannot be read."""
    with pytest.raises(WorkbookError) as caught:
        read(path)
    assert caught.value.file == path
    assert "\n" not in caught.value.reason
    return caught.value.reason


@pytest.fixture
def written(tmp_path: Path) -> Sheet:
    """A sheet with one cell of each kind."""
    path = tmp_path / "kinds.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("My sheet")
        sheet.write_formula(2, 2, "=1/0", None, "#DIV/0!")
        sheet.write_formula(3, 2, "=TRUE", None, True)
        sheet.write_number(4, 2, 0.1)
        sheet.write_number(4, 3, 5)
        sheet.write_string(5, 2, "#NUM!")
        sheet.write_formula(6, 2, '="a"&"b"', None, "ab")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_datetime(7, 2, datetime.datetime(2020, 1, 2, 12), day)  # noqa: DTZ001
        sheet.write_array_formula("F1:F2", "{=A1:A2*2}", None, 4)
        sheet.write_formula(8, 2, "=_xlfn.SEQUENCE(1)", None, 1)
        sheet.write_rich_string(9, 2, "a", day, "b", "c")
        sheet.write_string(10, 2, "line\nbreak <&>")
    return read(path).sheets[0]


@pytest.mark.parametrize(
    ("address", "cell"),
    [
        ((3, 3), Cell(ExcelError("#DIV/0!"), "=1/0")),
        ((4, 3), Cell(True, "=TRUE")),
        ((5, 3), Cell(0.1)),
        ((5, 4), Cell(5)),
        ((6, 3), Cell("#NUM!")),
        ((7, 3), Cell("ab", '="a"&"b"')),
        ((8, 3), Cell(43832.5)),
        ((1, 6), Cell(4, "=A1:A2*2", "F1:F2")),
        ((9, 3), Cell(1, "=SEQUENCE(1)", "C9")),
        ((10, 3), Cell("abc")),
        ((11, 3), Cell("line\nbreak <&>")),
    ],
)
def test_kind_of_cell(written: Sheet, address: tuple[int, int], cell: Cell) -> None:
    """Every kind of cell arrives with its value, its formula and its type."""
    found = written.cells[address]
    assert found == cell
    assert type(found.value) is type(cell.value)


def test_empty_cells_are_absent(written: Sheet) -> None:
    """A cell that holds nothing is not in the sheet."""
    assert (1, 1) not in written.cells
    assert written.name == "My sheet"


def test_no_stored_value(tmp_path: Path) -> None:
    """A formula written by a program that does not calculate has no value."""
    book = openpyxl.Workbook()
    book.active["B2"] = "=A1+1"
    book.save(tmp_path / "a.xlsx")
    assert read(tmp_path / "a.xlsx").sheets[0].cells == {(2, 2): Cell(None, "=A1+1")}


def test_shared_formula_and_missing_addresses(tmp_path: Path) -> None:
    """Shared formulas are written out, and cells without an address follow the one before."""
    rows = (
        '<row><c><f t="shared" ref="A1:A2" si="0">$B1*B$1+LOG10("A1")</f><v>1</v></c></row>'
        '<row><c><f t="shared" si="0"/><v>2</v></c><c t="inlineStr"><is><t>x</t></is></c></row>'
    )
    cells = read(package(tmp_path / "a.xlsx", rows)).sheets[0].cells
    assert cells[2, 1] == Cell(2, '=$B2*B$1+LOG10("A1")')
    assert cells[2, 2] == Cell("x")


def test_not_a_number(tmp_path: Path) -> None:
    """What some programs write for infinity is the error that Excel has for it."""
    rows = '<row r="1"><c r="A1"><v>inf</v></c><c r="B1"><v>nan</v></c></row>'
    cells = read(package(tmp_path / "a.xlsx", rows)).sheets[0].cells
    assert [type(cell.value) for cell in cells.values()] == [ExcelError, ExcelError]


def test_data_table(tmp_path: Path) -> None:
    """A what-if table reads as Excel shows it."""
    rows = '<row r="1"><c r="A1"><f t="dataTable" ref="A1:A2" r1="C1"/><v>1</v></c></row>'
    assert read(package(tmp_path / "a.xlsx", rows)).sheets[0].cells[1, 1].formula == "=TABLE(,C1)"


references = st.builds(
    lambda a, column, b, row: f"{a}{column_letters(column)}{b}{row}",
    st.sampled_from(["", "$"]),
    st.integers(1, 700),
    st.sampled_from(["", "$"]),
    st.integers(1, 5000),
)


@given(st.lists(references, min_size=1), st.integers(0, 500), st.integers(0, 40))
def test_moved_as_openpyxl_moves(cells: list[str], down: int, right: int) -> None:
    """Moving a formula gives what openpyxl's translator gives."""
    formula = "=" + "*".join(f"SUM({a}:{a},'x A1'!{a})+LOG10({a})" for a in cells)
    target = f"{column_letters(1 + right)}{1 + down}"
    expected = Translator(formula, "A1").translate_formula(target)
    assert RelativeFormula(formula, 1, 1).at(1 + down, 1 + right) == expected


@pytest.mark.parametrize(
    "formula", ["=SUM(A:B)", "=SUM($A:B)", "=SUM(1:2)", "=SUM($1:2)", "=AB1!C2", "=LN(Sheet1!A1)"]
)
def test_moved_whole_columns(formula: str) -> None:
    """Whole columns and rows move too, and sheet names do not."""
    expected = Translator(formula, "A1").translate_formula("C4")
    assert RelativeFormula(formula, 1, 1).at(4, 3) == expected


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_exactly(value: float) -> None:
    """Every number comes back to the last bit from its shortest text."""
    from sheetprop.workbooks.reading.contents_in import number

    assert number(repr(value)) == value


def test_charts(tmp_path: Path) -> None:
    """Charts keep kind, title, series references and whether y is logarithmic."""
    path = tmp_path / "charts.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("S 1")
        line = book.add_chart({"type": "line"})
        line.add_series({"values": "='S 1'!$B$2:$B$9", "name": "='S 1'!$B$1"})
        line.set_title({"name": "Loss"})
        sheet.insert_chart("D2", line)
        scatter = book.add_chart({"type": "scatter"})
        scatter.add_series(
            {"values": "='S 1'!$B$2:$B$9", "categories": "='S 1'!$A$2:$A$9", "name": "E"}
        )
        scatter.set_title({"name": "='S 1'!$A$1"})
        scatter.set_y_axis({"log_base": 10})
        book.add_chartsheet("Chart").set_chart(scatter)
    sheet_read, chartsheet = read(path).sheets
    (line_read,) = sheet_read.charts
    assert (line_read.kind, line_read.title, line_read.logarithmic) == ("line", "Loss", False)
    assert line_read.series[0].values == "'S 1'!$B$2:$B$9"
    assert (line_read.series[0].name, line_read.series[0].name_is_reference) == ("'S 1'!$B$1", True)
    (scatter_read,) = chartsheet.charts
    assert chartsheet.cells == {}
    assert (scatter_read.kind, scatter_read.logarithmic) == ("scatter", True)
    assert (scatter_read.title, scatter_read.title_is_reference) == ("'S 1'!$A$1", True)
    assert scatter_read.series[0].categories == "'S 1'!$A$2:$A$9"
    assert (scatter_read.series[0].name, scatter_read.series[0].name_is_reference) == ("E", False)


def test_names_and_hidden_sheets(tmp_path: Path) -> None:
    """Defined names come without ``=``; a sheet's own is called after the sheet."""
    path = tmp_path / "names.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("A")
        book.add_worksheet("B").hide()
        book.define_name("eta", "=A!$C$5")
        book.define_name("B!eta", "=B!$C$6")
    workbook = read(path)
    assert dict(workbook.names) == {"eta": "A!$C$5", "B!eta": "B!$C$6"}
    assert [sheet.hidden for sheet in workbook.sheets] == [False, True]


def test_ods(tmp_path: Path) -> None:
    """An OpenDocument spreadsheet gives its values and its formulas in Excel's notation."""
    names = "urn:oasis:names:tc:opendocument:xmlns"
    content = f"""<office:document-content xmlns:office="{names}:office:1.0"
      xmlns:table="{names}:table:1.0" xmlns:text="{names}:text:1.0"><office:body>
      <office:spreadsheet><table:table table:name="S">
      <table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>
      <table:table-row><table:table-cell table:number-columns-repeated="2"/>
      <table:table-cell office:value-type="float" office:value="0.5"
        table:formula="of:=SUM([.A1:.B2];[$'My S'.C$3])&amp;&quot;[.A1];&quot;"/>
      <table:table-cell office:value-type="string"><text:p>h1</text:p></table:table-cell>
      </table:table-row></table:table></office:spreadsheet></office:body>
      </office:document-content>"""
    path = tmp_path / "a.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    (sheet,) = read(path).sheets
    assert sheet.cells == {
        (3, 3): Cell(0.5, "=SUM(A1:B2,'My S'!C$3)&\"[.A1];\""),
        (3, 4): Cell("h1"),
    }


OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.xlsx", b"", "empty"),
        ("a.xlsx", b"%PDF-1.7", "PDF"),
        ("a.xlsx", b"\x89PNG\r\n", "picture"),
        ("a.xlsx", b"hello", "text"),
        ("a.csv", b"a,b\n1,2\n", "table of text"),
        ("a.xlsx", bytes(range(200)), "not known"),
        ("a.xlsx", b"PK\x03\x04 and then nothing", "cut off"),
        ("a.xls", OLE2 + "Workbook".encode("utf-16-le"), ".xls"),
        ("a.xlsx", OLE2 + "EncryptedPackage".encode("utf-16-le"), "password"),
        ("a.doc", OLE2 + "WordDocument".encode("utf-16-le"), "not a workbook"),
    ],
)
def test_no_workbook(tmp_path: Path, name: str, content: bytes, expected: str) -> None:
    """Whatever is no workbook is named for what it is."""
    path = tmp_path / name
    path.write_bytes(content)
    assert expected in reason(path)


def test_missing_and_folder(tmp_path: Path) -> None:
    """A missing file and a folder are told apart."""
    assert "no such file" in reason(tmp_path / "none.xlsx")
    assert "folder" in reason(tmp_path)


def test_other_archives(tmp_path: Path) -> None:
    """An archive without a workbook, and a binary workbook, are refused."""
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "x")
    assert "no workbook" in reason(path)
    rels = f'<Relationships><Relationship Type="{REL}/officeDocument" Target="xl/workbook.bin"/>'
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("_rels/.rels", rels + "</Relationships>")
    assert ".xlsb" in reason(path)


def test_no_worksheet(tmp_path: Path) -> None:
    """A workbook that lists no sheet is refused."""
    part = {"xl/workbook.xml": f"<workbook {MAIN}><sheets/></workbook>".encode()}
    assert "no worksheet" in reason(package(tmp_path / "a.xlsx", "", extra=part))


def test_broken_xml(tmp_path: Path) -> None:
    """A part that is not well-formed is damage."""
    assert "damaged" in reason(package(tmp_path / "a.xlsx", "<row><c></row>"))


@pytest.mark.parametrize(
    "prolog",
    [
        '<!DOCTYPE worksheet [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<?xml version="1.0"?><!DOCTYPE worksheet SYSTEM "file:///etc/passwd">',
    ],
)
def test_document_type(tmp_path: Path, prolog: str) -> None:
    """A part that declares entities, or points outside, is refused before they are looked at."""
    assert "document type" in reason(package(tmp_path / "a.xlsx", "", prolog=prolog))


def test_document_type_in_other_encoding(tmp_path: Path) -> None:
    """UTF-16 hides no document type."""
    text = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE w [<!ENTITY a "b">]><w>&a;</w>'
    part = {"xl/worksheets/sheet1.xml": text.encode("utf-16")}
    assert "document type" in reason(package(tmp_path / "a.xlsx", "", extra=part))


def test_bomb(tmp_path: Path) -> None:
    """A part that unpacks to more than a thousand times its size is refused."""
    bomb = {"xl/bomb.xml": b" " * (20 << 20)}
    assert "unpacks" in reason(package(tmp_path / "a.xlsx", "", extra=bomb))


def test_declared_size(tmp_path: Path) -> None:
    """A part that says it is larger than a gigabyte is refused unread."""
    path = package(tmp_path / "a.xlsx", "")
    content = bytearray(path.read_bytes())
    directory = content.rindex(b"PK\x01\x02")
    content[directory + 24 : directory + 28] = struct.pack("<I", 0x7FFFFFFF)
    path.write_bytes(content)
    assert "too large" in reason(path)


@pytest.mark.slow
def test_too_many_parts(tmp_path: Path) -> None:
    """An archive of more than ten thousand parts is refused."""
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(10_001):
            archive.writestr(str(number), b"")
    assert "10001 parts" in reason(path)


@pytest.mark.slow
def test_damage_is_always_a_workbook_error(tmp_path: Path) -> None:
    """However a file is cut or its bytes are changed, it is read or it is a `WorkbookError`."""
    path = package(tmp_path / "a.xlsx", '<row r="1"><c r="A1"><v>1</v></c></row>')
    whole = path.read_bytes()
    chance = random.Random(1)
    for _ in range(300):
        content = bytearray(whole[: chance.choice([len(whole), chance.randrange(len(whole))])])
        for _ in range(chance.randrange(4) if content else 0):
            content[chance.randrange(len(content))] = chance.randrange(256)
        path.write_bytes(content)
        try:
            read(path)
        except WorkbookError as error:
            assert error.reason  # noqa: PT017 - either outcome is right


@pytest.mark.slow
def test_quick_to_import() -> None:
    """Reading needs no spreadsheet library, and importing it loads none."""
    code = "import sys, sheetprop.workbooks.reading.read; print('openpyxl' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_cell_outside(tmp_path: Path) -> None:
    """A cell beyond the last row or column of a spreadsheet is damage."""
    rows = '<row r="1"><c r="ZZZ1"><v>1</v></c></row>'
    assert "outside" in reason(package(tmp_path / "a.xlsx", rows))


def test_a_column_of_many_letters(tmp_path: Path) -> None:
    """However long the name of a column is, it is not made into a number of as many digits."""
    rows = f'<row r="1"><c r="{"A" * 10_000}1"><v>1</v></c></row>'
    said = reason(package(tmp_path / "a.xlsx", rows))

    assert "(a cell AAA" in said
    assert len(said) < 400
    assert COLUMNS < column_number("A" * 10_000) < 10**15


def changed(path: Path, part: str, old: bytes, new: bytes) -> Path:
    """Write a minimal workbook one part of which is changed."""
    with zipfile.ZipFile(package(path, "")) as archive:
        content = archive.read(part)
    return package(path, "", extra={part: content.replace(old, new)})


@pytest.mark.parametrize("number", ["-1", "1"])
def test_a_name_of_no_sheet(number: str, tmp_path: Path) -> None:
    """A name that belongs to a sheet which there is not is damage, also one counted backwards."""
    name = f'<definedNames><definedName name="a" localSheetId="{number}">1</definedName>'
    end = b"</workbook>"
    new = f"{name}</definedNames>".encode() + end

    path = changed(tmp_path / "a.xlsx", "xl/workbook.xml", end, new)
    assert f"a name belongs to sheet number {number}" in reason(path)


def test_a_part_that_is_lacking(tmp_path: Path) -> None:
    """The part is named, and no more of its name than has room in a line."""
    target, far = b"worksheets/sheet1.xml", b"../" * 10_000 + b"x"
    path = changed(tmp_path / "a.xlsx", "xl/_rels/workbook.xml.rels", target, far)

    assert "it lacks its part ../" in reason(path)
    assert len(reason(path)) < 400


def test_encrypted_ods(tmp_path: Path) -> None:
    """An OpenDocument spreadsheet with a password says so."""
    path = tmp_path / "a.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest:encryption-data/>")
    assert "password" in reason(path)


def test_superscripts_are_kept(tmp_path: Path) -> None:
    """A 2 set as a superscript is read as ², in shared and in inline texts; others stay as is."""
    path = tmp_path / "raised.xlsx"
    with xlsxwriter.Workbook(path) as book:
        raised, bold = book.add_format({"font_script": 1}), book.add_format({"bold": True})
        sheet = book.add_worksheet()
        sheet.write_rich_string(0, 0, "(t1-a_o1)", raised, "2", "/2")
        sheet.write_rich_string(1, 0, "(t1-a_o1)", bold, "2", "/2")
    runs = '<r><t>x</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>-2</t></r><r><t>2</t></r>'
    inline = package(
        tmp_path / "inline.xlsx",
        f'<row r="1"><c r="A1" t="inlineStr"><is>{runs}</is></c></row>',
    )

    cells = read(path).sheets[0].cells
    assert [cells[row, 1].value for row in (1, 2)] == ["(t1-a_o1)²/2", "(t1-a_o1)2/2"]
    assert read(inline).sheets[0].cells[1, 1].value == "x⁻²2"
