"""More workbooks made to do harm, entered among those of `hostile_files`: archives, links, charts.

These are files that once hung a call, took all memory, or ended it.
"""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterable
from pathlib import Path
from xml.sax.saxutils import escape

from carriers import carrier
from hostile_files import (
    MAKERS,
    REL,
    cell,
    in_table,
    kind,
    package,
    relations,
    sheet,
    table_rows,
    with_formulas,
    with_rows,
)

__all__ = ["MAKERS"]

SHEET = "xl/worksheets/sheet1.xml"
CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def text(where: str, content: str) -> str:
    """Return a cell with a text."""
    return f'<c r="{where}" t="inlineStr"><is><t>{escape(content)}</t></is></c>'


@kind(1, 1)
def encrypted_parts(path: Path, size: int) -> Path:
    """Say of every part that it needs a password."""
    content = bytearray(package(path, {}).read_bytes())
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(mark)
        while place >= 0:
            content[place + flags] |= 1
            place = content.find(mark, place + 4)
    path.write_bytes(content)
    return path


@kind(1, 20_000)
def encrypted_document(path: Path, size: int) -> Path:
    path.write_bytes(OLE2 + bytes(504) + "EncryptedPackage".encode("utf-16-le") * size)
    return path


@kind(1, 20_000)
def old_document(path: Path, size: int) -> Path:
    path.write_bytes(OLE2 + bytes(504) + "Workbook".encode("utf-16-le") * size)
    return path


@kind(20, 9_000)
def overlapping_parts(path: Path, size: int) -> Path:
    """Many entries are all the bytes of one: what unpacks to 8 MiB each takes 8 kB together."""
    package(path, {"xl/media/0": b" " * (8 << 20)}, level=9)
    with zipfile.ZipFile(path, "a") as archive:
        entry = archive.getinfo("xl/media/0")
        for number in range(1, size):
            copy = zipfile.ZipInfo(f"xl/media/{number}")
            for name in ("CRC", "compress_size", "file_size", "header_offset", "compress_type"):
                setattr(copy, name, getattr(entry, name))
            archive.filelist.append(copy)
        archive._didModify = True  # type: ignore[attr-defined]
    return path


@kind(1_000, 1_200_000)
def many_entries(path: Path, size: int) -> Path:
    """The list of parts is all there is."""
    entry = struct.pack("<4s6H3L5H2L", b"PK\x01\x02", *(20,) * 2, *(0,) * 7, 1, *(0,) * 6) + b"a"
    start = struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, *(0,) * 7, 1, 0) + b"a"
    listed = entry * size
    end = (b"PK\x05\x06", 0, 0, size & 0xFFFF, size & 0xFFFF, len(listed), len(start), 0)
    path.write_bytes(start + listed + struct.pack("<4s4H2LH", *end))
    return path


