"""Each mistake of the catalogue made in a worksheet that is otherwise right, saved and checked.

Exactly that mistake must be found, in exactly those cells, and nothing else; and the formula that
is said to be right must make the worksheet right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest
from openpyxl.formula.translate import Translator
from slowly import slowly, some_of_each
from worksheets import (
    ARRIVING_1,
    ARRIVING_2,
    COMPUTED,
    DELTA_1,
    DELTA_2,
    GRADIENTS,
    RIGHT,
    WEIGHTS,
    Content,
    Table,
    checked,
    in_tables,
    save_with_values,
)

from sheetprop.checking.check import check_file
from sheetprop.checking.report import Finding, Place, Report
from sheetprop.mistakes import BY_NAME

RIGHT_TABLE = Table()
LAST = RIGHT_TABLE.iterations - 1
EVERY = range(LAST + 1)
OTHER_PLACE = Table("η = 0.5", header=4, first_line=3, rate=0.5, rate_cell=(1, 4), iterations=5)
ACROSS = Table(header=3, first_line=5, rate_cell=(1, 2), across=True, iterations=6)


@dataclass(frozen=True)
class Slip:
    """A mistake: which formula stands where; `steps` is None for all that are computed."""

    mistake: str
    changes: dict[str, Content]
    steps: tuple[int, ...] | None = None
    severity: str = "error"
    table: Table = RIGHT_TABLE

    @property
    def made(self) -> Table:
        table = self.table
        for quantity, content in self.changes.items():
            table = table.changed(quantity, content, self.steps)
        return table

    @property
    def places(self) -> list[Place]:
        return [place for quantity in self.changes for place in self._places(quantity)]

    def _places(self, quantity: str) -> Iterable[Place]:
        steps = self.steps or range(1 if quantity in WEIGHTS else 0, self.table.iterations)
        for first, last in _runs(steps):
            yield self.made.place(quantity, first, last)


def _runs(steps: Iterable[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for step in steps:
        if runs and runs[-1][1] == step - 1:
            runs[-1] = (runs[-1][0], step)
        else:
            runs.append((step, step))
    return runs


def slip(mistake: str, *steps: int, **options: object) -> Callable[..., Slip]:
    """Return a function that makes a slip from its changes, with readable ids."""
    return lambda changes: Slip(mistake, changes, steps or None, **options)  # type: ignore[arg-type]


def swapped(quantity: str, *pairs: tuple[str, str]) -> dict[str, Content]:
    """Return a quantity's right formula with pieces of text replaced."""
    formula = RIGHT[quantity]
    for old, new in pairs:
        assert old in formula, (old, formula)
        formula = formula.replace(old, new)
    return {quantity: formula}


def columns(quantities: Iterable[str], old: str, new: str) -> dict[str, Content]:
    """Return the same replacement in several quantities."""
    return {q: c for quantity in quantities for q, c in swapped(quantity, (old, new)).items()}


