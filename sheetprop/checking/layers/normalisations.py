"""Batch normalisations that stand behind two layers, or behind none."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from sheetprop.checking.layers.layer_rows import LayerRow, cells_of, shown_in, weighted_labels
from sheetprop.checking.rows.findings import places
from sheetprop.checking.rows.row_judgement import RowJudgement
from sheetprop.mistakes.finding import Draft
from sheetprop.mistakes.layers.shared_normalisation import NEVER, SHARED_NORMALISATION, TWICE
from sheetprop.rows.architecture import NORMALISED, PARAMETERS, WEIGHTED
from sheetprop.rows.plain_text import plain


def of_normalisations(judgement: RowJudgement, rows: Sequence[LayerRow]) -> Iterator[Draft]:
    """Yield each normalisation that is named behind two layers, with the one that is not named.

    Where the names of convolutions come again, too, each block counts its layers from the start.
    """
    name = shown_in(judgement, PARAMETERS, "channels", "kernel")
    weighted = list(weighted_labels(rows, WEIGHTED))
    if name is None or len(set(weighted)) < len(weighted):
        return
    times = Counter(weighted_labels(rows, NORMALISED))
    for label, count in times.items():
        if count > 1:
            shared = [one for one in rows if one.kind == NORMALISED and plain(one.label) == label]
            yield _draft(judgement, name, shared, _unused(shared[0].label, times))


def _unused(label: str, times: Counter[str]) -> str | None:
    """Return the name that is missing among those that are counted: bn3 of bn1, bn2, bn2, bn4."""
    stem = label.rstrip("0123456789")
    used = {int(label[len(plain(stem)) :]) for label in times if _is_of(label, plain(stem))}
    missing = [k for k in range(min(used), max(used)) if k not in used]
    return f"{stem}{missing[0]}" if missing else None


def _is_of(label: str, stem: str) -> bool:
    return re.fullmatch(re.escape(stem) + r"\d{1,4}", label) is not None


def _draft(
    judgement: RowJudgement, name: str, shared: Sequence[LayerRow], unused: str | None
) -> Draft:
    extra = sum(2 * (one.channels or 0) for one in shared[1:])
    blanks = {
        "cells": cells_of(judgement, name, shared),
        "label": shared[0].label,
        "times": str(len(shared)),
        "extra": f"{extra:,.0f}" if extra else "2·channels",
        "unused": unused or "",
    }
    where = places(judgement, name, [one.step for one in shared])
    case = NEVER if unused else TWICE
    return SHARED_NORMALISATION.found(case, where, blanks, judgement.table.sheet, shared[0].label)
