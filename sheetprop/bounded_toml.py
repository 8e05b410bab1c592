"""TOML read within bounds: a key of fifty thousand parts takes the parser gigabytes."""

from __future__ import annotations

from typing import Any

from sheetprop.lazily.patterns import pattern

LARGEST = 1 << 20
MOST_PARTS = 100
"""Parts of a key with dots, ``a.b.c``; and dots in a row of words, which only a key needs."""

_KEYS = pattern(r"""[\w.\-"' \t]+""")


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

    return tomllib.loads(text)
