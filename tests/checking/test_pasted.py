"""What is proposed can be pasted: filled over its places, all at once, it makes a sheet correct."""

from __future__ import annotations

from pathlib import Path

import pytest
from pasting import filled, proposed
from slowly import one_in
from worksheets import DELTA_1, ORDER, Content, Table, save

from sheetprop.checking.check import check_workbook
from sheetprop.checking.report import Report
from sheetprop.workbooks.reading.read import read

WRONG = {
    "one slip": Table().changed("dE/dw5", f"={DELTA_1}*{{a_h2}}"),
    "across": Table(across=True, header=2, first_line=3, rate_cell=(1, 2)).changed(
        "dE/dw7", "={a_o2}*{a_h1}"
    ),
    "in one row": Table().changed("a_h1", "={h1}", [3]),
    "an update and what it takes": Table()
    .changed("w6", "={w6[-1]}+{eta}*{dE/dw6[-1]}")
    .changed("dE/dw6", f"={DELTA_1}"),
    "typed": Table().changed("o1", 1.5, [2, 3]),
    "blank": Table().changed("E_total", None, [4]),
}


def mended(path: Path) -> tuple[Report, Report]:
    """Return the reports before and after what is proposed was filled in."""
    workbook = read(path)
    before = check_workbook(workbook, path.name)
    after = check_workbook(filled(workbook, dict(proposed(before))), path.name)
    return before, after


@pytest.mark.parametrize("name", one_in(3, WRONG))
def test_one_round_is_enough(name: str, tmp_path: Path) -> None:
    """Every place has its own right formula, so that nothing is left to mend."""
    before, after = mended(save(tmp_path / "a.xlsx", WRONG[name]))

    assert before.verdict in ("mistakes", "incomplete")
    assert after.verdict == "correct"


def test_below_a_gap_an_update_refers_back_over_it(tmp_path: Path) -> None:
    """A range ends before a blank row, and the row below that has a formula of its own."""
    table = Table(iterations=9).changed("dE/dw5", f"={DELTA_1}").changed("w5", "={w5[-1]}")
    cells: dict[str, Content] = {table.address(name, 4): None for name in ORDER}
    for name in ORDER[4:]:
        start = table.cells().get(table.cell(name, 5))
        if isinstance(start, str) and table.address(name, 4) in start:
            cells[table.address(name, 5)] = start.replace(
                table.address(name, 4), table.address(name, 3)
            )
    before, after = mended(save(tmp_path / "a.xlsx", table, further={"Sheet1": cells}))

    ranges = [place.range for one in before.errors for place in one.places]
    assert not any(table.address("dE/dw5", 4) in text for text in ranges)
    assert after.verdict == "correct"


@pytest.mark.corpus
def test_real_workbooks(corpus: Path) -> None:
    """One round mends every wrong workbook of a class."""
    left = {}
    for path in sorted((corpus / "workbooks").iterdir()):
        before, after = mended(path)
        if before.verdict in ("mistakes", "incomplete") and after.verdict != "correct":
            left[path.name] = after.verdict

    assert left == {}
