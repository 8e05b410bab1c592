"""Worksheets for a class: own numbers that make good exercises, the same for the same seed."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
from openpyxl import load_workbook

import sheetprop
from sheetprop.classes import good
from sheetprop.classes.draw import drawn_for, fingerprint, handed_to
from sheetprop.cli import main
from sheetprop.errors import SpecError, WorkbookError
from sheetprop.maths.trace import run
from sheetprop.template import load

ROSTER = "id;name\n17;Ada L\n18;Jürgen Groß\n"


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    path = tmp_path / "class.csv"
    path.write_text(ROSTER, encoding="utf-8")
    return path


@pytest.mark.slow
def test_every_draw_is_a_good_exercise() -> None:
    """Whoever the student is, all numbers differ and nothing is wrong with them."""
    for student in map(str, range(6)):
        spec = drawn_for(load("classic"), 7, student)

        assert good.problem(spec) is None
        assert len(set(spec.weights)) == 8
        assert spec.targets[0] != spec.targets[1]
        assert spec.inputs[0] != spec.inputs[1]


@pytest.mark.slow
def test_numbers_come_from_seed_and_id() -> None:
    """The same two give the same numbers, another one of them others, and another fingerprint."""
    lesson = load("classic")
    drawn = {key: drawn_for(lesson, *key) for key in [(1, "a"), (1, "b"), (2, "a")]}

    assert drawn_for(lesson, 1, "a") == drawn[1, "a"]
    for one, other in combinations(drawn, 2):
        assert drawn[one].weights != drawn[other].weights
        assert fingerprint(drawn[one], *one) != fingerprint(drawn[other], *other)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"weights": (9.0, 12.0)}, "saturated"),
        ({"targets": (0.5, 0.52)}, "two targets are nearly equal"),
        ({"weights": (0.2, 0.22)}, "no room"),
        ({"rate_factor": (1e-6, 2e-6)}, "cannot be told apart"),
    ],
    ids=["saturated", "targets", "weights", "rates"],
)
def test_bad_limits_are_named(values: dict[str, tuple[float, float]], reason: str) -> None:
    """Limits of a template that let nothing good be drawn get a sentence that says why."""
    from dataclasses import replace

    lesson = load("classic")
    with pytest.raises(SpecError, match=reason):
        drawn_for(replace(lesson, limits=replace(lesson.limits, **values)), 1, "17")


@pytest.mark.slow
def test_a_slip_that_gives_the_right_numbers_is_refused() -> None:
    """With two equal inputs, taking the wrong one could not be seen."""
    from dataclasses import replace

    spec = drawn_for(load("classic"), 1, "17")
    reason = good.problem(replace(spec, inputs=(0.3, 0.3)))

    assert reason is not None
    assert "gives the right numbers" in reason


@pytest.mark.slow
def test_every_student_gets_a_workbook(roster: Path, tmp_path: Path) -> None:
    """It says whose it is on Start and in its properties, and its solution is correct."""
    folder = tmp_path / "sheets"
    paths = sheetprop.build_class(
        roster, variant="blank", seed=5, output=folder, solution=tmp_path / "solved"
    )

    assert [path.name for path in paths] == ["classic-blank-17.xlsx", "classic-blank-18.xlsx"]
    assert sorted(folder.iterdir()) == paths
    book = load_workbook(paths[1])
    assert "Jürgen Groß (18)" in " ".join(str(book["Start"].cell(row, 1).value) for row in (2, 3))
    own = {prop.name: prop.value for prop in book.custom_doc_props.props}
    assert own["sheetprop student"] == "18"
    assert len(own["sheetprop fingerprint"]) == 32
    reports = sheetprop.check(tmp_path / "solved")
    assert [report.verdict for report in reports] == ["correct", "correct"]


@pytest.mark.slow
def test_the_same_seed_gives_the_same_bytes(roster: Path, tmp_path: Path) -> None:
    """The command writes what the function writes, byte for byte, and prints the folder."""
    rest = ["--roster", str(roster), "--iterations", "3", "--seed", "4"]
    assert main(["build", *rest, "-o", str(tmp_path / "a")]) == 0
    (first, *_) = sheetprop.build_class(roster, iterations=3, seed=4, output=tmp_path / "b")

    assert (tmp_path / "a" / first.name).read_bytes() == first.read_bytes()


@pytest.mark.slow
def test_nothing_is_written_where_something_stands(roster: Path, tmp_path: Path) -> None:
    """Where one file is there already, none is written and nothing is left behind."""
    taken = tmp_path / "sheets" / "classic-18.xlsx"
    taken.parent.mkdir()
    taken.write_text("mine")

    with pytest.raises(WorkbookError, match="exists already"):
        sheetprop.build_class(roster, iterations=2, output=taken.parent)
    assert taken.read_text() == "mine"
    assert {path.name for path in tmp_path.rglob("*")} == {"class.csv", "sheets", taken.name}


def test_a_bad_roster_leaves_no_folder(tmp_path: Path) -> None:
    """Nothing is begun for a roster that cannot be used."""
    (tmp_path / "class.csv").write_text("id,name\n1,Ada\n1,Bo\n")

    assert main(["build", "--roster", str(tmp_path / "class.csv"), "-o", f"{tmp_path}/x/"]) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["class.csv"]


@pytest.mark.slow
@pytest.mark.parametrize("lesson", ["softmax", "xor"])
def test_lessons_with_several_examples_are_handed_out(lesson: str) -> None:
    """The examples stay, of which zeros hide much; weights and rates are the student's own."""
    plain = load(lesson)
    spec = drawn_for(plain, 7, "17")

    assert (spec.inputs, spec.targets) == (plain.inputs, plain.targets)
    assert spec.weights != plain.weights


@pytest.mark.slow
def test_a_draw_is_known_by_its_fingerprint() -> None:
    """It is the draw that was handed out; a fingerprint of another student or seed tells none."""
    spec = load("classic")
    drawn = {student: drawn_for(spec, 7, student) for student in ("a1", "b2", "c3")}
    marks = {fingerprint(one, 7, student) for student, one in drawn.items()}

    assert {one: handed_to(spec, 7, one, marks) for one in drawn} == drawn
    assert handed_to(spec, 7, "d4", marks) is None
    assert handed_to(spec, 8, "a1", marks) is None


def test_a_draw_is_run_in_plain_numbers_as_the_trace_runs_it() -> None:
    spec = drawn_for(load("classic"), 3, "ada")
    there = run(spec, spec.learning_rates, spec.iterations).values

    found = good._run(spec)

    assert all(found[name] == pytest.approx(there[name]) for name in there)
