"""The experiment as a whole: names that contradict η, starts that differ, rates without a run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import PurePath

from sheetprop.calculating.agreement import is_close
from sheetprop.checking.judging.findings import Draft
from sheetprop.checking.report import Finding, Place
from sheetprop.checking.rules.chart_ranges import areas_of
from sheetprop.checking.rules.chart_slips import shows_losses_of
from sheetprop.checking.rules.pasted import find_pasted
from sheetprop.checking.rules.rate_names import bare_rate, is_numbering, rate_named
from sheetprop.checking.rules.runs import Run, runs_of
from sheetprop.mistakes import BY_NAME
from sheetprop.notation.text import name_text
from sheetprop.tables.judgement import Judgement
from sheetprop.tables.table import range_text
from sheetprop.workbooks.sheet import Chart, Series, Workbook

ASSIGNED = (0.1, 0.2, 0.5, 0.8, 1.0, 2.0)
"""The learning rates of the assignment."""

SAME_RATE = 1e-9


def experiment_findings(
    judgements: list[Judgement], workbook: Workbook, file: str
) -> Iterator[Draft]:
    """Yield what contradicts the experiment: wrong names of rates, other starts, missing rates."""
    runs = runs_of(judgements)
    yield from _mismatches(runs, workbook, file)
    yield from _different_starts(runs)
    yield from _missing_rates(runs, judgements, workbook)


def _mismatches(runs: list[Run], workbook: Workbook, file: str) -> Iterator[Draft]:
    named = [*_by_sheet(runs, workbook), *_by_chart(runs, workbook), *_by_file(runs, file)]
    wrong = [one for one in named if not _trains_with(one[2], one[1])]
    if is_numbering([rate for _, rate, _ in wrong]):
        return  # sheets or charts that are counted, 1, 2, 3
    for what, rate, concerned in wrong:
        yield _mismatch(what, rate, concerned)


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


def _mismatch(what: str, rate: float, runs: list[Run]) -> Draft:
    mistake = BY_NAME["rate-mismatch"]
    rates = sorted({own for run in runs for own in run.rates})
    said = ", ".join(f"{own:g}" for own in rates)
    finding = Finding(
        mistake.name,
        mistake.code,
        "warning",
        tuple(_rate_place(run) for run in runs),
        f"{what} names the learning rate {rate:g}, but η is {said}.",
        found=f"η = {said}",
        expected=f"η = {rate:g}",
    )
    return Draft((mistake.code, what.split()[1], rate, said), finding)


def _rate_place(run: Run) -> Place:
    """Return the cell of η, or the table where it has none of its own."""
    rate, table = run.judgement.rate, run.judgement.table
    if rate.cell is not None:
        sheet, cell = rate.cell
        return Place(sheet, range_text(cell, cell))
    return Place(table.sheet, table.extent)


def _different_starts(runs: list[Run]) -> Iterator[Draft]:
    """Yield the quantities that start from another value than in most runs for other rates."""
    if len({run.rate for run in runs}) < 2:
        return
    usual = _usual_start(runs)
    shape = usual.judgement.network.architecture
    ends = [_later_weights(run) for run in runs]
    for run in runs:
        if run.judgement.network.architecture != shape or any(_continues(run, e) for e in ends):
            continue
        names = [n for n in usual.start if n in run.start and not _equal(n, run, usual)]
        if names:
            yield _different(run, usual, names)


def _usual_start(runs: list[Run]) -> Run:
    """Return the first of the runs that share the commonest start."""
    starts = [tuple(f"{n}={v:.9g}" for n, v in sorted(run.start.items())) for run in runs]
    commonest = Counter(starts).most_common(1)[0][0]
    return runs[starts.index(commonest)]


def _equal(name: str, run: Run, other: Run) -> bool:
    return is_close(run.start[name], other.start[name], SAME_RATE)


def _later_weights(run: Run) -> list[dict[str, float]]:
    """Return the weights of the last iterations: a run may go on where another ends."""
    judgement, table = run.judgement, run.judgement.table
    found = []
    for step in range(max(1, table.iterations - 2), table.iterations):
        values = {
            name: judgement.value_of(table.sheet, table.cell(name, step))
            for name in judgement.network.weights
            if name in table.lines
        }
        found.append({n: float(v) for n, v in values.items() if isinstance(v, int | float)})
    return found


def _continues(run: Run, ends: list[dict[str, float]]) -> bool:
    weights = run.judgement.network.weights
    return any(
        all(n in end and n in run.start and is_close(run.start[n], end[n], 1e-6) for n in weights)
        for end in ends
    )


def _different(run: Run, usual: Run, names: list[str]) -> Draft:
    mistake = BY_NAME["different-start"]
    table = run.judgement.table
    said = ", ".join(
        f"{name_text(n)} = {run.start[n]:.9g} instead of {usual.start[n]:.9g}" for n in names
    )
    finding = Finding(
        mistake.name,
        mistake.code,
        "warning",
        tuple(Place(table.sheet, table.range_text(n, (0, 0)), n) for n in names),
        f"The run on sheet {table.sheet.strip()} starts from {said}, unlike that on sheet "
        f"{usual.sheet.strip()}.",
    )
    return Draft((mistake.code, tuple(names), said), finding)


def _missing_rates(
    runs: list[Run], judgements: list[Judgement], workbook: Workbook
) -> Iterator[Draft]:
    """Yield a rate with two equal runs, and the one rate of the assignment without any."""
    tables = [run for run in runs if run.rate is not None]
    rates = [run.rate for run in tables if run.rate is not None]
    for rate, count in Counter(rates).items():
        own = [run for run in tables if run.rate == rate]
        if count > 1 and all(_starts_alike(own[0], run) for run in own):
            sheets = " and ".join(dict.fromkeys(run.sheet.strip() for run in own))
            yield _rate_note(own, f"The learning rate {rate:g} has {count} runs (on {sheets}).")
    copied = [p.rate for p in find_pasted(workbook, judgements) if p.rate is not None]
    present = [a for a in ASSIGNED if any(_same(a, own) for own in (*rates, *copied))]
    if len(present) == len(ASSIGNED) - 1 and (tables or copied):
        missing = next(a for a in ASSIGNED if a not in present)
        yield _rate_note(tables[:1], f"The learning rate {missing:g} has no run.")


def _starts_alike(run: Run, other: Run) -> bool:
    return all(name in other.start and _equal(name, run, other) for name in run.start)


def _rate_note(runs: list[Run], message: str) -> Draft:
    mistake = BY_NAME["missing-rate"]
    where = tuple(_rate_place(run) for run in runs)
    finding = Finding(mistake.name, mistake.code, "note", where, message)
    return Draft((mistake.code, message), finding)
