"""What a kind of lesson consists of: the keys of its templates, and the workbook they become."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sheetprop.validate import Reader
from sheetprop.words import Words
from sheetprop.workbooks.sheet import Workbook

WORKED, BLANK, FADED, SOLUTION = "worked", "blank", "faded", "solution"


@dataclass(frozen=True, slots=True)
class KindLesson:
    """A lesson that is no network with its runs: its `content` is what its `kind` reads."""

    kind: str
    name: str
    content: Any
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of lesson, by the word that templates have behind ``lesson =``.

    `sections` and `required` are the keys of its templates besides ``[texts]``. `read` makes the
    content of a lesson from their values, given the source that a `SpecError` names; `describe`
    says in a few words what the content is; `layout` makes its workbook in one of `variants`, with
    texts in one of `languages`, which are all where none is named. `networks` are the contents that
    may be asked for by name in place of the template's.
    """

    name: str
    sections: Mapping[str, Mapping[str, Reader]]
    required: tuple[str, ...]
    read: Callable[[str, Mapping[str, Any]], Any]
    describe: Callable[[Any], str]
    layout: Callable[[Any, Words, str], Workbook]
    variants: tuple[str, ...] = (WORKED, BLANK, SOLUTION)
    languages: tuple[str, ...] = ()
    networks: tuple[str, ...] = ()


def section_of(values: Mapping[str, Any], section: str) -> dict[str, Any]:
    """Return the values of a section of a template by their keys in it."""
    found = (name.partition(".") for name in values)
    return {key: values[f"{own}.{key}"] for own, _, key in found if own == section}
