"""Files at addresses such as ``s3://course/submissions``: fetched before, and sent after."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sheetprop.batch.given import WORKBOOKS
from sheetprop.classes.grades.store import NAME
from sheetprop.classes.machines.extras import needed
from sheetprop.classes.submitted.platforms import METADATA
from sheetprop.destination import placed
from sheetprop.errors import WorkbookError

SIGN = "://"
TAKEN = frozenset({*WORKBOOKS, ".zip"})


def is_address(path: object) -> bool:
    """Whether something names a place on another machine, or one by its scheme."""
    return isinstance(path, str) and SIGN in path


@contextmanager
def places(files: Iterable[object], output: str | Path) -> Iterator[tuple[list[object], Path]]:
    """Yield the files and the output folder as paths of this machine, as long as they are needed.

    Raises:
        SheetpropError: the library for addresses is not installed.
        WorkbookError: an address cannot be read or written.

    """
    with tempfile.TemporaryDirectory(prefix="sheetprop-") as name:
        given = fetched(files, Path(name) / "in")
        if isinstance(output, str) and is_address(output):
            with output_folder(output, Path(name) / "out") as folder:
                yield given, folder
        else:
            yield given, Path(output)


def fetched(files: Iterable[object], folder: Path) -> list[object]:
    """Return the files with those at addresses put into `folder`, under the names they have.

    Raises:
        SheetpropError: the library for addresses is not installed.
        WorkbookError: an address cannot be read.

    """
    found: list[object] = []
    for number, one in enumerate(files):
        if isinstance(one, str) and is_address(one):
            found += _fetched(one, folder / str(number))
        else:
            found.append(one)
    return found


def _fetched(address: str, folder: Path) -> list[object]:
    system, root = _system(address)
    try:
        names = system.find(root) or ([root] if system.exists(root) else [])
        for name in names:
            path = Path(name)
            if path.suffix.lower() in TAKEN or path.name == METADATA:
                inner = name[len(root) :].strip("/") or path.name
                place = folder / inner
                if not placed(place).is_relative_to(placed(folder)):
                    continue
                place.parent.mkdir(parents=True, exist_ok=True)
                system.get_file(name, str(place))
    except Exception as error:  # each system has errors of its own
        raise WorkbookError(address, f"cannot be read ({error})") from error
    came = sorted(folder.rglob("*"))
    archives: list[object] = [path for path in came if path.suffix.lower() == ".zip"]
    has_workbooks = any(path.suffix.lower() in WORKBOOKS for path in came)
    return [folder, *archives] if has_workbooks or not archives else archives


@contextmanager
def output_folder(output: str, folder: Path) -> Iterator[Path]:
    """Yield a folder whose files are sent to an address at the end, however it comes.

    The results so far are fetched from there first, so that a run that was broken off goes on.

    Raises:
        SheetpropError: the library for addresses is not installed.
        WorkbookError: the address cannot be read or written.

    """
    system, root = _system(output)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if system.exists(f"{root}/{NAME}"):
            system.get_file(f"{root}/{NAME}", str(folder / NAME))
    except Exception as error:
        raise WorkbookError(output, f"cannot be read ({error})") from error
    try:
        yield folder
    finally:
        _send(system, root, folder, output)


def _send(system: Any, root: str, folder: Path, output: str) -> None:
    try:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            place = f"{root}/{path.relative_to(folder).as_posix()}"
            system.makedirs(place.rpartition("/")[0], exist_ok=True)
            system.put_file(str(path), place)
    except Exception as error:
        raise WorkbookError(output, f"cannot be written ({error})") from error


def _system(address: str) -> tuple[Any, str]:
    try:
        system, root = needed("fsspec.core", "fsspec").url_to_fs(address)
    except (ValueError, ImportError, OSError) as error:
        raise WorkbookError(address, f"is no address that can be used ({error})") from error
    return system, root.rstrip("/")