A1, A2 = "{a_h1}*(1-{a_h1})", "{a_h2}*(1-{a_h2})"
UPDATE = "={w6[-1]}-{eta}*{dE/dw6[-1]}"
TREE_SLIPS = [
    # wrong-sign
    slip("wrong-sign")(swapped("dE/dw5", ("({a_o1}-{t1})", "({t1}-{a_o1})"))),
    slip("wrong-sign")(
        swapped("dE/dw1", ("({a_o1}-{t1})", "({t1}-{a_o1})"), ("({a_o2}-{t2})", "({t2}-{a_o2})"))
    ),
    slip("wrong-sign")(swapped("dE/dw2", ("({a_o2}-{t2})", "({t2}-{a_o2})"))),
    slip("wrong-sign")({"w3": "={w3[-1]}+{eta}*{dE/dw3[-1]}"}),
    slip("wrong-sign")({"h2": "={w3}*{i1}-{w4}*{i2}"}),
    slip("wrong-sign")({"E_total": "={E1}-{E2}"}),
    slip("wrong-sign")(swapped("dE/dw8", ("(1-{a_o2})", "(1+{a_o2})"))),
    slip("wrong-sign")(columns(WEIGHTS, "-{eta}", "+{eta}")),
    # missing-brackets
    slip("missing-brackets")({"dE/dw1": f"={ARRIVING_1[1:-1]}*{A1}*{{i1}}"}),
    slip("missing-brackets")(
        {q: f"={ARRIVING_2[1:-1]}*{A2}*{{i{k}}}" for k, q in ((1, "dE/dw3"), (2, "dE/dw4"))}
    ),
    slip("missing-brackets")({"a_h1": "=1/1+EXP(-{h1})"}),
    slip("missing-brackets")({"a_o2": "=1/1+EXP(-{o2})"}),
    slip("missing-brackets")(swapped("dE/dw6", ("({a_o1}-{t1})", "{a_o1}-{t1}"))),
    slip("missing-brackets")(swapped("dE/dw7", ("(1-{a_o2})", "1-{a_o2}"))),
    slip("missing-brackets")({"E1": "=0.5*{t1}-{a_o1}^2"}),
    # wrong-neuron
    slip("wrong-neuron")(columns(("dE/dw3", "dE/dw4"), "a_h2", "a_h1")),
    slip("wrong-neuron")(swapped("dE/dw2", ("{i2}", "{i1}"))),
    slip("wrong-neuron")(swapped("dE/dw6", ("{a_h2}", "{a_h1}"))),
    slip("wrong-neuron")(swapped("E2", ("{t2}", "{t1}"))),
    slip("wrong-neuron")(swapped("E2", ("{a_o2}", "{a_o1}"))),
    slip("wrong-neuron")(swapped("h2", ("{w3}", "{w2}"))),
    slip("wrong-neuron")(swapped("a_h2", ("{h2}", "{h1}"))),
    slip("wrong-neuron")(swapped("dE/dw1", ("{w7}", "{w6}"))),
    slip("wrong-neuron")({"w4": "={w3[-1]}-{eta}*{dE/dw4[-1]}"}),
    slip("wrong-neuron")(swapped("dE/dw7", ("{a_o2}", "{a_o1}"), ("{t2}", "{t1}"))),
    # wrong-kind
    slip("wrong-kind")(swapped("dE/dw6", ("{a_h2}", "{h2}"))),
    slip("wrong-kind")(swapped("o1", ("{a_h1}", "{h1}"))),
    slip("wrong-kind")(swapped("E1", ("{a_o1}", "{o1}"))),
    slip("wrong-kind")(columns(("dE/dw1", "dE/dw2"), "a_h1", "h1")),
    slip("wrong-kind")(swapped("h1", ("{i1}", "{t1}"))),
    # missing-factor
    slip("missing-factor")({"dE/dw5": "=({a_o1}-{t1})*{a_h1}"}),
    slip("missing-factor")({"dE/dw5": "=({a_o1}-{t1})*(1-{a_o1})*{a_h1}"}),
    slip("missing-factor")({"dE/dw5": f"={DELTA_1}"}),
    slip("missing-factor")({"dE/dw1": f"={ARRIVING_1}*{{i1}}"}),
    slip("missing-factor")({"dE/dw1": f"={ARRIVING_1}*{A1}"}),
    slip("missing-factor")({"dE/dw3": f"=({DELTA_1}+{DELTA_2}*{{w8}})*{A2}*{{i1}}"}),
    slip("missing-factor")({"w2": "={w2[-1]}-{dE/dw2[-1]}"}),
    slip("missing-factor")({"h1": "={w1}+{w2}*{i2}"}),
    # extra-factor
    slip("extra-factor")({"dE/dw5": RIGHT["dE/dw5"] + "*({a_o1}-{t1})"}),
    slip("extra-factor")({"dE/dw1": RIGHT["dE/dw1"] + "*{i1}"}),
    slip("extra-factor")({"dE/dw8": RIGHT["dE/dw8"] + "*{w8}"}),
    slip("extra-factor")({"a_h1": RIGHT["a_h1"] + "*{h1}"}),
    # missing-path
    slip("missing-path")({"dE/dw1": f"={DELTA_1}*{{w5}}*{A1}*{{i1}}"}),
    slip("missing-path")({"dE/dw4": f"={DELTA_2}*{{w8}}*{A2}*{{i2}}"}),
    slip("missing-path")({"E_total": "={E2}"}),
    slip("missing-path")({"o2": "={w7}*{a_h1}"}),
    # factor-of-two
    slip("factor-of-two")({"E1": "=({t1}-{a_o1})^2"}),
    slip("factor-of-two")({"E1": "=({t1}-{a_o1})^2", "E2": "=({t2}-{a_o2})^2"}),
    slip("factor-of-two")({"E_total": "=({E1}+{E2})/2"}),
    slip("factor-of-two")({"dE/dw5": f"=2*{DELTA_1}*{{a_h1}}"}),
    # sigmoid-sign
    slip("sigmoid-sign")({"a_h1": "=1/(1+EXP({h1}))"}),
    slip("sigmoid-sign")({"a_h1": "=1/(1+EXP({h1}))", "a_h2": "=1/(1+EXP({h2}))"}),
    slip("sigmoid-sign")({f"a_{z}": f"=1/(1+EXP({{{z}}}))" for z in ("h1", "h2", "o1", "o2")}),
    # wrong-gradient
    slip("wrong-gradient")(swapped("w6", ("{dE/dw6[-1]}", "{dE/dw5[-1]}"))),
    slip("wrong-gradient")(swapped("w1", ("{dE/dw1[-1]}", "{dE/dw8[-1]}"))),
    # updated-weight
    slip("updated-weight")(columns(("dE/dw1", "dE/dw2"), "{w5}", "{w5[+1]}")),
    slip("updated-weight")(swapped("dE/dw4", ("{w6}", "{w6[+1]}"), ("{w8}", "{w8[+1]}"))),
    # wrong-iteration
    slip("wrong-iteration")(swapped("w3", ("{dE/dw3[-1]}", "{dE/dw3[-2]}"))),
    slip("wrong-iteration", *EVERY[1:])(swapped("a_h1", ("{h1}", "{h1[-1]}"))),
    slip("wrong-iteration")(swapped("E2", ("{a_o2}", "{a_o2[-1]}"))),
    slip("wrong-iteration")({"E_total": "={E1}+{E2[+1]}"}),
    slip("wrong-iteration", *EVERY[3:])(swapped("dE/dw7", ("{a_h1}", "{a_h1[-3]}"))),
    # updated-activation
    slip("updated-activation", *EVERY[1:])({"h1": "={h1[-1]}-{eta}*{dE/dw5[-1]}"}),
    slip("updated-activation", *EVERY[1:])({"a_h2": "={a_h2[-1]}-{eta}*{dE/dw8[-1]}"}),
    slip("updated-activation", *EVERY[1:])({"i1": "={i1[-1]}-{eta}*{dE/dw1[-1]}"}),
    # unexplained
    slip("unexplained")({"h1": "={w1}*{i1}-{w2}/{i2}"}),
    slip("unexplained")({"E2": "=LN({t2})*{a_o2}^3"}),
    slip("unexplained")({"w5": "={w5[-1]}*0.999-{dE/dw5[-1]}^2"}),
]
ROW_SLIPS = [
    slip("broken-pattern", 3)(swapped("E2", ("{t2}", "{t1}"))),
    slip("broken-pattern", 2, 3, 6)(swapped("dE/dw3", ("a_h2", "a_h1"))),
    slip("broken-pattern", 5)({"w1": "={w1[-1]}+{eta}*{dE/dw1[-1]}"}),
    slip("broken-pattern", LAST)({"o1": "={w5}*{a_h1}+{w6}*{a_h2}+1"}),
    slip("broken-pattern", 0)({"a_h1": "=1/(1+EXP({h1}))"}),
]
VALUE_SLIPS = [
    slip("typed-number", 3)({"a_h1": 0.9}),
    slip("typed-number", 1, 2, 5)({"dE/dw5": 0.125}),
    slip("typed-number", 4)({"w3": 7.5}),
    slip("typed-number")({"E_total": 0.2222}),
    slip("typed-number", *EVERY[1:])(dict.fromkeys(WEIGHTS[:4], 0.3337)),
    slip("typed-number", 0, severity="warning")({"h1": 0.0275, "h2": 0.0425}),
    slip("typed-number", 0, severity="warning")({"a_h1": 0.50687}),
    slip("typed-number", 0, severity="warning")({"E_total": 0.242519857348}),
    slip("typed-constant", severity="warning")({"h1": "={w1}*0.05+{w2}*0.1"}),
    slip("typed-constant", severity="warning")(swapped("E1", ("{t1}", "0.01"))),
    slip("typed-constant", severity="warning")(swapped("dE/dw8", ("{t2}", "0.99"))),
    slip("typed-constant", severity="warning")({"w3": "={w3[-1]}-2*{dE/dw3[-1]}"}),
    slip("typed-constant", 2, 3, severity="warning")({"w3": "={w3[-1]}-2*{dE/dw3[-1]}"}),
    slip("error-value", 3)({"h1": "={w1}*#REF!+{w2}*{i2}"}),
    slip("error-value")({"E_total": "=#REF!+{E2}"}),
    slip("error-value")({"a_o1": "=1/(1+EXPP(-{o1}))"}),
    slip("error-value", 2)({"E1": "={t1}/ZZ1"}),
]
RATE_SLIPS = [
    Slip("sliding-rate", {w: f"={{{w}[-1]}}-{{eta[+0]}}*{{dE/d{w}[-1]}}" for w in WEIGHTS}),
    Slip("sliding-rate", {"w2": "={w2[-1]}-{eta[+0]}*{dE/dw2[-1]}"}),
    Slip(
        "sliding-rate",
        {w: f"={{{w}[-1]}}-{{eta[+0]}}*{{dE/d{w}[-1]}}" for w in ("w5", "w6")},
        table=OTHER_PLACE,
    ),
]
ALL_SLIPS = [*TREE_SLIPS, *ROW_SLIPS, *VALUE_SLIPS]


