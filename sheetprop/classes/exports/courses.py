"""Grades as course platforms read them in: Canvas, Moodle and nbgrader."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from sheetprop.classes.exports.table import csv_of
from sheetprop.classes.grades.gradebook import Grade, Gradebook, file_names
from sheetprop.reports.csv import neutral
from sheetprop.whole import written

Row = Mapping[str, object]
_MOODLE = "_assignsubmission_"
_EPOCH = (1980, 1, 1, 0, 0, 0)


def write_courses(book: Gradebook, folder: Path) -> None:
    """Write canvas.csv, moodle.csv, nbgrader.csv and moodle-feedback.zip.

    Raises:
        WorkbookError: one cannot be written.

    """
    _write(folder / "canvas.csv", list(_canvas(book)))
    _write(folder / "moodle.csv", [_moodle(one) for one in book.grades])
    _write(folder / "nbgrader.csv", [_nbgrader(book, one) for one in book.grades])
    _write_feedback(book, folder / "moodle-feedback.zip")


def _write(path: Path, lines: Sequence[Row]) -> None:
    import pandas as pd

    neutralised = [
        {key: neutral(text) if isinstance(text, str) else text for key, text in line.items()}
        for line in lines
    ]
    csv_of(pd.DataFrame(neutralised), path)


def _points(one: Grade) -> float | str:
    """Return the points; nothing for who has none, so that nobody gets 0 by mistake."""
    return "" if one.percent is None else round(one.points, 2)


def _canvas(book: Gradebook) -> Iterator[Row]:
    """Yield the rows of Canvas' own gradebook: behind the headers the points that there are."""
    title = f"sheetprop {book.lesson}"
    possible = max((one.possible for one in book.grades), default=0.0)
    empty = dict.fromkeys(("Student", "ID", "SIS User ID", "SIS Login ID", "Section"), "")
    yield {**empty, "Student": "Points Possible", title: round(possible, 2)}
    for one in book.grades:
        own = one.accounts
        is_canvas = not {"sis user id", "sis login id"}.isdisjoint(own)
        yield {
            "Student": one.name or one.student,
            "ID": own.get("id", "") if is_canvas else "",
            "SIS User ID": own.get("sis user id", "" if is_canvas else one.student),
            "SIS Login ID": own.get("sis login id", ""),
            "Section": one.section,
            title: _points(one),
        }


def _moodle(one: Grade) -> Row:
    """Return a row of Moodle's grading worksheet; `Identifier` where its download told it."""
    _, number = _place(one.file)
    told = [one.record.get("reason") or "", one.mistakes, *one.told]
    return {
        "Identifier": f"Participant {number}" if number else "",
        "ID number": one.student,
        "Full name": " ".join(filter(None, _first_and_last(one.name))),
        "Email address": one.email,
        "Grade": _points(one),
        "Maximum Grade": round(one.possible, 2) if one.possible else "",
        "Feedback comments": "; ".join(filter(None, told)),
    }


def _nbgrader(book: Gradebook, one: Grade) -> Row:
    first, last = _first_and_last(one.name)
    return {
        "assignment": book.lesson,
        "duedate": "",
        "timestamp": "",
        "student_id": one.student,
        "last_name": last,
        "first_name": first,
        "email": one.email,
        "raw_score": _points(one),
        "late_submission_penalty": 0.0,
        "score": _points(one),
        "max_score": round(one.possible, 2) if one.possible else "",
    }


def _first_and_last(name: str) -> tuple[str, str]:
    """Return the parts of a name, which Canvas turns: ``Marlow, Ada``."""
    last, comma, first = name.partition(", ")
    if comma:
        return first, last
    first, _, last = name.rpartition(" ")
    return first, last


def _write_feedback(book: Gradebook, path: Path) -> None:
    """Write the reports in folders as Moodle names them, so that it takes them as feedback."""
    with (
        written(path, force=True) as unfinished,
        zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
    ):
        for one, name in file_names(book.grades):
            report = book.folder / "reports" / f"{name}.html"
            if one.file and report.is_file():
                place = _place(one.file)[0] or f"{name}{_MOODLE}file_"
                entry = zipfile.ZipInfo(f"{place.rpartition('/')[2]}/report.html", _EPOCH)
                archive.writestr(entry, report.read_bytes(), zipfile.ZIP_DEFLATED)


def _place(file: str) -> tuple[str, str]:
    """Return the folder that Moodle's download has for a submission, and its number; or nothing."""
    before, _, after = file.partition(_MOODLE)
    number, (kind, mark, _) = before.rpartition("_")[2], after.partition("_")
    if not (number.isdigit() and kind.isalpha() and mark):
        return "", ""
    return f"{before}{_MOODLE}{kind}_", number
