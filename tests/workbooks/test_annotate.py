"""An annotated copy: the marks are there, and nothing else of the workbook has changed."""

from __future__ import annotations

import io
import re
import shutil
import struct
import subprocess
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from sheetprop.errors import WorkbookError
from sheetprop.notation.address import address
from sheetprop.workbooks.marking import parts as annotate_parts
from sheetprop.workbooks.marking.annotate import Annotation, annotate
from sheetprop.workbooks.marking.list_sheet import HEADERS, NOTHING
from sheetprop.workbooks.marking.ranges import ORDER, Box, box_of
from sheetprop.workbooks.marking.safe_text import MAX_TEXT, printable, shortened
from sheetprop.workbooks.marking.splices import append, apply, outline
from sheetprop.workbooks.reading.active import active
from sheetprop.workbooks.reading.read import read

# openpyxl says that it does not keep everything, which nobody asks of it here.
pytestmark = pytest.mark.filterwarnings("ignore:.* will be removed:UserWarning")

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RUN = "it's <η> & 1"  # a sheet's name with all that needs quotes or escapes
WRONG = Annotation(
    RUN, ("B2:B9", "$D$4:$D$9"), "error", "wrong-neuron", "takes <a_h1>\nfor a_h2", '=A1&"x"'
)
TYPED = Annotation(RUN, ("F2:F5",), "warning", "typed-number", "a number where a formula belongs")

MAY_CHANGE = re.compile(
    r"\[Content_Types\]\.xml|xl/(styles|workbook|comments\d+)\.xml|xl/_rels/workbook\.xml\.rels"
    r"|xl/worksheets/[^/]+\.xml|xl/worksheets/_rels/[^/]+|xl/drawings/vmlDrawing\d+\.vml"
)
MAY_COME = re.compile(
    r"xl/worksheets/sheet\d+\.xml|xl/worksheets/_rels/[^/]+|xl/comments\d+\.xml"
    r"|xl/drawings/vmlDrawing\d+\.vml"
)


def picture() -> io.BytesIO:
    """A picture of one point, made by hand."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content))
            + kind
            + content
            + struct.pack(">I", zlib.crc32(kind + content))
        )

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return io.BytesIO(
        b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")
    )


def rich(path: Path) -> Path:
    """A workbook with everything that copying by a library might lose."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet(RUN)
        bold = book.add_format({"bold": True, "bg_color": "#00FF00"})
        for row in range(12):
            for column in range(8):
                sheet.write(row, column, row + column, bold if column == 1 else None)
            sheet.write_formula(row, 3, f"=A{row + 1}*2", None, row * 2)
        sheet.conditional_format(
            "A1:H12",
            {"type": "cell", "criteria": ">", "value": 3, "format": bold, "stop_if_true": True},
        )
        sheet.conditional_format("C1:C9", {"type": "data_bar", "data_bar_2010": True})
        sheet.data_validation("A1", {"validate": "decimal", "criteria": ">", "value": -1})
        sheet.add_table("J1:K4", {"columns": [{"header": "a"}, {"header": "b"}]})
        sheet.add_sparkline("M1", {"range": f"'{RUN.replace(chr(39), chr(39) * 2)}'!A1:A9"})
        sheet.insert_image("J9", "point.png", {"image_data": picture()})
        sheet.insert_textbox("N9", "a text box")
        sheet.merge_range("A14:C14", "merged")
        sheet.write_url("A15", "https://example.org/?a=1&b=2")
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": [RUN, 1, 1, 8, 1]})
        sheet.insert_chart("J20", chart)
        book.add_worksheet("other").write(0, 0, "untouched")
        large = book.add_chart({"type": "column"})
        large.add_series({"values": "=other!$A$1:$A$2"})
        book.add_chartsheet("big").set_chart(large)
        book.define_name("eta", "=other!$A$1")
    return path


