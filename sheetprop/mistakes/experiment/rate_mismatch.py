"""SP401: the file, a sheet or a chart names a learning rate that η does not have."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from sheetprop.calculating.agreement import is_close, told_apart
from sheetprop.mistakes.base import Mistake, Scene
from sheetprop.mistakes.experiment.rate_names import bare_rate, is_numbering, rate_named
from sheetprop.mistakes.experiment.runs import SAME_RATE, Run, rate_place, runs_in
from sheetprop.mistakes.finding import Draft
from sheetprop.mistakes.words import Case
from sheetprop.tables.areas import areas_of, shows_losses_of
from sheetprop.workbooks.sheet import Chart, Series, Workbook

SAYS = "{what} names the learning rate {named}, but η is {own}."
FILE = Case(
    "file",
    SAYS,
    "Whoever looks at the name believes it. Rename the file, or set η to {named}.",
)
SHEET = Case(
    "sheet",
    SAYS,
    "A sheet copied for the next rate keeps the η of the first until it is changed. Write {named} "
    "into the cell of η, or rename the sheet.",
)
CHART = Case(
    "chart",
    SAYS,
    "A chart copied for the next rate keeps its title, and often its cells. The title has to name "
    "the rate whose losses it shows.",
)
SERIES = Case(
    "series",
    SAYS,
    "The legend names a curve that is another one. The name of a series has to be that of the rate "
    "whose losses it shows.",
)
CASES = {case.name: case for case in (FILE, SHEET, CHART, SERIES)}


def _rule(scene: Scene) -> Iterator[Draft]:
    """Yield what names another rate than its runs have: sheets, charts, the file."""
    runs, workbook = scene.once(runs_in), scene.workbook
    named = [*_by_sheet(runs, workbook), *_by_chart(runs, workbook), *_by_file(runs, scene.file)]
    wrong = [one for one in named if not _trains_with(one[2], one[1])]
    if is_numbering([rate for _, rate, _ in wrong]):
        return  # sheets or charts that are counted, 1, 2, 3
    for what, rate, concerned in wrong:
        yield _draft(what, rate, concerned)


Named = tuple[str, float, list[Run]]
"""What names a rate, which one, and the runs that should have it."""


def _trains_with(runs: list[Run], rate: float) -> bool:
    """Whether one of the runs has a rate, or has none that is known."""
    return any(not run.rates or any(_same(rate, own) for own in run.rates) for run in runs)


def _same(left: float, right: float) -> bool:
    return is_close(left, right, SAME_RATE)


def _by_sheet(runs: list[Run], workbook: Workbook) -> Iterator[Named]:
    for sheet in workbook.sheets:
        own = [run for run in runs if run.sheet == sheet.name]
        rate = rate_named(sheet.name) or bare_rate(sheet.name)
        if own and rate is not None:
            yield f"The sheet {sheet.name.strip()}", rate, own


def _by_file(runs: list[Run], file: str) -> Iterator[Named]:
    name = PurePath(file.replace("\\", "/")).name
    rate = rate_named(name.removesuffix(PurePath(name).suffix) if _has_ending(name) else name)
    if runs and rate is not None:
        yield f"The file {name}", rate, runs


def _has_ending(name: str) -> bool:
    return PurePath(name).suffix.lower() in (".xlsx", ".xlsm", ".xltx", ".xltm", ".ods")


def _by_chart(runs: list[Run], workbook: Workbook) -> Iterator[Named]:
    """Yield what titles and the names of series say of the table whose E_total they show."""
    for sheet in workbook.sheets:
        for chart in sheet.charts:
            shown = [(series, _shown(series, runs, workbook)) for series in chart.series]
            concerned = [run for _, own in shown for run in own]
            rate = _titled(chart, len(concerned))
            if rate is not None:
                title = " ".join((chart.title or "").split())
                yield f"The chart “{title}” on sheet {sheet.name.strip()}", rate, concerned
            for series, own in shown:
                rate = _series_rate(series)
                if own and rate is not None:
                    yield f"The series {series.name} of a chart", rate, own


def _titled(chart: Chart, count: int) -> float | None:
    is_of_one = count == 1 and len(chart.series) == 1
    if not is_of_one or chart.title_is_reference or not chart.title:
        return None
    return rate_named(chart.title)


def _series_rate(series: Series) -> float | None:
    if series.name_is_reference or not series.name:
        return None
    return rate_named(series.name) or bare_rate(series.name)


def _shown(series: Series, runs: list[Run], workbook: Workbook) -> list[Run]:
    areas = areas_of(series.values, workbook)
    return [run for run in runs if shows_losses_of(areas, run.judgement.table)]


def _draft(what: str, rate: float, runs: list[Run]) -> Draft:
    rates = sorted({own for run in runs for own in run.rates})
    pairs = [told_apart(rate, own) for own in rates]
    named, said = pairs[0][0], ", ".join(own for _, own in pairs)
    return RATE_MISMATCH.found(
        CASES[what.split()[1]],
        tuple(rate_place(run) for run in runs),
        {"what": what, "named": named, "own": said},
        what.split()[1],
        rate,
        said,
        found=f"η = {said}",
        expected=f"η = {named}",
    )


RATE_MISMATCH = Mistake(
    code="SP401",
    name="rate-mismatch",
    summary="file, sheet or chart names a rate that η does not have",
    explanation=(
        "Whoever looks at the name believes it. When a sheet is copied for the next rate, the "
        "cell of η, the name of the sheet and the title of the chart all have to be changed."
    ),
    wrong="sheet LR=0.8 with η = 0.5",
    right="sheet LR=0.8 with η = 0.8",
    cases=(
        FILE,
        SHEET,
        CHART,
        SERIES,
    ),
    severity="warning",
    rule=_rule,
)
