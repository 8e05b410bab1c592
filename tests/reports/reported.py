"""Reports for the tests of formats: of worksheets with known mistakes, and of hostile texts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from worksheets import RIGHT, Table, save

from sheetprop.checking.check import check_file
from sheetprop.checking.marks.points import marks
from sheetprop.checking.report import Finding, NotJudged, Picture, Place, Report, TableFound
from sheetprop.checking.score import read_rubric
from sheetprop.shipped import folder

HOSTILE = "</style><script>alert(1)</script>\"'&<b>|`*_\x1b[31m\x00\ufffe\u202e\ud800\n]]>@x"
"""What a stranger may write: markup, quotes, an escape sequence, characters no text may have."""


def wrong_table(iterations: int = 20) -> Table:
    """The mistake that most of a class made: a_h1 where a_h2 belongs in ∂E/∂w3 and ∂E/∂w4."""
    table = Table(iterations=iterations)
    for name in ("dE/dw3", "dE/dw4"):
        table = table.changed(name, RIGHT[name].replace("a_h2", "a_h1"))
    return table


def report_of(folder: Path, *tables: Table, name: str = "student.xlsx") -> Report:
    """Return the report of a workbook with pictures, without what is said about its charts."""
    report = check_file(save(folder / name, *tables), with_pictures=True)
    return replace(report, findings=tuple(f for f in report.findings if f.code < "SP4"))


def marked(report: Report) -> Report:
    """Return a report with marks by the rubric that is shipped."""
    rubric = read_rubric(folder() / "rubrics" / "standard.toml")
    return replace(report, marks=marks(report, rubric))


def hostile_report() -> Report:
    """Return a report in which every text of a stranger is hostile."""
    place = Place(HOSTILE, "A2:A3", "w1")
    findings = tuple(
        Finding("unexplained", "SP299", severity, (place,), HOSTILE, f"={HOSTILE}", "=A1", 0.5)
        for severity in ("error", "warning", "note")
    )
    picture = Picture(
        sheet=HOSTILE,
        range="A1:A3",
        iterations=2,
        steps=(0, 1),
        cells={"w1": ((2, 1), (3, 1))},
        values={"w1": (HOSTILE, None)},
        families={"w1": "updates"},
        losses=(None, 0.5),
        problem=HOSTILE,
    )
    table = TableFound(HOSTILE, "A1:A3", "rows", 2, None, f"'{HOSTILE}'!$A$1", {"w1": "A2:A3"})
    report = Report(
        file=f"folder/{HOSTILE}",
        verdict="mistakes",
        tables=(table,),
        findings=findings,
        not_judged=(NotJudged(HOSTILE, "A9", HOSTILE),),
        possible=1.0,
        pictures=(picture,),
    )
    return marked(report)


def unreadable_report() -> Report:
    return Report(HOSTILE, "unreadable", HOSTILE)
