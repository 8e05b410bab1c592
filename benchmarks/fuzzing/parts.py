"""The parts of a workbook beside its sheets, by chance: each well-formed, and of no sense."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from hostile_files import MAIN, PACKAGE, REL

from fuzzing.sheets import AREAS, many
from fuzzing.words import RANGES, SIZES, formula, header, reference, xml

Parts = dict[str, str]

CHART = 'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
DRAWING = 'xmlns:x="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"'
TYPES = 'xmlns="http://schemas.openxmlformats.org/package/2006/content-types"'
SHEETS = ("Sheet1", "S 2", "a'b", "=cmd", "A1", "R1C1", "\u202e", "S" * 31, "Tab\u00e9", "TRUE")
KINDS = (
    "drawing", "comments", "table", "chart", "vmlDrawing", "pivotTable", "hyperlink", "oleObject",
    "worksheet", "sharedStrings", "styles", "externalLink", "customXml", "image", "vbaProject",
    "officeDocument", "threadedComment", "queryTable", "control", "webextension", "macrosheet",
)  # fmt: skip
TARGETS = (
    "../workbook.xml", "sheet1.xml", "../drawings/drawing1.xml", "http://192.0.2.1/x", "/", "",
    "file:///etc/passwd", "..\\..\\x", "%2e%2e/x", "#A1", "mailto:a@b", "charts/chart1.xml",
)  # fmt: skip
CODES = (
    "0." + "0" * 300, "[" * 999, "[Red]0;;;@", "yyyy" * 99, "\\", "&quot;" * 9, "# ?/?", "General",
)  # fmt: skip


def workbook(chance: random.Random, count: int) -> str:
    """Return the part that lists so many sheets, and names that refer to one another."""
    names = [*chance.sample(SHEETS, min(count, len(SHEETS))), *(f"T{k}" for k in range(count))]
    listed = "".join(
        f'<sheet name="{xml(name)}" sheetId="{k}" r:id="r{k}"/>'
        for k, name in enumerate(names[:count], 1)
    )
    scope = chance.choice(("",) * 9 + tuple(f' localSheetId="{k}"' for k in (0, -1, 99)))
    defined = "".join(
        f'<definedName name="n{k}"{scope}>{xml(_meant(k, chance))}</definedName>'
        for k in range(chance.choice((0, 3, 300)))
    )
    calc = chance.choice(("", '<calcPr iterate="1" iterateCount="99999" refMode="R1C1"/>'))
    inner = f"<sheets>{listed}</sheets><definedNames>{defined}</definedNames>{calc}"
    return f'<workbook {MAIN} xmlns:r="{REL}">{inner}</workbook>'


def _meant(number: int, chance: random.Random) -> str:
    """Return what a name means: twice the next one, the one before, a formula or a range."""
    others = (f"n{number + 1}*n{number + 1}", f"n{number - 1}")
    return chance.choice((*others, formula(chance), chance.choice(RANGES)))


def relations(chance: random.Random, targets: Sequence[tuple[str, str]]) -> str:
    """Return relations, at times with others that lead outside, in circles or nowhere."""
    found = [
        f'<Relationship Id="r{k}" Type="{REL}/{kind}" Target="{target}"/>'
        for k, (kind, target) in enumerate(targets, 1)
    ]
    for _ in range(chance.choice((0,) * 9 + (1, 4, 400))):
        kind, target = chance.choice(KINDS), chance.choice(TARGETS)
        mode = chance.choice(("", ' TargetMode="External"', ' TargetMode="internal"'))
        ids = f'Id="r{chance.randrange(500)}" Type="{REL}/{kind}"'
        found.append(f'<Relationship {ids} Target="{target}"{mode}/>')
    return f'<Relationships xmlns="{PACKAGE}">{"".join(found)}</Relationships>'


def _strings(chance: random.Random) -> Parts:
    run = f"<r><rPr><b/></rPr><t>{xml(header(chance))}</t></r><rPh sb='0' eb='9'><t>x</t></rPh>"
    runs = run * min(many(chance), 100_000 // len(run) + 1)
    inner = f"<si>{runs}</si>{'<si/>' * many(chance)}"
    return {"xl/sharedStrings.xml": f'<sst {MAIN} count="{chance.choice(SIZES)}">{inner}</sst>'}


def _styles(chance: random.Random) -> Parts:
    code = chance.choice(CODES)
    formats = "".join(
        f'<numFmt numFmtId="{164 + k}" formatCode="{code}"/>' for k in range(min(many(chance), 99))
    )
    count = chance.choice((1, 9, 9_000))
    cells = "".join(f'<xf numFmtId="{164 + k}" fontId="{-k}"/>' for k in range(count))
    inner = f"<numFmts>{formats}</numFmts><cellXfs>{cells}</cellXfs><dxfs/>"
    return {"xl/styles.xml": f"<styleSheet {MAIN}>{inner}</styleSheet>"}


def _table(chance: random.Random) -> Parts:
    own = f"<calculatedColumnFormula>{xml(formula(chance, 1))}</calculatedColumnFormula>"
    columns = "".join(
        f'<tableColumn id="{k}" name="c{k}">{own}</tableColumn>'
        for k in range(chance.choice((1, 9, 900)))
    )
    ref = chance.choice(("A31:AE39", *AREAS))
    named = f'id="1" name="T" displayName="T" ref="{ref}" totalsRowCount="{chance.choice(SIZES)}"'
    inner = f"<tableColumns>{columns}</tableColumns>"
    return {"xl/tables/table1.xml": f"<table {MAIN} {named}>{inner}</table>"}


def _chart(chance: random.Random) -> Parts:
    series = "".join(_series(chance) for _ in range(chance.choice((1, 3, 900))))
    said = f"<a:p xmlns:a='a'><a:r><a:t>{xml(header(chance))}</a:t></a:r></a:p>"
    title = f"<c:title><c:tx><c:rich>{said}</c:rich></c:tx></c:title>"
    plot = f"<c:plotArea><c:lineChart>{series}</c:lineChart></c:plotArea>"
    chart = f"<c:chartSpace {CHART}><c:chart>{title}{plot}</c:chart></c:chartSpace>"
    place = f"<x:from><x:row>{chance.choice(SIZES)}</x:row></x:from>"
    frame = f'{place}<x:graphicFrame><c:chart r:id="r1"/></x:graphicFrame>'
    head = f'<x:wsDr {DRAWING} {CHART} xmlns:r="{REL}">'
    leads = ("../charts/chart1.xml", "drawing1.xml", "../worksheets/sheet1.xml")
    around = relations(chance, [("chart", chance.choice(leads))])
    return {
        "xl/charts/chart1.xml": chart,
        "xl/drawings/drawing1.xml": f"{head}<x:twoCellAnchor>{frame}</x:twoCellAnchor></x:wsDr>",
        "xl/drawings/_rels/drawing1.xml.rels": around,
        "xl/charts/_rels/chart1.xml.rels": around,
    }


def _series(chance: random.Random) -> str:
    drawn = chance.choice((reference(chance), "Sheet1!$W$32:$W$39"))
    text = f"<c:tx><c:strRef><c:f>{xml(reference(chance))}</c:f></c:strRef></c:tx>"
    return f"<c:ser>{text}<c:val><c:numRef><c:f>{xml(drawn)}</c:f></c:numRef></c:val></c:ser>"


def _comments(chance: random.Random) -> Parts:
    said = f"<text><t>{xml(header(chance))}</t></text>"
    each = "".join(
        f'<comment ref="{reference(chance)}" authorId="{k}">{said}</comment>'
        for k in range(min(many(chance), 200_000 // len(said) + 1))
    )
    inner = f"<authors/><commentList>{each}</commentList>"
    shapes = "<xml><v:shape xmlns:v='v'/></xml>"
    return {
        "xl/comments1.xml": f"<comments {MAIN}>{inner}</comments>",
        "xl/drawings/vmlDrawing1.vml": shapes,
    }


def _types(chance: random.Random) -> Parts:
    names = ("/xl/workbook.xml", "/xl/worksheets/sheet1.xml", "x", "")
    over = "".join(
        f'<Override PartName="{chance.choice(names)}" ContentType="{chance.choice(KINDS)}+xml"/>'
        for _ in range(many(chance))
    )
    usual = '<Default Extension="xml" ContentType="text/xml"/>'
    return {"[Content_Types].xml": f"<Types {TYPES}>{usual}{over}</Types>"}


def _active(chance: random.Random) -> Parts:
    topic = xml(header(chance)).replace('"', "")
    source = "<worksheetSource ref='A1:XFD1048576' sheet='Sheet1'/>"
    cache = f"<cacheSource>{source}</cacheSource>"
    return {
        "xl/externalLinks/externalLink1.xml": f"<externalLink {MAIN}>"
        f'<ddeLink ddeService="cmd" ddeTopic="{topic}"/></externalLink>',
        "xl/pivotCache/pivotCacheDefinition1.xml": f"<pivotCacheDefinition {MAIN}>{cache}"
        "</pivotCacheDefinition>",
        "xl/vbaProject.bin": "\0" * 99,
        "xl/embeddings/oleObject1.bin": "x",
        "customXml/item1.xml": "<a/>",
        "xl/webextensions/webextension1.xml": "<we/>",
        "xl/connections.xml": f"<connections {MAIN}><connection id='1'/></connections>",
    }


OTHERS: Sequence[Callable[[random.Random], Parts]] = (
    _strings, _styles, _table, _chart, _comments, _types, _active,
)  # fmt: skip
