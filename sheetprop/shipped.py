"""What comes with sheetprop and is no code: the folder of templates."""

from __future__ import annotations

from pathlib import Path

from sheetprop.errors import SheetpropError


def folder() -> Path:
    """Return the folder of the shipped templates.

    In an installed wheel it stands in the package; in a checkout, also one installed with
    ``pip install -e``, beside it.

    Raises:
        SheetpropError: neither is there.

    """
    package = Path(__file__).parent
    for place in (package / "templates", package.parent / "templates"):
        if (place / "classic.toml").is_file():
            return place
    raise SheetpropError(f"{package / 'templates'}: the templates are missing; reinstall sheetprop")
