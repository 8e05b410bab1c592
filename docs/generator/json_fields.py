"""Every field of a JSON report: its type from a report of everything, and what it holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from sheetprop.checking.report import (
    Finding,
    Mark,
    Marks,
    NotJudged,
    Place,
    Report,
    TableFound,
)
from sheetprop.reports.json import as_object

WRITTEN = Place("Sheet1", "A3", "w1", found="=…", expected="=…")
COUNTS = dict.fromkeys(("given", "right", "wrong", "typed", "blank", "error", "not_judged"), 0)
EVERYTHING = Report(
    file="student.xlsx",
    verdict="mistakes",
    reason="…",
    tables=(
        TableFound(
            "Sheet1", "A1:B3", "rows", 2, 0.5, "B1", {"w1": "A2:A3"}, COUNTS, "architecture"
        ),
    ),
    findings=(Finding("wrong-sign", "SP201", "error", (WRITTEN,), "…", "=", "=", 0.1),),
    not_judged=(NotJudged("Sheet1", "A9", "…"),),
    sha256="0",
    size=1,
    active=("VBA macros",),
    marks=Marks("standard.toml", (Mark("forward", 4.0, 2.0, 3.0),), "…", "…"),
)
"""A report that has something in each of its lists and fields."""

NOTHING = replace(
    EVERYTHING,
    tables=(TableFound("Sheet1", "A1:B3", "rows", 2, None, None, {}),),
    findings=(Finding("wrong-sign", "SP201", "error", (Place("Sheet1", "A3"),), "…"),),
    reason=None,
    sha256=None,
    size=None,
    marks=Marks("standard.toml", (Mark("forward", 4.0, None, 3.0),)),
)
"""The same with null wherever that may stand."""

MEANINGS: Mapping[str, str] = {
    "schema": "the number of this description",
    "file": "the workbook, as it was named",
    "verdict": "what was found, in a word",
    "reason": "why it was not recognised or is unreadable; null otherwise",
    "tables": "the training runs that were found, or the tables of another lesson",
    "tables[].lesson": "which lesson's table it is; there only where it is no network's",
    "tables[].sheet": "the sheet",
    "tables[].range": "the cells, headers included",
    "tables[].orientation": "`rows` where iterations go down, `columns` where they go across",
    "tables[].cells": "how many cells of the table, and of those it takes numbers from, are what",
    "tables[].cells.given": "numbers that belong there",
    "tables[].cells.right": "formulas that are right",
    "tables[].cells.wrong": "formulas that are wrong",
    "tables[].cells.typed": "numbers where a formula belongs",
    "tables[].cells.blank": "empty, though a formula belongs there",
    "tables[].cells.error": "errors such as #REF!, and texts",
    "tables[].cells.not_judged": "those that could not be judged",
    "tables[].iterations": "how many there are, the start included",
    "tables[].learning_rate": "η; null where none was found",
    "tables[].learning_rate_cell": "the cell it stands in; null where there is none",
    "tables[].quantities": "the range of each quantity, by its name; its sheet where it is another",
    "findings": "the mistakes, one entry for each, however many cells it was filled into",
    "findings[].mistake": "its [name](mistakes.md)",
    "findings[].code": "its code",
    "findings[].severity": "how much it matters",
    "findings[].places": "all cells it was made in",
    "findings[].places[].sheet": "the sheet",
    "findings[].places[].range": "the cells",
    "findings[].places[].quantity": "the quantity they hold; null where they hold none",
    "findings[].places[].found": "the formula in their first cell; null where there is none",
    "findings[].places[].expected": "the right formula there, to be filled over the range; null "
    "where none can be offered",
    "findings[].message": "the explanation, for a student",
    "findings[].found": "the formula in the first cell of the first place",
    "findings[].expected": "the right formula there, in the worksheet's own references; null where "
    "none can be offered",
    "findings[].relative_error": "how far its value is off there, as a share of the right one",
    "not_judged": "cells that could not be judged",
    "not_judged[].sheet": "the sheet",
    "not_judged[].range": "the cells",
    "not_judged[].reason": "why",
    "score": "quantities, counted",
    "score.earned": "those that are right",
    "score.possible": "all of them",
    "seconds": "how long the check took",
    "sha256": "the SHA-256 of the bytes that were judged; null where none could be read",
    "size": "how many bytes that were; null where none could be read",
    "active": "what the file carries that a program might run or fetch, such as `VBA macros`",
    "marks": "points by a rubric; only there with `--score`",
    "marks.rubric": "the file of the rubric",
    "marks.families": "the points by [family](rubric.md)",
    "marks.families[].family": "the family",
    "marks.families[].possible": "all points there are for it",
    "marks.families[].as_it_stands": "those for values that are right; null where it is not known",
    "marks.families[].with_follow_through": "those for formulas that are right on their own values",
    "marks.possible": "all points of all families",
    "marks.as_it_stands": "their sum; null where it is not known",
    "marks.with_follow_through": "their sum",
    "marks.problem": "why nothing is known as it stands; null otherwise",
    "marks.mended": "of find-the-bug, how many of its mistakes are mended; null otherwise",
}

KINDS = {str: "text", int: "number", float: "number", bool: "true or false", type(None): "null"}

MAPPINGS = frozenset({"tables[].quantities"})
"""Objects whose keys are no fields but names of quantities."""


def fields() -> dict[str, str]:
    """Return the type of every field by its path, such as ``findings[].places[].sheet``."""
    types = dict(_below("", as_object(EVERYTHING)))
    without = dict(_below("", as_object(NOTHING)))
    return {
        name: f"{kind} or null" if without.get(name) == "null" else kind
        for name, kind in types.items()
    }


def _below(path: str, content: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for key, value in content.items():
        yield from _field(f"{path}{key}", value)


def _field(path: str, value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, list):
        yield path, "list"
        if isinstance(value[0], dict):
            yield from _below(f"{path}[].", value[0])
    elif isinstance(value, dict):
        yield path, "object"
        if path not in MAPPINGS:
            yield from _below(f"{path}.", value)
    else:
        yield path, KINDS[type(value)]
