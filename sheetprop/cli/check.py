"""``sheetprop check``: verify workbooks that somebody made."""

from __future__ import annotations

import argparse
import sys

from sheetprop.cli.exits import COULD_NOT, DONE, MISTAKES_FOUND

NAME = "check"
HELP = "Recalculate workbooks, compare every formula with the right one, and name each mistake."
EXAMPLE = "sheetprop check student.xlsx"

FORMAT_NAMES = ("text", "json")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the files and the format."""
    parser.add_argument("files", nargs="+", metavar="FILE", help="a workbook: .xlsx, .xlsm or .ods")
    parser.add_argument(
        "--format", choices=FORMAT_NAMES, default="text", help="how the report is written"
    )
    parser.add_argument(
        "--json",
        action="store_const",
        const="json",
        dest="format",
        help="short for --format json: one object a line for each file, for other programs",
    )


def run(arguments: argparse.Namespace) -> int:
    """Print the report of each file; return 2 if one could not be checked, else 1 for mistakes."""
    from sheetprop.checking.check import check_file
    from sheetprop.reports import FORMATS

    render = FORMATS[arguments.format]
    code = DONE
    for index, file in enumerate(arguments.files):
        report = check_file(file)
        if index and arguments.format == "text":
            sys.stdout.write("\n")
        sys.stdout.write(render(report) + "\n")
        sys.stdout.flush()
        code = max(code, exit_code(report.verdict))
    return code


def exit_code(verdict: str) -> int:
    """Return what one file's verdict means for the exit code; the largest of all files counts."""
    if verdict in ("not-recognised", "unreadable"):
        return COULD_NOT
    return MISTAKES_FOUND if verdict == "mistakes" else DONE
