"""What a workbook carries is named, and a marked copy is without it and still opens."""

from __future__ import annotations

import posixpath
import re
import stat
import subprocess
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from carriers import ALL, PARTS, carrier
from hostile_files import package
from worksheets import Table, save

from sheetprop.errors import WorkbookError
from sheetprop.workbooks.marking.annotate import Annotation, annotate
from sheetprop.workbooks.marking.broken_links import broken
from sheetprop.workbooks.reading.active import active
from sheetprop.workbooks.reading.read import read

WRONG = Annotation("Sheet1", ("A32:A33",), "error", "title", "text")
GONE = {name for name in PARTS if "vmlDrawing" not in name}


def copied(source: Path, target: Path) -> Path:
    annotate(source, [WRONG], target)
    return target


def test_everything_carried_is_named(tmp_path: Path) -> None:
    """Macros, objects, controls, links, queries and DDE are each told by name."""
    assert active(carrier(tmp_path / "a.xlsm").read_bytes()) == ALL
    assert active(save(tmp_path / "b.xlsx", Table()).read_bytes()) == ()
    assert active(b"no workbook") == ()


def test_hidden_ways_are_found(tmp_path: Path) -> None:
    """Capitals, percent signs and absolute paths in relations, and parts without any, hide none."""
    kind = "http://schemas.microsoft.com/office/2006/relationships/VBAPROJECT"
    content = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r9" Type="{kind}" Target="/xl/vba%50roject.bin"/></Relationships>'
    )
    hidden = package(tmp_path / "a.xlsx", {"xl/_rels/other.xml.rels": content})
    lying = package(tmp_path / "b.xlsx", {"xl/Embeddings/a.bin": "x"})

    assert active(hidden.read_bytes()) == ("VBA macros",)
    assert active(lying.read_bytes()) == ("embedded objects",)


@pytest.mark.parametrize("other", ["xl/_rels/workbook.xml.rels", "XL/_RELS/w%6Frkbook.xml.rels"])
def test_two_parts_of_one_name_are_refused(other: str, tmp_path: Path) -> None:
    """What is told of one part, and left out of a copy, would not be so of its harmless twin."""
    path = carrier(tmp_path / "a.xlsm")
    with zipfile.ZipFile(path, "a") as archive:
        archive.NameToInfo.pop(other, None)  # then it is no warning
        archive.writestr(other, package_of_nothing(path))

    with pytest.raises(WorkbookError, match="two of its parts are both called"):
        read(path)
    with pytest.raises(WorkbookError, match="two of its parts are both called"):
        copied(path, tmp_path / "copy.xlsx")


def package_of_nothing(path: Path) -> bytes:
    """Return the relations of a workbook without those that lead to anything active."""
    content = zipfile.ZipFile(path).read("xl/_rels/workbook.xml.rels")
    return re.sub(rb'<Relationship Id="v[^>]*/>', b"", content)


def ods(path: Path, content: str, **parts: str) -> bytes:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        for name, part in parts.items():
            archive.writestr(name.replace("__", "/"), part)
    return path.read_bytes()


def test_opendocument(tmp_path: Path) -> None:
    """Scripts, DDE, links and queries of an .ods are told as well."""
    path = tmp_path / "a.ods"

    assert active(ods(path, "<a><office:scripts/></a>")) == ()
    assert active(ods(path, "<a/>", Basic__Standard__Module1="x")) == ("scripts",)
    assert active(ods(path, "<a><x:dde-source b=''/></a>")) == ("DDE links",)
    assert active(ods(path, "<a><script:event-listener/></a>")) == ("scripts",)
    assert active(ods(path, "<a><table:table-source/></a>")) == ("links to other workbooks",)


def assert_whole(path: Path) -> None:
    """Every relation leads to a part, every part named has its type, every id is a relation."""
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        parts = {n: archive.read(n).decode() for n in names if n.endswith((".xml", ".rels", "vml"))}
    for name in re.findall(r'PartName="/([^"]*)"', parts["[Content_Types].xml"]):
        assert name in names
    for name in names:
        if not name.endswith(".rels"):
            continue
        folder = posixpath.dirname(posixpath.dirname(name))
        owner = posixpath.join(folder, posixpath.basename(name).removesuffix(".rels"))
        ids = set()
        for one in ET.fromstring(parts[name]):
            ids.add(one.get("Id"))
            target = posixpath.normpath(posixpath.join("/", folder, one.get("Target", "")))
            assert one.get("TargetMode") == "External" or target[1:] in names
        assert set(re.findall(r'\sr:id="([^"]*)"', parts.get(owner, ""))) <= ids


