"""The claims that are numbers in cells of their own, told by the labels beside or above them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sheetprop.checking.logs.claims import ABOVE, BEST, EPOCHS, GAP, LAST, PARAMETERS, Claim
from sheetprop.checking.logs.numbers import shown
from sheetprop.checking.logs.tables import text_at
from sheetprop.checking.logs.words import METRICS, SPLITS, counted, named_in, word
from sheetprop.rows.training_log import LOSS
from sheetprop.tables.judgement import ValueOf
from sheetprop.workbooks.sheet import Address, Sheet

FARTHEST, LONGEST = 10, 60
MOST_ROWS = 60
"""So many rows below its header a number may stand."""


def labelled(
    sheet: Sheet, value_of: ValueOf, is_of_table: set[Address]
) -> Iterator[tuple[Claim, float]]:
    """Yield the claims of numbers with a label, outside of all epoch tables."""
    for at, cell in sheet.cells.items():
        if at in is_of_table:
            continue
        is_live = cell.formula is not None
        if not is_live and (
            isinstance(cell.value, bool) or not isinstance(cell.value, int | float)
        ):
            continue
        found = _claimed(sheet, at)
        if found is None:
            continue
        value = value_of(sheet.name, at) if is_live else cell.value
        if isinstance(value, int | float) and not isinstance(value, bool):
            number = shown(float(value))
            whole = int(value) if float(value).is_integer() else None
            if found.epoch is not None:
                found = replace(found, epoch=-1 if whole is None else whole)
            else:
                found = replace(found, number=number)
            yield (
                replace(found, is_cell=True, is_live=is_live, context=_context(sheet, at)),
                float(value),
            )


def _claimed(sheet: Sheet, at: Address) -> Claim | None:
    """Return the claim that a label makes of a cell; its epoch is there where it is one."""
    for text in (_left(sheet, at), _above(sheet, at)):
        if text and len(text) <= LONGEST:
            found = _of_label(text, Claim("", sheet.name, at, " ".join(text.split())))
            if found is not None:
                return found
    return None


def _of_label(text: str, blank: Claim) -> Claim | None:
    window = word("window").search(text)
    rest = text.replace(window[0], "") if window else text
    if word("hope").search(text) or any(c.isdigit() for c in rest):
        return None
    splits, metrics = named_in(text, SPLITS), named_in(text, METRICS)
    blank = replace(
        blank,
        split=splits[0] if len(splits) == 1 else None,
        metric=metrics[0] if len(metrics) == 1 else None,
    )
    is_epoch = word_of_epoch(text)
    if word("parameters").search(text):
        is_total = len(text.split()) <= 4 and not word("below").search(text)
        return replace(blank, kind=PARAMETERS) if is_total else None
    if word("gap").search(text):
        return replace(blank, kind=GAP, split=None)
    if window and word("lowest").search(text) and blank.metric != LOSS:
        count = counted(next(g for g in window.groups() if g))
        return replace(blank, kind=ABOVE, count=count, is_strict=False)
    if word("best").search(text) or (word("lowest").search(text) and blank.metric == LOSS):
        return replace(blank, kind=BEST, epoch=0 if is_epoch else None)
    if word("last").search(text) and not window and (splits or metrics):
        return replace(blank, kind=LAST)
    if text.strip().lower().rstrip(": ") in ("epochs", "number of epochs", "epochen", "# epochs"):
        return replace(blank, kind=EPOCHS)
    return None


def word_of_epoch(text: str) -> bool:
    """Whether a label asks for an epoch: it names one, and no metric without "epoch of"."""
    lower = text.lower()
    return any(w in lower for w in ("epoch", "इपॉक", "युग"))


def _left(sheet: Sheet, at: Address) -> str | None:
    for back in range(1, FARTHEST):
        text = text_at(sheet, (at[0], at[1] - back))
        if text:
            return text
        if (at[0], at[1] - back) in sheet.cells:
            return None
    return None


def _above(sheet: Sheet, at: Address) -> str | None:
    """Return the header of a cell: the text above, with numbers or formulas between at most."""
    for row in range(at[0] - 1, max(at[0] - MOST_ROWS, 0), -1):
        if (row, at[1]) not in sheet.cells:
            return None
        text = text_at(sheet, (row, at[1]))
        if text:
            return text
    return None


def _context(sheet: Sheet, at: Address) -> str:
    """Return the texts of its row left of a cell, which may name the run."""
    texts = (text_at(sheet, (at[0], column)) for column in range(1, at[1]))
    return " ".join(filter(None, texts))
