"""How long sheetprop takes, as ratios against something else measured in the same run.

    python benchmarks/speed.py            everything (about ten minutes; `large` takes most)
    python benchmarks/speed.py build      one of: build check large trace start

The two sides of a ratio take turns, so that a machine that slows down slows both; the figure is
the median of the ratios of neighbouring runs. Needs the extra ``test``; without LibreOffice the
comparison with it is left out.
"""

from __future__ import annotations

import contextlib
import io
import math
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from xml.etree import ElementTree

import sheetprop

CLASS_ITERATIONS = 68
"""Rows of a worksheet as classes make them: with 31 columns, about 1,800 formulas."""

RATES = (0.1, 0.2, 0.5, 0.8, 1.0, 2.0)


def main(wanted: list[str]) -> None:
    """Print the figures asked for, all without arguments."""
    with tempfile.TemporaryDirectory() as folder:
        for name, measure in MEASURES.items():
            if not wanted or name in wanted:
                measure(Path(folder))


def build(folder: Path) -> None:
    """Write the default workbook, against the same cells and charts by two libraries."""
    from sheetprop.lessons.layout import layout
    from sheetprop.template import load
    from sheetprop.workbooks.writing.write import write

    spec = load("classic")
    workbook = layout(spec)
    cells = sum(len(sheet.cells) for sheet in workbook.sheets)
    print(f"build: {len(workbook.sheets)} sheets, {cells} cells with their charts")
    path = folder / "made.xlsx"
    against(
        "sheetprop, from the lesson to the file",
        lambda: write(layout(spec), path),
        {
            "the same cells and charts by stock XlsxWriter": lambda: by_xlsxwriter(workbook, path),
            "the same cells and charts by openpyxl": lambda: by_openpyxl(workbook, path),
        },
    )
    against(
        "sheetprop, writing alone",
        lambda: write(workbook, path),
        {"the same cells and charts by stock XlsxWriter": lambda: by_xlsxwriter(workbook, path)},
    )


def by_xlsxwriter(workbook: object, path: Path) -> None:
    """Write the cells (formulas with values, in their styles) and charts with plain XlsxWriter."""
    from unittest.mock import patch

    import xlsxwriter
    from xlsxwriter.worksheet import Worksheet

    from sheetprop.workbooks.writing import xlsx

    # The same calls for looks, widths and charts, on XlsxWriter's own worksheet.
    class Stock(Worksheet):
        plain_formulas = False

        def lay_paper(self, style: object, widths: dict[int, float], last: int) -> None:
            for column in range(max(last, *widths, 0)):
                self.set_column(column, column, widths.get(column + 1), style)

    class Book(xlsxwriter.Workbook):
        worksheet_class = Stock

    def stored(made: io.BytesIO, path: Path) -> None:
        path.write_bytes(made.getvalue())

    with patch.object(xlsx, "_Book", Book), patch.object(xlsx, "_pack", stored):
        xlsx.save(workbook, path)


def by_openpyxl(workbook: object, path: Path) -> None:
    """Write the cells (formulas, which openpyxl stores without values) and line charts."""
    import openpyxl
    from openpyxl.chart import LineChart, Reference

    book = openpyxl.Workbook(write_only=False)
    book.remove(book.active)
    for sheet in workbook.sheets:
        page = book.create_sheet(sheet.name)
        for (row, column), cell in sheet.cells.items():
            page.cell(row, column, cell.formula or cell.value)
        for number, chart in enumerate(sheet.charts):
            drawn = LineChart()
            for series in chart.series:
                drawn.add_data(Reference(page, range_string=series.values), titles_from_data=False)
            page.add_chart(drawn, f"AH{2 + 20 * number}")
    book.save(path)


def check(folder: Path) -> None:
    """Check class-sized workbooks, in a running process, at its first call and as a whole one."""
    right = class_workbook(folder / "right.xlsx")
    student = class_workbook(folder / "student.xlsx", is_wrong=True)
    six = class_workbook(folder / "six.xlsx", RATES, is_wrong=True)
    checked("one sheet without a mistake", right)
    checked("one sheet with one mistake", student)
    checked("six sheets with one mistake", six)
    print(f"  {statistics.median(first_calls(student)):8.3f} s  the first of a process")
    as_process(folder, student)


def checked(what: str, path: Path) -> None:
    """Check a workbook in this process, against merely loading it."""
    import openpyxl

    book = openpyxl.load_workbook(path)
    values = (v for sheet in book for row in sheet.iter_rows(values_only=True) for v in row)
    formulas = sum(isinstance(value, str) and value.startswith("=") for value in values)
    print(f"check: {what}, {formulas} formulas")
    against(
        "sheetprop.check, in a running process",
        lambda: sheetprop.check(path),
        {"openpyxl merely loading the file": lambda: openpyxl.load_workbook(path)},
    )


