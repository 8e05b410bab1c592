"""Every kind there is: importing the modules registers what they make."""

from __future__ import annotations

from unforeseen.kind import KINDS
from unforeseen.layouts import twins
from unforeseen.networks import small, xor
from unforeseen.right import factors, functions, given, habits, losses, pasted
from unforeseen.wrong import alike, elsewhere, guarded, numbers, rows, several, unfilled

RIGHT = (factors, functions, given, habits, losses, pasted)
WRONG = (alike, elsewhere, guarded, numbers, rows, several, unfilled)
BOTH = (small, twins, xor)

__all__ = ["BOTH", "KINDS", "RIGHT", "WRONG"]
