"""Reports as one page that can be mailed: self-contained, for the screen, the phone and paper.

Nothing is loaded from elsewhere and nothing runs: the page's own policy forbids both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from pathlib import PurePath

from sheetprop.checking.report import Picture, Report
from sheetprop.reports import words
from sheetprop.reports.look import Look, Piece
from sheetprop.reports.page.curves import curves
from sheetprop.reports.page.escape import ascii_only, esc
from sheetprop.reports.page.findings import findings_list
from sheetprop.reports.page.ledger_map import ledger_map, sheet_map
from sheetprop.reports.page.table import areas, grid

POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def render(reports: Sequence[Report]) -> str:
    """Return the reports as one page, a section for each."""
    look = Look(count=len(reports), has_marks=any(report.marks for report in reports))
    pieces = [piece(report, number, look) for number, report in enumerate(reports, 1)]
    return "".join(document([p.entry for p in pieces], (p.text for p in pieces), look))


def piece(report: Report, number: int, look: Look) -> Piece:
    """Return one report as a section of the page, its name, and its row of the contents."""
    heading = "h2" if look.count > 1 else "h1"
    text = ascii_only("\n".join(_section(report, f"file{number}", heading)))
    row = ascii_only("\n".join(_row(report, number, look)))
    return Piece(text, (ascii_only(_name(report)), row))


def document(entries: Sequence[Sequence[str]], texts: Iterable[str], look: Look) -> Iterator[str]:
    """Yield the page; entries and texts are those of `piece`."""
    for line in _head(entries, look):
        yield ascii_only(line) + "\n"
    for text in texts:
        yield text + "\n"
    yield "</main></body></html>"


def _head(entries: Sequence[Sequence[str]], look: Look) -> Iterator[str]:
    title = entries[0][0] if look.count == 1 else words.counted(len(entries), "workbook")
    yield '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="color-scheme" content="light dark">'
    yield f"<title>{title} – sheetprop check</title>"
    style = files("sheetprop.reports.page").joinpath("page.css").read_text(encoding="ascii")
    yield f"<style>{style}</style></head><body>"
    if look.count > 1:
        yield from _contents([row for _, row in entries], title, look)
    yield "<main>"


def _name(report: Report) -> str:
    """Return the file's name without its folders, which are nobody's business."""
    return esc(PurePath(report.file).name or report.file)


def _contents(rows: Iterable[str], title: str, look: Look) -> Iterator[str]:
    yield f'<header><h1>{title}</h1><nav aria-label="workbooks"><table><thead><tr>'
    yield '<th scope="col">workbook</th><th scope="col">verdict</th>'
    for label in _amounts(look):
        yield f'<th scope="col" class="amount">{label}</th>'
    yield "</tr></thead><tbody>"
    yield from rows
    yield "</tbody></table></nav></header>"


def _amounts(look: Look) -> tuple[str, ...]:
    return ("right", "points") if look.has_marks else ("right",)


def _row(report: Report, number: int, look: Look) -> Iterator[str]:
    yield f'<tr><th scope="row"><a href="#file{number}">{_name(report)}</a></th>'
    yield f'<td class="{report.verdict}">{esc(words.verdict_line(report))}</td>'
    for label in _amounts(look):
        yield f'<td class="amount">{_amount(report, label)}</td>'
    yield "</tr>"


def _amount(report: Report, label: str) -> str:
    if label == "points" and report.marks:
        earned = words.points(report.marks.with_follow_through)
        return f"{earned} of {words.points(report.marks.possible)}"
    right = f"{report.earned:g} of {report.possible:g}"
    return right if label == "right" and report.tables else "–"


def _section(report: Report, anchor: str, heading: str) -> Iterator[str]:
    yield f'<section class="file" id="{anchor}" aria-labelledby="{anchor}-name">'
    yield f'<{heading} id="{anchor}-name">{_name(report)}</{heading}>'
    yield f'<p class="verdict {report.verdict}">{esc(words.verdict_line(report))}</p>'
    if report.tables:
        yield f'<p class="right"><b>right</b> {esc(words.right_line(report))}</p>'
    if report.unfilled:
        yield f'<p class="right"><b>empty</b> {esc(words.empty_line(report))}</p>'
    if report.active:
        yield f'<p class="right"><b>carries</b> {esc(words.carries_line(report))}</p>'
    if report.sha256:
        yield f'<p class="file"><b>file</b> {esc(words.file_line(report))}</p>'
    yield from _marks(report)
    has_sides = report.findings or report.not_judged
    yield f'<div class="{"sides" if has_sides else "alone"}"><div>'
    if report.findings:
        yield "<h3>What was found</h3>"
        yield from findings_list(report.findings, anchor, _table_ids(report, anchor))
    yield from _not_judged(report)
    yield "</div><div>"
    for number, picture in enumerate(report.pictures, 1):
        yield from _table(report, number, picture, anchor)
    if not report.pictures:
        yield from _maps(report, anchor)
    yield "</div></div></section>"


def _maps(report: Report, anchor: str) -> Iterator[str]:
    """Yield where each table of a lesson is, and what became of its cells."""
    accounts = report.ledger.accounts
    for number, found in enumerate(report.tables, 1):
        yield f'<section class="table" id="{anchor}-table{number}" tabindex="-1">'
        yield f"<h3>{esc(words.table_line(found))}</h3>"
        if accounts:
            yield from ledger_map(report, accounts[number - 1], found)
        else:
            yield from sheet_map(report, found)
        yield "</section>"


def _table_ids(report: Report, anchor: str) -> dict[str, str]:
    ids: dict[str, str] = {}
    for number, found in enumerate(report.tables, 1):
        ids.setdefault(found.sheet, f"{anchor}-table{number}")
    return ids


def _table(report: Report, number: int, picture: Picture, anchor: str) -> Iterator[str]:
    found = report.tables[number - 1]
    yield f'<section class="table" id="{anchor}-table{number}" tabindex="-1">'
    yield f"<h3>{esc(words.table_line(found))}</h3>"
    loss = next(iter(report.losses[number - 1 : number]), None)
    line = esc(words.loss_line(loss)) if loss else ""
    drawing = curves(picture, f"E_total by iteration. {line}")
    yield f"<figure>{drawing}<figcaption>{line}</figcaption></figure>"
    yield from grid(picture, areas(report), anchor)
    for account in report.ledger.accounts[number - 1 : number]:
        yield from ledger_map(report, account, found)
    yield "</section>"


def _marks(report: Report) -> Iterator[str]:
    if not report.marks:
        return
    yield '<div class="scroll marks"><table><caption>points</caption><thead><tr>'
    for label in ("for", "of", "as it stands", "with follow-through"):
        yield f'<th scope="col">{label}</th>'
    yield "</tr></thead><tbody>"
    for name, *numbers in words.marks_lines(report.marks):
        cells = "".join(f"<td>{esc(number)}</td>" for number in numbers)
        yield f'<tr><th scope="row">{esc(name)}</th>{cells}</tr>'
    yield "</tbody></table></div>"
    if report.marks.mended:
        yield f"<p>{esc(report.marks.mended)}.</p>"
    if report.marks.problem:
        yield f"<p>Nothing is known as it stands: {esc(report.marks.problem)}.</p>"


def _not_judged(report: Report) -> Iterator[str]:
    if report.not_judged:
        yield "<h3>Not judged</h3><ul>"
        for cells in report.not_judged:
            yield f"<li>{esc(f'{cells.sheet}!{cells.range}: {cells.reason}')}</li>"
        yield "</ul>"
