"""Commands shown on pages, run as they stand, and what they print put below them.

A page is followed from top to bottom in an empty folder: blocks of the language ``console`` are
run, blocks that begin with a comment such as ``# lesson.toml`` are files to write, ``python`` is
executed, and a remark ``<!-- then: mend FILE -->`` stands for what a reader does by hand.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import chdir, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

import openpyxl
from openpyxl.formula.translate import Translator
from openpyxl.worksheet.worksheet import Worksheet

from sheetprop.checking.check import check_file
from sheetprop.checking.report import Place
from sheetprop.cli import main

ROOT = Path(__file__).parent.parent.parent
sys.path.append(str(ROOT / "tests"))

from worksheets import RIGHT, Table, save  # noqa: E402

BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$|^<!-- then: (\w+) (.*?) -->$", re.MULTILINE | re.DOTALL)
FILE = re.compile(r"# ([\w./-]+\.\w+)\n")


def pages() -> list[Path]:
    """Return every page that shows a command."""
    found = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    return [page for page in found if "```console" in page.read_text(encoding="utf-8")]


def followed(page: Path) -> str:
    """Return the text of a page with what its commands print today."""
    text = page.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        _write_class_mistake(Path("student.xlsx"))
        return BLOCK.sub(_block, text)


def _block(found: re.Match[str]) -> str:
    """Do what a block says, and return it with what came of it."""
    language, text, verb, file = found.groups()
    if verb:
        BY_HAND[verb](Path(file))
    elif language == "console":
        return f"```console\n{''.join(_runs(text))}```"
    elif named := FILE.match(text):
        Path(named[1]).parent.mkdir(parents=True, exist_ok=True)
        Path(named[1]).write_text(text, encoding="utf-8")
    elif language == "python":
        with redirect_stdout(StringIO()):
            exec(text, {})  # the page's own example
    return found[0]


def _runs(text: str) -> Iterator[str]:
    """Yield each command of a console and what it prints."""
    for command in re.findall(r"^\$ (sheetprop .*)$", text, re.MULTILINE):
        yield f"$ {command}\n"
        yield _printed(command.split()[1:])


def _printed(arguments: list[str]) -> str:
    out, err = StringIO(), StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        main(arguments)
    return out.getvalue()


def _write_class_mistake(path: Path) -> None:
    """Write a worksheet with the mistake of a class file: a_h1 where a_h2 belongs."""
    table = Table(iterations=68)
    for quantity in ("dE/dw3", "dE/dw4"):
        wrong = RIGHT[quantity].replace("{a_h2}*(1-{a_h2})", "{a_h1}*(1-{a_h1})")
        table = table.changed(quantity, wrong)
    save(path, table)


def _mend(path: Path) -> None:
    """Put each finding's right formula into the first cell of its place and fill it over it."""
    book = openpyxl.load_workbook(path)
    for finding in check_file(path).errors:
        for place in finding.places[:1]:
            _fill(book[place.sheet], place, str(finding.expected))
    book.save(path)


def _fill(sheet: Worksheet, place: Place, formula: str) -> None:
    cells = [cell for row in _rows(sheet, place.range) for cell in row]
    for cell in cells:
        moved = Translator(formula, cells[0].coordinate).translate_formula(cell.coordinate)
        cell.value = moved


def _rows(sheet: Worksheet, where: str) -> tuple[tuple[openpyxl.cell.Cell, ...], ...]:
    found = sheet[where]
    return found if isinstance(found, tuple) else ((found,),)


BY_HAND: Mapping[str, Callable[[Path], None]] = {"mend": _mend}
"""What a reader does in a spreadsheet program, by the word that stands for it."""