def noted(path: Path) -> Path:
    """A workbook with notes of its own at B2 and H9."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet(RUN)
        sheet.write_comment("B2", "mine")
        sheet.write_comment("H9", "mine too", {"author": "me"})
    return path


def changed(path: Path, *changes: tuple[str, Callable[[bytes], bytes | None]]) -> Path:
    """Change parts of a package by hand; one that becomes None is left out."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name, change in changes:
        parts[name] = change(parts.get(name, b""))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            if content is not None:
                archive.writestr(name, content)
    return path


def replacing(old: str, new: str) -> Callable[[bytes], bytes]:
    def change(content: bytes) -> bytes:
        assert old.encode() in content
        return content.replace(old.encode(), new.encode())

    return change


def copy_of(source: Path, *annotations: Annotation) -> Path:
    target = source.with_name(f"annotated{source.suffix}")
    annotate(source, annotations or (WRONG, TYPED), target, force=True)
    return target


def part(path: Path, name: str) -> bytes:
    with zipfile.ZipFile(path) as archive:
        return archive.read(name)


def assert_only_marks_differ(source: Path, target: Path) -> None:
    """Parts that have no marks are the same bytes, in the same order, and cells are the same."""
    with zipfile.ZipFile(source) as before, zipfile.ZipFile(target) as after:
        names = list(dict.fromkeys(before.namelist()))
        assert after.namelist()[: len(names)] == names
        assert {n for n in after.namelist()[len(names) :] if not MAY_COME.fullmatch(n)} == set()
        differing = {name for name in names if before.read(name) != after.read(name)}
        assert {name for name in differing if not MAY_CHANGE.fullmatch(name)} == set()
        assert [i.date_time for i in before.infolist()] == [
            after.getinfo(i.filename).date_time for i in before.infolist()
        ]
    old, new = read(source), read(target)
    assert (new.sheets[:-1], new.names) == (old.sheets, old.names)


def assert_in_order(sheet: bytes) -> None:
    """The children of a worksheet stand as the schema wants them."""
    ranks = [ORDER.split().index(child.tag.rpartition("}")[2]) for child in ET.fromstring(sheet)]
    assert ranks == sorted(ranks)


def listed(path: Path) -> list[dict[str, object]]:
    """The rows of the added sheet."""
    sheet = read(path).sheets[-1]
    last = max(row for row, _ in sheet.cells)
    columns = list(enumerate(HEADERS, start=1))
    return [
        {name: sheet.cells[row, n].value for n, name in columns if (row, n) in sheet.cells}
        for row in range(2, last + 1)
    ]


def test_everything_else_survives(tmp_path: Path) -> None:
    """Charts, pictures, tables, sparklines and names are the same bytes as before."""
    source = rich(tmp_path / "rich.xlsx")
    original = source.read_bytes()

    target = copy_of(source)

    assert source.read_bytes() == original
    assert_only_marks_differ(source, target)
    assert part(source, "xl/worksheets/sheet2.xml") == part(target, "xl/worksheets/sheet2.xml")
    assert_in_order(part(target, "xl/worksheets/sheet1.xml"))


def test_text_of_changed_parts_stays(tmp_path: Path) -> None:
    """A part with marks is the old text with insertions; only priorities are renumbered."""
    source = rich(tmp_path / "a.xlsx")
    target = copy_of(source)

    new = part(target, "xl/worksheets/sheet1.xml").decode()
    for mark in (
        r'<conditionalFormatting [^>]*><cfRule type="expression".*?</conditionalFormatting>',
        "<legacyDrawing [^>]*>",
    ):
        new = re.sub(mark, "", new)
    priorities = re.compile(r'(?<= priority=")\d+')
    old = part(source, "xl/worksheets/sheet1.xml").decode()
    assert priorities.sub("", new) == priorities.sub("", old)


