"""What a class did, in figures: each is counted from the records, and from nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median

from sheetprop.classes.grades.gradebook import Grade, Gradebook
from sheetprop.classes.overview.lessons import lesson_about

WIDTH = 10
"""Percent of all points that make one bar of the distribution."""

MOST_LISTED = 10


@dataclass(frozen=True, slots=True)
class Hit:
    """A mistake, and how many students made it; `example` are the cells of the first."""

    code: str
    mistake: str
    students: int
    example: str


@dataclass(frozen=True, slots=True)
class Hard:
    """A quantity, and how many of those who have it lost points for it; `share` of the points."""

    quantity: str
    students: int
    of: int
    share: float


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of a class report; lists begin with what is largest.

    `bins` are texts such as ``80–90`` with how many students have so many percent; `lessons` are
    what to show again, each with the mistakes that speak for it.
    """

    lesson: str
    students: int
    handed_in: int
    missing: tuple[str, ...]
    late: tuple[str, ...]
    mean: float | None
    median: float | None
    bins: tuple[tuple[str, int], ...]
    verdicts: Mapping[str, int]
    mistakes: tuple[Hit, ...]
    quantities: tuple[Hard, ...]
    lessons: tuple[tuple[str, int], ...]
    suspected: tuple[tuple[str, str, tuple[str, ...]], ...]
    not_judged: tuple[tuple[str, str], ...]
    slowest: tuple[tuple[str, float], ...]


def figures_of(book: Gradebook) -> Figures:
    """Return the figures of a class."""
    works = [one for one in book.grades if one.file]
    percents = [one.percent for one in works if one.percent is not None]
    mistakes = _mistakes(works)
    slowest = sorted(works, key=lambda one: -one.record.get("seconds", 0.0))[:MOST_LISTED]
    return Figures(
        book.lesson,
        len(book.grades),
        len(works),
        tuple(one.student for one in book.grades if not one.file),
        tuple(one.student for one in works if one.late),
        fmean(percents) if percents else None,
        median(percents) if percents else None,
        _bins(percents),
        dict(Counter(one.verdict for one in works).most_common()),
        mistakes,
        _quantities(works),
        _lessons(mistakes),
        tuple((*pair, tuple(facts)) for pair, facts in book.pairs.items()),
        tuple(
            (one.student, told)
            for one in works
            for told in (*filter(None, [one.record["reason"]]), *one.record["not_judged"])
        ),
        tuple((one.student, round(one.record.get("seconds", 0.0), 3)) for one in slowest),
    )


def _bins(percents: Sequence[float]) -> tuple[tuple[str, int], ...]:
    """Return how many marks lie in each tenth; full marks belong to the last."""
    count = 100 // WIDTH
    places = Counter(min(count - 1, max(0, int(one // WIDTH))) for one in percents)
    return tuple((f"{k * WIDTH}–{(k + 1) * WIDTH}", places[k]) for k in range(count))


def _mistakes(works: Iterable[Grade]) -> tuple[Hit, ...]:
    students: Counter[tuple[str, str]] = Counter()
    example: dict[tuple[str, str], str] = {}
    for one in works:
        own = one.mistaken
        keys = dict.fromkeys((f["code"], f["mistake"]) for f in own)
        students.update(keys.keys())
        for found in own:
            key = (found["code"], found["mistake"])
            example.setdefault(key, f"{one.student}: {found['place']}")
    order = sorted(students, key=lambda key: (-students[key], key))
    return tuple(Hit(*key, students[key], example[key]) for key in order)


def _quantities(works: Iterable[Grade]) -> tuple[Hard, ...]:
    losers: Counter[str] = Counter()
    owners: Counter[str] = Counter()
    lost: Counter[str] = Counter()
    for point in (point for one in works for point in one.details):
        if point.family == "experiment" or not point.possible:
            continue
        owners[point.quantity] += 1
        share = 1 - point.earned / point.possible
        if share > 0:
            losers[point.quantity] += 1
            lost[point.quantity] += share  # type: ignore[assignment]
    order = sorted(losers, key=lambda name: (-losers[name], -lost[name], name))
    return tuple(Hard(n, losers[n], owners[n], round(lost[n] / owners[n], 4)) for n in order)


def _lessons(mistakes: Iterable[Hit]) -> tuple[tuple[str, int], ...]:
    counts: Counter[str] = Counter()
    for hit in mistakes:
        counts[lesson_about(hit.code)] += hit.students
    return tuple(counts.most_common())
