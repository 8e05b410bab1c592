"""Every kind there is."""

from __future__ import annotations

from unforeseen import accused, called_right, hidden_slips, new_ground, twins, writing_habits
from unforeseen.kind import KINDS

__all__ = [
    "KINDS",
    "accused",
    "called_right",
    "hidden_slips",
    "new_ground",
    "twins",
    "writing_habits",
]
