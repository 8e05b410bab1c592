"""``sheetprop check``: verify workbooks that somebody made."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from sheetprop.cli.exits import BUG, COULD_NOT, DONE, MISTAKES_FOUND, fail, note, note_bug
from sheetprop.cli.progress import progress_of_files
from sheetprop.reports import FORMATS
from sheetprop.reports.cleaned import clean

if TYPE_CHECKING:
    from sheetprop.batch.plan import Plan
    from sheetprop.batch.run import Result
    from sheetprop.checking.report import Report

Summed = Callable[["Report"], tuple[str, ...]]
"""Returns what the summary of many files needs to know of one."""

NAME = "check"
HELP = "Recalculate workbooks, compare every formula with the right one, and name each mistake."
EXAMPLE = "sheetprop check student.xlsx"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the files, the format, the rubric and where to write."""
    parser.add_argument(
        "files",
        nargs="*",
        metavar="FILE",
        help="a workbook (.xlsx, .xlsm or .ods), or a folder for the workbooks in it",
    )
    parser.add_argument(
        "--recursive", action="store_true", help="look into the folders below a folder as well"
    )
    parser.add_argument(
        "--format",
        choices=tuple(FORMATS),
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
        const=True,
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
        const=True,
        help="also write a copy of each .xlsx workbook with the findings marked in it, into a "
        "folder (default: output/); the workbook itself is never changed",
    )
    parser.add_argument(
        "--why",
        metavar="CELL",
        help="say how one cell, such as Sheet1!Z32, came to its verdict, and nothing else",
    )
    parser.add_argument(
        "--watch",
        action="store_true",
        help="check again after each save, and show what was mended and what is new, until "
        "interrupted (Ctrl+C)",
    )
    parser.add_argument("--force", action="store_true", help="overwrite a file that exists")


def run(arguments: argparse.Namespace) -> int:
    """Write the report of each file; return 2 if one could not be checked, else 1 for mistakes."""
    from sheetprop.batch.plan import planned
    from sheetprop.batch.run import results
    from sheetprop.cli.terminal import look
    from sheetprop.reports.summary import entry  # here: workers, made of this process, need most
    from sheetprop.workers.limits import missing

    files, score, annotate = _told_apart(arguments)
    if arguments.watch:
        from sheetprop.cli.watch import refuse

        form = None if arguments.format == "text" else arguments.format
        refuse(output=arguments.output, annotate=annotate, format=form, why=arguments.why)
    if arguments.why is not None:
        return _why(files, arguments.why, recursive=arguments.recursive)
    plan = planned(
        files,
        score=score,
        annotate=annotate,
        output=arguments.output,
        format=arguments.format,
        force=arguments.force,
        recursive=arguments.recursive,
        look=look() if arguments.output is None else None,
    )
    for remark in plan.remarks:
        note(remark)
    for limit in missing():
        note(f"this system sets no limit of {limit}; a hostile file may take what there is")
    if arguments.watch:
        from sheetprop.cli.watch import watch

        watch(plan)
    with closing(results(plan, is_all=True)) as found:  # workers are ended first, however this ends
        return _show(plan, found, entry)


def _why(files: Sequence[str], cell: str, *, recursive: bool) -> int:
    """Print how a cell of each workbook came to its verdict; return the exit code."""
    from sheetprop.batch.cells import told
    from sheetprop.batch.given import all_given

    given = all_given(files, recursive=recursive)
    for remark in given.remarks:
        note(remark)
    code = DONE
    for found in told(given.files, cell):
        if found.error is None:
            _print(iter([f"{found.text}\n"]))
        else:
            code = max(code, fail(str(found.error)))
        if found.bug is not None:
            code = BUG
            note_bug(found.bug)
    return code


def _told_apart(
    arguments: argparse.Namespace,
) -> tuple[list[str], str | bool | None, str | bool | None]:
    """Tell a workbook typed after ``--score`` or ``--annotate`` from a rubric or a folder."""
    files, score, annotate = list(arguments.files), arguments.score, arguments.annotate
    if isinstance(score, str) and Path(score).suffix.lower() != ".toml":
        files, score = [score, *files], True
    if isinstance(annotate, str) and not files and Path(annotate).is_file():
        files, annotate = [annotate], True
    return files, score, annotate


def _show(plan: Plan, results: Iterator[Result], entry: Summed) -> int:
    """Print the reports, or the paths of their files; return the exit code."""
    from sheetprop.batch.gathered import Gathered
    from sheetprop.batch.run import document
    from sheetprop.cli.terminal import is_terminal

    gathered = Gathered()
    shown = Shown(entry)
    with closing(gathered):
        if plan.reports or plan.form.between is None:
            for result in shown.one_by_one(plan, results):
                if not plan.reports:
                    gathered.add(result.piece)
                elif not plan.is_one_report:
                    _print_path(plan.reports[shown.done - 1])
        else:
            texts = (result.piece.text for result in shown.one_by_one(plan, results))
            _print(plan.form.joined(shown.entries, texts, plan.look))
        if plan.is_one_report:
            _print_path(plan.reports[0])
        elif gathered.entries:
            _print(document(plan, gathered))
    if (plan.reports or gathered.entries) and len(plan.files) > 1 and is_terminal(sys.stderr):
        _sum_up(shown)
    return shown.code


def _sum_up(shown: Shown) -> None:
    """Tell whoever sits at the terminal what came out, where the reports go elsewhere."""
    from sheetprop.reports.summary import lines

    for label, text in lines(shown.entries):
        note(f"{label}: {text}")


class Shown:
    """What was shown so far: the worst exit code, how many files, and what to sum up about them."""

    def __init__(self, entry: Summed) -> None:
        self.entry = entry
        self.code = DONE
        self.done = 0
        self.entries: list[tuple[str, ...]] = []

    def one_by_one(self, plan: Plan, results: Iterator[Result]) -> Iterator[Result]:
        """Yield the results, and tell on a terminal between them how many are still to come."""
        count = len(plan.files)
        with progress_of_files() as line:
            told = line if count > 1 else None
            if told:
                told.tell(0, count)
            for result in results:
                if told:
                    told.clear()
                self._take(result)
                yield result
                if told and self.done < count:
                    told.tell(self.done, count)

    def _take(self, result: Result) -> None:
        self.code = max(self.code, exit_code(result))
        self.done += 1
        self.entries.append(self.entry(result.report))
        _note(result)


def _print(texts: Iterator[str]) -> None:
    """Print texts one by one, so that the first comes at once."""
    for text in texts:
        sys.stdout.write(text)
        sys.stdout.flush()


def _print_path(path: Path) -> None:
    sys.stdout.write(f"{clean(str(path))}\n")


def _note(result: Result) -> None:
    """Say on stderr which marked copy there is, what could not be written, and what to mend."""
    if result.report.copy is not None:
        without = f", without {', '.join(result.report.active)}" if result.report.active else ""
        note(f"marked copy: {result.report.copy}{without}")
    for remark in result.report.notes:
        note(remark)
    if result.bug is not None:
        note_bug(result.bug)
        note(f"{result.report.file}: {result.report.reason}, with the lines above")


def exit_code(result: Result) -> int:
    """Return what one file's result means for the exit code; the largest of all files counts."""
    if result.bug is not None:
        return BUG
    if result.report.verdict in ("not-recognised", "unreadable") or result.report.notes:
        return COULD_NOT
    return DONE if result.report.verdict == "correct" else MISTAKES_FOUND
