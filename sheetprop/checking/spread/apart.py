"""What was said of a table laid together, said of the sheets that its author knows."""

from __future__ import annotations

import re
from dataclasses import replace

from sheetprop.checking.ledger.entries import Account, Ledger, Outside
from sheetprop.checking.spread.together import Spread
from sheetprop.lazily.patterns import pattern
from sheetprop.mistakes.finding import Finding, Place
from sheetprop.notation.moved import Moves, TornRangeError, range_moved, with_cells_moved

_IN_PROSE = pattern(
    r"(?<![\w.$!'])(?:'(?:[^']|'')+'!|[^\W\d][\w.]*!)?\$?[A-Z]{1,3}\$?[1-9]\d{0,6}"
    r"(?::\$?[A-Z]{1,3}\$?[1-9]\d{0,6})?(?![\w(!:]|\.\w)"
)
"""What may be cells in a sentence, or end it: quantities are mostly written in small letters."""

_CODE = pattern(r"SP[1-6]\d\d")
"""The code of a mistake, which is no cell."""


def findings_apart(findings: tuple[Finding, ...], spread: Spread) -> tuple[Finding, ...]:
    """Return findings with the author's own sheets, cells and formulas."""
    moves = Moves(spread.back)
    return tuple(_finding(finding, spread, moves) for finding in findings) if moves else findings


def ledger_apart(ledger: Ledger, spread: Spread) -> Ledger:
    """Return a ledger that tells the author's own cells."""
    moves = Moves(spread.back)
    if not moves:
        return ledger
    accounts = tuple(_account(account, spread, moves) for account in ledger.accounts)
    return Ledger(accounts, tuple(_outside(one, moves) for one in ledger.elsewhere))


def text_apart(text: str, home: str, new_home: str, spread: Spread) -> str:
    """Return a sentence about cells of a table laid together on `home`, as read on `new_home`."""
    moves = Moves(spread.back)
    return _sentence(text, home, new_home, spread, moves) if moves else text


def _account(account: Account, spread: Spread, moves: Moves) -> Account:
    outside = tuple(_outside(one, moves) for one in account.outside)
    edge = spread.edges.get(account.table.sheet, account.edge)
    return replace(account, outside=outside, moves=moves, edge=edge)


def _outside(one: Outside, moves: Moves) -> Outside:
    sheet, first = moves.of(one.sheet, one.first)
    return replace(one, sheet=sheet, first=first, last=moves.of(one.sheet, one.last)[1])


def _finding(finding: Finding, spread: Spread, moves: Moves) -> Finding:
    places = tuple(_place(place, spread, moves) for place in finding.places)
    if not places:
        return finding
    home, new_home = finding.places[0].sheet, places[0].sheet
    return replace(
        finding,
        places=places,
        message=_sentence(finding.message, home, new_home, spread, moves),
        why=_sentence(finding.why, home, new_home, spread, moves),
        found=_formula(finding.found, home, new_home, moves),
        expected=_formula(finding.expected, home, new_home, moves),
    )


def _place(place: Place, spread: Spread, moves: Moves) -> Place:
    sheet, found = range_moved(place.sheet, spread.within(place.sheet, place.range), moves)
    return replace(
        place,
        sheet=sheet,
        range=found,
        found=_formula(place.found, place.sheet, sheet, moves),
        expected=_formula(place.expected, place.sheet, sheet, moves),
    )


def _formula(text: str | None, home: str, new_home: str, moves: Moves) -> str | None:
    """Return a formula as it reads on its author's sheet; what is no formula stays."""
    if text is None or not text.startswith("="):
        return text
    try:
        return with_cells_moved(text, home, new_home, moves)
    except TornRangeError:
        return text


def _sentence(text: str, home: str, new_home: str, spread: Spread, moves: Moves) -> str:
    def moved(match: re.Match[str]) -> str:
        if match[0] in spread.names or _CODE.fullmatch(match[0]):
            return match[0]
        try:
            return with_cells_moved(match[0], home, new_home, moves)
        except TornRangeError:
            return match[0]

    return _IN_PROSE.sub(moved, text)
