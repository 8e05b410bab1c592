"""The results of a class in an SQLite file, each as soon as it is there.

A run that was killed goes on where it was: what is stored for the same bytes and version is not
checked again, and what was drawn for a student is not drawn again.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from sheetprop.errors import WorkbookError
from sheetprop.whole import make_folder

NAME = "results.sqlite"
_TABLE = "create table if not exists result (key text primary key, record text not null)"


class Store(Protocol):
    """Records by the key of what was checked; to be closed."""

    def get(self, key: str) -> Mapping[str, Any] | None:
        """Return the record of a key, None where there is none."""

    def put(self, key: str, record: str) -> None:
        """Keep a record for good."""

    def close(self) -> None:
        """Close what the records are kept in."""


class FileStore:
    """Records in an SQLite file."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME
        make_folder(self._path)
        with _sentences(self._path):
            self._base = sqlite3.connect(self._path)
            with _closing_when_it_fails(self._base):
                # No second file stays beside it when the process is killed, also in a folder of a
                # network; without waiting for the disk a power cut may cost what can be made again.
                self._base.execute("pragma journal_mode = delete")
                self._base.execute("pragma synchronous = off")
                self._base.execute(_TABLE)
                self._base.commit()

    def get(self, key: str) -> Mapping[str, Any] | None:
        """Return the record of a key, None where there is none."""
        wanted = "select record from result where key = ?"
        with _sentences(self._path):
            found = self._base.execute(wanted, (key,)).fetchone()
            return None if found is None else _record(found[0])

    def put(self, key: str, record: str) -> None:
        """Keep a record for good."""
        with _sentences(self._path), self._base:
            self._base.execute("insert or replace into result values (?, ?)", (key, record))

    def close(self) -> None:
        """Close the file."""
        self._base.close()


def _record(text: str) -> Mapping[str, Any]:
    try:
        record = json.loads(text)
    except (ValueError, TypeError, RecursionError) as error:
        raise sqlite3.DatabaseError("a record is damaged") from error
    if not isinstance(record, dict):
        raise sqlite3.DatabaseError("a record is damaged")
    return record


@contextmanager
def _sentences(path: Path) -> Iterator[None]:
    """Turn what SQLite says into a sentence about its file."""
    try:
        yield
    except sqlite3.OperationalError as error:  # of the disk, and of another who writes into it
        raise WorkbookError(path, f"cannot be written ({error})") from error
    except sqlite3.Error as error:
        reason = f"cannot be used ({error}); remove it, and all is checked again"
        raise WorkbookError(path, reason) from error


@contextmanager
def _closing_when_it_fails(base: sqlite3.Connection) -> Iterator[None]:
    """Close what is not in use yet when the process is told to end, so that no litter is left."""
    try:
        yield
    except BaseException:
        base.close()
        raise
