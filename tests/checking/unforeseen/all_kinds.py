"""Every kind there is."""

from __future__ import annotations

from unforeseen import accused, called_right, twins
from unforeseen.kind import KINDS

__all__ = ["KINDS", "accused", "called_right", "twins"]
