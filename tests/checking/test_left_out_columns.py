"""Tables of layers without a column for strides or biases, or with sizes written as shapes."""

from __future__ import annotations

import pytest

from sheetprop.checking.check import check_workbook
from sheetprop.checking.report import Report
from sheetprop.workbooks.sheet import Cell, Sheet, Workbook

Row = tuple[object, ...]


def report(*rows: Row) -> Report:
    """Return the report of a table that begins in B2."""
    cells = {}
    for r, row in enumerate(rows, 2):
        for c, value in enumerate(row, 2):
            is_formula = isinstance(value, str) and value.startswith("=")
            cell = Cell(None, str(value)) if is_formula else Cell(value)  # type: ignore[arg-type]
            cells |= {} if value is None else {(r, c): cell}
    return check_workbook(Workbook((Sheet("Net", cells),)), "net.xlsx")


HEADS = ("layer", "kernel", "in channels", "out channels", "params")
COUNTED = ("=C{r}^2*D{r}*E{r}", "=C{r}*C{r}*D{r}*E{r}+E{r}", "=(C{r}*C{r}*D{r}+1)*E{r}")


@pytest.mark.parametrize("formula", COUNTED)
def test_layers_may_have_biases_where_nothing_says_so(formula: str) -> None:
    """Without a column for biases a layer is right with them, and right without."""
    given = (("c1", 3, 1, 16), ("c2", 3, 16, 32), ("c3", 1, 32, 10))
    found = report(HEADS, *((*row, formula.format(r=r)) for r, row in enumerate(given, 3)))

    assert found.errors == ()
    assert found.verdict == "correct"


def test_a_layer_without_biases_needs_no_term_for_them() -> None:
    """Where the column says 0, a formula without the biases is a remark; elsewhere it is wrong."""
    heads = (*HEADS[:4], "bias", "params")
    rows = [("c1", 3, 1, 16, 1, "=C3^2*D3*E3+E3*F3"), ("c2", 3, 16, 8, 0, "=C4^2*D4*E4")]
    found = report(heads, *rows, ("c3", 1, 8, 10, 1, "=C5^2*D5*E5+E5*F5"))
    wrong = report(heads, *rows, ("c3", 1, 8, 10, 1, "=C5^2*D5*E5"))

    assert found.errors == ()
    assert [(one.mistake, one.places[0].range) for one in wrong.errors] == [
        ("miscounted-bias", "G5")
    ]


def test_strides_that_stand_nowhere_are_not_guessed() -> None:
    """A size that would be right with strides of 1 is; any other is undecided, none accused."""
    found = report(
        ("layer", "kernel", "padding", "out", "RF"),
        ("in", None, None, 28, 1),
        ("c1", 3, 1, "=E3+2*D4-C4+1", "=F3+C4-1"),
        ("pool", 2, 0, "=E4/2", "=F4+C5-1"),
        ("c3", 3, 0, "=E5+2*D6-C6+1", "=F5+(C6-1)*2"),
    )

    assert found.findings == ()
    assert found.verdict == "undecided"
    assert found.tables[0].cells["right"] >= 2


def test_a_size_written_as_a_shape_is_read_as_a_size() -> None:
    """28x28x16 is the size 28: right, and a text in whose place no formula is asked for."""
    shapes, numbers = (
        report(
            ("layer", "kernel", "stride", "padding", "output", "RF", "jump"),
            ("in", None, None, None, sizes[0], 1, 1),
            ("c1", 3, 1, 1, sizes[1], "=G3+(C4-1)*H3", "=H3*D4"),
            ("c2", 3, 2, 1, sizes[2], "=G4+(C5-1)*H4", "=H4*D5"),
        )
        for sizes in [("28x28x1", "28x28x16", "14x14x32"), (28, 28, 14)]
    )

    typed, *others = numbers.findings
    assert (typed.mistake, typed.severity) == ("typed-number", "warning")
    assert typed.places[0].range == "F4:F5"
    assert [one.mistake for one in others] == ["lost-border"]
    assert shapes.verdict == numbers.verdict == "correct"
    assert [one.message for one in shapes.findings] == [one.message for one in others]
