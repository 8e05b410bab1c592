"""Texts of strangers made harmless in HTML: what they wrote is shown, never obeyed."""

from __future__ import annotations

from html import escape

from sheetprop.reports.cleaned import clean


def esc(text: object) -> str:
    """Return a text for an element or a quoted attribute, on one line, quotes included."""
    return escape(clean(str(text)), quote=True)


def ascii_only(page: str) -> str:
    """Return a page with every sign beyond ASCII as a reference, readable in whatever encoding."""
    return page.encode("ascii", "xmlcharrefreplace").decode("ascii")
