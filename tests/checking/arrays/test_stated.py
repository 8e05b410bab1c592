"""Sheets of arrays whose texts say what belongs there, and what few formulas show by themselves."""

from __future__ import annotations

import pytest
from checking.arrays.strangers import Paper, area

from sheetprop.checking.check import check_workbook
from sheetprop.checking.report import Report
from sheetprop.notation.address import address

TITLE = (1, 2)


def checked(paper: Paper, title: str) -> Report:
    paper.put(TITLE, title)
    return check_workbook(paper.workbook(), "sheet.xlsx")


def errors(report: Report) -> list[tuple[str, int]]:
    return [(one.mistake, len(one.places)) for one in report.errors]


def windows(step: int) -> Paper:
    """Return nine windows over an image of seven pixels across."""
    paper = Paper()
    image, kernel = paper.numbers((3, 2), 7, 7), paper.numbers((3, 10), 3, 3)
    weights = area(kernel, 3, 3, is_fixed=True)

    def formula(y: int, x: int) -> str:
        window = area((image[0] + step * y, image[1] + step * x), 3, 3)
        return f"=SUMPRODUCT({window},{weights})"

    paper.fill((3, 15), 3, 3, formula)
    return paper


@pytest.mark.slow
@pytest.mark.parametrize("title", ["Convolution, stride 2", "3x3, stride = 2"])
def test_a_stride_in_a_title_counts(title: str) -> None:
    """Windows that go on by 1 are wrong below a title with stride 2 that fills the image.

    By one that would leave the image, or without windows, nothing says which of both is meant.
    """
    assert checked(windows(2), title).verdict == "correct"
    assert errors(checked(windows(1), title))[0][0] == "lost-stride"
    assert checked(windows(1), "stride 3").verdict == "undecided"


def normalised(variance: str, root: str = "SQRT") -> Paper:
    paper = Paper()
    paper.numbers((3, 2), 8, 1)
    paper.put((3, 7), "=AVERAGE(B3:B10)")
    paper.put((4, 7), variance)
    paper.fill((3, 3), 8, 1, lambda r, _: f"=B{r + 3}-$G$3")
    paper.fill((3, 4), 8, 1, lambda r, _: f"=C{r + 3}^2")
    paper.fill((3, 5), 8, 1, lambda r, _: f"=C{r + 3}/{root}($G$4+0.00001)")
    return paper


@pytest.mark.slow
def test_batch_normalisation_takes_the_variance_of_all_numbers() -> None:
    """A variance of a sample is wrong where the sheet says what it is, and left alone elsewhere."""
    for wrong in ("=VAR(B3:B10)", "=STDEV(B3:B10)^2", "=SUM(D3:D10)/(8-1)", "=SUM(D3:D10)/7"):
        (error,) = checked(normalised(wrong), "Batch norm").errors
        assert error.places[0].range == "G4"
        assert (error.mistake == "sample-variance") == ("SUM" not in wrong)
        assert checked(normalised(wrong), "z scores").verdict == "correct"
    assert checked(normalised("=VARP(B3:B10)"), "Batch norm").verdict == "correct"


@pytest.mark.slow
def test_squares_that_end_too_early_are_found() -> None:
    """The column of squares is used beside the differences, and shows how far the sum goes."""
    (error,) = checked(normalised("=SUM(D3:D9)/8"), "Scores").errors

    assert error.places[0].range == "G4"
    assert error.expected == "=SUM(D3:D10)/8"


@pytest.mark.slow
def test_a_title_makes_unknown_formulas_a_sheet_of_arrays() -> None:
    """Without the root nothing is normalised: that is not judged where the title says it is."""
    assert checked(normalised("=VARP(B3:B10)", ""), "Batch norm").verdict == "undecided"
    assert checked(normalised("=VARP(B3:B10)", ""), "Scores").verdict == "not-recognised"


@pytest.mark.slow
def test_a_lone_kernel_of_one_cell_is_a_convolution_by_its_title() -> None:
    """One number times a map may be anything; where the sheet says convolution it is one."""
    paper = Paper()
    paper.numbers((3, 2), 3, 3)
    paper.put((3, 6), 2)
    paper.fill((3, 8), 3, 3, lambda r, c: f"={address(r + 3, c + 2)}*$F$3")
    assert checked(paper, "scaled prices").verdict == "not-recognised"
    assert checked(paper, "1x1 convolution").verdict == "correct"
    paper.put((4, 9), "=C5*$F$3")
    assert [place.range for place in checked(paper, "Faltung 1x1").errors[0].places] == ["I4"]


def share(column: str, row: int) -> str:
    return f"=EXP({column}{row})/(EXP($A{row})+EXP($B{row})+EXP($C{row}))"


@pytest.mark.slow
def test_attention_written_out_is_scaled_where_it_says_so() -> None:
    """A softmax may name cells one by one; the root that a title names belongs to the scores."""
    for root, verdict in (("/SQRT(2)", "correct"), ("", "mistakes")):
        paper = Paper()
        paper.numbers((3, 1), 3, 2)
        paper.numbers((3, 4), 3, 2)
        paper.fill(
            (8, 1), 3, 3, lambda r, c: f"=SUMPRODUCT($A{r + 3}:$B{r + 3},$D${c + 3}:$E${c + 3})"
        )
        for at, cell in [*paper.cells.items()]:
            if cell.formula:
                paper.put(at, cell.formula + root)
        paper.fill((8, 5), 3, 3, lambda r, c: share("ABC"[c], r + 8))
        report = checked(paper, "QK^T/sqrt(d)")

        assert report.verdict == verdict
        assert {one[0] for one in errors(report)} <= {"missing-scale"}
        assert checked(paper, "QK^T").verdict == "correct"


