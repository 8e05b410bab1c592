"""The class report: figures that can be counted by hand, and a page that shows them."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from sheetprop.checking.marks.points import Point
from sheetprop.classes.grades.gradebook import Grade, Gradebook, file_names
from sheetprop.classes.overview.class_page import page_of, write_class_page
from sheetprop.classes.overview.figures import figures_of


def grade(student: str, earned: float, *codes: str, seconds: float = 0.1) -> Grade:
    """Return the grade of who lost points for o1, to the mistakes with these codes."""
    found = [
        {"code": code, "mistake": f"slip-{code}", "severity": "error", "place": "S!A1:A9"}
        for code in codes
    ]
    record = {"findings": found, "reason": None, "not_judged": [], "seconds": seconds}
    details = (
        Point("forward", "o1", "S!B1:B9", earned, 2.0, "why"),
        Point("forward", "h1", "S!A1:A9", 2.0, 2.0, "right"),
    )
    return Grade(
        student,
        "<b>Ada</b>",
        "A",
        f"{student}.xlsx",
        "mistakes" if codes else "correct",
        earned + 2,
        4.0,
        25 * (earned + 2),
        record=record,
        details=details,
    )


BOOK = Gradebook(
    (
        grade("a", 2.0),
        grade("b", 0.0, "SP203"),
        grade("c", 1.0, "SP203", "SP201", seconds=0.5),
        Grade("<i>d</i>", "", "", remarks="nothing handed in"),
    ),
    Path(),
    "classic",
    {("b", "c"): ["the same file"]},
)


def test_figures_are_counted() -> None:
    """Marks, mistakes, quantities and what speaks for which lesson, each from the records."""
    figures = figures_of(BOOK)

    assert (figures.students, figures.handed_in, figures.missing) == (4, 3, ("<i>d</i>",))
    assert (figures.mean, figures.median) == (75.0, 75.0)
    assert [count for _, count in figures.bins] == [0, 0, 0, 0, 0, 1, 0, 1, 0, 1]
    assert [(hit.code, hit.students) for hit in figures.mistakes] == [("SP203", 2), ("SP201", 1)]
    assert figures.mistakes[0].example == "b: S!A1:A9"
    assert [(q.quantity, q.students, q.of, q.share) for q in figures.quantities] == [
        ("o1", 2, 3, 0.5)
    ]
    assert figures.lessons[0] == ("Which neuron a weight leads from, and into which", 2)
    assert figures.slowest[0] == ("c", 0.5)


def test_the_page_shows_strangers_texts_and_obeys_none() -> None:
    """Names stand there as they were written, and nothing is asked for elsewhere."""
    page = page_of(figures_of(BOOK))

    assert "&lt;i&gt;d&lt;/i&gt;" in page
    assert "<i>" not in page
    assert "Most shared: <b>SP203 slip-SP203</b>" in page
    assert "default-src 'none'" in page
    assert page.count("<svg") == 3


def test_files_have_names_of_their_own() -> None:
    """Ids that look alike once they are made safe have different files, on any system."""
    grades = [Grade(id_, "", "") for id_ in ("a/b", "a:b", "A_B", "..", "x" * 300)]
    names = [name for _, name in file_names(grades)]

    assert names == ["a_b", "a_b-2", "A_B-3", "_", "x" * 100]


@pytest.mark.slow
@pytest.mark.browser
def test_a_browser_shows_the_page(tmp_path: Path) -> None:
    """Chromium draws it and has nothing to complain about."""
    page = write_class_page(figures_of(BOOK), tmp_path)
    picture = tmp_path / "page.png"
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr", "--v=0"]
    place = [f"--user-data-dir={tmp_path / 'browser'}", "--window-size=1000,1600"]
    done = subprocess.run(
        ["chromium", *options, *place, f"--screenshot={picture}", page.as_uri()],
        check=True,
        capture_output=True,
        text=True,
        timeout=120,
    )

    assert "CONSOLE" not in done.stderr
    assert picture.stat().st_size > 20_000
