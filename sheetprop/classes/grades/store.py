"""The results of a class in an SQLite file, each as soon as it is there.

A run that was killed goes on where it was: what is stored for the same bytes and version is not
checked again, and what was drawn for a student is not drawn again.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
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
        path = folder / NAME
        make_folder(path)
        try:
            self._base = sqlite3.connect(path)
            self._base.execute("pragma journal_mode = wal")
            self._base.execute("pragma synchronous = normal")  # a killed process loses nothing
            self._base.execute(_TABLE)
            self._base.commit()
        except sqlite3.Error as error:
            reason = f"cannot be used ({error}); remove it, and all is checked again"
            raise WorkbookError(path, reason) from error

    def get(self, key: str) -> Mapping[str, Any] | None:
        """Return the record of a key, None where there is none."""
        found = self._base.execute("select record from result where key = ?", (key,)).fetchone()
        return None if found is None else json.loads(found[0])

    def put(self, key: str, record: str) -> None:
        """Keep a record for good."""
        with self._base:
            self._base.execute("insert or replace into result values (?, ?)", (key, record))

    def close(self) -> None:
        """Close the file."""
        self._base.close()
