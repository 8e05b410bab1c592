"""Names of outputs: never one of the files that are read, never the same for two."""

from __future__ import annotations

from pathlib import Path
from unicodedata import normalize

import pytest
from worksheets import Table, save

import sheetprop
from sheetprop.batch.given import Given
from sheetprop.batch.names import Names, copy_paths, report_paths
from sheetprop.classes.folders import class_folders
from sheetprop.classes.grades.store import FileStore
from sheetprop.cli import main
from sheetprop.destination import placed
from sheetprop.errors import WorkbookError


def given(*paths: Path) -> list[Given]:
    return [Given(str(path), path) for path in paths]


def test_no_output_is_an_input(tmp_path: Path) -> None:
    """A marked copy gets a number where its name is one of the files, by whatever path."""
    first, second = tmp_path / "x.xlsx", tmp_path / "x-checked.xlsx"
    files = given(first, tmp_path / "." / "x-checked.xlsx")

    paths = copy_paths(tmp_path, files, Names(files))

    assert paths == [tmp_path / "x-checked-2.xlsx", tmp_path / "x-checked-checked.xlsx"]
    assert second not in paths


def test_a_file_by_another_name_is_an_input_too(tmp_path: Path) -> None:
    """A link to a file that is read is that file, also for a report."""
    path = tmp_path / "base.zip"
    path.write_bytes(b"PK")
    (tmp_path / "report.txt").hardlink_to(path)
    files = given(path)

    with pytest.raises(WorkbookError, match="one of the files to be checked"):
        report_paths(tmp_path / "report.txt", files, Names(files), ".txt", force=True)


def test_no_two_outputs_are_one(tmp_path: Path) -> None:
    """Names that are one to some system have outputs of their own, with room for what follows."""
    names = ["hw", "HW", "é", "e\u0301", "x" * 250, "x" * 249 + "y"]
    files = given(*(tmp_path / f"{k}" / f"{name}.xlsx" for k, name in enumerate([*names, "hw"])))

    copies = copy_paths(tmp_path / "out", files, Names(files))

    assert len({normalize("NFC", str(path)).casefold() for path in copies}) == len(files)
    assert max(len(path.name.encode()) for path in copies) < 255


@pytest.mark.parametrize(("suffix", "copied"), [(".xlsm", ".xlsx"), (".xltm", ".xltx")])
def test_a_copy_without_macros_is_named_so(tmp_path: Path, suffix: str, copied: str) -> None:
    """No program opens a file by the ending of another kind."""
    files = given(tmp_path / f"a{suffix}")

    assert copy_paths(tmp_path, files, Names(files)) == [tmp_path / f"a-checked{copied}"]


@pytest.mark.slow
def test_a_file_of_a_student_is_never_replaced(tmp_path: Path) -> None:
    """Not by another's marked copy and not by its own report, even with --force."""
    one, other = (save(tmp_path / name, Table()) for name in ("x.xlsx", "x-checked.xlsx"))
    before = [one.read_bytes(), other.read_bytes()]

    assert main(["check", str(one), str(other), "--annotate", str(tmp_path), "--force"]) == 0
    with pytest.raises(WorkbookError):
        sheetprop.check(one, output=one, format="text", force=True)

    assert [one.read_bytes(), other.read_bytes()] == before


@pytest.mark.slow
def test_folders_of_copies_are_made(tmp_path: Path) -> None:
    """A folder for the marked copies that is not there yet is made, with those above it."""
    save(tmp_path / "x.xlsx", Table())
    folder = tmp_path / "returned" / "monday"

    assert main(["check", str(tmp_path / "x.xlsx"), "--annotate", str(folder)]) == 0
    assert [path.name for path in folder.iterdir()] == ["x-checked.xlsx"]


@pytest.mark.slow
def test_a_folder_that_cannot_be_is_no_bug(tmp_path: Path) -> None:
    """Links in a circle, and a folder in a file, get a sentence where copies were to stand."""
    path = save(tmp_path / "x.xlsx", Table())
    (tmp_path / "circle").symlink_to("circle")

    for folder in ("circle", "x.xlsx/in"):
        (report,) = sheetprop.check(path, annotate=tmp_path / folder)
        assert (report.verdict, report.copy) == ("correct", None)
        assert "cannot be written" in report.notes[0]


def test_links_in_a_circle_lead_nowhere(tmp_path: Path) -> None:
    """Outputs that are such links are compared like any other path, and refused when written."""
    circle = tmp_path / "circle"
    circle.symlink_to("circle")

    assert placed(circle) == placed(tmp_path / "." / "circle")
    assert class_folders(circle, tmp_path / "other", "classic", "a.csv")[0] == circle
    with pytest.raises(WorkbookError, match="cannot be written"):
        FileStore(circle)
