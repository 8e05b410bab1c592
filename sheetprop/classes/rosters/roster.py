"""Who is in a class: a roster's rows become students, or one sentence says what is in the way."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sheetprop.classes.rosters.roster_columns import (
    EMAIL,
    FIRST_NAME,
    HEADERS,
    ID,
    LAST_NAME,
    NAME,
    ROLE,
    SECTION,
    Columns,
    columns_of,
    known_in,
    plain,
)
from sheetprop.classes.rosters.roster_rows import ABOVE, Row, rows_of
from sheetprop.errors import SpecError
from sheetprop.validate import shown

LONGEST = 120
"""Characters of an id or a name."""

MOST_STUDENTS = 100_000
NO_STUDENTS = frozenset({"points possible", "student, test", "test student"})
"""Names of rows that Canvas puts among the students, in lower case."""

NO_ADDRESSES = frozenset({"", "date", "points", "class average"})
"""What stands under the addresses in rows of Google Classroom and Canvas without a name."""

NO_STUDENTS_ROLES = frozenset(
    {"instructor", "teacher", "editing teacher", "non-editing teacher", "ta", "reader", "manager"}
    | {"teaching assistant", "observer", "designer", "course creator", "lecturer", "tutor"}
    | {"trainer/in", "lehrer/in", "dozent/in", "enseignant", "profesor", "docente"}
)
"""Whoever has such a role, and no other, is handed nothing, in lower case."""

FORMULA = ("=", "+", "-", "@")
NOT_IN_FILE_NAMES = '/\\:*?"<>|'
JOINERS = "\u200c\u200d"
"""Invisible signs that names in some scripts are written with."""


@dataclass(frozen=True, slots=True)
class Student:
    """One student of a roster; all but the id may be empty. `line` is where the roster has it.

    `accounts` are all that the roster calls the student by, each with its header in plain words:
    platforms number and name accounts.
    """

    id: str
    name: str = ""
    email: str = ""
    section: str = ""
    line: int = 0
    accounts: tuple[tuple[str, str], ...] = field(default=(), compare=False)


def read_roster(path: str | Path) -> tuple[Student, ...]:
    """Return the students of a roster, a CSV file or a workbook, in its order.

    Raises:
        SpecError: it cannot be read, has no column of ids, or a row cannot be used; the sentence
            names the line.
        WorkbookError: it is a workbook that cannot be read.

    """
    source = str(path)
    rows = rows_of(path, known_in)
    if not rows:
        raise SpecError(source, None, "is empty; a roster has a line of headers and its students")
    line, header, rest = _under_header(rows)
    columns = columns_of(header)
    if not _tells_ids(columns):
        raise SpecError(source, None, _no_id(line, header))
    rows = [row for row in rest if _is_student(row, columns)]
    if not rows:
        raise SpecError(source, None, "has headers and no student")
    if len(rows) > MOST_STUDENTS:
        raise SpecError(source, None, f"has more than {MOST_STUDENTS} students")
    places, names = _id_column(columns, rows), [plain(cell) for cell in header]
    return _distinct(source, [_student(source, row, columns, places, names) for row in rows])


def _under_header(rows: Sequence[Row]) -> tuple[int, Sequence[str], Sequence[Row]]:
    """Return the line of headers, the headers and the rows below; titles may stand above them."""
    headers = (k for k, (_, cells) in enumerate(rows[:ABOVE]) if _tells_ids(columns_of(cells)))
    place = next(headers, 0)
    line, header = rows[place]
    return line, header, rows[place + 1 :]


def _tells_ids(columns: Columns) -> bool:
    return bool(columns[ID] or columns[EMAIL])


def _no_id(line: int, header: Sequence[str]) -> str:
    had = ", ".join(shown(cell) for cell in header[:6])
    return f'line {line} names no column of ids, such as "{HEADERS[ID][0]}" or "id", but {had}'


def _is_student(row: Row, columns: Columns) -> bool:
    """Whether a row is somebody's, and nothing that a platform says about the assignment."""
    name = _name(row, columns)
    if not (name or _cell(row, columns[ID])):
        return _cell(row, columns[EMAIL]).casefold() not in NO_ADDRESSES
    roles = {one.strip() for one in _cell(row, columns[ROLE]).casefold().split(",")}
    return name.casefold() not in NO_STUDENTS and not roles <= NO_STUDENTS_ROLES


def _name(row: Row, columns: Columns) -> str:
    parts = (_cell(row, columns[FIRST_NAME]), _cell(row, columns[LAST_NAME]))
    return _cell(row, columns[NAME]) or " ".join(filter(None, parts))


def _id_column(columns: Columns, rows: Sequence[Row]) -> tuple[int, ...]:
    """Return the column of ids: the likeliest that is filled in for every student."""
    choices = (*columns[ID], *columns[EMAIL])
    filled = (k for k in choices if all(_cell(row, (k,)) for row in rows))
    used = (k for k in choices if any(_cell(row, (k,)) for row in rows))
    return (next(filled, next(used, choices[0])),)


def _cell(row: Row, columns: Sequence[int]) -> str:
    _, cells = row
    return next((cells[k] for k in columns if k < len(cells) and cells[k]), "")


def _student(
    source: str, row: Row, columns: Columns, places: Sequence[int], header: Sequence[str]
) -> Student:
    line = row[0]
    id_ = _text(source, line, "id", _cell(row, places))
    if not id_:
        raise SpecError(source, None, f"line {line} has no id; give the student one")
    odd = next((sign for sign in id_ if sign in NOT_IN_FILE_NAMES), None)
    if odd or id_.endswith("."):
        does = f"holds {odd!r}" if odd else "ends with '.'"
        problem = f"the id {shown(id_)} {does}, which no name of a file may"
        raise SpecError(source, None, f"line {line}: {problem}")
    return Student(
        id_,
        _text(source, line, "name", _name(row, columns)),
        _text(source, line, "e-mail", _cell(row, columns[EMAIL])),
        _text(source, line, "section", _cell(row, columns[SECTION])),
        line,
        tuple((header[k], one) for k in columns[ID] if (one := _cell(row, (k,)))),
    )


def _text(source: str, line: int, what: str, text: str) -> str:
    """Return a text in its usual form, or raise what is wrong with it."""
    problem = None
    if len(text) > LONGEST:
        problem = f"has {len(text)} characters, and at most {LONGEST} are a real one"
    elif text.startswith(FORMULA):
        problem = f"begins with {text[0]!r}, which spreadsheet programs take for a formula"
    elif odd := next((sign for sign in text if _is_invisible(sign)), None):
        name = unicodedata.name(odd, f"U+{ord(odd):04X}").lower()
        problem = f"holds an invisible sign ({name}); type it again without"
    if problem:
        raise SpecError(source, None, f"line {line}: the {what} {problem}")
    return unicodedata.normalize("NFC", text)


def _is_invisible(sign: str) -> bool:
    """Whether a sign is a control, a mark of direction, half a pair or the like."""
    return unicodedata.category(sign)[0] == "C" and sign not in JOINERS


def _distinct(source: str, students: Sequence[Student]) -> tuple[Student, ...]:
    """Return the students, or raise where two have one id; some systems take capitals alike."""
    lines: dict[str, int] = {}
    for student in students:
        key = student.id.casefold()
        if key in lines:
            problem = f"the id {shown(student.id)} stands in line {lines[key]} already"
            raise SpecError(source, None, f"line {student.line}: {problem}; each student needs one")
        lines[key] = student.line
    return tuple(students)
