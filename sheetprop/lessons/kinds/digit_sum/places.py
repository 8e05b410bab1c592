"""Where on the sheets of a digit and a number which numbers stand."""

from __future__ import annotations

from sheetprop.lessons.mnist.places import Maps
from sheetprop.notation.address import address, fixed
from sheetprop.training.idx import DIGITS
from sheetprop.training.sums.head import HIDDEN, NUMBERS, SUMS
from sheetprop.workbooks.sheet import Address

NUMBER = (6, 2)
"""On the sheet of sums, the number that is typed."""

ANSWERS, TABLE = 9, 13
"""On it, the row of the answers, and that above the first sum."""

DIGIT_SHARE, FLIPPED, KNOWN = 9, 10, 11
"""On it, the columns of the digits' probabilities, of the numbers from 9 to 0, and of theirs."""

JOINED = 6
"""On the sheet of the layers, the row of what goes into the first."""

FIRST_WEIGHT = 4
"""On it, the column of the first weight."""

_HIDDEN_TOP = JOINED + 2
HIDDEN_ROW = _HIDDEN_TOP + HIDDEN + 3
"""On it, the row of what goes into the second layer."""

_OUT_TOP = HIDDEN_ROW + 2


def hidden_at(unit: int) -> Address:
    """Return the cell of what the first layer gives."""
    return _HIDDEN_TOP + unit, 2


def out_at(one: int) -> Address:
    """Return the cell of the logit of a sum."""
    return _OUT_TOP + one, 2


def line(row: int, count: int) -> str:
    """Return so many cells of a row of the layers, from the first weight on."""
    return f"{address(row, FIRST_WEIGHT)}:{address(row, FIRST_WEIGHT + count - 1)}"


def kept(row: int, count: int) -> str:
    """Return such cells with an address that stays when a formula is filled."""
    return f"{fixed((row, FIRST_WEIGHT))}:{fixed((row, FIRST_WEIGHT + count - 1))}"


def exact_text(one: int) -> str:
    """Return the formula of a sum's exact probability.

    Of the digits that some number makes the sum of, the probabilities lie below each other, and so
    do those of the numbers, which are written from 9 to 0: convolution flips one of the two.
    """
    first, last = max(0, one - NUMBERS + 1), min(DIGITS - 1, one)
    top = TABLE + 1
    digits = f"{address(top + first, DIGIT_SHARE)}:{address(top + last, DIGIT_SHARE)}"
    begin = NUMBERS - 1 - one + first
    rows = top + begin, top + begin + last - first
    return f"=SUMPRODUCT({digits},{address(rows[0], KNOWN)}:{address(rows[1], KNOWN)})"


def shares_of_sums(column: int) -> str:
    """Return the cells of a column beside all sums."""
    return f"{fixed((TABLE + 1, column))}:{fixed((TABLE + SUMS, column))}"


def features_at(maps: Maps, feature: int) -> Address:
    """Return the cell of a mean of the network's last maps."""
    return maps.at(feature, 0, 0)
