"""``sheetprop check``: verify workbooks that somebody made."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sheetprop.cli.exits import COULD_NOT, DONE, MISTAKES_FOUND, note
from sheetprop.errors import SpecError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sheetprop.checking.report import Report
    from sheetprop.checking.score import Rubric
    from sheetprop.reports import Format

NAME = "check"
HELP = "Recalculate workbooks, compare every formula with the right one, and name each mistake."
EXAMPLE = "sheetprop check student.xlsx"

FORMAT_NAMES = ("text", "json", "html", "markdown", "junit")
FORMAT_OF_SUFFIX = {
    ".json": "json",
    ".jsonl": "json",
    ".html": "html",
    ".htm": "html",
    ".md": "markdown",
    ".xml": "junit",
}
DEFAULT_RUBRIC = "standard.toml"
NO_MARKS = ("json",)
"""Formats whose fields are fixed and hold no marks."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the files, the format, the rubric and where to write."""
    parser.add_argument("files", nargs="*", metavar="FILE", help="a workbook: .xlsx, .xlsm or .ods")
    parser.add_argument(
        "--format",
        choices=FORMAT_NAMES,
        help="how the report is written (default: what the name after -o ends in, else text)",
    )
    parser.add_argument(
        "--json",
        action="store_const",
        const="json",
        dest="format",
        help="short for --format json: one object a line for each file, for other programs",
    )
    parser.add_argument(
        "--score",
        metavar="RUBRIC",
        nargs="?",
        const="",
        help="give marks by a rubric, a TOML file (default: the one that comes with sheetprop)",
    )
    parser.add_argument(
        "-o",
        "--output",
        metavar="PATH",
        help="a file for the reports of all workbooks, or a folder for one each (default: stdout)",
    )
    parser.add_argument(
        "--annotate",
        metavar="FOLDER",
        nargs="?",
        const="output",
        help="also write a copy of each .xlsx workbook with the findings marked in it, into a "
        "folder (default: output/); the workbook itself is never changed",
    )
    parser.add_argument(
        "--why",
        metavar="CELL",
        help="say how one cell, such as Sheet1!Z32, came to its verdict, and nothing else",
    )
    parser.add_argument("--force", action="store_true", help="overwrite a file that exists")


def run(arguments: argparse.Namespace) -> int:
    """Write the report of each file; return 2 if one could not be checked, else 1 for mistakes."""
    from sheetprop.reports import FORMATS

    if arguments.why is not None:
        return _why(arguments.files, arguments.why)
    files, rubric_path = _files_and_rubric(arguments.files, arguments.score)
    suffix = Path(arguments.output or "").suffix.lower()
    name = arguments.format or FORMAT_OF_SUFFIX.get(suffix, "text")
    if rubric_path is not None and name in NO_MARKS:
        raise SpecError("--score", None, f"needs another format: the fields of {name} are fixed")
    rubric = None if rubric_path is None else _rubric(rubric_path)
    form = FORMATS[name]
    reports = _reports(files, form, rubric)
    if arguments.annotate is not None:
        reports = _annotated(reports, files, arguments.annotate, force=arguments.force)
    if arguments.output is None:
        return _print(reports, form, name)
    return _write(files, form, reports, arguments.output, force=arguments.force)


def _why(files: Sequence[str], cell: str) -> int:
    from sheetprop.checking.why import why

    for file in files:
        sys.stdout.write(why(file, cell) + "\n")
    return DONE


def _annotated(
    reports: Iterator[Report], files: Sequence[str], folder: str, *, force: bool
) -> Iterator[Report]:
    """Pass reports on, each after its marked copy is written; what has none is said on stderr."""
    from sheetprop.errors import WorkbookError
    from sheetprop.reports.annotations import marks_of
    from sheetprop.workbooks.marking.annotate import annotate

    for file, report in zip(files, reports, strict=True):
        if report.tables:
            copy = Path(folder) / f"{Path(file).stem}-checked{Path(file).suffix}"
            try:
                annotate(file, list(marks_of(report)), copy, force=force)
                note(f"marked copy: {copy}")
            except WorkbookError as error:
                note(f"no marked copy: {error}")
        yield report


def _files_and_rubric(files: list[str], score: str | None) -> tuple[list[str], str | None]:
    """Tell a workbook typed after ``--score`` from a rubric."""
    if score and Path(score).suffix.lower() != ".toml":
        files, score = [score, *files], ""
    if not files:
        raise SpecError("check", None, f"name at least one workbook, as in {EXAMPLE}")
    return files, score


def _rubric(path: str) -> Rubric:
    from sheetprop.checking.score import read_rubric
    from sheetprop.shipped import folder

    return read_rubric(path or folder() / "rubrics" / DEFAULT_RUBRIC)


def _reports(files: Sequence[str], form: Format, rubric: Rubric | None) -> Iterator[Report]:
    from sheetprop.checking.check import check_file

    for file in files:
        with_pictures = form.pictures or rubric is not None
        report = check_file(file, with_pictures=with_pictures)
        yield report if rubric is None else _marked(report, rubric)


def _marked(report: Report, rubric: Rubric) -> Report:
    from dataclasses import replace

    from sheetprop.checking.score import marks

    return replace(report, marks=marks(report, rubric))


def _print(reports: Iterator[Report], form: Format, name: str) -> int:
    """Print reports one by one where the format allows it, so that the first comes at once."""
    if form.between is None:
        every = list(reports)
        sys.stdout.write(form.render(every) + "\n")
        return max(exit_code(report.verdict) for report in every)
    code = DONE
    for index, report in enumerate(reports):
        sys.stdout.write(form.between if index else "")
        if not (name == "text" and _print_coloured(report)):
            sys.stdout.write(form.render([report]) + "\n")
        sys.stdout.flush()
        code = max(code, exit_code(report.verdict))
    return code


def _print_coloured(report: Report) -> bool:
    """Print a text report in colours if the terminal shows them; return whether it does."""
    if not sys.stdout.isatty():
        return False
    from rich.console import Console
    from rich.text import Text

    from sheetprop.reports.text import render_coloured

    console = Console(highlight=False)
    if console.no_color or console.color_system is None:
        return False
    for line in render_coloured([report]):
        console.print(Text.assemble(*line), soft_wrap=True)
    return True


def _write(
    files: Sequence[str], form: Format, reports: Iterator[Report], output: str, *, force: bool
) -> int:
    """Write one file for all reports, or one each into a folder, and print the paths."""
    from sheetprop.reports.paths import report_paths, write_report

    paths = report_paths(output, files, form.suffix, force=force)
    groups = iter([list(reports)]) if len(paths) == 1 else ([report] for report in reports)
    code = DONE
    for path, group in zip(paths, groups, strict=True):
        write_report(path, form.render(group) + "\n")
        sys.stdout.write(f"{path}\n")
        code = max(code, *(exit_code(report.verdict) for report in group))
    return code


def exit_code(verdict: str) -> int:
    """Return what one file's verdict means for the exit code; the largest of all files counts."""
    if verdict in ("not-recognised", "unreadable"):
        return COULD_NOT
    return DONE if verdict == "correct" else MISTAKES_FOUND
