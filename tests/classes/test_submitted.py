"""Whose a submission is, as platforms name the files that a teacher downloads."""

from __future__ import annotations

import hashlib
import os
import struct
import sys
import zipfile
from io import StringIO
from pathlib import Path

import pytest

from sheetprop.classes.rosters.roster import Student
from sheetprop.classes.submitted.archives import NO_DATE
from sheetprop.classes.submitted.others import handed_otherwise
from sheetprop.classes.submitted.platforms import named_by, submitters
from sheetprop.classes.submitted.recognised import by_path, group_of, unlisted
from sheetprop.classes.submitted.submissions import Submission, submissions
from sheetprop.errors import WorkbookError
from sheetprop.workbooks.reading import package

ADA = Student("17", "Ada Márlow", "ada@x.example", accounts=(("id", "9901"), ("github", "adam")))
BO = Student("18", "Bo Nyberg", "bo@x.example", accounts=(("github username", "bo-n"),))
CLASS = (ADA, BO, Student("19", "Ada Quist"))
METADATA = """---
submission_55:
  :submitters:
  - :name: Bo Nyberg
    :sid: '18'
    :email: bo@x.example
  :created_at: 2026-09-17 12:00:00 Z
"""

WHOSE = {
    "Moodle": ("Ada Marlow_123_assignsubmission_file_/classic-blank-18.xlsx", ADA),
    "Moodle in one name": ("Bo Nyberg_124_assignsubmission_file_classic-17.xlsx", BO),
    "Canvas": ("nybergbo_7_88_classic-blank-17.xlsx", BO),
    "Canvas, packed": ("nybergbo_7_88_work.zip/classic-blank-17.xlsx", BO),
    "Canvas, late": ("marlowada_LATE_9901_88_work-1.xlsx", ADA),
    "Gradescope": ("export/submission_55/classic-blank-17.xlsx", BO),
    "GitHub Classroom": ("gradient-descent-bo-n/sheets/work.xlsx", BO),
    "a folder before a name": ("18/classic-blank-17.xlsx", BO),
    "the name of a file": ("classic-blank-17.xlsx", ADA),
    "a name turned round": ("homework/Nyberg, Bo.xlsx", BO),
    "a first name of two": ("ada.quist+homework.xlsx", CLASS[2]),
    "somebody else": ("Ada Nobody_12_assignsubmission_file_/classic-blank-17.xlsx", None),
    "nobody": ("homework.xlsx", None),
}


def submission(name: str) -> Submission:
    told = named_by(name.removesuffix(".xlsx"), submitters(StringIO(METADATA)))
    return Submission(name, Path(name), 0.0, "", {}, told)


@pytest.mark.parametrize("case", WHOSE)
def test_students_are_recognised(case: str) -> None:
    """What the platform wrote counts, then folders, then names that students gave."""
    name, student = WHOSE[case]

    assert by_path(submission(name), CLASS) == student
    assert submission(name).is_late is ("LATE" in name)


def test_who_hands_in_together_is_graded_together() -> None:
    """Gradescope names all of a group; one whose name stands there alone is no group."""
    both = METADATA + "  - :name: Ada Quist\n    :sid: '19'\n"
    told = named_by("export/submission_55/work", submitters(StringIO(both)))
    work = Submission("export/submission_55/work.xlsx", Path("work.xlsx"), 0.0, "", {}, told)

    assert group_of(work, CLASS) == [BO, CLASS[2]]
    assert group_of(submission(WHOSE["Gradescope"][0]), CLASS) == []


APART = {
    "ada": "ada/homework.xlsx",
    "bo": "bo/homework.xlsx",
    "A/cy": "A/cy.xlsx",
    "B/cy": "B/cy.xlsx",
    "di": "B/di.xlsx",
    "Ada Marlow (12)": "Ada Marlow_12_assignsubmission_file_/work.xlsx",
    "Ada Marlow (13)": "Ada Marlow_13_assignsubmission_file_/work.xlsx",
    "nybergbo": "nybergbo_LATE_8_99_work.xlsx",
}


def test_those_whom_no_roster_names_are_kept_apart() -> None:
    """Files called alike in several folders, or by a platform, are not those of one student."""
    assert [one.id for one in unlisted([submission(name) for name in APART.values()])] == [*APART]