def test_colours(tmp_path: Path) -> None:
    """Ranges are coloured by severity, in front of the student's own conditional formats."""
    sheet = openpyxl.load_workbook(copy_of(rich(tmp_path / "a.xlsx")))[RUN]

    rules = sorted(
        (rule.priority, str(where.sqref), rule)
        for where in sheet.conditional_formatting
        for rule in where.rules
    )
    assert [(number, where) for number, where, _ in rules] == [
        (1, "B2:B9 D4:D9"),
        (2, "F2:F5"),
        (3, "A1:H12"),
        (4, "C1:C9"),
    ]
    assert rules[0][2].formula == ["TRUE"]
    assert [rule.dxf.fill.bgColor.rgb for _, _, rule in rules[:2]] == ["FFFFC7CE", "FFFFEB9C"]
    assert sheet["B2"].fill.fgColor.rgb == "FF00FF00"


def test_rules_of_pivot_tables_keep_their_numbers(tmp_path: Path) -> None:
    """A pivot table refers to its rules by priority, so those are not moved."""
    source = changed(
        rich(tmp_path / "a.xlsx"),
        (
            "xl/worksheets/sheet1.xml",
            replacing("<conditionalFormatting ", '<conditionalFormatting pivot="1" '),
        ),
        ("xl/worksheets/sheet1.xml", replacing("<cfRule ", '<cfRule pivot="1" ')),
    )
    content = part(copy_of(source), "xl/worksheets/sheet1.xml")

    assert re.findall(rb'priority="(\d)"', content) == [b"3", b"4", b"1", b"2"]


def test_notes(tmp_path: Path) -> None:
    """The first cell of each range has a note; what is said twice of one cell is joined."""
    twice = Annotation(RUN, ("B2",), "warning", "rounded", "to four digits")
    again = Annotation(RUN, ("B2:C9",), "warning", "rounded", "to four digits")
    sheet = openpyxl.load_workbook(copy_of(rich(tmp_path / "a.xlsx"), WRONG, twice, again))[RUN]

    notes = {cell.coordinate: cell.comment.text for row in sheet for cell in row if cell.comment}
    first = "wrong-neuron\ntakes <a_h1>\nfor a_h2"
    assert notes == {
        "B2": f'{first}\nWhat belongs here: =A1&"x"\n\nrounded\nto four digits',
        "D4": f'{first}\nWhat belongs in B2: =A1&"x"',
    }


def test_notes_of_the_student_are_kept(tmp_path: Path) -> None:
    """New notes join the old ones; a cell that has one keeps it alone."""
    source = noted(tmp_path / "a.xlsx")
    target = copy_of(source)

    sheet = openpyxl.load_workbook(target)[RUN]
    notes = {cell.coordinate: cell.comment for row in sheet for cell in row if cell.comment}
    assert set(notes) == {"B2", "H9", "D4", "F2"}
    assert (notes["B2"].text, notes["H9"].author, notes["D4"].author) == ("mine", "me", "sheetprop")
    shapes = re.findall(
        rb'<v:shape id="_x0000_s(\d+)"', part(target, "xl/drawings/vmlDrawing1.vml")
    )
    assert len(shapes) == len(set(shapes)) == 4
    assert_only_marks_differ(source, target)


def test_notes_beside_form_controls(tmp_path: Path) -> None:
    """A drawing that holds a button and no notes gets them as well."""
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        book.add_worksheet(RUN).insert_button("C3", {"caption": "run"})
    target = copy_of(tmp_path / "a.xlsx")

    sheet = openpyxl.load_workbook(target)[RUN]
    assert sheet["B2"].comment
    assert sheet["F2"].comment
    drawing = part(target, "xl/drawings/vmlDrawing1.vml")
    assert drawing.count(b'ObjectType="Note"') == 3
    assert drawing.count(b'"Button"') == 1
    assert part(target, "xl/worksheets/sheet1.xml").count(b"<legacyDrawing") == 1


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("xl/drawings/vmlDrawing1.vml", replacing("</xml>", "<br></xml>")),
        ("xl/drawings/vmlDrawing1.vml", replacing(":office:excel", ":office:other")),
        ("xl/drawings/vmlDrawing1.vml", replacing("_x0000_s1026", "_x0000_s2047")),
        ("xl/worksheets/sheet1.xml", replacing('<legacyDrawing r:id="rId1"/>', "")),
        ("xl/comments1.xml", lambda _: b"<comments/>"),
    ],
    ids=["no XML", "other namespace", "no numbers left", "not drawn", "no list"],
)
def test_notes_are_left_out_where_they_might_harm(
    tmp_path: Path, name: str, change: Callable[[bytes], bytes]
) -> None:
    """A drawing or notes that cannot be added to stay as they are; colours and list are there."""
    source = changed(noted(tmp_path / "a.xlsx"), (name, change))
    target = copy_of(source)

    for kept in ("xl/drawings/vmlDrawing1.vml", "xl/comments1.xml"):
        assert part(source, kept) == part(target, kept)
    assert b'sqref="B2:B9 D4:D9"' in part(target, "xl/worksheets/sheet1.xml")
    assert len(listed(target)) == 3


