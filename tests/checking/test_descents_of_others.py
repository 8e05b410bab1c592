"""Runs down a slope as people make them: gradients beside their point, numbers in formulas."""

from __future__ import annotations

import pytest
from cell_sheets import written

from sheetprop.checking.check import check_workbook
from sheetprop.checking.report import Report

HEAD = "step | x | f'(x) | v"
FIRST = "1 | 3 | =2*B2 | =C2"
ROW = "{k} | =B{p}-0.1*D{p} | =2*B{r} | =0.9*D{p}+C{r}"
ABOVE = "{k} | =B{p}-0.1*D{r} | =2*B{p} | =0.9*D{p}+C{r}"


def run(row: str, first: str = FIRST, slip: str | None = None) -> Report:
    """Return the report of momentum on x²; `slip` is what the fourth row has instead."""
    rows = [(slip if r == 5 and slip else row).format(r=r, p=r - 1, k=r - 1) for r in range(3, 9)]
    return check_workbook(written("\n".join([HEAD, first, *rows])), "a.xlsx")


@pytest.mark.slow
@pytest.mark.parametrize(("row", "first"), [(ROW, FIRST), (ABOVE, "0 | 3 | | 0")])
def test_settings_may_be_typed_in_formulas(row: str, first: str) -> None:
    """Rate and momentum that stand in formulas alone are what the formulas say, in either way."""
    report = run(row, first)

    assert report.findings == ()
    assert [one.quantities["m_w"] for one in report.tables] == ["D2:D8"]


@pytest.mark.slow
def test_another_number_in_one_row_is_wrong() -> None:
    """What most rows say is the rate, so that one row with another number is accused."""
    report = run(ROW, slip=ROW.replace("0.1*", "0.2*"))

    assert [(p.quantity, p.range) for f in report.errors for p in f.places] == [("w_before", "B5")]


@pytest.mark.slow
def test_a_wrong_sign_has_its_name_where_gradients_stand_beside_their_point() -> None:
    """An update that goes up takes the right row, and is said to go up."""
    report = run(ROW.replace("B{p}-", "B{p}+"))

    assert [one.mistake for one in report.errors] == ["wrong-sign"]


@pytest.mark.slow
def test_a_slope_belongs_to_the_function_left_of_it() -> None:
    """A column headed only slope is the slope of the function before it, right or wrong."""
    rows = [f"{x} | =1/(1+EXP(-A{r})) | =B{r}*(2-B{r})" for r, x in enumerate((-2, -1, 0, 1, 2), 2)]
    report = check_workbook(written("\n".join(["x | sigmoid | slope", *rows])), "a.xlsx")

    assert {p.range for f in report.errors for p in f.places} == {"C2:C6"}
