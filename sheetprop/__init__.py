"""sheetprop makes Excel workbooks that teach backpropagation, and verifies workbooks people made.

Each function here does what the command of the same name does, with the same arguments. The
libraries a function needs are imported when it is called, so that importing sheetprop is quick.

What goes wrong is raised as a `SheetpropError`: a `SpecError` for a template or an argument, a
`WorkbookError` for a file, a `LayoutError` for a workbook that no spreadsheet has room for, a
`FormulaError` for a formula. What is wrong *in* a student's workbook is never raised: it is a
`Finding` of its `Report`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetprop.caller import argument, is_in_a_shell
from sheetprop.checking.report import Finding, Report
from sheetprop.errors import (
    FormulaError,
    FormulaSyntaxError,
    LayoutError,
    SheetpropError,
    SpecError,
    UnsupportedFunction,
    WorkbookError,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    import pandas as pd

    from sheetprop.batch.given import File
    from sheetprop.classes.grades.gradebook import Gradebook
    from sheetprop.lessons.kinds.kind import Lesson
    from sheetprop.mistakes.base import Mistake
    from sheetprop.spec import Spec

__version__ = "0.1.0"
__all__ = [
    "Finding",
    "FormulaError",
    "FormulaSyntaxError",
    "LayoutError",
    "Report",
    "SheetpropError",
    "SpecError",
    "UnsupportedFunction",
    "WorkbookError",
    "build",
    "build_class",
    "check",
    "explain",
    "grade",
    "templates",
    "trace",
    "train",
    "why",
]


def build(
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
    roster: str | Path | None = None,
    network: str | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Path:
    """Write a workbook that shows gradient descent by live formulas, and return its path.

    Args:
        template: the name of a shipped lesson, the path of a TOML file, or a `Spec`; or ``mnist``,
            a trained network that reads handwritten digits, which takes `network`, `output` and
            `force` only.
        learning_rates: the rates η, one worksheet for each (a rate given twice gets one);
            the template's when left out, of which an exercise to be filled in takes one.
        iterations: rows of each worksheet, the start included; the template's when left out, in
            an exercise to be filled in no more than 8.
        language: the language of the texts, such as ``de``; the template's when left out.
        output: a file ending in ``.xlsx``, or a folder; ``output/`` in the current folder when
            left out. Missing folders are made.
        force: whether a file that exists is overwritten.
        variant: ``worked``; or an exercise: ``blank``, ``faded`` or ``find-the-bug``; or the
            ``solution`` of a blank one.
        hide: what a blank exercise (or its solution) leaves to the student: ``forward``,
            ``output``, ``hidden``, ``update``, several of them, or ``all``, which it is when left
            out.
        mistakes: how many formulas of find-the-bug are wrong; 1 when left out.
        seed: the number of the worksheet: other mistakes for another, the same for the same; 0
            when left out.
        solution: a file or folder for the solution of an exercise; none when left out.
        with_mistake: the name or code of a mistake that rewrites formulas, such as
            ``wrong-neuron``: a further sheet runs the lesson right and with it, side by side, and
            shows what tells the two apart.
        roster: a class list, for a workbook for each student; see `build_class`. What is returned
            is then the folder.
        network: of ``mnist``: ``standard``, which it is when left out, or ``light``.
        progress: is called from time to time with how many rows are written, and how many there
            are.

    Raises:
        SpecError: the template, a rate, the number of iterations, the mistake or what is asked
            for of an exercise cannot be used.
        LayoutError: the workbook would be larger than a spreadsheet may be.
        WorkbookError: the file exists and `force` is not given, or it cannot be written.

    """
    if template == "mnist":
        lesson_only = {
            "learning_rates": learning_rates,
            "iterations": iterations,
            "language": language,
            "variant": None if variant == "worked" else variant,
            "hide": hide,
            "mistakes": mistakes,
            "seed": seed,
            "solution": solution,
            "with_mistake": with_mistake,
            "roster": roster,
        }
        return _mnist(network or "standard", output, force, lesson_only)
    if network is not None:
        raise SpecError(argument("network"), None, "is for mnist only; name that, or leave it out")
    if roster is not None:
        return build_class(
            roster,
            template,
            learning_rates=learning_rates,
            iterations=iterations,
            language=language,
            output=output,
            force=force,
            variant=variant,
            hide=hide,
            mistakes=mistakes,
            seed=seed,
            solution=solution,
            with_mistake=with_mistake,
            progress=progress,
        )[0].parent

    from sheetprop.destination import workbook_paths
    from sheetprop.exercises.wanted import short_enough, wanted
    from sheetprop.lessons.kinds.kind import Lesson
    from sheetprop.spec import Spec
    from sheetprop.template import any_lesson, lesson

    found = template if isinstance(template, Spec) else any_lesson(template, language)
    if isinstance(found, Lesson):
        of_runs = {"learning_rates": learning_rates, "iterations": iterations, "hide": hide}
        of_runs |= {"mistakes": mistakes, "seed": seed, "with_mistake": with_mistake}
        return _build_lesson(found, variant, of_runs, output, solution, force=force)
    asked = wanted(variant, hide, mistakes, seed, with_mistake, has_solution=solution is not None)
    spec = short_enough(
        lesson(found, learning_rates, iterations),
        asked,
        keeps_rates=learning_rates is not None,
        keeps_rows=iterations is not None,
    )
    path, solution_path = workbook_paths(output, solution, spec.name, variant, force=force)

    from sheetprop.exercises.make import make
    from sheetprop.exercises.save import save

    if progress:
        progress(0, spec.iterations * len(spec.learning_rates))
    made = make(spec, asked, has_solution=solution_path is not None)
    save(made, path, solution_path, progress, force=force)
    return path


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


def _course_seed(seed: int | None) -> int:
    from sheetprop import validate
    from sheetprop.caller import argument

    with validate.blaming(argument("seed"), None):
        return validate.whole_number(0 if seed is None else seed, least=0)


def _mnist(
    network: str, output: str | Path | None, force: bool, lesson_only: Mapping[str, object]
) -> Path:
    """Write the workbook of a trained network, for which a lesson's arguments mean nothing."""
    from sheetprop.destination import workbook_path

    for name, value in lesson_only.items():
        if value is not None:
            problem = "is nothing that mnist has: its network is trained already; leave it out"
            raise SpecError(argument(name), None, problem)
    path = workbook_path(output, f"mnist-{network}", force=force)

    from sheetprop.lessons.mnist.layout import build as built

    built(network, path, force=force)
    return path


