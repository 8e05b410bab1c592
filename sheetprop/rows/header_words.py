"""Which quantities of a lesson a header may name, in whichever language it was made."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from functools import lru_cache

from sheetprop.rows.plain_text import plain
from sheetprop.rows.row_lesson import ANY_ROW, RowKind, RowLesson
from sheetprop.words import languages, texts_of

LONGEST = 60
"""Characters of a header."""

FEWEST_OF_WORD = 4
"""Letters of a word: fewer in brackets are a symbol."""

_SET = re.compile(r"\(\s*\w+\s*=\s*[\d.,]+\s*\)")  # as in ELU (α = 1)
_NOTE = re.compile(r"\(([^()]*)\)")


@lru_cache(maxsize=16_384)
def named(text: str, lesson: RowLesson) -> tuple[str, ...]:
    """Return the quantities that a header may mean, the likeliest first.

    What stands in brackets may be a note, or the very symbol: ``Output Channels (n_out)``. A word
    in brackets that names another quantity is a note, as in ``GELU (tanh)``.
    """
    if not 1 <= len(text.strip()) <= LONGEST:
        return ()
    whole = tuple(_named(plain(text), lesson))
    if whole:  # the brackets of ReLU(z) are part of the name
        return whole
    if "(" not in text and "=" not in text:
        return ()
    before = _SET.sub("", text).split("=", 1)[0]  # behind it is a formula, no notes
    outside = tuple(_named(plain(_NOTE.sub("", before)), lesson))
    notes = [way for way in _NOTE.findall(before) if not outside or _is_symbol(way)]
    symbols = [name for way in notes for name in _named(plain(way), lesson)]
    return tuple(dict.fromkeys((*symbols, *outside, *_named(plain(before), lesson))))


def _is_symbol(text: str) -> bool:
    return "_" in text or len(plain(text)) < FEWEST_OF_WORD


def end_of(text: str, lesson: RowLesson) -> str | None:
    """Return the end of the name of what a header says of another column; None for others."""
    if not lesson.behind or len(text) > LONGEST:
        return None
    own = plain(text)
    return next((end for spelt, end in lesson.behind.items() if re.fullmatch(spelt, own)), None)


def _named(text: str, lesson: RowLesson) -> tuple[str, ...]:
    own = [name for name, shown in _shown(lesson) if shown == text]
    if _any_of(lesson).fullmatch(text):
        own += [
            one.name for one in lesson.stated if any(re.fullmatch(p, text) for p in one.headers)
        ]
    return tuple(dict.fromkeys(own))


@lru_cache(maxsize=32)
def _any_of(lesson: RowLesson) -> re.Pattern[str]:
    """Return one pattern of all headers: most texts are none, and that is told at once."""
    return re.compile("|".join(f"(?:{p})" for one in lesson.stated for p in one.headers))


@lru_cache(maxsize=32)
def _shown(lesson: RowLesson) -> tuple[tuple[str, str], ...]:
    """Return the headers that the lesson's own workbooks have, with their quantities."""
    return tuple(_of_languages(lesson)) if lesson.texts else ()


def _of_languages(lesson: RowLesson) -> Iterator[tuple[str, str]]:
    for language in languages():
        texts = texts_of(language)
        for one in lesson.stated:
            shown = texts.get(lesson.texts + one.name)
            if shown is not None:
                yield one.name, plain(shown)


def kind_of_row(
    texts: Iterator[str],
    lesson: RowLesson,
    filled: Container[str] = (),
    held: Container[str] | None = None,
) -> str:
    """Return what kind of row the texts in it say it is, and behind a blank in which manner.

    `filled` are the quantities of which the row has a number, `held` those with a column.
    """
    labels = [plain(text) for text in texts]
    own = [
        one
        for one in lesson.kinds
        if one.without not in filled
        and (not one.having or one.having in filled)
        and (held is None or not one.needed or one.needed in held)
    ]
    kind, manner = (_first_of(kinds, labels) for kinds in (own, lesson.manners))
    return f"{kind} {manner}" if manner else kind


def _first_of(kinds: Sequence[RowKind], labels: Sequence[str]) -> str:
    known = (kind.name for label in labels for kind in kinds if re.fullmatch(kind.label, label))
    return next(known, ANY_ROW)
