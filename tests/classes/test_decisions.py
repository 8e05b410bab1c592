"""A teacher's decisions, and the facts by which work in common is seen."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from sheetprop.checking.marks.points import points
from sheetprop.checking.marks.shares import Share
from sheetprop.checking.score import Rubric
from sheetprop.classes.exports.table import LONGEST_TEXT, cell_text
from sheetprop.classes.grades.copied import Work, suspected
from sheetprop.classes.grades.decided import decided
from sheetprop.classes.grades.overrides import Override, read_overrides
from sheetprop.classes.grades.store import NAME, FileStore
from sheetprop.errors import SpecError, WorkbookError
from sheetprop.whole import written_folder

RUBRIC = Rubric("", {"forward": 4.0, "updates": 2.0})
SHARES = (
    Share("forward", "h1", "S!A1", 1.0, "right"),
    Share("forward", "o1", "S!B1", 0.0, "SP203 …", "SP203 wrong-neuron", stands=False),
    Share("updates", "w1", "S!C1", 1.0, "right", stands=False),
)


@pytest.mark.parametrize(
    ("override", "earned"),
    [
        (Override("a", "SP203", "drop"), 2.0),
        (Override("a", "wrong-neuron", "keep"), 0.0),
        (Override("a", "o1", points=0.5), 1.5),
        (Override("a", "SP203 h1", "drop"), 0.0),
        (Override("a", "SP204", "drop"), 0.0),
    ],
    ids=["dropped", "kept", "points", "another quantity", "another mistake"],
)
def test_a_decision_changes_what_it_names(override: Override, earned: float) -> None:
    """A finding that is dropped costs nothing, one with points so many, and it is said."""
    plain = points(SHARES, RUBRIC)
    found = decided(plain, [override])

    assert [one.earned for one in plain] == [2.0, 0.0, 2.0]
    assert [one.as_it_stands for one in plain] == [2.0, 0.0, 0.0]
    assert [one.earned for one in found] == [2.0, earned, 2.0]
    assert ("by the teacher" in found[1].why) is (override.finding in found[1].why)


BAD = {
    "": "is empty",
    "name,finding\na,SP203\n": 'line 1 names no column "student"',
    "student,finding,decision\na1,SP203,forget\n": 'line 2: the decision must be "keep" or "drop"',
    "student;points\na1;3,5\na2;many\n": "line 3: the points must be a number from 0",
    "student,decision\na1,drop\n": 'line 2: says "drop" and names no finding',
    "student,decision\na1,keep\n": 'line 2: says "keep" and names neither',
    "student,finding\n,SP203\n": "line 2: names no student",
    "student,remark\n" + "a,seen\n" * 101: 'line 102: more than 100 decisions about "a"',
}


@pytest.mark.parametrize("content", BAD)
def test_bad_decisions_get_a_sentence(content: str, tmp_path: Path) -> None:
    """It names the file and the line."""
    path = tmp_path / "decisions.csv"
    path.write_text(content)

    with pytest.raises(SpecError) as raised:
        read_overrides(path)
    assert BAD[content] in str(raised.value)
    assert str(path) in str(raised.value)


def work(student: str, *mistakes: tuple[str, str], given: float = 0.0, sha: str = "") -> Work:
    found = [
        {"code": code, "quantities": ["h1"], "found": formula, "severity": "error"}
        for code, formula in mistakes
    ]
    record = {"findings": found, "given": {"i1": given or float(ord(student[0]))}}
    return Work(student, sha or student, {}, record)


def test_work_in_common_is_seen() -> None:
    """The same file, the same private numbers, or two mistakes that nobody else makes."""
    usual = ("SP203", "=A1*B2")
    works = [
        work("a", usual, ("SP201", "=-X1"), ("SP205", "=X2")),
        work("b", usual, ("SP201", "=-X1"), ("SP205", "=X2")),
        work("c", usual, given=7.0, sha="same"),
        work("d", usual, given=7.0, sha="same"),
        *(work(student, usual, ("SP201", f"=-{student}1")) for student in "efghij"),
        work("k", ("SP202", "=K1")),
        work("l", ("SP202", "=K1"), given=0.05),
    ]
    pairs = suspected(works, {"i1": 0.05})

    assert set(pairs) == {("a", "b"), ("c", "d")}
    assert pairs["a", "b"][0].startswith("the same unusual mistakes (SP201 in h1, SP205 in h1")
    assert pairs["c", "d"] == ["the same file", "the same private numbers"]


def test_a_text_of_any_length_has_room_in_a_cell() -> None:
    """What is too long for a cell of a spreadsheet is cut off, and none is a formula."""
    assert len(cell_text("x" * 40_000)) == LONGEST_TEXT
    assert cell_text("=A1") == "'=A1"


def test_a_full_disk_is_one_sentence(tmp_path: Path) -> None:
    """Nobody is told to remove results because there is no room for more; of a file that holds
    none, they are."""
    store = FileStore(tmp_path)
    store._base.execute("pragma max_page_count = 3")
    with closing(store), pytest.raises(WorkbookError, match=r"cannot be written \(.*is full\)"):
        store.put("key", "x" * 100_000)
    assert [path.name for path in tmp_path.iterdir()] == [NAME]
    (tmp_path / NAME).write_bytes(b"no database" * 99)
    with pytest.raises(WorkbookError, match="remove it, and all is checked again"):
        FileStore(tmp_path)


def test_what_could_not_be_written_is_named_by_its_place(tmp_path: Path) -> None:
    """A file of a folder that does not come into being is told where it was to be."""
    with pytest.raises(WorkbookError) as raised, written_folder(tmp_path / "out") as here:
        raise WorkbookError(here / "a.xlsx", "cannot be written")

    assert raised.value.file == tmp_path / "out" / "a.xlsx"
    assert list(tmp_path.iterdir()) == []


def test_many_who_share_a_file_are_paired_with_one() -> None:
    """What a hundred students share is told of each once, with how many they are."""
    works = [work(f"s{k:03}", given=1.0, sha="same") for k in range(100)]
    pairs = suspected(works, {})

    assert [*pairs] == [("s000", f"s{k:03}") for k in range(1, 100)]
    assert pairs["s000", "s001"] == ["the same file (shared by 100 students)"]
