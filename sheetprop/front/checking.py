"""Workbooks checked, a cell of one followed, and the mistakes there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetprop.caller import is_in_a_shell
from sheetprop.errors import SheetpropError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from sheetprop.batch.given import File
    from sheetprop.checking.report import Report
    from sheetprop.mistakes.base import Mistake


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
