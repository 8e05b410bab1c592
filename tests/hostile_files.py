"""Workbooks made to do harm, as raw parts: each maker writes one kind, as large as it is told.

What no library would write is written by hand. Most carry a right table as well, because formulas
of a workbook without one are never calculated.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from xml.sax.saxutils import escape

from worksheets import Table

from sheetprop.notation.address import address

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"

TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
"""Without it a workbook is read and never marked."""

Text = str | bytes | Iterable[str]
Maker = Callable[[Path, int], Path]
MAKERS: dict[str, tuple[Maker, int, int]] = {}
"""By name: the maker, a small size for the quick tests and a large one for the slow."""


def kind(small: int, large: int) -> Callable[[Maker], Maker]:
    """Enter a maker into `MAKERS`."""

    def entered(maker: Maker) -> Maker:
        MAKERS[maker.__name__] = (maker, small, large)
        return maker

    return entered


def package(path: Path, parts: dict[str, Text], *, level: int = 1) -> Path:
    """Write the parts of a workbook with one sheet, those given in the place of the usual ones."""
    usual: dict[str, Text] = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": relations((f"{REL}/officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": workbook(["Sheet1"]),
        "xl/_rels/workbook.xml.rels": relations(
            (f"{REL}/worksheet", "worksheets/sheet1.xml"),
            (f"{REL}/sharedStrings", "sharedStrings.xml"),
        ),
        "xl/worksheets/sheet1.xml": sheet(table_rows()),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, content in (usual | parts).items():
            with archive.open(name, "w", force_zip64=True) as file:
                for piece in (content,) if isinstance(content, str | bytes) else content:
                    file.write(piece if isinstance(piece, bytes) else piece.encode())
    return path


def relations(*targets: tuple[str, str]) -> str:
    """Return a part of relations with the ids r1, r2 …"""
    found = "".join(
        f'<Relationship Id="r{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{PACKAGE}">{found}</Relationships>'


def workbook(sheets: Iterable[str], rest: str = "") -> str:
    """Return the part that lists the sheets."""
    entries = "".join(
        f'<sheet name="{name}" sheetId="{number}" r:id="r{number}"/>'
        for number, name in enumerate(sheets, 1)
    )
    return f'<workbook {MAIN} xmlns:r="{REL}"><sheets>{entries}</sheets>{rest}</workbook>'


def sheet(rows: str | Iterable[str]) -> Iterator[str]:
    """Return a worksheet part."""
    yield f"<worksheet {MAIN}><sheetData>"
    yield from (rows,) if isinstance(rows, str) else rows
    yield "</sheetData></worksheet>"


def cell(where: str, formula: str, attributes: str = "") -> str:
    """Return a cell with a formula and a stored value."""
    return f'<c r="{where}"><f{attributes}>{escape(formula)}</f><v>1</v></c>'


def table_rows(table: Table | None = None) -> str:
    """Return the rows of a right table: row 30 and 31, and the iterations from 32 on."""
    lines: dict[int, list[str]] = {}
    for (row, column), content in sorted((table or Table()).cells().items()):
        where = address(row, column)
        if isinstance(content, str) and content.startswith("="):
            text = f'<c r="{where}"><f>{escape(content[1:])}</f></c>'
        elif isinstance(content, str):
            text = f'<c r="{where}" t="inlineStr"><is><t>{escape(content)}</t></is></c>'
        else:
            text = f'<c r="{where}"><v>{content}</v></c>'
        lines.setdefault(row, []).append(text)
    return "".join(f'<row r="{row}">{"".join(cells)}</row>' for row, cells in lines.items())


def with_rows(path: Path, rows: str | Iterable[str]) -> Path:
    """Write a right table with further rows below it."""

    def content() -> Iterator[str]:
        yield table_rows()
        yield from (rows,) if isinstance(rows, str) else rows

    return package(path, {"xl/worksheets/sheet1.xml": sheet(content())})


def with_formulas(path: Path, *formulas: str) -> Path:
    """Write a right table with further formulas below it, in column A from row 100 on."""
    rows = "".join(
        f'<row r="{row}">{cell(f"A{row}", formula)}</row>'
        for row, formula in enumerate(formulas, 100)
    )
    return with_rows(path, rows)


@kind(2_000, 10_000_000)
def many_cells(path: Path, size: int) -> Path:
    rows = (f'<row r="{100 + k}">{"<c><v>1</v></c>" * 100}</row>' for k in range(size // 100))
    return with_rows(path, rows)


@kind(100, 1_000_000)
def long_chain(path: Path, size: int) -> Path:
    rows = (f'<row r="{k}">{cell(f"A{k}", f"A{k - 1}+1")}</row>' for k in range(100, 100 + size))
    return with_rows(path, rows)


@kind(100, 40_000)
def chain_upwards(path: Path, size: int) -> Path:
    rows = (f'<row r="{k}">{cell(f"A{k}", f"A{k + 1}+1")}</row>' for k in range(100, 100 + size))
    return with_rows(path, rows)


@kind(50, 40_000)
def circle(path: Path, size: int) -> Path:
    last = 99 + size
    rows = (
        f'<row r="{k}">{cell(f"A{k}", f"A{k + 1 if k < last else 100}+1")}</row>'
        for k in range(100, last + 1)
    )
    return with_rows(path, rows)


@kind(1, 1)
def circle_in_the_table(path: Path, size: int) -> Path:
    table = Table().changed("h1", "={dE/dw1}+{w1}").changed("E1", "={E1}")
    return package(path, {"xl/worksheets/sheet1.xml": sheet(table_rows(table))})


@kind(70, 4000)
def nested_brackets(path: Path, size: int) -> Path:
    return in_table(path, "=" + "(" * size + "{w1}" + ")" * size)


@kind(60, 1600)
def nested_calls(path: Path, size: int) -> Path:
    return in_table(path, "=" + "ABS(" * size + "{w1}" + ")" * size)


@kind(250, 8000)
def many_signs(path: Path, size: int) -> Path:
    return in_table(path, "=" + "-" * size + "{w1}")


@kind(250, 2500)
def many_terms(path: Path, size: int) -> Path:
    return in_table(path, "={w1}*{i1}" + "+{w2}" * size)


@kind(250, 2500)
def tower_of_powers(path: Path, size: int) -> Path:
    return in_table(path, "={w1}" + "^{w2}" * size)


@kind(9000, 5_000_000)
def long_formula(path: Path, size: int) -> Path:
    return with_formulas(path, "1" + "+1" * (size // 2))


def in_table(path: Path, formula: str) -> Path:
    table = Table().changed("h1", formula)
    return package(path, {"xl/worksheets/sheet1.xml": sheet(table_rows(table))})


GREEDY = (
    "SEQUENCE(1048576,16384)",
    "SUM(SEQUENCE(1048576,1000))",
    'REPT("a",1000000000)',
    'LEN(REPT(REPT("abcdefgh",32767),32767))',
    "SUMPRODUCT(A1:XFD1048576*A1:XFD1048576)",
    "A:XFD*2",
    "EXP(A1:Z1048576)",
    "MMULT(A1:ALL1000,A1:ALL1000)",
    "FACT(1E9)",
    "RANDARRAY(10000,10000)",
    "REDUCE(0,SEQUENCE(100000000),LAMBDA(a,b,a+b))",
    "LET(f,LAMBDA(g,n,IF(n=0,0,g(g,n-1))),f(f,1E9))",
    "{" + ",".join(["1"] * 8000) + "}",
    'WEBSERVICE("http://192.0.2.1/")',
    'HYPERLINK("http://192.0.2.1/","x")',
    "[1]Sheet1!$A$1+'file:///etc/[passwd]x'!A1",
    'RTD("server","","x")',
    'INDIRECT("A"&ROW())+OFFSET(A1,ROW()-1,0)',
    'CALL("kernel32","Beep")',
    "SUM(A1:A1048576)+COUNTIF(A1:XFD1048576,1)",
)


@kind(0, len(GREEDY) - 1)
def greedy(path: Path, size: int) -> Path:
    return with_formulas(path, *GREEDY[: size + 1])


@kind(20, 50_000)
def overlapping_sums(path: Path, size: int) -> Path:
    rows = (
        f'<row r="{100 + k}"><c r="A{100 + k}"><v>1</v></c>'
        f"{cell(f'B{100 + k}', f'SUM(A$100:A{100 + size})')}</row>"
        for k in range(size)
    )
    return with_rows(path, rows)


@kind(30, 60)
def doubling_helpers(path: Path, size: int) -> Path:
    """Each helper cell mentions the one below twice: written out that is 2 to the power of size."""
    rows = "".join(
        f'<row r="{k}">{cell(f"A{k}", f"A{k + 1}*A{k + 1}")}</row>' for k in range(100, 100 + size)
    )
    last = f'<row r="{100 + size}">{cell(f"A{100 + size}", "E33")}</row>'
    table = Table().changed("h1", "={w1}*{i1}+{w2}*{i2}+A100")
    return package(path, {"xl/worksheets/sheet1.xml": sheet(table_rows(table) + rows + last)})


@kind(1, 1)
def far_apart(path: Path, size: int) -> Path:
    rows = f'<row r="1">{cell("A1", "XFD1048576")}</row>'
    last = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    return package(path, {"xl/worksheets/sheet1.xml": sheet(rows + table_rows() + last)})


@kind(99_999_999, 10**30)
def absurd_row(path: Path, size: int) -> Path:
    return with_rows(path, f'<row r="{size}"><c r="A{size}"><v>1</v></c></row>')


@kind(1, 1)
def absurd_column(path: Path, size: int) -> Path:
    return with_rows(path, '<row r="200"><c r="ZZZZZZZZ200"><v>1</v></c></row>')


@kind(1, 1)
def absurd_dimension(path: Path, size: int) -> Path:
    rows = table_rows()
    part = f'<worksheet {MAIN}><dimension ref="A1:XFD99999999"/><sheetData>{rows}</sheetData>'
    return package(path, {"xl/worksheets/sheet1.xml": part + "</worksheet>"})


NUMBERS = ("1e999", "-1e999", "NaN", "INF", "1" * 5000, "0x10", "1_0", "--1", "", " 1 ", "1,5")


@kind(1, 1)
def odd_numbers(path: Path, size: int) -> Path:
    cells = "".join(f"<c><v>{number}</v></c>" for number in NUMBERS)
    table = table_rows().replace("<v>0.01</v>", "<v>1e999</v>", 1)
    rows = f'<row r="100">{cells}</row>'
    return package(path, {"xl/worksheets/sheet1.xml": sheet(table + rows)})


@kind(100_000, 100_000_000)
def long_text(path: Path, size: int) -> Path:
    row = f'<row r="100"><c r="A100" t="inlineStr"><is><t>{"x" * size}</t></is></c></row>'
    return with_rows(path, row)


@kind(1, 1)
def invalid_utf8(path: Path, size: int) -> Path:
    rows = f'<row r="100"><c r="A100" t="str"><v>{"x"}</v></c></row>'
    part = "".join(sheet(table_rows() + rows)).encode().replace(b"<v>x</v>", b"<v>\xff\xfe</v>")
    return package(path, {"xl/worksheets/sheet1.xml": part})


@kind(1, 1)
def null_bytes(path: Path, size: int) -> Path:
    part = "".join(sheet(table_rows())).replace("η", "\0")
    return package(path, {"xl/worksheets/sheet1.xml": part})


@kind(1, 1)
def no_such_text(path: Path, size: int) -> Path:
    return with_rows(path, '<row r="100"><c r="A100" t="s"><v>-1</v></c></row>')


@kind(1, 1)
def no_such_shared_formula(path: Path, size: int) -> Path:
    cells = cell("A100", "", ' t="shared" si="7"') + cell("B100", "", ' t="shared" si="x"')
    return with_rows(path, f'<row r="100">{cells}</row>')


@kind(30, 300_000)
def shared_formula_of_great_length(path: Path, size: int) -> Path:
    formula = "1" + "+A1" * 2700
    first = cell("A100", formula, f' t="shared" ref="A100:A{99 + size}" si="0"')
    more = (
        f'<row r="{row}"><c r="A{row}"><f t="shared" si="0"/></c></row>'
        for row in range(101, 100 + size)
    )
    return with_rows(path, (f'<row r="100">{first}</row>', *more))


@kind(100, 3_000_000)
def many_texts(path: Path, size: int) -> Path:
    parts = (f"<si><t>text number {k}</t></si>" for k in range(size))
    return package(path, {"xl/sharedStrings.xml": pieces(f"<sst {MAIN}>", parts, "</sst>")})


@kind(100_000, 300_000_000)
def one_huge_text(path: Path, size: int) -> Path:
    parts = ("x" * 100_000 for _ in range(size // 100_000))
    start, end = f"<sst {MAIN}><si><t>", "</t></si></sst>"
    return package(path, {"xl/sharedStrings.xml": pieces(start, parts, end)})


@kind(1, 20)
def megabytes_of_styles(path: Path, size: int) -> Path:
    part = "<xf/>" * 200_000 * size
    return package(path, {"xl/styles.xml": f"<styleSheet {MAIN}>{part}</styleSheet>"})


@kind(20, 9_000)
def many_sheets(path: Path, size: int) -> Path:
    names = [f"Sheet{k}" for k in range(1, size + 1)]
    empty = "".join(sheet('<row r="1"><c r="A1"><v>1</v></c></row>'))
    return package(
        path,
        {
            "xl/workbook.xml": workbook(names),
            "xl/_rels/workbook.xml.rels": relations(
                *((f"{REL}/worksheet", f"worksheets/sheet{k}.xml") for k in range(1, size + 1))
            ),
            **{f"xl/worksheets/sheet{k}.xml": empty for k in range(2, size + 1)},
        },
    )


@kind(300, 100_000)
def many_names(path: Path, size: int) -> Path:
    """A name refers to itself, two to each other, and the rest form a chain."""
    names = {"self": "self+1", "left": "right", "right": "left", "n0": "Sheet1!$G$30"}
    names |= {f"n{k}": f"n{k - 1}" for k in range(1, size)}
    entries = "".join(f'<definedName name="{n}">{text}</definedName>' for n, text in names.items())
    table = Table(eta="self").changed("E1", f"=left+n{size - 1}")
    return package(
        path,
        {
            "xl/workbook.xml": workbook(["Sheet1"], f"<definedNames>{entries}</definedNames>"),
            "xl/worksheets/sheet1.xml": sheet(table_rows(table)),
        },
    )


@kind(1, 1)
def climbing_parts(path: Path, size: int) -> Path:
    target = "../../../../../../../../etc/passwd"
    return package(
        path,
        {
            "../../../escaped.xml": "<a/>",
            "/absolute.xml": "<a/>",
            "xl/_rels/workbook.xml.rels": relations((f"{REL}/worksheet", target)),
        },
    )


@kind(1, 1)
def links_outside(path: Path, size: int) -> Path:
    external = '<Relationship Id="r9" Type="x/externalLinkPath" Target="http://192.0.2.1/" '
    rels = relations((f"{REL}/worksheet", "worksheets/sheet1.xml"))
    rels = rels.replace("</R", f'{external} TargetMode="External"/></R')
    return package(path, {"xl/_rels/workbook.xml.rels": rels})


@kind(1, 1)
def duplicated_parts(path: Path, size: int) -> Path:
    package(path, {})
    with zipfile.ZipFile(path, "a") as archive:
        archive.NameToInfo.pop("xl/worksheets/sheet1.xml")
        archive.writestr("xl/worksheets/sheet1.xml", "<worksheet/>")
    return path


@kind(5, 200)
def bomb(path: Path, size: int) -> Path:
    blank = (b" " * (1 << 20) for _ in range(size))
    parts = pieces(f"<worksheet {MAIN}>", blank, "</worksheet>")
    return package(path, {"xl/worksheets/sheet1.xml": parts}, level=9)


@kind(1, 50)
def bomb_in_many_parts(path: Path, size: int) -> Path:
    blank = b" " * (9 << 20)
    return package(path, {f"xl/media/{k}.xml": blank for k in range(size)}, level=9)


@kind(1, 1)
def archive_in_archive(path: Path, size: int) -> Path:
    content = package(path, {}).read_bytes()
    for _ in range(5):
        package(path, {"xl/worksheets/sheet1.xml": content, "again.zip": content})
        content = path.read_bytes()
    return path


@kind(1_000, 1_000_000)
def deep_elements(path: Path, size: int) -> Path:
    deep = pieces(f"<workbook {MAIN}>", ("<a>" * size, "</a>" * size), "</workbook>")
    return package(path, {"xl/workbook.xml": deep})


@kind(1_000, 3_000_000)
def deep_rows(path: Path, size: int) -> Path:
    return with_rows(path, ("<row>" * size, "</row>" * size))


@kind(1_000, 2_000_000)
def many_attributes(path: Path, size: int) -> Path:
    return with_rows(path, ("<row ", *(f'a{k}="1" ' for k in range(size)), "/>"))


ENTITIES = "".join(f'<!ENTITY e{k} "{f"&e{k - 1};" * 10}">' for k in range(1, 10))


@kind(1, 1)
def entities(path: Path, size: int) -> Path:
    doctype = f'<!DOCTYPE sst [<!ENTITY e0 "x">{ENTITIES}]>'
    part = f"{doctype}<sst {MAIN}><si><t>&e9;</t></si></sst>"
    return package(path, {"xl/sharedStrings.xml": part})


@kind(1, 1)
def entity_from_outside(path: Path, size: int) -> Path:
    doctype = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    part = doctype + "".join(sheet(table_rows())).replace("η", "&x;")
    return package(path, {"xl/worksheets/sheet1.xml": part})


@kind(1, 1)
def broken_xml(path: Path, size: int) -> Path:
    return with_rows(path, "<row><c></row>")


def pieces(start: str, middle: Iterable[str | bytes], end: str) -> Iterator[str]:
    """Return a part piece by piece."""
    yield start
    yield from middle  # type: ignore[misc]
    yield end