def test_a_photo_is_not_nothing(tmp_path: Path) -> None:
    """Who hands in what is no workbook is told from who hands in nothing, also in a download."""
    (tmp_path / "in" / "18").mkdir(parents=True)
    (tmp_path / "in" / "18" / "photo.jpg").write_bytes(b"")
    (tmp_path / "in" / ".DS_Store").write_bytes(b"")
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("Ada Marlow_12_assignsubmission_file_/work.pdf", b"%PDF")
    found = handed_otherwise([tmp_path / "in", tmp_path / "all.zip"], tmp_path / "out", CLASS)

    assert found == {
        "18": ["18/photo.jpg"],
        "17": ["Ada Marlow_12_assignsubmission_file_/work.pdf"],
    }


def test_what_was_written_before_is_not_handed_in(tmp_path: Path) -> None:
    """A second run over the same folder does not grade its own gradebook and marked copies."""
    for name in ("ada.xlsx", "out/gradebook.xlsx", "out/copies/1.xlsx", "out/reports/a.xlsx"):
        place = tmp_path / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(b"PK")
    found = submissions([tmp_path], tmp_path / "unpacked", tmp_path / "out")

    assert [one.name for one in found] == ["ada.xlsx"]


def test_a_link_is_the_file_of_whose_folder_it_stands_in(tmp_path: Path) -> None:
    """Where a link leads, to another file, itself or nothing, says nothing about a student."""
    (tmp_path / "elsewhere.xlsx").write_bytes(b"PK")
    for name, target in (("ada", "../../elsewhere.xlsx"), ("bo", "work.xlsx"), ("cy", "none.xlsx")):
        (tmp_path / "in" / name).mkdir(parents=True)
        (tmp_path / "in" / name / "work.xlsx").symlink_to(target)
    given = [tmp_path / "in" / name / "work.xlsx" for name in ("ada", "bo", "cy")]
    found = submissions(given, tmp_path / "unpacked", tmp_path / "out")

    assert [one.name for one in found] == ["ada/work.xlsx", "bo/work.xlsx", "cy/work.xlsx"]


def test_a_folder_that_is_none_is_nobodys_work(tmp_path: Path) -> None:
    """A name that leads nowhere is told as mistyped, and not marked as a student's empty file."""
    with pytest.raises(WorkbookError, match="no such file or folder"):
        submissions([tmp_path / "submisions"], tmp_path, tmp_path)


def archive(path: Path, **entries: bytes) -> bytearray:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in entries.items():
            target.writestr(f"{name}.xlsx", content)
    return bytearray(path.read_bytes())


def changed(content: bytearray, mark: bytes, offset: int, kind: str, value: int) -> None:
    """Write a number into what the archive says of its second member."""
    place = content.find(mark, content.find(mark) + 4)
    struct.pack_into(kind, content, place + offset, value)


DAMAGES = {
    "another sum": (b"PK\1\2", 16, "<L", 1),
    "a password": (b"PK\1\2", 8, "<H", 1),
    "another compression": (b"PK\1\2", 10, "<H", 99),
    "no such place": (b"PK\1\2", 42, "<L", 0x7FFFFFFF),
    "bytes that unpack to nothing": (b"PK\3\4", 38, "<L", 0xFFFFFFFF),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=[*DAMAGES])
def test_a_damaged_member_is_one_line(damage: tuple[bytes, int, str, int], tmp_path: Path) -> None:
    """What is wrong with one workbook of an archive is said of that one, where it is checked."""
    path = tmp_path / "class.zip"
    content = archive(path, ann=b"work", bob=b"work" * 99)
    changed(content, *damage)
    path.write_bytes(content)

    ann, bob = submissions([path], tmp_path, tmp_path / "out")

    assert (ann.name, bob.name) == ("ann.xlsx", "bob.xlsx")
    assert (ann.path.read_bytes(), bob.path.read_bytes()) == (b"work", b"")