def test_list(tmp_path: Path) -> None:
    """The added sheet says of every finding what, where, what is there, what belongs there, why."""
    more = Annotation("other", ("A1",), *(WRONG.severity, WRONG.title, WRONG.text))
    target = copy_of(rich(tmp_path / "a.xlsx"), WRONG, more, TYPED)

    assert listed(target) == [
        {
            "No.": 1,
            "Severity": "error",
            "Mistake": "wrong-neuron",
            "Where": f"{RUN}!B2:B9",
            "What is there": "2",
            "What belongs there": '=A1&"x"',
            "Why": "takes <a_h1>\nfor a_h2",
        },
        {"Where": f"{RUN}!$D$4:$D$9", "What is there": "=A4*2"},
        {"Where": "other!A1", "What is there": "untouched"},
        {
            "No.": 2,
            "Severity": "warning",
            "Mistake": "typed-number",
            "Where": f"{RUN}!F2:F5",
            "What is there": "6",
            "Why": "a number where a formula belongs",
        },
    ]


def test_list_can_be_read_and_followed(tmp_path: Path) -> None:
    """The header stays in sight, texts are wrapped, and places are links to the ranges."""
    book = openpyxl.load_workbook(copy_of(rich(tmp_path / "a.xlsx")))
    sheet = book["sheetprop"]

    assert book.sheetnames[-1] == "sheetprop"
    assert sheet.freeze_panes == "A2"
    assert sheet["G2"].alignment.wrap_text
    assert sheet["F2"].style_id
    assert sheet["F2"].quotePrefix
    assert sheet.column_dimensions["G"].width > 40
    assert sheet["D2"].hyperlink.location == "'it''s <η> & 1'!B2:B9"
    assert sheet["D3"].hyperlink.location == "'it''s <η> & 1'!D4:D9"


def test_places_without_cells_are_listed(tmp_path: Path) -> None:
    """A sheet that is gone, a chart sheet, a range that is none: listed, and nothing marked."""
    elsewhere = [("gone", ("A1",)), ("big", ("A1",)), (RUN, ("chart 1",)), (RUN, ()), ("", ())]
    found = [Annotation(s, r, "error", str(n), "why") for n, (s, r) in enumerate(elsewhere)]
    target = copy_of(rich(tmp_path / "a.xlsx"), *found)

    wheres = [line.get("Where") for line in listed(target)]
    assert wheres == ["gone!A1", "big!A1", f"{RUN}!chart 1", RUN, None]
    cells = openpyxl.load_workbook(target)["sheetprop"]["D"]
    assert [cell.coordinate for cell in cells if cell.hyperlink] == ["D5"]
    assert part(tmp_path / "a.xlsx", "xl/worksheets/sheet1.xml") == part(
        target, "xl/worksheets/sheet1.xml"
    )


def test_nothing_found(tmp_path: Path) -> None:
    """Without annotations the added sheet says so."""
    source = rich(tmp_path / "a.xlsx")
    annotate(source, [], tmp_path / "b.xlsx")

    assert listed(tmp_path / "b.xlsx") == [{"Why": NOTHING}]


