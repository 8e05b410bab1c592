"""SECURITY.md promises nothing that no test holds, and what is written there is so."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from carriers import carrier
from hostile_files import GREEDY, with_formulas

from sheetprop.workers.limits import MIB, MOST_MEMORY, MOST_SECONDS, OPEN_FILES, USUAL, WRITTEN

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
PROMISED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)))
PROMISES = re.findall(r"(?m)^\*\*.*", PAGE.partition("## What is not promised")[0])


@pytest.mark.parametrize(("file", "name"), PROMISED)
def test_a_promise_names_a_test(file: str, name: str) -> None:
    """Each test that the page names is there."""
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))

    assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_each_promise_has_a_test() -> None:
    """Between one promise and the next stands at least one test."""
    sections = re.split(r"(?m)^\*\*", PAGE.partition("## What is not promised")[0])[1:]

    assert len(sections) == len(PROMISES) >= 9
    assert [section for section in sections if "::test_" not in section] == []


def test_the_limits_are_those_of_the_code() -> None:
    """Whoever plans a service by the page plans by the right numbers."""
    assert f"{USUAL.seconds} seconds of processor time" in PAGE
    assert f"{USUAL.memory // MIB // 1024} GiB of memory" in PAGE
    assert f"up to {MOST_SECONDS} s and {MOST_MEMORY // MIB // 1024} GiB" in PAGE
    assert f"{OPEN_FILES} open files, {WRITTEN // MIB} MiB written" in PAGE


WATCHED = """
import sys, os
seen = []
def hook(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.system", "os.exec",
                 "os.posix_spawn", "os.rename", "os.remove", "os.mkdir", "os.link", "os.symlink"):
        seen.append((event, str(arguments)[:200]))
    if event == "open":
        path, mode, flags = arguments
        if isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            seen.append((event, str(path)))
sys.dont_write_bytecode = True
from sheetprop.checking.check import check_file
from sheetprop.workbooks.reading.active import active
from sheetprop.reports import FORMATS
import formualizer
check_file(sys.argv[1], with_pictures=True)
sys.addaudithook(hook)
for path in sys.argv[1:]:
    report = check_file(path, with_pictures=True)
    active(open(path, "rb").read())
    for form in FORMATS.values():
        form.render([report])
print(seen)
"""


@pytest.mark.slow
def test_no_connection_and_no_file_outside(tmp_path: Path) -> None:
    """Whatever links, queries and functions a file holds, nothing is fetched, started or written.

    The audit hooks of Python see what its own code and its standard library do.
    """
    far = [f for f in GREEDY if "://" in f or f.startswith(("RTD", "CALL"))]
    files = [carrier(tmp_path / "a.xlsm"), with_formulas(tmp_path / "b.xlsx", *far)]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}

    found = subprocess.run(
        [sys.executable, "-P", "-c", WATCHED, *map(str, files)],
        capture_output=True,
        text=True,
        env=environment,
        cwd=tmp_path,
        check=True,
    )

    assert found.stdout.strip() == "[]"
