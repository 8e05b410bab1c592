"""Why a block that is known is still not judged, from all that speaks against it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sheetprop.checking.arrays.doubts.axes import doubt_of_shares, doubt_of_statistics
from sheetprop.checking.arrays.doubts.idle import doubt_of_idle
from sheetprop.checking.arrays.doubts.texts import doubt_of_texts
from sheetprop.checking.arrays.doubts.windows import doubt_of_stride, doubt_of_windows
from sheetprop.checking.arrays.fills import Block
from sheetprop.checking.arrays.groups.meanings import NORMALISED, SHARE
from sheetprop.checking.arrays.readings import CONVOLUTION, POOLING, PRODUCT
from sheetprop.workbooks.sheet import Workbook


def doubt_of(
    block: Block,
    kind: str,
    known: Mapping[str, Sequence[Block]],
    workbook: Workbook,
    *,
    is_flipped: bool,
) -> str | None:
    """Return why a block of a kind is not judged, None for one that is.

    `known` are the blocks of each kind; `is_flipped` where a kernel is turned everywhere.
    """
    reasons = (
        doubt_of_texts(block, kind, known.keys(), workbook),
        doubt_of_idle(kind, workbook[block.sheet], workbook),
        _doubt_of_kind(block, kind, known, workbook, is_flipped=is_flipped),
    )
    return next((reason for reason in reasons if reason is not None), None)


def _doubt_of_kind(
    block: Block,
    kind: str,
    known: Mapping[str, Sequence[Block]],
    workbook: Workbook,
    *,
    is_flipped: bool,
) -> str | None:
    if kind in (CONVOLUTION, POOLING):
        windows = [*known.get(CONVOLUTION, ()), *known.get(POOLING, ())]
        reason = doubt_of_stride(block, windows, workbook)
        if reason is not None or kind == POOLING:
            return reason
        return doubt_of_windows(block, workbook, is_flipped=is_flipped)
    if kind in ("mean", "variance", NORMALISED):
        return doubt_of_statistics(block, workbook)
    return doubt_of_shares(block, known.get(SHARE, ()), workbook) if kind == PRODUCT else None
