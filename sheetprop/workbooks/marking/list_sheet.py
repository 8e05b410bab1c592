"""The sheet that an annotated workbook has more than its original: the list of what was found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sheetprop.notation.address import address, quoted
from sheetprop.workbooks.marking.looks import Looks
from sheetprop.workbooks.marking.parts import MAIN, OFFICE, XML_HEAD, Parts
from sheetprop.workbooks.marking.ranges import Box
from sheetprop.workbooks.marking.safe_text import attribute
from sheetprop.workbooks.marking.safe_text import content as escaped
from sheetprop.workbooks.marking.splices import append, apply, outline, to_bytes

SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
NAME = "sheetprop"
NOTHING = "No mistakes were found."
LEFT_OUT = (
    "This copy is without what the workbook carried besides: {}. "
    "A formula that needed it stands as the value it had."
)
MAX_LINKS = 65_000  # Excel takes 65,530 on a sheet
LINE_HEIGHT, HIGHEST_ROW = 15, 405  # in points; Excel takes 409

HEADERS = {
    "No.": 6,
    "Severity": 11,
    "Mistake": 22,
    "Where": 26,
    "What is there": 38,
    "What belongs there": 38,
    "Why": 54,
}
VIEW = (
    '<sheetPr><tabColor rgb="FFC00000"/><pageSetUpPr fitToPage="1"/></sheetPr>'
    '<sheetViews><sheetView showGridLines="0" workbookViewId="0">'
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    '<selection pane="bottomLeft" activeCell="A2" sqref="A2"/></sheetView></sheetViews>'
    '<sheetFormatPr defaultRowHeight="15"/>'
)
PAGE = (
    '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>'
    '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
)


@dataclass(frozen=True, slots=True)
class ListRow:
    """One row of the list: one range of a finding.

    `number`, `severity`, `title`, `expected` and `text` are empty but in a finding's first row.
    `box` is the range on the worksheet `sheet` to jump to, or None.
    """

    where: str
    found: str
    number: int | None = None
    severity: str = ""
    title: str = ""
    expected: str = ""
    text: str = ""
    sheet: str = ""
    box: Box | None = None


def add_list(
    parts: Parts,
    workbook: str,
    lines: Sequence[ListRow],
    looks: Looks,
    left_out: Sequence[str] = (),
) -> None:
    """Add the sheet behind the last one of the workbook part `workbook`.

    `left_out` names what the workbook carried and the copy does not.
    """
    shown = [*(lines or [ListRow("", "", text=NOTHING)])]
    if left_out:
        shown.append(ListRow("", "", title="left out", text=LEFT_OUT.format(", ".join(left_out))))
    page = to_bytes(_page(shown, looks))
    part = parts.add("xl/worksheets/sheet{}.xml", page, SHEET_TYPE)
    key = parts.relate(workbook, "worksheet", part)
    content = parts.read(workbook)
    sheets = next(outline(content, depth=3).named("sheets"))
    ids = [int(sheet.attributes.get("sheetId", "0")) for sheet in sheets.children]
    name = free_name(sheet.attributes.get("name", "") for sheet in sheets.children)
    marks = f'name="{name}" sheetId="{max(ids, default=0) + 1}" r:id="{key}"'
    entry = f'<sheet xmlns:r="{OFFICE}" {marks}/>'
    parts.write(workbook, apply(content, [append(sheets, content, [entry])]))


def free_name(taken: Iterable[str]) -> str:
    """Return ``sheetprop``, or with a number when a sheet has that name; case does not tell."""
    used = {name.casefold() for name in taken}
    names = (NAME if number == 1 else f"{NAME} ({number})" for number in range(1, len(used) + 2))
    return next(name for name in names if name not in used)


def _page(lines: Sequence[ListRow], looks: Looks) -> str:
    columns = (
        f'<col min="{place}" max="{place}" width="{width}" customWidth="1"/>'
        for place, width in enumerate(HEADERS.values(), start=1)
    )
    rows = [_row(1, LINE_HEIGHT, [_text(name, looks.header) for name in HEADERS])]
    for row, line in enumerate(lines, start=2):
        rows.append(_row(row, _height(line), _cells(line, looks)))
    links = list(_links(lines))[:MAX_LINKS]
    jumps = f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else ""
    return (
        f'{XML_HEAD}<worksheet xmlns="{MAIN}">{VIEW}<cols>{"".join(columns)}</cols>'
        f"<sheetData>{''.join(rows)}</sheetData>{jumps}{PAGE}</worksheet>"
    )


def _cells(line: ListRow, looks: Looks) -> Iterator[str]:
    number = "" if line.number is None else f"<v>{line.number}</v>"
    severity = looks.severity.get(line.severity, looks.text) if line.severity else looks.text
    yield f's="{looks.text}">{number}</c>'
    yield _text(line.severity, severity)
    yield _text(line.title, looks.text)
    yield _text(line.where, looks.link if line.box else looks.text)
    yield _text(line.found, looks.formula)
    yield _text(line.expected, looks.formula)
    yield _text(line.text, looks.text)


def _text(text: str, look: int) -> str:
    """Return a cell without its address. The text stands in it, not in the shared strings."""
    if not text:
        return f's="{look}"></c>'
    return f's="{look}" t="inlineStr"><is><t xml:space="preserve">{escaped(text)}</t></is></c>'


def _row(row: int, height: int, cells: Iterable[str]) -> str:
    placed = (f'<c r="{address(row, n)}" {cell}' for n, cell in enumerate(cells, start=1))
    return f'<row r="{row}" ht="{height}">{"".join(placed)}</row>'


def _height(line: ListRow) -> int:
    """Return the height that the wrapped texts need: not every program finds it out itself."""
    texts = (line.title, line.where, line.found, line.expected, line.text)
    widths = list(HEADERS.values())[2:]
    lines = max(
        sum(len(piece) // width + 1 for piece in text.split("\n"))
        for text, width in zip(texts, widths, strict=True)
    )
    return min(lines * LINE_HEIGHT, HIGHEST_ROW)


def _links(lines: Sequence[ListRow]) -> Iterator[str]:
    column = list(HEADERS).index("Where") + 1
    for row, line in enumerate(lines, start=2):
        if line.box:
            target = attribute(f"{quoted(line.sheet)}!{line.box}")
            yield f'<hyperlink ref="{address(row, column)}" location="{target}"/>'
