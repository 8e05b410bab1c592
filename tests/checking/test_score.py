"""Marks by a rubric: what stands, what is followed through, and rubrics that cannot be used."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from worksheets import RIGHT, Table, save

from sheetprop.checking.check import check_file
from sheetprop.checking.marks.points import marks
from sheetprop.checking.report import Finding, Marks, Report
from sheetprop.checking.score import FAMILIES, Rubric, family_of, read_rubric
from sheetprop.errors import SpecError
from sheetprop.maths.network import Network
from sheetprop.shipped import folder
from sheetprop.spec import Architecture
from sheetprop.template import names

STANDARD = folder() / "rubrics" / "standard.toml"
TEN = Rubric("ten.toml", dict.fromkeys(FAMILIES, 10.0))


def report_of(place: Path, *tables: Table) -> Report:
    """Return the report of tables without charts, and without what is said about that."""
    report = check_file(save(place / "student.xlsx", *tables), with_pictures=True)
    return replace(report, findings=tuple(f for f in report.findings if f.code < "SP4"))


def marks_of(place: Path, *tables: Table) -> Marks:
    found = marks(report_of(place, *tables), TEN)
    assert found
    return found


def by_family(found: Marks) -> dict[str, tuple[float | None, float]]:
    return {mark.family: (mark.as_it_stands, mark.with_follow_through) for mark in found.families}


def test_a_right_worksheet_has_all_points(tmp_path: Path) -> None:
    """As it stands and with follow-through, every family earns what it is worth."""
    found = marks_of(tmp_path, Table(iterations=60))

    assert (found.possible, found.as_it_stands, found.with_follow_through) == (60, 60, 60)


def test_a_mistake_costs_once_with_follow_through(tmp_path: Path) -> None:
    """As it stands all that comes after a wrong sum is wrong; followed through, only the sum is."""
    found = by_family(marks_of(tmp_path, Table().changed("h1", "={w1}*{i1}+{w2}*{i1}")))

    assert found["forward"] == (2.5, 8.75)  # all but h1; as they stand, h2 and a_h2
    assert found["error"] == (0.0, 10.0)
    assert found["output_gradients"] == (0.0, 10.0)
    assert found["hidden_gradients"] == (0.0, 10.0)
    assert found["updates"] == (0.0, 10.0)
    assert found["experiment"] == (10.0, 10.0)


def test_an_empty_table_costs_its_part_of_the_cells(tmp_path: Path) -> None:
    """Who has left the second of two sheets empty has half of the points for the first."""
    empty = Table(sheet="Sheet2", rate=1.0).changed("h1", None)
    found = by_family(marks_of(tmp_path, Table(), empty))

    assert found["forward"] == (9.375, 9.375)  # of 1.25 for h1 there is one half


def test_a_gradient_that_is_used_by_nothing_costs_itself(tmp_path: Path) -> None:
    """In a worksheet of one iteration a wrong gradient changes no other value."""
    table = Table(iterations=1).changed("dE/dw3", RIGHT["dE/dw3"].replace("a_h2", "a_h1"))
    found = by_family(marks_of(tmp_path, table))

    assert found["hidden_gradients"][1] == 7.5
    assert found["output_gradients"] == (10.0, 10.0)


@pytest.mark.parametrize("difference", [1e-8, 1e-4])
def test_values_count_to_a_millionth(difference: float, tmp_path: Path) -> None:
    """A deviation below 1e-6 is that of the right run, one above it is not."""
    table = Table(iterations=1).changed("E1", f"=0.5*({{t1}}-{{a_o1}})^2*(1+{difference})")
    matching = report_of(tmp_path, table).pictures[0].matching

    assert ("E1" in matching) is (difference < 1e-6)


@pytest.mark.parametrize("content", ["=0*{h1}", "=1/(1+EXP(-{h1}*1000000000))"])
def test_nothing_follows_from_zeros_and_saturation(content: str, tmp_path: Path) -> None:
    """What is computed from activations that let nothing through earns nothing for being right."""
    found = by_family(marks_of(tmp_path, Table(iterations=3).changed("a_h1", content)))

    assert found["output_gradients"][1] == 5.0  # w5 and w7 are multiplied with a_h1
    assert found["hidden_gradients"][1] == 5.0  # the slope of a_h1 is 0


def test_zeros_of_the_right_run_are_followed(tmp_path: Path) -> None:
    """An input that is 0 by intention takes no points away."""
    found = marks_of(tmp_path, Table(inputs=(0.0, 0.1)))

    assert found.with_follow_through == found.possible == found.as_it_stands


def test_a_quantity_must_be_right_in_all_tables(tmp_path: Path) -> None:
    """A mistake in one of two runs costs what it costs in one of one."""
    other = Table(sheet="Two", rate=0.5)
    once = marks_of(tmp_path, Table(), other.changed("E1", "=({t1}-{a_o1})^2"))

    assert once.with_follow_through < once.possible
    assert once.as_it_stands is not None
    assert once.as_it_stands < once.possible


def test_without_a_right_run_nothing_is_known_as_it_stands(tmp_path: Path) -> None:
    """Where a start is missing the mark with follow-through is given alone, with the reason."""
    found = marks_of(tmp_path, Table().changed("w1", "=1/0", [0]))

    assert found.as_it_stands is None
    assert found.problem == "w1 has no number in the first iteration"


def test_mistakes_of_the_experiment_cost_half_each(tmp_path: Path) -> None:
    """Runs and charts are the two halves; several mistakes of one half cost it once."""
    report = report_of(tmp_path, Table())
    found = [
        Finding(name, "SP4", "warning", (), "")
        for name in ("rate-mismatch", "missing-rate", "chart-range")
    ]
    for count, points in ((0, 10.0), (1, 5.0), (2, 5.0), (3, 0.0)):
        result = marks(replace(report, findings=tuple(found[:count])), TEN)

        assert result
        assert by_family(result)["experiment"] == (points, points)


def test_no_marks_without_a_table(tmp_path: Path) -> None:
    """A file that is not recognised has no marks at all, not zero."""
    assert marks(check_file(tmp_path / "missing.xlsx", with_pictures=True), TEN) is None


def test_the_unweighted_score_stays(tmp_path: Path) -> None:
    """One point for each quantity, with or without pictures."""
    path = save(tmp_path / "a.xlsx", Table().changed("h1", "={w1}"))
    plain, pictured = check_file(path), check_file(path, with_pictures=True)

    assert (plain.earned, plain.possible) == (pictured.earned, pictured.possible) == (30.0, 31.0)
    assert plain.pictures == ()
    assert replace(pictured, pictures=()) == plain


@pytest.mark.parametrize(
    ("architecture", "families"),
    [
        (Architecture(), {"dE/dw4": "hidden_gradients", "dE/dw5": "output_gradients"}),
        (Architecture((2, 1)), {"dE/dw1": "output_gradients", "w1": "updates"}),
        (
            Architecture((2, 2, 2, 1), biases="each"),
            {
                "dE/da_h1": "hidden_gradients",
                "dE/db1": "hidden_gradients",
                "dE/db5": "output_gradients",
                "b1": "updates",
            },
        ),
        (
            Architecture(biases="shared", train_biases=False),
            {"b1": "forward", "t1": "error", "i1": "forward"},
        ),
    ],
)
def test_each_quantity_has_its_family(architecture: Architecture, families: dict[str, str]) -> None:
    """Gradients are told apart by where their weight leads; biases that do not learn are inputs."""
    network = Network(architecture)

    assert {name: family_of(network, name) for name in families} == families
    assert {family_of(network, name) for name in network.quantities} <= set(FAMILIES)


def test_the_rubric_that_is_shipped_can_be_read() -> None:
    """It names every family, and it is no lesson."""
    assert tuple(read_rubric(STANDARD).points) == FAMILIES
    assert "standard" not in names()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "forward = 4",
            "forward = -1",
            "points.forward: must .* 0 to 1000000, not -1",
        ),
        (
            "forward = 4",
            "forward = true",
            "points.forward: must .* 0 to 1000000, not True",
        ),
        (
            "forward = 4",
            'forward = "4"',
            "points.forward: must .* 0 to 1000000, not '4'",
        ),
        ("forward = 4", "forward = 1e308", "points.forward: must .* 0 to 1000000, not 1e"),
        (
            "forward = 4",
            "forward = nan",
            "points.forward: must .* 0 to 1000000, not nan",
        ),
        ("forward = 4", "forwards = 4", 'points.forwards: is no family.*did you mean "forward"'),
        ("forward = 4", "", "points.forward: is missing; give 0"),
        ("[points]", "[point]", "point: is no section of a rubric"),
        ("[points]", "[points", "is no valid TOML"),
        ("[points]", "points = 3\n[x]", "x: is no section|points: is missing"),
        ("[points]", "\x00", "is no valid TOML"),
    ],
)
def test_a_bad_rubric_is_one_sentence(old: str, new: str, said: str, tmp_path: Path) -> None:
    """The file, the key and what is allowed are said in one line."""
    path = tmp_path / "mine.toml"
    path.write_text(STANDARD.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")

    with pytest.raises(SpecError, match=said) as caught:
        read_rubric(path)
    assert str(caught.value).startswith(str(path))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("content", [b"\xff\xfe", b"[points]\n", b"", None])
def test_a_file_that_is_no_rubric(content: bytes | None, tmp_path: Path) -> None:
    """A file that is absent, empty or no text is named with the reason."""
    path = tmp_path / "mine.toml"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(SpecError, match=r"mine\.toml"):
        read_rubric(path)


def test_nothing_to_earn_is_no_rubric(tmp_path: Path) -> None:
    """A rubric in which everything is worth nothing is refused."""
    path = tmp_path / "mine.toml"
    path.write_text("[points]\n" + "".join(f"{family} = 0\n" for family in FAMILIES))

    with pytest.raises(SpecError, match="more than 0"):
        read_rubric(path)
