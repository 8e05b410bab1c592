"""The submissions that benchmarks and tests of classes draw: right, each with its own values."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
sys.path.insert(0, str(BENCHMARKS))

from handmade.cell_slips import right_values  # noqa: E402
from handmade.handed_in import handed  # noqa: E402
from handmade.submissions import submission, submission_draft, submitted  # noqa: E402

from sheetprop.calculating.engine import Engine  # noqa: E402
from sheetprop.checking.check import check_file  # noqa: E402
from sheetprop.checking.judging import choose  # noqa: E402
from sheetprop.checking.judging.judge import judge  # noqa: E402

pytestmark = pytest.mark.slow
SEEDS = range(6)


@pytest.mark.parametrize("seed", SEEDS)
def test_submissions_are_right(seed: int) -> None:
    """Every number of a submission is that of plain NumPy."""
    draft, values = submission_draft(seed), Engine(submitted(seed))
    for number, grid in enumerate(draft.grids):
        right = right_values(draft, number)
        for name in set(right) & set(grid.lines):
            steps = draft.steps_of(name)
            found = [values.value(grid.sheet, grid.cell(name, step)) for step in steps]
            np.testing.assert_allclose(
                np.array(found, float),
                [right[name][step] for step in steps],
                rtol=1e-7,
                atol=1e-12,
                err_msg=name,
            )


def test_submissions_differ() -> None:
    """Everybody has other inputs and first weights."""
    starts = {tuple(submission_draft(seed).run.start.values()) for seed in SEEDS}

    assert len(SEEDS) == len(starts)


def test_the_same_seed_is_the_same_submission() -> None:
    """A submission can be made again from its seed."""
    assert submitted(3) == submitted(3)
    assert submission(3)[:2] == b"PK"


def test_a_reference_some_rows_up_asks_for_no_other_headers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a formula is right in its first rows no other reading of the headers mends it."""
    names, judged = [f"s{number:04}" for number in range(200)], []
    handed("wrong", 1, names, tmp_path, "s0041")
    monkeypatch.setattr(choose, "judge", lambda *given: judged.append(1) or judge(*given))

    report = check_file(tmp_path / "s0041.xlsx")

    assert [one.mistake for one in report.findings] == ["wrong-iteration"]
    assert len(judged) <= 2 * len(report.tables)
