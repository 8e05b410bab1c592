"""Which tables of a workbook are those of a lesson in rows, and what their columns hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby, islice

from sheetprop.checking.rows.diagnose import named
from sheetprop.checking.rows.find import TablePlace, places, texts_of
from sheetprop.checking.rows.once import with_cells_given_once, with_typed_settings
from sheetprop.checking.rows.read import judged
from sheetprop.checking.rows.row_judgement import RowJudgement
from sheetprop.checking.rows.typed_cells import each_by_itself, typed_cells
from sheetprop.checking.shapes.sizes_as_texts import Places, values_with, with_sizes
from sheetprop.mistakes.base import NOTHING
from sheetprop.rows.architecture import TOLD
from sheetprop.rows.header_words import LONGEST
from sheetprop.rows.plain_text import plain
from sheetprop.rows.row_lesson import RowLesson
from sheetprop.tables.judgement import ValueOf
from sheetprop.tables.table import NOWHERE, Table
from sheetprop.workbooks.exercise_names import answer_areas, exercise_rows
from sheetprop.workbooks.sheet import Workbook

NO_AREA = (NOWHERE, NOWHERE)
"""What is asked on a sheet of an exercise that has no answers."""

NO_TEXTS: Places = frozenset()

LEAST_WRONG = 3
"""So many cells that are wrong in a way that has a name tell a lesson without a right one."""

MOST_NAMED = 6
"""So many of the readings that leave least to explain are asked which mistakes there are."""

ODD = 2
"""So much stranger than a wrong formula is one in a column of given numbers."""

STALE = 4
"""So much stranger than a wrong formula is one that takes what another row has."""


def tables_of(
    workbook: Workbook, value_of: ValueOf, lessons: Sequence[RowLesson], *, is_marked: bool
) -> tuple[RowJudgement, ...]:
    """Return the judged tables of the lesson that explains most of them.

    A workbook that `is_marked` says of itself what it is; any other has to compute something of
    the lesson, right or with a mistake that has a name.
    """
    stated = exercise_rows(workbook.names) if is_marked else {}
    ways: list[tuple[RowJudgement, ...]] = []
    for _, alike in groupby(lessons, key=lambda lesson: lesson.name):
        lessons_alike = tuple(alike)
        read, values, texts = workbook, value_of, NO_TEXTS
        if lessons_alike[0].is_counting and not is_marked:
            read, texts = with_sizes(workbook, value_of)
            values = values_with(read, value_of, texts) if texts else value_of
        found = tuple(
            judgement
            for judgement in _of_lesson(read, lessons_alike, values, stated, texts)
            if is_marked or is_evident(judgement, is_titled=_is_titled(read, judgement))
        )
        if is_marked and found:
            return tuple(as_exercise(one, workbook) for one in found)
        if found:
            ways.append(found)
    return min(ways, key=lambda found: sum(map(strangeness, found)), default=())


def _of_lesson(
    workbook: Workbook,
    alike: Sequence[RowLesson],
    value_of: ValueOf,
    stated: Mapping[str, range],
    texts: Places,
) -> Iterator[RowJudgement]:
    """Yield the table below each line of headers, as the one of some lessons that fits it best."""
    found: dict[tuple[str, str, int, int], list[tuple[TablePlace, RowLesson]]] = {}
    for sheet in workbook.sheets:
        for lesson in alike:
            for place in places(sheet, lesson, stated.get(sheet.name)):
                table = place.readings[0]
                at = (sheet.name, table.orientation, table.header, place.begins)
                found.setdefault(at, []).append((place, lesson))
    for ways in found.values():
        counts = sorted(set(map(_columns, ways)), reverse=True)
        for most in counts:
            fitting = [way for way in ways if _columns(way) == most]
            every = [one for way in fitting for one in _judged(workbook, *way, value_of, texts)]
            least = min(map(strangeness, every), default=0)
            best = [one for one in every if strangeness(one) == least]
            if least > 0:  # hardly anything is right: a title tells more than the numbers
                best = [one for one in every if _is_titled(workbook, one)] or best
            chosen = sorted(map(named, islice(best, MOST_NAMED)), key=_to_explain)[:1]
            if stated or not any(map(_takes_data, chosen)):
                yield from chosen
                break


def _takes_data(judgement: RowJudgement) -> bool:
    """Whether a column of a table's data, as one x for each sample, is read as something computed.

    All of it is typed and wrong in no way that has a name, and it is whole or comes back.
    """
    return any(
        len(typed.wrong) >= LEAST_WRONG and not typed.right and typed.mistake is None
        for typed in typed_cells(judgement)
        if _is_data(list(judgement.lines[typed.quantity].numbers.values()))
    )


def _is_data(numbers: Sequence[float]) -> bool:
    return 2 * len(set(numbers)) <= len(numbers) or all(float(n).is_integer() for n in numbers)


def _to_explain(judgement: RowJudgement) -> tuple[int, int]:
    """Return how many cells of a table have no known mistake, and how many mistakes others have."""
    unknown = mistakes = 0
    for wrong, found in judgement.named:
        is_unknown = any(one.signature == NOTHING for one in found)
        unknown += is_unknown * len(wrong.steps)
        mistakes += len(found) * len(wrong.steps)
    return unknown, mistakes


def _columns(way: tuple[TablePlace, RowLesson]) -> int:
    """Return how many columns of a table a lesson has a quantity for."""
    return max(len(reading.lines) for reading in way[0].readings)


def _judged(
    workbook: Workbook, place: TablePlace, lesson: RowLesson, value_of: ValueOf, texts: Places
) -> Iterator[RowJudgement]:
    """Yield a table as each of its readings has it."""
    for reading in place.readings:
        for table in with_cells_given_once(place.sheet, reading, lesson):
            own = with_typed_settings(workbook, table, _with_told(table, lesson), value_of)
            yield judged(workbook, table, own, value_of, texts=texts)


def _with_told(table: Table, lesson: RowLesson) -> RowLesson:
    """Return the lesson in which what shapes tell is given, and no cell that could be wrong."""
    told = {name for name, text in table.labels.items() if text.endswith(TOLD)}
    if not told:
        return lesson
    stated = (one._replace(tree=None) if one.name in told else one for one in lesson.stated)
    return replace(lesson, stated=tuple(stated))


def strangeness(judgement: RowJudgement) -> int:
    """Return how many cells are wrong, less those that are right."""
    return judgement.once("strangeness", lambda: _strangeness(judgement))


def _strangeness(judgement: RowJudgement) -> int:
    right = wrong = 0
    for name, found in judgement.compared.items():
        right += sum(len(one.steps) for one in found if one.is_right)
        wrong += sum(len(one.steps) for one in found if one.is_right is False)
        others = (one for one in found if judgement.is_of_another_row(name, one.tree))
        wrong += sum(STALE * len(one.steps) for one in others)
        wrong += sum(
            ODD * len(one.steps)
            for one in found
            if judgement.is_computed_given(name, one) and not judgement.is_counted(name, one.tree)
        )
    for typed in each_by_itself(judgement):
        right += len(typed.right)
        wrong += len(typed.wrong)
    return wrong - right


def _is_titled(workbook: Workbook, judgement: RowJudgement) -> bool:
    """Whether a text on the sheet of a table, or the name of that, tells which lesson it is."""
    title, sheet = judgement.rows_of.title, workbook[judgement.table.sheet]
    if not title:
        return False
    texts = (text for _, text in texts_of(sheet) if len(text) <= LONGEST)
    return any(re.fullmatch(title, plain(text)) for text in (sheet.name, *texts))


def is_evident(judgement: RowJudgement, *, is_titled: bool = False) -> bool:
    """Whether most of what is computed is right, or wrong in a way that has a name.

    A few wrong cells beside no right one are no evidence: any formula is somehow wrong. Where its
    sheet `is_titled` that tells what else only right formulas do.
    """
    if not is_titled and not all(_is_known(judgement, name) for name in judgement.rows_of.sure):
        return False
    said = [0, 0]
    for found in judgement.compared.values():
        said[0] += sum(len(one.steps) for one in found if one.is_right)
    is_anything_right = said[0] > 0 or any(one.right for one in typed_cells(judgement))
    for wrong, diagnoses in judgement.named:
        is_known = all(one.signature != NOTHING for one in diagnoses)
        said[0 if is_known else 1] += len(wrong.steps)
    for typed in typed_cells(judgement):
        said[0] += len(typed.right)
        said[0 if typed.mistake else 1] += len(typed.wrong)
    return said[0] >= said[1] and said[0] >= (1 if is_anything_right else LEAST_WRONG)


def _is_known(judgement: RowJudgement, name: str) -> bool:
    """Whether a quantity has no formulas, or some that are right."""
    told = [one.is_right for one in judgement.compared.get(name, ())]
    return True in told or False not in told


def as_exercise(judgement: RowJudgement, workbook: Workbook) -> RowJudgement:
    """Return the judgement of a table in which empty cells are answers not yet attempted."""
    table = judgement.table
    areas = answer_areas(workbook.names)
    answers = areas.get(table.sheet, (NO_AREA,) if areas else ())
    return replace(judgement, table=replace(table, is_exercise=True, answers=answers))
