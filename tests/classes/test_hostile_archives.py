"""What students pack to harm a class: it is one line of the gradebook, and costs no other."""

from __future__ import annotations

import os
import sys
import zipfile
from pathlib import Path

import pytest
from test_submitted import CLASS, METADATA

from sheetprop.classes.submitted.recognised import by_path
from sheetprop.classes.submitted.submissions import submissions
from sheetprop.workbooks.reading.active import active


def packed(path: Path, work: bytes) -> bytes:
    """Write an archive with a workbook, and return it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("work.xlsx", work)
    return path.read_bytes()


@pytest.mark.skipif(sys.platform != "linux", reason="has pipes and links")
def test_an_archive_that_is_none_is_one_line(tmp_path: Path) -> None:
    """A pipe, a link that leads nowhere and a list that leads before the file cost no other."""
    folder, unpacked = tmp_path / "in", tmp_path / "unpacked"
    unpacked.mkdir()
    content = packed(folder / "ada.zip", b"a")
    os.mkfifo(folder / "bo.zip")
    (folder / "cy.zip").symlink_to("nowhere")
    end = content.rfind(b"PK\5\6")
    shifted = (int.from_bytes(content[end + 16 : end + 20], "little") + 999).to_bytes(4, "little")
    (folder / "di.zip").write_bytes(content[: end + 16] + shifted + content[end + 20 :])

    found = submissions([folder], unpacked, tmp_path / "out")

    assert [one.name for one in found] == [
        "ada.zip/work.xlsx",
        "bo.zip",
        "cy.zip",
        "di.zip/work.xlsx",
    ]


@pytest.mark.parametrize("name", ["_rels/.rels", "docProps/custom.xml"])
def test_a_part_that_no_file_has_room_for_is_one_line(name: str, tmp_path: Path) -> None:
    """Archives may name places that no number of the system can hold."""
    path = tmp_path / "ada.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(name, "<a/>")
        archive.getinfo(name).header_offset = (1 << 64) - 1

    (found,) = submissions([path], tmp_path, tmp_path / "out")

    assert found.properties == {}
    assert active(path.read_bytes()) == ()


def test_a_student_tells_of_nobody_else(tmp_path: Path) -> None:
    """Metadata that lie in a submission were packed by its student, and do not count."""
    own = METADATA.encode()
    others = own.replace(b"'18'", b"'17'")
    parts = {"e/submission_metadata.yml": own, "e/submission_55/submission_metadata.yml": others}
    parts |= {"e/submission_55/submission_55/work.xlsx": b"", "e/submission_56/work.xlsx": b""}
    for name, content in parts.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)

    for place in ("all.zip", "e"):
        found, _ = submissions([tmp_path / place], tmp_path, tmp_path / "out")
        assert by_path(found, CLASS) == CLASS[1]


@pytest.mark.slow
def test_little_is_unpacked_of_what_is_blown_up(tmp_path: Path) -> None:
    """A workbook is packed itself: what unpacks to a hundred times its size is none."""
    bomb = bytes(16 << 20)
    for name in ("in/ada.zip", "all.zip"):
        packed(tmp_path / name, bomb)

    (one,) = submissions([tmp_path / "in"], tmp_path, tmp_path / "out")
    (other,) = submissions([tmp_path / "all.zip"], tmp_path, tmp_path / "out")

    assert one.name == "ada.zip"
    assert other.path.stat().st_size < len(bomb) // 2
