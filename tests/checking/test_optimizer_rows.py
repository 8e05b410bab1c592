"""Runs of optimizers, the lesson's own and other people's: each mistake found by its name."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

import sheetprop
from sheetprop.checking.check import check_workbook
from sheetprop.lessons.kinds.kind import KindLesson
from sheetprop.lessons.kinds.optimizers.content import Optimizers
from sheetprop.lessons.kinds.optimizers.places import START, Places
from sheetprop.lessons.kinds.registry import workbook_of
from sheetprop.rows.optimizer_trees import OPTIMIZERS
from sheetprop.template import any_lesson
from sheetprop.words import texts_of
from sheetprop.workbooks.reading.read import read
from sheetprop.workbooks.sheet import Cell, Sheet, Workbook


def short() -> Optimizers:
    lesson = any_lesson("optimizers")
    assert isinstance(lesson, KindLesson)
    found: Optimizers = lesson.content
    return replace(found, steps=6)


def made(variant: str = "worked", language: str = "en") -> Workbook:
    texts = {**texts_of("en"), **texts_of(language)}
    return workbook_of(KindLesson("optimizers", "mine", short(), texts), variant)


def with_slip(sheet: str, quantity: str, old: str, new: str) -> Workbook:
    """Return the lesson's workbook with a column's formulas changed; ABOVE is the row before."""
    book, places = made(), Places(short())
    key = next(key for key, name in OPTIMIZERS.items() if name == sheet)
    column = places.column(key, quantity)
    cells = dict(book[sheet].cells)
    for row in range(START + 1, places.last + 1):
        right = str(cells[row, column].formula)
        wrong = re.sub(old, new, right).replace("ABOVE", str(row - 1))
        assert wrong != right
        cells[row, column] = Cell(None, wrong)
    sheets = tuple(replace(s, cells=cells) if s.name == sheet else s for s in book.sheets)
    return replace(book, sheets=sheets)


@pytest.mark.parametrize(
    ("variant", "language"),
    [("worked", "en"), pytest.param("solution", "hi", marks=pytest.mark.slow)],
)
def test_the_lessons_own_workbook_is_right(variant: str, language: str) -> None:
    """Every cell of every run, by the rule of the optimizer whose sheet it is."""
    report = check_workbook(made(variant, language), "a.xlsx")

    assert (report.verdict, report.findings) == ("correct", ())
    assert [table.sheet for table in report.tables] == list(OPTIMIZERS.values())
    assert all(table.cells["not_judged"] == 0 for table in report.tables)


@pytest.mark.slow
def test_a_blank_one_is_incomplete() -> None:
    """Nothing is accused, and what is empty is counted."""
    report = check_workbook(made("blank"), "a.xlsx")

    assert (report.verdict, report.findings) == ("incomplete", ())


@pytest.mark.slow
def test_find_the_bug_is_made_in_any_of_the_runs(tmp_path: Path) -> None:
    """By another seed in another table; `check` finds one mistake, and places it there."""
    places = []
    for seed in range(6):
        path = tmp_path / f"{seed}.xlsx"
        sheetprop.build("optimizers", variant="find-the-bug", seed=seed, output=path)
        (error,) = check_workbook(read(path), "a.xlsx").errors
        places += [place.sheet for place in error.places]

    assert set(places) == set(OPTIMIZERS.values())


HAT_M, HAT_V = r"I(\d+)", r"K(\d+)"  # the corrected means of w on the sheet of Adam
SLIPS = [
    ("Adam", "w", rf"{HAT_M}(.*){HAT_V}", r"E\1\2G\3", "missing-correction"),
    ("Adam", "w", HAT_V, r"G\1", "missing-correction"),
    ("AdamW", "mhat_b", r"/.*", "", "missing-correction"),
    ("Adam", "vhat_w", r"\^A\d+", "", "missing-correction"),
    ("Adam", "w", r"SQRT\((K\d+)\)\+(\$C\$12)", r"SQRT(\1+\2)", "epsilon-in-root"),
    ("RMSprop", "b", r"SQRT\((F\d+)\)\+(\$B\$12)", r"SQRT(\1+\2)", "epsilon-in-root"),
    ("AdamW", "m_w", r"(C\d+)$", r"(\1+$D$12*MABOVE)", "coupled-decay"),
    ("Momentum", "m_w", r"\+C", "-C", "wrong-sign"),
    ("SGD", "w", r"-B\d+\*", "-", "missing-factor"),
    ("RMSprop", "v_w", r"\^2", "", "missing-factor"),
    ("Momentum", "w", r"\*E", "*F", "wrong-column"),
    ("Nesterov", "w", r"G(\d+)-", r"I\1-", "wrong-column"),
    ("SGD", "dL/dw", r"\*\$A\$12", "", "missing-factor"),
    ("SGD", "e2", r"-\$D\$12", "-$F$12", "wrong-column"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("sheet", "quantity", "old", "new", "mistake"), SLIPS)
def test_a_slip_in_a_run_has_its_name(
    sheet: str, quantity: str, old: str, new: str, mistake: str
) -> None:
    """It is found in its column alone, and the right formula is offered."""
    report = check_workbook(with_slip(sheet, quantity, old, new), "a.xlsx")
    errors = [one for one in report.findings if one.severity == "error"]

    assert [one.mistake for one in errors] == [mistake]
    assert {(place.sheet, place.quantity) for place in errors[0].places} == {(sheet, quantity)}
    assert errors[0].expected
    assert report.verdict == "mistakes"


RIGHT = {
    "m": "=$B$2*C{r0}+(1-$B$2)*B{r}",
    "v": "=$B$3*D{r0}+(1-$B$3)*B{r}^2",
    "mhat": "=C{r}/(1-$B$2^A{r})",
    "vhat": "=D{r}/(1-$B$3^A{r})",
    "x": "=G{r0}-$B$1*E{r}/(SQRT(F{r})+$B$4)",
}


def strangers(**other: str) -> Workbook:
    """Return Adam on x², as somebody may lay it out who has never seen the lesson."""
    cells = {
        (row, column): Cell(value)
        for row, line in enumerate(
            (("learning rate", 0.1), ("beta1", 0.9), ("beta2", 0.999), ("eps", 1e-8)), 1
        )
        for column, value in enumerate(line, 1)
    }
    heads = ("t", "gradient", "m", "v", "m_hat", "v_hat", "x")
    cells |= {(6, column): Cell(text) for column, text in enumerate(heads, 1)}
    cells |= {(7, 1): Cell(0), (7, 3): Cell(0), (7, 4): Cell(0), (7, 7): Cell(3.5)}
    for row in range(8, 20):
        cells[row, 1] = Cell(row - 7)
        cells[row, 2] = Cell(None, f"=2*G{row - 1}")
        for column, (name, text) in enumerate(RIGHT.items(), 3):
            formula = other.get(name, text).format(r=row, r0=row - 1)
            cells[row, column] = Cell(None, formula)
    return Workbook((Sheet("Adam by hand", cells),))


def test_a_strangers_run_is_recognised_and_right() -> None:
    """All that follows from the gradient is right; what function it is of, nobody can know."""
    report = check_workbook(strangers(), "a.xlsx")

    assert report.findings == ()
    assert report.tables[0].cells["wrong"] == 0
    assert report.tables[0].cells["right"] == 5 * 12
    assert report.verdict == "undecided"


@pytest.mark.parametrize(
    ("name", "formula", "mistake"),
    [
        ("x", "=G{r0}-$B$1*C{r}/(SQRT(D{r})+$B$4)", "missing-correction"),
        ("mhat", "=C{r}/(1-$B$2)", "missing-correction"),
        ("x", "=G{r0}-$B$1*E{r}/SQRT(F{r}+$B$4)", "epsilon-in-root"),
        ("x", "=G{r0}-$B$1*E{r}/SQRT(F{r})", "epsilon-in-root"),
        ("v", "=$B$3*D{r0}+(1-$B$3)*B{r}", "missing-factor"),
        ("m", "=$B$3*C{r0}+(1-$B$3)*B{r}", "wrong-column"),
        ("x", "=G{r0}+$B$1*E{r}/(SQRT(F{r})+$B$4)", "wrong-sign"),
    ],
)
def test_a_strangers_slip_has_its_name(name: str, formula: str, mistake: str) -> None:
    """In other columns, with other words, by the same trees."""
    report = check_workbook(strangers(**{name: formula}), "a.xlsx")

    assert [one.mistake for one in report.findings] == [mistake]


def run_of(heads: str, first: str, then: str, rows: int = 6) -> Workbook:
    """Return the run of an optimizer below its settings; cells are divided by blanks."""
    cells = {(1, 1): Cell("lr"), (1, 2): Cell(0.1), (2, 1): Cell("beta"), (2, 2): Cell(0.9)}
    for row, line in enumerate((heads, first, *[then] * rows), 4):
        for column, text in enumerate(line.format(r=row, r0=row - 1).split(), 1):
            is_formula = text.startswith("=")
            is_text = row == 4 or is_formula
            value = None if is_formula else text.replace("_", " ") if is_text else float(text)
            cells[row, column] = Cell(value, text if is_formula else None)
    return Workbook((Sheet("Run", cells),))


AHEAD = ("t w gradient v new_w", "1 5 =2*B{r} {v0} {w}", "=A{r0}+1 =E{r0} =2*B{r} {v} {w}")
BESIDE = ("t w gradient v", "0 5 =2*B{r} {v0}", "=A{r0}+1 {w0} =2*B{r} {v}")
BEHIND = ("t w gradient v", "0 5 =2*B{r} 0", "=A{r0}+1 {w} =2*B{r} {vb}")
MOMENTA = {
    "sum": ("=C{r}", "=$B$2*D{r0}+C{r}", "=B{b}-$B$1*D{r}"),
    "mean": ("=(1-$B$2)*C{r}", "=$B$2*D{r0}+(1-$B$2)*C{r}", "=B{b}-$B$1*D{r}"),
    "change": ("=$B$1*C{r}", "=$B$2*D{r0}+$B$1*C{r}", "=B{b}-D{r}"),
    "downhill": ("=-$B$1*C{r}", "=$B$2*D{r0}-$B$1*C{r}", "=B{b}+D{r}"),
}


def laid_out(layout: tuple[str, str, str], v0: str, v: str, w: str) -> Workbook:
    heads, *lines = layout
    w0 = w.replace("{b}", "{r}").replace("{r}", "{r0}")
    w = w.replace("{b}", "{r}" if layout is AHEAD else "{r0}")
    vb = v.replace("C{r}", "C{r0}")
    for own, text in {"{v0}": v0, "{v}": v, "{w0}": w0, "{w}": w, "{vb}": vb}.items():
        lines = [line.replace(own, text) for line in lines]
    return run_of(heads, *lines)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("layout", "kind"),
    [(layout, kind) for layout in (AHEAD, BESIDE) for kind in MOMENTA]
    + [(BEHIND, kind) for kind in ("sum", "mean")],
)
def test_no_layout_or_convention_is_accused(layout: tuple[str, str, str], kind: str) -> None:
    """A row may hold what it starts from, and its update beside it or below; momentum varies."""
    report = check_workbook(laid_out(layout, *MOMENTA[kind]), "a.xlsx")

    assert report.findings == ()
    assert report.tables[0].cells["wrong"] == 0
    assert report.tables[0].cells["right"] >= 6 * 2


@pytest.mark.slow
def test_a_wrong_update_is_found_in_other_layouts() -> None:
    """The sign of the update is wrong, in a column of its own or in the row below."""
    for layout, column in ((AHEAD, "E"), (BESIDE, "B"), (BEHIND, "B")):
        v0, v, _ = MOMENTA["sum"]
        report = check_workbook(laid_out(layout, v0, v, "=B{b}+$B$1*D{r}"), "a.xlsx")
        (error,) = report.errors

        assert error.mistake == "wrong-sign"
        assert {place.range[0] for place in error.places} == {column}
