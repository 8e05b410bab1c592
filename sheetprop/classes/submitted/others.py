"""What is handed in beside workbooks: a PDF or a photo is no worksheet, but not nothing either."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path, PurePosixPath

from sheetprop.batch.given import LOCKS, WORKBOOKS
from sheetprop.classes.rosters.roster import Student
from sheetprop.classes.submitted.archives import ARCHIVE, DAMAGED, LARGEST_LIST
from sheetprop.classes.submitted.platforms import METADATA, named_by
from sheetprop.classes.submitted.recognised import by_path
from sheetprop.classes.submitted.submissions import Submission
from sheetprop.destination import placed
from sheetprop.workbooks.reading.package import ContentOnDisk

MOST_OTHERS = 10_000
"""So many names of other files are looked at."""


def handed_otherwise(
    files: Iterable[object], written: Path, students: Sequence[Student]
) -> dict[str, list[str]]:
    """Return by id the names of files that are no workbooks, in folders and downloads."""
    found: dict[str, list[str]] = {}
    names = _others(files, placed(written)) if students else ()
    for name in islice(names, MOST_OTHERS):
        stem = name.removesuffix(PurePosixPath(name).suffix)
        told = Submission(name, Path(name), 0.0, "", {}, named_by(stem, {}))
        student = by_path(told, students)
        if student is not None:
            found.setdefault(student.id, []).append(name)
    return found


def _others(files: Iterable[object], written: Path) -> Iterator[str]:
    for file in files:
        path = Path(os.fsdecode(file)) if isinstance(file, str | os.PathLike) else None
        if path is None or not path.exists():
            continue
        names = _below(path, written) if path.is_dir() else _inside(path)
        yield from filter(_is_other, names)


def _below(folder: Path, written: Path) -> Iterator[str]:
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if placed(Path(here) / name) != written)
        yield from (Path(here, name).relative_to(folder).as_posix() for name in sorted(names))


def _inside(path: Path) -> Iterator[str]:
    if path.suffix.lower() != ARCHIVE:
        return
    with (
        suppress(OSError, *DAMAGED),
        ContentOnDisk(path, LARGEST_LIST) as file,
        zipfile.ZipFile(file) as archive,
    ):
        file.is_open = True
        yield from (one.filename for one in archive.infolist() if not one.is_dir())


def _is_other(name: str) -> bool:
    path = PurePosixPath(name)
    is_hidden = path.name.startswith((".", *LOCKS)) or "__MACOSX" in path.parts
    return not is_hidden and path.name != METADATA and path.suffix.lower() not in _MEANT


_MEANT = frozenset({*WORKBOOKS, ARCHIVE})
