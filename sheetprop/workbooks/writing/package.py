"""An .xlsx file as a zip file (ECMA-376 part 2), packed as small as numbers allow."""

from __future__ import annotations

import errno
import struct
import zlib
from collections.abc import Iterable
from typing import IO

TEXT, DIGITS, FORMULAS = "text", "digits", "formulas"
"""What a part consists of, for the most."""

_HOW = {
    TEXT: (8, 15, 6, zlib.Z_DEFAULT_STRATEGY),
    DIGITS: (7, 12, 6, zlib.Z_FILTERED),
    FORMULAS: (8, 14, 8, zlib.Z_DEFAULT_STRATEGY),
}
"""Level, window (how far back a repetition is looked for, as a power of two), memory and strategy,
which the zipfile module has no options for. A higher level takes longer for a hundredth; more
memory makes a file of digits larger, since the code that they are packed by changes less often.

Digits hardly ever repeat: told to look for long repetitions only, zlib packs them smaller and
quicker. Formulas are almost those of the cell to the left or above: who looks further back finds
repetitions a little longer, and how far back they are takes more room than that saves.
"""

_VERSION, _PACKED = 20, 8
_FIRST_DAY = 0x21  # 1 January 1980: equal workbooks are equal files
_PUBLIC = 0o644 << 16
_MOST = 0xFFFFFFFF
_PART = struct.Struct("<4s5H3L2H")
_ENTRY = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")


class Package:
    """Writes the parts of a file one after the other, each piece by piece."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._entries: list[bytes] = []

    def add(self, name: str, pieces: Iterable[bytes], kind: str = TEXT) -> None:
        """Write a part.

        Raises:
            OSError: it cannot be written, or the file gets larger than programs can open.

        """
        begin = self._file.tell()
        self._file.write(bytes(_PART.size) + name.encode())
        checksum, size, packed_size = 0, 0, 0
        level, window, memory, strategy = _HOW[kind]
        packer = zlib.compressobj(level, zlib.DEFLATED, -window, memory, strategy)
        for piece in pieces:
            checksum = zlib.crc32(piece, checksum)
            size += len(piece)
            packed_size += self._file.write(packer.compress(piece))
        packed_size += self._file.write(packer.flush())
        end = self._file.tell()
        if max(size, end) > _MOST:
            raise OSError(errno.EFBIG, "it would be larger than the 4 GB that programs can open")
        about = (0, _PACKED, 0, _FIRST_DAY, checksum, packed_size, size, len(name.encode()), 0)
        self._file.seek(begin)
        self._file.write(_PART.pack(b"PK\3\4", _VERSION, *about))
        self._file.seek(end)
        entry = _ENTRY.pack(b"PK\1\2", _VERSION, _VERSION, *about, 0, 0, 0, _PUBLIC, begin)
        self._entries.append(entry + name.encode())

    def close(self) -> None:
        """Write the list of parts."""
        begin = self._file.tell()
        entries = b"".join(self._entries)
        count = len(self._entries)
        self._file.write(entries)
        self._file.write(_END.pack(b"PK\5\6", 0, 0, count, count, len(entries), begin, 0))
