"""Whatever a file holds, checking it ends soon, in little memory, with a verdict that is clear."""

from __future__ import annotations

import json
import os
import resource
import socket
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hostile_files import GREEDY, package, with_formulas
from hostile_ways import MAKERS
from peaks import WITH_PEAK
from slowly import slowly
from worksheets import Table, save

import sheetprop
from sheetprop.checking.check import check_file
from sheetprop.checking.report import VERDICTS, Report
from sheetprop.reports import FORMATS

MOST_SECONDS = 10
HANGS = 300
"""Seconds by the clock after which a command is taken to hang, however busy the machine is."""

MOST_KIBIBYTES = 1 << 20
WITH_REASON = ("unreadable", "not-recognised")


def assert_clear(report: Report) -> None:
    """The verdict is one of those promised, has its reason, and can be written."""
    assert report.verdict in VERDICTS
    assert bool(report.reason) == (report.verdict in WITH_REASON)
    for form in FORMATS.values():
        assert form.render([report])


@pytest.mark.slow
@pytest.mark.parametrize("name", MAKERS)
def test_small(name: str, tmp_path: Path) -> None:
    """A small file of every hostile kind gets a clear verdict, and a marked copy where it can."""
    maker, small, _ = MAKERS[name]
    path = maker(tmp_path / "file.xlsx", small)

    (report,) = sheetprop.check(path, annotate=tmp_path / "copies")
    assert_clear(report)
    assert bool(report.copy) or bool(report.notes) or not report.tables
    if report.copy:
        assert check_file(report.copy).verdict in VERDICTS


@pytest.mark.slow
def test_others_are_told_what_they_are_told_alone(tmp_path: Path) -> None:
    """Hostile files between the others change no byte of what is said of these."""
    makers = list(MAKERS.values())[::4]
    hostile = [maker(tmp_path / f"h{k}.xlsx", size) for k, (maker, size, _) in enumerate(makers)]
    wrong = Table().changed("dE/dw3", 0.5)
    tables = [Table(), wrong, Table(iterations=20, rate=0.5)]
    ordinary = [save(tmp_path / f"o{k}.xlsx", tables[k % 3]) for k in range(len(hostile))]
    mixed = [path for pair in zip(ordinary, hostile, strict=True) for path in pair]

    assert told(sheetprop.check(ordinary)) == told(sheetprop.check(mixed))[::2]


def told(reports: Sequence[Report]) -> list[str]:
    """Return what is written of each file, but for the time that it took."""
    timeless = [replace(report, seconds=0.0) for report in reports]
    return ["".join(FORMATS["json"].render([report])) for report in timeless]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="measures with /proc")
@pytest.mark.parametrize("name", MAKERS)
def test_large(name: str, tmp_path: Path) -> None:
    """A large file of every hostile kind is done with in ten seconds and a gibibyte."""
    maker, _, large = MAKERS[name]
    folder = tmp_path / "empty"
    folder.mkdir()

    measured(maker(tmp_path / "file.xlsx", large), folder)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="measures with /proc")
@pytest.mark.parametrize("formula", GREEDY)
def test_greedy_formula(formula: str, tmp_path: Path) -> None:
    """A formula that asks for the world gets what fits into ten seconds and a gibibyte."""
    folder = tmp_path / "empty"
    folder.mkdir()

    measured(with_formulas(tmp_path / "file.xlsx", formula), folder)


def measured(path: Path, folder: Path) -> None:
    """Run the command in an empty folder and hold it against the limits."""
    # A machine that is slow for a moment is no mistake: the least of three is what a file takes.
    for _ in range(3):
        seconds = run_once(path, folder)
        if seconds < MOST_SECONDS:
            break
    assert seconds < MOST_SECONDS


def run_once(path: Path, folder: Path) -> float:
    """Run the command, hold all but its time against the limits; return the processor seconds."""
    command = [sys.executable, "-P", "-c", WITH_PEAK, "check", "--json", str(path)]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    ended = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, check=False, timeout=HANGS
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    said = ended.stderr.decode().splitlines()

    assert json.loads(ended.stdout)["verdict"] in VERDICTS
    assert len(said) == 1
    assert ended.returncode in (0, 1, 2)
    assert int(said[0]) < MOST_KIBIBYTES
    assert list(folder.iterdir()) == []
    # Processor time is what a busy machine changes least.
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def test_where_a_file_is_checked_makes_no_difference(tmp_path: Path) -> None:
    """A worker gives the report that is made where no limits are."""
    path = save(tmp_path / "student.xlsx", Table().changed("dE/dw3", "={dE/dw1}"))

    here = check_file(path)
    (there,) = sheetprop.check(path)

    assert there.findings == here.findings
    assert there.tables == here.tables
    assert (there.verdict, there.losses, there.right) == (here.verdict, here.losses, here.right)


@pytest.mark.parametrize(
    "name", slowly(["random.py", "pickle.py", "numpy.py", "json.py", "sheetprop"])
)
def test_nothing_runs_that_stands_beside_the_files(name: str, tmp_path: Path) -> None:
    """Python files in the folder of the submissions are none of the program."""
    save(tmp_path / "student.xlsx", Table())
    with_formulas(tmp_path / "greedy.xlsx", "ROWS(SEQUENCE(9))")
    planted = tmp_path / name / "__init__.py" if "." not in name else tmp_path / name
    planted.parent.mkdir(exist_ok=True)
    planted.write_text(f"open({str(tmp_path / 'ran')!r}, 'w')\n")
    paths = os.pathsep.join(filter(None, [*sys.path, str(tmp_path)]))
    commands = [
        [sys.executable, "-P", "-m", "sheetprop", "check", "--score", "--format", "html", "."],
        [sys.executable, "-P", "-c", "import sheetprop; sheetprop.check('.', score=True)"],
    ]
    if name != "sheetprop":  # of that name, Python itself would run what stands there
        commands.append([sys.executable, "-m", "sheetprop", "templates"])
    for command in commands:
        environment = os.environ | {"PYTHONPATH": paths.removesuffix(str(tmp_path))}
        subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True)

        assert not (tmp_path / "ran").exists()


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
