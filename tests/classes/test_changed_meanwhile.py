"""What happens to a file while a class is graded is nobody's mark."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from sheetprop.checking.report import Report
from sheetprop.classes.grades import checked as module
from sheetprop.classes.grades.checked import CHANGED, FORM, checked
from sheetprop.classes.grades.store import FileStore
from sheetprop.classes.submitted.submissions import Submission
from sheetprop.reports.look import Look
from sheetprop.workers.task import Answer


@pytest.mark.parametrize(
    ("report", "told"),
    [
        (Report("a.xlsx", "correct", sha256="other"), CHANGED),
        (Report("a.xlsx", "unreadable", "there is no such file; check the name"), "no such file"),
    ],
)
def test_what_was_changed_is_checked_again(
    report: Report, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A verdict about other bytes is not kept for those that were found, nor that they are gone."""
    asked = []

    def answers(tasks: list[object], _: object) -> Iterator[Answer]:
        for _ in tasks:
            asked.append(1)
            yield Answer(report, FORM.piece(report, 1, Look()).text)

    monkeypatch.setattr(module, "answers", answers)
    found = [Submission("a.xlsx", tmp_path / "a.xlsx", 0.0, "as found", {})]
    with closing(FileStore(tmp_path)) as store:
        first, second = (checked(found, "1", store, None, None, iter(())) for _ in range(2))

    assert [told in one[0].record["reason"] for one in (first, second)] == [True, True]
    assert len(asked) == 2
