"""What is handed in: the workbooks of folders and archives, with what tells whose they are."""

from __future__ import annotations

import calendar
import hashlib
import lzma
import os
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from io import FileIO
from itertools import islice
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree as ET

from sheetprop.batch.given import LOCKS, WORKBOOKS, Given, all_given
from sheetprop.bounded import content_of
from sheetprop.classes.submitted.platforms import (
    LARGEST_METADATA,
    METADATA,
    NamedBy,
    named_by,
    submitters,
)
from sheetprop.errors import WorkbookError
from sheetprop.reports.cleaned import clean
from sheetprop.workbooks.reading.package import (
    MAX_FILE,
    UnsafeXmlError,
    content_at,
    open_package,
    refuse_doctype,
)

OWN_FOLDERS, OWN_GRADEBOOK = ("copies", "reports"), "gradebook.xlsx"
PROPERTIES = "docProps/custom.xml"
LARGEST_PROPERTIES = 1 << 16
MOST_MEMBERS = 100_000
MOST_BYTES = 8 << 30
NO_PROPERTIES: Mapping[str, str] = {}
LARGEST_LIST = 32 << 20
"""Bytes of an archive's list of its members: more of them take gigabytes once they are listed."""

PIECE = 1 << 20
NO_DATE = calendar.timegm((1980, 1, 1, 0, 0, 0))
"""What an archive says that knows no date."""

DAMAGED = (zipfile.BadZipFile, RuntimeError, EOFError, ValueError, zlib.error, lzma.LZMAError)
Metadata = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Submission:
    """One workbook handed in: its name, where it is, when it was saved, and its own properties."""

    name: str
    path: Path
    saved: float
    sha256: str
    properties: Mapping[str, str]
    named_by: NamedBy = NamedBy(())  # noqa: RUF009 - frozen

    @property
    def is_late(self) -> bool:
        """Whether the platform says that it came too late."""
        return self.named_by.is_late


class _Listed(FileIO):
    """An archive of which not too much is read at once while its members are listed."""

    is_open = False

    def read(self, size: int | None = -1, /) -> bytes:
        """Return the next bytes. Raises `BadZipFile` for a list longer than any class needs."""
        if not self.is_open and size is not None and size > LARGEST_LIST:
            raise zipfile.BadZipFile("it lists more than a class can hand in; unpack it")
        return super().read(size) or b""


def submissions(files: Iterable[object], unpacked: Path, written: Path) -> list[Submission]:
    """Return the workbooks that are meant, by their names in order; archives go to `unpacked`.

    What an earlier run has written in the folder `written` is not handed in by anybody.

    Raises:
        SheetpropError: there is none, or something is no path.
        WorkbookError: a folder or an archive cannot be read, or a path leads nowhere.

    """
    found: list[Submission] = []
    others: list[object] = []
    for file in files:
        path = Path(file) if isinstance(file, str | os.PathLike) else None
        if path is not None and path.suffix.lower() == ".zip" and path.is_file():
            found += _of_archive(path, unpacked)
        else:
            others.append(file)
    if others or not found:
        given = _handed_in(
            all_given(others, recursive=True, command="grade").files, written.resolve()
        )
        for file in given:
            if file.path and not os.path.lexists(file.path):  # a name mistyped, and no student's
                raise WorkbookError(file.path, "there is no such file or folder; check the name")
        base = _common(given)
        told = _told_beside(given)
        found += [_submission(_name(file, base), file.path, told) for file in given if file.path]
    return sorted(found, key=lambda one: one.name)


def _handed_in(given: Iterable[Given], written: Path) -> list[Given]:
    """Return the files without gradebooks and marked copies of an earlier run."""
    folders = {written / name for name in OWN_FOLDERS}
    paths = ((file, _placed(file.path)) for file in given if file.path)
    return [
        file
        for file, path in paths
        if path.parent not in folders and path != written / OWN_GRADEBOOK
    ]


def _placed(path: Path) -> Path:
    """Return where a file is handed in, whatever it may be a link to."""
    return Path(os.path.realpath(path.parent)) / path.name


def _common(given: Iterable[Given]) -> Path:
    """Return the folder that all files are in: names tell what is below it."""
    folders = [str(_placed(file.path).parent) for file in given if file.path]
    return Path(os.path.commonpath(folders)) if folders else Path()


