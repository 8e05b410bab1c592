"""The kinds of lessons whose workbooks are judged by the trees of their quantities."""

from __future__ import annotations

from sheetprop.rows.registry import row_lesson

KINDS = ("gates", "temperature", "jacobian")
"""Lessons whose quantities each have a cell, as the name in a workbook tells them."""


def is_judged(kind: str) -> bool:
    """Whether a kind of lesson has quantities with trees: in rows, or in single cells."""
    return kind in KINDS or row_lesson(kind) is not None
