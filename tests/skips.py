"""A table of the tests that were skipped, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pytest


def table_of_skipped(reports: Sequence[pytest.TestReport]) -> list[str]:
    """Return a heading and a line for each reason, the most frequent first; none without any."""
    reasons = Counter(_why(report) for report in reports)
    lines = [f"{count:>7}  {reason}" for reason, count in reasons.most_common()]
    return ["", "Skipped, and why:", *lines] if lines else []


def _why(report: pytest.TestReport) -> str:
    """Return the reason as it was given; `longrepr` of a skip is (file, line, sentence)."""
    sentence = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return str(sentence).removeprefix("Skipped: ")
