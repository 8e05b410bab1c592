"""How long sheetprop takes, as ratios against something else measured in the same run.

    python benchmarks/speed.py            everything (about fifteen minutes; `large` takes most)
    python benchmarks/speed.py build      one of: build long check large trace start

The two sides of a ratio take turns, so that a machine that slows down slows both; the figure is
the median of the ratios of neighbouring runs. Needs the extra ``test``; without LibreOffice the
comparison with it is left out.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from xml.etree import ElementTree

from timing.class_books import class_workbook
from timing.plain_python import plain_python_runs
from timing.turns import against, processor, run

RATES = (0.1, 0.2, 0.5, 0.8, 1.0, 2.0)


def main(wanted: list[str]) -> None:
    """Print the figures asked for, all without arguments."""
    with tempfile.TemporaryDirectory() as folder:
        for name, measure in MEASURES.items():
            if not wanted or name in wanted:
                measure(Path(folder))


def build(folder: Path) -> None:
    """Write the default workbook and a long one, against the same cells and charts by others."""
    from timing.other_writers import by_openpyxl, by_xlsxwriter

    from sheetprop.lessons.layout import layout
    from sheetprop.template import load
    from sheetprop.workbooks.writing.write import write

    path = folder / "made.xlsx"
    for iterations, times in ((100, 7), (1000, 3)):
        workbook = layout(load("classic"), None, iterations)
        write(workbook, path)
        cells, size = sum(len(sheet.cells) for sheet in workbook.sheets), path.stat().st_size
        print(f"build: {len(workbook.sheets)} sheets, {cells} cells and charts, {size} bytes")
        stock = {"stock XlsxWriter": partial(by_xlsxwriter, workbook, folder / "stock.xlsx")}
        others = {**stock, "openpyxl": partial(by_openpyxl, workbook, folder / "other.xlsx")}
        whole = partial(from_template_to_file, iterations, path)
        against("sheetprop, from the template to the file", whole, others, times)
        against("sheetprop, writing alone", partial(write, workbook, path), stock, times)


def from_template_to_file(iterations: int, path: Path) -> None:
    """Read the lesson, lay it out and write it."""
    from sheetprop.lessons.layout import layout
    from sheetprop.template import load
    from sheetprop.workbooks.writing.write import write

    write(layout(load("classic"), None, iterations), path)


def long(folder: Path) -> None:
    """Build a workbook of very many iterations: its time and the memory it needs."""
    for iterations in (10_000, 100_000):
        code = (
            "import resource, sheetprop; sheetprop.build(learning_rates=[0.1, 0.5, 2], "
            f"iterations={iterations}, output={str(folder / 'long.xlsx')!r}, force=True); "
            "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)"
        )
        begin = processor()
        memory = subprocess.check_output([sys.executable, "-c", code], text=True).strip()
        size = (folder / "long.xlsx").stat().st_size / 1e6
        print(f"long: 3 learning rates, {iterations} iterations")
        print(f"  {processor() - begin:8.1f} s, at most {memory} MiB, a file of {size:.0f} MB")


def check(folder: Path) -> None:
    """Check class-sized workbooks, in a running process, at its first call and as a whole one."""
    right = class_workbook(folder / "right.xlsx")
    student = class_workbook(folder / "student.xlsx", is_wrong=True)
    stored = class_workbook(folder / "stored.xlsx", is_wrong=True, with_values=True)
    six = class_workbook(folder / "six.xlsx", RATES, is_wrong=True)
    checked("one sheet without a mistake", right)
    checked("one sheet with one mistake", student)
    checked("one sheet with one mistake, and values as programs store them", stored)
    checked("six sheets with one mistake", six)
    print(f"  {statistics.median(first_calls(stored)):8.3f} s  the first of a process")
    as_process(folder, stored)


def checked(what: str, path: Path) -> None:
    """Check a workbook in this process, without a worker, against loading and calculating it."""
    import openpyxl

    from sheetprop.checking.check import check_file

    book = openpyxl.load_workbook(path)
    values = (v for sheet in book for row in sheet.iter_rows(values_only=True) for v in row)
    formulas = sum(isinstance(value, str) and value.startswith("=") for value in values)
    print(f"check: {what}, {formulas} formulas")
    against(
        "checking it, in a running process",
        lambda: check_file(path),
        {
            "openpyxl merely loading the file": lambda: openpyxl.load_workbook(path),
            "formualizer loading and calculating it": lambda: calculated(path),
        },
        times=15,
    )


def calculated(path: Path) -> None:
    """Load a workbook into the engine and calculate it."""
    import formualizer as fz

    config = fz.EvaluationConfig()
    config.enable_parallel = False
    fz.Workbook.from_path(str(path), config=fz.WorkbookConfig(eval_config=config)).evaluate_all()


def first_calls(path: Path, times: int = 5) -> Iterator[float]:
    """Yield how long the first check of a new process takes, its imports of `check` not counted."""
    code = (
        "import time; from sheetprop.checking.check import check_file; "
        f"start = time.process_time(); check_file({str(path)!r}); "
        "print(time.process_time() - start)"
    )
    for _ in range(times):
        yield float(subprocess.check_output([sys.executable, "-c", code]))


def as_process(folder: Path, path: Path) -> None:
    """Check a workbook by the command line, against other programs that load it."""
    soffice = shutil.which("soffice") or shutil.which("libreoffice")
    command = [sys.executable, "-m", "sheetprop", "check", str(path)]
    load = [sys.executable, "-c", f"import openpyxl; openpyxl.load_workbook({str(path)!r})"]
    others: dict[str, Callable[[], object]] = {"Python and openpyxl loading it": run(load)}
    if soffice:
        others["LibreOffice recalculating it"] = run(libreoffice(soffice, folder, path))
    else:
        print("  (no LibreOffice on this machine: left out)")
    against("sheetprop check, as a whole process", run(command), others, times=5)


def large(folder: Path) -> None:
    """Check tables of many iterations, against merely parsing the XML of their cells."""
    for iterations in (10_000, 100_000):
        for is_wrong in (False, True):
            path = class_workbook(
                folder / "large.xlsx", (0.5,), iterations, is_wrong=is_wrong, with_values=True
            )
            mistake = "a mistake" if is_wrong else "no mistake"
            print(f"large: {iterations} iterations, 31 columns, {mistake}")
            against(
                "sheetprop check, as a whole process",
                run([sys.executable, "-m", "sheetprop", "check", "--json", str(path)]),
                {"ElementTree parsing the worksheet": partial(parsed, path)},
                times=1,
                is_warm=True,
            )


def parsed(path: Path) -> None:
    """Go through the XML of the first worksheet and keep nothing."""
    with zipfile.ZipFile(path) as archive, archive.open("xl/worksheets/sheet1.xml") as part:
        for _, element in ElementTree.iterparse(part):
            element.clear()


def libreoffice(soffice: str, folder: Path, path: Path) -> list[str]:
    """Return the command that loads, recalculates and saves a workbook without a window."""
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    target = ["--outdir", str(folder / "recalculated")]
    return [soffice, profile, "--headless", "--convert-to", "xlsx", *target, str(path)]


def trace(folder: Path) -> None:
    """Run gradient descent for a few rates and for many, against a loop in plain Python."""
    del folder
    from sheetprop.maths.trace import run as run_trace
    from sheetprop.template import load

    spec = load("classic")
    for rates, iterations in ((RATES, 1000), (tuple(k / 250 for k in range(1, 501)), 200)):
        print(f"trace: {len(rates)} learning rates, {iterations} iterations")
        against(
            "the trace, all rates at once in NumPy",
            partial(run_trace, spec, rates, iterations),
            {"a loop in plain Python": partial(plain_python_runs, spec, rates, iterations)},
        )


def start(folder: Path) -> None:
    """Start the command for its help, against Python starting for nothing."""
    del folder
    print("start")
    against(
        "sheetprop --help",
        run([sys.executable, "-m", "sheetprop", "--help"]),
        {"python -c pass": run([sys.executable, "-c", "pass"])},
        times=9,
    )
    found = subprocess.run(
        [sys.executable, "-c", "import sys, sheetprop.cli; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    heavy = {"pandas", "numpy", "openpyxl", "xlsxwriter", "formualizer", "rich"} & set(found)
    print(f"  heavy libraries imported for it: {', '.join(sorted(heavy)) or 'none'}")


MEASURES = {
    "build": build,
    "long": long,
    "check": check,
    "large": large,
    "trace": trace,
    "start": start,
}


if __name__ == "__main__":
    main(sys.argv[1:])
