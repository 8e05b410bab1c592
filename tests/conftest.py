"""Which tests run when, and what many of them need."""

from __future__ import annotations

import gc
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import settings
from skips import table_of_skipped

from sheetprop.spec import Spec
from sheetprop.template import load

ROOT = Path(__file__).parent.parent

# The same examples in every run, so that a failure can be repeated; no limit of time per example,
# because a machine that is busy with something else is no mistake.
settings.register_profile("quick", deadline=None, derandomize=True, max_examples=15)
settings.register_profile("slow", deadline=None, derandomize=True, max_examples=200)


# Many tests start processes: where compiled modules are not kept, each of them would compile the
# package again.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


# Cells, trees and findings are many small objects that live long: looking through all of them
# time and again finds nothing.
gc.set_threshold(100_000, 20, 50)


# A run in the background ignores Ctrl+C, and so would all processes that it starts.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    with suppress(ValueError):  # not the main thread
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_unconfigure() -> None:
    """Leave what is still there to the end of the process, which need not look through it."""
    gc.freeze()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--slow", action="store_true", help="run tests that take seconds as well")


def pytest_configure(config: pytest.Config) -> None:
    """Choose how many examples of a property are drawn, before any test says otherwise."""
    settings.load_profile("slow" if config.getoption("--slow") else "quick")


PROGRAMS = {"libreoffice": "soffice", "browser": "chromium"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    reasons = _reasons_to_skip(is_slow_run=config.getoption("--slow"))
    for item in items:
        for marker, reason in reasons.items():
            if item.get_closest_marker(marker):
                item.add_marker(pytest.mark.skip(reason=reason))


def _reasons_to_skip(*, is_slow_run: bool) -> dict[str, str]:
    reasons = {}
    if not is_slow_run:
        needed = ("slow", "libreoffice", "browser")
        reasons |= dict.fromkeys(needed, "takes seconds: run with --slow")
    else:
        missing = [name for name, program in PROGRAMS.items() if shutil.which(program) is None]
        reasons |= {name: f"{PROGRAMS[name]} is not on this machine" for name in missing}
    folder = os.environ.get("SHEETPROP_CORPUS")
    if not folder:
        reasons["corpus"] = "SHEETPROP_CORPUS names no folder of real workbooks"
    elif not Path(folder).is_dir():
        reasons["corpus"] = f"SHEETPROP_CORPUS={folder} is no folder"
    return reasons


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Iterator[None]:
    """Let a skipped test fail when SHEETPROP_REQUIRE names one of its markers."""
    report = yield
    required = os.environ.get("SHEETPROP_REQUIRE", "").split()
    if report.skipped and not hasattr(report, "wasxfail"):
        for marker in filter(item.get_closest_marker, required):
            reason = report.longrepr[-1] if isinstance(report.longrepr, tuple) else ""
            report.outcome = "failed"
            report.longrepr = f"skipped, but SHEETPROP_REQUIRE names {marker}: {reason}"
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tell how many tests were skipped for which reason, before pytest's own closing line."""
    for line in table_of_skipped(terminalreporter.stats.get("skipped", [])):
        terminalreporter.write_line(line)


@pytest.fixture
def classic_spec() -> Spec:
    return load("classic")


@pytest.fixture(scope="session")
def corpus() -> Path:
    return Path(os.environ["SHEETPROP_CORPUS"]).resolve()


@pytest.fixture
def run_command(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Return a function that runs ``sheetprop`` as a process of its own in an empty folder."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    environment.pop("PYTHONUNBUFFERED", None)  # results are buffered, as they usually are

    def run(
        *arguments: str, stdout: object = subprocess.PIPE, **variables: str
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "sheetprop", *arguments],
            stdout=stdout,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            cwd=tmp_path,
            env=environment | variables,
            timeout=60,
        )

    return run
