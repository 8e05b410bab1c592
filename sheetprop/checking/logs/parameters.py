"""What is claimed of parameters, held against the tables of layers in the same workbook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sheetprop.checking.logs.claims import BUDGET, OK, UNTOLD, WRONG, Claim, Verdict
from sheetprop.checking.rows.row_judgement import RowJudgement
from sheetprop.mistakes.logs import claim_mismatch as cases
from sheetprop.mistakes.words import Case
from sheetprop.rows.architecture import ARCHITECTURE, PARAMETERS

NO_LAYERS = "no table of layers in the workbook tells how many parameters there are"


def totals(judgements: Iterable[RowJudgement]) -> Iterator[float]:
    """Yield the parameters of each network whose layers are in the workbook."""
    for one in judgements:
        if one.rows_of is ARCHITECTURE and one.table.holds(PARAMETERS):
            table = one.table
            cells = (one.value_of(table.sheet, table.cell(PARAMETERS, k)) for k in _steps(one))
            numbers = [c for c in cells if isinstance(c, int | float) and not isinstance(c, bool)]
            if numbers:
                yield float(sum(numbers))


def _steps(judgement: RowJudgement) -> range:
    return range(judgement.table.iterations)


def verdict_of_parameters(claim: Claim, known: Sequence[float]) -> Verdict:
    """Return what a claim about parameters is, right where one of the networks has so many."""
    number = claim.number
    if claim.problem is not None or number is None or not known:
        return Verdict(UNTOLD, claim.problem or NO_LAYERS)
    if claim.kind == BUDGET:
        kept = [
            one < number.value or (one == number.value and not claim.is_strict) for one in known
        ]
        if all(kept):
            return OK
        return _wrong(claim, known, cases.BUDGET) if not any(kept) else Verdict(UNTOLD, NO_LAYERS)
    if any(number.agrees(one) for one in known):
        return OK
    return _wrong(claim, known, cases.PARAMETERS)


def _wrong(claim: Claim, known: Sequence[float], case: Case) -> Verdict:
    assert claim.number is not None
    right = " or ".join(f"{one:,.0f}" for one in known[:3])
    off = abs(claim.number.value - known[0]) / known[0] if known[0] else None
    return Verdict(WRONG, "", case, claim.number.text, right, off)
