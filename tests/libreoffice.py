"""LibreOffice as a second spreadsheet program: recalculate files and read every value.

Values are read through UNO, LibreOffice's own interface: files it converts keep 15 digits at most,
of small numbers fewer.
"""

from __future__ import annotations

import functools
import json
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
TIMEOUT = 120  # seconds
ATTEMPTS = 3

Values = dict[tuple[int, int], "float | str | Error"]

_ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode"
oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="ODFRecalcMode"
oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Formula/Calculation">
<prop oor:name="UseThreadedCalculationForFormulaGroups" oor:op="fuse"><value>false</value></prop>
</item>
</oor:items>
"""
# Without threads: with them, a second calculation of everything ("hard recalculation") calls
# columns of some workbooks circular (Err:522) that it calculated rightly when it opened the file.

# Both run around a script in the Python that has UNO; what it prints are lines of JSON. `opened`
# opens a file, `arguments` are the script's own.
_BEFORE = r"""
import json, sys, time, uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
pipe, arguments = sys.argv[1], sys.argv[2:]
local = uno.getComponentContext()
resolver = local.ServiceManager.createInstanceWithContext(
    "com.sun.star.bridge.UnoUrlResolver", local)
for attempt in range(600):
    try:
        context = resolver.resolve("uno:pipe,name=" + pipe + ";urp;StarOffice.ComponentContext")
        break
    except NoConnectException:
        time.sleep(0.1)
desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
def opened(path):
    hidden = PropertyValue("Hidden", 0, True, 0)
    return desktop.loadComponentFromURL(uno.systemPathToFileUrl(path), "_blank", 0, (hidden,))
"""
# The interpreter is left at once: UNO sometimes crashes in it when its connection is gone.
_AFTER = r"""
import os
try:
    desktop.terminate()
except Exception:
    pass
sys.stdout.flush()
os._exit(0)
"""
_READER = r"""
ERROR = 4
for path in arguments:
    document = opened(path)
    document.calculateAll()
    sheets = {}
    for sheet in document.Sheets:
        cursor = sheet.createCursor()
        cursor.gotoEndOfUsedArea(False)
        last = cursor.RangeAddress
        area = sheet.getCellRangeByPosition(0, 0, last.EndColumn, last.EndRow)
        rows = [[v if v != "" else None for v in row] for row in area.getDataArray()]
        errors = []
        for found in area.queryFormulaCells(ERROR).RangeAddresses:
            for row in range(found.StartRow, found.EndRow + 1):
                for column in range(found.StartColumn, found.EndColumn + 1):
                    errors.append([row, column, sheet.getCellByPosition(column, row).String])
        sheets[sheet.Name] = {"rows": rows, "errors": errors}
    document.close(True)
    print(json.dumps(sheets), flush=True)
"""


class Error(str):
    """An error value as LibreOffice shows it, such as ``#DIV/0!`` or ``Err:502``."""

    __slots__ = ()


@functools.cache
def python_with_uno() -> str | None:
    """Return a Python that can talk to LibreOffice, or None."""
    program = Path(SOFFICE).resolve().parent if SOFFICE else Path()
    for name in (sys.executable, "/usr/bin/python3", program / "python", program / "python.exe"):
        if shutil.which(str(name)):
            command = [str(name), "-c", "import uno"]
            if subprocess.run(command, capture_output=True, timeout=TIMEOUT).returncode == 0:
                return str(name)
    return None


def why_not() -> str | None:
    """Return why LibreOffice cannot be used here, or None when it can."""
    if SOFFICE is None:
        return "LibreOffice (soffice) is not installed"
    return None if python_with_uno() else "no Python with LibreOffice's UNO (python3-uno) is found"


def recalculated(paths: Iterable[Path], folder: Path) -> list[dict[str, Values]]:
    """Return, for each workbook, every value after LibreOffice calculated all of it anew.

    Sheets by name, values by (row, column) counted from 1, numbers with all their digits. `folder`
    takes a fresh profile.
    """
    return [_values(found) for found in scripted(_READER, map(str, paths), folder)]


def scripted(
    script: str, arguments: Iterable[str], folder: Path, seconds: int = TIMEOUT
) -> list[Any]:
    """Return what a script prints that drives a LibreOffice of its own, a line of JSON each.

    Beside others on a busy machine LibreOffice sometimes ends the connection while it starts, or
    does not start: before it has said anything, it is started again, with another profile; so it
    is where a signal ended what drives it, such as a crash inside of UNO.
    """
    given = list(arguments)
    for attempt in range(ATTEMPTS - 1):
        try:
            return _scripted(script, given, folder / f"attempt{attempt}", seconds)
        except subprocess.CalledProcessError as error:
            if error.stdout and error.returncode >= 0:
                raise
    return _scripted(script, given, folder, seconds)


def _scripted(script: str, arguments: list[str], folder: Path, seconds: int) -> list[Any]:
    pipe = f"sheetprop-{abs(hash(folder))}"
    office = subprocess.Popen(
        [*_office(folder), "--norestore", "--nologo", f"--accept=pipe,name={pipe};urp;"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        driver = [str(python_with_uno()), "-c", _BEFORE + script + _AFTER, pipe, *arguments]
        done = subprocess.run(driver, check=True, capture_output=True, text=True, timeout=seconds)
        office.wait(timeout=TIMEOUT)
    finally:
        if office.poll() is None:
            office.kill()
            office.wait()
    return [json.loads(line) for line in done.stdout.splitlines()]


def convert(path: Path, folder: Path, suffix: str) -> Path:
    """Convert a file in a fresh profile that recalculates always; return the new file."""
    out = folder / "converted"
    command = [*_office(folder), "--convert-to", suffix, "--outdir", str(out), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=TIMEOUT)
    result = out / f"{path.stem}.{suffix}"
    assert result.exists(), "LibreOffice wrote nothing"  # it reports success even then
    return result


def _office(folder: Path) -> list[str]:
    profile = folder / "profile" / "user"
    profile.mkdir(parents=True, exist_ok=True)
    (profile / "registrymodifications.xcu").write_text(_ALWAYS_RECALCULATE, encoding="utf-8")
    return [str(SOFFICE), f"-env:UserInstallation={profile.parent.as_uri()}", "--headless"]


def _values(sheets: dict[str, dict[str, list[list[object]]]]) -> dict[str, Values]:
    found: dict[str, Values] = {}
    for name, sheet in sheets.items():
        cells: Values = {}
        for row, values in enumerate(sheet["rows"], 1):
            for column, value in enumerate(values, 1):
                if isinstance(value, (int, float, str)):
                    cells[row, column] = value if isinstance(value, str) else float(value)
        for row_index, column_index, shown in sheet["errors"]:
            cells[int(str(row_index)) + 1, int(str(column_index)) + 1] = Error(str(shown))
        found[name] = cells
    return found
