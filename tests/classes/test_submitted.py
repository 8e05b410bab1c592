"""Whose a submission is, as platforms name the files that a teacher downloads."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from sheetprop.classes.rosters.roster import Student
from sheetprop.classes.submitted.platforms import named_by, submitters
from sheetprop.classes.submitted.recognised import by_path
from sheetprop.classes.submitted.submissions import Submission, submissions
from sheetprop.errors import WorkbookError

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
    told = named_by(name.removesuffix(".xlsx"), submitters(METADATA))
    return Submission(name, Path(name), 0.0, "", {}, told)


@pytest.mark.parametrize("case", WHOSE)
def test_students_are_recognised(case: str) -> None:
    """What the platform wrote counts, then folders, then names that students gave."""
    name, student = WHOSE[case]

    assert by_path(submission(name), CLASS) == student
    assert submission(name).is_late is ("LATE" in name)


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
