"""The results of a class in a database that an SQLAlchemy URL names, such as PostgreSQL."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from sheetprop.classes.machines.extras import needed
from sheetprop.errors import WorkbookError

PATIENCE = 60.0
"""Seconds in which a server that went away may come back."""

T = TypeVar("T")


class DatabaseStore:
    """Records by the key of what was checked; to be closed.

    A server that is started again meanwhile is waited for: each statement stands for itself and
    may be made twice.
    """

    def __init__(self, url: str) -> None:
        self._sql = needed("sqlalchemy", "postgresql")
        try:
            self._engine = self._sql.create_engine(url, pool_pre_ping=True)
            meta = self._sql.MetaData()
            text = self._sql.Text
            key = self._sql.Column("key", self._sql.String(80), primary_key=True)
            record = self._sql.Column("record", text, nullable=False)
            self._table = self._sql.Table("sheetprop_result", meta, key, record)
            self._patiently(lambda: meta.create_all(self._engine))
        except (self._sql.exc.SQLAlchemyError, ImportError) as error:
            raise _unusable(error) from error

    def get(self, key: str) -> Mapping[str, Any] | None:
        """Return the record of a key, None where there is none."""
        wanted = self._sql.select(self._table.c.record).where(self._table.c.key == key)

        def asked() -> str | None:
            with self._engine.connect() as connection:
                found: str | None = connection.execute(wanted).scalar()
                return found

        text = self._patiently(asked)
        return None if text is None else json.loads(text)

    def put(self, key: str, record: str) -> None:
        """Keep a record for good."""

        def kept() -> None:
            with self._engine.begin() as connection:
                connection.execute(self._table.delete().where(self._table.c.key == key))
                connection.execute(self._table.insert().values(key=key, record=record))

        self._patiently(kept)

    def close(self) -> None:
        """Give back the connections."""
        self._engine.dispose()

    def _patiently(self, act: Callable[[], T]) -> T:
        """Return what an act returns; it is done again while the server is away."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                return act()
            except (self._sql.exc.OperationalError, self._sql.exc.InterfaceError) as error:
                if time.monotonic() > end:
                    raise _unusable(error) from error
                time.sleep(0.5)
            except self._sql.exc.IntegrityError:  # another has kept the same meanwhile
                if time.monotonic() > end:
                    raise


def _unusable(error: Exception) -> WorkbookError:
    reason = str(getattr(error, "orig", None) or error).strip().partition("\n")[0]
    return WorkbookError("the database", f"cannot be used ({reason}); look at --store")
