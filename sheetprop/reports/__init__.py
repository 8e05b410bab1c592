"""The formats a report can be written in: a dictionary you can read, one file for each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sheetprop.checking.report import Report
from sheetprop.reports import html, json, junit, markdown, text


@dataclass(frozen=True, slots=True)
class Format:
    """How reports are written.

    `render` makes one text of several reports, `suffix` ends the name of its file. With `pictures`
    it shows the tables' numbers; with `between`, reports may be written one after the other with
    this text between them, and None means that all of them make one document.
    """

    suffix: str
    render: Callable[[Sequence[Report]], str]
    pictures: bool = False
    between: str | None = None


FORMATS: Mapping[str, Format] = {
    "text": Format(".txt", text.render, between="\n"),
    "json": Format(".json", json.render, between=""),
    "html": Format(".html", html.render, pictures=True),
    "markdown": Format(".md", markdown.render, between="\n"),
    "junit": Format(".xml", junit.render),
}
