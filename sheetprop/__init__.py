"""sheetprop makes Excel workbooks that teach backpropagation, and verifies workbooks people made.

Each function here does what the command of the same name does, with the same arguments. The
libraries a function needs are imported when it is called, so that importing sheetprop is quick.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    import pandas as pd

    from sheetprop.checking.report import Report
    from sheetprop.mistakes.base import Mistake
    from sheetprop.spec import Spec

__version__ = "0.1.0"
__all__ = ["build", "check", "explain", "trace"]


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
    progress: Callable[[int, int], None] | None = None,
) -> Path:
    """Write a workbook that shows gradient descent by live formulas, and return its path.

    Args:
        template: the name of a shipped lesson, the path of a TOML file, or a `Spec`.
        learning_rates: the rates η, one worksheet for each (a rate given twice gets one);
            the template's when left out.
        iterations: rows of each worksheet, the start included; the template's when left out.
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
        progress: is called from time to time with how many rows are written, and how many there
            are.

    Raises:
        SpecError: the template, a rate, the number of iterations or what is asked for of an
            exercise cannot be used.
        LayoutError: the workbook would be larger than a spreadsheet may be.
        WorkbookError: the file exists and `force` is not given, or it cannot be written.

    """
    from sheetprop.destination import workbook_paths
    from sheetprop.exercises.wanted import wanted

    spec = _lesson(template, learning_rates, iterations, language)
    asked = wanted(variant, hide, mistakes, seed, has_solution=solution is not None)
    path, solution_path = workbook_paths(output, solution, spec.name, variant, force=force)

    from sheetprop.exercises.make import make
    from sheetprop.exercises.save import save

    if progress:
        progress(0, spec.iterations * len(spec.learning_rates))
    made = make(spec, asked, has_solution=solution_path is not None)
    save(made, path, solution_path, progress)
    return path


def check(*files: str | Path) -> list[Report]:
    """Recalculate workbooks, judge every formula and return one report for each, in order.

    A file that cannot be read, or holds no backpropagation, has a report that says so
    (`Report.verdict` and `Report.reason`); nothing is raised for it and no file is changed.
    """
    from sheetprop.checking.check import check_file

    return [check_file(file) for file in files]


def explain(mistake: str | None = None) -> tuple[Mistake, ...]:
    """Return the catalogue of mistakes, or the one with a name or code.

    Raises:
        SheetpropError: there is no such mistake.

    """
    from sheetprop.errors import SheetpropError
    from sheetprop.mistakes import MISTAKES
    from sheetprop.validate import shown, suggestion

    if mistake is None:
        return MISTAKES
    found = tuple(m for m in MISTAKES if mistake.casefold() in (m.name, m.code.casefold()))
    if not found:
        near = suggestion(mistake, [m.name for m in MISTAKES])
        known = "`sheetprop explain` lists all"
        raise SheetpropError(f"there is no mistake {shown(mistake)}{near}; {known}")
    return found


def trace(
    spec: Spec | str | Path = "classic",
    learning_rates: Sequence[float] | None = None,
    iterations: int | None = None,
) -> pd.DataFrame:
    """Run gradient descent in NumPy and return every quantity of every iteration as a table.

    Args:
        spec: the name of a shipped lesson, the path of a TOML file, or a `Spec`.
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
    import numpy as np
    import pandas as pd

    from sheetprop.maths.network import Network
    from sheetprop.maths.trace import run

    lesson = _lesson(spec, learning_rates, iterations)
    result = run(lesson, lesson.learning_rates, lesson.iterations)
    columns = {
        "learning_rate": np.repeat(lesson.learning_rates, lesson.iterations),
        "iteration": np.tile(np.arange(lesson.iterations), len(lesson.learning_rates)),
    }
    quantities = {q: result.values[q].ravel() for q in Network(lesson.architecture).quantities}
    return pd.DataFrame(columns | quantities)


def _lesson(
    template: Spec | str | Path,
    learning_rates: Sequence[float] | None,
    iterations: int | None,
    language: str | None = None,
) -> Spec:
    """Return the lesson of a template with other rates, length or language where they are given."""
    from dataclasses import replace

    from sheetprop import validate
    from sheetprop.spec import Spec
    from sheetprop.template import load

    lesson = template if isinstance(template, Spec) else load(template, language)
    if learning_rates is not None:
        with validate.blaming("learning_rates", None):
            rates = validate.learning_rates(learning_rates)
        lesson = replace(lesson, learning_rates=tuple(dict.fromkeys(rates)))
    if iterations is not None:
        with validate.blaming("iterations", None):
            lesson = replace(lesson, iterations=validate.whole_number(iterations))
    return lesson