def _build_lesson(
    lesson: Lesson,
    variant: str,
    of_runs: Mapping[str, object],
    output: str | Path | None,
    solution: str | Path | None,
    *,
    force: bool,
) -> Path:
    """Write the workbook of a lesson that has no runs, and return its path."""
    from sheetprop.destination import workbook_paths
    from sheetprop.exercises.make import Made
    from sheetprop.exercises.save import save
    from sheetprop.exercises.wanted import wanted
    from sheetprop.lessons.kinds.registry import refuse_options, workbook_of

    refuse_options(lesson, of_runs)
    wanted(variant, has_solution=solution is not None)
    book = workbook_of(lesson, variant)
    path, solution_path = workbook_paths(output, solution, lesson.name, variant, force=force)
    solved = workbook_of(lesson, "solution") if solution is not None else None
    save(Made(book, solved), path, solution_path, force=force)
    return path


def check(
    *files: File | Iterable[File],
    score: bool | str | Path | None = None,
    annotate: bool | str | Path | None = None,
    output: str | Path | None = None,
    format: str | None = None,  # noqa: A002 - as the option is called
    force: bool = False,
    recursive: bool = False,
) -> list[Report]:
    """Recalculate workbooks, judge every formula and return one report for each, in order.

    A file that cannot be read, or holds no backpropagation, has a report that says so
    (`Report.verdict` and `Report.reason`); nothing is raised for it and no file given is changed.

    Args:
        files: workbooks: paths, open binary files, or the bytes themselves, and lists of these. A
            folder stands for the workbooks in it, a pattern such as ``*.xlsx`` for those it
            matches.
        score: a rubric, the path of a TOML file, or True for the one that comes with sheetprop:
            each report then has `Report.marks`.
        annotate: a folder, or True for ``output/``, for a copy of each .xlsx workbook with the
            findings marked in it (`Report.copy`).
        output: a file for the reports of all workbooks, or a folder for one each; none is written
            when left out.
        format: how they are written: ``text``, ``json``, ``csv``, ``html``, ``markdown`` or
            ``junit``; what the name of `output` ends in when left out, else text.
        force: whether files that exist are overwritten. One that is checked never is.
        recursive: whether the folders below a folder are looked into as well.

    Raises:
        SheetpropError: something given is no workbook's path, file or bytes, or there is none.
        SpecError: the rubric or the format cannot be used.
        WorkbookError: the file of the reports exists and `force` is not given, or it cannot be
            written.

    """
    from sheetprop.batch.plan import planned
    from sheetprop.batch.run import results
    from sheetprop.reports.page.notebook import show

    show()
    plan = planned(
        files,
        score=score,
        annotate=annotate,
        output=output,
        format=format,
        force=force,
        recursive=recursive,
    )
    return [result.report for result in results(plan)]


