"""The catalogue of mistakes: `MISTAKES` are all, `BY_NAME` finds one, the others are of one kind.

Each list stands in a module of its own, and is read when it is asked for: a sheet of one kind is
checked without the others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sheetprop.mistakes.catalogue import BY_NAME, MISTAKES, OF_ARRAYS, OF_ROWS

__all__ = ["BY_NAME", "MISTAKES", "OF_ARRAYS", "OF_ROWS"]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from sheetprop.mistakes import catalogue

    return getattr(catalogue, name)
