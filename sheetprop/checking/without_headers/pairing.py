"""Which of two groups belong together, each to one: most votes first, the order in doubt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

IN_ORDER = 0.5
"""What standing at the same place in both groups counts, where a mention counts 1."""


def paired(
    votes: Mapping[tuple[int, int], float], left: Sequence[int], right: Sequence[int]
) -> dict[int, int]:
    """Return one of `right` for each of `left`, as far as there are any votes or the order says."""
    counted = dict(votes)
    for pair in zip(left, right, strict=False):
        counted[pair] = counted.get(pair, 0) + IN_ORDER
    found: dict[int, int] = {}
    for (one, other), _ in sorted(counted.items(), key=lambda item: (-item[1], item[0])):
        if one in left and other in right and one not in found and other not in found.values():
            found[one] = other
    return found
