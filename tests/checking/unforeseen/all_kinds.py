"""Every kind there is."""

from __future__ import annotations

from unforeseen import twins
from unforeseen.kind import KINDS

__all__ = ["KINDS", "twins"]
