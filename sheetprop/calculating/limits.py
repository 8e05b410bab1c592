"""Calculations that may ask for too much."""

from __future__ import annotations


class NeedsLimits(Exception):  # noqa: N818 - a condition: the file is checked elsewhere
    """The file is to be checked in a process with limits."""