@pytest.mark.slow
def test_a_temperature_is_used() -> None:
    """Powers of divided numbers are a softmax, and numbers divided for nothing are not judged."""
    for row, verdict in ((4, "correct"), (3, "undecided")):
        paper = Paper()
        paper.numbers((3, 2), 1, 4)
        paper.put((3, 8), 2)
        paper.fill((4, 2), 1, 4, lambda _, c: f"={'BCDE'[c]}3/$H$3")
        paper.fill((5, 2), 1, 4, lambda _, c, row=row: f"=EXP({'BCDE'[c]}{row})")
        paper.fill((6, 2), 1, 4, lambda _, c: f"={'BCDE'[c]}5/SUM($B$5:$E$5)")
        assert checked(paper, "T").verdict == verdict


@pytest.mark.slow
def test_dropped_numbers_that_are_not_scaled_are_left_open() -> None:
    """They are right where evaluation multiplies, which no cell of the sheet tells."""
    paper = Paper()
    paper.numbers((3, 2), 2, 2)
    for k, at in enumerate(((3, 5), (3, 6), (4, 5), (4, 6))):
        paper.put(at, k % 2)
    paper.fill((3, 8), 2, 2, lambda r, c: f"={'BC'[c]}{r + 3}*{'EF'[c]}{r + 3}")
    report = checked(paper, "Dropout")

    assert report.verdict == "undecided"
    assert "kept" in report.not_judged[0].reason
    assert checked(paper, "Sold").verdict == "not-recognised"


def doubted(paper: Paper, title: str) -> list[str]:
    """Return why cells are not judged; nothing is called wrong or right then."""
    report = checked(paper, title)
    assert report.verdict in ("correct", "undecided")
    return [one.reason for one in report.not_judged]


@pytest.mark.slow
def test_a_softmax_of_the_other_axis_is_not_called_right() -> None:
    """Where a title says rows, and columns add up to 1."""
    paper = Paper()
    paper.numbers((3, 2), 3, 3)
    sums = ["+".join(f"EXP({address(r, c)})" for r in (3, 4, 5)) for c in (2, 3, 4)]
    paper.fill((3, 6), 3, 3, lambda r, c: f"=EXP({address(3 + r, 2 + c)})/({sums[c]})")

    assert doubted(paper, "Softmax of each column") == []
    assert "of columns" in doubted(paper, "Softmax of each row")[0]


@pytest.mark.slow
def test_a_root_of_another_number_than_that_of_the_products_is_not_called_right() -> None:
    """Queries of three numbers are divided by the root of 3."""
    found = []

    def share(r: int, c: int) -> str:
        powers = "+".join(f"EXP(${column}{8 + r})" for column in "BCD")
        return f"=EXP({address(8 + r, 2 + c)})/({powers})"

    for root in (3, 4):
        paper = Paper()
        paper.numbers((3, 2), 3, 3)
        paper.numbers((3, 6), 3, 3)

        def score(r: int, c: int, root: int = root) -> str:
            return f"=SUMPRODUCT($B{3 + r}:$D{3 + r},$F${3 + c}:$H${3 + c})/SQRT({root})"

        paper.fill((8, 2), 3, 3, score)
        paper.fill((8, 6), 3, 3, share)
        found.append(doubted(paper, "Attention: Q·Kᵀ/√d, softmax"))

    assert (found[0], "root of 4" in found[1][0]) == ([], True)


@pytest.mark.slow
def test_an_average_pool_of_largest_numbers_is_not_called_right() -> None:
    """Nothing is said of it where the sheet names both."""
    paper = Paper()
    paper.numbers((3, 2), 4, 4)
    paper.fill((3, 7), 2, 2, lambda r, c: f"=MAX({area((3 + 2 * r, 2 + 2 * c), 2, 2)})")

    assert "average pool" in doubted(paper, "Average pooling")[0]
    assert doubted(paper, "Max pooling, not average pooling") == []


@pytest.mark.slow
def test_a_mean_whose_range_slid_off_its_numbers_is_not_called_right() -> None:
    """It leaves out the first row and takes an empty one behind the last."""
    for last, count in (("B3:G8", 0), ("B4:G9", 1), ("B3:G9", 0)):
        paper = Paper()
        paper.numbers((3, 2), 6, 6)
        paper.fill((3, 12), 3, 3, lambda y, x: f"=MAX({area((3 + 2 * y, 2 + 2 * x), 2, 2)})")
        paper.put((3, 17), f"=AVERAGE({last})")
        told = doubted(paper, "max pooling and global average pooling")
        assert [one.startswith("its range takes empty cells") for one in told] == [True] * count


@pytest.mark.slow
def test_a_convolution_below_headers_of_a_neuron_is_one() -> None:
    """Headers z and relu are those of a table of activations, too, which has no windows."""
    paper = Paper()
    paper.numbers((3, 2), 5, 5)
    paper.numbers((3, 9), 2, 2)
    kernel = area((3, 9), 2, 2, is_fixed=True)
    paper.put((8, 8), "bias")
    paper.put((8, 9), 0.1)
    for column, header in ((2, "z"), (8, "relu")):
        paper.put((11, column), header)
    paper.fill(
        (12, 2), 4, 4, lambda y, x: f"=SUMPRODUCT({area((3 + y, 2 + x), 2, 2)},{kernel})+$I$8"
    )
    paper.fill((12, 8), 4, 4, lambda y, x: f"=MAX(0,{address(12 + y, 2 + x)})")

    assert checked(paper, "A layer").verdict == "correct"
    paper.put((13, 3), f"=SUMPRODUCT(C4:D5,{kernel})-$I$8")
    (error,) = checked(paper, "A layer").errors
    assert error.places[0].range == "C13"
