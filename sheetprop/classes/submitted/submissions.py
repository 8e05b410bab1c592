"""What is handed in: the workbooks of folders and archives, with what tells whose they are."""

from __future__ import annotations

import hashlib
import os
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO, TextIOWrapper
from pathlib import Path
from xml.etree import ElementTree as ET

from sheetprop.batch.given import Given, all_given
from sheetprop.bounded import content_of
from sheetprop.classes.submitted.archives import (
    ARCHIVE,
    Metadata,
    archives_below,
    in_archive,
    members,
)
from sheetprop.classes.submitted.platforms import (
    LARGEST_METADATA,
    METADATA,
    NamedBy,
    is_metadata,
    named_by,
    submitters,
)
from sheetprop.destination import placed
from sheetprop.errors import SheetpropError, WorkbookError
from sheetprop.reports.cleaned import clean
from sheetprop.workbooks.reading.package import (
    MAX_FILE,
    ContentOnDisk,
    UnsafeXmlError,
    package_in,
    refuse_doctype,
)

OWN_FOLDERS, OWN_GRADEBOOK = ("copies", "reports"), "gradebook.xlsx"
PROPERTIES = "docProps/custom.xml"
LARGEST_PROPERTIES = 1 << 16
BLOCK = 1 << 20
NO_PROPERTIES: Mapping[str, str] = {}


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
        if path is not None and path.suffix.lower() == ARCHIVE and path.is_file():
            found += (_submission(*member) for member in members(path, unpacked))
        else:
            others.append(file)
    if others or not found:
        found += _of_folders(others, unpacked, placed(written))
    return sorted(found, key=lambda one: one.name)


def _of_folders(files: Sequence[object], unpacked: Path, written: Path) -> Iterator[Submission]:
    """Yield the workbooks of folders and files, also of the archives in the folders."""
    archives = [path for file in files for path in archives_below(file, written)]
    # Where students hand in archives, no workbook need be among them.
    given = [] if archives and not _has_workbook(files) else _handed_in(files, written)
    for file in given:
        if file.path and not os.path.lexists(file.path):  # a name mistyped, and no student's
            raise WorkbookError(file.path, "there is no such file or folder; check the name")
    paths = [file.path for file in given if file.path]
    base = _common([*paths, *archives], files)
    told = _told_beside([*paths, *archives], base)
    for path in paths:
        yield _submission(_name(path, base), path, told)
    for path in archives:
        for name, place, _ in in_archive(_name(path, base), path, unpacked):
            yield _submission(name, place, told)


def _has_workbook(files: Iterable[object]) -> bool:
    try:
        return bool(all_given(files, recursive=True, command="grade").files)
    except SheetpropError:
        return False


def _handed_in(files: Iterable[object], written: Path) -> list[Given]:
    """Return the files without gradebooks and marked copies of an earlier run."""
    given = all_given(files, recursive=True, command="grade").files
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


def _common(paths: Iterable[Path], given: Iterable[object]) -> Path:
    """Return the folder that all files and all given folders are in: names tell what is below it.

    A folder that was given may hold a single one, whose name says who handed it in.
    """
    named = (Path(one) for one in given if isinstance(one, str | os.PathLike))
    folders = [str(_placed(path).parent) for path in paths]
    folders += [os.path.realpath(one) for one in named if folders and one.is_dir()]
    return Path(os.path.commonpath(folders)) if folders else Path()


def _name(path: Path, base: Path) -> str:
    return _placed(path).relative_to(base).as_posix()


def _told_beside(paths: Iterable[Path], base: Path) -> Metadata:
    """Return what Gradescope says in the folders that hold those of the files."""
    found: dict[str, tuple[str, ...]] = {}
    places = {_placed(path).parent.parent / METADATA for path in paths}
    for path in sorted(place for place in places if is_metadata(os.path.relpath(place, base))):
        with suppress(OSError):
            content = content_of(path, LARGEST_METADATA)
            if len(content) <= LARGEST_METADATA:
                found |= submitters(TextIOWrapper(BytesIO(content), "utf-8", "replace"))
    return found


def _submission(name: str, path: Path, told: Metadata) -> Submission:
    saved = path.stat().st_mtime if path.exists() else 0.0
    digest, properties = _looked_into(path)
    told_by = named_by(name.removesuffix(path.suffix), told)
    name = name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    name = clean(name)  # what is no text, or cannot be seen, goes into no table
    return Submission(name, path, saved, digest, properties, told_by)


def _looked_into(path: Path) -> tuple[str, Mapping[str, str]]:
    """Return the SHA-256 of a file, and its own properties; it is never whole in memory.

    What is wrong with it is said where it is checked.
    """
    with suppress(OSError, ValueError), ContentOnDisk(path) as file:
        if os.fstat(file.fileno()).st_size <= MAX_FILE:
            return _digest(file), _properties(path, file)
    return hashlib.sha256().hexdigest(), NO_PROPERTIES


def _digest(file: ContentOnDisk) -> str:
    """Return the SHA-256 of what a file holds.

    `hashlib.file_digest` never ends with one that has nothing to say just now.
    """
    found, left = hashlib.sha256(), MAX_FILE + 1
    while left > 0 and (block := file.read(min(BLOCK, left))):
        found.update(block)
        left -= len(block)
    return found.hexdigest()


def _properties(path: Path, file: ContentOnDisk) -> Mapping[str, str]:
    """Return the texts that a workbook has as its own properties, none where they are odd."""
    try:
        with package_in(path, file) as archive:
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
