"""What a sum without a header takes twice: of its weights one has lost what it multiplies."""

from __future__ import annotations

import pytest

from sheetprop.checking.without_headers.slips import with_own_sources

OTHER = [(10, 1), (11, 2), (12, 3)]
FALLING = [(12, 1), (11, 2), (10, 3)]


@pytest.mark.parametrize(
    ("own", "other", "meant"),
    [
        ([(20, 1), (21, 2), (22, 1)], OTHER, [(20, 1), (21, 2), (22, 3)]),
        ([(20, 3), (21, 2), (22, 3)], OTHER, [(20, 1), (21, 2), (22, 3)]),
        ([(22, 1), (21, 2), (20, 1)], FALLING, [(22, 1), (21, 2), (20, 3)]),
        ([(20, 1), (21, 2)], OTHER, [(20, 1), (21, 2)]),
        ([(20, 1), (21, 1), (22, 1)], OTHER, [(20, 1), (21, 1), (22, 1)]),
    ],
)
def test_the_order_of_weights_tells_which(
    own: list[tuple[int, int]], other: list[tuple[int, int]], meant: list[tuple[int, int]]
) -> None:
    """It comes where the weights then follow one another as those of other sums do."""
    assert [list(one) for one in with_own_sources([other, own, other])] == [other, meant, other]
