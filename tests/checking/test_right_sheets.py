"""Nothing that is right is ever called an error, in whatever form students write it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from slowly import one_in
from worksheets import (
    ARRIVING_1,
    ARRIVING_2,
    DELTA_1,
    DELTA_2,
    GIVEN,
    GRADIENTS,
    ORDER,
    RIGHT,
    WEIGHTS,
    Content,
    Table,
    checked,
    in_tables,
    save,
    save_with_values,
)

from sheetprop.checking.check import check_file
from sheetprop.checking.report import Report


def with_all(changes: Mapping[str, Content], **options: object) -> Table:
    """Return a table with some formulas written otherwise."""
    table = Table(**options)  # type: ignore[arg-type]
    for quantity, content in changes.items():
        table = table.changed(quantity, content)
    return table


def assert_right(report: Report, warnings: tuple[str, ...] = ()) -> None:
    """Assert that a report has no error and no other warning than those named."""
    assert [(f.mistake, f.places) for f in report.errors] == []
    assert {f.mistake for f in in_tables(report)} <= set(warnings)
    assert report.not_judged == ()
    assert report.reason is None
    assert report.verdict == "correct"
    assert report.earned == report.possible == 31


SLOPE_1 = "{a_h1}*(1-{a_h1})"
FORMS = [
    ("h1", "={i1}*{w1}+{i2}*{w2}"),
    ("h1", "={w2}*{i2}+{w1}*{i1}"),
    ("h1", "=SUMPRODUCT({w1}:{w2},{i1}:{i2})"),
    ("h1", "=SUMPRODUCT({w1}:{w2}*{i1}:{i2})"),
    ("h1", "=SUM({w1}*{i1},{w2}*{i2})"),
    ("h1", "=SUM(PRODUCT({w1},{i1}),PRODUCT({w2},{i2}))"),
    ("h1", "=MMULT({w1}:{w2},TRANSPOSE({i1}:{i2}))"),
    ("h1", "= {w1} * {i1} + {w2} * {i2} "),
    ("h1", "=+({w1}*{i1})+({w2}*{i2})"),
    ("h1", "={w1}*{i1@0}+{w2}*{i2@0}"),
    ("a_h1", "=1/(1+EXP(-1*{h1}))"),
    ("a_h1", "=1/(1+exp(-{h1}))"),
    ("a_h1", "=(1+EXP(-{h1}))^-1"),
    ("a_h1", "=EXP({h1})/(1+EXP({h1}))"),
    ("a_h1", "=1/(EXP(-{h1})+1)"),
    ("a_h1", "=1/(1+1/EXP({h1}))"),
    ("a_h1", "=1/(1+EXP(0-{h1}))"),
    ("a_h1", "=POWER(1+EXP(-{h1}),-1)"),
    ("a_h1", "=0.5*(1+TANH({h1}/2))"),
    ("a_h1", "=1-1/(1+EXP({h1}))"),
    ("a_h1", "=1/(1+EXP(1)^-{h1})"),
    ("a_h1", "=1/(1+EXP(-({w1}*{i1}+{w2}*{i2})))"),
    ("E1", "=0.5*POWER({t1}-{a_o1},2)"),
    ("E1", "=1/2*({t1}-{a_o1})^2"),
    ("E1", "=(1/2)*({a_o1}-{t1})^2"),
    ("E1", "=({t1}-{a_o1})^2/2"),
    ("E1", "=({t1}-{a_o1})*({t1}-{a_o1})/2"),
    ("E1", "=({t1}-{a_o1})^2*0.5"),
    ("E1", "=50%*({t1}-{a_o1})^2"),
    ("E1", "=0.5*({t1@0}-{a_o1})^2"),
    ("E1", "=SUMXMY2({t1},{a_o1})/2"),
    ("E1", "=SUMSQ({t1}-{a_o1})/2"),
    ("E1", "=0.5*ABS({t1}-{a_o1})^2"),
    ("E_total", "=SUM({E1}:{E2})"),
    ("E_total", "=SUM({E1},{E2})"),
    ("E_total", "=0.5*({t1}-{a_o1})^2+0.5*({t2}-{a_o2})^2"),
    ("E_total", "=0.5*(({t1}-{a_o1})^2+({t2}-{a_o2})^2)"),
    ("dE/dw1", f"={{i1}}*{{a_h1}}*(1-{{a_h1}})*{ARRIVING_1}"),
    ("dE/dw1", f"={DELTA_1}*{{w5}}*{SLOPE_1}*{{i1}}+{DELTA_2}*{{w7}}*{SLOPE_1}*{{i1}}"),
    ("dE/dw1", f"={ARRIVING_1}*({{a_h1}}-{{a_h1}}^2)*{{i1}}"),
    ("dE/dw1", f"={ARRIVING_1}*{{a_h1}}*(1-{{a_h1}})*{{i1@0}}"),
    ("dE/dw2", "={dE/dw1}*{i2}/{i1}"),
    ("dE/dw1", "=({dE/dw5}*{w5}+{dE/dw7}*{w7})*(1-{a_h1})*{i1}"),
    ("dE/dw5", "=-({t1}-{a_o1})*{a_o1}*(1-{a_o1})*{a_h1}"),
    ("dE/dw5", "=({t1}-{a_o1})*{a_o1}*({a_o1}-1)*{a_h1}"),
    ("dE/dw5", "=PRODUCT({a_o1}-{t1},{a_o1},1-{a_o1},{a_h1})"),
    ("dE/dw5", "=({a_o1}-{t1})*EXP(-{o1})/(1+EXP(-{o1}))^2*{a_h1}"),
    ("w1", "={w1[-1]}-{dE/dw1[-1]}*{eta}"),
    ("w1", "={w1[-1]}-({eta}*{dE/dw1[-1]})"),
    ("w1", "={w1[-1]}+(-{eta}*{dE/dw1[-1]})"),
    ("w1", "=-{eta}*{dE/dw1[-1]}+{w1[-1]}"),
    ("w1", "=SUM({w1[-1]},-{eta}*{dE/dw1[-1]})"),
    ("w1", "={w1[-1]}-G$30*{dE/dw1[-1]}"),
    ("w1", "={w1[-1]}-Sheet1!$G$30*{dE/dw1[-1]}"),
    ("w1", f"={{w1[-1]}}-{{eta}}*{RIGHT['dE/dw1'][1:].replace('}', '[-1]}')}"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("quantity", "formula"), FORMS)
def test_one_formula_in_another_form(quantity: str, formula: str, tmp_path: Path) -> None:
    """A formula that computes the same in another way is right."""
    assert_right(checked(tmp_path, with_all({quantity: formula})))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("quantity", "formula"),
    [
        ("h1", '=INDIRECT("C"&ROW())*{w1}+{w2}*{i2}'),
        ("h1", "=OFFSET({w1},0,-2)*{w1}+{w2}*{i2}"),
        ("h1", "=INDEX({t1}:{i2},1,3)*{w1}+{w2}*{i2}"),
        ("a_h1", "=IFERROR(1/(1+EXP(-{h1})),0)"),
        ("a_h1", "=IF({h1}>700,1,1/(1+EXP(-{h1})))"),
        ("a_h1", "=LET(x,{h1},1/(1+EXP(-x)))"),
        ("E_total", '=SUMIF({E1}:{E2},">0")'),
        ("E_total", "=SUBTOTAL(9,{E1}:{E2})"),
        ("w1", '={w1[-1]}-VLOOKUP("η",$F$29:$G$30,2,FALSE)*{dE/dw1[-1]}'),
    ],
)
def test_unusual_functions_are_no_error(quantity: str, formula: str, tmp_path: Path) -> None:
    """A right formula with functions that have no tree is no error, at worst not judged."""
    table = with_all({quantity: formula}, rate_label="η")

    report = checked(tmp_path, table)

    assert report.errors == ()
    assert {cells.range for cells in report.not_judged} <= {table.range(quantity), "E33:E39"}


HELPERS = {
    "δ_o1": f"={DELTA_1}",
    "δ_o2": f"={DELTA_2}",
    "σ′(h1)": "={a_h1}*(1-{a_h1})",
    "σ'(h2)": "={a_h2}*(1-{a_h2})",
}
BY_DELTAS = {
    "dE/dw1": "=({δ_o1}*{w5}+{δ_o2}*{w7})*{σ′(h1)}*{i1}",
    "dE/dw2": "=({δ_o1}*{w5}+{δ_o2}*{w7})*{σ′(h1)}*{i2}",
    "dE/dw3": "=({δ_o1}*{w6}+{δ_o2}*{w8})*{σ'(h2)}*{i1}",
    "dE/dw4": "=({δ_o1}*{w6}+{δ_o2}*{w8})*{σ'(h2)}*{i2}",
    "dE/dw5": "={δ_o1}*{a_h1}",
    "dE/dw6": "={δ_o1}*{a_h2}",
    "dE/dw7": "={δ_o2}*{a_h1}",
    "dE/dw8": "={δ_o2}*{a_h2}",
}


def test_helper_columns(tmp_path: Path) -> None:
    """Gradients written with columns of δ and σ′ are right."""
    assert_right(checked(tmp_path, with_all(BY_DELTAS, helpers=HELPERS)))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("∂E/∂a_h1", "∂E/∂a_h2"),
        ("dE/da_h1", "dE/da_h2"),
        ("∂E_total/∂out_h1", "∂E_total/∂out_h2"),
        ("δ_h1", "δ_h2"),
        ("error at h1", "error at h2"),
    ],
)
def test_columns_of_the_error_at_hidden_neurons(first: str, second: str, tmp_path: Path) -> None:
    """Gradients by way of columns of ∂E/∂a_h are right, whatever those are called."""
    changes = {
        "dE/dw1": f"={{{first}}}*{{a_h1}}*(1-{{a_h1}})*{{i1}}",
        "dE/dw2": f"={{{first}}}*{{a_h1}}*(1-{{a_h1}})*{{i2}}",
        "dE/dw3": f"={{{second}}}*{{a_h2}}*(1-{{a_h2}})*{{i1}}",
        "dE/dw4": f"={{{second}}}*{{a_h2}}*(1-{{a_h2}})*{{i2}}",
    }
    helpers = {first: f"={ARRIVING_1}", second: f"={ARRIVING_2}"}

    assert_right(checked(tmp_path, with_all(changes, helpers=helpers)))


@pytest.mark.parametrize("header", one_in(4, ["Δ{}", "η·∂E/∂{}", "step {}", "change of {}"]))
@pytest.mark.parametrize("comes_first", [False, True])
def test_columns_of_the_change(header: str, comes_first: bool, tmp_path: Path) -> None:
    """Updates by way of columns Δw = -η·∂E/∂w are right, before or after the gradients."""
    helpers = {header.format(w): f"=-{{eta}}*{{dE/d{w}}}" for w in WEIGHTS}
    forward = ORDER[: ORDER.index("dE/dw1")]
    order = (*forward, *helpers, *GRADIENTS) if comes_first else (*ORDER, *helpers)
    table = Table(helpers=helpers, order=order)
    for weight in WEIGHTS:
        table = table.changed(weight, f"={{{weight}[-1]}}+{{{header.format(weight)}[-1]}}")

    assert_right(checked(tmp_path, table))


@pytest.mark.parametrize("header", one_in(3, ["new {}", "{}_new", "{}'", "{}+", "updated {}"]))
def test_columns_of_the_new_weights(header: str, tmp_path: Path) -> None:
    """A worksheet that computes the new weights at the end of a row is right."""
    helpers = {header.format(w): f"={{{w}}}-{{eta}}*{{dE/d{w}}}" for w in WEIGHTS}
    table = Table(helpers=helpers)
    for weight in WEIGHTS:
        table = table.changed(weight, f"={{{header.format(weight)}[-1]}}")

    assert_right(checked(tmp_path, table))


def test_helper_cells_on_another_sheet(tmp_path: Path) -> None:
    """Helper cells may stand on another sheet."""
    table = Table()
    sigma = {f"A{32 + s}": f"=Sheet1!J{32 + s}*(1-Sheet1!J{32 + s})" for s in range(8)}
    for step in range(8):
        formula = f"={ARRIVING_1}*Helpers!A{32 + step}*{{i1}}"
        table = table.changed("dE/dw1", formula, [step])

    assert_right(checked(tmp_path, table, further={"Helpers": sigma}))


@pytest.mark.parametrize("given_as", ["={%s[-1]}", "={%s@0}", "typed"])
def test_given_values_are_typed_or_copied(given_as: str, tmp_path: Path) -> None:
    """Inputs and targets may be typed in every row, copied from above, or fixed to the first."""
    table = Table()
    for name in GIVEN:
        if given_as != "typed":
            table = table.changed(name, given_as % name, range(1, 8))

    assert_right(checked(tmp_path, table))


def test_given_values_from_a_block_above(tmp_path: Path) -> None:
    """Inputs, targets and first weights may come from cells outside the table, in any form."""
    table = Table()
    block: dict[str, Content] = {}
    for row, (name, value) in enumerate(
        zip((*GIVEN, *WEIGHTS), (0.01, 0.99, 0.05, 0.1, *table.weights), strict=True), 1
    ):
        block[f"D{row}"] = value
        steps = range(8) if name in GIVEN else [0]
        table = table.changed(name, f"=$D${row}", steps)
    table = table.changed("h1", "={w1}*$D$3+{w2}*$D$4").changed("E2", "=0.5*($D$2-{a_o2})^2")

    assert_right(checked(tmp_path, table, further={"Sheet1": block}))


@pytest.mark.parametrize("name", one_in(4, ["eta", "η", "LR", "learning_rate"]))
@pytest.mark.parametrize("is_local", [False, True])
def test_rate_by_a_defined_name(name: str, is_local: bool, tmp_path: Path) -> None:
    """The learning rate may be a defined name of the workbook or of the sheet."""
    names = {name: "Sheet1!$G$30"}
    options = {"local_names": {"Sheet1": names}} if is_local else {"names": names}

    report = checked(tmp_path, Table(eta=name), **options)

    assert_right(report)
    assert (report.tables[0].learning_rate, report.tables[0].learning_rate_cell) == (2.0, "G30")


def test_rate_by_a_name_with_other_capitals(tmp_path: Path) -> None:
    """Capitals in a defined name do not matter."""
    assert_right(checked(tmp_path, Table(eta="ETA"), names={"Eta": "Sheet1!$G$30"}))


@pytest.mark.parametrize(
    ("sheet", "written"),
    [("Settings", "Settings"), ("My settings", "'My settings'"), ("η = 2", "'η = 2'")],
)
def test_rate_on_another_sheet(sheet: str, written: str, tmp_path: Path) -> None:
    """The learning rate may stand on another sheet, named in quotes where Excel wants them."""
    table = Table(eta=f"'{sheet}'!$B$2", rate=None)

    report = checked(tmp_path, table, further={sheet: {"A2": "η", "B2": 0.8}})

    assert_right(report)
    assert report.tables[0].learning_rate == 0.8
    assert report.tables[0].learning_rate_cell == f"{written}!$B$2"


@pytest.mark.parametrize("rate", one_in(3, ["0.5", "2", "1", "0.1", "10%", "1/10"]))
def test_rate_typed_into_the_updates(rate: str, tmp_path: Path) -> None:
    """A learning rate typed into all updates is right, and a warning at most."""
    report = checked(tmp_path, Table(eta=rate, rate=None))

    assert_right(report, ("typed-constant",))
    assert report.tables[0].learning_rate == pytest.approx(eval(rate.replace("%", "/100")))
    assert report.tables[0].learning_rate_cell is None


@pytest.mark.slow
@pytest.mark.parametrize("rate", [0.1, 0.5, 1, 2, 1000])
@pytest.mark.parametrize("targets", [(0.01, 0.99), (0.5, 0.5), (0, 1)])
@pytest.mark.parametrize("changes", [
    {"E1": "=0.5*({T1}-{a_o1})^2"},
    {"dE/dw5": "=({a_o1}-{T1})*{a_o1}*(1-{a_o1})*{a_h1}"},
    {"h1": "={w1}*0.05+{w2}*0.1"},
])  # fmt: skip
def test_typed_constants_are_warnings(
    rate: float, targets: tuple[float, float], changes: dict[str, str], tmp_path: Path
) -> None:
    """A number that has the value of the reference it stands for is a warning, whatever it is."""
    texts = {q: f.replace("{T1}", str(targets[0])) for q, f in changes.items()}

    report = checked(tmp_path, with_all(texts, rate=rate, targets=targets))

    assert_right(report, ("typed-constant",))
    assert [f.mistake for f in in_tables(report)] == ["typed-constant"]


@pytest.mark.parametrize("shift", ["[-1]", ""])
@pytest.mark.parametrize("values", [[0.5] * 8, [2, 1.5, 1, 0.7, 0.5, 0.3, 0.2, 0.1]])
def test_rate_in_a_column_of_its_own(values: list[float], shift: str, tmp_path: Path) -> None:
    """A learning rate beside every iteration is right, the same or another in each."""
    table = Table(helpers={"η": "=0"}, eta=None, rate=None)
    for step, value in enumerate(values):
        table = table.changed("η", value, [step])
    for weight in WEIGHTS:
        table = table.changed(weight, f"={{{weight}[-1]}}-{{η{shift}}}*{{dE/d{weight}[-1]}}")

    report = checked(tmp_path, table)

    assert_right(report)
    assert report.tables[0].learning_rate_cell == "AF32"
    assert report.tables[0].learning_rate == (0.5 if len(set(values)) == 1 else None)


def test_rate_that_is_computed(tmp_path: Path) -> None:
    """A learning rate may be a formula of constants."""
    report = checked(tmp_path, Table(rate="=1/10"))

    assert_right(report)
    assert report.tables[0].learning_rate == pytest.approx(0.1)


TABLES = {
    "at the top": Table(header=1, first_line=3, rate_cell=(1, 1), rate_label=None),
    "far right": Table(header=106, first_line=30, rate_cell=(2, 2)),
    "beside": Table(header=2, first_line=2, rate_cell=(1, 8)),
    "iteration column": Table(counts_iterations=True),
    "one iteration": Table(iterations=1, rate=None),
    "two iterations": Table(iterations=2),
    "two hundred": Table(iterations=200),
    "across": Table(header=2, first_line=3, rate_cell=(1, 1), rate_label=None, across=True),
    "across with iterations": Table(
        header=3, first_line=2, rate_cell=(40, 2), across=True, counts_iterations=True
    ),
    "half half": Table(targets=(0.5, 0.5), rate=0.1),
    "backwards": Table(order=tuple(reversed(ORDER))),
    "weights first": Table(order=tuple(sorted(ORDER))),
    "errors last": Table(order=(*ORDER[:20], *GRADIENTS, "E1", "E2", "E_total")),
    "unlabelled rate": Table(rate_label=None),
    "large rate": Table(rate=100, iterations=60),
    "no rate": Table(rate=0),
}


@pytest.mark.slow
@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_wherever_and_in_whatever_order(table: Table, tmp_path: Path) -> None:
    """Place, direction, order of columns and length do not matter."""
    report = checked(tmp_path, table)

    assert_right(report)
    found = report.tables[0]
    assert found.iterations == table.iterations
    assert found.orientation == ("columns" if table.across else "rows")
    assert found.quantities == {name: table.range(name) for name in ORDER}


@pytest.mark.parametrize("table", [TABLES["iteration column"], TABLES["across"]])
def test_right_with_stored_values(table: Table, tmp_path: Path) -> None:
    """A worksheet saved with its values is as right as one saved without."""
    assert_right(check_file(save_with_values(tmp_path / "values.xlsx", table)))


@pytest.mark.slow
@settings(max_examples=15, phases=(Phase.generate, Phase.shrink))
@given(st.data())
def test_right_in_any_mixture(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """Right formulas in any mixture of forms, order of columns, start and place are right."""
    forms = data.draw(st.lists(st.sampled_from(FORMS), max_size=8, unique_by=lambda f: f[0]))
    no_ranges = [(q, f) for q, f in forms if not any(part in f for part in (":", "$30", "/{i"))]
    number = st.floats(-2, 2).map(lambda x: round(x, 3))
    across = data.draw(st.booleans())
    table = with_all(
        dict(no_ranges),
        order=tuple(data.draw(st.permutations(ORDER))),
        header=data.draw(st.integers(3, 40)),
        first_line=data.draw(st.integers(1, 30)),
        rate_cell=(70, 3) if across else (2, data.draw(st.integers(2, 40))),
        rate=data.draw(st.sampled_from([0.1, 0.2, 0.5, 0.8, 1, 2])),
        inputs=(data.draw(number), data.draw(number)),
        targets=(data.draw(number), data.draw(number)),
        weights=tuple(data.draw(st.lists(number, min_size=8, max_size=8))),
        across=across,
        iterations=data.draw(st.integers(1, 12)),
    )

    assert_right(checked(tmp_path_factory.mktemp("mixture"), table))


def test_overflow_of_a_right_formula_is_a_note(tmp_path: Path) -> None:
    """A right formula whose result is too large for a spreadsheet is no mistake."""
    table = Table(weights=(-9000, 0, 0.25, 0.3, 0.4, 0.45, 0.5, 0.55), inputs=(1, 0.1))

    report = checked(tmp_path, table)

    assert report.verdict == "correct"
    assert [(f.mistake, f.severity) for f in in_tables(report)] == [("error-value", "note")]
    assert in_tables(report)[0].places[0].quantity == "a_h1"


def test_texts_around_the_table_do_not_matter(tmp_path: Path) -> None:
    """Theory, a legend and notes around a table are neither headers nor formulas of it."""
    theory: dict[str, Content] = {
        "A1": "h1 = w1*i1 + w2*i2",
        "A2": "a_h1 = σ(h1) = 1/(1 + exp(-h1))",
        "A3": "∂E1/∂a_o1 = ∂(½ * (t1 - a_o1)²)/∂a_o1 = (a_o1 - t1)",
        "A4": "∂E_total/∂w5 = (a_o1 - t1) * a_o1 * (1 - a_o1) * a_h1",
        "K5": "Backpropagation by hand",
        "A8": "w1 = 0.15",
        "A9": "w2 = 0.2",
        "AH35": "here the loss falls fastest",
        "A60": "Notes",
        "B60": 3,
    }

    assert_right(checked(tmp_path, Table(), further={"Sheet1": theory}))


@pytest.mark.parametrize("count", [1, 3])
def test_blank_lines_between_header_and_table(count: int, tmp_path: Path) -> None:
    """Up to three blank rows may stand under the header."""
    table = Table(header=31)
    cells = table.cells()
    moved = {
        (row - count if row == 31 else row, column): content
        for (row, column), content in cells.items()
        if row != 30
    }
    texts = {f"{_letters(c)}{r}": content for (r, c), content in moved.items()}
    texts["G20"] = 2.0
    texts = {k: v.replace("$G$30", "$G$20") if isinstance(v, str) else v for k, v in texts.items()}

    report = check_file(save(tmp_path / "gap.xlsx", further={"Sheet1": texts}))

    assert_right(report)
    assert report.tables[0].range == f"A{31 - count}:AE39"


def _letters(column: int) -> str:
    from openpyxl.utils import get_column_letter

    return get_column_letter(column)
