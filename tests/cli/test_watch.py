"""``sheetprop check --watch``: each save is checked, and what it changed is shown."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from queue import Empty, Queue

import pytest
from worksheets import RIGHT, Table, save

from sheetprop.cli import main

WRONG = Table().changed("dE/dw3", RIGHT["dE/dw3"].replace("a_h2", "a_h1"))
WORSE = Table().changed("dE/dw5", RIGHT["dE/dw5"].replace("a_h1", "a_h2"))


class Watching:
    """A process that watches a file, and the lines it has written so far."""

    def __init__(self, path: Path) -> None:
        command = [sys.executable, "-P", "-m", "sheetprop", "check", "--watch", str(path)]
        environment = os.environ | {
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
            "PYTHONIOENCODING": "utf-8",
        }
        self.process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            env=environment,
        )
        self.lines: Queue[str] = Queue()
        self.reader = threading.Thread(target=self._read)
        self.reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as lines:
            for line in lines:
                self.lines.put(line)

    def until(self, text: str) -> str:
        """Wait for a line that holds a text, and return all lines up to there."""
        said, deadline = "", time.monotonic() + 30
        while text not in said:
            try:
                said += self.lines.get(timeout=max(0.1, deadline - time.monotonic()))
            except Empty:
                raise AssertionError(f"no {text!r} in {said!r}") from None
        return said


@pytest.fixture
def student(tmp_path: Path) -> Path:
    return save(tmp_path / "student.xlsx", WRONG)


@pytest.fixture
def watching(student: Path) -> Iterator[Watching]:
    found = Watching(student)
    yield found
    found.process.kill()
    found.process.wait()
    found.reader.join()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="sends SIGINT")
def test_each_save_is_checked(student: Path, watching: Watching, tmp_path: Path) -> None:
    """First the report; after a save by renaming what was mended and what is new; then the end."""
    watching.until("wrong-neuron: ∂E/∂w3")
    watching.until("is off by")

    save(tmp_path / "~new.xlsx", WORSE)
    student.rename(tmp_path / "~old.xlsx")
    time.sleep(0.5)
    (tmp_path / "~new.xlsx").rename(student)
    said = watching.until("is off by")
    assert "mended      SP203 wrong-neuron: ∂E/∂w3" in said
    assert "new:" in said
    assert "wrong-neuron: ∂E/∂w5" in said

    save(student, Table())
    said = watching.until("mended      SP203 wrong-neuron: ∂E/∂w5")
    assert "student.xlsx: correct" in said
    watching.process.send_signal(signal.SIGINT)
    assert watching.process.wait(60) == 130


@pytest.mark.slow
def test_a_file_that_is_away_is_waited_for(student: Path, watching: Watching) -> None:
    """Nothing ends when it is gone, and it is checked when it is back."""
    content = student.read_bytes()
    watching.until("wrong-neuron: ∂E/∂w3")
    student.unlink()
    watching.until("is not there; waiting for it")
    student.write_bytes(content + b"\0")
    watching.until("nothing changed in what was found")


@pytest.mark.slow
def test_a_file_that_is_readable_again_is_said(student: Path, watching: Watching) -> None:
    """After a moment in which it was none, the same workbook is not passed over."""
    content = student.read_bytes()
    watching.until("is off by")
    student.write_bytes(b"none")
    watching.until("student.xlsx: unreadable")
    student.write_bytes(content)
    watching.until("student.xlsx: 1 mistake")


@pytest.mark.parametrize("option", [["-o", "a.txt"], ["--annotate"], ["--json"], ["--why", "A1"]])
def test_options_for_other_places_are_refused(
    option: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """What is watched is shown here; a sentence says which option to leave out."""
    assert main(["check", "a.xlsx", "--watch", *option]) == 2
    assert "--watch: shows what it finds here, as text" in capsys.readouterr().err
