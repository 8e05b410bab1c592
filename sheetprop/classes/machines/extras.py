"""Libraries that only some need: asked for by name, with a sentence where they are missing."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from sheetprop.errors import SheetpropError


def needed(module: str, extra: str) -> Any:
    """Return a module of an extra.

    Raises:
        SheetpropError: it is not installed.

    """
    try:
        return import_module(module)
    except ImportError as error:
        wanted = f'install it with pip install "sheetprop[{extra}]"'
        raise SheetpropError(f"grade: this needs {module} ({error}); {wanted}") from error
