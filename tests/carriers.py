"""Workbooks that carry everything a program might run or fetch, made by hand."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

from worksheets import Table, save

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MICROSOFT = "http://schemas.microsoft.com/office/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
COMPATIBLE = "http://schemas.openxmlformats.org/markup-compatibility/2006"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
SHEET = "xl/worksheets/sheet1.xml"
HEAD = f'<?xml version="1.0" encoding="UTF-8"?><{{}} xmlns="{MAIN}" xmlns:r="{OFFICE}"'

OF_WORKBOOK = (
    ("v1", f"{MICROSOFT}/vbaProject", "vbaProject.bin"),
    ("v2", f"{MICROSOFT}/xlMacrosheet", "macrosheets/sheet1.xml"),
    ("v3", f"{OFFICE}/externalLink", "externalLinks/externalLink1.xml"),
    ("v4", f"{OFFICE}/externalLink", "externalLinks/externalLink2.xml"),
    ("v5", f"{OFFICE}/connections", "connections.xml"),
)
OF_SHEET = (
    ("s1", f"{OFFICE}/oleObject", "../embeddings/oleObject1.bin"),
    ("s2", f"{OFFICE}/control", "../activeX/activeX1.xml"),
    ("s3", f"{OFFICE}/queryTable", "../queryTables/queryTable1.xml"),
    ("s4", f"{OFFICE}/vmlDrawing", "../drawings/vmlDrawing1.vml"),
)
TYPES = {
    "/xl/vbaProject.bin": "application/vnd.ms-office.vbaProject",
    "/xl/macrosheets/sheet1.xml": "application/vnd.ms-excel.macrosheet+xml",
    "/xl/externalLinks/externalLink1.xml": f"{TYPE}.externalLink+xml",
    "/xl/externalLinks/externalLink2.xml": f"{TYPE}.externalLink+xml",
    "/xl/connections.xml": f"{TYPE}.connections+xml",
    "/xl/activeX/activeX1.xml": "application/vnd.ms-office.activeX+xml",
    "/xl/activeX/activeX1.bin": "application/vnd.ms-office.activeX",
    "/xl/embeddings/oleObject1.bin": "application/vnd.openxmlformats-officedocument.oleObject",
    "/xl/queryTables/queryTable1.xml": f"{TYPE}.queryTable+xml",
    "/xl/drawings/vmlDrawing1.vml": "application/vnd.openxmlformats-officedocument.vmlDrawing",
}
SHAPE = '<v:shape id="_x0000_s{0}" type="#t"><x:ClientData ObjectType="Pict"/></v:shape>'
PARTS: Mapping[str, str] = {
    "xl/vbaProject.bin": "Attribute VB_Name",
    "xl/macrosheets/sheet1.xml": HEAD.format("macrosheet") + "><sheetData/></macrosheet>",
    "xl/externalLinks/externalLink1.xml": HEAD.format("externalLink")
    + '><externalBook r:id="rId1"><sheetNames><sheetName val="Sheet1"/></sheetNames>'
    "</externalBook></externalLink>",
    "xl/externalLinks/_rels/externalLink1.xml.rels": "<Relationships xmlns="
    '"http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    f'Type="{OFFICE}/externalLinkPath" Target="http://192.0.2.1/a.xlsx" TargetMode="External"/>'
    "</Relationships>",
    "xl/externalLinks/externalLink2.xml": HEAD.format("externalLink")
    + '><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>',
    "xl/connections.xml": HEAD.format("connections")
    + '><connection id="1" name="c" type="4" refreshedVersion="6"><webPr url="http://192.0.2.1/"/>'
    "</connection></connections>",
    "xl/activeX/activeX1.xml": "<ax:ocx "
    'xmlns:ax="http://schemas.microsoft.com/office/2006/activeX" '
    f'xmlns:r="{OFFICE}" ax:classid="{{0}}" r:id="rId1"/>',
    "xl/activeX/_rels/activeX1.xml.rels": "<Relationships xmlns="
    '"http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    f'Type="{MICROSOFT}/activeXControlBinary" Target="activeX1.bin"/></Relationships>',
    "xl/activeX/activeX1.bin": "control",
    "xl/embeddings/oleObject1.bin": "object",
    "xl/queryTables/queryTable1.xml": HEAD.format("queryTable") + ' name="q" connectionId="1"/>',
    "xl/drawings/vmlDrawing1.vml": '<xml xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shapetype id="t"/>'
    f"{SHAPE.format(1025)}{SHAPE.format(1026)}{SHAPE.format(1027)}</xml>",
}
OBJECTS = (
    f'<legacyDrawing r:id="s4"/><oleObjects><mc:AlternateContent xmlns:mc="{COMPATIBLE}">'
    '<mc:Choice Requires="x14"><oleObject progId="Package" shapeId="1025" r:id="s1"/></mc:Choice>'
    '<mc:Fallback><oleObject progId="Package" shapeId="1025" r:id="s1"/></mc:Fallback>'
    '</mc:AlternateContent></oleObjects><controls><control shapeId="1026" r:id="s2"/></controls>'
)
FORMULAS = (
    '<row r="200"><c r="A200"><f>[1]Sheet1!A1+1</f><v>41</v></c>'
    '<c r="B200"><f>[2]!topic</f><v>42</v></c><c r="C200"><f>Macro1!A1</f><v>43</v></c>'
    '<c r="D200"><f t="shared" si="9" ref="D200:D201">\'[1]a b\'!A1</f><v>44</v></c>'
    '<c r="E200"><f>LEN("[1]")</f><v>3</v></c></row>'
    '<row r="201"><c r="D201"><f t="shared" si="9"/><v>45</v></c></row>'
)
RELATED = f'xmlns:r="{OFFICE}"'
SHEETS = '<sheet name="Macro1" sheetId="98" r:id="v2"/>'
NAMES = (
    '<externalReferences><externalReference r:id="v3"/><externalReference r:id="v4"/>'
    "</externalReferences><definedNames>"
    '<definedName name="Auto_Open" xlm="1" localSheetId="0">Macro1!$A$1</definedName>'
    '<definedName name="far">[1]Sheet1!$A$1</definedName>'
    '<definedName name="near" localSheetId="1">Sheet1!$A$1</definedName></definedNames>'
)
ALL = (
    *("VBA macros", "Excel 4 macros", "ActiveX controls", "embedded objects", "DDE links"),
    *("links to other workbooks", "data connections and queries"),
)


def carrier(path: Path, table: Table | None = None) -> Path:
    """Write a workbook with a right table that carries all there is; a macro sheet stands first."""
    save(path, table or Table())
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    _relate(parts, "xl/_rels/workbook.xml.rels", OF_WORKBOOK)
    _relate(parts, "xl/worksheets/_rels/sheet1.xml.rels", OF_SHEET)
    overrides = "".join(
        f'<Override PartName="{part}" ContentType="{kind}"/>' for part, kind in TYPES.items()
    )
    types = parts["[Content_Types].xml"].replace("</Types>", f"{overrides}</Types>")
    plain = f"{TYPE}.sheet.main+xml"
    assert plain in types
    enabled = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    parts["[Content_Types].xml"] = types.replace(plain, enabled)
    for name in ("xl/workbook.xml", SHEET):
        if "xmlns:r=" not in parts[name]:
            parts[name] = parts[name].replace(f' xmlns="{MAIN}"', f' xmlns="{MAIN}" {RELATED}', 1)
    book = parts["xl/workbook.xml"].replace("<sheets>", f"<sheets>{SHEETS}")
    parts["xl/workbook.xml"] = book.replace("</sheets>", f"</sheets>{NAMES}")
    sheet = parts[SHEET].replace("</sheetData>", f"{FORMULAS}</sheetData>")
    parts[SHEET] = sheet.replace("</worksheet>", f"{OBJECTS}</worksheet>")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (parts | dict(PARTS)).items():
            archive.writestr(name, content)
    return path


def _relate(parts: dict[str, str], name: str, relations: tuple[tuple[str, str, str], ...]) -> None:
    empty = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    content = parts.get(name, f"{empty}</Relationships>")
    new = "".join(
        f'<Relationship Id="{key}" Type="{kind}" Target="{target}"/>'
        for key, kind, target in relations
    )
    parts[name] = content.replace("</Relationships>", f"{new}</Relationships>")
