"""The formats a report can be written in: a dictionary you can read, one file for each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

from sheetprop.reports.look import Look

if TYPE_CHECKING:  # the names of the formats are part of the help, which comes at once
    from sheetprop.checking.report import Report
    from sheetprop.reports.look import Piece


@dataclass(frozen=True, slots=True)
class Format:
    """How reports are written.

    `module` is the file here that writes it, `suffix` ends the name of its file. With `pictures`
    it shows the tables' numbers. Reports may be written one after the other with the text `between`
    them, where it `has_head` behind a first line; where `between` is None, all of them make one
    document. Behind several, one that `has_summary` tells what they have in common.
    """

    module: str
    suffix: str
    pictures: bool = False
    between: str | None = None
    has_head: bool = False
    has_summary: bool = False

    def render(self, reports: Sequence[Report]) -> str:
        """Return one text of several reports."""
        look = Look(count=len(reports), has_marks=any(report.marks for report in reports))
        pieces = [self.piece(report, number, look) for number, report in enumerate(reports, 1)]
        joined = self.joined([p.entry for p in pieces], (p.text for p in pieces), look)
        return "".join(joined).removesuffix("\n")

    def piece(self, report: Report, number: int, look: Look) -> Piece:
        """Return what is written about the report with a number, counted from 1."""
        piece: Piece = self._loaded().piece(report, number, look)
        return piece

    def joined(
        self, entries: Sequence[Sequence[str]], texts: Iterable[str], look: Look
    ) -> Iterator[str]:
        """Yield one text of many pieces, each as soon as it is there; it ends with a line break.

        A document needs the entries of all pieces before the texts, a summary only with the last.
        """
        if self.between is None:
            yield from self._loaded().document(entries, texts, look)
            yield "\n"
            return
        before = f"{self._loaded().HEAD}\n" if self.has_head else ""
        for text in texts:
            yield f"{before}{text}\n"
            before = self.between
        if self.has_summary and look.count > 1:
            yield f"{before}{self._loaded().summary(entries, look)}\n"

    def _loaded(self) -> ModuleType:
        """Return the format's module, which is loaded only now, of all formats."""
        return import_module(f"{__name__}.{self.module}")


FORMATS: Mapping[str, Format] = {
    "text": Format("text", ".txt", between="\n", has_summary=True),
    "json": Format("json", ".json", between=""),
    "csv": Format("csv", ".csv", between="", has_head=True),
    "html": Format("html", ".html", pictures=True),
    "markdown": Format("markdown", ".md", between="\n"),
    "junit": Format("junit", ".xml"),
}