def name_of(made: Slip) -> str:
    rows = "" if made.steps is None else f"-rows{','.join(map(str, made.steps))}"
    texts = "; ".join(f"{q} {c}" for q, c in list(made.changes.items())[:2])
    return f"{made.mistake}{rows}: {texts}"[:150]


def only(report: Report, made: Slip) -> Finding:
    """Assert that a slip and nothing else was found, where it was made, and return it."""
    assert [(f.mistake, f.severity) for f in in_tables(report)] == [(made.mistake, made.severity)]

    finding = in_tables(report)[0]

    assert finding.code == BY_NAME[made.mistake].code
    assert sorted(finding.places, key=repr) == sorted(made.places, key=repr)
    assert report.verdict == ("mistakes" if made.severity == "error" else "correct")
    assert report.not_judged == ()
    return finding


@pytest.mark.parametrize(
    "made", some_of_each([*ALL_SLIPS, *RATE_SLIPS], lambda made: made.mistake, 1), ids=name_of
)
def test_found_alone_and_in_place(made: Slip, tmp_path: Path) -> None:
    """A mistake is found by its name, where it was made, and nothing else is found."""
    only(checked(tmp_path, made.made), made)


@pytest.mark.slow
@pytest.mark.parametrize(
    "made",
    [s for s in (*ALL_SLIPS, *RATE_SLIPS) if s.mistake not in ("typed-number", "error-value")],
    ids=name_of,
)
def test_found_formula_is_that_of_the_first_place(made: Slip, tmp_path: Path) -> None:
    """The formula shown as found is the one in the first cell of the first place."""
    table = made.made
    for finding in in_tables(checked(tmp_path, table)):
        (quantity, step) = first_cell(table, finding)

        assert finding.found == table.cells()[table.cell(quantity, step)]


