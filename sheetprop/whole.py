"""Files that appear whole or not at all, and of which nothing is left when the process is ended.

A file is written beside its place under another name, and moved there once it is complete. What is
not complete is known by name, so that it can be removed however the process comes to its end.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sheetprop.caller import argument
from sheetprop.errors import WorkbookError

PREFIX = ".sheetprop-"

_unfinished: set[Path] = set()


@contextmanager
def written(path: Path, *, force: bool = False, argument_name: str = "output") -> Iterator[Path]:
    """Yield the place to write what becomes `path` when the block ends without an exception.

    Missing folders are made. A file that exists is replaced only with `force`, also when it came
    into being meanwhile. `argument_name` is what the caller calls the path.

    Raises:
        WorkbookError: the file exists and `force` is not given, or it cannot be written.

    """
    unfinished = begun(path)
    try:
        make_folder(path)
        with _blaming(path):
            yield unfinished
        finish(unfinished, path, force=force, argument_name=argument_name)
    finally:
        discard(unfinished)


@contextmanager
def written_folder(folder: Path, *, force: bool = False) -> Iterator[Path]:
    """Yield a folder whose files move to `folder` when the block ends without an exception.

    Until then nothing is in `folder`, and where one of the files stands there already without
    `force`, none of them gets there.

    Raises:
        WorkbookError: a file exists and `force` is not given, or cannot be written.

    """
    unfinished = begun(folder)
    try:
        with _blaming(folder):
            unfinished.mkdir(parents=True)
            yield unfinished
        files = sorted(path for path in unfinished.rglob("*") if path.is_file())
        places = [folder / path.relative_to(unfinished) for path in files]
        taken = next((place for place in places if place.exists() and not force), None)
        if taken is not None:
            raise exists_already(taken, "output")
        for path, place in zip(files, places, strict=True):
            make_folder(place)
            with _blaming(place):
                _move(path, place, force=force)
    except WorkbookError as error:
        if unfinished not in error.file.parents:
            raise
        place = folder / error.file.relative_to(unfinished)  # where it was to be in the end
        raise WorkbookError(place, error.reason) from error
    finally:
        discard(unfinished)


def begun(path: Path) -> Path:
    """Return a place beside `path` for what is not complete, to be finished or discarded."""
    unfinished = path.with_name(f"{PREFIX}{os.urandom(8).hex()}{path.suffix}")
    _unfinished.add(unfinished)
    return unfinished


def finish(
    unfinished: Path, path: Path, *, force: bool = False, argument_name: str = "output"
) -> None:
    """Move what is complete to its place.

    Raises:
        WorkbookError: as `written`.

    """
    try:
        with _blaming(path):
            _move(unfinished, path, force=force)
    except FileExistsError as error:
        raise exists_already(path, argument_name) from error
    finally:
        discard(unfinished)


def discard(unfinished: Path) -> None:
    """Remove what was not completed, or what is left of it."""
    with suppress(OSError):
        if unfinished.is_dir():
            shutil.rmtree(unfinished, ignore_errors=True)
        else:
            unfinished.unlink(missing_ok=True)
    _unfinished.discard(unfinished)


def make_folder(path: Path) -> None:
    """Make the folders in which a file is to stand, where they are missing.

    Raises:
        WorkbookError: they cannot be made.

    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WorkbookError(path, f"cannot be written ({error.strerror or error})") from error
    except UnicodeEncodeError as error:
        raise WorkbookError(path, letters_lacking(error)) from error


@contextmanager
def _blaming(path: Path) -> Iterator[None]:
    """Turn what the system says while a file is written into a sentence about the file."""
    try:
        yield
    except FileExistsError:
        raise
    except OSError as error:
        raise WorkbookError(path, f"cannot be written ({error.strerror or error})") from error
    except UnicodeEncodeError as error:
        raise WorkbookError(path, letters_lacking(error)) from error


def letters_lacking(error: UnicodeEncodeError) -> str:
    """Return why a file cannot be written whose name this system cannot spell."""
    lacking = error.object[error.start : error.end][:9]
    advice = "set LC_ALL=C.UTF-8, or give it another name"
    return f'cannot be written: names of files have no "{lacking}" in the locale set here; {advice}'


def exists_already(path: Path, argument_name: str) -> WorkbookError:
    """Return the error of a file that may not be overwritten."""
    overwrite, other = argument("force", True), argument(argument_name)
    problem = f"exists already; overwrite it with {overwrite} or choose another {other}"
    return WorkbookError(path, problem)


def remove_unfinished() -> None:
    """Remove all that an interrupted process has not completed."""
    for unfinished in list(_unfinished):
        discard(unfinished)


def _move(unfinished: Path, path: Path, *, force: bool) -> None:
    if force:
        unfinished.replace(path)
        return
    try:
        os.link(unfinished, path)  # unlike a move, it never takes the place of another file
    except FileExistsError:
        raise
    except OSError:  # a file system that has no links
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
        unfinished.replace(path)
