"""Signs of mathematics for those who cannot write them: ``dE/dw1`` where there is no ∂."""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from types import MappingProxyType

NAME = "sheetprop.plain"
"""The name of this way to deal with what an encoding lacks, for `str.encode` and streams."""

PLAIN: Mapping[str, str] = MappingProxyType(
    {
        "∂": "d",
        "η": "eta",
        "σ": "sigma",
        "δ": "delta",
        "Δ": "Delta",
        "Σ": "sum",
        "∑": "sum",
        "′": "'",
        "½": "1/2",
        "²": "^2",
        "³": "^3",
        "·": "*",
        "×": "*",
        "÷": "/",
        "−": "-",
        "–": "-",
        "—": "-",
        "…": "...",
        "─": "-",
        "←": "<-",
        "→": "->",
        "≠": "!=",
        "≈": "~",
        "≤": "<=",
        "≥": ">=",
        "‘": "'",
        "’": "'",
        "“": '"',
        "”": '"',
        "‸": "^",
        "\N{REPLACEMENT CHARACTER}": "?",
        "\N{NO-BREAK SPACE}": " ",
        **{chr(0x2080 + digit): str(digit) for digit in range(10)},
    }
)
"""What is written instead of a sign that cannot be."""


def sign_for_sign(text: str, encoding: str) -> str:
    """Return a text of the same length that an encoding can write, so that places in it stay."""
    try:
        text.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return "".join(_one_for(sign, encoding) for sign in text)
    return text


def _one_for(sign: str, encoding: str) -> str:
    try:
        sign.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        plain = PLAIN.get(sign, "?")
        return plain if len(plain) == 1 else "?"
    return sign


def _instead(error: UnicodeError) -> tuple[str, int]:
    """Return what is written for the signs that could not be (a handler of errors)."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    signs = error.object[error.start : error.end]
    written = (
        PLAIN.get(sign) or sign.encode("ascii", "backslashreplace").decode() for sign in signs
    )
    return "".join(written), error.end


codecs.register_error(NAME, _instead)
