"""How well sheets of arrays are judged: ``python benchmarks/arrays.py --changes 10 --seed 1``.

Each of fifty sheets, as strangers would make them, gets so many random changes of one formula, one
at a time; what `check` finds is counted.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from checking.arrays.strangers import Stranger, strangers
from checking.layouts.small_network import slipped, with_cells

from sheetprop.checking.check import check_workbook
from sheetprop.notation.address import address
from sheetprop.workbooks.sheet import Cell


def main() -> None:
    """Print how many right sheets are correct, and what becomes of the changed ones."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--changes", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    own, chance = [*strangers()], random.Random(asked.seed)
    right = Counter(check_workbook(one.workbook, one.name).verdict for one in own)
    print(f"right sheets: {dict(right)}")
    found = Counter(
        outcome for one in own for outcome in outcomes(one, asked.changes, chance) if outcome
    )
    print(f"changed cells: {dict(found)}")


def outcomes(own: Stranger, count: int, chance: random.Random) -> Iterator[str]:
    """Yield for each change whether its cell, and no other, is told, or which verdict there is."""
    sheet = own.workbook.sheets[0]
    formulas = [at for at, cell in sheet.cells.items() if cell.formula]
    for _ in range(count):
        at = chance.choice(formulas)
        text = slipped(str(sheet.cells[at].formula), sheet.name, chance)
        changed = with_cells(own.workbook, sheet.name, {at: Cell(None, text)})
        report = check_workbook(changed, own.name)
        places = [place.range for one in report.errors for place in one.places]
        if places == [address(*at)]:
            is_named = report.errors[0].mistake not in ("broken-pattern", "unexplained")
            yield "found there, and named" if is_named else "found there"
        else:
            yield "others accused" if places else report.verdict


if __name__ == "__main__":
    main()
