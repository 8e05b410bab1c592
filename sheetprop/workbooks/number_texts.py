"""Texts that spreadsheet programs take for numbers when something is calculated from them."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"\s*[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d{1,3})?\s*%?\s*", re.ASCII)


def is_number_text(text: object) -> bool:
    """Whether a value is a text of digits, such as ``"0.15"``, which ``+`` and ``*`` convert."""
    return isinstance(text, str) and _NUMBER.fullmatch(text) is not None
