"""The gradebook as a table: a row for each student, as CSV and, where pyarrow is there, Parquet."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from sheetprop.classes.grades.gradebook import Gradebook
from sheetprop.reports.csv import neutral
from sheetprop.whole import written

if TYPE_CHECKING:
    from pandas import DataFrame

COLUMNS = (
    "student", "name", "section", "file", "verdict", "points", "possible", "percent",
    "as_it_stands", "values", "mistakes", "late", "suspected", "remarks",
)  # fmt: skip
LONGEST_TEXT = 32_767
NUMBERS = ("points", "possible", "percent", "as_it_stands")


def table_of(book: Gradebook) -> DataFrame:
    """Return the rows of a gradebook; no text in it is taken for a formula."""
    import pandas as pd

    frame = pd.DataFrame([{name: getattr(one, name) for name in COLUMNS} for one in book.grades])
    frame = frame.reindex(columns=list(COLUMNS))
    for name in COLUMNS:
        if name in NUMBERS:
            frame[name] = pd.to_numeric(frame[name]).astype("float64").round(4)
        else:
            frame[name] = [cell_text(str(text)) for text in frame[name]]
    return frame


def cell_text(text: str) -> str:
    """Return a text that is no formula and has room in a cell; a sign tells what is cut off."""
    text = neutral(text)
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"


def write_csv(book: Gradebook) -> Path:
    """Write gradebook.csv, in place of that of an earlier run.

    Raises:
        WorkbookError: it cannot be written.

    """
    return csv_of(table_of(book), book.folder / "gradebook.csv")


def csv_of(frame: DataFrame, path: Path) -> Path:
    """Write a table as CSV in UTF-8 and return where."""
    with written(path, force=True) as unfinished:
        frame.to_csv(unfinished, index=False, lineterminator="\n", encoding="utf-8")
    return path


def write_parquet(book: Gradebook) -> Path | None:
    """Write gradebook.parquet; None where the extra ``parquet`` is not installed.

    Raises:
        WorkbookError: it cannot be written.

    """
    if find_spec("pyarrow") is None:
        return None
    path = book.folder / "gradebook.parquet"
    with written(path, force=True) as unfinished:
        table_of(book).to_parquet(unfinished, engine="pyarrow", index=False)
    return path
