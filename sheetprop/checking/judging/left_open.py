"""Wrong formulas that turn out to be none of which anybody knows what is right: not judged."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from sheetprop.tables.judgement import Judgement, Unread, Wrong


def left_open(judgement: Judgement, wrong: Collection[Wrong], reason: str) -> Judgement:
    """Return a judgement that does not accuse some of its wrong formulas, and says why."""
    unread = (Unread(one.quantity, one.steps, reason) for one in wrong)
    return replace(
        judgement,
        wrong=tuple(one for one in judgement.wrong if one not in wrong),
        named=tuple(one for one in judgement.named if one[0] not in wrong),
        unread=(*judgement.unread, *unread),
    )