def first_cell(table: Table, finding: Finding) -> tuple[str, int]:
    """Return quantity and step of the first cell of a finding's first place."""
    place = finding.places[0]
    assert place.quantity
    start = place.range.split(":")[0]
    steps = range(table.iterations)
    return place.quantity, next(s for s in steps if table.address(place.quantity, s) == start)


@pytest.mark.slow
@pytest.mark.parametrize("made", [*ALL_SLIPS, *RATE_SLIPS], ids=name_of)
def test_expected_formula_makes_it_right(made: Slip, tmp_path: Path) -> None:
    """The formula given as right, put where the first place is and filled, clears that quantity."""
    table = made.made
    finding = in_tables(checked(tmp_path, table))[0]
    quantity, step = first_cell(table, finding)
    assert finding.expected
    source = table.address(quantity, step)
    for place in (p for p in finding.places if p.quantity == quantity):
        for target in range(table.iterations):
            if within(table, place, target):
                formula = Translator(finding.expected, source).translate_formula(
                    table.address(quantity, target)
                )
                table = table.changed(quantity, formula, [target])

    after = checked(tmp_path, table)

    assert quantity not in {p.quantity for f in in_tables(after) for p in f.places}
    if len(made.changes) == 1:
        assert (after.verdict, in_tables(after)) == ("correct", ())


