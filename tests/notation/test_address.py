"""Names of sheets in formulas."""

import pytest

from sheetprop.notation.address import quoted

PLAIN = ["Draw", "Sheet1", "Conv12", "my_sheet"]
IN_QUOTES = ["A1", "Run1", "XFD7", "R", "c", "RC", "R1C1", "TRUE", "1st", "Training log", "η"]


@pytest.mark.parametrize("sheet", [*PLAIN, *IN_QUOTES])
def test_a_sheet_is_in_quotes_where_it_could_be_something_else(sheet: str) -> None:
    assert quoted(sheet) == (sheet if sheet in PLAIN else f"'{sheet}'")


def test_a_quotation_mark_in_a_name_is_doubled() -> None:
    assert quoted("Ann's") == "'Ann''s'"
