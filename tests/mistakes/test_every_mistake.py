"""Every registered mistake is made, found, named, explained and undone, in each of its cases."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest
from making import by_hand, example_of, lacking
from slowly import one_in
from worksheets import Table, save

import sheetprop
from sheetprop.checking.judging import diagnose, findings
from sheetprop.maths.trees.expr import Number, Power
from sheetprop.maths.trees.walk import replace_at, walk
from sheetprop.mistakes import MISTAKES
from sheetprop.mistakes.base import Mistake, Subject, Variant
from sheetprop.mistakes.of_networks import OF_NETWORKS
from sheetprop.mistakes.words import Case

ELSEWHERE = ("in rows", "around a sum")
"""Cases that only other lessons have: their own tests hold these."""

CASES = [
    pytest.param(
        mistake,
        case,
        id=f"{mistake.name}: {case.name}",
        marks=pytest.mark.slow if number % 4 or case != mistake.cases[0] else [],
    )
    for number, mistake in enumerate(one for one in MISTAKES if not one.is_of_rows)
    for case in mistake.cases
    if not (mistake.is_of_rows or case.name in ELSEWHERE)  # test_every_mistake_of_rows holds those
]


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.name)
def test_every_mistake_has_cases(mistake: Mistake) -> None:
    """A mistake is explained in at least one case, and each case is told apart by its name."""
    names = [case.name for case in mistake.cases]

    assert names
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("mistake", one_in(4, MISTAKES), ids=lambda mistake: mistake.name)
def test_examples_are_of_cases_that_there_are(mistake: Mistake) -> None:
    """No example is left behind when a case goes."""
    assert {one.case for one in by_hand(mistake)} <= {case.name for case in mistake.cases}


@pytest.mark.parametrize(("mistake", "case"), CASES)
def test_nothing_is_lacking(mistake: Mistake, case: Case) -> None:
    """It can be made, is found by its name, explained with no blank left, and undone."""
    assert lacking(mistake, case) == []


def _cubes(subject: Subject) -> Iterator[Variant]:
    for path, node in walk(subject.tree):
        if isinstance(node, Power):
            tree = replace_at(subject.tree, path, Power(node.base, Number(3.0)))
            yield Variant(tree, CUBED, {"base": node.base}, "cubed")


CUBED = Case(
    "cubed",
    "has the third power of {base}",
    "A third power of {base} is negative where that is.",
)
MADE_UP = Mistake(
    code="SP298",
    name="wrong-power",
    summary="another power than the square",
    explanation="An error is a square, since it must not be negative.",
    wrong="E1 = 0.5*(t1-a_o1)^3",
    right="E1 = 0.5*(t1-a_o1)^2",
    cases=(CUBED,),
    rank=200,
    variants=_cubes,
)
INCOMPLETE = {
    "not made": replace(MADE_UP, variants=lambda _: iter(())),
    "not explained": replace(MADE_UP, cases=(replace(CUBED, why="Something else."),)),
    "never made so": replace(MADE_UP, cases=(CUBED, replace(CUBED, name="never made so"))),
}


@pytest.fixture
def registered(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Mistake:
    """Return a mistake that is on the list for the time of a test."""
    mistake: Mistake = request.param
    for module in (diagnose, findings):
        monkeypatch.setattr(module, "OF_NETWORKS", (*OF_NETWORKS, mistake))
    return mistake


@pytest.mark.slow
@pytest.mark.parametrize("registered", [MADE_UP], indirect=True)
def test_a_complete_mistake_lacks_nothing(registered: Mistake) -> None:
    """A mistake that is put on the list with all that belongs to it needs nothing else."""
    assert lacking(registered, CUBED, (*MISTAKES, registered)) == []


@pytest.mark.parametrize("registered", INCOMPLETE.values(), ids=INCOMPLETE, indirect=True)
def test_an_incomplete_mistake_is_noticed(registered: Mistake) -> None:
    """One that cannot be made, found or explained in one of its cases fails the test above."""
    found = [lacking(registered, case, (*MISTAKES, registered)) for case in registered.cases]

    assert any(found)


def test_a_mistake_that_no_rule_finds_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A mistake whose rule finds nothing fails, though a workbook with it can be made."""
    mistake = next(one for one in MISTAKES if by_hand(one) and not one.is_rewrite)
    assert example_of(mistake, mistake.cases[0])
    blind = replace(mistake, rule=lambda _: iter(()), seen=lambda *_: None)
    others = tuple(one for one in MISTAKES if one != mistake)
    for module in (diagnose, findings):
        monkeypatch.setattr(module, "OF_NETWORKS", (*others, blind))
    monkeypatch.setattr(diagnose, "SEEN_IN_CELLS", (*others, blind))

    assert lacking(blind, mistake.cases[0])


ONE_FILE = '''
"""SP298: another power than the square."""

from __future__ import annotations

from collections.abc import Iterator

from sheetprop.maths.trees.expr import Number, Power
from sheetprop.maths.trees.walk import replace_at, walk
from sheetprop.mistakes.base import Mistake, Subject, Variant
from sheetprop.mistakes.words import Case

CUBED = Case("cubed", "has the third power of {base}", "A third power of {base} has its sign.")


def _variants(subject: Subject) -> Iterator[Variant]:
    for path, node in walk(subject.tree):
        if isinstance(node, Power):
            tree = replace_at(subject.tree, path, Power(node.base, Number(3.0)))
            yield Variant(tree, CUBED, {"base": node.base}, "cubed")


WRONG_POWER = Mistake(
    code="SP298",
    name="wrong-power",
    summary="another power than the square",
    explanation="An error is a square, since it must not be negative.",
    wrong="E1 = 0.5*(t1-a_o1)^3",
    right="E1 = 0.5*(t1-a_o1)^2",
    cases=(CUBED,),
    rank=5,
    variants=_variants,
)
'''
ONE_LINE = "from sheetprop.mistakes.factors.wrong_power import WRONG_POWER\n"


@pytest.mark.slow
def test_a_mistake_is_one_file_and_one_line(tmp_path: Path) -> None:
    """A file in a folder of mistakes and a line in their list: then check and explain know it."""
    source = Path(sheetprop.__file__).parent
    package = tmp_path / "sheetprop"
    copytree(source, package, ignore=ignore_patterns("__pycache__"))
    copytree(source.parent / "templates", tmp_path / "templates")
    (package / "mistakes" / "factors" / "wrong_power.py").write_text(ONE_FILE, encoding="utf-8")
    registry = package / "mistakes" / "of_networks.py"
    first = "from sheetprop.mistakes.base import Mistake\n"
    text = registry.read_text(encoding="utf-8").replace(first, first + ONE_LINE)
    registry.write_text(text, encoding="utf-8")
    student = save(tmp_path / "a.xlsx", Table().changed("E1", "=0.5*({t1}-{a_o1})^3"))

    told = [
        subprocess.run(
            [sys.executable, "-m", "sheetprop", *command],
            cwd=tmp_path,
            env={"PYTHONPATH": str(tmp_path), "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            encoding="utf-8",
        ).stdout
        for command in (["check", str(student)], ["explain", "SP298"])
    ]

    assert "SP298 wrong-power: E1" in told[0]
    assert "A third power of t1 - a_o1 has its sign." in told[0]
    assert "wrong-power: another power than the square" in told[1]