@kind(zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
def other_compression(path: Path, size: int) -> Path:
    package(path, {})
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    method = zipfile.ZIP_LZMA if size == zipfile.ZIP_LZMA else zipfile.ZIP_BZIP2
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


@kind(7, 30_000)
def header_of_digits(path: Path, size: int) -> Path:
    """A header h1000… may be split into layers in endless ways."""
    rows = table_rows().replace(">h1<", f">h1{'0' * size}<")
    return package(path, {SHEET: sheet(rows)})


@kind(200, 16_000)
def many_headers(path: Path, size: int) -> Path:
    names = ("w", "h", "a_h", "i", "dE/dw")
    heads = "".join(text("", f"{names[k % 5]}{k}").replace(' r=""', "") for k in range(size))
    numbers = "<c><f>1+1</f><v>2</v></c>" * size
    rows = (f'<row r="{row}">{numbers}</row>' for row in range(301, 304))
    return with_rows(path, (f'<row r="300">{heads}</row>', *rows))


@kind(100, 60_000)
def many_relations(path: Path, size: int) -> Path:
    """One part is named again and again, to be read each time."""
    drawing = "".join(f"<a>{k}</a>" for k in range(2_000))
    kinds = ((f"{REL}/drawing", "../drawings/drawing1.xml") for _ in range(size))
    return package(
        path,
        {
            "xl/worksheets/_rels/sheet1.xml.rels": relations(*kinds),
            "xl/drawings/drawing1.xml": f"<d>{drawing}</d>",
        },
    )


@kind(100, 100_000)
def many_series(path: Path, size: int) -> Path:
    series = "<c:ser><c:val><c:numRef><c:f>Sheet1!$W$32:$W$39</c:f></c:numRef></c:val></c:ser>"
    chart = f'<c:chartSpace xmlns:c="{CHART}"><c:chart><c:plotArea><c:lineChart>'
    end = "</c:lineChart></c:plotArea></c:chart></c:chartSpace>"
    drawing = f'<d xmlns:c="{CHART}" xmlns:r="{REL}"><c:chart r:id="r1"/></d>'
    return package(
        path,
        {
            SHEET: "".join(sheet(table_rows())).replace(
                "</worksheet>", f'<drawing xmlns:r="{REL}" r:id="r1"/></worksheet>'
            ),
            "xl/worksheets/_rels/sheet1.xml.rels": relations(
                (f"{REL}/drawing", "../drawings/drawing1.xml")
            ),
            "xl/drawings/drawing1.xml": drawing,
            "xl/drawings/_rels/drawing1.xml.rels": relations(
                (f"{REL}/chart", "../charts/chart1.xml")
            ),
            "xl/charts/chart1.xml": (chart, *(series for _ in range(size)), end),
        },
    )


@kind(2, 12)
def nested_products(path: Path, size: int) -> Path:
    """A few harmless words that multiply columns by columns."""
    inner = "1"
    for _ in range(size):
        inner = f"SUMPRODUCT((A1:A20000<TRANSPOSE(B1:B300))*({inner}))"
    return with_formulas(path, *[inner] * size)


@kind(20, 60)
def doubling_texts(path: Path, size: int) -> Path:
    """Each cell is twice the text below it: sixty cells are more than any memory."""
    rows = (
        f'<row r="{k}">{cell(f"AZ{k}", f"AZ{k + 1}&AZ{k + 1}")}</row>'
        for k in range(100, 100 + size)
    )
    last = f'<row r="{100 + size}">{text(f"AZ{100 + size}", "abcdefgh")}</row>'
    return with_rows(path, (*rows, last))


@kind(20, 60)
def joined_texts(path: Path, size: int) -> Path:
    rows = (
        f'<row r="{k}">{cell(f"A{k}", f"CONCATENATE(A{k + 1},A{k + 1},A{k + 1})")}</row>'
        for k in range(100, 100 + size)
    )
    last = f'<row r="{100 + size}">{text(f"A{100 + size}", "abcdefgh")}</row>'
    return with_rows(path, (*rows, last))


@kind(1, 1)
def half_characters(path: Path, size: int) -> Path:
    """Half of a pair of signs, which no file can hold, in a header and in a text."""
    rows = table_rows().replace(">h1<", ">h1 _xD800_<")
    return package(path, {SHEET: sheet(rows + f'<row r="100">{text("A100", "=_xDFFF_")}</row>')})


def ods(path: Path, rows: str | Iterable[str]) -> Path:
    """Write an OpenDocument spreadsheet of one table."""
    names = {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    }
    spaces = " ".join(f'xmlns:{name}="{space}"' for name, space in names.items())
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        with archive.open("content.xml", "w") as file:
            file.write(f"<office:document-content {spaces}><office:body>".encode())
            file.write(b'<office:spreadsheet><table:table table:name="S">')
            for row in (rows,) if isinstance(rows, str) else rows:
                file.write(row.encode())
            file.write(b"</table:table></office:spreadsheet></office:body>")
            file.write(b"</office:document-content>")
    return path


def ods_row(formula: str, repeated: int = 1) -> str:
    """Return a row with one cell with a formula."""
    quoted = escape(formula, {'"': "&quot;"})
    return (
        f'<table:table-row table:number-rows-repeated="{repeated}"><table:table-cell '
        f'table:formula="{quoted}" office:value-type="float" office:value="1"/></table:table-row>'
    )


@kind(600, 1_000_000)
def quotes_of_an_ods(path: Path, size: int) -> Path:
    return ods(path, ods_row("of:=[" + "''" * (size // 2) + "'"))


@kind(1_000, 1_048_576)
def repeated_rows_of_an_ods(path: Path, size: int) -> Path:
    return ods(path, ods_row("of:=[.A1]+1", size) * 3)


@kind(50, 2_000_000)
def many_rows_of_an_ods(path: Path, size: int) -> Path:
    return ods(path, (ods_row("of:=[.A1]+1") for _ in range(size)))


@kind(100, 200_000)
def columns_of_tables(path: Path, size: int) -> Path:
    """References to columns of a table that there is, which never end."""
    table = '<table xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" id="1"'
    table += ' name="T" displayName="T" ref="A31:B39"><tableColumns count="2">'
    table += '<tableColumn id="1" name="a"/><tableColumn id="2" name="b"/></tableColumns></table>'
    formula = "T[[#This Row],[a" + "]:[" * size
    rows = f'<row r="100">{cell("A100", formula)}</row>'
    return package(
        path,
        {
            SHEET: sheet(table_rows() + rows),
            "xl/worksheets/_rels/sheet1.xml.rels": relations(
                (f"{REL}/table", "../tables/table1.xml")
            ),
            "xl/tables/table1.xml": table,
        },
    )


@kind(50, 5_000)
def mathematics_in_texts(path: Path, size: int) -> Path:
    """A text that looks like a derivation, of brackets."""
    said = "∂E/∂w1 = " + "(a_h1 + " * size + "1" + ")" * size
    rows = (f'<row r="{row}">{text(f"A{row}", said[:32_000])}</row>' for row in range(100, 120))
    return with_rows(path, rows)


@kind(50, 900)
def long_name(path: Path, size: int) -> Path:
    return in_table(path, "={w1}+" + "x" * size + "!A1+" + "y." * size)


@kind(1, 1)
def everything_active(path: Path, size: int) -> Path:
    """Macros, objects, controls, links, DDE and queries in one."""
    return carrier(path)
