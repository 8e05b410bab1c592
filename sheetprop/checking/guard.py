"""Files that may ask for too much are checked in a process of their own, within limits.

A stranger's workbook can hold formulas that the calculation engine never finishes, or that end the
process it runs in. Ordinary workbooks are checked where they are read: starting a process takes
longer than checking them.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from sheetprop.calculating.limits import NeedsLimits
from sheetprop.checking.report import Report
from sheetprop.notation.address import column_number
from sheetprop.workbooks.sheet import Workbook

ORDINARY = 24 << 20
LARGE = 64 << 20
"""Bytes of all parts unpacked: up to `ORDINARY` no process is started for them. Worksheets of more
than `LARGE` are allowed more, as a table of a hundred thousand iterations needs it."""

LONGEST_FORMULA = 8192
MOST_IN_RANGES = 20_000_000
"""Cells in all ranges of all formulas: more take the engine seconds."""

LARGEST_RANGE = 100_000
MOST_ARRAYS = 2000

CALM = frozenset(
    re.findall(
        r"\w+",
        """
        ABS ACOS AND ASIN ATAN AVERAGE CEILING CHOOSE COLUMN COLUMNS CONCATENATE COS COUNT COUNTA
        COUNTIF DEGREES EVEN EXP FALSE FLOOR HLOOKUP HYPERLINK IF IFERROR INDEX INT ISBLANK
        ISERROR ISNUMBER LEFT LEN LN LOG LOG10 LOWER MATCH MAX MEDIAN MID MIN MMULT MOD N NA NOT
        NOW ODD OR PI POW POWER PRODUCT RADIANS RAND RANDBETWEEN RIGHT ROUND ROUNDDOWN ROUNDUP
        ROW ROWS SIGN SIN SQRT STDEV SUM SUMIF SUMPRODUCT SUMSQ SUMX2MY2 SUMX2PY2 SUMXMY2 TAN
        TANH TODAY TRANSPOSE TRIM TRUE TRUNC UPPER VALUE VAR VLOOKUP
        """,
    )
)
"""Functions whose result is no larger than what they are given, and takes no longer."""

CALL = re.compile(r"\b([A-Za-z_][\w.]*+)\(")
WHOLE_IN_CALL = re.compile(
    r"\b(?:SUM|MIN|MAX|AVERAGE|COUNT|COUNTA)\((?:[\w']+!)?\$?[A-Z]{1,3}:\$?[A-Z]{1,3}\)", re.I
)
RANGE = re.compile(r"\$?([A-Z]{1,3})\$?(\d+):\$?([A-Z]{1,3})\$?(\d+)", re.I)
WHOLE = re.compile(r"\$?\b[A-Z]{1,3}:\$?[A-Z]{1,3}\b|\$?\b\d+:\$?\d+\b", re.I)


@dataclass(frozen=True)
class Limits:
    """What a check may take: seconds, and bytes of memory."""

    seconds: float
    memory: int


FOR_MOST = Limits(7, 1 << 30)
FOR_LARGE = Limits(60, 2 << 30)

is_limited = False
"""Whether this process has limits already."""


def refuse_large(path: Path) -> None:
    """Raise `NeedsLimits` for a file that unpacks to much; whatever else it is, `read` will say."""
    if not is_limited and unpacked(path) > ORDINARY:
        raise NeedsLimits


def unpacked(path: Path, kind: str = "") -> int:
    """Return how many bytes the file's parts take, 0 for a file that is no archive.

    `kind` is a part of the names of those meant.
    """
    try:
        if not path.is_file():
            return 0
        if path.stat().st_size > LARGE:  # even the list of its parts may be too much
            return path.stat().st_size
        with zipfile.ZipFile(path) as archive:
            return sum(part.file_size for part in archive.infolist() if kind in part.filename)
    except (OSError, ValueError, NotImplementedError, zipfile.BadZipFile):
        return 0


def refusal() -> Callable[[Workbook], None] | None:
    """Return what refuses a workbook before it is calculated; nothing does where limits are set."""
    return None if is_limited else refuse_strange


def refuse_strange(workbook: Workbook) -> None:
    """Raise `NeedsLimits` for formulas that no lesson has and that may take the engine long."""
    if is_strange(workbook):
        raise NeedsLimits


def is_strange(workbook: Workbook) -> bool:
    """Whether formulas are very long, call unusual functions, or look at very many cells."""
    formulas = [c.formula for s in workbook.sheets for c in s.cells.values() if c.formula]
    if any(len(formula) > LONGEST_FORMULA for formula in formulas):
        return True
    if sum(c.array is not None for s in workbook.sheets for c in s.cells.values()) > MOST_ARRAYS:
        return True
    # All at once: looking at each alone takes longer than all the rest of a check.
    text = "\n".join([*formulas, *workbook.names.values()])
    if "{" in text or {name.upper() for name in CALL.findall(text)} - CALM:
        return True
    if ":" not in text:
        return False
    sizes = list(range_sizes(text))
    if sum(sizes) > MOST_IN_RANGES or max(sizes, default=0) > LARGEST_RANGE:
        return True
    return bool(WHOLE.search(WHOLE_IN_CALL.sub("", text)))


def range_sizes(text: str) -> Iterator[int]:
    """Yield how many cells each range has."""
    for first, top, last, bottom in RANGE.findall(text):
        columns = abs(column_number(last) - column_number(first)) + 1
        yield columns * (abs(int(bottom) - int(top)) + 1)


def check_within_limits(path: str | Path, **options: bool) -> Report:
    """Return the report of a file, checked by another process; one that is stopped says why."""
    import pickle  # not at the top: nearly all workbooks are checked without

    start = time.perf_counter()
    limits = FOR_LARGE if unpacked(Path(path), "worksheets/") > LARGE else FOR_MOST
    outcome = _run(pickle.dumps((str(path), options, limits)), limits)
    seconds = time.perf_counter() - start
    if isinstance(outcome, Report):
        return replace(outcome, file=str(path), seconds=seconds)
    return Report(str(path), "unreadable", outcome, seconds=seconds)


def _run(request: bytes, limits: Limits) -> Report | str:
    """Return what another process answers, or why it does not."""
    import pickle

    command = "from sheetprop.checking.limited import main; main()"
    known = os.pathsep.join(folder or os.getcwd() for folder in sys.path)  # noqa: PTH109 - as is
    environment = os.environ | {"PYTHONPATH": known, "OPENBLAS_NUM_THREADS": "1"}
    try:
        done = subprocess.run(  # noqa: S603 - this program itself
            [sys.executable, "-B", "-c", command],
            input=request,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=limits.seconds,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"checking it takes longer than {limits.seconds:g} seconds; {SIMPLER}"
    if done.returncode == OUT_OF_MEMORY or done.returncode < 0:
        return f"checking it takes more than {limits.memory >> 20} MiB of memory; {SIMPLER}"
    if done.returncode != 0 or not done.stdout:
        return f"it cannot be checked: the calculation broke off; {SIMPLER}"
    answer: Report = pickle.loads(done.stdout)  # noqa: S301 - from this program itself
    return answer


SIMPLER = "remove what does not belong to the task"
OUT_OF_MEMORY = 77


def limit_memory(most: int) -> None:
    """Limit the memory of this process, where the system can; and leave no core behind."""
    try:
        import resource
    except ImportError:  # Windows
        return
    for kind, limit in ((resource.RLIMIT_AS, most), (resource.RLIMIT_CORE, 0)):
        hard = resource.getrlimit(kind)[1]
        allowed = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        try:
            resource.setrlimit(kind, (allowed, hard))
        except (ValueError, OSError):  # macOS knows the limit but does not set it
            continue