def test_a_date_that_is_none_is_the_first(tmp_path: Path) -> None:
    """Programs that know no date write a month 0."""
    path = tmp_path / "class.zip"
    content = archive(path, ann=b"work", bob=b"work")
    changed(content, b"PK\1\2", 14, "<H", 0)
    path.write_bytes(content)

    assert submissions([path], tmp_path, tmp_path)[1].saved == NO_DATE


def test_an_endless_list_of_members_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where an archive lists more than any class hands in, it is refused before it is listed."""
    monkeypatch.setattr("sheetprop.classes.submitted.archives.LARGEST_LIST", 500)
    path = tmp_path / "class.zip"
    archive(path, **{f"s{k}": b"work" for k in range(20)})

    with pytest.raises(WorkbookError, match="more than a class"):
        submissions([path], tmp_path, tmp_path)


@pytest.mark.skipif(sys.platform != "linux", reason="names are text there")
def test_names_that_are_no_text_stay_apart(tmp_path: Path) -> None:
    """Two names in an encoding of another system are two students."""
    for name in (b"m\x81ller.xlsx", b"m\x94ller.xlsx"):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_bytes(b"work")

    found = submissions([tmp_path], tmp_path, tmp_path / "out")

    assert [one.id for one in unlisted(found)] == [r"m\x81ller", r"m\x94ller"]


@pytest.mark.parametrize("head", ['<?xml version="1.0" encoding="zip"?>', "<!DOCTYPE a>", "<<"])
def test_odd_properties_are_none(head: str, tmp_path: Path) -> None:
    """A workbook whose own properties cannot be read has none."""
    path = tmp_path / "ann.xlsx"
    with zipfile.ZipFile(path, "w") as target:
        target.writestr("docProps/custom.xml", f"{head}<a/>")

    (found,) = submissions([path], tmp_path, tmp_path / "out")

    assert found.properties == {}


def packed(path: Path, **contents: bytes) -> bytes:
    """Write an archive with some files, and return it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in contents.items():
            archive.writestr(name.replace("_", "."), content)
    return path.read_bytes()


def test_what_students_packed_is_handed_in(tmp_path: Path) -> None:
    """Archives in a folder or a download are unpacked; of one without a workbook that is told."""
    ada = packed(tmp_path / "in" / "ada.zip", work_xlsx=b"a", notes_txt=b"")
    bo = packed(tmp_path / "in" / "bo.zip", picture_png=b"b")
    packed(tmp_path / "in" / "out" / "moodle.zip", page_xlsx=b"")
    packed(tmp_path / "all.zip", ada_zip=ada, bo_zip=bo, cy_zip=b"damaged")
    for place in ("1", "2"):
        (tmp_path / place).mkdir()

    below = submissions([tmp_path / "in"], tmp_path / "1", tmp_path / "in" / "out")
    downloaded = submissions([tmp_path / "all.zip"], tmp_path / "2", tmp_path / "out")
    assert [one.name for one in below] == ["ada.zip/work.xlsx", "bo.zip"]
    assert [one.name for one in downloaded] == ["ada.zip/work.xlsx", "bo.zip", "cy.zip"]
    assert below[0].path.read_bytes() == b"a"


@pytest.mark.skipif(not hasattr(os, "set_blocking"), reason="every read waits")
def test_a_file_that_has_nothing_to_say_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What gives no answer, as the messages of the system do, is as if it were empty."""
    reading, writing = os.pipe()
    os.set_blocking(reading, False)
    monkeypatch.setattr(package, "opened", lambda *_: os.dup(reading))
    path = tmp_path / "ada.xlsx"
    path.touch()

    (found,) = submissions([path], tmp_path / "unpacked", tmp_path / "grades")

    assert found.sha256 == hashlib.sha256().hexdigest()
    os.close(reading)
    os.close(writing)


def test_a_single_folder_of_a_platform_still_says_whose_it_is(tmp_path: Path) -> None:
    """Also where it is the only one in the folder that is graded."""
    work = tmp_path / "all" / "Ada Marlow_123_assignsubmission_file_" / "work.xlsx"
    work.parent.mkdir(parents=True)
    work.write_bytes(b"no workbook")

    (found,) = submissions([tmp_path / "all"], tmp_path / "unpacked", tmp_path / "out")

    assert by_path(found, CLASS) == ADA
