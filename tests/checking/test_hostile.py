"""Whatever a file holds, checking it ends soon, in little memory, with a verdict that is clear."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hostile_files import GREEDY, MAKERS, package, with_formulas
from worksheets import Table, save

from sheetprop.checking import guard
from sheetprop.checking.check import check_file
from sheetprop.checking.report import VERDICTS, Report
from sheetprop.reports import FORMATS

MOST_SECONDS = 10
MOST_KIBIBYTES = 1 << 20
WITH_REASON = ("unreadable", "not-recognised")


def assert_clear(report: Report) -> None:
    """The verdict is one of those promised, has its reason, and can be written."""
    assert report.verdict in VERDICTS
    assert bool(report.reason) == (report.verdict in WITH_REASON)
    for form in FORMATS.values():
        assert form.render([report])


@contextmanager
def no_process(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let nothing start a process."""

    def refused(*arguments: object, **_: object) -> None:
        raise AssertionError(f"started {arguments}")

    with monkeypatch.context() as patch:
        patch.setattr(subprocess, "run", refused)
        yield


@pytest.mark.slow
@pytest.mark.parametrize("name", MAKERS)
def test_small(name: str, tmp_path: Path) -> None:
    """A small file of every hostile kind gets a clear verdict."""
    maker, small, _ = MAKERS[name]

    assert_clear(check_file(maker(tmp_path / "file.xlsx", small)))


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="measures with os.wait4")
@pytest.mark.parametrize("name", MAKERS)
def test_large(name: str, tmp_path: Path) -> None:
    """A large file of every hostile kind is done with in ten seconds and a gibibyte."""
    maker, _, large = MAKERS[name]
    folder = tmp_path / "empty"
    folder.mkdir()

    measured(maker(tmp_path / "file.xlsx", large), folder)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="measures with os.wait4")
@pytest.mark.parametrize("formula", GREEDY)
def test_greedy_formula(formula: str, tmp_path: Path) -> None:
    """A formula that asks for the world gets what fits into ten seconds and a gibibyte."""
    folder = tmp_path / "empty"
    folder.mkdir()

    measured(with_formulas(tmp_path / "file.xlsx", formula), folder)


def measured(path: Path, folder: Path) -> None:
    """Run the command in an empty folder and hold it against the limits."""
    start = time.perf_counter()
    command = [sys.executable, "-m", "sheetprop", "check", "--json", str(path)]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    process = subprocess.Popen(command, cwd=folder, env=environment, **pipes)
    with process.stdout, process.stderr:
        answer, said = process.stdout.read(), process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - start

    assert json.loads(answer)["verdict"] in VERDICTS
    assert said == b""
    assert process.returncode in (0, 1, 2)
    assert seconds < MOST_SECONDS * max(1, os.getloadavg()[0] / (os.cpu_count() or 1))
    assert usage.ru_maxrss < MOST_KIBIBYTES
    assert list(folder.iterdir()) == []


def test_ordinary_files_need_no_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worksheet as classes make them is checked where it is read."""
    path = save(tmp_path / "student.xlsx", Table(iterations=20))
    with no_process(monkeypatch):
        assert check_file(path).verdict == "correct"


@pytest.mark.parametrize("formula", ["SUM(A:A)", "MAX(A1:A99)", "ROUND(A1,3)", "A1&B1"])
def test_usual_formulas_need_no_process(
    formula: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Formulas that belong to a lesson's surroundings are calculated where they are read."""
    path = with_formulas(tmp_path / "student.xlsx", formula)
    with no_process(monkeypatch):
        assert check_file(path).verdict == "correct"


def test_out_of_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A check that takes too long is stopped, and the reason says so."""
    monkeypatch.setattr(guard, "FOR_MOST", guard.Limits(0.01, 1 << 30))

    report = check_file(with_formulas(tmp_path / "student.xlsx", GREEDY[0]))

    assert report.verdict == "unreadable"
    assert "longer than 0.01 seconds" in str(report.reason)


def test_process_that_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that is killed, or answers nothing, is a verdict and no exception."""
    path = with_formulas(tmp_path / "student.xlsx", GREEDY[0])
    reasons = []
    for code in (-signal.SIGABRT, guard.OUT_OF_MEMORY, 1, 0):
        ended = subprocess.CompletedProcess("", code, stdout=b"")
        monkeypatch.setattr(subprocess, "run", lambda *_, ended=ended, **__: ended)
        report = check_file(path)
        assert report.verdict == "unreadable"
        reasons.append(str(report.reason))

    assert ["memory" in reason for reason in reasons] == [True, True, False, False]


def test_the_other_process_gives_the_same_report(tmp_path: Path) -> None:
    """Where a file is checked makes no difference to its report."""
    path = save(tmp_path / "student.xlsx", Table().changed("dE/dw3", "={dE/dw1}"))

    here = check_file(path, with_pictures=True)
    there = guard.check_within_limits(path, with_pictures=True)

    assert there == here
    assert here.verdict == "mistakes"


def test_folder_and_symlink_loop(tmp_path: Path) -> None:
    """A folder, and a link that leads to itself, are named for what they are."""
    loop = tmp_path / "loop.xlsx"
    loop.symlink_to(loop)

    assert "folder" in str(check_file(tmp_path).reason)
    assert check_file(loop).verdict == "unreadable"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="has no pipes with names")
def test_no_ordinary_file(tmp_path: Path) -> None:
    """Devices, pipes and sockets are refused without being read."""
    os.mkfifo(tmp_path / "pipe.xlsx")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(os.path.relpath(tmp_path / "s.xlsx"))
        for path in (tmp_path / "pipe.xlsx", tmp_path / "s.xlsx", Path("/dev/zero")):
            report = check_file(path)
            assert (report.verdict, "no ordinary file" in str(report.reason)) == (
                "unreadable",
                True,
            )


@pytest.mark.parametrize("name", ["a\0b.xlsx", "x" * 5000 + ".xlsx", "", "no/such/folder/a.xlsx"])
def test_impossible_names(name: str) -> None:
    """A name that no file can have is a file that cannot be read."""
    assert check_file(name).verdict == "unreadable"


def test_nothing_is_unpacked(tmp_path: Path) -> None:
    """Parts whose names climb out of the archive are written nowhere."""
    path = package(tmp_path / "folder.xlsx", {"../../climbed.xml": "x", "/climbed.xml": "x"})

    check_file(path)

    assert sorted(tmp_path.parent.rglob("climbed*")) == []