def test_the_copy_is_without_it(tmp_path: Path) -> None:
    """Parts, relations, names and elements are gone; formulas that needed them stay as values."""
    copy = copied(carrier(tmp_path / "a.xlsm"), tmp_path / "b.xlsx")

    with zipfile.ZipFile(copy) as archive:
        assert GONE & set(archive.namelist()) == set()
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        drawing = archive.read("xl/drawings/vmlDrawing1.vml").decode()
        types = archive.read("[Content_Types].xml").decode().lower()
    assert_whole(copy)
    assert active(copy.read_bytes()) == ()
    assert not any(word in types for word in ("macro", "vba", "activex"))
    assert "oleObject" not in sheet
    assert "control" not in sheet
    assert ["_x0000_s1025" in drawing, "_x0000_s1026" in drawing] == [False, False]
    book = read(copy)
    assert [sheet.name for sheet in book.sheets] == ["Sheet1", "sheetprop"]
    assert dict(book.names) == {"Sheet1!near": "Sheet1!$A$1"}
    cells = book["Sheet1"].cells
    found = [cells[at] for at in [(200, 1), (200, 2), (200, 3), (200, 4), (201, 4)]]
    assert [(c.formula, c.value) for c in found] == [(None, v) for v in (41, 42, 43, 44, 45)]
    assert cells[200, 5].formula == '=LEN("[1]")'


def test_the_list_says_what_was_left_out(tmp_path: Path) -> None:
    """Whoever opens the copy reads that it is without macros and the rest."""
    copy = copied(carrier(tmp_path / "a.xlsm"), tmp_path / "b.xlsx")

    said = [str(cell.value) for cell in read(copy)["sheetprop"].cells.values()]
    assert any("is without" in text and ", ".join(ALL) in text for text in said)


def test_openpyxl_opens_the_copy(tmp_path: Path) -> None:
    """A library that reads relations and content types finds nothing missing."""
    copy = copied(carrier(tmp_path / "a.xlsm"), tmp_path / "b.xlsx")

    book = openpyxl.load_workbook(copy)

    assert book.sheetnames == ["Sheet1", "sheetprop"]
    assert book["Sheet1"]["A200"].value == 41


def test_what_carries_nothing_is_not_touched(tmp_path: Path) -> None:
    """A workbook without any keeps every part but those with marks, byte for byte."""
    source = save(tmp_path / "a.xlsx", Table())
    copy = copied(source, tmp_path / "b.xlsx")

    with zipfile.ZipFile(source) as before, zipfile.ZipFile(copy) as after:
        assert set(before.namelist()) <= set(after.namelist())
    assert not any("is without" in str(c.value) for c in read(copy)["sheetprop"].cells.values())


@pytest.mark.parametrize(
    ("formula", "is_broken"),
    [
        ("[1]Sheet1!A1", True),
        ("1+'[2]my sheet'!A1", True),
        ("Table1[1]", False),
        ('"[1]"&A1', False),
        ("Macro1!A1", True),
        ("'it''s'!A1", True),
        ("Sheet1!A1", False),
    ],
)
def test_broken_links(formula: str, is_broken: bool) -> None:
    """A formula leads elsewhere where it names another workbook, or a sheet that is gone."""
    assert broken(["Macro1", "it's"])(formula) == is_broken


@pytest.mark.libreoffice
def test_libreoffice_opens_the_copy(tmp_path: Path) -> None:
    """A spreadsheet program opens the copy, with the values in place of the formulas."""
    copy = copied(carrier(tmp_path / "a.xlsm"), tmp_path / "b.xlsx")
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "fods", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(copy)], capture_output=True, timeout=120, check=True)

    found = (tmp_path / "b.fods").read_text(encoding="utf-8")
    assert 'table:name="Sheet1"' in found
    assert 'table:name="Macro1"' not in found
    assert "192.0.2.1" not in found
    assert 'office:value="44"' in found


def test_no_part_of_a_copy_is_a_link(tmp_path: Path) -> None:
    """What an archive calls a link would lead anywhere once somebody unpacks the copy."""
    path = save(tmp_path / "student.xlsx", Table())
    link = zipfile.ZipInfo("xl/media/link")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(link, "/etc/passwd")

    with zipfile.ZipFile(copied(path, tmp_path / "copy.xlsx")) as copy:
        assert not stat.S_ISLNK(copy.getinfo(link.filename).external_attr >> 16)
