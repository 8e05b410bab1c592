"""The words, numbers and signs of a formula that people wrote out as text."""

from __future__ import annotations

from collections.abc import Callable

from sheetprop.errors import FormulaSyntaxError
from sheetprop.lazily.patterns import pattern

NameOf = Callable[[str], str | None]
"""Gives the quantity that a word names, or None."""

_TOKEN = pattern(r"\s*(\d+\.?\d*|\.\d+|[^\W\d]\w*|[-+*/^()∂])")
_SIGMOID = frozenset({"σ", "sigma", "sig", "sigmoid", "o", "s"})
FUNCTIONS = {"exp": "EXP", "ln": "LN", "tanh": "TANH"}


def tokens_of(side: str, name_of: NameOf) -> list[str]:
    """Return what one side of a formula consists of; a d in front of a name is a ∂.

    Raises:
        FormulaSyntaxError: a sign or a word is none of a formula.

    """
    tokens: list[str] = []
    end = 0
    text = side.rstrip()
    while end < len(text):
        match = _TOKEN.match(text, end)
        if match is None:
            raise unclear(side, text[end])
        word, following = match[1], text[match.end() :].lstrip()[:1]
        parts = _parts(word, following, name_of)
        if parts is None:
            raise unclear(side, word)
        tokens += parts
        end = match.end()
    return tokens


def _parts(word: str, following: str, name_of: NameOf) -> list[str] | None:
    """Return a word as it is, or as ∂ and the rest: ``dw1``, ``dE_total``, ``d``."""
    if not word[0].isalpha() or _is_known(word, following, name_of):
        return [word]
    if word == "d":
        return ["∂"]
    rest = word[1:].lstrip("_")
    if word[0] == "d" and rest and _is_known(rest, following, name_of):
        return ["∂", rest]
    return None


def _is_known(word: str, following: str, name_of: NameOf) -> bool:
    if following == "(" and (word.lower() in _SIGMOID or word.lower() in FUNCTIONS):
        return True
    if word in ("e", "E") and following == "^":
        return True
    return name_of(word) is not None


def unclear(side: str, what: str) -> FormulaSyntaxError:
    """Return the error that says what of a formula cannot be read with confidence."""
    return FormulaSyntaxError(side, f"{what!r} is not clear")
