"""A column of helpers, one for each sample, that is filled with a slip."""

from __future__ import annotations

from dataclasses import replace

from cell_sheets import checked, samples

from sheetprop.checking.report import Report
from sheetprop.mistakes.finding import Place
from sheetprop.reports.annotations import marks_of


def test_each_of_several_ranges_is_marked() -> None:
    """Cells of one quantity in several blocks of rows are one place, and are all marked."""
    places = (Place("Sheet1", "I5:I8,I13:I16"), Place("Sheet1", "I9,I17"))
    finding = replace(checked(samples(total="=J5-J6")).errors[0], places=places)
    (mark,) = marks_of(Report("f.xlsx", "mistakes", findings=(finding,)))

    assert mark.ranges == ("I5:I8", "I13:I16", "I9", "I17")


def test_a_wrong_column_is_told_and_not_what_sums_it() -> None:
    """All deltas of a neuron take another weight: they are named before the sums of them."""
    text = samples()
    wrong = text
    for row in (5, 6):
        own = f"=K{row}*$H$3*G{row}*(1-G{row})"
        assert own in wrong
        wrong = wrong.replace(own, own.replace("$H$3", "$G$3"))
    (found,) = checked(wrong).errors

    assert checked(text).verdict == "correct"
    assert found.places[0].range == "M5:M6"
    assert found.expected == "=(I5-C5)*I5*(1-I5)*$H$3*G5*(1-G5)"


def test_helpers_may_mention_what_is_empty() -> None:
    """A cell far away with nothing in it ends nothing: the mistake is told all the same."""
    wrong = samples()
    for row in (5, 6):
        own = f"=K{row}*$H$3*G{row}*(1-G{row})"
        wrong = wrong.replace(own, own.replace("$H$3", "$G$3") + "+Z99")

    assert checked(wrong).verdict == "mistakes"
