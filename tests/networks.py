"""The shipped templates that are networks with runs."""

from __future__ import annotations

from sheetprop.spec import Spec
from sheetprop.template import any_lesson, names


def networks() -> list[str]:
    """Return their names, ``classic`` first."""
    return [name for name in names() if isinstance(any_lesson(name), Spec)]
