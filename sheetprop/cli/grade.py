"""``sheetprop grade``: check and mark the workbooks of a class."""

from __future__ import annotations

import argparse
import sys

from sheetprop.cli.arguments import whole_number
from sheetprop.cli.exits import DONE, note
from sheetprop.cli.progress import progress
from sheetprop.reports.cleaned import clean

NAME = "grade"
HELP = "Check and mark the workbooks of a class: a gradebook, and a report for each student."
EXAMPLE = "sheetprop grade submissions/ --roster class.csv --seed 1234"

MOST_NOTES = 50
"""Students whose remarks are printed: those on all are in the gradebook."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the files, the class list, how the worksheets were drawn and where to write."""
    parser.add_argument(
        "files",
        nargs="*",
        metavar="FILE",
        help="a folder, also with folders below, an archive (.zip), or a workbook",
    )
    parser.add_argument("--roster", metavar="LIST", help="the class list, CSV or .xlsx")
    parser.add_argument(
        "--template",
        metavar="TEMPLATE",
        default="classic",
        help="the lesson that was handed out (default: classic)",
    )
    parser.add_argument(
        "--seed",
        metavar="S",
        help="number of the course that it was handed out with: tells whose numbers a file has",
    )
    parser.add_argument(
        "--rubric",
        metavar="RUBRIC",
        help="what gives points, a TOML file (default: the one that comes with sheetprop)",
    )
    parser.add_argument(
        "--overrides",
        metavar="DECISIONS",
        help="a teacher's decisions: student, finding, keep or drop, points, remark; CSV or .xlsx",
    )
    parser.add_argument(
        "--deadline",
        metavar="WHEN",
        help="what was saved later is told to be late, as in 2026-09-30T23:59",
    )
    parser.add_argument(
        "--copies",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="whether copies of the workbooks are made with the mistakes marked in them",
    )
    parser.add_argument(
        "-o",
        "--output",
        metavar="FOLDER",
        help="where the gradebook, the reports and the results so far are (default: output/grades)",
    )
    parser.add_argument(
        "--store",
        metavar="URL",
        help="keep the results in a database, an SQLAlchemy URL, in place of results.sqlite",
    )
    parser.add_argument(
        "--dask",
        metavar="ADDRESS",
        help="check on a Dask cluster, as in tcp://10.0.0.5:8786",
    )
    parser.add_argument(
        "--explain",
        metavar="STUDENT",
        help="show each point that a student, by id or name, earned or lost, with its cells",
    )


def run(arguments: argparse.Namespace) -> int:
    """Grade the class; print the path of the gradebook, or what is explained."""
    import sheetprop
    from sheetprop.classes.machines.addresses import is_address

    with progress() as told:
        book = sheetprop.grade(
            *arguments.files,
            roster=arguments.roster,
            template=arguments.template,
            seed=whole_number(arguments.seed),
            rubric=arguments.rubric,
            overrides=arguments.overrides,
            deadline=arguments.deadline,
            copies=arguments.copies,
            output=arguments.output,
            store=arguments.store,
            dask=arguments.dask,
            explain=arguments.explain,
            progress=told,
        )
    if arguments.explain is not None:
        lines = book.grades[0].explained().splitlines()
        sys.stdout.write("".join(f"{clean(line)}\n" for line in lines))
        return DONE
    folder = arguments.output if is_address(arguments.output) else book.folder
    told_of = [one for one in book.grades if one.remarks]
    for one in told_of[:MOST_NOTES]:
        note(clean(f"{one.student}: {one.remarks}"))
    if len(told_of) > MOST_NOTES:
        more = len(told_of) - MOST_NOTES
        note(clean(f"remarks on {more} more stand in the column remarks of {folder}/gradebook.csv"))
    sys.stdout.write(f"{clean(f'{folder}/gradebook.csv')}\n")
    return DONE
