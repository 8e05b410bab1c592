"""The only output of a network needs no number: ``o``, ``out_o`` and ``t`` are o1, a_o1 and t1.

What is called an output with a number is an activation, unless another one is called that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from sheetprop.lazily.patterns import pattern
from sheetprop.maths.names import family, number
from sheetprop.rows.plain_text import plain
from sheetprop.workbooks.sheet import Address, Sheet
from sheetprop.workbooks.sweeps import constants

_SPELLINGS: Mapping[str, tuple[re.Pattern[str], ...]] = {
    "t1": (pattern(r"t|target|targetoutput|expected|expectedoutput|desired"), pattern(r"y")),
    "o1": (pattern(r"(?:net|z|in|sum)?\(?o(?:ut)?\)?"), pattern(r"(?:net|z|in)\(?y\)?")),
    "a_o1": (
        pattern(r"(?:a|act|activation|out|sigma|sig|sigmoid|s)\(?o(?:ut)?\)?"),
        pattern(r"yhat|ŷ|ypred|prediction|predicted|predictedoutput|output"),
        pattern(r"out"),
    ),
}
"""How the only output is called, the spellings that tell most first."""

_NUMBERED = pattern(r"(?:output|prediction|pred|yhat|ŷ|ausgabe|输出|出力|आउटपुट)o?(\d{1,2})")
"""How the activation of one of several outputs is called, where it has no name of its own."""

NEEDED = frozenset({"w", "h"})
"""Families without which no table of a network with hidden neurons is meant."""

OF_OUTPUTS = ("t", "o", "a_o", "E")
LONGEST = 40


def lone_outputs(sheet: Sheet, named: Mapping[Address, str]) -> Iterator[tuple[Address, str, str]]:
    """Yield (cell, quantity, text) of the texts that name the only output of a network.

    `named` are the cells of the sheet that name a quantity with a number: where another output has
    one, or the only one has its own, none is meant.
    """
    names = set(named.values())
    families = {family(name) for name in names}
    if families >= NEEDED and "a_o" not in families:
        yield from _numbered(sheet, named)
    if not families >= NEEDED or any(number(n) > 1 for n in names if family(n) in OF_OUTPUTS):
        return
    plain_texts = [
        (cell, plain(content.value), content.value)
        for cell, content in constants(sheet.cells)
        if isinstance(content.value, str) and len(content.value) <= LONGEST and cell not in named
    ]
    taken: set[Address] = set()
    for name, spellings in _SPELLINGS.items():
        for spelling in spellings if family(name) not in families else ():
            found = [
                (cell, name, text)
                for cell, said, text in plain_texts
                if cell not in taken and spelling.fullmatch(said)
            ]
            if found:
                taken.update(cell for cell, _, _ in found)
                yield from found
                break


def _numbered(sheet: Sheet, named: Mapping[Address, str]) -> Iterator[tuple[Address, str, str]]:
    for cell, content in constants(sheet.cells):
        text = content.value
        if isinstance(text, str) and len(text) <= LONGEST and cell not in named:
            found = _NUMBERED.fullmatch(plain(text))
            if found:
                yield cell, f"a_o{int(found[1])}", text
