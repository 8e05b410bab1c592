"""Worksheets of the lesson architecture as people lay them out, each cell judged by name."""

from __future__ import annotations

import pytest
from slowly import one_in

from sheetprop.checking.check import check_workbook
from sheetprop.checking.report import Report
from sheetprop.notation.address import address
from sheetprop.reports import FORMATS
from sheetprop.workbooks.sheet import Cell, Sheet, Workbook

LAYERS = (
    ("conv1", 3, 1, 1, 2, 8, 1),
    ("conv2", 5, 2, 0, 1, 16, 0),
    ("pool", 2, 2, 0, 1, 16, 0),
    ("conv3", 5, 1, 1, 3, 10, 1),
)
GIVEN = ("kernel", "stride", "padding", "dilation", "channels", "bias")
RIGHT = {
    "size": "=INT(({size-}+2*{padding}-{dilation}*({kernel}-1)-1)/{stride})+1",
    "jump": "={jump-}*{stride}",
    "field": "={field-}+({kernel}-1)*{dilation}*{jump-}",
    "parameters": "={kernel}^2*{channels-}*{channels}+{bias}*{channels}",
}
HEADERS = {
    "long": (
        *("Kernel size", "Stride", "Padding", "Dilation", "Output channels", "Bias"),
        *("Output size", "Jump", "Receptive field", "#Params"),
    ),
    "short": ("k", "s", "p", "d", "C_out", "bias", "n_out", "j_out", "r_out", "params"),
    "german": (
        *("Kern", "Schritt", "Rand", "Dehnung", "Kanäle", "Bias"),
        *("Größe danach", "Sprung", "rezeptives Feld", "Parameter"),
    ),
}
TOP, LEFT = 4, 2


def sheet(
    changed: dict[tuple[str, int], object] | None = None,
    layout: str = "long",
    *,
    across: bool = False,
    **formulas: str,
) -> Workbook:
    """Return a table of the layers; `formulas` replace a column's, `changed` single cells."""
    names = [*GIVEN, *RIGHT]
    cells: dict[tuple[int, int], Cell] = {}
    at = {name: LEFT + 1 + k for k, name in enumerate(names)}

    def put(row: int, column: int, content: object) -> None:
        where = (column, row) if across else (row, column)
        is_formula = isinstance(content, str) and content.startswith("=")
        cells[where] = Cell(None, str(content)) if is_formula else Cell(content)  # type: ignore[arg-type]

    def reference(name: str, row: int) -> str:
        return address(at[name], row) if across else address(row, at[name])

    for name, header in zip(names, HEADERS[layout], strict=True):
        put(TOP, at[name], header)
    start = {"channels": 3, "size": 57, "jump": 1, "field": 1}
    for name, value in start.items():
        put(TOP + 1, at[name], value)
    for step, (label, *given) in enumerate(LAYERS, 1):
        row = TOP + 1 + step
        put(row, LEFT, label)
        for name, value in zip(GIVEN, given, strict=True):
            put(row, at[name], value)
        where = {f"{name}-": reference(name, row - 1) for name in names}
        where |= {name: reference(name, row) for name in names}
        for name, right in RIGHT.items():
            formula = "=0" if name == "parameters" and label == "pool" else right
            put(row, at[name], formulas.get(name, formula).format(**where))
    for (name, step), content in (changed or {}).items():
        text = content.format(**where) if isinstance(content, str) else content
        put(TOP + 1 + step, at[name], text)
    return Workbook((Sheet("Net", cells),))


def report(workbook: Workbook) -> Report:
    return check_workbook(workbook, "net.xlsx")


@pytest.mark.parametrize("across", [False, True])
@pytest.mark.parametrize("layout", HEADERS)
def test_right_ones_are_correct(layout: str, across: bool) -> None:
    """In every spelling, with layers down or across, each cell is accounted for, none accused."""
    found = report(sheet(layout=layout, across=across))

    assert found.verdict == "correct"
    assert found.findings == ()
    assert [table.lesson for table in found.tables] == ["architecture"]
    assert found.tables[0].cells["right"] == 16
    assert found.tables[0].cells["given"] == 24 + 4 + 0


WRONG = (
    ("jump-not-carried", "field", "={field-}+({kernel}-1)*{dilation}"),
    ("jump-not-carried", "field", "={field-}+({kernel}-1)*{dilation}*{jump}"),
    ("jump-not-carried", "field", "={field-}+({kernel}-1)*{dilation}*{stride}"),
    ("jump-not-carried", "jump", "={stride}"),
    ("dilated-kernel", "field", "={field-}+({kernel}+({dilation}-1)*2-1)*{jump-}"),
    ("dilated-kernel", "field", "={field-}+({kernel}-1)*{jump-}"),
    ("one-sided-padding", "size", RIGHT["size"].replace("2*", "")),
    ("one-sided-padding", "size", RIGHT["size"].replace("+2*{padding}", "")),
    ("missing-term", "size", RIGHT["size"].removesuffix("+1")),
    ("missing-floor", "size", RIGHT["size"].replace("INT", "")),
    ("miscounted-bias", "parameters", "={kernel}^2*{channels-}*{channels}+{bias}"),
    ("miscounted-bias", "parameters", "={kernel}^2*{channels-}*{channels}"),
    ("miscounted-bias", "parameters", "={kernel}^2*{channels-}*{channels}+{channels}"),
    ("miscounted-bias", "parameters", "=({kernel}^2*{channels}+{bias})*{channels-}"),
    ("missing-factor", "parameters", "={kernel}^2*{channels}+{bias}*{channels}"),
    ("wrong-column", "jump", "={jump-}*{kernel}"),
    ("wrong-iteration", "parameters", "={kernel}^2*{channels}*{channels}+{bias}*{channels}"),
    ("wrong-sign", "field", "={field-}-({kernel}-1)*{dilation}*{jump-}"),
)


