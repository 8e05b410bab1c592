"""Texts that spreadsheet programs take for numbers when something is calculated from them."""

from __future__ import annotations

_SIGNS = frozenset("0123456789+-.eE")


def is_number_text(text: object) -> bool:
    """Whether a value is a text of digits, such as ``"0.15"``, which ``+`` and ``*`` convert."""
    if not isinstance(text, str):
        return False
    digits = text.strip().removesuffix("%").rstrip()
    if not digits or not _SIGNS.issuperset(digits):
        return False
    try:
        float(digits)
    except ValueError:
        return False
    return True
