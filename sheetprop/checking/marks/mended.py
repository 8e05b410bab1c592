"""What an exercise of hidden mistakes earns: its answers are the formulas put right again.

Of all points there is as large a part as of the hidden mistakes are mended, wherever in the network
they were hidden; a mistake that is left costs nothing besides. A formula that was right and is so
no more costs its part of that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sheetprop.checking.marks.shares import Share, right_shares
from sheetprop.checking.report import Report


def shares(report: Report) -> tuple[Share, ...]:
    """Return the shares of a report: of find-the-bug by what is mended, else by what is right."""
    found = right_shares(report)
    return _by_mended(found, report.planted) if report.planted else found


def mended(report: Report) -> str | None:
    """Return how many hidden mistakes are mended; None where none were hidden."""
    if not report.planted:
        return None
    told = _told(_mended(right_shares(report), report.planted))
    return f"{told}: that part of all points can be earned"


def _by_mended(found: Sequence[Share], planted: Sequence[str | None]) -> tuple[Share, ...]:
    own = _mended(found, planted)
    part, told = sum(own) / len(own), _told(own)
    least = dict(zip(planted, own, strict=True))
    return tuple(_scaled(one, part, told, least) for one in found)


def _scaled(one: Share, part: float, told: str, least: Mapping[str | None, float]) -> Share:
    """Return what a quantity earns where so large a part of the hidden mistakes is mended."""
    if one.quantity not in least:
        return replace(one, share=part * one.share, why=f"{one.why}; {told}")
    if one.share == 1:
        return replace(one, share=part, why=f"a hidden mistake, mended: {one.why}; {told}")
    return replace(one, share=part, why=f"a hidden mistake, not mended: {one.why}; {told}")


def _mended(found: Sequence[Share], planted: Sequence[str | None]) -> list[float]:
    """Return how much of each hidden mistake is mended, in the table where that is least."""
    return [
        min((one.share for one in found if one.quantity == name), default=0.0) for name in planted
    ]


def _told(own: Sequence[float]) -> str:
    done, count = sum(one == 1 for one in own), len(own)
    return f"{done} of {count} hidden mistake{'s' if count > 1 else ''} mended"
