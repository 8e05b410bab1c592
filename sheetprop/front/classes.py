"""Workbooks for each student of a class, and the marks of what they hand in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetprop.caller import argument
from sheetprop.errors import SheetpropError, SpecError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from sheetprop.classes.grades.gradebook import Gradebook
    from sheetprop.spec import Spec


def refuse_lessons(template: Spec | str | Path, language: str | None) -> None:
    """Refuse a roster for a lesson that is no network, and say why.

    Raises:
        SpecError: no numbers are drawn for it, so that everybody would get the same workbook.

    """
    from sheetprop.lessons.kinds.kind import KindLesson
    from sheetprop.spec import Spec
    from sheetprop.template import any_lesson

    found = template if isinstance(template, Spec) else any_lesson(template, language)
    if isinstance(found, KindLesson):
        problem = (
            f"goes only with networks, whose weights are drawn for each student: of {found.name}, "
            f'a lesson of the kind "{found.kind}", everybody would get the same; build it once'
        )
        raise SpecError(argument("roster"), None, problem)


def build_class(
    roster: str | Path,
    template: Spec | str | Path = "classic",
    *,
    learning_rates: Sequence[float] | None = None,
    iterations: int | None = None,
    language: str | None = None,
    output: str | Path | None = None,
    force: bool = False,
    variant: str = "worked",
    hide: Sequence[str] | str | None = None,
    mistakes: int | None = None,
    seed: int | None = None,
    solution: str | Path | None = None,
    with_mistake: str | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> list[Path]:
    """Write a workbook for each student of a class, and return their paths in the roster's order.

    Inputs, targets, weights and learning rates are the student's own, drawn from the seed and the
    student's id within the limits of the template; the same seed gives the same files. All of them
    are written, or none.

    Args:
        roster: a class list, CSV or .xlsx, as course platforms export it: a line of headers with a
            column of ids, and of names, e-mail addresses and sections where there are any.
        template: as in `build`.
        learning_rates: the rates of all students; each has rates near the template's when left out.
        iterations: as in `build`.
        language: as in `build`.
        output: a folder; ``output/`` and the name of the template and the roster when left out.
        force: whether files that exist are overwritten.
        variant: as in `build`.
        hide: as in `build`.
        mistakes: as in `build`.
        seed: the number of the course, from which all others are drawn; 0 when left out. Who knows
            it can draw them, too.
        solution: another folder, for the solutions of exercises; none when left out.
        with_mistake: as in `build`.
        progress: is called from time to time with how many students are done, and how many there
            are.

    Raises:
        SpecError: the roster cannot be used, or an argument, or the limits of the template leave
            no good exercise.
        LayoutError: a workbook would be larger than a spreadsheet may be.
        WorkbookError: a file exists and `force` is not given, or cannot be written.

    """
    from sheetprop.classes.folders import class_folders
    from sheetprop.classes.rosters.roster import read_roster
    from sheetprop.exercises.wanted import wanted
    from sheetprop.template import lesson

    refuse_lessons(template, language)
    has_solution = solution is not None
    asked = wanted(variant, hide, mistakes, None, with_mistake, has_solution=has_solution)
    asked_for = lesson(template, learning_rates, iterations, language)
    students = read_roster(roster)
    folder, solutions = class_folders(output, solution, asked_for.name, roster)

    from sheetprop.classes.hand_out import Task, hand_out

    task = Task(
        lesson(template, None, None, language),
        asked,
        _course_seed(seed),
        asked_for.learning_rates if learning_rates is not None else None,
        asked_for.iterations if iterations is not None else None,
        has_solution=solutions is not None,
    )
    return hand_out(task, students, folder, solutions, force=force, progress=progress)


def grade(
    *files: str | Path | Iterable[str | Path],
    roster: str | Path | None = None,
    template: Spec | str | Path = "classic",
    seed: int | None = None,
    rubric: str | Path | None = None,
    overrides: str | Path | None = None,
    deadline: str | None = None,
    copies: bool = True,
    output: str | Path | None = None,
    store: str | None = None,
    dask: str | None = None,
    explain: str | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Gradebook:
    """Check and mark the workbooks of a class, and write its gradebook and a report for each.

    What was checked is kept in ``results.sqlite``: a run that was broken off goes on where it was,
    and a file that did not change is not checked again, whatever the rubric and the overrides.

    Written are ``gradebook.csv``, ``.xlsx`` and, with the extra ``parquet``, ``.parquet``; in
    ``reports`` a page and a marked copy for each student; ``class.html`` with the figures of the
    class, as data in ``class.json``; in ``platforms`` files for Canvas, Moodle, nbgrader,
    Gradescope and GitHub Classroom.

    Args:
        files: folders, also with folders below, archives (.zip), and workbooks.
        roster: the class list, as for `build_class`: its order, names, and who handed nothing in.
        template: the lesson that was handed out; one that is no network, too.
        seed: the number it was handed out with: tells with the roster whose numbers a file has.
        rubric: the path of a TOML file; the one that comes with sheetprop when left out.
        overrides: a CSV file or a workbook of a teacher's decisions, with the columns student,
            finding, decision (keep or drop), points and remark.
        deadline: a moment, as in ``2026-09-30T23:59``; what was saved later is told to be late.
            Without a time zone it is that of this machine.
        copies: whether a marked copy of each workbook is made.
        output: a folder for all that is written, which what an earlier run wrote gives way to;
            ``output/grades`` when left out. Files and output may be addresses such as
            ``s3://course/submissions``, with the extra ``fsspec``.
        store: where what was checked is kept in place of ``results.sqlite``: an SQLAlchemy URL such
            as ``postgresql+psycopg://host/course``, with the extra ``postgresql``.
        dask: the address of a Dask scheduler, whose workers check in place of this machine, with
            the extra ``dask``.
        explain: only the student with this id or name is in what is returned.
        progress: is called from time to time with how many files are checked, and how many are to
            be.

    Returns:
        The gradebook: `Gradebook.grades` are the students in order, each with `points`, `possible`
        and the points lost and earned (`details`, `explained()`).

    Raises:
        SheetpropError: there is nothing to grade, or nobody is called as `explain` says.
        SpecError: the roster, the template, the seed, the rubric, the overrides or the deadline
            cannot be used.
        WorkbookError: an archive cannot be read, or a file not be written.

    """
    from dataclasses import replace
    from functools import partial

    from sheetprop.checking.score import read_rubric
    from sheetprop.classes.grades.course import Course
    from sheetprop.classes.grades.gradebook import named
    from sheetprop.classes.grades.grading import grade_class
    from sheetprop.classes.grades.overrides import read_overrides
    from sheetprop.classes.machines.addresses import places
    from sheetprop.classes.machines.cluster import answers_there
    from sheetprop.classes.machines.database import DatabaseStore
    from sheetprop.classes.publish import publish
    from sheetprop.classes.rosters.roster import read_roster
    from sheetprop.front.version import __version__
    from sheetprop.shipped import folder
    from sheetprop.spec import Spec
    from sheetprop.template import any_lesson
    from sheetprop.validate import shown

    found = template if isinstance(template, Spec) else any_lesson(template)
    drawn = found if isinstance(found, Spec) else None
    if seed is not None and drawn is None:
        problem = f"goes only with networks: for {found.name} no numbers are drawn; leave it out"
        raise SpecError(argument("seed"), None, problem)
    course = Course(
        () if roster is None else read_roster(roster),
        found.name,
        drawn,
        None if seed is None else _course_seed(seed),
        read_rubric(folder() / "rubrics" / "standard.toml" if rubric is None else rubric),
        __version__,
        () if overrides is None else read_overrides(overrides),
        None if deadline is None else _moment(deadline),
        copies,
    )
    with places(files, "output/grades" if output is None else output) as (given, place):
        kept = None if store is None else DatabaseStore(store)
        cluster = None if dask is None else partial(answers_there, dask)
        write = partial(publish, course)
        book = grade_class(course, given, place, progress, kept, cluster, write)
    if explain is None:
        return book
    explained = named(book.grades, explain)
    if explained is None:
        raise SheetpropError(f"grade: nobody of this class is called {shown(explain)}")
    return replace(book, grades=(explained,))


def _moment(text: str) -> float:
    from datetime import datetime

    from sheetprop.errors import SpecError
    from sheetprop.validate import shown

    try:
        return datetime.fromisoformat(text).timestamp()
    except (ValueError, OverflowError, TypeError):
        problem = f"must be a day or a moment such as 2026-09-30T23:59, not {shown(text)}"
        raise SpecError(argument("deadline"), None, problem) from None


def _course_seed(seed: int | None) -> int:
    from sheetprop import validate

    with validate.blaming(argument("seed"), None):
        return validate.whole_number(0 if seed is None else seed, least=0)