def _name(file: Given, base: Path) -> str:
    assert file.path is not None
    return _placed(file.path).relative_to(base).as_posix()


def _told_beside(given: Iterable[Given]) -> Metadata:
    """Return what Gradescope says in the folders that hold those of the files."""
    found: dict[str, tuple[str, ...]] = {}
    for folder in {_placed(file.path).parent.parent for file in given if file.path}:
        path = folder / METADATA
        with suppress(OSError):
            if path.is_file() and path.stat().st_size <= LARGEST_METADATA:
                found |= submitters(content_of(path, LARGEST_METADATA).decode("utf-8", "replace"))
    return found


def _submission(name: str, path: Path, told: Metadata) -> Submission:
    content = b""
    with suppress(WorkbookError):  # what is wrong with it is said where it is checked
        content = content_at(path)
    saved = path.stat().st_mtime if path.exists() else 0.0
    digest = hashlib.sha256(content).hexdigest()
    told_by = named_by(name.removesuffix(path.suffix), told)
    name = name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    name = clean(name)  # what is no text, or cannot be seen, goes into no table
    return Submission(name, path, saved, digest, _properties(path, content), told_by)


def _of_archive(path: Path, unpacked: Path) -> Iterator[Submission]:
    """Unpack the workbooks of an archive under names of our own; theirs may lead anywhere."""
    try:
        with _Listed(path) as file, zipfile.ZipFile(file) as archive:
            file.is_open = True
            members = [one for one in archive.infolist() if _is_workbook(one.filename)]
            if len(members) > MOST_MEMBERS or sum(m.file_size for m in members) > MOST_BYTES:
                raise WorkbookError(path, "holds more than a class can hand in; unpack it")
            told = _told_in(archive)
            before = len(list(unpacked.iterdir()))
            for number, member in enumerate(members, before):
                place = unpacked / f"{number}{PurePosixPath(member.filename).suffix.lower()}"
                _unpack(archive, member, place)
                yield _submission(member.filename, place, told)
    except OSError as error:  # also of the folder for what is unpacked, which may be full
        raise WorkbookError(path, f"cannot be unpacked ({error.strerror or error})") from error
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise WorkbookError(path, f"is an archive that cannot be read ({error})") from error


def _unpack(archive: zipfile.ZipFile, member: zipfile.ZipInfo, place: Path) -> None:
    """Write a workbook with the date it has in the archive; of a damaged one, what there is.

    What is wrong with it is said where it is checked, and nothing of the others.
    """
    with place.open("wb") as target, suppress(*DAMAGED), archive.open(member) as source:
        pieces = iter(lambda: source.read(PIECE), b"")
        target.writelines(islice(pieces, MAX_FILE // PIECE + 1))
    try:
        stamp = calendar.timegm((*member.date_time, 0, 0, 0))
    except ValueError:  # a month that there is not
        stamp = NO_DATE
    os.utime(place, (stamp, stamp))


def _told_in(archive: zipfile.ZipFile) -> Metadata:
    found: dict[str, tuple[str, ...]] = {}
    for member in archive.infolist():
        is_meant = PurePosixPath(member.filename).name == METADATA
        if is_meant and member.file_size <= LARGEST_METADATA:
            with suppress(*DAMAGED):
                found |= submitters(archive.read(member).decode("utf-8", "replace"))
    return found


def _is_workbook(name: str) -> bool:
    path = PurePosixPath(name)
    is_hidden = path.name.startswith(LOCKS) or "__MACOSX" in path.parts
    return path.suffix.lower() in WORKBOOKS and not is_hidden


def _properties(path: Path, content: bytes) -> Mapping[str, str]:
    """Return the texts that a workbook has as its own properties, none where they are odd."""
    try:
        with open_package(path, content) as archive:
            part = archive.getinfo(PROPERTIES)
            if part.file_size > LARGEST_PROPERTIES:
                return NO_PROPERTIES
            text = archive.read(part)
        refuse_doctype(text)
        root = ET.fromstring(text)  # noqa: S314 - without a document type there are no entities
    except (WorkbookError, UnsafeXmlError, KeyError, ET.ParseError, zipfile.BadZipFile, OSError):
        return NO_PROPERTIES
    except (RuntimeError, ValueError, LookupError, EOFError, NotImplementedError, zlib.error):
        return NO_PROPERTIES
    return {one.get("name", ""): "".join(one.itertext()).strip() for one in root}
