"""Charts of the loss: what leaves the losses is found, and a chart of all of them is not."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest
from openpyxl.chart import LineChart, ScatterChart
from openpyxl.chart.data_source import NumDataSource, NumRef
from openpyxl.chart.series import Series
from slowly import slowly
from worksheets import Content, Table, save

from sheetprop import build
from sheetprop.checking.check import check_file
from sheetprop.checking.report import Finding

LONG = Table(iterations=20)  # E_total in W32:W51
CHART_CODES = ("SP501", "SP502")


@dataclass(frozen=True)
class Drawn:
    """A chart on the first sheet: the references of its series, its title, and its kind."""

    ranges: tuple[str, ...]
    title: str | None = "Loss"
    is_scatter: bool = False


def drawn(path: Path, *charts: Drawn) -> Path:
    """Add charts to a workbook."""
    book = openpyxl.load_workbook(path)
    for one in charts:
        chart = ScatterChart() if one.is_scatter else LineChart()
        chart.title = one.title
        for index, reference in enumerate(one.ranges):
            data = NumDataSource(numRef=NumRef(f=reference))
            series = Series(idx=index, order=index)
            if one.is_scatter:
                series.yVal = data
            else:
                series.val = data
            chart.series.append(series)
        book.worksheets[0].add_chart(chart, "AH2")
    book.save(path)
    return path


def found(
    folder: Path,
    *charts: Drawn,
    table: Table = LONG,
    further: dict[str, dict[str, Content]] | None = None,
) -> list[Finding]:
    """Return what is found about the charts of a workbook."""
    path = drawn(save(folder / "student.xlsx", table, further=further), *charts)
    return [f for f in check_file(path).findings if f.code in CHART_CODES]


@pytest.mark.slow
@pytest.mark.parametrize(
    "reference",
    [
        "Sheet1!$W$32:$W$51",
        "'Sheet1'!$W$32:$W$51",
        "Sheet1!W32:W51",
        "(Sheet1!$W$32:$W$40,Sheet1!$W$41:$W$51)",
    ],
)
@pytest.mark.parametrize("is_scatter", [False, True])
def test_a_chart_of_all_losses_is_right(reference: str, is_scatter: bool, tmp_path: Path) -> None:
    """A chart from the first iteration to the last is not mentioned, however it is written."""
    assert found(tmp_path, Drawn((reference,), is_scatter=is_scatter)) == []


@pytest.mark.parametrize(
    ("reference", "said"),
    [
        ("Sheet1!$W$33:$W$51", "starts 1 point late"),
        ("Sheet1!$W$32:$W$45", "ends 6 points early"),
        ("Sheet1!$W$34:$W$45", "starts 2 points late and ends 6 points early"),
        ("Sheet1!$W$31:$W$51", "takes the header for a value"),
        ("Sheet1!$W$32:$W$60", "goes on for 9 cells after the last iteration"),
        ("Sheet1!$W$20:$W$60", "takes the header for a value and goes on for 9 cells"),
        ("Sheet1!$W:$W", "takes the header for a value"),
    ],
)
def test_a_range_that_leaves_the_losses_is_found(reference: str, said: str, tmp_path: Path) -> None:
    """Points left out and cells that are no losses are told by number, with the right range."""
    (finding,) = found(tmp_path, Drawn((reference,)))

    assert (finding.mistake, finding.severity) == ("chart-range", "warning")
    assert said in finding.message
    assert finding.found == reference
    assert finding.expected == "Sheet1!$W$32:$W$51"
    assert finding.places[0].quantity == "E_total"


def test_a_part_beside_the_whole_is_a_closer_look(tmp_path: Path) -> None:
    """A second chart of the first iterations is no mistake where another shows all."""
    whole, part = Drawn(("Sheet1!$W$32:$W$51",)), Drawn(("Sheet1!$W$32:$W$36",), "The first steps")

    assert found(tmp_path, whole, part) == []


def test_a_series_for_each_iteration_is_one_finding(tmp_path: Path) -> None:
    """Rows taken for columns are found once, not once for each point."""
    points = tuple(f"Sheet1!$W${row}" for row in range(32, 52))
    (finding,) = found(tmp_path, Drawn(points))

    assert "20 series of one iteration each" in finding.message


def test_two_rates_for_the_same_cells(tmp_path: Path) -> None:
    """Two charts of one live column cannot show two learning rates."""
    cells = ("Sheet1!$W$32:$W$51",)
    (finding,) = found(tmp_path, Drawn(cells, "η = 2"), Drawn(cells, "η = 0.5"))

    assert "name the rates 2 and 0.5, but show the same cells" in finding.message


def test_a_loss_chart_of_another_column(tmp_path: Path) -> None:
    """A chart called loss that shows another column, as after inserting one, is found."""
    (finding,) = found(tmp_path, Drawn(("Sheet1!$X$32:$X$51",)))

    assert "shows ∂E/∂w1, not E_total" in finding.message


@pytest.mark.parametrize("title", [None, "Weights"])
def test_other_charts_are_left_alone(title: str | None, tmp_path: Path) -> None:
    """A chart of the weights beside one of the loss is nobody's mistake."""
    weights = Drawn(("Sheet1!$E$40:$E$45", "Sheet1!$F$32:$F$51"), title)

    assert found(tmp_path, Drawn(("Sheet1!$W$32:$W$51",)), weights) == []