def within(table: Table, place: Place, step: int) -> bool:
    """Whether an iteration's cell lies in a place."""
    assert place.quantity
    ends = place.range.split(":")
    addresses = [table.address(place.quantity, s) for s in range(table.iterations)]
    return addresses.index(ends[0]) <= step <= addresses.index(ends[-1])


@pytest.mark.slow
@pytest.mark.parametrize("table", [OTHER_PLACE, ACROSS], ids=["elsewhere", "across"])
@pytest.mark.parametrize("made", TREE_SLIPS[::3], ids=name_of)
def test_found_wherever_the_table_stands(made: Slip, table: Table, tmp_path: Path) -> None:
    """Mistakes are found alike in another corner of the sheet and with iterations across."""
    steps = None if made.steps is None else tuple(s for s in made.steps if s < table.iterations)
    moved = Slip(made.mistake, made.changes, steps, made.severity, table)

    only(checked(tmp_path, moved.made), moved)


@pytest.mark.parametrize("step", [LAST, *slowly([0, 4])])
@pytest.mark.parametrize("quantity", ["h1", "E_total", "dE/dw3", "w8"])
def test_stale_value(quantity: str, step: int, tmp_path: Path) -> None:
    """A stored value that its formula does not give is a warning at that cell."""
    step = max(step, 1)
    table = Table()
    where = table.address(quantity, step)
    path = save_with_values(tmp_path / "stale.xlsx", table, stored={where: 0.777})

    report = check_file(path)

    assert [(f.mistake, f.severity) for f in in_tables(report)] == [("stale-value", "warning")]
    assert in_tables(report)[0].places == (Place("Sheet1", where, quantity),)
    assert report.verdict == "correct"


@pytest.mark.slow
@pytest.mark.parametrize("digits", [10, 15, 17])
def test_fewer_digits_are_not_stale(digits: int, tmp_path: Path) -> None:
    """Values stored with the ten digits that Google Sheets keeps are what their formulas give."""
    path = save_with_values(tmp_path / "ten.xlsx", Table(iterations=40), digits=digits)

    assert in_tables(check_file(path)) == ()


def test_stale_in_several_places_is_one_finding(tmp_path: Path) -> None:
    """Values that stayed behind in several columns are one finding."""
    table = Table()
    cells = {table.address(q, s): 9.0 for q in ("h1", "a_h1") for s in (2, 3, 6)}

    report = check_file(save_with_values(tmp_path / "stale.xlsx", table, stored=cells))

    assert len(in_tables(report)) == 1
    assert set(in_tables(report)[0].places) == {
        table.place(q, first, last) for q in ("h1", "a_h1") for first, last in ((2, 3), (6, 6))
    }


