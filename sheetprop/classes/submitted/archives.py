"""The workbooks in an archive: a platform's download, or what a student has packed."""

from __future__ import annotations

import calendar
import os
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from uuid import uuid4

from sheetprop.batch.given import LOCKS, WORKBOOKS
from sheetprop.classes.submitted.platforms import LARGEST_METADATA, METADATA, submitters
from sheetprop.errors import WorkbookError
from sheetprop.workbooks.reading.package import MAX_FILE

ARCHIVE = ".zip"
MOST_MEMBERS = 100_000
MOST_BYTES = 8 << 30

MOST_PACKED, MOST_PACKED_BYTES = 100, 4 * MAX_FILE
"""What one student may have packed: workbooks, and bytes of them."""

DAMAGED = (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError, EOFError)

Metadata = Mapping[str, tuple[str, ...]]
Member = tuple[str, Path, Metadata]
"""A workbook: its name in the archive, where it is now, and what the platform tells of all."""


def members(path: Path, unpacked: Path) -> Iterator[Member]:
    """Unpack a download under names of our own; the archive's may lead anywhere.

    Archives in it are unpacked, too.

    Raises:
        WorkbookError: it cannot be read, or holds more than a class can hand in.

    """
    try:
        with zipfile.ZipFile(path) as archive:
            found = [one for one in archive.infolist() if _is_meant(one.filename)]
            if len(found) > MOST_MEMBERS or sum(m.file_size for m in found) > MOST_BYTES:
                raise WorkbookError(path, "holds more than a class can hand in; unpack it")
            told = _told_in(archive)
            for member in found:
                if member.file_size > MAX_FILE:
                    continue
                place = _unpacked(archive, member, unpacked)
                if place.suffix == ARCHIVE:
                    each = in_archive(member.filename, place, unpacked)
                    yield from ((name, own, told) for name, own, _ in each)
                else:
                    yield member.filename, place, told
    except DAMAGED as error:
        raise WorkbookError(path, f"is an archive that cannot be read ({error})") from error


def in_archive(name: str, path: Path, unpacked: Path) -> Iterator[Member]:
    """Unpack what a student has packed; without a workbook in it, it is itself what they gave."""
    try:
        with zipfile.ZipFile(path) as archive:
            found = [one for one in archive.infolist() if _is_workbook(one.filename)]
            is_usual = sum(one.file_size for one in found) <= MOST_PACKED_BYTES
            usual = found if is_usual and len(found) <= MOST_PACKED else []
            places = [(one.filename, _unpacked(archive, one, unpacked)) for one in usual]
    except DAMAGED:
        places = []
    yield from ((f"{name}/{own}", place, {}) for own, place in places)
    if not places:
        yield name, path, {}


def archives_below(folder: object, written: Path) -> Iterator[Path]:
    """Yield the archives in a folder and those below, but for what was `written` about a class."""
    if not isinstance(folder, str | os.PathLike) or not Path(os.fsdecode(folder)).is_dir():
        return
    for here, folders, files in os.walk(os.fsdecode(folder)):
        folders[:] = sorted(
            name for name in folders if name[0] != "." and (Path(here) / name).resolve() != written
        )
        paths = (Path(here) / name for name in sorted(files))
        yield from (path for path in paths if _is_archive(path.name))


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo, folder: Path) -> Path:
    """Return where a member stands now, saved when it was."""
    place = folder / f"{uuid4().hex}{PurePosixPath(member.filename).suffix.lower()}"
    with archive.open(member) as source, place.open("wb") as target:
        shutil.copyfileobj(source, target)
    stamp = calendar.timegm((*member.date_time, 0, 0, 0))
    os.utime(place, (stamp, stamp))
    return place


def _told_in(archive: zipfile.ZipFile) -> Metadata:
    found: dict[str, tuple[str, ...]] = {}
    for member in archive.infolist():
        is_meant = PurePosixPath(member.filename).name == METADATA
        if is_meant and member.file_size <= LARGEST_METADATA:
            found |= submitters(archive.read(member).decode("utf-8", "replace"))
    return found


def _is_meant(name: str) -> bool:
    return _is_workbook(name) or _is_archive(name)


def _is_workbook(name: str) -> bool:
    return PurePosixPath(name).suffix.lower() in WORKBOOKS and not _is_hidden(name)


def _is_archive(name: str) -> bool:
    return PurePosixPath(name).suffix.lower() == ARCHIVE and not _is_hidden(name)


def _is_hidden(name: str) -> bool:
    path = PurePosixPath(name)
    return path.name.startswith(LOCKS) or "__MACOSX" in path.parts
