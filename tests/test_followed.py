"""The how-to pages for whoever changes the code, followed to the letter in a copy of it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from worksheets import RIGHT, Table, save

ROOT = Path(__file__).parent.parent
PAGES = ROOT / "docs" / "how-to"


class Copy:
    """A copy of the package and its templates, to be changed as a page says."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("sheetprop", "templates"):
            shutil.copytree(ROOT / name, folder / name)

    def follow(self, page: str) -> None:
        """Write the files of a page, and put its other Python lines where it says."""
        where = ""
        for place, text in re.findall(r"^In `(\S+\.py)`|^```\w+\n(.*?)^```$", _text(page), FLAGS):
            where = place or where
            if named := re.match(r"# ([\w/]+\.\w+)\n", text):
                (self.folder / named[1]).write_text(text, encoding="utf-8")
            elif text and where:
                self._add(where, text)

    def _add(self, where: str, line: str) -> None:
        """Put an import before the first one of the package, an entry at a registry's end."""
        path = self.folder / where
        before = r"^from sheetprop\." if line.startswith("from ") else r"^[)}]$"
        content = path.read_text(encoding="utf-8")
        place = re.search(before, content, re.MULTILINE)
        assert place, f"{where} has no place for {line}"
        changed = content[: place.start()] + line + content[place.start() :]
        path.write_text(changed, encoding="utf-8")

    def run(self, *arguments: str) -> str:
        """Run a command of the copy in its folder, and return what it prints."""
        done = subprocess.run(
            [sys.executable, "-m", "sheetprop", *arguments],
            cwd=self.folder,
            env={**os.environ, "PYTHONPATH": str(self.folder), "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            encoding="utf-8",
        )
        assert not done.stderr or done.returncode == 0, done.stderr
        return done.stdout


FLAGS = re.MULTILINE | re.DOTALL


def _text(page: str) -> str:
    """Return a page up to where the code is complete."""
    return re.split(r"^## 3", (PAGES / page).read_text(encoding="utf-8"), flags=re.MULTILINE)[0]


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return Copy(tmp_path)


@pytest.mark.slow
def test_a_mistake_is_a_file_and_a_line(copy: Copy) -> None:
    """After two steps the new mistake is listed, and found where it was made, under its name."""
    copy.follow("add-a-mistake.md")
    wrong = Table().changed("E1", "=ABS({t1}-{a_o1})")
    save(copy.folder / "student.xlsx", wrong)

    assert "absolute-error" in copy.run("explain")
    report = json.loads(copy.run("check", "student.xlsx", "--json"))
    errors = [f["mistake"] for f in report["findings"] if f["severity"] == "error"]
    assert errors == ["absolute-error"]


@pytest.mark.slow
def test_a_report_format_is_a_file_and_a_line(copy: Copy) -> None:
    """After two steps the new format is offered, and chosen by its name or by a suffix."""
    copy.follow("add-a-report-format.md")
    save(copy.folder / "student.xlsx", Table().changed("E1", RIGHT["E1"].replace("t1", "t2")))

    expected = "student.xlsx: mistakes wrong-neuron\n"
    assert "brief" in copy.run("check", "--help")
    assert copy.run("check", "student.xlsx", "--format", "brief") == expected
    assert copy.run("check", "student.xlsx", "-o", "a.brief") == "a.brief\n"
    assert (copy.folder / "a.brief").read_text(encoding="utf-8") == expected


@pytest.mark.slow
def test_a_lesson_is_a_file(copy: Copy) -> None:
    """The lesson of the page, put among the templates, is listed and built by its name."""
    copy.follow("add-a-lesson.md")
    shutil.move(copy.folder / "three.toml", copy.folder / "templates")

    assert "Three hidden neurons (2-3-1" in copy.run("templates")
    assert copy.run("build", "three", "--iterations", "2") == "output/three.xlsx\n"


@pytest.mark.slow
def test_a_language_is_a_file(copy: Copy) -> None:
    """A copy of the English texts under another code is a language for every lesson."""
    languages = copy.folder / "templates" / "languages"
    shutil.copy(languages / "en.toml", languages / "fr.toml")
    arguments = ("--language", "fr", "--lr", "1", "--iterations", "2")

    assert copy.run("build", *arguments) == "output/classic.xlsx\n"
