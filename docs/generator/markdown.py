"""Markdown: tables, code and headings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def document(*parts: str) -> str:
    """Return headings, paragraphs, tables and blocks as one text."""
    return "\n\n".join(parts)


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table; a bar in a cell is written so that it ends no cell."""
    lines = [list(heads), ["---"] * len(heads), *map(list, rows)]
    return "\n".join(f"| {' | '.join(map(_cell, line))} |" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())


def code(text: str) -> str:
    """Return a text as code within a line; it must hold no backtick."""
    return f"`{text}`"


def listed(texts: Iterable[str]) -> str:
    """Return names as code, with commas between them."""
    return ", ".join(code(text) for text in texts)


def block(text: str, language: str = "text") -> str:
    """Return a text as lines of code."""
    return f"```{language}\n{text}\n```"


def escaped(text: str) -> str:
    """Return a sentence in which no sign is taken for Markdown."""
    return text.replace("*", "\\*").replace("<", "\\<").replace("_", "\\_")
