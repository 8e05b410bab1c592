"""The workbooks in an archive: a platform's download, or what a student has packed."""

from __future__ import annotations

import calendar
import lzma
import os
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from io import TextIOWrapper
from itertools import islice
from pathlib import Path, PurePosixPath
from uuid import uuid4

from sheetprop.batch.given import LOCKS, WORKBOOKS
from sheetprop.classes.submitted.platforms import LARGEST_METADATA, is_metadata, submitters
from sheetprop.destination import placed
from sheetprop.errors import WorkbookError
from sheetprop.workbooks.reading.package import MAX_FILE, ContentOnDisk

ARCHIVE = ".zip"
MOST_MEMBERS = 100_000
MOST_BYTES = 8 << 30

MOST_PACKED, MOST_PACKED_BYTES = 100, 4 * MAX_FILE
"""What one student may have packed: workbooks, and bytes of them."""

LARGEST_LIST = 32 << 20
"""Bytes of an archive's list of its members: more of them take gigabytes once they are listed."""

ROOM, MOST_RATIO = 4 << 20, 100
"""What may be unpacked of one archive: so many bytes, or so many times what it takes itself."""

PIECE = 1 << 20
NO_DATE = calendar.timegm((1980, 1, 1, 0, 0, 0))
"""What an archive says that knows no date."""

DAMAGED = (zipfile.BadZipFile, RuntimeError, EOFError, ValueError, zlib.error, lzma.LZMAError)

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
        with ContentOnDisk(path, LARGEST_LIST) as file, zipfile.ZipFile(file) as archive:
            file.is_open = True
            found = [one for one in archive.infolist() if _is_meant(one.filename)]
            if len(found) > MOST_MEMBERS or sum(m.file_size for m in found) > MOST_BYTES:
                raise WorkbookError(path, "holds more than a class can hand in; unpack it")
            told = _told_in(archive)
            for member in found:
                place = _unpacked(archive, member, unpacked)
                if place.suffix == ARCHIVE:
                    each = in_archive(member.filename, place, unpacked)
                    yield from ((name, own, told) for name, own, _ in each)
                else:
                    yield member.filename, place, told
    except OSError as error:  # also of the folder for what is unpacked, which may be full
        raise WorkbookError(path, f"cannot be unpacked ({error.strerror or error})") from error
    except DAMAGED as error:
        raise WorkbookError(path, f"is an archive that cannot be read ({error})") from error


def in_archive(name: str, path: Path, unpacked: Path) -> Iterator[Member]:
    """Unpack what a student has packed; without a workbook in it, it is itself what they gave."""
    places: list[tuple[str, Path]] = []
    # A pipe is none, nor is a link that leads nowhere: that is said where it is checked.
    with suppress(*DAMAGED), _ordinary(path) as file, zipfile.ZipFile(file) as archive:
        file.is_open = True
        found = [one for one in archive.infolist() if _is_workbook(one.filename)]
        if len(found) <= MOST_PACKED and not _is_blown_up(found, path):
            places = [(one.filename, _unpacked(archive, one, unpacked)) for one in found]
    yield from ((f"{name}/{own}", place, {}) for own, place in places)
    if not places:
        yield name, path, {}


def _ordinary(path: Path) -> ContentOnDisk:
    """Open an archive. Raises `BadZipFile` where there is none to open."""
    try:
        return ContentOnDisk(path, LARGEST_LIST)
    except OSError as error:
        raise zipfile.BadZipFile("it cannot be opened") from error


def _is_blown_up(found: Iterable[zipfile.ZipInfo], path: Path) -> bool:
    """Whether files take unpacked more than workbooks do, which are packed themselves."""
    room = min(MOST_PACKED_BYTES, max(ROOM, MOST_RATIO * path.stat().st_size))
    return sum(one.file_size for one in found) > room


def archives_below(folder: object, written: Path) -> Iterator[Path]:
    """Yield the archives in a folder and those below, but for what was `written` about a class."""
    if not isinstance(folder, str | os.PathLike) or not Path(os.fsdecode(folder)).is_dir():
        return
    for here, folders, files in os.walk(os.fsdecode(folder)):
        folders[:] = sorted(
            name for name in folders if name[0] != "." and placed(Path(here) / name) != written
        )
        paths = (Path(here) / name for name in sorted(files))
        yield from (path for path in paths if _is_archive(path.name))


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo, folder: Path) -> Path:
    """Return where a member stands now, saved when it was; of a damaged one, what there is.

    What is wrong with it is said where it is checked, and nothing of the others.
    """
    place = folder / f"{uuid4().hex}{PurePosixPath(member.filename).suffix.lower()}"
    most = max(ROOM, min(MAX_FILE, MOST_RATIO * member.compress_size))
    with place.open("wb") as target, suppress(*DAMAGED), archive.open(member) as source:
        pieces = iter(lambda: source.read(PIECE), b"")
        target.writelines(islice(pieces, most // PIECE + 1))
    try:
        stamp = calendar.timegm((*member.date_time, 0, 0, 0))
    except ValueError:  # a month that there is not
        stamp = NO_DATE
    os.utime(place, (stamp, stamp))
    return place


def _told_in(archive: zipfile.ZipFile) -> Metadata:
    """Return what the platform tells: once, as it stands outermost, and not what students pack."""
    named = (one for one in archive.infolist() if is_metadata(one.filename))
    outermost = min(named, key=lambda one: one.filename.count("/"), default=None)
    if outermost is None or outermost.file_size > LARGEST_METADATA:
        return {}
    with suppress(*DAMAGED), archive.open(outermost) as file:
        return submitters(TextIOWrapper(file, "utf-8", "replace"))
    return {}


def _is_meant(name: str) -> bool:
    return _is_workbook(name) or _is_archive(name)


def _is_workbook(name: str) -> bool:
    return PurePosixPath(name).suffix.lower() in WORKBOOKS and not _is_hidden(name)


def _is_archive(name: str) -> bool:
    return PurePosixPath(name).suffix.lower() == ARCHIVE and not _is_hidden(name)


def _is_hidden(name: str) -> bool:
    path = PurePosixPath(name)
    return path.name.startswith(LOCKS) or "__MACOSX" in path.parts
