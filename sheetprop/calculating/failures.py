"""What is said where the calculation engine gives up, in words of our own.

The engine is a library in another language. What it says of itself (a lock that is poisoned) is of
use to whoever mends it, so it stands behind the sentence and not in its place.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from sheetprop.errors import SheetpropError

TOO_LONG = "it takes too long here"
LONGEST_DETAIL = 200

Given = ParamSpec("Given")
Answer = TypeVar("Answer")


class CalculationError(SheetpropError):
    """A workbook cannot be calculated, or not in reasonable time."""


def not_calculated(problem: str) -> CalculationError:
    """Return the error for what the engine says when it fails, or for `TOO_LONG`."""
    if problem == TOO_LONG:
        advice = "remove the formulas that are not part of the exercise"
        return CalculationError(f"the workbook cannot be calculated: {problem}; {advice}")
    detail = " ".join(problem.split())[:LONGEST_DETAIL]
    return CalculationError(
        "the workbook cannot be calculated: the calculation of its formulas broke off; open it in "
        "a spreadsheet program, mend the cells that show an error there, and save it"
        f" (the calculation engine says: {detail})"
    )


def let_interrupts_through(error: BaseException) -> None:
    """Tell the wish of the user to stop from a panic of a Rust library: neither is Exception."""
    if isinstance(error, KeyboardInterrupt | SystemExit | GeneratorExit | MemoryError):
        raise error


def answering(ask: Callable[Given, Answer]) -> Callable[Given, Answer]:
    """Make a function that asks the engine raise `CalculationError` where that has given up.

    What Python raises is a mistake of ours and stays what it is.
    """

    @wraps(ask)
    def asked(*given: Given.args, **named: Given.kwargs) -> Answer:
        try:
            return ask(*given, **named)
        except BaseException as error:
            let_interrupts_through(error)
            is_panic = not isinstance(error, Exception)
            if is_panic or type(error) is RuntimeError:  # not one of its kinds, as of recursion
                raise not_calculated(str(error) or type(error).__name__) from error
            raise

    return asked
