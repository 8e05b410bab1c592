"""What Gradescope and GitHub Classroom run and show: results, an autograder, a workflow."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from sheetprop.checking.score import Rubric
from sheetprop.classes.grades.gradebook import Grade, Gradebook, file_names
from sheetprop.reports.cleaned import clean
from sheetprop.whole import written

EXECUTABLE = 0o755 << 16
PLAIN = 0o644 << 16


def write_autograders(book: Gradebook, rubric: Rubric, version: str, folder: Path) -> None:
    """Write Gradescope's results and autograder, and GitHub Classroom's workflow.

    Raises:
        WorkbookError: one cannot be written.

    """
    for one, name in file_names(book.grades):
        if one.file:
            with written(folder / "gradescope" / f"{name}.json", force=True) as path:
                path.write_text(json.dumps(results_of(one), indent=1) + "\n", encoding="ascii")
    _write_autograder(rubric, version, folder / "gradescope-autograder.zip")
    possible = sum(rubric.points.values())
    workflow = _script("classroom.yml").replace("VERSION", version)
    with written(folder / "github-classroom" / "classroom.yml", force=True) as path:
        path.write_text(workflow.replace("POSSIBLE", f"{possible:g}"), encoding="ascii")
    with written(folder / "github-classroom" / "rubric.toml", force=True) as path:
        path.write_text(toml_of(rubric), encoding="ascii")


def results_of(grade: Grade) -> Mapping[str, Any]:
    """Return a grade as Gradescope's ``results.json``: a test for each point, with its cells."""
    told = [grade.record.get("reason") or "", *grade.told]
    tests = [
        {
            "name": clean(f"{one.family.replace('_', ' ')}: {one.quantity} {one.place}".strip()),
            "score": one.earned,
            "max_score": one.possible,
            "output": clean(one.why),
            "visibility": "visible",
        }
        for one in grade.details
    ]
    return {
        "score": grade.points,
        "output": clean("; ".join(filter(None, told)) or f"{grade.verdict}: {grade.file}"),
        "visibility": "visible",
        "tests": tests,
    }


def toml_of(rubric: Rubric) -> str:
    """Return a rubric as the file that it can be read from."""
    lines = (f"{family} = {points!r}\n" for family, points in rubric.points.items())
    return "[points]\n" + "".join(lines)


def _write_autograder(rubric: Rubric, version: str, path: Path) -> None:
    contents = {
        "setup.sh": _script("setup.sh").replace("VERSION", version),
        "run_autograder": _script("run_autograder"),
        "grade_one.py": _script("grade_one.txt"),
        "rubric.toml": toml_of(rubric),
    }
    with written(path, force=True) as unfinished, zipfile.ZipFile(unfinished, "w") as archive:
        for name, text in contents.items():
            entry = zipfile.ZipInfo(name)
            entry.external_attr = EXECUTABLE if text.startswith("#!") else PLAIN
            archive.writestr(entry, text)


def _script(name: str) -> str:
    script = files("sheetprop.classes.exports").joinpath("autograder", name)
    return script.read_text(encoding="utf-8")