def test_no_chart(tmp_path: Path) -> None:
    """A training run without any chart of its loss is told, as a warning."""
    (finding,) = found(tmp_path)

    assert (finding.mistake, finding.severity) == ("no-chart", "warning")
    assert finding.places[0].range == "W32:W51"


def test_a_chart_of_weights_alone_is_no_chart_of_the_loss(tmp_path: Path) -> None:
    """Charts of something else do not show the loss."""
    (finding,) = found(tmp_path, Drawn(("Sheet1!$F$32:$F$51",), "Weights"))

    assert finding.mistake == "no-chart"


def test_a_few_iterations_need_no_chart(tmp_path: Path) -> None:
    """With some iterations there is no curve, and its absence is not mentioned."""
    assert found(tmp_path, table=Table(iterations=5)) == []


def pasted(count: int = 20, start: float = 0.24251985734837728) -> dict[str, Content]:
    """Return losses as pasted into a column under a label, cell by cell."""
    cells: dict[str, Content] = {"B2": "LR=2"}
    return cells | {f"B{3 + k}": start * 0.9**k for k in range(count)}


@pytest.mark.slow
def test_a_chart_of_pasted_losses_is_a_chart(tmp_path: Path) -> None:
    """Losses pasted to another sheet and shown there are shown; blank cells below do no harm."""
    for reference in ("Copies!$B$3:$B$22", "Copies!$B$3:$B$999"):
        assert found(tmp_path, Drawn((reference,)), further={"Copies": pasted()}) == []


@pytest.mark.parametrize(
    ("reference", "said"),
    [
        ("Copies!$B$4:$B$22", "starts 1 point late"),
        ("Copies!$B$3:$B$20", "ends 2 points early"),
        ("Copies!$B$2:$B$22", "takes the header"),
    ],
)
def test_a_chart_that_leaves_pasted_losses(reference: str, said: str, tmp_path: Path) -> None:
    """Copies of the losses must be shown from first to last as well."""
    (finding,) = found(tmp_path, Drawn((reference,)), further={"Copies": pasted()})

    assert said in finding.message


def test_copies_by_formula_are_shown(tmp_path: Path) -> None:
    """A chart of cells that refer to E_total shows it, even where no value is stored."""
    cells: dict[str, Content] = {f"B{k}": f"=Sheet1!W{30 + k}" for k in range(2, 22)}
    chart = Drawn(("Copies!$B$2:$B$21",), "Curves of the loss")

    assert found(tmp_path, chart, further={"Copies": cells}) == []


@pytest.mark.slow
@pytest.mark.parametrize("rates", [[0.1, 0.5, 2], *slowly([[1]])])
def test_our_own_workbooks_are_free_of_findings(rates: list[float], tmp_path: Path) -> None:
    """What build writes passes every check of charts, names and runs."""
    path = build(learning_rates=rates, iterations=15, output=tmp_path / "own.xlsx")

    assert check_file(path).findings == ()