@pytest.mark.parametrize(
    "right",
    [
        {"dE/dw5": RIGHT["dE/dw5"], "h1": RIGHT["h1"]},
        {quantity: RIGHT[quantity] for quantity in (*COMPUTED, *WEIGHTS)},
    ],
)
def test_nothing_found_without_a_mistake(right: dict[str, Content], tmp_path: Path) -> None:
    """The same worksheet without a mistake has no finding at all."""
    report = checked(tmp_path, Slip("none", right).made)

    assert (report.verdict, in_tables(report), report.not_judged) == ("correct", (), ())


def test_relative_error_of_the_class_mistake(tmp_path: Path) -> None:
    """One neuron's slope for the other's is off by 2.6e-4 with the values everyone uses."""
    made = Slip("wrong-neuron", columns(("dE/dw3", "dE/dw4"), "a_h2", "a_h1"))

    finding = only(checked(tmp_path, made.made), made)

    assert finding.relative_error == pytest.approx(2.6e-4, rel=0.01)


def test_expected_formula_is_in_the_students_references(tmp_path: Path) -> None:
    """The right formula is written with the student's own cells, row and fixed learning rate."""
    gradient = Slip("wrong-neuron", columns(("dE/dw3", "dE/dw4"), "a_h2", "a_h1"))
    update = Slip("wrong-gradient", swapped("w6", ("{dE/dw6[-1]}", "{dE/dw5[-1]}")))

    assert only(checked(tmp_path, gradient.made), gradient).expected == (
        "=((R32-A32)*R32*(1-R32)*N32+(T32-B32)*T32*(1-T32)*P32)*L32*(1-L32)*C32"
    )
    assert only(checked(tmp_path, update.made), update).expected == "=N32-$G$30*AC32"


@pytest.mark.parametrize(
    "slips",
    [
        (TREE_SLIPS[0], TREE_SLIPS[15]),
        (TREE_SLIPS[4], TREE_SLIPS[25], TREE_SLIPS[44]),
        (ROW_SLIPS[0], TREE_SLIPS[8], VALUE_SLIPS[0]),
    ],
)
def test_several_mistakes_are_found_side_by_side(slips: tuple[Slip, ...], tmp_path: Path) -> None:
    """Different mistakes in one worksheet are each found, and none hides another."""
    table = Table()
    for one in slips:
        for quantity, content in one.changes.items():
            table = table.changed(quantity, content, one.steps)

    report = checked(tmp_path, table)

    assert sorted(f.mistake for f in in_tables(report)) == sorted(s.mistake for s in slips)
    for one in slips:
        finding = next(f for f in in_tables(report) if f.mistake == one.mistake)
        assert set(finding.places) == set(one.places)


@pytest.mark.parametrize("quantities", [("h1", "E2"), ("dE/dw5", "w3")])
def test_unrelated_breaks_are_two_findings(quantities: tuple[str, str], tmp_path: Path) -> None:
    """Single rows that are wrong in unlike ways are findings of their own."""
    first, second = quantities
    table = Table().changed(first, "={t1}^3+1", [3]).changed(second, "=7*{i2}", [5])

    report = checked(tmp_path, table)

    assert [f.mistake for f in in_tables(report)] == ["broken-pattern"] * 2


def test_gradients_of_two_losses_do_not_mix(tmp_path: Path) -> None:
    """Error and gradient that both leave the ½ out go together and are right."""
    table = Table().changed("E1", "=({t1}-{a_o1})^2").changed("E2", "=({t2}-{a_o2})^2")
    for name in GRADIENTS:
        table = table.changed(name, "=2*" + RIGHT[name][1:])

    report = checked(tmp_path, table)

    assert (report.verdict, in_tables(report)) == ("correct", ())
