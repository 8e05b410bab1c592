"""Which run a claim is about: the one with its name, on its sheet, or the only one there is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from sheetprop.checking.logs.claims import Claim
from sheetprop.checking.logs.log import Log
from sheetprop.checking.logs.tables import text_at
from sheetprop.workbooks.sheet import Address, Sheet, Workbook

_KEY = re.compile(
    r"\b(?:model|modell|iteration|run|lauf|attempt|versuch|experiment|code|net(?:work)?|netz"
    r"|version|step|मॉडल|चरण)s?[\s_#.:\-]*(?:no\.?|nr\.?)?\s*(\d{1,3})\b",
    re.I,
)
FARTHEST = 400


def key_in(text: str) -> int | None:
    """Return the number of a run that a text names, None where it names none or several."""
    found = {int(one) for one in _KEY.findall(text.replace("_", " "))}
    return found.pop() if len(found) == 1 else None


def about(claim: Claim, logs: Sequence[Log], workbook: Workbook) -> list[Log]:
    """Return the runs that a claim may be about."""
    if len(logs) < 2:
        return list(logs)
    sheet = workbook[claim.sheet]
    key = key_in(claim.text) or key_in(claim.context) or key_above(sheet, claim.cell)
    key = key if key is not None else key_in(sheet.name)
    if key is not None:
        named = [log for log in logs if _key_of(log, workbook) == key]
        if named:
            return named
    here = [log for log in logs if log.sheet == claim.sheet]
    return _below(claim, here) or here or list(logs)


def _below(claim: Claim, logs: Sequence[Log]) -> list[Log]:
    """Return the one of several runs side by side in whose columns a claim stands."""
    tables = [log.judgement.table for log in logs]
    spans = [range(min(t.lines.values()), max(t.lines.values()) + 1) for t in tables]
    ordered = sorted(spans, key=lambda span: span.start)
    is_beside = all(left.stop <= right.start for left, right in pairwise(ordered))
    if not is_beside or any(table.is_across for table in tables):
        return []
    return [log for log, span in zip(logs, spans, strict=True) if claim.cell[1] in span]


def _key_of(log: Log, workbook: Workbook) -> int | None:
    for text in log.titles:
        key = key_in(text)
        if key is not None:
            return key
    table = log.judgement.table
    sheet = workbook[log.sheet]
    above = key_above(sheet, (min(table.places[0], table.header), min(table.lines.values())))
    return above if above is not None and not table.is_across else key_in(log.sheet)


def key_above(sheet: Sheet, at: Address) -> int | None:
    """Return the number of the run that the nearest row above names, this row too."""
    found = [(row, key) for row, key in _keys(_Texts(sheet)) if row <= at[0]]
    rows = {row for row, _ in found}
    if not rows:
        return key_in(sheet.name)
    last = {key for row, key in found if row == max(rows)}
    return last.pop() if len(last) == 1 else None


class _Texts:
    """A sheet by its identity, so that its texts are read once."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet

    def __hash__(self) -> int:
        return id(self.sheet)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Texts) and other.sheet is self.sheet


@lru_cache(maxsize=16)
def _keys(texts: _Texts) -> tuple[tuple[int, int], ...]:
    found = []
    for at in texts.sheet.cells:
        text = text_at(texts.sheet, at)
        key = key_in(text) if text and len(text) < FARTHEST else None
        if key is not None:
            found.append((at[0], key))
    return tuple(found)