@pytest.mark.parametrize("wrong", one_in(3, WRONG))
def test_a_wrong_cell_is_found_where_it_is(wrong: tuple[str, str, str]) -> None:
    """One cell with a mistake is called by its name, in its place, with what belongs there."""
    mistake, quantity, formula = wrong
    found = report(sheet({(quantity, 4): formula}))
    is_even = mistake == "missing-floor"  # here it goes evenly, and only a warning is due
    (finding,) = found.findings
    column = LEFT + 1 + [*GIVEN, *RIGHT].index(quantity)

    assert found.verdict == ("correct" if is_even else "mistakes")
    assert found.tables[0].cells["wrong"] == (0 if is_even else 1)
    assert finding.mistake == mistake
    assert [place.range for place in finding.places] == [address(TOP + 5, column)]
    mended = report(sheet({(quantity, 4): finding.expected}))
    assert (mended.verdict, mended.findings) == ("correct", ())


@pytest.mark.parametrize(("layout", "across"), [("short", False), ("german", True)])
def test_a_wrong_column_is_one_finding(layout: str, across: bool) -> None:
    """A slip filled through the table is said once, with all its cells."""
    formula = "={field-}+({kernel}-1)*{dilation}"
    found = report(sheet(layout=layout, across=across, field=formula))

    assert [one.mistake for one in found.errors] == ["jump-not-carried"]
    assert len(found.errors[0].places) == 1
    assert found.tables[0].cells["wrong"] == 4
    for name, form in FORMATS.items():
        if name != "text":
            assert form.render([found]), name


CHANGED = (
    ({("size", 3): 12}, "mistakes", "typed-number"),
    ({("size", 2): 26}, "correct", "typed-number"),
    ({("size", 3): None}, "incomplete", None),
    ({("jump", 2): "=#REF!*2"}, "mistakes", "error-value"),
    ({("field", 4): "=7"}, "mistakes", "unexplained"),
    ({("size", 4): "=VLOOKUP(99,A1:B9,2)"}, "mistakes", "error-value"),
    ({("jump", 4): "=4*{stride}"}, "correct", "typed-constant"),
)


@pytest.mark.parametrize(("changed", "verdict", "mistake"), CHANGED)
def test_every_cell_counts(
    changed: dict[tuple[str, int], object], verdict: str, mistake: str | None
) -> None:
    """A number, a gap, an error: the verdict follows from the one cell that is another."""
    found = report(sheet(changed))

    assert found.verdict == verdict
    assert [one.mistake for one in found.findings] == ([mistake] if mistake else [])
    assert sum(found.tables[0].cells.values()) == 44


def test_other_sheets_stay_what_they_are() -> None:
    """Headers alone, or columns that compute nothing of the lesson, are no worksheet of it."""
    for formula in ("={kernel}*17+{stride}", "={padding}-{dilation}*9.81"):
        found = report(sheet(size=formula, jump=formula, field=formula, parameters=formula))
        assert found.verdict == "not-recognised"
        assert "backpropagation" in str(found.reason)


def test_a_first_row_may_take_its_jump_from_a_cell() -> None:
    """The field before the first layer is 1, also where the jump before it stands in a column."""
    heads = ("layer", "k", "s", "j_in", "j_out", "RF")
    cells = {(1, column): Cell(text) for column, text in enumerate(heads, 1)}
    for row, (kernel, stride) in enumerate(((3, 1), (2, 2), (3, 1)), 2):
        jump, field = (f"=E{row - 1}", f"=F{row - 1}") if row > 2 else ("=1", "=1")
        formulas = (jump, f"=D{row}*C{row}", f"{field}+(B{row}-1)*D{row}")
        cells |= {(row, 1): Cell("conv"), (row, 2): Cell(kernel), (row, 3): Cell(stride)}
        cells |= {(row, column): Cell(None, text) for column, text in enumerate(formulas, 4)}
    found = report(Workbook((Sheet("Net", cells),)))

    assert (found.verdict, found.findings) == ("correct", ())


@pytest.mark.slow
def test_a_kernel_may_tell_its_channels() -> None:
    """Of 3x3x1x16, what goes in and comes out behind the size, the size counts."""
    heads = ("layer", "kernel", "stride", "jump", "RF")
    rows = (("3x3x1x16", 1, 1, 3), ("2x2", 2, 2, 4), ("3×3×16×8", 1, 2, 8))
    cells = {(1, column): Cell(text) for column, text in enumerate(heads, 1)}
    for row, line in enumerate((("conv", *one) for one in rows), 2):
        cells |= {(row, column): Cell(value) for column, value in enumerate(line, 1)}
    right = report(Workbook((Sheet("Net", cells),)))
    wrong = report(Workbook((Sheet("Net", {**cells, (4, 5): Cell(9)}),)))

    assert (right.verdict, right.errors) == ("correct", ())
    assert [place.range for one in wrong.errors for place in one.places] == ["E4"]
