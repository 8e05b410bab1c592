"""Files and TOML read within bounds.

A pipe without a writer is waited for, a device such as ``/dev/zero`` never ends, and a key of fifty
thousand parts takes the parser of TOML gigabytes.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import Any

from sheetprop.lazily.patterns import pattern

LARGEST = 1 << 20
MOST_PARTS = 100
"""Parts of a key with dots, ``a.b.c``; and dots in a row of words, which only a key needs."""

NO_ORDINARY_FILE = "it is no ordinary file; save it as one on disk"
NONBLOCK = getattr(os, "O_NONBLOCK", 0)
"""Opens a pipe at once instead of waiting for whoever writes into it."""

_KEYS = pattern(r"""[\w.\-"' \t]+""")


def content_of(path: str | Path, most: int) -> bytes:
    """Return the bytes of a file, at most `most` and one: then it is larger.

    Raises:
        OSError: it cannot be read, or is a pipe, a device, a socket or a folder.
        ValueError: no file can have such a name.

    """
    with open(path, "rb", opener=opened) as file:
        content: bytes | None = file.read(most + 1)
    if content is None:  # what tells nothing now, such as the messages of the system
        raise OSError(errno.EINVAL, NO_ORDINARY_FILE)
    return content


def opened(path: str, flags: int) -> int:
    """Return the descriptor of an ordinary file, for what takes an `opener`.

    Raises:
        OSError: it cannot be opened, or is a pipe, a device, a socket or a folder.

    """
    descriptor = os.open(path, flags | NONBLOCK)
    kind = os.fstat(descriptor).st_mode
    if stat.S_ISREG(kind):
        return descriptor
    os.close(descriptor)
    if stat.S_ISDIR(kind):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), path)
    raise OSError(errno.EINVAL, NO_ORDINARY_FILE)


def loads(text: str) -> dict[str, Any]:
    """Return what a TOML text holds.

    Raises:
        ValueError: it is no TOML, or larger than any that a person writes.
        RecursionError: it is nested too deeply.

    """
    if len(text) > LARGEST:
        raise ValueError(f"more than {LARGEST >> 20} million characters")
    for found in _KEYS.finditer(text):
        if found[0].count(".") > MOST_PARTS:
            line = text.count("\n", 0, found.start()) + 1
            raise ValueError(f"more than {MOST_PARTS} dots in a row of words (at line {line})")
    import tomllib  # with dates and their libraries, which a call without such a file spares

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        raise
    except ValueError as error:  # of Python itself, which advises to change its settings
        is_long = "digits" in str(error)
        said = "a number has more digits than can be read" if is_long else str(error)
        raise ValueError(said) from error