def test_name_of_the_list_is_free(tmp_path: Path) -> None:
    """A copy of a copy, or a sheet of that name in other letters, gets a numbered list."""
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        book.add_worksheet("SheetProp")
    first = copy_of(tmp_path / "a.xlsx").rename(tmp_path / "first.xlsx")
    second = copy_of(first)

    assert [s.name for s in read(second).sheets] == ["SheetProp", "sheetprop (2)", "sheetprop (3)"]


def prefixed(content: bytes) -> bytes:
    """Write every element of the main namespace with a prefix."""
    text = re.sub(r"(</?)(?=[a-zA-Z])", r"\1x:", content.decode())
    return text.replace(' xmlns="', ' xmlns:x="').encode()


def in_utf16(content: bytes) -> bytes:
    return content.decode().replace("UTF-8", "UTF-16").encode("utf-16")


@pytest.mark.parametrize("change", [prefixed, in_utf16])
def test_other_ways_to_write_xml(tmp_path: Path, change: Callable[[bytes], bytes]) -> None:
    """Prefixes and encodings that spreadsheet programs understand are understood here."""
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        book.add_worksheet(RUN).write(1, 1, 5)
    parts = ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"]
    source = changed(tmp_path / "a.xlsx", *((name, change) for name in parts))
    target = copy_of(source)

    assert read(target).sheets[:-1] == read(source).sheets
    for name in parts:
        ET.fromstring(part(target, name))
    sheet = openpyxl.load_workbook(target)[RUN]
    assert [str(found.sqref) for found in sheet.conditional_formatting] == ["B2:B9 D4:D9", "F2:F5"]
    assert sheet["B2"].comment


def test_without_styles(tmp_path: Path) -> None:
    """A workbook that has no styles at all gets those of the marks."""
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        book.add_worksheet(RUN).write(1, 1, 5)
    source = changed(
        tmp_path / "a.xlsx",
        ("xl/styles.xml", lambda _: None),
        (
            "xl/_rels/workbook.xml.rels",
            lambda c: re.sub(rb"<Relationship [^>]*styles[^>]*>", b"", c),
        ),
        ("[Content_Types].xml", lambda c: re.sub(rb"<Override [^>]*styles[^>]*>", b"", c)),
    )
    book = openpyxl.load_workbook(copy_of(source))

    assert book["sheetprop"]["A1"].font.b
    assert not book[RUN]["B2"].font.b


@pytest.mark.slow
def test_many_ranges(tmp_path: Path) -> None:
    """More places than one rule or one drawing takes are still coloured and listed."""
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        book.add_worksheet(RUN)
    ranges = tuple(f"B{row}" for row in range(1, 2401, 2))
    target = copy_of(tmp_path / "a.xlsx", Annotation(RUN, ranges, "error", "typed", "number"))

    sheet = openpyxl.load_workbook(target)[RUN]
    assert sum(len(found.sqref.ranges) for found in sheet.conditional_formatting) == 1200
    assert sum(1 for row in sheet for cell in row if cell.comment) == 1023
    assert len(listed(target)) == 1200


