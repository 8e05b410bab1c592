"""The gradebook of a class: a row for each student, as CSV and as a dressed workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from sheetprop.checking.points import Point
from sheetprop.reports.csv import neutral
from sheetprop.whole import written

COLUMNS = (
    "student", "name", "section", "file", "verdict", "points", "possible", "percent",
    "as_it_stands", "values", "mistakes", "remarks",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Grade:
    """One student's row: what was handed in and what it earned, with follow-through.

    `percent` is None for who handed nothing in, or what could not be judged; `as_it_stands` are the
    points for values that are those of the right run. `values` says whose numbers the file has.
    """

    student: str
    name: str
    section: str
    file: str = ""
    verdict: str = ""
    points: float = 0.0
    possible: float = 0.0
    percent: float | None = None
    as_it_stands: float | None = None
    values: str = ""
    mistakes: str = ""
    remarks: str = ""
    details: tuple[Point, ...] = field(default=(), repr=False)

    def explained(self) -> str:
        """Return each point earned or lost, with its cells."""
        lines = [f"{self.student} {self.name}".strip(), f"{self.file or 'nothing handed in'}"]
        lines += [self.remarks] if self.remarks else []
        for one in self.details:
            what = f"{one.family} {one.quantity}"
            lines.append(f"  {one.earned:6.2f} of {one.possible:5.2f}  {what:28} {one.place}")
            lines.append(f"  {'':18}{one.why}")
        lines.append(f"  {self.points:6.2f} of {self.possible:5.2f}  in all")
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Gradebook:
    """The rows of a class, and the folder in which they and the reports are written."""

    grades: tuple[Grade, ...]
    folder: Path


def write_gradebook(book: Gradebook) -> None:
    """Write gradebook.csv and gradebook.xlsx, in place of those of an earlier run.

    Raises:
        WorkbookError: one cannot be written.

    """
    import pandas as pd

    rows = [{name: asdict(one)[name] for name in COLUMNS} for one in book.grades]
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    texts = [name for name in COLUMNS if name not in NUMBERS]
    for name in texts:
        frame[name] = [neutral(str(text)) for text in frame[name]]
    for name in NUMBERS:
        frame[name] = pd.to_numeric(frame[name]).round(4)
    with written(book.folder / "gradebook.csv", force=True) as path:
        frame.to_csv(path, index=False, lineterminator="\n", encoding="utf-8")
    with (
        written(book.folder / "gradebook.xlsx", force=True) as path,
        pd.ExcelWriter(path, engine="openpyxl") as writer,
    ):
        frame.to_excel(writer, sheet_name="Grades", index=False, freeze_panes=(1, 1))
        _dress(writer.sheets["Grades"], len(book.grades))


NUMBERS = ("points", "possible", "percent", "as_it_stands")
COLOURS = ("F8B4A6", "FFF2B3", "B7E1B0")
"""Of the least mark, the middle and the full one: told apart by lightness, too."""

_WIDTHS = {"name": 24, "file": 32, "values": 24, "mistakes": 32, "remarks": 48}


def _dress(page: object, count: int) -> None:
    """Give the sheet a filter, widths, and colours by mark."""
    from openpyxl.formatting.rule import ColorScaleRule
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.worksheet import Worksheet

    assert isinstance(page, Worksheet)
    page.auto_filter.ref = page.dimensions
    for number, name in enumerate(COLUMNS, 1):
        page.column_dimensions[get_column_letter(number)].width = _WIDTHS.get(name, 13)
    letter = get_column_letter(COLUMNS.index("percent") + 1)
    least, middle, full = COLOURS
    scale = ColorScaleRule("num", 0, least, "num", 50, middle, "num", 100, full)
    page.conditional_formatting.add(f"{letter}2:{letter}{max(count, 1) + 1}", scale)


def reports_folder(folder: Path) -> Path:
    """Return where the reports of the students stand."""
    return folder / "reports"


def named(grades: Sequence[Grade], student: str) -> Grade | None:
    """Return the grade of a student, by id or name."""
    wanted = student.casefold()
    return next((g for g in grades if wanted in (g.student.casefold(), g.name.casefold())), None)
