"""Cells right in another way than most rows like theirs, where a sheet leaves open which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from sheetprop.checking.rows.find import texts_in
from sheetprop.checking.rows.right.also_right import Taken, chosen
from sheetprop.checking.rows.row_judgement import RowJudgement
from sheetprop.lazily.patterns import pattern
from sheetprop.rows.architecture import WEIGHTED
from sheetprop.rows.plain_text import plain
from sheetprop.tables.judgement import Compared
from sheetprop.workbooks.sheet import Sheet

OTHER_WAY = "other rows like it take another number for what the sheet has no column for"
NO_BIAS = "nothing says whether the layer has a bias, which its formula leaves out"


FULL = pattern(r"dense|linear|fullyconnected|fc|voll")
"""Layers that have a bias even where a normalisation stands in for that of the others."""

FULL_ALONE = "dense"
"""What all rows of a table are called that has no others."""

Way = tuple[str, frozenset[Taken]]
"""What a row's label says, without its numbers, and the numbers with which its formula is right."""


def in_one_way(
    blank: RowJudgement, name: str, found: Sequence[Compared], sheet: Sheet
) -> tuple[Compared, ...]:
    """Return the cells of a column, without the few that are right in another way than their like.

    Where a sheet leaves out whether layers have biases, both may be; not that one of five has none.
    """
    if not any(one.also for one in blank.rows_of.stated):
        return tuple(found)
    parts = [part for one in found for part in _by_words(blank, one, sheet)]
    ways = [(words, _ways(blank, name, one)) for words, one in parts]
    told = Counter[Way]()
    for (_, one), way in zip(parts, ways, strict=True):
        told[way] += len(one.steps)
    is_open = "bias" not in plain(blank.table.labels.get(name, ""))
    reasons = {
        way: OTHER_WAY if _is_odd(blank, way, told) else NO_BIAS
        for way in told
        if way[1] and (_is_odd(blank, way, told) or (is_open and _lacks_bias(blank, way, told)))
    }
    return tuple(
        Compared(one.steps, None, None, reasons[way]) if way in reasons else one
        for (_, one), way in zip(parts, ways, strict=True)
    )


def _is_odd(blank: RowJudgement, way: Way, told: Counter[Way]) -> bool:
    """Whether more rows with such a label are right in a way that is no other one of these.

    Where as many are, it is odd to leave out what the others have.
    """
    words, own = way
    others = (other for other in told if other[0] == words and other[1] and not other[1] & own)
    least = told[way] + (0.0 not in _numbers(blank, own))
    return any(told[other] >= least for other in others)


def _lacks_bias(blank: RowJudgement, way: Way, told: Counter[Way]) -> bool:
    """Whether a fully connected layer has no bias, and is alone or all others have one."""
    others = [other[1] for other in told if other[1] and not FULL.search(other[0])]
    is_full = FULL.search(way[0]) is not None and _numbers(blank, way[1]) == {0.0}
    is_alone = not others and told.total() == 1
    is_other = bool(others) and all(_numbers(blank, one) == {1.0} for one in others)
    return is_full and (is_alone or is_other)


def _numbers(blank: RowJudgement, own: frozenset[Taken]) -> set[float | None]:
    """Return the numbers that a way takes for what the sheet leaves out."""
    defaults = (one.default for one in blank.rows_of.stated if one.also and one.default is not None)
    default = next(defaults, None)
    return {default if taken is None else taken[1] for taken in own}


def _by_words(blank: RowJudgement, one: Compared, sheet: Sheet) -> Iterator[tuple[str, Compared]]:
    """Yield cells that say the same by what the labels of their rows say."""
    differ = not blank.rows_of.is_counting or any(k.name == WEIGHTED for k in blank.rows_of.kinds)
    steps: dict[str, list[int]] = {}
    for step in one.steps:
        label = plain(next(texts_in(sheet, blank.table, blank.table.places[step]), ""))
        words = (
            "".join(letter for letter in label if not letter.isdigit()) if differ else FULL_ALONE
        )
        steps.setdefault(words if one.is_right else "", []).append(step)
    for words, own in steps.items():
        yield words, one._replace(steps=tuple(own))


def _ways(blank: RowJudgement, name: str, one: Compared) -> frozenset[Taken]:
    is_told = one.is_right and one.tree is not None
    return chosen(blank, name, one.steps[0], one.tree) if is_told and one.tree else frozenset()
