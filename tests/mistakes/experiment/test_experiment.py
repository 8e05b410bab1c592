"""The experiment as a whole: names of rates, starts, missing rates and pasted losses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl.chart import LineChart, Reference
from openpyxl.chart.series import SeriesLabel
from slowly import one_in
from worksheets import Content, Table, save

from sheetprop.checking.check import check_file
from sheetprop.checking.report import Finding
from sheetprop.maths.trace import run
from sheetprop.mistakes.experiment.rate_names import is_numbering, labelled_rate, rate_named
from sheetprop.template import load

SIX = (0.1, 0.2, 0.5, 0.8, 1.0, 2.0)


def named(findings: Iterable[Finding], *mistakes: str) -> list[Finding]:
    """Return the findings of some mistakes."""
    return [finding for finding in findings if finding.mistake in mistakes]


def sheets(rates: Iterable[float], title: str = "LR_{:g}") -> list[Table]:
    """Return a table for each rate on a sheet of its own, named after it."""
    return [Table(title.format(rate), rate=rate) for rate in rates]


def experiment(path: Path, *tables: Table, **further: object) -> list[Finding]:
    """Return what is found about the experiment in a workbook saved under a name."""
    report = check_file(save(path, *tables, **further))  # type: ignore[arg-type]
    codes = ("SP401", "SP402", "SP403", "SP404")
    return [finding for finding in report.findings if finding.code in codes]


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("LR_0.1", 0.1),
        ("η = 0.5", 0.5),
        ("ɳ=0.2", 0.2),
        ("learning rate 0.8", 0.8),
        ("LearningRate(0.5)", 0.5),
        ("ETA0.1_Backprop", 0.1),
        ("lr=2", 2.0),
        ("LR: 1", 1.0),
        ("Loss (lr = 0.5, 100 steps)", None),
        ("lr=1e-3", 0.001),
        ("learning rate 0,5", 0.5),
        ("Backprop_learningrate_2.0", 2.0),
        ("lr0.5_v2", 0.5),
        ("LR1", None),
        ("LR_1_2", None),
        ("LR_01", None),
        ("lr 2024", None),
        ("lr=0.1, 0.5", None),
        ("lr 0.1 to 2", None),
        ("lr=0.1 and lr=0.5", None),
        ("beta 0.5", None),
        ("student 20231107", None),
        ("Backprop v1.2", None),
        ("2024-05-01", None),
        ("learning rate", None),
        ("0.5", None),
        ("", None),
    ],
)
def test_only_clear_rates_are_read(text: str, rate: float | None) -> None:
    """A text names a rate only where nothing else can be meant."""
    assert rate_named(text) == rate


@pytest.mark.parametrize(
    ("text", "rate"),
    [("E_0.1", 0.1), ("LR=2", 2.0), ("1", 1.0), ("0.8", 0.8), ("Run 1", None), ("0.1 to 2", None)],
)
def test_labels_of_losses(text: str, rate: float | None) -> None:
    """In front of losses a number with a point is a rate, a counted run is none."""
    assert labelled_rate(text) == rate


def test_numbering() -> None:
    """Numbers that count from 1 are no rates; a single one may be."""
    assert is_numbering([1.0, 2.0, 3.0])
    assert not is_numbering([1.0])
    assert not is_numbering([0.1, 0.2])


@pytest.mark.slow
def test_names_that_are_right_are_silent(tmp_path: Path) -> None:
    """Six sheets named after their rates contradict nothing."""
    assert experiment(tmp_path / "backprop.xlsx", *sheets(SIX)) == []


@pytest.mark.parametrize(
    "name", ["lr_0.5.xlsx", "ETA0.5_backprop.xlsx", "learningrate_0.5_v2.xlsx"]
)
def test_a_file_named_after_its_rate(name: str, tmp_path: Path) -> None:
    """The file's name is believed where it is right, and found where it is not."""
    assert experiment(tmp_path / name, Table(rate=0.5)) == []

    (finding,) = experiment(tmp_path / name, Table(rate=0.2))

    assert (finding.mistake, finding.severity) == ("rate-mismatch", "warning")
    assert finding.message.endswith("names the learning rate 0.5, but η is 0.2.")
    assert finding.places[0].range == "G30"


