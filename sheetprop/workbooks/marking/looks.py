"""The looks of an annotated workbook: added behind its own, so that none of those changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sheetprop.workbooks.marking.parts import MAIN, XML_HEAD
from sheetprop.workbooks.marking.splices import append_counted, apply, insert, outline, to_bytes

NO_STYLES = to_bytes(
    f'{XML_HEAD}<styleSheet xmlns="{MAIN}"><cellStyles count="1">'
    '<cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
STYLES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
ORDER = "numFmts fonts fills borders cellStyleXfs cellXfs cellStyles dxfs tableStyles colors extLst"

# Text and ground. The first two are the ones Excel offers for bad and neutral cells.
COLOURS = {
    "error": ("9C0006", "FFC7CE"),
    "warning": ("7F6000", "FFEB9C"),
    "note": ("1F4E78", "DDEBF7"),
}
HEADER = ("FFFFFF", "1F4E78")
LINK = "0563C1"

PLAIN = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
# What has to stand in front of anything new, because its number has a fixed meaning.
FIRST = {
    "fonts": ['<font><sz val="11"/><name val="Calibri"/></font>'],
    "fills": [f'<fill><patternFill patternType="{kind}"/></fill>' for kind in ("none", "gray125")],
    "borders": ["<border><left/><right/><top/><bottom/><diagonal/></border>"],
    "cellStyleXfs": [PLAIN],
    "cellXfs": [PLAIN.replace("/>", ' xfId="0"/>')],
    "dxfs": [],
}


@dataclass(frozen=True, slots=True)
class Looks:
    """Numbers of styles: `header`, `text`, `formula`, `link` and `severity` of cells.

    `rules` are those of conditional formats, by severity.
    """

    header: int
    text: int
    formula: int
    link: int
    severity: Mapping[str, int]
    rules: Mapping[str, int]


def add_looks(content: bytes) -> tuple[bytes, Looks]:
    """Return the styles part with what annotations need, and where that is."""
    grounds = [HEADER[1], *(ground for _, ground in COLOURS.values())]
    colours = [HEADER[0], *(colour for colour, _ in COLOURS.values())]
    fonts = [_font(), _font(LINK, "<u/>"), *(_font(colour, "<b/>") for colour in colours)]
    content, font = _append(content, "fonts", fonts)
    content, fill = _append(content, "fills", [_fill(ground) for ground in grounds])
    content, border = _append(content, "borders", [_border()])
    content, _ = _append(content, "cellStyleXfs", [])
    formats = [_format(font, 0, border), _format(font, 0, border, ' quotePrefix="1"')]
    formats.append(_format(font + 1, 0, border))
    formats += [_format(font + 2 + n, fill + n, border) for n in range(len(colours))]
    content, cell = _append(content, "cellXfs", formats)
    content, rule = _append(content, "dxfs", [_rule(*pair) for pair in COLOURS.values()])
    severities = {name: cell + 4 + n for n, name in enumerate(COLOURS)}
    rules = {name: rule + n for n, name in enumerate(COLOURS)}
    return content, Looks(cell + 3, cell, cell + 1, cell + 2, severities, rules)


def _append(content: bytes, name: str, items: Sequence[str]) -> tuple[bytes, int]:
    """Add items to a list of the styles part; return the number of the first one."""
    root = outline(content, depth=3)
    found = next(root.named(name), None)
    if found is None:
        new = [*FIRST[name], *items]
        if not new:
            return content, 0
        xml = f'<{name} count="{len(new)}">{"".join(new)}</{name}>'
        return apply(content, [insert(root, content, ORDER, [xml])]), len(FIRST[name])
    missing = FIRST[name][len(found.children) :]
    new = [*missing, *items]
    first = len(found.children) + len(missing)
    return (apply(content, append_counted(found, content, new)) if new else content), first


def _font(colour: str = "000000", mark: str = "") -> str:
    return f'<font>{mark}<sz val="11"/><color rgb="FF{colour}"/><name val="Calibri"/></font>'


def _fill(ground: str) -> str:
    return (
        f'<fill><patternFill patternType="solid"><fgColor rgb="FF{ground}"/></patternFill></fill>'
    )


def _border() -> str:
    line = '<top style="thin"><color rgb="FFD9D9D9"/></top>'
    return f"<border><left/><right/>{line}<bottom/><diagonal/></border>"


def _format(font: int, fill: int, border: int, more: str = "") -> str:
    return (
        f'<xf numFmtId="0" fontId="{font}" fillId="{fill}" borderId="{border}" xfId="0"{more}'
        ' applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">'
        '<alignment horizontal="left" vertical="top" wrapText="1"/></xf>'
    )


def _rule(colour: str, ground: str) -> str:
    fill = f'<fill><patternFill><bgColor rgb="FF{ground}"/></patternFill></fill>'  # as Excel does
    return f'<dxf><font><color rgb="FF{colour}"/></font>{fill}</dxf>'
