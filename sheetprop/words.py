"""The words a workbook shows, by key, in the language of the lesson.

English is complete (``templates/languages/en.toml``); other languages and the lesson itself replace
what they have. A text may hold names in braces, ``"η = {rate}"``, that stand for facts or cells.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from sheetprop.lazily.patterns import pattern
from sheetprop.shipped import folder
from sheetprop.spec import Spec

ENGLISH = "en"
_OF_ONE = "_of_one"  # ends the keys of what is said where there is one of several
_VALIDATED = "_validated"  # of what is said where validation images stand for those of the test
FIELD = pattern(r"\{(\w+)\}")


class Words(dict[str, str]):
    """Texts by key; called with facts, a text with them put in."""

    def __call__(self, key: str, **facts: object) -> str:
        """Return a text with facts in the place of the names in braces."""
        return self[key].format(**facts)

    def of_one(self) -> Words:
        """Return the words where there is one run only: those that have others for that."""
        return self._instead(_OF_ONE)

    def of_validation(self) -> Words:
        """Return the words where accuracies are those on validation images."""
        return self._instead(_VALIDATED)

    def _instead(self, end: str) -> Words:
        others = {key.removesuffix(end): self[key] for key in self if key.endswith(end)}
        return Words({**self, **others})

    def quoted(self, key: str) -> str:
        """Return a text as part of a formula."""
        return _quoted(self[key])

    def formula(self, key: str, **references: str) -> str:
        """Return a formula that shows a text with cells in the place of the names in braces.

        A reference may be any expression, such as ``TEXT(B2,"0.00")``.
        """
        pieces = FIELD.split(self[key])
        texts = [
            _quoted(piece) if k % 2 == 0 else references[piece] for k, piece in enumerate(pieces)
        ]
        return "=" + "&".join(text for text in texts if text != '""')


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


@cache
def texts_of(language: str) -> Mapping[str, str]:
    """Return all texts of a shipped language."""
    import tomllib

    content = (folder() / "languages" / f"{language}.toml").read_text(encoding="utf-8")
    return MappingProxyType(tomllib.loads(content))


def languages() -> list[str]:
    """Return the shipped languages, English first."""
    found = sorted(path.stem for path in (folder() / "languages").glob("*.toml"))
    return sorted(found, key=lambda language: language != ENGLISH)


def words_of(spec: Spec) -> Words:
    """Return the words of a lesson: its own, else those of its language, else English."""
    return Words({**texts_of(ENGLISH), **spec.texts})