def first_calls(path: Path, times: int = 5) -> Iterator[float]:
    """Yield how long the first check of a new process takes, its imports of `check` not counted."""
    code = (
        "import time, sheetprop, sheetprop.checking.check; start = time.perf_counter(); "
        f"sheetprop.check({str(path)!r}); print(time.perf_counter() - start)"
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


def class_workbook(
    path: Path,
    rates: tuple[float, ...] = (2.0,),
    iterations: int = CLASS_ITERATIONS,
    *,
    is_wrong: bool = False,
    with_values: bool = False,
) -> Path:
    """Write a workbook as a student makes it: typed start, one sheet for each rate.

    A wrong one computes ∂E/∂w3 and ∂E/∂w4 from a_h1.
    """
    from sheetprop.workbooks.sheet import Sheet, Workbook
    from sheetprop.workbooks.writing.write import write

    sheets = [
        Sheet(f"Sheet{number}", class_cells(rate, iterations, is_wrong, with_values))
        for number, rate in enumerate(rates, 1)
    ]
    write(Workbook(tuple(sheets)), path)
    return path


def class_cells(rate: float, iterations: int, is_wrong: bool, with_values: bool) -> dict:
    """Return the cells of one sheet: η in G30, the headers in row 31, the start in row 32."""
    from sheetprop.calculating.run_values import rows
    from sheetprop.maths.expr import Name, substitute
    from sheetprop.maths.network import Network
    from sheetprop.notation.address import address
    from sheetprop.notation.excel_write import to_excel
    from sheetprop.notation.relative import RelativeFormula
    from sheetprop.template import load
    from sheetprop.workbooks.sheet import Cell

    spec = load("classic")
    network = Network(spec.architecture)
    column = {name: number for number, name in enumerate(network.quantities, 1)}
    start, cells = spec.start(), {(30, 6): Cell("η ="), (30, 7): Cell(rate)}

    def reference(leaf: Name) -> str:
        return "$G$30" if leaf.name == "eta" else address(33 + leaf.shift, column[leaf.name])

    formulas = {}
    for name, quantity in network.quantities.items():
        cells[31, column[name]] = Cell(name)
        tree = quantity.tree
        if is_wrong and name in ("dE/dw3", "dE/dw4") and tree is not None:
            tree = substitute(tree, lambda leaf: Name("a_h1") if leaf == Name("a_h2") else None)
            network.quantities[name] = replace(quantity, tree=tree)
        if tree is not None:
            formulas[name] = RelativeFormula(to_excel(tree, reference), 33, column[name])
    values = rows(network, start, rate, iterations) if with_values else []
    for step in range(iterations):
        row = 32 + step
        for name, quantity in network.quantities.items():
            if quantity.is_given_first and (step == 0 or name not in formulas):
                cells[row, column[name]] = Cell(start[name])
            else:
                value = values[step][column[name] - 1] if values else None
                cells[row, column[name]] = Cell(value, formulas[name].at(row, column[name]))
    return cells


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


def plain_python_runs(spec: object, rates: tuple[float, ...], iterations: int) -> None:
    """Train the network once for each rate."""
    for rate in rates:
        plain_python(spec, rate, iterations)


def plain_python(spec: object, rate: float, iterations: int) -> list[float]:
    """Train the classic network number by number and return E_total of every iteration."""
    (i1, i2), (t1, t2) = spec.inputs, spec.targets
    w1, w2, w3, w4, w5, w6, w7, w8 = spec.weights
    errors = []
    for _ in range(iterations):
        a_h1 = 1 / (1 + math.exp(-(w1 * i1 + w2 * i2)))
        a_h2 = 1 / (1 + math.exp(-(w3 * i1 + w4 * i2)))
        a_o1 = 1 / (1 + math.exp(-(w5 * a_h1 + w6 * a_h2)))
        a_o2 = 1 / (1 + math.exp(-(w7 * a_h1 + w8 * a_h2)))
        errors.append((t1 - a_o1) ** 2 / 2 + (t2 - a_o2) ** 2 / 2)
        d1 = (a_o1 - t1) * a_o1 * (1 - a_o1)
        d2 = (a_o2 - t2) * a_o2 * (1 - a_o2)
        e1 = (d1 * w5 + d2 * w7) * a_h1 * (1 - a_h1)
        e2 = (d1 * w6 + d2 * w8) * a_h2 * (1 - a_h2)
        w1, w2, w3, w4 = (w1 - rate * e1 * i1, w2 - rate * e1 * i2,
                          w3 - rate * e2 * i1, w4 - rate * e2 * i2)  # fmt: skip
        w5, w6, w7, w8 = (w5 - rate * d1 * a_h1, w6 - rate * d1 * a_h2,
                          w7 - rate * d2 * a_h1, w8 - rate * d2 * a_h2)  # fmt: skip
    return errors


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


MEASURES = {"build": build, "check": check, "large": large, "trace": trace, "start": start}


def against(
    ours: str,
    our_run: Callable[[], object],
    others: dict[str, Callable[[], object]],
    times: int = 7,
    *,
    is_warm: bool = False,
) -> None:
    """Print our median time, and its ratio to each other thing's, run by run."""
    for one in () if is_warm else (our_run, *others.values()):
        once(one)  # warm up: imports, caches, disk
    rows = [(once(our_run), [once(other) for other in others.values()]) for _ in range(times)]
    print(f"  {statistics.median(mine for mine, _ in rows):8.3f} s  {ours}")
    for index, name in enumerate(others):
        theirs = statistics.median(row[index] for _, row in rows)
        ratio = statistics.median(mine / row[index] for mine, row in rows)
        print(f"  {theirs:8.3f} s  {name}: ratio {ratio:.3f}, {1 / ratio:.1f} times as long")


def once(action: Callable[[], object]) -> float:
    """Return the seconds that an action takes."""
    with silenced():
        begin = time.perf_counter()
        action()
        return time.perf_counter() - begin


@contextlib.contextmanager
def silenced() -> Iterator[None]:
    """Throw away what is printed meanwhile."""
    with contextlib.redirect_stdout(io.StringIO()):
        yield


def run(command: list[str]) -> Callable[[], object]:
    """Return what runs a command to its end and throws its output away."""
    return lambda: subprocess.run(command, capture_output=True, check=False)


if __name__ == "__main__":
    main(sys.argv[1:])
