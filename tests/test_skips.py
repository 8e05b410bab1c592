"""What pytest's closing lines tell of tests that were skipped."""

from __future__ import annotations

from types import SimpleNamespace

from skips import table_of_skipped


def skipped(reason: str) -> SimpleNamespace:
    return SimpleNamespace(longrepr=("test_a.py", 1, f"Skipped: {reason}"))


def test_skipped_tests_are_counted_by_their_reason() -> None:
    """Each reason has one line with the number of its tests, the most frequent first."""
    reports = [skipped("no browser"), *[skipped("takes seconds")] * 12]

    assert table_of_skipped(reports)[1:] == [
        "Skipped, and why:",
        "     12  takes seconds",
        "      1  no browser",
    ]


def test_without_skipped_tests_nothing_is_told() -> None:
    """A run of everything has no such table."""
    assert table_of_skipped([]) == []
