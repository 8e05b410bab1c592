"""What one call of check does: which files it reads, in which form, and what it writes where."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from sheetprop.batch.given import Given, all_given
from sheetprop.batch.names import Names, copy_paths, report_paths
from sheetprop.caller import argument
from sheetprop.checking.score import Rubric, read_rubric
from sheetprop.destination import DEFAULT_FOLDER, is_folder
from sheetprop.errors import SpecError
from sheetprop.reports import FORMATS, Format
from sheetprop.reports.look import Look
from sheetprop.shipped import folder
from sheetprop.validate import Problem, one_of

FORMAT_OF_SUFFIX: Mapping[str, str] = MappingProxyType(
    {form.suffix: name for name, form in FORMATS.items()} | {".jsonl": "json", ".htm": "html"}
)
DEFAULT_RUBRIC = "standard.toml"


@dataclass(frozen=True, slots=True)
class Plan:
    """A call of check, ready to be carried out.

    `reports` are the paths of the reports: one for each file, or a single one for all if
    `is_one_report`; `copies` those of the marked copies. Both are empty where none are wanted.
    `remarks` tell what of the files given was passed over.
    """

    files: tuple[Given, ...]
    form: Format
    look: Look
    rubric: Rubric | None = None
    reports: tuple[Path, ...] = ()
    is_one_report: bool = False
    copies: tuple[Path, ...] = ()
    force: bool = False
    remarks: tuple[str, ...] = ()


def planned(
    files: Iterable[object],
    *,
    score: bool | str | Path | None = None,
    annotate: bool | str | Path | None = None,
    output: str | Path | None = None,
    format: str | None = None,  # noqa: A002 - as the option is called
    force: bool = False,
    recursive: bool = False,
    look: Look | None = None,
) -> Plan:
    """Return the plan of a call with these arguments, which are those of `sheetprop.check`.

    Raises:
        SheetpropError: an argument cannot be used, or a file to be written exists.

    """
    form = _form(format, output)
    rubric = _rubric(score)
    given = all_given(files, recursive=recursive)
    names = Names(given.files)
    reports: list[Path] = []
    if output is not None:
        reports = report_paths(output, given.files, names, form.suffix, force=force)
    copies: list[Path] = []
    if annotate is not None and annotate is not False:
        target = DEFAULT_FOLDER if annotate is True else annotate
        copies = copy_paths(target, given.files, names)
    is_one_each = output is not None and is_folder(output, form.suffix)
    count = 1 if is_one_each else len(given.files)
    look = replace(look or Look(), count=count, has_marks=rubric is not None)
    return Plan(
        files=given.files,
        form=form,
        look=look,
        rubric=rubric,
        reports=tuple(reports),
        is_one_report=output is not None and not is_one_each,
        copies=tuple(copies),
        force=force,
        remarks=given.remarks,
    )


def _form(name: str | None, output: str | Path | None) -> Format:
    if name is None:
        suffix = "" if output is None else Path(output).suffix.lower()
        return FORMATS[FORMAT_OF_SUFFIX.get(suffix, "text")]
    try:
        return FORMATS[one_of(FORMATS)(name)]
    except Problem as problem:
        raise SpecError(argument("format"), None, str(problem)) from None


def _rubric(score: bool | str | Path | None) -> Rubric | None:
    if score is None or score is False:
        return None
    return read_rubric(folder() / "rubrics" / DEFAULT_RUBRIC if score is True else score)
