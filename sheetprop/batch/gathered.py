"""The pieces of a document kept until all are there: their texts may be too many for memory."""

from __future__ import annotations

from collections.abc import Iterator
from tempfile import SpooledTemporaryFile

from sheetprop.reports.look import Piece

IN_MEMORY = 8 << 20


class Gathered:
    """The pieces so far; to be closed, since most of their texts stand in a temporary file."""

    def __init__(self) -> None:
        self.entries: list[tuple[str, ...]] = []
        self.file = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - closed by `close`
        self.lengths: list[int] = []

    def add(self, piece: Piece) -> None:
        """Keep one piece more."""
        content = piece.text.encode("utf-8", "backslashreplace")
        self.entries.append(piece.entry)
        self.lengths.append(len(content))
        self.file.write(content)

    def texts(self) -> Iterator[str]:
        """Yield the texts in the order in which they came."""
        self.file.seek(0)
        yield from (self.file.read(length).decode() for length in self.lengths)

    def close(self) -> None:
        """Give the temporary file back."""
        self.file.close()
