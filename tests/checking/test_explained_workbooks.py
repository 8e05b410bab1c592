"""Our own workbooks: the pages that explain are no worksheets, and nothing in them is wrong."""

from __future__ import annotations

import pytest
from networks import networks

from sheetprop.checking.check import check_file
from sheetprop.lessons.layout import layout
from sheetprop.spec import Architecture, Spec
from sheetprop.template import load
from sheetprop.words import languages
from sheetprop.workbooks.writing.write import write


def other(shape: Architecture) -> Spec:
    return Spec(
        "other",
        shape,
        tuple(0.1 + 0.2 * k for k in range(shape.layers[0])),
        tuple(0.2 + 0.5 * k for k in range(shape.layers[-1])),
        tuple(0.15 + 0.07 * (k % 9) - 0.2 * (k % 3) for k in range(shape.weight_count)),
        (0.1, 0.7),
        9,
        tuple(0.05 + 0.1 * (k % 5) for k in range(shape.bias_count)),
    )


LESSONS = {
    **{name: (name, None) for name in networks()},
    **{language: ("classic", language) for language in languages()},
    "each": Architecture(biases="each"),
    "cross-entropy": Architecture((3, 4, 2), "tanh", "sigmoid", "cross-entropy", "each"),
    "deep": Architecture((2, 3, 3, 2), "relu", "identity", "mean squared error", "shared"),
    "narrow": Architecture((2, 1, 1, 1), "sigmoid", "tanh", "squared error", "shared"),
    "fixed": Architecture((2, 3, 1), biases="shared", train_biases=False),
}


@pytest.mark.parametrize("lesson", LESSONS)
def test_only_the_sheets_of_the_rates_are_worksheets(lesson, tmp_path):
    """Check finds the runs, takes nothing else for one, and has nothing to say."""
    wanted = LESSONS[lesson]
    spec = load(*wanted) if isinstance(wanted, tuple) else other(wanted)
    write(layout(spec, spec.learning_rates[:2], 12), tmp_path / "book.xlsx")
    report = check_file(tmp_path / "book.xlsx")

    assert report.verdict == "correct"
    assert report.findings == ()
    assert report.not_judged == ()
    assert all(table.sheet.startswith("η=") for table in report.tables)
    assert len(report.tables) == len(spec.learning_rates[:2])


pytestmark = pytest.mark.slow  # with others like it, the default run would take too long
