"""Whatever a worker does, each task has its answer, and nobody else's is lost or changed."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from slowly import one_in
from worksheets import Table, save

from sheetprop.reports import FORMATS
from sheetprop.reports.look import Look
from sheetprop.workers import limits, pool, start
from sheetprop.workers.handles import End
from sheetprop.workers.limits import Limits
from sheetprop.workers.pool import answers
from sheetprop.workers.task import Answer, Task

pytestmark = pytest.mark.skipif(not start.CAN_COPY, reason="processes cannot be copied here")

QUICK = Limits(seconds=1, memory=1 << 30)
MISDEEDS = {
    "raise": "bug in sheetprop, please report it (ZeroDivisionError)",
    "no memory": "too much memory here, more than 1024 MiB",
    "allocate": "too much memory here, more than 1024 MiB",
    "spin": "it took too long here; check a copy",
    "leave": "bug in sheetprop",
    "garble": "bug in sheetprop",
    "SIGABRT": "bug in sheetprop, please report it (SIGABRT)",
    "SIGSEGV": "bug in sheetprop, please report it (SIGSEGV)",
    "SIGKILL": "memory",
    "SIGTERM": "ended from outside",
}


@pytest.fixture
def misbehaving(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Have workers that do what the name of a file says."""
    monkeypatch.setattr(start, "_zygote", None)
    yield ["misbehaving"]
    assert start._zygote is not None
    start._zygote.close()


def task(name: str, path: Path | None = None, seconds: Limits = QUICK) -> Task:
    """Return a task that a worker is to do."""
    return Task(name, 1, FORMATS["text"], Look(), path=path, content=b"", limits=seconds)


def right(path: Path, name: str = "right") -> Task:
    """Return a task that an ordinary file is."""
    return Task(name, 1, FORMATS["text"], Look(), path=path)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return save(tmp_path / "right.xlsx", Table())


@pytest.mark.slow
@pytest.mark.parametrize("name", one_in(5, MISDEEDS))
def test_a_misdeed_is_one_files_answer(name: str, misbehaving: list[str], book: Path) -> None:
    """The file is unreadable with what happened; those before and after it have their answers."""
    tasks = [right(book), right(book), task(name), right(book), right(book)]

    found = list(answers(tasks, misbehaving))

    assert [one.report.verdict for one in found] == [
        *("correct", "correct", "unreadable", "correct", "correct")
    ]
    assert MISDEEDS[name] in str(found[2].report.reason)
    assert (found[2].bug is not None) == ("bug in sheetprop" in MISDEEDS[name])
    assert "unreadable" in found[2].text


@pytest.mark.slow
def test_only_the_clock_ends_one_that_sleeps(
    misbehaving: list[str], book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker that takes no processor time is given up, and the sentence blames the place."""
    short = {QUICK: 0.5}
    monkeypatch.setattr(pool, "longest_by_the_clock", lambda given: short.get(given, 60))

    asleep, other = answers([task("sleep"), right(book)], misbehaving)

    assert "took too long here" in str(asleep.report.reason)
    assert other.report.verdict == "correct"


@pytest.mark.slow
def test_what_an_earlier_file_left_behind_harms_no_other(
    misbehaving: list[str], book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A failure of a worker that has served others is tried again by a fresh one."""
    monkeypatch.setattr(pool, "cores", lambda: 1)
    tasks = [right(book), right(book, "fail once used"), right(book)]

    assert [one.report.verdict for one in answers(tasks, misbehaving)] == ["correct"] * 3


def test_answers_come_in_the_order_given(book: Path, tmp_path: Path) -> None:
    """However long each takes, the answers stand in the order of the tasks."""
    names = [f"{number}" for number in range(12)]
    missing = tmp_path / "missing.xlsx"
    tasks = [right(book if int(name) % 3 else missing, name) for name in names]

    found = list(answers(tasks))

    assert [one.report.file for one in found] == names
    assert [one.report.verdict == "correct" for one in found] == [int(n) % 3 > 0 for n in names]


def test_nobody_waits_for_what_is_not_asked_for(book: Path) -> None:
    """A call that is left early ends its workers."""
    running = answers([right(book)] * 20)
    next(running)
    running.close()


def children(number: int) -> list[int]:
    """Return the processes that a process has started."""
    try:
        listed = Path(f"/proc/{number}/task/{number}/children").read_text().split()
    except OSError:
        return []
    return [one for child in map(int, listed) for one in (child, *children(child))]


def is_running(number: int) -> bool:
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_no_process_outlives_its_parent(tmp_path: Path) -> None:
    """When the parent is killed, its zygote and workers end within two seconds."""
    code = (
        "import time\n"
        "from sheetprop.reports import FORMATS\n"
        "from sheetprop.reports.look import Look\n"
        "from sheetprop.workers.pool import answers\n"
        "from sheetprop.workers.task import Task\n"
        "if __name__ == '__main__':\n"
        "    task = Task('spin', 1, FORMATS['text'], Look(), content=b'')\n"
        "    list(answers([task] * 2, ['misbehaving']))\n"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    started: list[int] = []
    for wanted in (1, 2):
        with subprocess.Popen([sys.executable, "-c", code], cwd=tmp_path, env=environment) as one:
            deadline = time.monotonic() + 60
            while len(children(one.pid)) < wanted and time.monotonic() < deadline:
                time.sleep(0.01)
            time.sleep(0.2 * (wanted - 1))  # a first child has not imported everything yet
            found = children(one.pid)
            one.kill()
        assert len(found) >= wanted
        started += found
    time.sleep(2)

    assert [number for number in started if is_running(number)] == []


def test_bytes_and_paths_give_the_same(book: Path) -> None:
    """Where the bytes come from makes no difference but to what was asked for."""
    (by_path,) = answers([right(book)])
    content = Task("right", 1, FORMATS["text"], Look(), content=book.read_bytes())
    (by_content,) = answers([content])

    assert by_content.report == by_path.report
    assert isinstance(by_path, Answer)
    assert by_path.report.size == book.stat().st_size


def test_large_worksheets_may_take_more() -> None:
    """What a worksheet stores adds to its limits; an archive that claims much adds nothing."""
    assert limits.limits_for(b"PK" * 10, QUICK) == QUICK
    assert limits.limits_for(b"\0" * (64 << 20), QUICK) == QUICK


@pytest.mark.parametrize("said", ["memory allocation of 9 bytes failed", "Memory allocation still"])
def test_a_library_without_memory_is_no_bug(said: str) -> None:
    """Whichever library says so last, the file took too much memory."""
    assert End(1, f"OpenBLAS error: {said} failed").is_out_of_memory
    assert not End(1, "assertion failed").is_out_of_memory
