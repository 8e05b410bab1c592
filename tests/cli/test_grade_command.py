"""``sheetprop grade``: what is printed of a class."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import Mock

import pytest

import sheetprop
from sheetprop.classes.grades.gradebook import Grade, Gradebook
from sheetprop.cli import main
from sheetprop.cli.grade import MOST_NOTES


@pytest.mark.parametrize("more", [0, 7])
def test_remarks_on_a_large_class_do_not_flood_the_terminal(
    more: int, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As many are printed as a screen or two hold; of the others it is said where they stand."""
    count = MOST_NOTES + more
    grades = tuple(Grade(f"s{k}", "", "", remarks="late") for k in range(count))
    book = Gradebook((*grades, Grade("fine", "", "")), tmp_path)
    monkeypatch.setattr(sheetprop, "grade", Mock(return_value=book))

    assert main(["grade", "in", "-o", str(tmp_path)]) == 0

    lines = capsys.readouterr().err.splitlines()
    rest = [f"sheetprop: remarks on 7 more stand in the column remarks of {tmp_path}/gradebook.csv"]
    assert lines == [f"sheetprop: s{k}: late" for k in range(MOST_NOTES)] + (rest if more else [])
