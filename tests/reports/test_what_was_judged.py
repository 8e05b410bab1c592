"""Which bytes were judged, and what they carry, stands in the reports."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from worksheets import Table, save

import sheetprop
from sheetprop.checking.report import Report
from sheetprop.reports import FORMATS

CARRYING = Report("a.xlsm", "correct", sha256="ab12", size=34, active=("VBA macros", "DDE links"))


def test_the_bytes_are_named(tmp_path: Path) -> None:
    """JSON and HTML hold the SHA-256 and the size of the very bytes that were judged."""
    path = save(tmp_path / "a.xlsx", Table())
    content = path.read_bytes()

    (report,) = sheetprop.check(path)

    assert (report.sha256, report.size) == (hashlib.sha256(content).hexdigest(), len(content))
    written = json.loads(FORMATS["json"].render([report]))
    assert (written["sha256"], written["size"]) == (report.sha256, report.size)
    assert f"{len(content)} bytes, SHA-256 {report.sha256}" in FORMATS["html"].render([report])


def test_without_bytes_nothing_is_said_of_them() -> None:
    """A file that could not be read has neither."""
    missing = Report("a.xlsx", "unreadable", "there is no such file")

    written = json.loads(FORMATS["json"].render([missing]))
    assert (written["sha256"], written["size"], written["active"]) == (None, None, [])
    assert "SHA-256" not in FORMATS["html"].render([missing])


@pytest.mark.parametrize("form", ["text", "html", "markdown"])
def test_what_is_carried_is_told(form: str) -> None:
    """Whoever reads the report knows of macros before opening the file."""
    text = FORMATS[form].render([CARRYING])

    assert "VBA macros, DDE links; nothing of it was run or opened" in text


def test_what_is_carried_is_data() -> None:
    """Programs get the same as a list."""
    assert json.loads(FORMATS["json"].render([CARRYING]))["active"] == ["VBA macros", "DDE links"]
