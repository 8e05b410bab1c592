"""What stands for which workbooks: folders, patterns, locks, lists, bytes."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO, StringIO
from pathlib import Path

import pytest

from sheetprop.batch.given import NO_NAME, all_given
from sheetprop.errors import SheetpropError, WorkbookError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.xlsx", "a.ods", "~$b.xlsx", ".~lock.a.ods#", "notes.txt", "below/c.XLSX"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"PK")
    return tmp_path


def names(found: Sequence[object]) -> list[str]:
    return [Path(str(file.name)).name for file in found]  # type: ignore[attr-defined]


def test_a_folder_stands_for_its_workbooks(folder: Path) -> None:
    """In order, without what is no workbook; locks are passed over with a remark each."""
    found = all_given([folder])

    assert names(found.files) == ["a.ods", "b.xlsx"]
    assert len(found.remarks) == 2
    assert all("only the lock of an open workbook" in remark for remark in found.remarks)


def test_the_folders_below_are_asked_for(folder: Path) -> None:
    """With `recursive` alone, whatever letters an ending is written in."""
    assert names(all_given([folder], recursive=True).files) == ["a.ods", "b.xlsx", "c.XLSX"]


def test_patterns_are_expanded(folder: Path) -> None:
    """Where the shell does not; one that matches nothing is a file that is missing."""
    assert names(all_given([str(folder / "*.ods")]).files) == ["a.ods"]
    assert names(all_given([str(folder / "*.none")]).files) == ["*.none"]


def test_lists_open_files_and_bytes(folder: Path) -> None:
    """Whatever holds a workbook may be given."""
    found = all_given([[folder / "b.xlsx", b"PK"], BytesIO(b"PK1")])

    assert [file.name for file in found.files][1:] == [NO_NAME, NO_NAME]
    assert [file.content for file in found.files] == [None, b"PK", b"PK1"]


@pytest.mark.parametrize("wrong", [3, None, StringIO("text")])
def test_what_is_none_is_refused(wrong: object) -> None:
    """In one sentence."""
    with pytest.raises((SheetpropError, WorkbookError), match=r"takes paths|binary"):
        all_given([wrong])


def test_nothing_at_all_is_refused(tmp_path: Path) -> None:
    """An empty folder is no workbook, and the sentence says which folder that was."""
    with pytest.raises(SheetpropError, match="no workbook is in it"):
        all_given([tmp_path])


def test_what_is_no_file_is_not_left_out(tmp_path: Path) -> None:
    """A link that leads nowhere was handed in by somebody, who is told so, at any depth."""
    (tmp_path / "a.xlsx").symlink_to("nowhere")
    (tmp_path / "b.xlsx").mkdir()

    for recursive in (False, True):
        found = all_given([tmp_path], recursive=recursive).files
        assert [file.path for file in found] == [tmp_path / "a.xlsx"]
