"""Workbooks that teach: of a lesson, an exercise, a trained network."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from sheetprop.lessons.kinds.kind import KindLesson
    from sheetprop.spec import Spec


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
    unfolded: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Path:
    """Write a workbook that shows gradient descent by live formulas, and return its path.

    Args:
        template: the name of a shipped lesson, the path of a TOML file, or a `Spec`. What has no
            runs, such as ``architecture`` or ``mnist``, takes no rates, iterations or mistakes.
        learning_rates: the rates η, one worksheet for each (a rate given twice gets one);
            the template's when left out, of which an exercise to be filled in takes one.
        iterations: rows of each worksheet, the start included; the template's when left out, in
            an exercise to be filled in no more than 8.
        language: the language of the texts, such as ``de``; the template's when left out.
        output: a file ending in ``.xlsx``, or a folder; ``output/`` in the current folder when
            left out. Missing folders are made.
        force: whether a file that exists is overwritten.
        variant: ``worked``; or an exercise: ``smallest`` (one iteration, drawn),
            ``blank``, ``faded`` or ``find-the-bug``; or the ``solution`` of a blank one.
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
        network: of ``mnist``: ``standard``, ``light`` or ``course``; the template's when left out.
        unfolded: of ``mnist``: a sheet more shows batch normalisation as it was trained.
        progress: is called from time to time with how many rows are written, and how many there
            are.

    Raises:
        SpecError: the template, a rate, the number of iterations, the mistake or what is asked
            for of an exercise cannot be used.
        LayoutError: the workbook would be larger than a spreadsheet may be.
        WorkbookError: the file exists and `force` is not given, or it cannot be written.

    """
    if roster is not None:
        from sheetprop.front.classes import build_class

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
    from sheetprop.lessons.kinds.kind import KindLesson
    from sheetprop.lessons.kinds.registry import of_shipped_network, refuse_network
    from sheetprop.spec import Spec
    from sheetprop.template import any_lesson, lesson

    found = template if isinstance(template, Spec) else any_lesson(template, language)
    if isinstance(found, KindLesson):
        of_runs = {"learning_rates": learning_rates, "iterations": iterations, "hide": hide}
        of_runs |= {"with_mistake": with_mistake}
        of_bugs = {"mistakes": mistakes, "seed": seed}
        found = of_shipped_network(found, network, unfolded=unfolded)
        return _build_lesson(found, variant, of_runs, of_bugs, output, solution, force=force)
    if network is not None or unfolded:
        refuse_network(found.name, "unfolded" if network is None else "network")
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


def _build_lesson(
    lesson: KindLesson,
    variant: str,
    of_runs: Mapping[str, object],
    of_bugs: Mapping[str, int | None],
    output: str | Path | None,
    solution: str | Path | None,
    *,
    force: bool,
) -> Path:
    """Write the workbook of a lesson that has no runs, and return its path."""
    from sheetprop.checking.cells.kinds import is_judged
    from sheetprop.checking.layouts.kinds import WITH_BUGS as ARRAYS
    from sheetprop.destination import workbook_paths
    from sheetprop.exercises.make import Made
    from sheetprop.exercises.save import save
    from sheetprop.exercises.wanted import BUGS, WORKED, wanted
    from sheetprop.lessons.kinds.registry import refuse_options, refuse_variant, workbook_of

    if lesson.kind in ARRAYS or is_judged(lesson.kind):
        refuse_variant(lesson, variant, others=(BUGS,))
    is_of_arrays = variant == BUGS and lesson.kind in ARRAYS
    has_bugs = variant == BUGS and is_judged(lesson.kind)
    refuse_options(lesson, of_runs if has_bugs or is_of_arrays else {**of_runs, **of_bugs})
    asked = wanted(
        variant,
        mistakes=of_bugs["mistakes"],
        seed=of_bugs["seed"],
        has_solution=solution is not None,
    )
    if is_of_arrays:
        from sheetprop.exercises.planted import in_arrays

        book = in_arrays.with_bugs(workbook_of(lesson, WORKED), asked.mistakes, asked.seed)
    elif not has_bugs:
        book = workbook_of(lesson, variant)
    else:
        from sheetprop.exercises.planted.in_rows import with_bugs

        book = with_bugs(workbook_of(lesson, WORKED), asked.mistakes, asked.seed)
    path, solution_path = workbook_paths(output, solution, lesson.name, variant, force=force)
    solved = workbook_of(lesson, "solution") if solution is not None else None
    save(Made(book, solved), path, solution_path, force=force)
    return path
