"""What a class hands in: right worksheets of the textbook's network, each with its own values."""

from __future__ import annotations

import tempfile
from pathlib import Path
from random import Random

from handmade.books import with_values, workbook_of
from handmade.drafts import Draft, drawn_draft
from sheetprop.spec import Architecture, Spec
from sheetprop.workbooks.sheet import Workbook
from sheetprop.workbooks.writing.write import write

LEAST_ITERATIONS = 5


def submission(seed: int | str) -> bytes:
    """Return the file of a right submission, with stored values; the same for the same seed.

    Inputs, targets, first weights, learning rates, layout, spellings and habits are drawn anew for
    each seed; `submitted` is the workbook itself, `submission_draft` tells what was drawn.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "submission.xlsx"
        write(submitted(seed), path)
        return path.read_bytes()


def submitted(seed: int | str) -> Workbook:
    """Return a right submission as a workbook without a file."""
    draft = submission_draft(seed)
    return with_values(draft, workbook_of(draft))


def submission_draft(seed: int | str, given: Spec | None = None) -> Draft:
    """Return what is drawn for a submission: a table of some iterations with every column.

    Its numbers are those that a student was `given`, where somebody was.
    """
    draw = Random(f"submission {seed}")
    while True:
        draft = drawn_draft(draw, shape=Architecture(), given=given)
        is_table = draft.layout.arrangement != "form" and draft.run.iterations >= LEAST_ITERATIONS
        if is_table and draft.groups["absent"] == "nothing":
            return draft
