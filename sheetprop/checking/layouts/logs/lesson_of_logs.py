"""The right formulas of a lesson of training logs, for the runs that its overview names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from sheetprop.checking.layouts.aligned import aligned, first_text, is_text
from sheetprop.checking.layouts.judged import Pattern
from sheetprop.checking.layouts.opening import numbers_in, opening
from sheetprop.errors import SheetpropError
from sheetprop.lessons.kinds.kind import WORKED
from sheetprop.lessons.kinds.logs.content import MOST_ITERATIONS, Iteration, TrainingLogs
from sheetprop.lessons.kinds.logs.overview import NAMES, overview
from sheetprop.lessons.kinds.logs.places import COMPUTED, PREFIX
from sheetprop.lessons.kinds.logs.reading import MEASURES, MOST_EPOCHS, RunLog
from sheetprop.lessons.kinds.logs.run_sheet import name_of, run_sheet
from sheetprop.rows.training_log import EPOCH, RATE
from sheetprop.words import ENGLISH, Words, languages, texts_of
from sheetprop.workbooks.sheet import Address, Sheet, Workbook


def logs_pattern(workbook: Workbook) -> Pattern:
    """Return the right workbook for the runs that the overview names.

    A result that somebody wrote in words of their own is none of its formulas.

    Raises:
        SheetpropError: no sheet is an overview of runs, or the sheet of one of them is missing.

    """
    for language in languages():
        own = Words({**texts_of(ENGLISH), **texts_of(language)})
        for words in (own, own.of_validation()):
            found = next((one for one in workbook.sheets if _heads(one, words)), None)
            if found is not None:
                return Pattern(_without_own_words(_right(workbook, found, words), workbook))
    raise SheetpropError("no sheet is an overview of runs")


def _right(workbook: Workbook, own: Sheet, words: Words) -> Workbook:
    lesson = _lesson(workbook, own, words)
    titled = Words({**words, "title": first_text(own) or words["title"]})
    runs = (run_sheet(one, k, words, WORKED) for k, one in enumerate(lesson.iterations, 1))
    return Workbook((overview(lesson, titled, WORKED), *runs))


def _without_own_words(right: Workbook, workbook: Workbook) -> Workbook:
    """Return the right workbook without formulas in whose place a text is typed."""
    overview_, *runs = right.sheets
    moved = aligned(right.sheets, workbook)[overview_.name]
    own = workbook[moved.sheet].cells
    typed = {
        at
        for at, cell in overview_.cells.items()
        if (cell.formula or "").startswith('="')
        and moved.at(at) in own
        and is_text(own[moved.at(at)])
    }
    kept = {at: cell for at, cell in overview_.cells.items() if at not in typed}
    return replace(right, sheets=(replace(overview_, cells=kept), *runs))


def _heads(sheet: Sheet, words: Words) -> dict[str, Address]:
    """Return the headers of an overview by what stands below them, nothing of another sheet."""
    texts = {text: at for at, text in _texts(sheet)}
    names = [name for name in NAMES if name not in ("lowest", "left")]
    wanted = {"run": words["log_run_name"], **{name: words[NAMES[name]] for name in names}}
    if not all(text in texts for text in wanted.values()):
        return {}
    return {name: texts[text] for name, text in wanted.items()}


def _lesson(workbook: Workbook, own: Sheet, words: Words) -> TrainingLogs:
    heads, texts = _heads(own, words), [text for _, text in _texts(own)]
    (row, column), lowest = heads["run"], words[NAMES["lowest"]]
    counted = next((found for text in texts if (found := numbers_in(lowest, [text]))), None)
    by_title = {first_text(sheet): sheet for sheet in workbook.sheets}
    runs = []
    for number in range(1, MOST_ITERATIONS + 1):
        cell = own.cells.get((row + number, column))
        title = str(cell.value) if cell is not None and is_text(cell) else ""
        begin = f"{name_of(number, words)}: "
        if not title.startswith(begin):
            break
        if title not in by_title:
            raise SheetpropError(f"the sheet of {title!r} is missing")
        held = own.cells.get((row + number, heads["parameters"][1]))
        has_parameters = held is not None and not is_text(held)
        run = _run(by_title[title], title.removeprefix(begin), words)
        runs.append(replace(run, parameters=0 if has_parameters else None))
    if not runs or counted is None:
        raise SheetpropError("the overview names no runs")
    has_budget = words["log_budget"] in texts
    return TrainingLogs(tuple(runs), 0.0, counted[0], 0 if has_budget else None)


def _run(sheet: Sheet, name: str, words: Words) -> Iteration:
    """Return the run on a sheet: its texts, its columns, and so many epochs."""
    target, analysis = (
        {ENGLISH: next(_said(sheet, f"{words[f'log_said_{what}']}: "), "–")}
        for what in ("target", "analysis")
    )
    return Iteration({ENGLISH: name}, target, analysis, "", run=_log(sheet, words))


def _said(sheet: Sheet, begin: str) -> Iterator[str]:
    return (text.removeprefix(begin) for text in opening(sheet) if text.startswith(begin))


def _log(sheet: Sheet, words: Words) -> RunLog:
    """Return epochs as many as a sheet has, with every column that is measured."""
    row, found = _table(sheet, words)
    column, count = found[EPOCH], 0
    while count < MOST_EPOCHS and _is_number(sheet, (row + 1 + count, column)):
        count += 1
    measured = {name: 0.0 for name in found if name not in COMPUTED}
    return RunLog((measured,) * count)


def _is_number(sheet: Sheet, at: Address) -> bool:
    cell = sheet.cells.get(at)
    return cell is not None and isinstance(cell.value, int | float)


def _table(sheet: Sheet, words: Words) -> tuple[int, Mapping[str, int]]:
    """Return the row of the headers of a run, and the column of each quantity."""
    known = {words[PREFIX + name]: name for name in (EPOCH, RATE, *MEASURES, *COMPUTED)}
    rows: dict[int, dict[str, int]] = {}
    for (row, column), text in _texts(sheet):
        if text in known:
            rows.setdefault(row, {}).setdefault(known[text], column)
    needed = {EPOCH, *COMPUTED}
    found = next((one for one in sorted(rows) if needed <= rows[one].keys()), None)
    if found is None:
        raise SheetpropError(f"no table of epochs stands on {sheet.name}")
    return found, dict(sorted(rows[found].items(), key=lambda one: one[1]))


def _texts(sheet: Sheet) -> Iterator[tuple[Address, str]]:
    return (
        (at, str(sheet.cells[at].value)) for at in sorted(sheet.cells) if is_text(sheet.cells[at])
    )