def grade(
    *files: str | Path | Iterable[str | Path],
    roster: str | Path | None = None,
    template: Spec | str | Path = "classic",
    seed: int | None = None,
    rubric: str | Path | None = None,
    output: str | Path | None = None,
    explain: str | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Gradebook:
    """Check and mark the workbooks of a class, and write its gradebook and a report for each.

    What was checked is kept in ``results.sqlite``: a run that was broken off goes on where it was,
    and a file that did not change is not checked again.

    Args:
        files: folders, also with folders below, archives (.zip), and workbooks.
        roster: the class list, as for `build_class`: its order, names, and who handed nothing in.
        template: the lesson that was handed out.
        seed: the number it was handed out with: tells with the roster whose numbers a file has.
        rubric: the path of a TOML file; the one that comes with sheetprop when left out.
        output: a folder for ``gradebook.csv``, ``gradebook.xlsx`` and ``reports``, which those of
            an earlier run give way to; ``output/grades`` when left out.
        explain: only the student with this id or name is in what is returned.
        progress: is called from time to time with how many files are checked, and how many are to
            be.

    Returns:
        The gradebook: `Gradebook.grades` are the students in order, each with `points`, `possible`
        and the points lost and earned (`details`, `explained()`).

    Raises:
        SheetpropError: there is nothing to grade, or nobody is called as `explain` says.
        SpecError: the roster, the template, the seed or the rubric cannot be used.
        WorkbookError: an archive cannot be read, or a file not be written.

    """
    from dataclasses import replace
    from pathlib import Path

    from sheetprop.checking.score import read_rubric
    from sheetprop.classes.grades.gradebook import named
    from sheetprop.classes.grades.grading import Course, grade_class
    from sheetprop.classes.rosters.roster import read_roster
    from sheetprop.shipped import folder
    from sheetprop.template import lesson
    from sheetprop.validate import shown

    course = Course(
        () if roster is None else read_roster(roster),
        lesson(template),
        None if seed is None else _course_seed(seed),
        read_rubric(folder() / "rubrics" / "standard.toml" if rubric is None else rubric),
        __version__,
    )
    place = Path("output/grades" if output is None else output)
    book = grade_class(course, files, place, progress)
    if explain is None:
        return book
    found = named(book.grades, explain)
    if found is None:
        raise SheetpropError(f"grade: nobody of this class is called {shown(explain)}")
    return replace(book, grades=(found,))


def why(file: str | Path, cell: str) -> str:
    """Return how a cell of a workbook came to its verdict, a line for each stage of checking.

    `cell` is an address such as ``Sheet1!Z32``.

    Raises:
        SpecError: `cell` is no address, or of no sheet of the workbook.
        WorkbookError: the file cannot be read, or takes too much time or memory.

    """
    import os
    from pathlib import Path

    from sheetprop.batch.cells import told
    from sheetprop.batch.given import Given

    (found,) = told([Given(os.fsdecode(file), Path(file))], cell)
    if found.error is not None:
        raise found.error
    return found.text


def explain(mistake: str | None = None) -> tuple[Mistake, ...]:
    """Return the catalogue of mistakes, or the one with a name or code.

    Raises:
        SheetpropError: there is no such mistake.

    """
    from sheetprop.mistakes import MISTAKES
    from sheetprop.validate import shown, suggestion

    if mistake is None:
        return MISTAKES
    found = tuple(m for m in MISTAKES if mistake.casefold() in (m.name, m.code.casefold()))
    if not found:
        near = suggestion(mistake, [m.name for m in MISTAKES])
        known = "`sheetprop explain` lists all" if is_in_a_shell() else "explain() lists all"
        raise SheetpropError(f"there is no mistake {shown(mistake)}{near}; {known}")
    return found


def templates() -> dict[str, str]:
    """Return the lessons there are: the name of each shipped template, and what it is about."""
    from sheetprop.template import describe

    return describe()


def trace(
    template: Spec | str | Path = "classic",
    learning_rates: Sequence[float] | None = None,
    iterations: int | None = None,
) -> pd.DataFrame:
    """Run gradient descent in NumPy and return every quantity of every iteration as a table.

    Args:
        template: the name of a shipped lesson, the path of a TOML file, or a `Spec`.
        learning_rates: the rates η; the template's when left out. One given twice is run once.
        iterations: rows for each rate, the start included; the template's when left out.

    Returns:
        One row for each rate and iteration, in this order. The columns are ``learning_rate``,
        ``iteration`` (0 is the start, before any update), then one for each quantity, named and
        ordered as in a worksheet (``t1``, ``i1``, ``w1``, ``h1``, ``a_h1`` … ``dE/dw1`` …). All
        numbers are pure, without units. A run that diverges holds inf and nan.

    Raises:
        SpecError: the template, a rate or the number of iterations cannot be used.

    """
    from sheetprop.maths.trace_table import trace_table
    from sheetprop.template import lesson

    return trace_table(lesson(template, learning_rates, iterations))


def train(
    subject: str = "mnist",
    *,
    network: str = "standard",
    data: str | Path | None = None,
    epochs: int | None = None,
    seed: int | None = None,
    output: str | Path | None = None,
    force: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Path:
    """Train a network that reads handwritten digits, and return the path of its weights.

    Weights (``standard.safetensors``) and the log of the run (``.json``, its epochs as ``.csv``)
    are written when all is done. One image in twelve of the training images is kept for
    validation; the test images are looked at once, at the end.

    Args:
        subject: what is learned: ``mnist``.
        network: ``standard`` (12,210 parameters) or ``light`` (5,324).
        data: a folder with the four idx files of MNIST, gzipped or not.
        epochs: passes over the training images; 18 when left out.
        seed: the same seed gives the same result on one machine; 1 when left out.
        output: the folder to write into; ``output/`` in the current folder when left out.
        force: whether files that exist are overwritten.
        progress: is called from time to time with how many batches are done, and how many there
            are.

    Raises:
        SpecError: the subject, the network, the epochs or the seed cannot be used, or no data is
            named.
        SheetpropError: PyTorch is not installed, or a file of the data is missing or damaged.
        WorkbookError: a file exists and `force` is not given, or it cannot be written.

    """
    from pathlib import Path

    from sheetprop import validate
    from sheetprop.destination import DEFAULT_FOLDER
    from sheetprop.training.train import SUBJECTS
    from sheetprop.training.train import train as trained

    with validate.blaming(argument("subject"), None):
        validate.one_of(SUBJECTS)(subject)
    with validate.blaming(argument("epochs"), None):
        passes = None if epochs is None else validate.whole_number(epochs)
    with validate.blaming(argument("seed"), None):
        number = 1 if seed is None else validate.seed(seed)
    if data is None:
        problem = "name a folder with the four idx files of MNIST"
        raise SpecError(argument("data"), None, problem)
    folder = Path(DEFAULT_FOLDER if output is None else output)
    return trained(
        network, Path(data), folder, epochs=passes, seed=number, force=force, progress=progress
    )