@pytest.mark.parametrize(
    "name", one_in(4, ["student_20231.xlsx", "2024-05-01.xlsx", "v0.2.xlsx", "LR1.xlsx"])
)
def test_other_numbers_in_a_name_are_no_rates(name: str, tmp_path: Path) -> None:
    """Dates, versions and numbers of students name no rate."""
    assert experiment(tmp_path / name, Table(rate=2.0)) == []


@pytest.mark.parametrize("title", one_in(2, ["LR_0.1", "η = 0.1", "0.1", "learning rate 0.1"]))
def test_a_sheet_with_another_rate(title: str, tmp_path: Path) -> None:
    """A sheet that is named after one rate and trains with another is found."""
    (finding,) = experiment(tmp_path / "a.xlsx", Table(title, rate=0.5))

    assert finding.message == f"The sheet {title} names the learning rate 0.1, but η is 0.5."


@pytest.mark.slow
def test_numbered_sheets_name_no_rates(tmp_path: Path) -> None:
    """Sheets called learning rate 1, 2, 3 are counted."""
    tables = [Table(f"learning rate {k}", rate=0.1 * k) for k in (1, 2, 3)]

    assert experiment(tmp_path / "a.xlsx", *tables) == []


@pytest.mark.parametrize(("rate", "count"), [(0.5, 0), (10.0, 1)])
def test_the_title_of_a_chart(rate: float, count: int, tmp_path: Path) -> None:
    """A chart's title that names another rate than η has is found."""
    path = save(tmp_path / "a.xlsx", Table(rate=rate, iterations=12))
    book = openpyxl.load_workbook(path)
    chart = LineChart()
    chart.title = "Loss, learning rate 0.5"
    chart.add_data(Reference(book.active, min_col=23, min_row=32, max_row=43))
    book.active.add_chart(chart, "AH2")
    book.save(path)

    assert len(named(check_file(path).findings, "rate-mismatch")) == count


def test_the_name_of_a_series(tmp_path: Path) -> None:
    """In a chart of all runs each series must be the run it is named after."""
    path = save(tmp_path / "a.xlsx", *sheets((0.1, 0.5), "Run {:g}"))
    book = openpyxl.load_workbook(path)
    chart = LineChart()
    for page, name in zip(book.worksheets, ("η = 0.1", "η = 0.8"), strict=True):
        chart.add_data(Reference(page, min_col=23, min_row=32, max_row=39))
        chart.series[-1].tx = SeriesLabel(v=name)
    book.active.add_chart(chart, "AH2")
    book.save(path)

    (finding,) = named(check_file(path).findings, "rate-mismatch")

    assert "η = 0.8 of a chart names the learning rate 0.8, but η is 0.5" in finding.message


def test_a_different_start(tmp_path: Path) -> None:
    """One run with another first weight, or another target, is told by value."""
    first, second, third = sheets((0.1, 0.5, 2.0))
    other = replace(second, weights=(*second.weights[:5], 0.445, *second.weights[6:]))
    (finding,) = experiment(tmp_path / "a.xlsx", first, other, third)

    assert (finding.mistake, finding.severity) == ("different-start", "warning")
    assert "w6 = 0.445 instead of 0.45" in finding.message
    assert [place.sheet for place in finding.places] == ["LR_0.5"]

    other = replace(third, targets=(0.5, 0.5))
    (finding,) = experiment(tmp_path / "b.xlsx", first, second, other)

    assert {place.quantity for place in finding.places} == {"t1", "t2"}


def test_other_starts_for_one_rate_are_another_experiment(tmp_path: Path) -> None:
    """Runs of one rate from different weights compare starts, not rates."""
    tables = [Table("first", rate=0.5), Table("second", rate=0.5, weights=(0.3,) * 8)]

    assert experiment(tmp_path / "a.xlsx", *tables) == []


def test_a_rate_with_two_runs_is_a_note(tmp_path: Path) -> None:
    """A copied sheet whose rate was not changed is told, as a note."""
    tables = [*sheets((0.1, 0.5)), Table("copy", rate=0.5)]
    (finding,) = experiment(tmp_path / "a.xlsx", *tables)

    assert (finding.mistake, finding.severity) == ("missing-rate", "note")
    assert "0.5 has 2 runs (on LR_0.5 and copy)" in finding.message


