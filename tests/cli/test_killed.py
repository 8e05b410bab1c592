"""A process that is ended at any moment leaves no half file, loses no older one, and no orphan."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from worksheets import RIGHT, Table, save

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="sends signals, and looks into /proc"),
]

WRONG = Table(iterations=20).changed("dE/dw3", RIGHT["dE/dw3"].replace("a_h2", "a_h1"))
OLD = b"an older file"
DATABASE = "results.sqlite-"
"""What SQLite keeps beside its file until that is closed."""

MOMENTS = 4
"""Random moments for each signal and command."""

ENVIRONMENT = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = tmp_path_factory.mktemp("books")
    return [str(save(folder / f"{number}.xlsx", WRONG)) for number in range(8)]


def commands(books: list[str]) -> dict[str, list[str]]:
    """Return commands that write a workbook, reports, copies, grades, and one for each student."""
    check = ["check", *books, "--force"]
    return {
        "workbook": [
            "build",
            "--lr",
            "0.5",
            "2",
            "--iterations",
            "3000",
            "-o",
            "w.xlsx",
            "--force",
        ],
        "report": [*check, "-o", "r.html"],
        "grades": ["grade", *books, "-o", "grades"],
        "class": [
            *("build", "--lr", "0.5", "--iterations", "30", "--roster", "../class.csv"),
            *("-o", "class/", "--force"),
        ],
        "copies": [*check, "-o", "reports/", "--format", "json", "--annotate", "copies"],
    }


def olds(folder: Path, what: str) -> list[Path]:
    """Write older files in the places of all that a command is going to write."""
    names = {
        "workbook": ["w.xlsx"],
        "report": ["r.html"],
        "grades": ["grades/gradebook.xlsx", "grades/class.html"],
        "class": [f"class/classic-{k}.xlsx" for k in range(5)],
    }.get(what)
    if names is None:
        names = [f"copies/{k}-checked.xlsx" for k in range(8)]
        names += [f"reports/{k}.json" for k in range(8)]
    paths = [folder / name for name in names]
    for path in paths:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(OLD)
    return paths


def is_result(path: Path) -> bool:
    """Whether a file is one that grading leaves beside those that were there before."""
    return "grades" in path.parts and not path.name.startswith(".") and DATABASE not in path.name


def is_whole(path: Path) -> bool:
    """Whether a file is the older one, or a new one from its beginning to its end."""
    content = path.read_bytes()
    if content == OLD:
        return True
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as archive:
            return archive.testzip() is None and "xl/workbook.xml" in archive.namelist()
    if path.suffix == ".json":
        return bool(json.loads(content))
    if path.suffix == ".csv":
        return content.endswith(b"\n")
    if path.suffix == ".sqlite":
        return content.startswith(b"SQLite") or content == b""
    return path.suffix != ".html" or content.rstrip().endswith(b"</html>")


def started_by(mark: str) -> list[int]:
    """Return the processes whose environment holds a mark, and that still run."""
    found = []
    for folder in Path("/proc").iterdir():
        try:
            if not folder.name.isdigit() or mark.encode() not in (folder / "environ").read_bytes():
                continue
            state = (folder / "stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            continue
        if state not in "ZX":
            found.append(int(folder.name))
    return found


def ended(command: list[str], folder: Path, number: int, after: float, mark: str) -> bool:
    """Start a command and end it after so many seconds; return whether it was still running."""
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "sheetprop", *command],
        cwd=folder,
        env=ENVIRONMENT | {"SHEETPROP_MARK": mark},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        process.wait(after)
    except subprocess.TimeoutExpired:
        process.send_signal(number)
        process.wait(30)
        return True
    return False


def how_long(command: list[str], folder: Path) -> float:
    start = time.monotonic()
    ended(command, folder, signal.SIGKILL, 120, "measured")
    return time.monotonic() - start


@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT", "SIGKILL"])
@pytest.mark.parametrize("what", ["workbook", "report", "copies", "grades", "class"])
def test_killed_at_any_moment(what: str, name: str, books: list[str], tmp_path: Path) -> None:
    """Older files or whole new ones stand there; after TERM and INT nothing else does."""
    number = getattr(signal, name)
    command = commands(books)[what]
    chance = random.Random(f"{what} {name}")
    (tmp_path / "class.csv").write_text("id\n" + "\n".join(map(str, range(5))))
    (tmp_path / "measured").mkdir()
    longest = how_long(command, tmp_path / "measured")
    interrupted = 0
    marks = []
    for moment in range(MOMENTS):
        folder = tmp_path / str(moment)
        folder.mkdir()
        before = olds(folder, what)
        marks.append(f"{what}-{name}-{moment}-{os.getpid()}")
        after = longest * (0.1 + 0.9 * chance.random())
        was_running = ended(command, folder, number, after, marks[-1])
        interrupted += was_running
        longest *= 1 if was_running else 0.7  # the machine is less busy than it was

        assert [path for path in before if not is_whole(path)] == []
        litter = {path for path in folder.rglob("*") if path.is_file()} - set(before)
        assert [path for path in litter if is_result(path) and not is_whole(path)] == []
        litter = {path for path in litter if not is_result(path)}
        assert number == signal.SIGKILL or litter == set()
        assert all(".sheetprop-" in str(path) or DATABASE in path.name for path in litter)
    time.sleep(2)

    assert [number for mark in marks for number in started_by(mark)] == []
    assert interrupted > 0
