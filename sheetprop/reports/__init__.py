"""The formats a report can be written in: a dictionary you can read, one file for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module

from sheetprop.checking.report import Report


@dataclass(frozen=True, slots=True)
class Format:
    """How reports are written.

    `module` is the file here that writes it, `suffix` ends the name of its file. With `pictures`
    it shows the tables' numbers; with `between`, reports may be written one after the other with
    this text between them, and None means that all of them make one document.
    """

    module: str
    suffix: str
    pictures: bool = False
    between: str | None = None

    def render(self, reports: Sequence[Report]) -> str:
        """Return one text of several reports. Its module is loaded only now, of all formats."""
        text: str = import_module(f"{__name__}.{self.module}").render(reports)
        return text


FORMATS: Mapping[str, Format] = {
    "text": Format("text", ".txt", between="\n"),
    "json": Format("json", ".json", between=""),
    "html": Format("html", ".html", pictures=True),
    "markdown": Format("markdown", ".md", between="\n"),
    "junit": Format("junit", ".xml"),
}