@pytest.mark.slow
def test_the_one_rate_without_a_run_is_a_note(tmp_path: Path) -> None:
    """Of the six rates of the assignment one that is missing is told; three that are, are not."""
    (finding,) = experiment(tmp_path / "a.xlsx", *sheets(r for r in SIX if r != 0.8))

    assert (finding.severity, finding.message) == ("note", "The learning rate 0.8 has no run.")
    assert experiment(tmp_path / "b.xlsx", *sheets((0.1, 0.2, 0.5))) == []


def losses(rates: tuple[float, ...], count: int = 15) -> list[list[float]]:
    """Return the right losses of the default table, rate by rate."""
    spec = replace(load("classic"), targets=(0.01, 0.99))
    found: list[list[float]] = run(spec, rates, count).values["E_total"].tolist()
    return found


def copies(
    labels: Iterable[Content], columns: Iterable[Iterable[float]], digits: int = 17
) -> dict[str, dict[str, Content]]:
    """Return a sheet of pasted losses, a column under each label."""
    cells: dict[str, Content] = {}
    for letter, label, values in zip("BCDEFGH", labels, columns, strict=False):
        cells[f"{letter}2"] = label
        cells |= {f"{letter}{3 + k}": float(f"{v:.{digits}g}") for k, v in enumerate(values)}
    return {"Copies": cells}


@pytest.mark.slow
@pytest.mark.parametrize("label", ["LR={:g}", "η = {:g}", "{:g}", "number"])
@pytest.mark.parametrize("digits", [17, 10, 5])
def test_pasted_losses_of_other_rates_are_right(label: str, digits: int, tmp_path: Path) -> None:
    """Losses pasted after trying each rate in one table are right, with any number of digits."""
    labels: list[Content] = [rate if label == "number" else label.format(rate) for rate in SIX]
    further = copies(labels, losses(SIX), digits)

    assert experiment(tmp_path / "a.xlsx", Table(iterations=15), further=further) == []


@pytest.mark.slow
def test_pasted_losses_of_the_students_own_wrong_formulas(tmp_path: Path) -> None:
    """Losses that the wrong formulas of the table give are not stale: they match the workbook."""
    wrong = Table(rate=0.5, iterations=15).changed("dE/dw5", "={a_o1}*{a_h1}")
    path = save(tmp_path / "a.xlsx", wrong)
    report = check_file(path, with_pictures=False)
    assert report.verdict == "mistakes"
    from sheetprop.calculating.engine import Engine
    from sheetprop.workbooks.reading.read import read

    engine = Engine(read(path))
    own = [float(engine.value("Sheet1", wrong.cell("E_total", k)) or 0) for k in range(15)]
    engine.set("Sheet1", (30, 7), 2.0)
    engine.recalculate()
    other = [float(engine.value("Sheet1", wrong.cell("E_total", k)) or 0) for k in range(15)]
    further = copies(["LR=0.5", "LR=2"], [own, other])

    assert experiment(tmp_path / "b.xlsx", wrong, further=further) == []


def test_stale_losses(tmp_path: Path) -> None:
    """Losses under a rate that gives others are found, and the rate that they belong to."""
    (half,) = losses((0.5,))
    further = copies(["LR=0.5", "LR=0.8"], [half, half])
    (finding,) = experiment(tmp_path / "a.xlsx", Table(rate=0.5, iterations=15), further=further)

    assert (finding.mistake, finding.severity) == ("stale-losses", "warning")
    assert "learning rate 0.8 are not what" in finding.message
    assert "those of η = 0.5" in finding.message
    assert [(p.sheet, p.range) for p in finding.places] == [("Copies", "C3:C17")]


@pytest.mark.slow
def test_losses_without_a_rate_are_left_alone(tmp_path: Path) -> None:
    """Numbers that nothing labels, or that count runs, are not held against any rate."""
    (half,) = losses((0.5,))
    for labels in (["", ""], ["Run 1", "Run 2"], ["E", "loss"]):
        further = copies(labels, [half, half])
        assert (
            experiment(tmp_path / "a.xlsx", Table(rate=2.0, iterations=15), further=further) == []
        )