def test_ods_needs_xlsx(tmp_path: Path) -> None:
    """One sentence says what to do with an OpenDocument file."""
    with zipfile.ZipFile(tmp_path / "a.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    with pytest.raises(WorkbookError, match=r"only \.xlsx workbooks can be annotated"):
        annotate(tmp_path / "a.ods", [WRONG], tmp_path / "b.xlsx")


def test_signed_and_strict_are_refused(tmp_path: Path) -> None:
    """What cannot be marked without harm is refused in one sentence, and nothing is written."""
    signed = changed(rich(tmp_path / "a.xlsx"), ("_xmlsignatures/sig1.xml", lambda _: b"<s/>"))
    with pytest.raises(WorkbookError, match="digitally signed"):
        annotate(signed, [WRONG], tmp_path / "c.xlsx")
    strict = changed(
        rich(tmp_path / "b.xlsx"),
        ("xl/workbook.xml", replacing(MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main")),
    )
    with pytest.raises(WorkbookError, match="Strict Open XML"):
        annotate(strict, [WRONG], tmp_path / "c.xlsx")
    assert not (tmp_path / "c.xlsx").exists()


def test_damage_is_reported(tmp_path: Path) -> None:
    """A damaged part that only copying meets is reported for the source; no copy is left."""
    source = changed(rich(tmp_path / "a.xlsx"), ("xl/styles.xml", lambda _: b"<styleSheet"))
    with pytest.raises(WorkbookError, match=r"a\.xlsx: a part of it is damaged"):
        annotate(source, [WRONG], tmp_path / "b.xlsx")
    assert list(tmp_path.iterdir()) == [source]


def test_existing_files_are_safe(tmp_path: Path) -> None:
    """Nothing is overwritten without `force`, and the source not even with it."""
    source, target = rich(tmp_path / "a.xlsx"), tmp_path / "b.xlsx"
    original = source.read_bytes()
    target.write_text("mine")
    with pytest.raises(WorkbookError, match="exists already"):
        annotate(source, [WRONG], target)
    assert target.read_text() == "mine"
    link = tmp_path / "link.xlsx"
    link.symlink_to(source)
    for same in (source, link, tmp_path / "." / "a.xlsx"):
        with pytest.raises(WorkbookError, match="is the workbook itself"):
            annotate(source, [WRONG], same, force=True)
    assert source.read_bytes() == original
    annotate(source, [WRONG], target, force=True)
    assert zipfile.is_zipfile(target)


@pytest.mark.parametrize("name", ["b.xlsm", "b.zip", "b"])
def test_copy_is_of_the_same_kind(tmp_path: Path, name: str) -> None:
    """Excel refuses a file whose ending does not fit what is inside."""
    with pytest.raises(WorkbookError, match=r"must end in \.xlsx"):
        annotate(rich(tmp_path / "a.xlsx"), [WRONG], tmp_path / name)


def test_all_or_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When writing fails, what stood there is left and no piece of the copy remains."""
    source, target = rich(tmp_path / "a.xlsx"), tmp_path / "new" / "b.xlsx"
    annotate(source, [WRONG], target)
    before = target.read_bytes()

    def fail(_: object) -> zipfile.ZipInfo:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(annotate_parts, "_entry", fail)
    with pytest.raises(WorkbookError, match=r"b\.xlsx: cannot be written \(No space left"):
        annotate(source, [TYPED], target, force=True)
    assert target.read_bytes() == before
    assert list(target.parent.iterdir()) == [target]


@pytest.mark.parametrize(
    ("text", "box"),
    [
        ("A1", Box(1, 1, 1, 1)),
        ("$Z$32:$AA$99", Box(32, 26, 99, 27)),
        ("b9:a2", Box(2, 1, 9, 2)),
        ("B:C", Box(1, 2, 1_048_576, 3)),
        ("4:5", Box(4, 1, 5, 16_384)),
        *(
            (text, None)
            for text in ("", "A", "A0", "A1:B", "chart 1", "XFE1", "A1048577", "A1:B2:C3")
        ),
    ],
)
def test_ranges(text: str, box: Box | None) -> None:
    """Ranges are read as a report writes them, and anything else is none."""
    assert box_of(text) == box


TEXTS = st.text(st.characters() | st.sampled_from("_x0041_&<>\"'\r\n\t\x00\ud800\uffff"))


@pytest.mark.slow
@settings(max_examples=25)
@given(text=TEXTS, title=TEXTS, expected=st.none() | TEXTS)
def test_any_text(
    tmp_path_factory: pytest.TempPathFactory, text: str, title: str, expected: str | None
) -> None:
    """Whatever a text holds, the file stays sound and a reader gets the text back."""
    folder = tmp_path_factory.mktemp("texts")
    with xlsxwriter.Workbook(folder / "a.xlsx") as book:
        book.add_worksheet("one")
    target = copy_of(folder / "a.xlsx", Annotation("one", ("A1",), "error", title, text, expected))

    (line,) = listed(target)
    wanted = {"Mistake": title, "What belongs there": expected or "", "Why": text}
    assert {name: line.get(name, "") for name in wanted} == {
        name: printable(value) for name, value in wanted.items()
    }
    ET.fromstring(part(target, "xl/comments1.xml"))
    shutil.rmtree(folder)


def test_escapes_are_no_characters(tmp_path: Path) -> None:
    """A text that looks like a spreadsheet's own escape is not turned into a character."""
    text = "_x0041_x000a_ \x01"
    target = copy_of(rich(tmp_path / "a.xlsx"), Annotation(RUN, ("A1",), "error", text, text))
    assert listed(target)[0]["Why"] == "_x0041_x000a_ ␁"


@pytest.mark.slow
@given(st.text(max_size=60), st.integers(1, 40))
def test_long_texts_are_cut(text: str, limit: int) -> None:
    """A cut text has at most as many units of UTF-16 as a cell takes, and says that it is cut."""
    cut = shortened(text, limit)
    assert cut == text or cut.endswith("…")
    assert len(cut.encode("utf-16-le")) // 2 <= limit or cut == text == ""


def test_longest_text(tmp_path: Path) -> None:
    """No cell holds more than Excel reads."""
    text = "σ𝜎" * MAX_TEXT
    target = copy_of(rich(tmp_path / "a.xlsx"), Annotation(RUN, ("A1",), "error", text, text))
    why = str(listed(target)[0]["Why"])
    assert MAX_TEXT - 2 <= len(why.encode("utf-16-le")) // 2 <= MAX_TEXT


def test_positions_in_xml() -> None:
    """Elements are found whatever stands in attributes, comments and CDATA around them."""
    content = (
        '<?xml version="1.0"?><!-- <b> -->'
        '<a x="&lt;/a>>" y=\'"/>\'><b/><![CDATA[</a>]]><c  >η</c></a >'
    ).encode()
    root = outline(content)

    assert [child.name for child in root.children] == ["b", "c"]
    b, c = root.children
    assert content[b.start : b.end] == b"<b/>"
    assert content[c.inner : c.close].decode() == "η"
    new = apply(content, [append(b, content, ["<d/>"]), append(root, content, ["<e>σ</e>"])])
    assert b"<b><d/></b>" in new
    assert new.endswith(b"<e>&#963;</e></a >")


@pytest.mark.libreoffice
def test_libreoffice_sees_the_marks(tmp_path: Path) -> None:
    """A spreadsheet program opens the copy and finds notes, colours and the list."""
    target = copy_of(rich(tmp_path / "a.xlsx"))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "fods", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(target)], capture_output=True, timeout=120, check=True)

    found = (tmp_path / "annotated.fods").read_text(encoding="utf-8")
    assert found.count("<office:annotation ") == 3
    assert 'table:name="sheetprop"' in found
    assert "#ffc7ce" in found
    assert "#ffeb9c" in found


@pytest.mark.corpus
@pytest.mark.slow
def test_real_workbooks(corpus: Path, tmp_path: Path) -> None:
    """Of every real workbook the copy differs in nothing but the marks, and what it carried."""
    done = 0
    for source in sorted(corpus.rglob("*.xls[xm]")):
        found = [
            Annotation(
                sheet.name, (address(*at), f"C3:{address(*at)}"), "error", "title", "text", "=1"
            )
            for sheet in read(source).sheets
            for at in list(sheet.cells)[:1]
        ]
        target = tmp_path / f"{source.stem}.xlsx"
        annotate(source, found, target)
        if active(source.read_bytes()):
            assert active(target.read_bytes()) == ()
            assert len(read(target).sheets) == len(read(source).sheets) + 1
        else:
            assert_only_marks_differ(source, target)
        target.unlink()
        done += 1
    assert done
